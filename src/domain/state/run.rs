//! Runs of a pitch that count for nothing, because it was run again: as they were, to look at.

use crate::domain::kernel::ids::PitchId;
use crate::domain::kernel::shared::Shared;
use crate::domain::state::cards::OfPitch;
use crate::domain::state::pitch::{Pitch, Reveal};
use std::collections::BTreeMap;

/// Most runs of one pitch.
pub const ATTEMPTS_MAX: u16 = 5;

#[derive(Debug, Clone, PartialEq)]
pub struct PastRun {
    /// As it was when the next one began.
    pub pitch: Pitch,
    pub cards: OfPitch,
    /// What the hall was told of it, and where that stood among what it was told.
    pub told: Option<(usize, Shared<Reveal>)>,
    /// Why it was run again; empty where it was withdrawn or absent in between.
    pub reason: String,
}

/// Of every pitch that was run again, oldest first.
pub type PastRuns = Shared<BTreeMap<PitchId, Vec<Shared<PastRun>>>>;
