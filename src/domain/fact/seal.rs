//! Facts that tell standings say which they are.

use crate::domain::fact::Fact;
use crate::domain::kernel::ids::RoundId;
use crate::domain::terms::announced::Seal;

impl Fact {
    /// What it says of the standings that it tells; nothing in a journal of before.
    pub fn seal(&self) -> Option<&Seal> {
        let (Fact::PitchRevealed { seal, .. }
        | Fact::BoardPublished { seal, .. }
        | Fact::VoteRevealed { seal }
        | Fact::TieDecided { seal, .. }
        | Fact::DecisionsTold { seal, .. }) = self
        else {
            return None;
        };
        seal.as_ref()
    }

    /// The step of a result that it makes, and of which standings.
    pub fn step(&self) -> Option<(RoundId, &Seal)> {
        let (Fact::ResultConfirmed { round, seal }
        | Fact::ResultMadeOfficial { round, seal }
        | Fact::ResultPublished { round, seal, .. }) = self
        else {
            return None;
        };
        Some((*round, seal))
    }

    pub fn seal_mut(&mut self) -> Option<&mut Option<Seal>> {
        let (Fact::PitchRevealed { seal, .. }
        | Fact::BoardPublished { seal, .. }
        | Fact::VoteRevealed { seal }
        | Fact::TieDecided { seal, .. }
        | Fact::DecisionsTold { seal, .. }) = self
        else {
            return None;
        };
        Some(seal)
    }
}
