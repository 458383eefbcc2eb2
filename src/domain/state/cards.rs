//! Scorecards, as a contest keeps them: a copy of all of them shares what it does not change.

use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::kernel::shared::Shared;
use crate::domain::terms::rubric::CriterionId;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    /// 1, 2, …
    pub version: u32,
    pub marks: BTreeMap<CriterionId, Points>,
    pub comment: String,
    /// The journal's number of this version: "the last submitted" goes by it.
    pub seq: u64,
}

/// Versions of one scorecard, oldest first.
pub type Versions = Shared<Vec<Shared<Scorecard>>>;

/// The scorecards that stand, by pitch and judge. A new one copies those of its pitch.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cards(BTreeMap<PitchId, Shared<BTreeMap<JudgeId, Shared<Scorecard>>>>);

impl Cards {
    pub fn get(&self, (pitch, judge): &(PitchId, JudgeId)) -> Option<&Shared<Scorecard>> {
        self.0.get(pitch)?.get(judge)
    }

    pub fn contains_key(&self, key: &(PitchId, JudgeId)) -> bool {
        self.get(key).is_some()
    }

    /// The one before it, where there was one.
    pub fn insert(
        &mut self,
        (pitch, judge): (PitchId, JudgeId),
        card: Shared<Scorecard>,
    ) -> Option<Shared<Scorecard>> {
        self.0.entry(pitch).or_default().insert(judge, card)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// By pitch, then by judge.
    pub fn values(&self) -> impl Iterator<Item = &Shared<Scorecard>> {
        self.0.values().flat_map(|cards| cards.values())
    }

    /// Those of one pitch, by judge.
    pub fn of(&self, pitch: PitchId) -> impl Iterator<Item = (JudgeId, &Shared<Scorecard>)> {
        self.0.get(&pitch).into_iter().flat_map(|cards| cards.iter().map(|(judge, card)| (*judge, card)))
    }

    /// Pitches that have one.
    pub fn pitches(&self) -> impl Iterator<Item = PitchId> {
        self.0.keys().copied()
    }
}
