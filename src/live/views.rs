//! When the views of a contest are made: at once, but for marks and ballots that come in a rush, several to a batch. Those share
//! a picture: making them takes a fifth of the task's time at most, so that receipts do not wait behind pictures that are old
//! when they are finished.

use crate::domain::fact::Fact;
use std::time::Duration;
use tokio::time::Instant;

/// After a picture the next one of a rush waits so many times as long as that one took,
const PAUSE: u32 = 4;
/// and so long at most.
const PAUSE_MAX: Duration = Duration::from_millis(500);

/// How soon a batch is shown; the more urgent is the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// With others that come in the same rush.
    InTurn,
    AtOnce,
}

impl Urgency {
    /// Of the facts of so many commands.
    pub fn of<'a>(mut facts: impl Iterator<Item = &'a Fact>, commands: usize) -> Self {
        let of_a_crowd = |fact: &Fact| {
            matches!(
                fact,
                Fact::ScorecardSubmitted { .. } | Fact::ScorecardsSigned { .. } | Fact::BallotCast { .. }
            )
        };
        if commands > 1 && facts.all(of_a_crowd) { Urgency::InTurn } else { Urgency::AtOnce }
    }
}

#[derive(Default)]
pub struct Views {
    /// What has not been shown yet, by the most urgent of it.
    waiting: Option<Urgency>,
    /// When a rush is shown again; nothing before the first picture.
    again: Option<Instant>,
}

impl Views {
    /// Something is to be shown.
    pub fn wait(&mut self, urgency: Urgency) {
        self.waiting = self.waiting.max(Some(urgency));
    }

    /// Whether views are made now, of all that waited: not where there is nothing to show, or it waits.
    pub fn are_due(&mut self, now: Instant) -> bool {
        let again = self.again.is_none_or(|again| again <= now);
        self.waiting.take_if(|waiting| again || *waiting == Urgency::AtOnce).is_some()
    }

    /// They were made between these two moments.
    pub fn shown(&mut self, began: Instant, now: Instant) {
        let pause = now.duration_since(began).saturating_mul(PAUSE).min(PAUSE_MAX);
        self.again = Some(now + pause);
    }

    /// When what waits is shown.
    pub fn shown_again(&self) -> Option<Instant> {
        self.waiting.and(self.again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_come_in_a_rush_share_a_picture_and_the_host_waits_for_none() {
        let (mut views, start) = (Views::default(), Instant::now());
        let after = |ms| start + Duration::from_millis(ms);
        assert!(!views.are_due(start), "there is nothing to show");
        views.wait(Urgency::InTurn);
        assert!(views.are_due(start), "the first is shown at once");
        views.shown(start, after(5));
        views.wait(Urgency::InTurn);
        assert_eq!((views.are_due(after(24)), views.shown_again()), (false, Some(after(25))));
        assert!(views.are_due(after(25)));
        views.shown(after(25), after(1_025));
        assert_eq!(views.shown_again(), None, "nothing waits");
        views.wait(Urgency::InTurn);
        assert_eq!(views.shown_again(), Some(after(1_525)), "however long the last one took");
        views.wait(Urgency::AtOnce);
        views.wait(Urgency::InTurn);
        assert!(views.are_due(after(1_026)), "at once, and the marks with it");
        assert!(!views.are_due(after(9_999)));
    }
}
