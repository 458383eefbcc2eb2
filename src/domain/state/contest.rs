//! The state of one contest: what its facts add up to.
//!
//! Three parts are kept apart on purpose. [`Show`] is what everybody may see, [`crate::domain::state::published::Published`] is what the host has revealed,
//! and [`Sealed`] holds marks that nobody but their judge may see yet. Public views are made from the first two only,
//! and from the names of the judges.

use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, SegmentId, TrackId};
use crate::domain::kernel::shared::Shared;
use crate::domain::kernel::time::Millis;
use crate::domain::state::cards::{Cards, Scorecard};
use crate::domain::state::history::History;
use crate::domain::state::life::Entry;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::proposal::Proposal;
use crate::domain::state::published::Published;
use crate::domain::state::reveal::Plan;
use crate::domain::state::round::Round;
use crate::domain::state::run::{PastRun, PastRuns};
use crate::domain::state::stage::Stage;
use crate::domain::state::vote::{BallotBox, Vote};
use crate::domain::terms::about::About;
use crate::domain::terms::matter::Matter;
use crate::domain::terms::programme::{Late, Phase, Segment};
use crate::domain::terms::roster::{Judge, Project, Track};
use crate::domain::terms::vote::VoteState;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A contest, folded from its facts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contest {
    /// `None` before the first fact.
    pub code: Option<ContestCode>,
    pub created_at: Millis,
    pub show: Show,
    pub judges: Shared<BTreeMap<JudgeId, Judge>>,
    pub published: Published,
    pub sealed: Sealed,
    /// What the host's side did, and what can be undone of it.
    pub history: History,
    /// Open matters that stay as they are, each with the reason given.
    pub left: Shared<BTreeMap<Matter, String>>,
    /// What was said of each round's result, oldest first.
    pub lives: Shared<BTreeMap<RoundId, Vec<Entry>>>,
    /// Facts after which a round's result, confirmed before, speaks of something else; until it is confirmed anew.
    pub unseated: Shared<BTreeSet<(u64, RoundId)>>,
    /// Corrections that were proposed after the end, oldest first, with what became of each.
    pub proposals: Shared<Vec<Proposal>>,
    /// A rehearsal that is on, with the contest as it was before.
    pub rehearsal: Option<Rehearsal>,
    /// Rehearsals that were wiped: numbers of their first and last fact.
    pub rehearsed: Vec<(u64, u64)>,
    /// Hashes of the secrets that were sealed when a rehearsal was wiped: they may have been told in it.
    pub spent: BTreeSet<String>,
    /// 0 is the contest itself, before a rehearsal and after it; every rehearsal has a number of its own. What was meant for one
    /// run counts in no other.
    pub run: u32,
    /// Number of the last fact applied.
    pub seq: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Rehearsal {
    /// Number of the fact that began it.
    pub seq: u64,
    pub since: Millis,
    pub before: Arc<Contest>,
}

/// What everybody may see: names, order, phases. No mark, no sum, no rank.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Show {
    pub about: Shared<About>,
    pub finished: bool,
    pub tracks: Shared<BTreeMap<TrackId, Track>>,
    pub projects: Shared<BTreeMap<ProjectId, Project>>,
    pub rounds: BTreeMap<RoundId, Shared<Round>>,
    /// The parts of the programme that are no pitches, in order.
    pub segments: Shared<Vec<Segment>>,
    pub stage: Stage,
    /// These facts are a rehearsal.
    pub rehearsal: bool,
    pub vote: Option<Shared<Vote>>,
    /// Signed today, in the order in which it was told.
    pub signings: Shared<Vec<(ProjectId, String)>>,
}

/// The marks: one scorecard per judge and pitch counts, its newest version; earlier ones are kept to look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sealed {
    pub cards: Cards,
    /// Scorecards of runs that count for nothing are no longer among them.
    pub past: PastRuns,
    /// Secrets of draws, until they are revealed and after.
    pub secrets: BTreeMap<RoundId, String>,
    /// A reveal that is on: all its steps.
    pub reveal: Option<Shared<Plan>>,
    /// Shared between copies of the contest until a ballot changes one.
    pub ballots: Arc<BallotBox>,
}

impl Sealed {
    /// The scorecards of one pitch, by judge.
    pub fn of(&self, pitch: PitchId) -> impl Iterator<Item = (JudgeId, &Shared<Scorecard>)> {
        self.cards.of(pitch)
    }

    /// Runs of this pitch before the one that counts, oldest first.
    pub fn runs(&self, pitch: PitchId) -> &[Shared<PastRun>] {
        self.past.get(&pitch).map_or(&[], Vec::as_slice)
    }
}

impl Contest {
    pub fn round(&self, id: RoundId) -> Option<&Round> {
        self.show.rounds.get(&id).map(|round| &**round)
    }

    /// Nothing more will come in this round: every pitch is over, or the contest is.
    pub fn is_over(&self, round: &Round) -> bool {
        round.is_over() || self.show.finished
    }

    pub fn pitch(&self, id: PitchId) -> Option<&Pitch> {
        self.round(id.round)?.pitches.get(&id.project)
    }

