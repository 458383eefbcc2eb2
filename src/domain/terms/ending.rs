//! What the end of a contest can leave open.

use crate::domain::kernel::ids::{JudgeId, PitchId, RoundId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that the end leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Missing {
    /// It is in the running order and was never on the stage.
    NeverCame { pitch: PitchId },
    /// Its window has closed, and no scorecard of it counts.
    Unscored { pitch: PitchId },
    /// Something counts of it that the hall was not told.
    Unannounced { pitch: PitchId },
    /// The scorecard was given back and has not come in again: it counts as it was.
    GivenBack { pitch: PitchId, judge: JudgeId },
    /// The judge has not signed, or has signed something else than what counts.
    Signature { round: RoundId, judge: JudgeId },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::NeverCame { pitch } => write!(f, "{pitch} never came"),
            Missing::Unscored { pitch } => write!(f, "{pitch} has no scorecard"),
            Missing::Unannounced { pitch } => write!(f, "{pitch} was not announced"),
            Missing::GivenBack { pitch, judge } => write!(f, "{pitch} {judge} was given back"),
            Missing::Signature { round, judge } => write!(f, "{round} {judge} has not signed"),
        }
    }
}
