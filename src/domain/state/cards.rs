//! Scorecards, as a contest keeps them: a copy of all of them shares what it does not change.

use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::kernel::shared::Shared;
use crate::domain::terms::rubric::CriterionId;
use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    /// 1, 2, …
    pub version: u32,
    pub marks: BTreeMap<CriterionId, Points>,
    pub comment: String,
    /// The journal's number of this version: "the last submitted" goes by it.
    pub seq: u64,
}

/// A judge's scorecard of a pitch: the one that stands, and those before it.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    newest: Shared<Scorecard>,
    earlier: Earlier,
}

/// The versions before one, newest first, each behind the next: a new one costs the same, however many there are.
#[derive(Clone, Default)]
struct Earlier(Option<Shared<Version>>);

#[derive(Clone)]
struct Version {
    card: Shared<Scorecard>,
    before: Earlier,
}

impl Earlier {
    fn newest_first(&self) -> impl Iterator<Item = &Shared<Scorecard>> {
        std::iter::successors(self.0.as_ref(), |version| version.before.0.as_ref()).map(|one| &one.card)
    }
}

/// One after another: each taking the one behind it along would need as much stack as there are versions.
impl Drop for Earlier {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut version) = next.and_then(Shared::into_inner) {
            next = version.before.0.take();
        }
    }
}

impl PartialEq for Earlier {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) if one.same(other) => true,
            _ => self.newest_first().eq(other.newest_first()),
        }
    }
}

impl fmt::Debug for Earlier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.newest_first()).finish()
    }
}

/// The scorecards of one pitch that were put aside.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OfPitch(Shared<BTreeMap<JudgeId, Held>>);

impl OfPitch {
    /// The newest of each, by judge.
    pub fn iter(&self) -> impl Iterator<Item = (JudgeId, &Shared<Scorecard>)> {
        self.0.iter().map(|(judge, held)| (*judge, &held.newest))
    }

    pub fn get(&self, judge: JudgeId) -> Option<&Shared<Scorecard>> {
        self.0.get(&judge).map(|held| &held.newest)
    }

    /// All versions of each, oldest first, by judge.
    pub fn versions(&self) -> impl Iterator<Item = (JudgeId, Vec<&Shared<Scorecard>>)> {
        self.0.iter().map(|(judge, held)| {
            let mut versions: Vec<_> = held.earlier.newest_first().collect();
            versions.reverse();
            versions.push(&held.newest);
            (*judge, versions)
        })
    }
}

/// All scorecards, by pitch and judge. A new one copies those of its pitch, which are handles on them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cards(BTreeMap<PitchId, Shared<BTreeMap<JudgeId, Held>>>);

impl Cards {
    /// The scorecard that stands.
    pub fn get(&self, (pitch, judge): &(PitchId, JudgeId)) -> Option<&Shared<Scorecard>> {
        self.held(*pitch, *judge).map(|held| &held.newest)
    }

    /// Those before it, oldest first.
    pub fn earlier(&self, pitch: PitchId, judge: JudgeId) -> Vec<&Shared<Scorecard>> {
        let held = self.held(pitch, judge);
        let mut earlier: Vec<_> = held.into_iter().flat_map(|held| held.earlier.newest_first()).collect();
        earlier.reverse();
        earlier
    }

    fn held(&self, pitch: PitchId, judge: JudgeId) -> Option<&Held> {
        self.0.get(&pitch)?.get(&judge)
    }

    pub fn contains_key(&self, (pitch, judge): &(PitchId, JudgeId)) -> bool {
        self.held(*pitch, *judge).is_some()
    }

    /// Puts a scorecard in front of those before it.
    pub fn insert(&mut self, (pitch, judge): (PitchId, JudgeId), newest: Shared<Scorecard>) {
        let of_pitch = &mut **self.0.entry(pitch).or_default();
        let earlier = match of_pitch.remove(&judge) {
            Some(Held { newest: card, earlier }) => Earlier(Some(Version { card, before: earlier }.into())),
            None => Earlier::default(),
        };
        of_pitch.insert(judge, Held { newest, earlier });
    }

    /// Takes those of a pitch out.
    pub fn put_aside(&mut self, pitch: PitchId) -> OfPitch {
        OfPitch(self.0.remove(&pitch).unwrap_or_default())
    }

    /// Puts them back as they were.
    pub fn put_back(&mut self, pitch: PitchId, cards: OfPitch) {
        if cards.0.is_empty() {
            self.0.remove(&pitch);
        } else {
            self.0.insert(pitch, cards.0);
        }
    }

    /// Takes a judge's scorecard of a pitch out, with those before it.
    pub fn remove(&mut self, pitch: PitchId, judge: JudgeId) {
        let Some(cards) = self.0.get_mut(&pitch) else { return };
        cards.remove(&judge);
        if cards.is_empty() {
            self.0.remove(&pitch);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many judges have one for this pitch.
    pub fn count(&self, pitch: PitchId) -> usize {
        self.0.get(&pitch).map_or(0, |cards| cards.len())
    }

    /// Those that stand, by pitch, then by judge.
    pub fn values(&self) -> impl Iterator<Item = &Shared<Scorecard>> {
        self.0.values().flat_map(|cards| cards.values().map(|held| &held.newest))
    }

    /// Those that stand of one pitch, by judge.
    pub fn of(&self, pitch: PitchId) -> impl Iterator<Item = (JudgeId, &Shared<Scorecard>)> {
        let cards = self.0.get(&pitch).into_iter().flat_map(|cards| cards.iter());
        cards.map(|(judge, held)| (*judge, &held.newest))
    }

    /// Pitches that have one.
    pub fn pitches(&self) -> impl Iterator<Item = PitchId> {
        self.0.keys().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kernel::ids::{ProjectId, RoundId};

    fn card(version: u32) -> Shared<Scorecard> {
        let (marks, comment) = (BTreeMap::new(), String::new());
        Scorecard { version, marks, comment, seq: version.into() }.into()
    }

    #[test]
    fn versions_are_kept_in_order_and_copies_keep_their_own() {
        let key = (PitchId { round: RoundId(1), project: ProjectId(1) }, JudgeId(1));
        let mut cards = Cards::default();
        cards.insert(key, card(1));
        cards.insert(key, card(2));
        let before = cards.clone();
        cards.insert(key, card(3));
        let versions = |cards: &Cards| -> Vec<u32> {
            cards.earlier(key.0, key.1).iter().map(|card| card.version).collect()
        };
        assert_eq!((versions(&before), versions(&cards)), (vec![1], vec![1, 2]));
        assert_eq!(cards.get(&key).map(|card| card.version), Some(3));
        assert_ne!(before, cards);
    }

    #[test]
    fn a_scorecard_that_was_changed_a_hundred_thousand_times_goes_away_as_one() {
        let key = (PitchId { round: RoundId(1), project: ProjectId(1) }, JudgeId(1));
        let mut cards = Cards::default();
        (1..=100_000).for_each(|version| cards.insert(key, card(version)));
        let copy = cards.clone();
        drop(cards);
        assert_eq!(copy.earlier(key.0, key.1).len(), 99_999);
    }
}
