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

/// Planned seconds of a pitch, and how its timer runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    pub pitch_secs: u32,
    pub qa_secs: u32,
    /// With so many seconds left; 0 for none.
    #[serde(default = "first_warning")]
    pub first_warning_secs: u32,
    #[serde(default = "second_warning")]
    pub second_warning_secs: u32,
    /// The timer waits for a hand; else it starts with the pitch.
    #[serde(default)]
    pub by_hand: bool,
}

fn first_warning() -> u32 {
    60
}

fn second_warning() -> u32 {
    30
}

/// Longest pitch, Q&A or warning, in seconds.
pub const TIMING_SECS_MAX: u32 = 7_200;

/// Why times are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimingProblem {
    #[error("a pitch has 1 to {TIMING_SECS_MAX} seconds, not {0}")]
    Pitch(u32),
    #[error("questions have 1 to {TIMING_SECS_MAX} seconds, not {0}")]
    Qa(u32),
    #[error("a warning comes at most {TIMING_SECS_MAX} seconds before the end, not {0}")]
    Warning(u32),
    #[error("the second warning comes after the first: fewer than {first} seconds left, not {second}")]
    WarningOrder { first: u32, second: u32 },
}

impl Timing {
    /// Whether these times make sense.
    pub fn check(&self) -> Result<(), TimingProblem> {
        let Timing { pitch_secs, qa_secs, first_warning_secs: first, second_warning_secs: second, .. } =
            *self;
        let planned = 1..=TIMING_SECS_MAX;
        match () {
            () if !planned.contains(&pitch_secs) => Err(TimingProblem::Pitch(pitch_secs)),
            () if !planned.contains(&qa_secs) => Err(TimingProblem::Qa(qa_secs)),
            () if first.max(second) > TIMING_SECS_MAX => Err(TimingProblem::Warning(first.max(second))),
            () if first > 0 && second >= first => Err(TimingProblem::WarningOrder { first, second }),
            () => Ok(()),
        }
    }
}

impl Default for Timing {
    /// The common national form: 8 + 7 minutes, warnings one minute and half a minute before the end.
    fn default() -> Self {
        Timing {
            pitch_secs: 480,
            qa_secs: 420,
            first_warning_secs: first_warning(),
            second_warning_secs: second_warning(),
            by_hand: false,
        }
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
