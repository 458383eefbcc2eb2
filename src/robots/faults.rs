//! What the network does to a robot's scorecards in a rehearsal: lines cut, answers lost, frames twice, silence. It
//! follows from a seed, so that a rehearsal can be repeated; the scorecards get through in the end.

use crate::robots::pace::{Pace, choose};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// From this try on a scorecard meets no mishap.
pub const TRIES: u32 = 5;
/// Longest delay, whatever the pace.
const DELAY_MAX: Duration = Duration::from_secs(5);

/// What happens when a scorecard is to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    None,
    /// The line is cut before anything has left.
    CutBefore,
    /// The line is cut as soon as it has left: whether it arrived, nobody knows.
    CutAfter,
    /// It leaves, the answer does not come, and the line is given up.
    Deaf(Duration),
    /// It leaves twice.
    Twice,
    /// It leaves late.
    Slow(Duration),
    /// Nothing leaves and nothing comes; a new line is opened while the old one still stands.
    Silent(Duration),
}

/// What happens at this try (0, 1, …) to the scorecard of this pitch.
pub fn mishap(seed: u32, pace: Pace, seat: &str, pitch: &str, tries: u32) -> Mishap {
    if tries >= TRIES {
        return Mishap::None;
    }
    let mut chance = chance(&["mishap", &seed.to_string(), seat, pitch, &tries.to_string()]);
    let steps: f64 = chance.random_range(0.5..4.0);
    let delay = pace.0.mul_f64(steps).min(DELAY_MAX);
    match chance.random_range(0..10) {
        0 => Mishap::CutBefore,
        1 => Mishap::CutAfter,
        2 => Mishap::Deaf(delay),
        3 => Mishap::Twice,
        4 => Mishap::Slow(delay),
        5 => Mishap::Silent(delay),
        _ => Mishap::None,
    }
}

/// One judge in ten is late with a pitch: the scorecard leaves just after the window has closed, or when the host asks.
pub fn is_late(seed: u32, seat: &str, pitch: &str) -> bool {
    chance(&["late", &seed.to_string(), seat, pitch]).random_range(0..10) == 0
}

fn chance(what: &[&str]) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(choose(u64::MAX, what))
}

/// What a robot's line has been through.
#[derive(Debug, Default)]
pub struct Stats {
    cuts: AtomicU32,
    resends: AtomicU32,
    received: AtomicU32,
}

/// The counts at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Lines that were lost.
    pub cuts: u32,
    /// Commands said again under their id.
    pub resends: u32,
    /// Scorecards that the server has on disk.
    pub received: u32,
}

impl Stats {
    pub fn cut(&self) {
        self.cuts.fetch_add(1, Ordering::Relaxed);
    }

    pub fn resent(&self) {
        self.resends.fetch_add(1, Ordering::Relaxed);
    }

    pub fn received(&self) {
        self.received.fetch_add(1, Ordering::Relaxed);
    }

    pub fn counts(&self) -> Counts {
        let read = |n: &AtomicU32| n.load(Ordering::Relaxed);
        Counts { cuts: read(&self.cuts), resends: read(&self.resends), received: read(&self.received) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace(Duration::from_secs(2));

    fn evening(seed: u32) -> Vec<Mishap> {
        let seats = ["J1", "J2", "J3", "J4", "J5", "J6", "J7"];
        let tries = |seat| (0..TRIES).map(move |tries| mishap(seed, PACE, seat, "R1-P1", tries));
        seats.into_iter().flat_map(tries).collect()
    }

    #[test]
    fn a_seed_gives_the_same_evening_and_another_seed_another() {
        assert_eq!(evening(7), evening(7));
        assert_ne!(evening(7), evening(8));
    }

    #[test]
    fn everything_happens_and_everything_gets_through() {
        let all: Vec<Mishap> = (0..20).flat_map(evening).collect();
        let count = |is: fn(&Mishap) -> bool| all.iter().filter(|one| is(one)).count();
        let kinds: [fn(&Mishap) -> bool; 7] = [
            |one| *one == Mishap::None,
            |one| *one == Mishap::CutBefore,
            |one| *one == Mishap::CutAfter,
            |one| matches!(one, Mishap::Deaf(_)),
            |one| *one == Mishap::Twice,
            |one| matches!(one, Mishap::Slow(_)),
            |one| matches!(one, Mishap::Silent(_)),
        ];
        for (at, kind) in kinds.into_iter().enumerate() {
            assert!(count(kind) > all.len() / 20, "kind {at} is rare");
        }
        for seed in 0..100 {
            assert_eq!(mishap(seed, PACE, "J1", "R1-P1", TRIES), Mishap::None);
        }
    }

    #[test]
    fn no_delay_is_longer_than_five_seconds() {
        let slow = Pace(Duration::from_secs(60));
        for seed in 0..200 {
            if let Mishap::Deaf(delay) | Mishap::Slow(delay) | Mishap::Silent(delay) =
                mishap(seed, slow, "J1", "R1-P1", 0)
            {
                assert!(delay <= DELAY_MAX, "{delay:?}");
            }
        }
    }

    #[test]
    fn some_are_late_and_most_are_not() {
        let late = (0..1000).filter(|seed| is_late(*seed, "J1", "R1-P1")).count();
        assert!((50..200).contains(&late), "{late} of 1000");
    }
}
