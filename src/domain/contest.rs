//! The state of one contest: what its facts add up to.
//!
//! Three parts are kept apart on purpose. [`Show`] is what everybody may see, [`Published`] is what the host has revealed,
//! and [`Sealed`] holds marks that nobody but their judge may see yet. Public views are made from the first two only.

use crate::domain::command::About;
use crate::domain::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, TrackId};
use crate::domain::points::Points;
use crate::domain::programme::{Phase, Pitch, Scene, Timing};
use crate::domain::roster::{Judge, Project, Track};
use crate::domain::rubric::{Criterion, CriterionId};
use crate::domain::scoring::rule::Rule;
use crate::domain::signature::Signature;
use crate::domain::time::Millis;
use std::collections::BTreeMap;

/// A contest, folded from its facts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contest {
    /// `None` before the first fact.
    pub code: Option<ContestCode>,
    pub created_at: Millis,
    pub show: Show,
    pub judges: BTreeMap<JudgeId, Judge>,
    pub published: Published,
    pub sealed: Sealed,
    /// Number of the last fact applied.
    pub seq: u64,
}

/// What everybody may see: names, order, phases. No mark, no sum, no rank.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Show {
    pub about: About,
    pub finished: bool,
    pub tracks: BTreeMap<TrackId, Track>,
    pub projects: BTreeMap<ProjectId, Project>,
    pub rounds: BTreeMap<RoundId, Round>,
    pub scene: Scene,
    /// The pitch on stage, or the last one that was.
    pub current: Option<PitchId>,
}

/// A round: rubric, rule, panel and running order.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub id: RoundId,
    pub name: String,
    pub criteria: Vec<Criterion>,
    pub rule: Rule,
    pub timing: Timing,
    pub panel: Vec<JudgeId>,
    pub chair: Option<JudgeId>,
    pub order: Vec<ProjectId>,
    pub pitches: BTreeMap<ProjectId, Pitch>,
    /// The chair's decisions about ties, oldest first.
    pub decisions: Vec<Vec<ProjectId>>,
    /// Each judge's newest signature.
    pub signatures: BTreeMap<JudgeId, Signature>,
    /// A scorecard was submitted: rubric, rule and panel stand.
    pub frozen: bool,
}

impl Round {
    pub fn new(id: RoundId, name: String) -> Self {
        Round {
            id,
            name,
            criteria: Vec::new(),
            rule: Rule::default(),
            timing: Timing::default(),
            panel: Vec::new(),
            chair: None,
            order: Vec::new(),
            pitches: BTreeMap::new(),
            decisions: Vec::new(),
            signatures: BTreeMap::new(),
            frozen: false,
        }
    }

    /// Judges who are to score this pitch, in seat order.
    pub fn expected(&self, pitch: &Pitch) -> impl Iterator<Item = JudgeId> {
        let aside =
            |judge: &JudgeId| pitch.recused.contains_key(judge) || pitch.abstained.contains_key(judge);
        self.panel.iter().copied().filter(move |judge| !aside(judge))
    }

    /// Every pitch is over: closed, revealed, absent or withdrawn, and there is one.
    pub fn is_over(&self) -> bool {
        let over = |pitch: &Pitch| {
            matches!(pitch.phase, Phase::Closed | Phase::Revealed | Phase::Absent | Phase::Withdrawn)
        };
        !self.pitches.is_empty() && self.pitches.values().all(over)
    }

    /// The pitch that comes next: the first queued one in running order.
    pub fn next(&self) -> Option<PitchId> {
        self.order
            .iter()
            .filter_map(|project| self.pitches.get(project))
            .find(|pitch| pitch.phase == Phase::Queued)
            .map(|pitch| pitch.id)
    }
}

/// The marks: one scorecard per judge and pitch counts, its newest version; earlier ones are kept to look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sealed {
    pub cards: BTreeMap<(PitchId, JudgeId), Scorecard>,
    /// Oldest first.
    pub earlier: BTreeMap<(PitchId, JudgeId), Vec<Scorecard>>,
}

impl Sealed {
    /// The scorecards of one pitch, by judge.
    pub fn of(&self, pitch: PitchId) -> impl Iterator<Item = (JudgeId, &Scorecard)> {
        self.cards
            .range((pitch, JudgeId(0))..=(pitch, JudgeId(u16::MAX)))
            .map(|((_, judge), card)| (*judge, card))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scorecard {
    /// 1, 2, …
    pub version: u32,
    pub marks: BTreeMap<CriterionId, Points>,
    pub comment: String,
    /// The journal's number of this version: "the last submitted" goes by it.
    pub seq: u64,
}

/// What the host has revealed: the scorecards as they were at that moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Published {
    /// In the order of the reveals.
    pub reveals: Vec<Reveal>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reveal {
    pub pitch: PitchId,
    pub cards: Vec<(JudgeId, Scorecard)>,
}

impl Contest {
    pub fn round(&self, id: RoundId) -> Option<&Round> {
        self.show.rounds.get(&id)
    }

    pub fn pitch(&self, id: PitchId) -> Option<&Pitch> {
        self.round(id.round)?.pitches.get(&id.project)
    }

    /// The pitch that holds the stage now.
    pub fn on_stage(&self) -> Option<PitchId> {
        let holds = |id: &PitchId| self.pitch(*id).is_some_and(|pitch| pitch.phase.holds_the_stage());
        self.show.current.filter(holds)
    }

    /// Scorecards in and scorecards expected.
    pub fn progress(&self, pitch: &Pitch) -> (u32, u32) {
        let Some(round) = self.round(pitch.id.round) else { return (0, 0) };
        let (mut k, mut n) = (0, 0);
        for judge in round.expected(pitch) {
            n += 1;
            let has_card = self.sealed.cards.contains_key(&(pitch.id, judge));
            k += u32::from(has_card && !pitch.reopened.contains_key(&judge));
        }
        (k, n)
    }
}

impl Show {
    /// The round that the hall is in: the current pitch's, else the newest.
    pub fn round_now(&self) -> Option<&Round> {
        match self.current {
            Some(pitch) => self.rounds.get(&pitch.round),
            None => self.rounds.values().next_back(),
        }
    }

    pub fn track_name(&self, project: &Project) -> &str {
        project.track.and_then(|id| self.tracks.get(&id)).map_or("", |track| track.name.as_str())
    }
}
