//! A pitch's life by its names.

use crate::domain::terms::programme::Phase;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A pitch's life as pages know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PhaseName {
    Queued,
    Pitching,
    Qa,
    Scoring,
    Closed,
    Revealed,
    Absent,
    Withdrawn,
    Disqualified,
    /// Out, and nobody says why: the rule does not name who was disqualified.
    Out,
}

impl From<Phase> for PhaseName {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Queued => PhaseName::Queued,
            Phase::Pitching => PhaseName::Pitching,
            Phase::Qa => PhaseName::Qa,
            Phase::Scoring => PhaseName::Scoring,
            Phase::Closed => PhaseName::Closed,
            Phase::Revealed => PhaseName::Revealed,
            Phase::Absent => PhaseName::Absent,
            Phase::Withdrawn => PhaseName::Withdrawn,
            Phase::Disqualified => PhaseName::Disqualified,
        }
    }
}
