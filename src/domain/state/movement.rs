//! What the public standings were made from before their newest change. It is kept when the change comes, so that whoever turns
//! a page on late sees the same arrows as who saw it happen.

use crate::domain::kernel::ids::{PitchId, RoundId};
use crate::domain::kernel::shared::Shared;
use crate::domain::state::pitch::Reveal;
use crate::domain::state::round::Round;
use crate::domain::state::vote::Counts;

/// Nothing is computed of it until somebody looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Movement {
    pub cause: Cause,
    pub round: Shared<Round>,
    /// Of that time.
    pub reveals: Shared<Vec<Shared<Reveal>>>,
    pub vote: Option<Counts>,
}

/// What the standings took in last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// This pitch's score. Its later versions are the same change: it counts from the standings without it.
    Score(PitchId),
    /// Something of more than one pitch: the audience's vote, a frozen board that is told, a decided tie.
    Round(RoundId),
}

impl Cause {
    pub fn round(self) -> RoundId {
        match self {
            Cause::Score(pitch) => pitch.round,
            Cause::Round(round) => round,
        }
    }
}
