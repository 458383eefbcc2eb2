//! What a fact is about, and what an undo of it concerns.

use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::PitchId;

/// Facts whose undo brings the stage back as it was; that of the others puts back one thing.
pub fn puts_stage_back(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::RecusalDeclared { .. }
            | Fact::RecusalWithdrawn { .. }
            | Fact::AbstentionDeclared { .. }
            | Fact::AbstentionWithdrawn { .. }
            | Fact::ScorecardReopened { .. }
            | Fact::ReopeningWithdrawn { .. }
            | Fact::DeductionMade { .. }
            | Fact::DeductionRemoved { .. }
            | Fact::OvertimeDismissed { .. }
            | Fact::RunningOrderSet { .. }
            | Fact::NumberCalled { .. }
            | Fact::BoardFrozen { .. }
            | Fact::BoardThawed { .. }
    )
}

/// Facts of the host's side that its history lists. What judges declare themselves is theirs.
pub fn is_action(fact: &Fact, by: Option<Actor>) -> bool {
    match fact {
        Fact::PitchStarted { .. }
        | Fact::QaStarted { .. }
        | Fact::WindowOpened { .. }
        | Fact::WindowOpenedEarly { .. }
        | Fact::WindowClosed { .. }
        | Fact::CountdownSet { .. }
        | Fact::AnnouncementBegun { .. }
        | Fact::PlatesShown { .. }
        | Fact::BoardFrozen { .. }
        | Fact::BoardThawed { .. }
        | Fact::RevealBegun { .. }
        | Fact::RevealStepped { .. }
        | Fact::RevealEnded { .. }
        | Fact::BoardPublished { .. }
        | Fact::PitchRevealed { .. }
        | Fact::PitchMarkedAbsent { .. }
        | Fact::PitchWithdrawn { .. }
        | Fact::PitchBroughtBack { .. }
        | Fact::SegmentStarted { .. }
        | Fact::SegmentSkipped { .. }
        | Fact::SceneShown { .. }
        | Fact::SceneReturned
        | Fact::TimerBegun { .. }
        | Fact::TimerRan
        | Fact::TimerPaused
        | Fact::TimerAdjusted { .. }
        | Fact::TimerSet { .. }
        | Fact::TimerRestarted
        | Fact::TimerDropped
        | Fact::DeductionMade { .. }
        | Fact::DeductionRemoved { .. }
        | Fact::OvertimeDismissed { .. }
        | Fact::DrawCommitted { .. }
        | Fact::NumberCalled { .. }
        | Fact::DrawRevealed { .. }
        | Fact::RunningOrderSet { .. }
        | Fact::TieDecided { .. }
        | Fact::VoteOpened
        | Fact::MessageShown { .. }
        | Fact::BoardShown { .. }
        | Fact::VoteClosed
        | Fact::VoteRevealed
        | Fact::ContestFinished { .. } => true,
        Fact::RecusalDeclared { .. }
        | Fact::RecusalWithdrawn { .. }
        | Fact::AbstentionDeclared { .. }
        | Fact::AbstentionWithdrawn { .. }
        | Fact::ScorecardReopened { .. }
        | Fact::ReopeningWithdrawn { .. } => !matches!(by, Some(Actor::Judge(_))),
        _ => false,
    }
}

/// The pitch that a fact is about.
pub fn subject(fact: &Fact) -> Option<PitchId> {
    match fact {
        Fact::PitchStarted { pitch }
        | Fact::QaStarted { pitch }
        | Fact::WindowOpened { pitch }
        | Fact::WindowOpenedEarly { pitch }
        | Fact::WindowClosed { pitch }
        | Fact::CountdownSet { pitch, .. }
        | Fact::AnnouncementBegun { pitch }
        | Fact::PlatesShown { pitch, .. }
        | Fact::PitchRevealed { pitch }
        | Fact::PitchMarkedAbsent { pitch }
        | Fact::PitchWithdrawn { pitch, .. }
        | Fact::PitchBroughtBack { pitch }
        | Fact::DeductionMade { pitch, .. }
        | Fact::DeductionRemoved { pitch, .. }
        | Fact::OvertimeDismissed { pitch, .. }
        | Fact::RecusalDeclared { pitch, .. }
        | Fact::RecusalWithdrawn { pitch, .. }
        | Fact::AbstentionDeclared { pitch, .. }
        | Fact::AbstentionWithdrawn { pitch, .. }
        | Fact::ScorecardReopened { pitch, .. }
        | Fact::ReopeningWithdrawn { pitch, .. } => Some(*pitch),
        _ => None,
    }
}
