//! In which order a reveal tells the places, and the awards.

use crate::domain::kernel::ids::{ProjectId, TrackId};
use serde::{Deserialize, Serialize};

/// In which order places are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    #[default]
    LastToFirst,
    /// Track after track, each from last to first.
    ByTrack,
    /// The awards in their order.
    Awards,
}

/// An award: for places, or for projects that somebody named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    pub name: String,
    pub to: Winners,
    /// Whose places, where tracks rank: those of this track's list. Without it those of the list of all; where there is none, of
    /// every track's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track: Option<TrackId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Winners {
    /// From place to place, shared places included.
    Places(u32, u32),
    Projects(Vec<ProjectId>),
}
