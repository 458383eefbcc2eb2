//! One wheel for all deadlines of an engine: a slot for every second, and in it who is looked at then.

/// Seconds until the wheel is where it was; a later deadline is looked at on the way.
const SLOTS: u64 = 64;
const TICK_MS: u64 = 1_000;

pub struct Wheel {
    slots: Vec<Vec<usize>>,
    /// The tick that was looked at last.
    at: u64,
}

impl Wheel {
    pub fn new() -> Self {
        Wheel { slots: vec![Vec::new(); SLOTS as usize], at: 0 }
    }

    /// Puts `who` down for this time, in milliseconds; the tick at which it is looked at.
    pub fn put(&mut self, who: usize, due: u64) -> u64 {
        let tick = due.div_ceil(TICK_MS).clamp(self.at + 1, self.at + SLOTS - 1);
        self.slots[(tick % SLOTS) as usize].push(who);
        tick
    }

    /// Everybody who is looked at by now, with the tick for which they were put down.
    pub fn turn(&mut self, now: u64) -> Vec<(u64, usize)> {
        let (to, mut due) = (now / TICK_MS, Vec::new());
        // Who was away for long looks at each slot once.
        for tick in self.at + 1..=to.min(self.at + SLOTS) {
            // Taken, so that a slot for thousands gives its room back.
            let slot = std::mem::take(&mut self.slots[(tick % SLOTS) as usize]);
            due.extend(slot.into_iter().map(|who| (tick, who)));
        }
        self.at = self.at.max(to);
        due
    }

    /// When it turns next, in milliseconds.
    pub fn next(&self) -> u64 {
        (self.at + 1) * TICK_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_looked_at_in_time_and_once() {
        let mut wheel = Wheel::new();
        assert_eq!([wheel.put(1, 1_500), wheel.put(2, 0), wheel.put(3, 1_000_000)], [2, 1, 63]);
        assert_eq!(wheel.turn(999), []);
        assert_eq!(wheel.turn(1_000), [(1, 2)]);
        assert_eq!(wheel.turn(1_999), []);
        assert_eq!(wheel.next(), 2_000);
        assert_eq!(wheel.turn(500_000), [(2, 1), (63, 3)]);
        assert_eq!(wheel.put(4, 1_000), 501, "what is overdue is looked at next");
        assert_eq!(wheel.turn(501_000), [(501, 4)]);
    }
}
