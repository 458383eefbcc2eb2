//! Who takes part: tracks, projects, judges. Plain data; `decide/roster` guards what enters.

use crate::domain::kernel::ids::{JudgeId, ProjectId, TrackId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    pub id: TrackId,
    pub name: String,
}

/// A project that pitches. Its number is its id's number, or what the organiser calls it instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    pub id: ProjectId,
    /// The whole name, shown in its own scene.
    pub name: String,
    /// The name in tables and on plates.
    pub short: String,
    pub track: Option<TrackId>,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub presenter: String,
    /// How the MC says the names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub say: String,
    /// What the organiser calls it instead of its number: `A01`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
}

/// A judge. Its number is its id's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judge {
    pub id: JudgeId,
    pub name: String,
    #[serde(default)]
    pub unit: String,
}
