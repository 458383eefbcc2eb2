//! How an evening is planned: the bodies of `…/programme` and `…/timing`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `PUT /api/contests/{code}/programme`: all segments, in order.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetProgramme {
    pub segments: Vec<SegmentLine>,
}

/// A part of the programme that is no pitch, as it is set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SegmentLine {
    /// `S4`
    pub id: String,
    #[ts(as = "crate::wire::view::stage::SegmentKindName")]
    pub kind: crate::domain::terms::programme::SegmentKind,
    pub title: String,
    #[serde(default)]
    pub names: Vec<String>,
    /// Planned seconds; 0 without a timer.
    #[serde(default)]
    pub secs: u32,
    /// So many pitches of the running order come before it; absent: after all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<u16>,
}

/// `PUT /api/contests/{code}/timing`: planned seconds of a pitch, its warnings, and what time over costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TimingBody {
    pub pitch_secs: u32,
    pub qa_secs: u32,
    /// With so many seconds left; 0 for none.
    pub first_warning_secs: u32,
    pub second_warning_secs: u32,
    /// The timer waits for a hand; else it starts with the pitch.
    pub by_hand: bool,
    /// Without it time over costs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub overtime: Option<OvertimeBody>,
}

/// What time over costs, in points of the final score; docs/scoring.md says how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum OvertimeBody {
    Units {
        grace_secs: u32,
        unit_secs: u32,
        per_unit: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        cap: Option<String>,
    },
    Steps {
        steps: Vec<OvertimeStep>,
    },
}

/// More than so many seconds over cost so many points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OvertimeStep {
    pub over_secs: u32,
    pub points: String,
}
