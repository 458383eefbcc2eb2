//! What devices found out about themselves on `/check`. Not facts: the newest of each device, gone with the server.
//!
//! Anybody in the hall may report, so everything has a bound: reports by number, callers by what they send in a minute.

use crate::domain::kernel::ids::CommandId;
use crate::wire::preflight::CheckLine;
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Reports that are kept; the oldest gives way.
pub const KEPT_MAX: usize = 200;
/// Reports from one address within a minute: a hall may stand behind one router.
pub const PER_MINUTE: u32 = 120;
const MINUTE: Duration = Duration::from_secs(60);
/// Addresses that are counted; beyond, all begin anew.
const CALLERS_MAX: usize = 1_024;

#[derive(Debug, Default)]
pub struct Checks(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// Oldest first.
    lines: VecDeque<(CommandId, CheckLine)>,
    /// Since when, and how many.
    callers: BTreeMap<IpAddr, (Duration, u32)>,
}

impl Checks {
    /// Counts a call at `now` of the steady clock.
    ///
    /// # Errors
    /// How long to wait, where this address has sent too much.
    pub fn admit(&self, from: IpAddr, now: Duration) -> Result<(), Duration> {
        let mut kept = self.kept();
        if kept.callers.len() >= CALLERS_MAX && !kept.callers.contains_key(&from) {
            kept.callers.retain(|_, (since, _)| now.saturating_sub(*since) < MINUTE);
            if kept.callers.len() >= CALLERS_MAX {
                kept.callers.clear();
            }
        }
        let (since, count) = kept.callers.entry(from).or_insert((now, 0));
        if now.saturating_sub(*since) >= MINUTE {
            (*since, *count) = (now, 0);
        }
        if *count >= PER_MINUTE {
            return Err(MINUTE.saturating_sub(now.saturating_sub(*since)));
        }
        *count += 1;
        Ok(())
    }

    /// Keeps a report in place of an older one of the same device.
    pub fn keep(&self, device: CommandId, line: CheckLine) {
        let mut kept = self.kept();
        kept.lines.retain(|(of, _)| *of != device);
        kept.lines.push_back((device, line));
        if kept.lines.len() > KEPT_MAX {
            kept.lines.pop_front();
        }
    }

    /// Newest first.
    pub fn all(&self) -> Vec<CheckLine> {
        self.kept().lines.iter().rev().map(|(_, line)| line.clone()).collect()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_caller_waits_for_the_rest_of_the_minute_and_others_do_not() {
        let checks = Checks::default();
        let [one, other] = [1, 2].map(|n| IpAddr::V4(Ipv4Addr::new(192, 168, 1, n)));
        let at = Duration::from_secs;
        assert!((0..PER_MINUTE).all(|_| checks.admit(one, at(5)).is_ok()));
        assert_eq!(checks.admit(one, at(25)), Err(at(40)));
        assert_eq!(checks.admit(other, at(25)), Ok(()));
        assert_eq!(checks.admit(one, at(65)), Ok(()));
    }

    #[test]
    fn callers_are_bounded_and_an_old_minute_makes_room() {
        let checks = Checks::default();
        for n in 0..5_000_u32 {
            assert_eq!(checks.admit(IpAddr::V4(Ipv4Addr::from(n)), Duration::ZERO), Ok(()));
            assert!(checks.kept().callers.len() <= CALLERS_MAX);
        }
    }
}
