//! What happens on the stage: a pitch's life, the scene of the big screen, the planned times.

use crate::domain::ids::{JudgeId, PitchId};
use crate::domain::time::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A pitch's life: queued → pitching → Q&A → scoring → closed → revealed; or absent, withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    Queued,
    Pitching,
    Qa,
    Scoring,
    Closed,
    Revealed,
    Absent,
    Withdrawn,
}

impl Phase {
    /// The team stands on the stage, or its window is still open.
    pub fn holds_the_stage(self) -> bool {
        matches!(self, Phase::Pitching | Phase::Qa | Phase::Scoring)
    }
}

/// One appearance of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pitch {
    pub id: PitchId,
    pub phase: Phase,
    /// When the phase began.
    pub since: Millis,
    /// Judges who do not score this pitch, each with the reason given.
    pub recused: BTreeMap<JudgeId, String>,
    /// Judges who declined to score this pitch without a conflict, each with the reason given.
    pub abstained: BTreeMap<JudgeId, String>,
    /// Judges whose scorecard was given back after closing, each with the reason; until they submit again.
    pub reopened: BTreeMap<JudgeId, String>,
    /// The chair has confirmed the scorecards as they are now.
    pub confirmed: bool,
}

impl Pitch {
    pub fn queued(id: PitchId) -> Self {
        Pitch {
            id,
            phase: Phase::Queued,
            since: Millis(0),
            recused: BTreeMap::new(),
            abstained: BTreeMap::new(),
            reopened: BTreeMap::new(),
            confirmed: false,
        }
    }
}

/// Planned seconds of a pitch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    pub pitch_secs: u32,
    pub qa_secs: u32,
}

impl Default for Timing {
    /// The common national form: 8 + 7 minutes.
    fn default() -> Self {
        Timing { pitch_secs: 480, qa_secs: 420 }
    }
}

/// What the big screen shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// Title, QR code, short address.
    #[default]
    Cover,
    /// Follows the pitch on stage: on stage, Q&A, scoring k of n, its score once revealed.
    Pitch,
    Leaderboard,
    Podium,
    Black,
}

/// When numbers become public.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevealPolicy {
    /// A pitch's score and its place among the revealed become public when the host reveals it.
    #[default]
    PerPitch,
    /// Public standings follow every mark; for informal contests, chosen knowingly.
    Live,
}

impl std::fmt::Display for Phase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Phase::Queued => "queued",
            Phase::Pitching => "pitching",
            Phase::Qa => "qa",
            Phase::Scoring => "scoring",
            Phase::Closed => "closed",
            Phase::Revealed => "revealed",
            Phase::Absent => "absent",
            Phase::Withdrawn => "withdrawn",
        })
    }
}
