//! Contests whose host shows pairing.

use crate::domain::kernel::ids::ContestCode;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Contests whose host shows pairing, each until its time on the steady clock.
#[derive(Debug, Default)]
pub struct PairingWindows(Mutex<BTreeMap<ContestCode, Duration>>);

impl PairingWindows {
    pub fn set(&self, contest: &ContestCode, until: Option<Duration>, now: Duration) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, until| *until > now);
        match until {
            Some(until) => open.insert(contest.clone(), until),
            None => open.remove(contest),
        };
    }

    pub fn left(&self, contest: &ContestCode, now: Duration) -> Option<Duration> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.get(contest).map(|until| until.saturating_sub(now)).filter(|left| !left.is_zero())
    }
}