    pub fn pitch_mut(&mut self, id: PitchId) -> Option<&mut Pitch> {
        self.show.rounds.get_mut(&id.round)?.pitches.get_mut(&id.project)
    }

    /// The pitch that holds the stage now.
    pub fn on_stage(&self) -> Option<PitchId> {
        let holds = |id: &PitchId| self.pitch(*id).is_some_and(|pitch| pitch.phase.holds_the_stage());
        self.show.stage.current.filter(holds)
    }

    /// Something of it has begun, be it a rehearsal, and it is not finished: the hall looks at it.
    pub fn is_running(&self) -> bool {
        let Show { finished, rehearsal, stage, rounds, vote, .. } = &self.show;
        let drawn = rounds.values().any(|round| round.draw.is_some());
        let voted = vote.as_ref().is_some_and(|vote| vote.state != VoteState::Ready);
        let frozen = rounds.values().any(|round| round.board_frozen);
        let stage = stage.current.is_some() || !stage.past.is_empty() || stage.timer.is_some();
        *rehearsal || ((stage || drawn || voted || frozen) && !finished)
    }

    /// A judge who has none yet may hand a scorecard in after closing; not once the numbers are with the MC.
    pub fn takes_late(&self, round: &Round, pitch: &Pitch) -> bool {
        let announcing = self.show.stage.announcing == Some(pitch.id);
        pitch.phase == Phase::Closed && !announcing && round.window.late == Late::UntilAnnounced
    }

    /// The evening has begun, and is not over: something takes time, or soon does again.
    pub fn is_under_way(&self) -> bool {
        let begun = |pitch: &Pitch| match pitch.phase {
            Phase::Pitching | Phase::Qa | Phase::Scoring | Phase::Closed | Phase::Revealed => true,
            Phase::Queued | Phase::Absent | Phase::Withdrawn | Phase::Disqualified => false,
        };
        let pitches = self.show.rounds.values().any(|round| round.pitches.values().any(begun));
        let stage = self.show.stage.timer.is_some() || !self.show.stage.past.is_empty();
        let vote = self.show.vote.as_ref().is_some_and(|vote| vote.state == VoteState::Open);
        !self.show.finished && (pitches || stage || vote)
    }

    /// Something has happened that counts: a pitch was on, or a scorecard is in.
    pub fn has_begun(&self) -> bool {
        let began = |pitch: &Pitch| pitch.phase != Phase::Queued && !pitch.phase.is_out();
        let mut pitches = self.show.rounds.values().flat_map(|round| round.pitches.values());
        let drawn = self.show.rounds.values().any(|round| round.draw.is_some());
        let voted = self.show.vote.as_ref().is_some_and(|vote| vote.state != VoteState::Ready);
        !self.sealed.cards.is_empty() || !self.sealed.past.is_empty() || pitches.any(began) || drawn || voted
    }

    /// The plates of this pitch have begun to turn, and its score is not in the standings yet.
    pub fn plates_up(&self, pitch: PitchId) -> bool {
        let up = self.published.plates.as_ref().is_some_and(|plates| plates.pitch == pitch);
        up && self.show.stage.announcing == Some(pitch)
    }

    /// Scorecards of a pitch that count, by judge.
    pub fn counting<'a>(
        &'a self,
        round: &'a Round,
        pitch: PitchId,
    ) -> impl Iterator<Item = (JudgeId, &'a Shared<Scorecard>)> {
        let state = round.pitches.get(&pitch.project);
        self.sealed
            .of(pitch)
            .filter(move |(judge, _)| state.is_some_and(|state| round.expects(state, *judge)))
    }

    /// Every scorecard that is expected is in.
    pub fn all_in(&self, pitch: PitchId) -> bool {
        self.all_in_with(pitch, None)
    }

    /// Every scorecard that is expected is in, once this judge's is.
    pub fn all_in_with(&self, id: PitchId, judge: Option<JudgeId>) -> bool {
        let Some((round, pitch)) = self.round(id.round).zip(self.pitch(id)) else { return false };
        // Most often there are too few, which needs no look at who they are from.
        let aside = pitch.recused.len() + pitch.abstained.len();
        if self.sealed.cards.count(id) + usize::from(judge.is_some()) + aside < round.panel.len() {
            return false;
        }
        let is_in = |expected: JudgeId| {
            let has_card = self.sealed.cards.contains_key(&(id, expected));
            judge == Some(expected) || (has_card && !pitch.reopened.contains_key(&expected))
        };
        let mut expected = round.expected(pitch).peekable();
        expected.peek().is_some() && expected.all(is_in)
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
        let round = match self.stage.current {
            Some(pitch) => self.rounds.get(&pitch.round),
            None => self.rounds.values().next_back(),
        };
        round.map(|round| &**round)
    }

    pub fn segment(&self, id: SegmentId) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// The segment that is on.
    pub fn segment_now(&self) -> Option<&Segment> {
        self.stage.segment.and_then(|(id, _)| self.segment(id))
    }

    pub fn track_name(&self, project: &Project) -> &str {
        project.track.and_then(|id| self.tracks.get(&id)).map_or("", |track| track.name.as_str())
    }
}
