//! The command that a cue stands for, as a console gives it.

use crate::domain::cue::Cue;
use crate::domain::terms::programme::Scene;
use crate::wire::command::ClientCommand;

impl ClientCommand {
    /// What the host's key gives for this cue; `None` where the device adds to it.
    pub fn of(cue: Cue) -> Option<Self> {
        Some(match cue {
            Cue::StartSegment(segment) => ClientCommand::StartSegment { segment },
            Cue::CommitDraw(_) => return None,
            Cue::RevealDraw(round) => ClientCommand::RevealDraw { round },
            Cue::StartPitch(pitch) => ClientCommand::StartPitch { pitch },
            Cue::RunTimer => ClientCommand::RunTimer,
            Cue::StartQa(pitch) => ClientCommand::StartQa { pitch },
            Cue::OpenWindow(pitch) => ClientCommand::OpenWindow { pitch },
            Cue::CloseWindow(pitch) => ClientCommand::CloseWindow { pitch },
            Cue::BeginAnnouncement(pitch) => ClientCommand::BeginAnnouncement { pitch },
            Cue::ShowPlates(pitch, step) => ClientCommand::ShowPlates { pitch, step },
            Cue::RevealPitch(pitch) | Cue::ConfirmCorrection(pitch) => ClientCommand::RevealPitch { pitch },
            Cue::FreezeBoard(round) => ClientCommand::FreezeBoard { round },
            Cue::BeginReveal(round, mode) => ClientCommand::BeginReveal { round, mode },
            Cue::StepReveal(round, to) => ClientCommand::StepReveal { round, to },
            Cue::PublishBoard(round) => ClientCommand::PublishBoard { round },
            Cue::ShowLeaderboard => ClientCommand::ShowScene { scene: Scene::Leaderboard },
            Cue::ShowPodium => ClientCommand::ShowScene { scene: Scene::Podium },
            Cue::Finish => ClientCommand::FinishContest { despite: false },
            Cue::FinishDespite => ClientCommand::FinishContest { despite: true },
            Cue::OpenVote => ClientCommand::OpenVote,
            Cue::CloseVote => ClientCommand::CloseVote,
            Cue::RevealVote => ClientCommand::RevealVote,
        })
    }
}
