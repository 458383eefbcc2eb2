//! A round: rubric, rule, panel, running order, and when scorecards are taken in it.

use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, TrackId};
use crate::domain::kernel::shared::Shared;
use crate::domain::scoring::field::Ranking;
use crate::domain::scoring::rule::Rule;
use crate::domain::state::draw::Draw;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::signature::Signature;
use crate::domain::state::tables::Tables;
use crate::domain::terms::programme::{Phase, Timing, WindowPolicy};
use crate::domain::terms::reveal::Award;
use crate::domain::terms::rubric::Criterion;
use std::collections::{BTreeMap, BTreeSet};

/// A round: rubric, rule, panel and running order.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub id: RoundId,
    pub name: String,
    pub criteria: Shared<Vec<Criterion>>,
    pub rule: Shared<Rule>,
    /// Nobody has named the rule's method.
    pub method_by_panel: bool,
    pub timing: Timing,
    pub window: WindowPolicy,
    pub draw: Option<Shared<Draw>>,
    pub panel: Shared<Vec<JudgeId>>,
    pub chair: Option<JudgeId>,
    pub order: Shared<Vec<ProjectId>>,
    pub pitches: BTreeMap<ProjectId, Pitch>,
    /// The chair's decisions about ties, oldest first.
    pub decisions: Shared<Vec<Vec<ProjectId>>>,
    /// Each judge's newest signature.
    pub signatures: Shared<BTreeMap<JudgeId, Signature>>,
    /// A scorecard was submitted: rubric, rule and panel stand.
    pub rules_frozen: bool,
    /// 封榜: the public standings stand still until they are revealed.
    pub board_frozen: bool,
    /// The decisions about ties that the hall knows, where it does not know all: a later one is told with the frozen board, or
    /// by itself.
    pub decisions_published: Option<Shared<Vec<Vec<ProjectId>>>>,
    pub awards: Shared<Vec<Award>>,
    /// Results that were computed: looked up where nothing has changed.
    pub tables: Tables,
}

impl Round {
    pub fn new(id: RoundId, name: String) -> Self {
        Round {
            id,
            name,
            criteria: Shared::default(),
            rule: Shared::default(),
            method_by_panel: true,
            timing: Timing::default(),
            window: WindowPolicy::default(),
            draw: None,
            panel: Shared::default(),
            chair: None,
            order: Shared::default(),
            pitches: BTreeMap::new(),
            decisions: Shared::default(),
            signatures: Shared::default(),
            rules_frozen: false,
            board_frozen: false,
            decisions_published: None,
            awards: Shared::default(),
            tables: Tables::default(),
        }
    }

    /// The public standings stand still, or follow again.
    pub fn freeze_board(&mut self, frozen: bool) {
        self.board_frozen = frozen;
        let known = self.decisions_published.take();
        self.decisions_published = frozen.then(|| known.unwrap_or_else(|| self.decisions.clone()));
    }

    /// They follow again; what was decided meanwhile may be left untold.
    pub fn thaw_board(&mut self, untold: bool) {
        self.board_frozen = false;
        self.decisions_published = self.decisions_published.take().filter(|_| untold);
    }

    /// A decision about a tie; the hall knows those of before where it knows the tie.
    pub fn decide_tie(&mut self, order: &[ProjectId], untold: bool) {
        if untold && self.decisions_published.is_none() {
            self.decisions_published = Some(self.decisions.clone());
        }
        self.decisions.push(order.to_vec());
    }

    /// The hall knows every decision; a frozen board stands still.
    pub fn tell_decisions(&mut self) {
        self.decisions_published = self.decisions_published.take().filter(|_| self.board_frozen);
    }

    /// The ranked lists of its rule, in the order in which they are told: each track's, then that of all (`None`).
    pub fn lists(&self) -> Vec<Option<TrackId>> {
        let tracks = || self.pitches.values().filter_map(|pitch| pitch.track).collect::<BTreeSet<TrackId>>();
        match self.rule.ranking {
            Ranking::Overall => vec![None],
            Ranking::ByTrack => tracks().into_iter().map(Some).collect(),
            Ranking::Both => tracks().into_iter().map(Some).chain([None]).collect(),
        }
    }

    /// The list that a pitch's place is told of with its score: that of all where there is one.
    pub fn list_of(&self, pitch: PitchId) -> Option<TrackId> {
        match self.rule.ranking {
            Ranking::Overall | Ranking::Both => None,
            Ranking::ByTrack => self.pitches.get(&pitch.project).and_then(|pitch| pitch.track),
        }
    }

    /// A scorecard was given back to this judge and is not in again. Of who was taken out nothing is expected.
    pub fn waits_for(&self, judge: JudgeId) -> bool {
        self.pitches.values().any(|pitch| pitch.out.is_none() && pitch.reopened.contains_key(&judge))
    }

    /// Its rule ranks by track, and this one has none.
    pub fn lacks_track(&self, pitch: &Pitch) -> bool {
        self.rule.ranking.has_tracks() && pitch.track.is_none()
    }

    /// Judges who are to score this pitch, in seat order.
    pub fn expected(&self, pitch: &Pitch) -> impl Iterator<Item = JudgeId> {
        self.panel.iter().copied().filter(|judge| !pitch.without(*judge))
    }

    /// This judge is to score this pitch.
    pub fn expects(&self, pitch: &Pitch, judge: JudgeId) -> bool {
        self.panel.contains(&judge) && !pitch.without(judge)
    }

    /// Every pitch is over: scored or out, and there is one.
    pub fn is_over(&self) -> bool {
        let over = |pitch: &Pitch| pitch.phase.is_scored() || pitch.phase.is_out();
        !self.pitches.is_empty() && self.pitches.values().all(over)
    }

    /// The pitch's window is open to every judge of it.
    pub fn is_open(&self, pitch: &Pitch) -> bool {
        match pitch.phase {
            Phase::Scoring => true,
            Phase::Pitching | Phase::Qa => pitch.early,
            // The first pitches are compared with each other until the last of them has closed.
            Phase::Closed => self.warms_up(pitch.id.project),
            Phase::Queued | Phase::Revealed | Phase::Absent | Phase::Withdrawn | Phase::Disqualified => false,
        }
    }

    /// One of the first pitches, which are scored and announced together, while one of them is not over.
    pub fn warms_up(&self, project: ProjectId) -> bool {
        let pitches = self.order.iter().filter_map(|project| self.pitches.get(project));
        let group = pitches.filter(|pitch| !pitch.phase.is_out());
        let group: Vec<_> = group.take(usize::from(self.window.warm_up)).collect();
        let over = |pitch: &&Pitch| pitch.phase.is_scored();
        group.iter().any(|pitch| pitch.id.project == project) && !group.iter().all(over)
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
