//! 亮分: the judges' plates between "the score comes next" and the score in the standings. They turn, what the rule leaves out
//! is struck, the score stands. Every step is a fact, so that the hall's picture is one; with the first the scorecards are copied
//! into what is published, because from there on the hall sees them.

use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::shared::Shared;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::pitch::Deducted;
use crate::domain::terms::plates::PlateStep;

/// The plates of one pitch, from the first that turned.
#[derive(Debug, Clone, PartialEq)]
pub struct Plates {
    pub pitch: PitchId,
    pub cards: Vec<(JudgeId, Shared<Scorecard>)>,
    pub deductions: Vec<Deducted>,
    pub step: PlateStep,
}
