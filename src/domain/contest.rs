//! The state of one contest: what its facts add up to.
//!
//! Three parts are kept apart on purpose. [`Show`] is what everybody may see, [`Published`] is what the host has revealed,
//! and [`Sealed`] holds marks that nobody but their judge may see yet. Public views are made from the first two only,
//! and from the names of the judges.

use crate::domain::board::{Award, Board, Plan};
use crate::domain::cards::{Cards, Scorecard, Versions};
use crate::domain::command::{About, Command};
use crate::domain::draw::Draw;
use crate::domain::history::History;
use crate::domain::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, SegmentId, TrackId};
use crate::domain::movement::Movement;
use crate::domain::plates::Plates;
use crate::domain::programme::{Deducted, Late, Phase, Pitch, Scene, Segment, Timing, WindowPolicy};
use crate::domain::roster::{Judge, Project, Track};
use crate::domain::rubric::Criterion;
use crate::domain::scoring::rule::Rule;
use crate::domain::shared::Shared;
use crate::domain::signature::Signature;
use crate::domain::tables::Tables;
use crate::domain::time::Millis;
use crate::domain::timer::Timer;
use crate::domain::vote::{BallotBox, Counts, Vote, VoteState};
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

/// What is on the stage and on the screen. An undo puts it back whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    pub scene: Scene,
    /// The scenes before this one, newest last: the way back.
    pub before: Vec<Scene>,
    /// The pitch on stage, or the last one that was.
    pub current: Option<PitchId>,
    /// The segment that is on, and since when.
    pub segment: Option<(SegmentId, Millis)>,
    /// Segments that have begun or were skipped.
    pub past: BTreeSet<SegmentId>,
    pub timer: Option<Timer>,
    /// The pitch whose score is about to be announced: its plates are up, face down.
    pub announcing: Option<PitchId>,
    /// The podium has been on the screen since the last pitch began.
    pub podium: bool,
    /// The newest word to the hall, one or two lines.
    pub message: Vec<String>,
    /// The leaderboard's track, and its page; page 0 is the one with the newest score.
    pub board: (Option<TrackId>, u16),
}

/// Scenes that the way back remembers.
const BEFORE_MAX: usize = 16;

impl Stage {
    pub fn show(&mut self, scene: Scene) {
        if self.scene != scene {
            self.before.push(self.scene);
            let surplus = self.before.len().saturating_sub(BEFORE_MAX);
            self.before.drain(..surplus);
            self.scene = scene;
        }
        self.podium |= scene == Scene::Podium;
    }
}

