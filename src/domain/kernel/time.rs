//! Time as the journal knows it: UTC milliseconds, handed in by who reads the clock.

use crate::domain::kernel::actor::Actor;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);

/// Where and when a fact stands in its journal, and who caused it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The record's gapless sequence number; also the order of arrival where a rule asks for "the last".
    pub seq: u64,
    pub at: Millis,
    pub by: Option<Actor>,
}
