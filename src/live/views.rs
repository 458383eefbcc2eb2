//! When the views of a contest are made: at once, but for marks and ballots that come in a rush, several to a batch. Those share
//! a picture: making them takes a fifth of the task's time at most, so that receipts do not wait behind pictures that are old
//! when they are finished.

use crate::live::reach::Reach;
use std::time::Duration;
use tokio::time::Instant;

/// After a picture the next one of a rush waits so many times as long as that one took,
const PAUSE: u32 = 4;
/// and so long at most.
const PAUSE_MAX: Duration = Duration::from_millis(50);

#[derive(Default)]
pub struct Views {
    /// Whom it concerns that they have not been shown yet.
    waiting: Option<Reach>,
    /// It came in a rush.
    rush: bool,
    /// When a rush is shown again; nothing before the first picture.
    again: Option<Instant>,
}

impl Views {
    /// A batch of so many commands concerns these.
    pub fn concern(&mut self, reach: Reach, commands: usize) {
        self.rush = commands > 1 && reach != Reach::Everybody;
        self.waiting = Some(match self.waiting.take() {
            Some(waiting) => waiting.and(reach),
            None => reach,
        });
    }

    /// Whose views are made now: nobody's where there is nothing to show, or it waits.
    pub fn due(&mut self, now: Instant) -> Option<Reach> {
        let again = self.again.is_none_or(|again| again <= now);
        self.waiting.take_if(|_| again || !self.rush)
    }

    /// They were made between these two moments.
    pub fn shown(&mut self, began: Instant, now: Instant) {
        let pause = now.duration_since(began).saturating_mul(PAUSE).min(PAUSE_MAX);
        self.again = Some(now + pause);
    }

    /// When what waits is shown.
    pub fn shown_again(&self) -> Option<Instant> {
        self.waiting.as_ref().and(self.again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kernel::ids::JudgeId;
    use std::collections::BTreeSet;

    fn mark(judge: u16) -> Reach {
        Reach::Scorecards { judges: BTreeSet::from([JudgeId(judge)]), chair: false }
    }

    #[test]
    fn marks_that_come_in_a_rush_share_a_picture_and_nobody_else_waits() {
        let (mut views, start) = (Views::default(), Instant::now());
        let after = |ms| start + Duration::from_millis(ms);
        assert_eq!(views.due(start), None);
        views.concern(mark(1), 2);
        assert_eq!(views.due(start), Some(mark(1)), "the first is shown at once");
        views.shown(start, after(5));
        views.concern(mark(2), 2);
        views.concern(mark(3), 2);
        assert_eq!((views.due(after(24)), views.shown_again()), (None, Some(after(25))));
        assert_eq!(views.due(after(25)), Some(mark(2).and(mark(3))));
        views.shown(after(25), after(1_025));
        assert_eq!(views.shown_again(), None, "nothing waits");
        views.concern(mark(4), 2);
        assert_eq!(views.shown_again(), Some(after(1_075)), "however long the last one took");
        views.concern(mark(5), 1);
        assert_eq!(
            views.due(after(1_026)),
            Some(mark(4).and(mark(5))),
            "one alone does not wait, and takes them along"
        );
        views.concern(mark(6), 2);
        views.concern(Reach::Everybody, 9);
        assert_eq!(views.due(after(1_026)), Some(Reach::Everybody), "nor does what the host does");
        assert_eq!(views.due(after(9_999)), None);
    }
}
