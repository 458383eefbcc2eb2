//! Facts that tell standings say which they are.

use crate::domain::fact::Fact;
use crate::domain::kernel::ids::RoundId;
use crate::domain::terms::announced::Seal;

impl Fact {
    /// The round whose standings it tells.
    pub fn tells(&self) -> Option<RoundId> {
        if let Fact::PitchRevealed { pitch, .. } = self {
            return Some(pitch.round);
        }
        if let Fact::BoardPublished { round, .. } = self { Some(*round) } else { None }
    }

    /// What it says of them; nothing in a journal of before.
    pub fn seal(&self) -> Option<(RoundId, &Seal)> {
        let (Fact::PitchRevealed { seal, .. } | Fact::BoardPublished { seal, .. }) = self else {
            return None;
        };
        self.tells().zip(seal.as_ref())
    }

    pub fn seal_mut(&mut self) -> Option<&mut Option<Seal>> {
        let (Fact::PitchRevealed { seal, .. } | Fact::BoardPublished { seal, .. }) = self else {
            return None;
        };
        Some(seal)
    }
}
