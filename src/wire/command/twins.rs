//! Which of the domain's commands a socket carries, both ways.

use super::ClientCommand;
use crate::domain::command::Command;

/// `socket`: field for field as the domain has them. `http`: set-up and ballots, which take other ways.
macro_rules! twins {
    (socket { $($name:ident $({ $($field:ident),+ })?,)+ } http { $($other:ident,)+ }) => {
        impl From<ClientCommand> for Command {
            fn from(command: ClientCommand) -> Self {
                match command {
                    $(ClientCommand::$name $({ $($field),+ })? => Command::$name $({ $($field),+ })?,)+
                }
            }
        }

        impl ClientCommand {
            /// The command as a console gives it; `None` where no socket carries it.
            pub fn of(command: Command) -> Option<Self> {
                match command {
                    $(Command::$name $({ $($field),+ })? => Some(ClientCommand::$name $({ $($field),+ })?),)+
                    $(Command::$other { .. } => None,)+
                }
            }
        }
    };
}

twins! {
    socket {
    StartPitch { pitch }, StartQa { pitch }, OpenWindow { pitch }, CloseWindow { pitch },
    RevealPitch { pitch }, MarkAbsent { pitch }, WithdrawPitch { pitch, reason }, BringBack { pitch },
    Disqualify { pitch, reason }, Reinstate { pitch, reason },
    RunAgain { pitch, reason }, TakeOver { pitch, judge, attempt, reason },
    SetRunningOrder { round, order }, ShowScene { scene }, ReopenScorecard { pitch, judge, reason },
    ReopenWindow { pitch, reason }, WithdrawReopening { pitch, judge }, ConfirmPitch { pitch },
    DecideTie { round, order, reason }, ShowBefore, StartSegment { segment }, DrawCurtain { segment }, SkipSegment { segment }, StepPodium { to },
    Undo { action }, BeginRehearsal { despite }, EndRehearsal, BeginTimer { label, secs }, RunTimer,
    PauseTimer, AdjustTimer { secs }, SetTimer { left_secs }, RestartTimer, DropTimer, OpenEarly { pitch },
    SetCountdown { pitch, secs }, BeginAnnouncement { pitch }, SetAwards { round, awards },
    FreezeBoard { round }, ThawBoard { round }, TellDecisions { round }, BeginReveal { round, mode }, StepReveal { round, to },
    EndReveal { round }, PublishBoard { round }, ShowPlates { pitch, step }, ConfirmOvertime { pitch },
    DismissOvertime { pitch, reason }, Deduct { pitch, points, reason },
    RemoveDeduction { pitch, deduction, reason }, CommitDraw { round, secret }, CallNumber { round, number },
    RevealDraw { round }, FinishContest { despite }, SubmitScorecard { pitch, attempt, base, marks, comment },
    ReportLate { pitch, attempt },
    DeclareRecusal { pitch, judge, reason }, WithdrawRecusal { pitch, judge },
    DeclareAbstention { pitch, attempt, judge, reason }, WithdrawAbstention { pitch, judge },
    SignScorecards { round, digest, strokes }, ConfirmResult { round, digest }, MakeOfficial { round, digest },
    PublishResult { round, digest, until }, TakeBackStep { round, step, reason }, Propose { correction, reason },
    AgreeTo { proposal }, RefuseProposal { proposal, reason }, WithdrawProposal { proposal }, ShowMessage { lines }, ShowBoard { track, page },
    AnnounceSigning { project, partner }, WithdrawSigning { project, partner }, OpenVote, CloseVote,
    RevealVote, LeaveOpen { matter, reason },
    }
    http {
    CreateContest, ChangeAbout, ImportBlueprint, ChangeProject, ChangeJudge, SetPanel, SetRubric, SetRule,
    SetTiming, SetProgramme, SetWindowPolicy, SetVote, IssueSeatCodes, CastBallot,
    }
}
