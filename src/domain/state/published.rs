//! What the hall has been told.

use crate::domain::kernel::ids::{PitchId, RoundId};
use crate::domain::kernel::shared::Shared;
use crate::domain::state::movement::Movement;
use crate::domain::state::pitch::Reveal;
use crate::domain::state::plates::Plates;
use crate::domain::state::reveal::Board;
use crate::domain::state::vote::Counts;
use crate::domain::terms::announced::{Change, Seal};
use crate::domain::terms::programme::Phase;
use std::collections::BTreeMap;

/// A correction that the hall was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    pub pitch: PitchId,
    pub change: Change,
    /// The hall was told before that it is out, and how; it stands again.
    pub was: Option<Phase>,
}

/// What the host has revealed: the scorecards as they were at that moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Published {
    /// In the order of the reveals.
    pub reveals: Shared<Vec<Shared<Reveal>>>,
    /// The counts of the audience's vote.
    pub vote: Option<Counts>,
    /// Where everybody stood before the newest change of the standings.
    pub movement: Option<Shared<Movement>>,
    /// Plates that have begun to turn.
    pub plates: Option<Shared<Plates>>,
    /// The newest correction that the hall was told.
    pub correction: Option<Shared<Corrected>>,
    /// Who the hall was told is out of the ranking, until it is told otherwise.
    pub out: Shared<BTreeMap<PitchId, Phase>>,
    /// Of the standings that were told last, until something else moves them.
    pub seals: Shared<BTreeMap<RoundId, Seal>>,
    /// What was shown of a reveal that is on.
    pub board: Option<Shared<Board>>,
}
