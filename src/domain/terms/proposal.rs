//! A correction after the end of the show: what one person proposes and a second one agrees to.

use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use crate::domain::kernel::points::Points;
use serde::{Deserialize, Serialize};

/// A command in waiting, without its reason: the proposal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Correction {
    Deduct { pitch: PitchId, points: Points },
    RemoveDeduction { pitch: PitchId, deduction: u64 },
    ConfirmOvertime { pitch: PitchId },
    DismissOvertime { pitch: PitchId },
    ReopenScorecard { pitch: PitchId, judge: JudgeId },
    WithdrawReopening { pitch: PitchId, judge: JudgeId },
    DeclareRecusal { pitch: PitchId, judge: JudgeId },
    WithdrawRecusal { pitch: PitchId, judge: JudgeId },
    DecideTie { round: RoundId, order: Vec<ProjectId> },
    WithdrawPitch { pitch: PitchId },
    Disqualify { pitch: PitchId },
    Reinstate { pitch: PitchId },
}

impl Correction {
    /// The pitch that it corrects.
    pub fn pitch(&self) -> Option<PitchId> {
        match self {
            Correction::Deduct { pitch, .. }
            | Correction::RemoveDeduction { pitch, .. }
            | Correction::ConfirmOvertime { pitch }
            | Correction::DismissOvertime { pitch }
            | Correction::ReopenScorecard { pitch, .. }
            | Correction::WithdrawReopening { pitch, .. }
            | Correction::DeclareRecusal { pitch, .. }
            | Correction::WithdrawRecusal { pitch, .. }
            | Correction::WithdrawPitch { pitch }
            | Correction::Disqualify { pitch }
            | Correction::Reinstate { pitch } => Some(*pitch),
            Correction::DecideTie { .. } => None,
        }
    }
}
