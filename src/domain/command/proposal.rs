//! A correction in waiting, and the command that it is once somebody has agreed.

use crate::domain::command::Command;
use crate::domain::terms::proposal::Correction;

/// What is given, with the proposal's reason.
pub fn command(correction: &Correction, reason: &str) -> Command {
    let reason = reason.to_owned();
    match correction.clone() {
        Correction::Deduct { pitch, points } => Command::Deduct { pitch, points, reason },
        Correction::RemoveDeduction { pitch, deduction } => {
            Command::RemoveDeduction { pitch, deduction, reason }
        }
        Correction::ConfirmOvertime { pitch } => Command::ConfirmOvertime { pitch },
        Correction::DismissOvertime { pitch } => Command::DismissOvertime { pitch, reason },
        Correction::ReopenScorecard { pitch, judge } => Command::ReopenScorecard { pitch, judge, reason },
        Correction::WithdrawReopening { pitch, judge } => Command::WithdrawReopening { pitch, judge },
        Correction::DeclareRecusal { pitch, judge } => Command::DeclareRecusal { pitch, judge, reason },
        Correction::WithdrawRecusal { pitch, judge } => Command::WithdrawRecusal { pitch, judge },
        Correction::WithdrawPitch { pitch } => Command::WithdrawPitch { pitch, reason },
        Correction::Disqualify { pitch } => Command::Disqualify { pitch, reason },
        Correction::Reinstate { pitch } => Command::Reinstate { pitch, reason },
        Correction::DecideTie { round, order } => Command::DecideTie { round, order, reason },
    }
}
