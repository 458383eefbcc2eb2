//! 封榜 and 揭晓: from some pitch on the public standings stand still, and in the end they are told step by step. All steps are
//! made at the moment the reveal begins, from a copy of what counts then; the hall is given those that were taken, and no other.

use crate::domain::kernel::ids::{PitchId, RoundId, TrackId};
use crate::domain::kernel::shared::Shared;
use crate::domain::scoring::rule::Tie;
use crate::domain::state::pitch::Reveal;
use crate::domain::state::tables::Row;
use crate::domain::terms::reveal::Mode;

/// What one press shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Who has no place: absent, withdrawn, too few scorecards.
    Unplaced(Vec<PitchId>),
    /// A pause: these are left, in running order.
    Left {
        track: Option<TrackId>,
        pitches: Vec<PitchId>,
    },
    /// One place with all who share it; in the end the last two places, because either gives the other away.
    Places {
        track: Option<TrackId>,
        rows: Vec<Row>,
        /// What parted the last of these rows from the best one told before: that one could not say it yet.
        parts: Option<(PitchId, Tie)>,
    },
    Award {
        name: String,
        pitches: Vec<PitchId>,
    },
}

/// The whole reveal, as it was made when it began.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub round: RoundId,
    pub mode: Mode,
    pub steps: Vec<Step>,
    /// What is in the standings once it is over.
    pub reveals: Vec<Shared<Reveal>>,
}

/// What the hall has been shown of it: a copy of the first steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    pub round: RoundId,
    pub mode: Mode,
    pub steps: Vec<Step>,
}
