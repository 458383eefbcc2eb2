//! The end of an engine: who is told when, so that a hall does not come back at once.

/// So many pages are told in a millisecond;
const TOLD_PER_MS: usize = 5;
/// however many they are, all of them within this time.
const TELLING_MAX: usize = 2_000;
/// Who has not taken the last word by then is not waited for.
const STOPPING_MAX: u64 = 3_000;

pub struct Stopping {
    began: u64,
    untold: Vec<usize>,
    told: usize,
    per_ms: usize,
}

impl Stopping {
    pub fn of(untold: Vec<usize>, now: u64) -> Self {
        let per_ms = TOLD_PER_MS.max(untold.len() / TELLING_MAX + 1);
        Stopping { began: now, untold, told: 0, per_ms }
    }

    /// One who has come all the same.
    pub fn add(&mut self, index: usize) {
        self.untold.push(index);
    }

    /// Who is told now.
    pub fn next(&mut self, now: u64) -> Vec<usize> {
        let by_now = usize::try_from(now - self.began + 1).unwrap_or(usize::MAX).saturating_mul(self.per_ms);
        let left = self.untold.len();
        let next = self.untold.split_off(left - by_now.saturating_sub(self.told).min(left));
        self.told += next.len();
        next
    }

    pub fn is_late(&self, now: u64) -> bool {
        now - self.began > STOPPING_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hall_is_told_within_two_seconds_and_not_at_once() {
        let mut stopping = Stopping::of((0..20_000).collect(), 1_000);
        assert!(stopping.next(1_000).len() < 20);
        let told: usize = (1_001..=3_000).map(|now| stopping.next(now).len()).sum();
        assert!(told > 19_900 && stopping.untold.is_empty());
        stopping.add(7);
        assert_eq!(
            (stopping.next(3_001), stopping.is_late(3_001), stopping.is_late(4_001)),
            (vec![7], false, true)
        );
    }
}
