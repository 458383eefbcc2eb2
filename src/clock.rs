//! Time: the only place that reads it.
//!
//! Two readings: `now` is the wall clock (UTC), a label for people and for lives that span restarts;
//! `steady` never jumps and measures durations. It does not know what the time is used for.

use crate::domain::time::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::Notify;

/// A clock that is handed to whoever needs the time; clones read the same clock.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System { started: Instant },
    Manual(Arc<Hands>),
}

#[derive(Debug)]
struct Hands {
    wall: AtomicU64,
    steady: AtomicU64,
    moved: Notify,
}

/// How often a waiting system clock is looked at, in milliseconds.
const LOOK_MS: u64 = 1_000;

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Clock(Source::System { started: Instant::now() })
    }

    /// A clock that stands still until its hand is moved.
    pub fn manual(start: Millis) -> (Self, Hand) {
        let hands = Arc::new(Hands {
            wall: AtomicU64::new(start.0),
            steady: AtomicU64::new(0),
            moved: Notify::new(),
        });
        (Clock(Source::Manual(hands.clone())), Hand(hands))
    }

    /// The wall clock in UTC milliseconds. It may jump when somebody sets the machine's time.
    pub fn now(&self) -> Millis {
        match &self.0 {
            Source::System { .. } => Millis(
                SystemTime::now()
                    .duration_since(SystemTime::UNIX_EPOCH)
                    .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX)),
            ),
            Source::Manual(hands) => Millis(hands.wall.load(Ordering::SeqCst)),
        }
    }

    /// Resolves when the wall clock shows `at` or later, however it gets there.
    pub async fn until(&self, at: Millis) {
        loop {
            let moved = match &self.0 {
                Source::System { .. } => None,
                Source::Manual(hands) => Some(hands.moved.notified()),
            };
            let left = at.0.saturating_sub(self.now().0);
            if left == 0 {
                return;
            }
            match moved {
                Some(moved) => moved.await,
                // Looked at again and again: somebody may set the machine's time meanwhile.
                None => tokio::time::sleep(Duration::from_millis(left.min(LOOK_MS))).await,
            }
        }
    }

    /// Time since this clock was made; it never goes back.
    pub fn steady(&self) -> Duration {
        match &self.0 {
            Source::System { started } => started.elapsed(),
            Source::Manual(hands) => Duration::from_millis(hands.steady.load(Ordering::SeqCst)),
        }
    }
}

/// Moves a manual clock.
#[derive(Debug, Clone)]
pub struct Hand(Arc<Hands>);

impl Hand {
    /// Lets time pass on both readings.
    pub fn advance(&self, by: Duration) {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.0.wall.fetch_add(ms, Ordering::SeqCst);
        self.0.steady.fetch_add(ms, Ordering::SeqCst);
        self.0.moved.notify_waiters();
    }

    /// Sets the wall clock, forwards or back, as somebody at the machine might; no time passes.
    pub fn set(&self, to: Millis) {
        self.0.wall.store(to.0, Ordering::SeqCst);
        self.0.moved.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_the_wall_clock_lets_no_time_pass() {
        let (clock, hand) = Clock::manual(Millis(10_000));
        hand.advance(Duration::from_secs(2));
        hand.set(Millis(500));
        assert_eq!(clock.now(), Millis(500));
        assert_eq!(clock.steady(), Duration::from_secs(2));
    }

    #[test]
    fn the_system_clock_is_in_this_century() {
        let clock = Clock::system();
        assert!(clock.now() > Millis(1_700_000_000_000));
        assert!(clock.steady() < Duration::from_secs(60));
    }
}
