//! What devices found out about themselves on `/check`. Not facts: the newest of each device, gone with the server.
//!
//! Anybody in the hall may report, so there is a bound; how often one may is `clock/limit`'s.

use crate::domain::kernel::ids::CommandId;
use crate::wire::preflight::CheckLine;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Reports that are kept; the oldest gives way.
pub const KEPT_MAX: usize = 200;
/// Oldest first.
type Lines = VecDeque<(CommandId, CheckLine)>;

#[derive(Debug, Default)]
pub struct Checks(Mutex<Lines>);

impl Checks {
    /// Keeps a report in place of an older one of the same device.
    pub fn keep(&self, device: CommandId, line: CheckLine) {
        let mut kept = self.kept();
        kept.retain(|(of, _)| *of != device);
        kept.push_back((device, line));
        if kept.len() > KEPT_MAX {
            kept.pop_front();
        }
    }

    /// Newest first.
    pub fn all(&self) -> Vec<CheckLine> {
        self.kept().iter().rev().map(|(_, line)| line.clone()).collect()
    }

    fn kept(&self) -> MutexGuard<'_, Lines> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