/// A round: rubric, rule, panel and running order.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub id: RoundId,
    pub name: String,
    pub criteria: Shared<Vec<Criterion>>,
    pub rule: Shared<Rule>,
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
    pub frozen: bool,
    /// 封榜: the public standings stand still until they are revealed.
    pub board_frozen: bool,
    /// The decisions about ties that a frozen board knows: a later one is told with it.
    pub decisions_told: Option<Shared<Vec<Vec<ProjectId>>>>,
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
            timing: Timing::default(),
            window: WindowPolicy::default(),
            draw: None,
            panel: Shared::default(),
            chair: None,
            order: Shared::default(),
            pitches: BTreeMap::new(),
            decisions: Shared::default(),
            signatures: Shared::default(),
            frozen: false,
            board_frozen: false,
            decisions_told: None,
            awards: Shared::default(),
            tables: Tables::default(),
        }
    }

    /// The public standings stand still, or follow again.
    pub fn freeze_board(&mut self, frozen: bool) {
        self.board_frozen = frozen;
        self.decisions_told = frozen.then(|| self.decisions.clone());
    }

    /// Judges who are to score this pitch, in seat order.
    pub fn expected(&self, pitch: &Pitch) -> impl Iterator<Item = JudgeId> {
        self.panel.iter().copied().filter(|judge| !pitch.without(*judge))
    }

    /// This judge is to score this pitch.
    pub fn expects(&self, pitch: &Pitch, judge: JudgeId) -> bool {
        self.panel.contains(&judge) && !pitch.without(judge)
    }

    /// Every pitch is over: closed, revealed, absent or withdrawn, and there is one.
    pub fn is_over(&self) -> bool {
        let over = |pitch: &Pitch| {
            matches!(pitch.phase, Phase::Closed | Phase::Revealed | Phase::Absent | Phase::Withdrawn)
        };
        !self.pitches.is_empty() && self.pitches.values().all(over)
    }

    /// The pitch's window is open to every judge of it.
    pub fn is_open(&self, pitch: &Pitch) -> bool {
        match pitch.phase {
            Phase::Scoring => true,
            Phase::Pitching | Phase::Qa => pitch.early,
            // The first pitches are compared with each other until the last of them has closed.
            Phase::Closed => self.warms_up(pitch.id.project),
            _ => false,
        }
    }

    /// One of the first pitches, which are scored and announced together, while one of them is not over.
    pub fn warms_up(&self, project: ProjectId) -> bool {
        let pitches = self.order.iter().filter_map(|project| self.pitches.get(project));
        let group = pitches.filter(|pitch| !matches!(pitch.phase, Phase::Absent | Phase::Withdrawn));
        let group: Vec<_> = group.take(usize::from(self.window.warm_up)).collect();
        let over = |pitch: &&Pitch| matches!(pitch.phase, Phase::Closed | Phase::Revealed);
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

/// The marks: one scorecard per judge and pitch counts, its newest version; earlier ones are kept to look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sealed {
    pub cards: Cards,
    /// Oldest first.
    pub earlier: Shared<BTreeMap<(PitchId, JudgeId), Versions>>,
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
    /// What was shown of a reveal that is on.
    pub board: Option<Shared<Board>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reveal {
    pub pitch: PitchId,
    pub cards: Vec<(JudgeId, Shared<Scorecard>)>,
    pub deductions: Vec<Deducted>,
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
            Phase::Queued | Phase::Absent | Phase::Withdrawn => false,
        };
        let pitches = self.show.rounds.values().any(|round| round.pitches.values().any(begun));
        let stage = self.show.stage.timer.is_some() || !self.show.stage.past.is_empty();
        let vote = self.show.vote.as_ref().is_some_and(|vote| vote.state == VoteState::Open);
        !self.show.finished && (pitches || stage || vote)
    }

    /// What the clock closes, and when; the earliest first.
    pub fn due(&self) -> Vec<(Millis, Command)> {
        if self.show.finished {
            return Vec::new();
        }
        let pitch = self.on_stage().and_then(|id| self.pitch(id));
        let window = pitch.filter(|pitch| pitch.phase == Phase::Scoring);
        let window =
            window.and_then(|pitch| Some((pitch.closes_at?, Command::CloseWindow { pitch: pitch.id })));
        let vote = self.show.vote.as_ref().filter(|vote| vote.state == VoteState::Open);
        let vote = vote.and_then(|vote| Some((vote.closes_at?, Command::CloseVote)));
        let mut due: Vec<_> = window.into_iter().chain(vote).collect();
        due.sort_by_key(|(at, _)| *at);
        due
    }

    /// Something has happened that counts: a pitch was on, or a scorecard is in.
    pub fn has_begun(&self) -> bool {
        let began = |pitch: &Pitch| !matches!(pitch.phase, Phase::Queued | Phase::Absent | Phase::Withdrawn);
        let mut pitches = self.show.rounds.values().flat_map(|round| round.pitches.values());
        let drawn = self.show.rounds.values().any(|round| round.draw.is_some());
        let voted = self.show.vote.as_ref().is_some_and(|vote| vote.state != VoteState::Ready);
        !self.sealed.cards.is_empty() || pitches.any(began) || drawn || voted
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

    /// The plates of this pitch have begun to turn, and its score is not in the standings yet.
    pub fn plates_up(&self, pitch: PitchId) -> bool {
        let up = self.published.plates.as_ref().is_some_and(|plates| plates.pitch == pitch);
        up && self.show.stage.announcing == Some(pitch)
    }

    /// Every scorecard that is expected is in.
    pub fn all_in(&self, pitch: PitchId) -> bool {
        let (k, n) = self.pitch(pitch).map_or((0, 0), |pitch| self.progress(pitch));
        n > 0 && k == n
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
