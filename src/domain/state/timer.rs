//! The stage timer: one at a time, on the server's clock. Facts move its hands; how much is left is computed, never stored.

use crate::domain::kernel::time::Millis;

/// Longest plan of a timer, in seconds: no segment of an evening takes longer than ten hours.
pub const TIMER_SECS_MAX: u32 = 36_000;

/// What is timed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timed {
    Pitch,
    Qa,
    Segment,
    /// By the host's wish, under the host's words.
    Custom(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    pub of: Timed,
    /// What was planned when it was set; a restart begins with it.
    pub plan_ms: u64,
    /// What is planned now, with the host's adjustments.
    pub planned_ms: u64,
    /// Ran before `since`.
    pub spent_ms: u64,
    /// Runs since then; `None` while it waits or is paused.
    pub since: Option<Millis>,
}

/// How long something took, and how long it was to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    pub planned_ms: u64,
    pub spent_ms: u64,
}

impl Spell {
    pub fn over_ms(self) -> u64 {
        self.spent_ms.saturating_sub(self.planned_ms)
    }
}

impl Timer {
    /// A timer of so many seconds that runs from `at`, or waits.
    pub fn new(of: Timed, secs: u32, at: Option<Millis>) -> Self {
        let plan_ms = u64::from(secs) * 1_000;
        Timer { of, plan_ms, planned_ms: plan_ms, spent_ms: 0, since: at }
    }

    pub fn spent_ms(&self, now: Millis) -> u64 {
        self.spent_ms + self.since.map_or(0, |since| now.0.saturating_sub(since.0))
    }

    pub fn spell(&self, now: Millis) -> Spell {
        Spell { planned_ms: self.planned_ms, spent_ms: self.spent_ms(now) }
    }

    /// It has not run yet.
    pub fn waits(&self) -> bool {
        self.since.is_none() && self.spent_ms == 0
    }

    pub fn run(&mut self, at: Millis) {
        self.since.get_or_insert(at);
    }

    pub fn pause(&mut self, at: Millis) {
        self.spent_ms = self.spent_ms(at);
        self.since = None;
    }

    /// More or less time; never less than has run, so that taking time away ends it at most now.
    pub fn adjust(&mut self, secs: i32, at: Millis) {
        let by = i64::from(secs) * 1_000;
        let planned = i64::try_from(self.planned_ms).unwrap_or(i64::MAX).saturating_add(by).max(0);
        let planned = u64::try_from(planned).unwrap_or(0);
        let floor = self.planned_ms.min(self.spent_ms(at));
        self.planned_ms = if by < 0 { planned.max(floor) } else { planned };
    }

    /// The host says how much is left, whatever ran.
    pub fn set_left(&mut self, secs: u32, at: Millis) {
        self.planned_ms = self.spent_ms(at) + u64::from(secs) * 1_000;
    }

    /// From the beginning with what was planned; runs on where it ran.
    pub fn restart(&mut self, at: Millis) {
        self.planned_ms = self.plan_ms;
        self.spent_ms = 0;
        self.since = self.since.map(|_| at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(timer: &Timer, now: u64) -> i64 {
        timer.planned_ms as i64 - timer.spent_ms(Millis(now)) as i64
    }

    #[test]
    fn a_pause_costs_nothing_and_over_time_counts_on() {
        let mut timer = Timer::new(Timed::Pitch, 60, Some(Millis(1_000)));
        assert_eq!(left(&timer, 11_000), 50_000);
        timer.pause(Millis(11_000));
        assert_eq!(left(&timer, 500_000), 50_000);
        timer.run(Millis(500_000));
        assert_eq!(left(&timer, 551_500), -1_500);
        assert_eq!(timer.spell(Millis(551_500)).over_ms(), 1_500);
    }

    #[test]
    fn taking_time_away_ends_it_at_most_now() {
        let mut timer = Timer::new(Timed::Qa, 60, Some(Millis(0)));
        timer.adjust(30, Millis(10_000));
        assert_eq!(left(&timer, 10_000), 80_000);
        timer.adjust(-500, Millis(10_000));
        assert_eq!(left(&timer, 10_000), 0);
        timer.adjust(-30, Millis(20_000));
        assert_eq!(left(&timer, 20_000), -10_000, "what is over stays over");
        timer.set_left(5, Millis(20_000));
        assert_eq!(left(&timer, 20_000), 5_000);
        timer.restart(Millis(20_000));
        assert_eq!(left(&timer, 21_000), 59_000);
    }
}
