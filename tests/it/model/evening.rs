//! One evening: the contest as the task keeps it, what the model knows, and what must hold after every move.

use crate::harness::{Plan, picture};
use crate::papers::the_document_gives_the_same_standings;
use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::command::row::TakenBack;
use podium::domain::cue::{self, Cue};
use podium::domain::decide::{decide, give};
use podium::domain::fact::Fact;
use podium::domain::fact::row::{Stands, Undo};
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::shared;
use podium::domain::kernel::time::{Millis, Stamp};
use podium::domain::query::corrections;
use podium::domain::query::due::due;
use podium::domain::query::result;
use podium::domain::query::undo;
use podium::domain::rejection::Rejection;
use podium::domain::scoring::field::Ranking;
use podium::domain::scoring::rule::Rule;
use podium::domain::state::contest::Contest;
use podium::domain::state::pitch::Pitch;
use podium::domain::state::run::PastRun;
use podium::domain::state::stage::Stage;
use podium::domain::state::tables::Row;
use podium::domain::terms::about::About;
use podium::domain::terms::matter::Matter;
use podium::domain::terms::plates::PlateStep;
use podium::domain::terms::programme::{Phase, RevealPolicy, WindowPolicy};
use podium::domain::terms::vote::{VoteState, Voter};
use podium::live::batch::{Batch, Caused, Submission};
use podium::live::dedupe::Receipts;
use podium::live::due::Due;
use podium::live::error::SubmitError;
use podium::live::feed::Feed;
use podium::live::publish::Publisher;
use podium::wire::view::judge::Memo;
use podium::wire::view::parts::{Part, progress};
use podium::wire::view::picture::Picture;
use podium::wire::view::plates::PlatesInfo;
use podium::wire::view::presence::Presence;
use podium::wire::view::public::{PublicView, public, screen};
use podium::wire::view::revealed::Revealed;
use podium::wire::view::{auditor, host, judge, mc};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, to_value};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::oneshot;

pub const ROUND: RoundId = RoundId(1);
pub const JUDGES: u16 = 3;
pub const PROJECTS: u16 = 4;
/// Evenings in which everything that is published is compared.
const PUBLISHED_EVERY: u64 = 16;

/// How often what happened.
#[derive(Debug, Default)]
pub struct Tally {
    pub undone: u64,
    pub refused_undos: u64,
    pub revealed: u64,
    pub turned: u64,
    pub told: u64,
    pub voted: u64,
    pub lost: u64,
    pub repeated: u64,
    pub replayed: u64,
    pub wiped: u64,
    pub stale: u64,
    pub ran_out: u64,
    pub finished: u64,
    pub published: u64,
    pub untold: u64,
    pub corrected: u64,
    pub marks_alone: u64,
    pub run_again: u64,
    pub taken_over: u64,
    pub confirmed: u64,
    pub official: u64,
    pub fallen: u64,
    pub agreed: u64,
    pub taken_back: u64,
    pub taken_out: u64,
    pub reinstated: u64,
}

impl Tally {
    pub fn add(&mut self, other: &Tally) {
        self.undone += other.undone;
        self.refused_undos += other.refused_undos;
        self.revealed += other.revealed;
        self.turned += other.turned;
        self.told += other.told;
        self.voted += other.voted;
        self.lost += other.lost;
        self.repeated += other.repeated;
        self.replayed += other.replayed;
        self.wiped += other.wiped;
        self.stale += other.stale;
        self.ran_out += other.ran_out;
        self.finished += other.finished;
        self.published += other.published;
        self.untold += other.untold;
        self.corrected += other.corrected;
        self.marks_alone += other.marks_alone;
        self.run_again += other.run_again;
        self.taken_over += other.taken_over;
        self.confirmed += other.confirmed;
        self.official += other.official;
        self.fallen += other.fallen;
        self.agreed += other.agreed;
        self.taken_back += other.taken_back;
        self.taken_out += other.taken_out;
        self.reinstated += other.reinstated;
    }
}

type Ballots = BTreeMap<Voter, Vec<ProjectId>>;
/// What the hall was told, which plates it saw, who voted.
type Known = (Vec<String>, BTreeMap<PitchId, PlateStep>, Ballots, Option<(Vec<Row>, Vec<Row>)>);

/// What an undo must bring back.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    stage: Stage,
    phases: Vec<Phase>,
    attempts: Vec<u16>,
    order: Vec<ProjectId>,
    taken: Vec<usize>,
    called: usize,
    vote: Option<VoteState>,
}

pub fn hall(contest: &Contest) -> Part<PublicView> {
    let code = contest.code.as_ref().unwrap();
    Part::new(public(&Revealed::of(code, contest, progress(contest))))
}

/// The hall with what the console would change in it is the hall after the next cue; its timer does not run yet.
fn the_preview_is_the_hall_after_the_cue(contest: &Contest, picture: &Picture) {
    let next = cue::next(contest);
    let after = next.and_then(|next| cue::after(contest, next));
    // A draw's secret and order are nobody's before they are told.
    let after = after.filter(|_| !matches!(next, Some(Cue::RevealDraw(_))));
    let (Some(after), Some(preview)) = (&after, &picture.preview) else {
        return assert_eq!(after.is_some(), picture.preview.is_some());
    };
    let (mut expected, mut told) = (to_value(hall(after)).unwrap(), to_value(&picture.hall).unwrap());
    if expected["timer"]["since"] == 0 {
        expected["timer"].as_object_mut().unwrap().remove("since");
    }
    let parts = told.as_object_mut().unwrap();
    preview.gone.iter().for_each(|name| drop(parts.remove(name)));
    parts.extend(preview.parts.clone());
    assert_eq!(told, expected);
}

pub struct Evening {
    pub contest: Contest,
    pub now: u64,
    pub rng: ChaCha8Rng,
    pub tally: Tally,
    /// A command that was right some moves ago.
    pub old: Option<Command>,
    /// The journal, as it would be on disk.
    facts: Vec<(Fact, Stamp)>,
    receipts: Receipts,
    due: Due,
    /// The last command that was taken, with its id.
    last: Option<(Actor, CommandId, Command)>,
    /// Before each action of the history: what its undo must bring back.
    looks: BTreeMap<u64, Look>,
    /// Texts of marks and totals that the hall may see; the model's own memory of what was revealed.
    told: Vec<String>,
    /// Every mark and total that was ever given, by its run and scorecard.
    given: BTreeMap<(PitchId, u16, JudgeId, u32), Vec<String>>,
    /// The hall's knowledge before a rehearsal.
    before: Option<(Contest, Known)>,
    /// Ballots by voter, from the facts.
    ballots: Ballots,
    /// How far each pitch's plates were turned, from the facts.
    turned: BTreeMap<PitchId, PlateStep>,
    /// What the auditor has confirmed: rows that count, and the hall's.
    pub audited: Option<(Vec<Row>, Vec<Row>)>,
    marks: u32,
    ids: u128,
    /// What went out to each audience, in some evenings: making every view again at every move takes its time.
    publisher: Option<Publisher>,
}

impl Evening {
    pub fn new(seed: u64) -> Self {
        let mut evening = Evening {
            contest: Contest::default(),
            now: 1_790_000_000_000,
            rng: ChaCha8Rng::seed_from_u64(seed),
            tally: Tally::default(),
            old: None,
            facts: Vec::new(),
            receipts: Receipts::default(),
            due: Due::default(),
            last: None,
            looks: BTreeMap::new(),
            told: Vec::new(),
            given: BTreeMap::new(),
            before: None,
            turned: BTreeMap::new(),
            audited: None,
            ballots: Ballots::new(),
            marks: 0,
            ids: 0,
            publisher: seed.is_multiple_of(PUBLISHED_EVERY).then(|| Publisher::new(Arc::default())),
        };
        let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
        let criteria = vec![("innovation", "9000", "0.0001"), ("market", "9000", "0.0001")];
        let plan = Plan { judges: JUDGES, projects: PROJECTS, criteria, ..Plan::default() };
        let create = Command::CreateContest { code: "abc234".parse().unwrap(), about };
        evening.give(Actor::Organiser, create).unwrap();
        // Of the seed, and not drawn: every other evening is played as it was.
        let ranking = match seed % 6 {
            0 => Ranking::ByTrack,
            1 => Ranking::Both,
            _ => Ranking::Overall,
        };
        let mut blueprint = plan.blueprint();
        if ranking.has_tracks() {
            blueprint.tracks = vec!["甲".into(), "乙".into()];
            (0..).zip(&mut blueprint.projects).for_each(|(n, project)| project.track = Some(n % 2));
        }
        evening.give(Actor::Organiser, Command::ImportBlueprint { blueprint }).unwrap();
        let judges = (1..=JUDGES).map(JudgeId).collect();
        let seats = Command::SetPanel { round: ROUND, judges, chair: Some(super::record::CHAIR) };
        evening.give(Actor::Organiser, seats).unwrap();
        let policy: WindowPolicy = evening.policy();
        if policy != WindowPolicy::default() {
            evening.give(Actor::Host, Command::SetWindowPolicy { round: ROUND, policy }).unwrap();
        }
        let segments = evening.segments();
        evening.give(Actor::Host, Command::SetProgramme { segments }).unwrap();
        if evening.rng.random() {
            evening.ask();
        }
        if ranking.has_tracks() {
            let rule = Rule { ranking, ..(*evening.contest.round(ROUND).unwrap().rule).clone() };
            evening.give(Actor::Organiser, Command::SetRule { round: ROUND, rule }).unwrap();
        }
        evening
    }

    pub fn play(&mut self) {
        for _ in 0..self.rng.random_range(20..110) {
            self.step();
        }
    }

    /// Gives a command through a batch, as the contest's task does; a lost batch leaves no trace.
    pub fn give(&mut self, actor: Actor, command: Command) -> Result<(), Rejection> {
        self.ids += 1;
        self.give_as(actor, CommandId(self.ids), command)
    }

    fn give_as(&mut self, actor: Actor, id: CommandId, command: Command) -> Result<(), Rejection> {
        let mut batch = Batch::new(Arc::new(self.contest.clone()), Millis(self.now));
        let (reply, _nobody) = oneshot::channel();
        let run = Some(self.contest.run);
        let submission = Submission { actor, id, command: command.clone(), run, hand: None, reply };
        let copies = shared::copies();
        batch.add(submission, &self.receipts);
        let copies = shared::copies() - copies;
        let (_, answer) = batch.answers.pop().unwrap();
        if answer.is_err() {
            assert_eq!(copies, 0, "{command:?} was refused and has copied something");
        } else if self.is_a_mark_alone(&batch.facts) {
            assert!(copies <= 1, "a mark has copied more than the scorecards of its pitch");
            self.tally.marks_alone += 1;
        }
        let answer = answer.map(drop).map_err(|error| match error {
            SubmitError::Rejected(rejection) => rejection,
            other => panic!("{other:?}"),
        });
        if answer.is_ok()
            && self.rng.random_ratio(1, 20)
            && self.contest.code.is_some()
            && !batch.facts.is_empty()
        {
            // The disk failed: nothing was acknowledged, the working copy is dropped, the host presses again.
            self.tally.lost += 1;
            return self.give_as(actor, id, command);
        }
        if answer.is_ok() {
            is_as_the_table_says(actor, &command, &batch.facts);
        }
        self.take(batch, &answer);
        // A ballot is given again as another command, and changes nothing then.
        if answer.is_ok() && actor != Actor::Audience {
            self.last = Some((actor, id, command));
        }
        self.check();
        answer
    }

    /// A scorecard that changes nothing else: not the first of its round, of no pitch that was confirmed, not given back, none
    /// that came too late, of a result of which nothing was said, and not shown at once.
    fn is_a_mark_alone(&self, facts: &[Caused]) -> bool {
        let [Caused { fact: Fact::ScorecardSubmitted { pitch, judge, .. }, .. }] = facts else {
            return false;
        };
        let (Some(round), Some(state)) = (self.contest.round(pitch.round), self.contest.pitch(*pitch)) else {
            return false;
        };
        let hidden = self.contest.show.about.reveal == RevealPolicy::PerPitch;
        let left = self.contest.left.keys().any(|left| left.pitch() == Some(*pitch));
        let with_judge = state.reopened.contains_key(judge) || state.late.contains_key(judge);
        let unsaid = self.contest.lives.is_empty();
        round.rules_frozen && unsaid && !left && hidden && !state.confirmed && !with_judge
    }

    fn take(&mut self, mut batch: Batch, answer: &Result<(), Rejection>) {
        let look = self.look();
        let before = std::mem::replace(&mut self.contest, Arc::unwrap_or_clone(batch.after()));
        if answer.is_err() {
            assert_eq!(before, self.contest, "a refusal leaves no trace");
        }
        self.receipts.remember_all(batch.fresh);
        self.published(&batch.facts);
        for (seq, Caused { by, fact, .. }) in (before.seq + 1..).zip(batch.facts) {
            self.noted(&fact, &before);
            self.facts.push((fact, Stamp { seq, at: batch.at, by: Some(by) }));
        }
        // A command's first action begins from what was seen; a second one (a window that closes by itself) from the first.
        let fresh = self.contest.history.actions.iter().map(|action| action.seq);
        let fresh: Vec<u64> = fresh.filter(|seq| *seq > before.seq).collect();
        if let Some(first) = fresh.first() {
            self.looks.insert(*first, look);
        }
    }

    /// Who was sent nothing, or a part alone, had nothing more to hear: every audience's view is what it would be if it were
    /// made from scratch.
    fn published(&mut self, facts: &[Caused]) {
        let Some(publisher) = &mut self.publisher else { return };
        let (contest, presence) = (&self.contest, Presence::default());
        let computed = || contest.show.rounds.values().map(|round| round.tables.computed()).sum::<u64>();
        let before = computed();
        publisher.publish(contest, &presence, None);
        if facts.iter().all(|caused| matches!(caused.fact, Fact::ScorecardSubmitted { .. })) {
            let tables = computed() - before;
            // The mark's own standings, and those after the next cue; of each list that the rule ranks.
            let lists = contest.show.round_now().map_or(1, |round| round.lists().len()) as u64;
            assert!(tables <= 2 * lists, "{tables} tables of {lists} lists for a mark");
        }
        if contest.code.is_none() || contest.show.round_now().is_none() {
            return;
        }
        let picture = picture(contest);
        the_preview_is_the_hall_after_the_cue(contest, &picture);
        let is = |feed: &Feed, view: serde_json::Result<Value>, whose: &str| {
            assert_eq!(feed.value(), Some(view.unwrap()), "{whose} was not told everything: {facts:?}");
        };
        is(&publisher.public, to_value(&picture.hall), "a phone");
        is(&publisher.screen, to_value(screen(&picture.hall, None)), "the screen");
        is(&publisher.host, to_value(host::host(contest, &picture, &presence, None).unwrap()), "the console");
        is(&publisher.mc, to_value(mc::mc(contest, &picture, false).unwrap()), "the MC");
        let audited = auditor::auditor(contest, &picture).unwrap();
        is(&publisher.auditor, to_value(audited), "the auditor");
        for (id, feed) in &publisher.judges {
            let view = judge::judge(contest, &picture, *id, &presence, &mut Memo::default());
            is(feed, to_value(view.unwrap()), "a judge");
        }
        self.tally.published += 1;
    }

    /// The model's own memory, from the facts alone.
    fn noted(&mut self, fact: &Fact, before: &Contest) {
        match fact {
            Fact::BoardPublished { .. } => {
                self.tally.told += 1;
                let plan = before.sealed.reveal.as_ref().unwrap();
                for (pitch, judge, card) in plan
                    .reveals
                    .iter()
                    .flat_map(|one| one.cards.iter().map(move |(judge, card)| (one.pitch, judge, card)))
                {
                    let attempt = before.pitch(pitch).unwrap().attempt;
                    self.told.extend(self.given[&(pitch, attempt, *judge, card.version)].clone());
                }
            }
            Fact::PlatesShown { pitch, step } => {
                self.tally.turned += 1;
                self.turned.insert(*pitch, *step);
            }
            Fact::PitchRevealed { pitch, .. }
                if before.pitch(*pitch).is_some_and(|one| one.out.is_some()) =>
            {
                self.tally.taken_out += 1;
                // Its plates are gone with it; its score was told, and may be again.
                self.turned.remove(pitch);
            }
            Fact::PitchRevealed { pitch, .. } => {
                self.turned.insert(*pitch, PlateStep::Scored);
                self.tally.revealed += 1;
                let again = before.pitch(*pitch).is_some_and(|pitch| pitch.phase == Phase::Revealed);
                self.tally.corrected += u64::from(again);
                let attempt = self.contest.pitch(*pitch).unwrap().attempt;
                for (judge, card) in self.contest.sealed.of(*pitch) {
                    self.told.extend(self.given[&(*pitch, attempt, judge, card.version)].clone());
                }
            }
            Fact::ScorecardSubmitted { pitch, judge, version, marks, .. } => {
                let texts = marks.values().map(ToString::to_string).collect();
                let attempt = self.contest.pitch(*pitch).unwrap().attempt;
                self.given.insert((*pitch, attempt, *judge, *version), texts);
            }
            Fact::ScorecardTakenOver { pitch, judge, attempt, .. } => {
                self.tally.taken_over += 1;
                let earlier =
                    self.given.range((*pitch, *attempt, *judge, 0)..=(*pitch, *attempt, *judge, u32::MAX));
                let newest = earlier.last().map(|(_, marks)| marks.clone()).unwrap();
                let now = self.contest.pitch(*pitch).unwrap().attempt;
                self.given.insert((*pitch, now, *judge, 1), newest);
            }
            Fact::PitchReinstated { .. } => self.tally.reinstated += 1,
            Fact::PitchRunAgain { .. } | Fact::PitchBroughtBack { attempt: Some(_), .. } => {
                self.tally.run_again += 1;
            }
            Fact::ResultConfirmed { .. } => {
                self.tally.confirmed += 1;
                self.audited = Some(self.standings());
            }
            Fact::ResultMadeOfficial { .. } => self.tally.official += 1,
            Fact::StepTakenBack { .. } => self.tally.taken_back += 1,
            Fact::CorrectionAgreed { .. } => self.tally.agreed += 1,
            Fact::BallotCast { voter, choices, .. } => {
                self.ballots.insert(*voter, choices.clone());
            }
            Fact::VoteRevealed { .. } => self.counts_are_the_ballots(),
            Fact::RehearsalBegun => {
                let (told, turned) = (self.told.clone(), self.turned.clone());
                let known = (told, turned, self.ballots.clone(), self.audited.clone());
                self.before = Some((before.clone(), known));
            }
            Fact::RehearsalWiped => {
                self.tally.wiped += 1;
                let (mut then, known) = self.before.take().unwrap();
                (self.told, self.turned, self.ballots, self.audited) = known;
                then.seq = self.contest.seq;
                then.rehearsed.clone_from(&self.contest.rehearsed);
                then.spent.clone_from(&self.contest.spent);
                assert_eq!(then, self.contest, "something of the rehearsal is left");
            }
            _ => {}
        }
    }

    /// Rows that count, and the hall's.
    pub fn standings(&self) -> (Vec<Row>, Vec<Row>) {
        let round = self.contest.round(ROUND).unwrap();
        (result::provisional(&self.contest, round), result::public(round, &self.contest.published))
    }

    fn look(&self) -> Look {
        let round = self.contest.round(ROUND);
        let pitches = || round.into_iter().flat_map(|round| round.pitches.values());
        Look {
            stage: self.contest.show.stage.clone(),
            phases: pitches().map(|pitch| pitch.phase).collect(),
            attempts: pitches().map(|pitch| pitch.attempt).collect(),
            order: round.map(|round| round.order.to_vec()).unwrap_or_default(),
            taken: pitches().map(|pitch| pitch.deductions.len()).collect(),
            called: round.and_then(|round| round.draw.as_ref()).map_or(0, |draw| draw.called.len()),
            vote: self.contest.show.vote.as_ref().map(|vote| vote.state),
        }
    }

    /// A secret that no draw of the evening was sealed with.
    pub fn secret(&self) -> String {
        format!("{:064x}", (1_u128 << 100) + self.ids)
    }

    /// The command of a cue, with what the host's device adds to it.
    pub fn meant(&self, cue: Cue) -> Command {
        cue.command().unwrap_or_else(|| match cue {
            Cue::LeaveOpen(matter) => Command::LeaveOpen { matter, reason: "理由".into() },
            _ => Command::CommitDraw { round: ROUND, secret: self.secret() },
        })
    }

    /// The clock gives what has run out, as the contest's task lets it: each command does what it says, and is not due again.
    pub fn run_out(&mut self) {
        while let Some((_, id, command)) = self.due.next(&self.contest).filter(|(at, ..)| at.0 <= self.now) {
            self.due.gave(&self.contest);
            let seq = self.contest.seq;
            self.give_as(Actor::Clock, id, command.clone()).unwrap();
            assert!(self.contest.seq > seq, "{command:?} was answered and has closed nothing");
            self.tally.ran_out += 1;
        }
        assert!(due(&self.contest).iter().all(|(at, _)| at.0 > self.now), "a countdown stays due");
    }

    /// Marks that no other number of the evening looks like: 1001.0007, 1002.0014, …
    pub fn mark(&mut self) -> podium::domain::kernel::points::Points {
        self.marks += 1;
        format!("{}.{:04}", 1_000 + self.marks, (self.marks * 7 + 1_003) % 10_000).parse().unwrap()
    }

    /// What holds after every move.
    fn check(&mut self) {
        if self.contest.round(ROUND).is_none_or(|round| round.pitches.is_empty()) {
            return;
        }
        self.the_hall_knows_nothing_more();
        let round = self.contest.round(ROUND).unwrap();
        let on_stage = round.pitches.values().filter(|pitch| pitch.phase.holds_the_stage()).count();
        assert!(on_stage <= 1, "two pitches are on the stage");
        self.nobody_pitches_twice();
        self.a_run_has_its_own_scorecards();
        self.who_is_out_ranks_nobody();
        self.the_key_does_what_it_says();
        self.undo_is_as_it_is_told();
        self.an_official_result_is_one();
    }

    /// No byte of the screen's view holds a mark that was not revealed; phones get a part of that view.
    fn the_hall_knows_nothing_more(&self) {
        let (show, published) = (&self.contest.show, &self.contest.published);
        let view = screen(&hall(&self.contest), None);
        let steps = view.hall.reveal.as_ref().map_or(0, |reveal| reveal.steps.len());
        let taken = self.contest.sealed.reveal.as_ref().map_or(0, |plan| {
            let shown = published.board.as_ref().unwrap().steps.len();
            assert_eq!(plan.steps[..shown], published.board.as_ref().unwrap().steps);
            shown
        });
        assert_eq!(steps, taken, "the hall is told the steps that were taken");
        if let Some(plates) = &view.hall.plates {
            self.plates_show_what_was_turned(plates);
        }
        if let Some(vote) = &view.hall.vote {
            assert_eq!(vote.result.is_some(), vote.state == VoteState::Revealed);
        }
        let bytes = serde_json::to_string(&view).unwrap();
        let cards = published.reveals.iter().flat_map(|reveal| reveal.cards.iter());
        for mark in cards.flat_map(|(_, card)| card.marks.values()) {
            assert!(self.told.contains(&mark.to_string()), "{mark} is published and was never revealed");
        }
        let revealed = |pitch: &PitchId| published.reveals.iter().any(|reveal| reveal.pitch == *pitch);
        for row in &view.hall.standings {
            assert!(revealed(&row.pitch.parse().unwrap()), "{} stands there unrevealed", row.pitch);
        }
        for ((pitch, _, judge, version), marks) in &self.given {
            for mark in marks.iter().filter(|mark| !self.told.contains(mark)) {
                assert!(
                    !bytes.contains(mark.as_str()),
                    "{pitch} {judge} v{version}: {mark} is in a public byte"
                );
            }
        }
        let secret = self.contest.sealed.secrets.get(&ROUND);
        let drawn = show.rounds[&ROUND].draw.as_ref().is_some_and(|draw| draw.secret.is_some());
        assert!(secret.is_none_or(|secret| drawn || !bytes.contains(secret.as_str())), "the draw's secret");
    }

    /// Every project has the votes of the last ballot of every voter.
    fn counts_are_the_ballots(&mut self) {
        self.tally.voted += 1;
        let counts = self.contest.published.vote.as_ref().unwrap();
        assert_eq!(counts.ballots, self.ballots.len());
        for (project, votes) in &counts.counts {
            let own = self.ballots.values().flatten().filter(|one| *one == project).count();
            assert_eq!(*votes, own as u64, "{project}");
        }
    }

    /// Totals, strikes and the score are there from their step on, and the step is the one that was taken.
    fn plates_show_what_was_turned(&self, plates: &PlatesInfo) {
        let up = self.contest.published.plates.is_some();
        let told = self.turned.get(&plates.pitch.parse().unwrap()).copied().filter(|_| up);
        let told = told.unwrap_or(PlateStep::Turned(0));
        assert!(plates.step == told.into(), "{:?} is shown, {told:?} was taken", plates.step);
        let shown = plates.plates.iter().filter(|plate| plate.total.is_some()).count();
        let cards = self.contest.published.plates.as_ref().map_or(0, |plates| plates.cards.len());
        match told {
            PlateStep::Turned(count) => assert_eq!(shown, usize::from(count)),
            PlateStep::Struck | PlateStep::Scored => assert_eq!(shown, cards),
        }
        let struck = plates.plates.iter().any(|plate| plate.dropped.is_some());
        assert!(!struck || told >= PlateStep::Struck);
        assert!(plates.score.is_none() || told == PlateStep::Scored);
    }

    /// A pitch begins once; again only when its beginning was undone, or when it was off and brought back.
    fn nobody_pitches_twice(&self) {
        let begun = self.contest.rehearsal.as_ref().map_or(0, |rehearsal| rehearsal.seq);
        let wiped = |seq: u64| self.contest.rehearsed.iter().any(|(a, b)| (*a..=*b).contains(&seq));
        let mut open: BTreeMap<PitchId, bool> = BTreeMap::new();
        let undone: Vec<u64> = self
            .facts
            .iter()
            .filter_map(
                |(fact, _)| if let Fact::ActionUndone { action } = fact { Some(*action) } else { None },
            )
            .collect();
        let counts = self.facts.iter().filter(|(_, stamp)| {
            !wiped(stamp.seq) && !undone.contains(&stamp.seq) && (begun == 0 || stamp.seq > begun)
        });
        for (fact, stamp) in counts {
            match fact {
                Fact::PitchStarted { pitch } => {
                    let twice = open.insert(*pitch, true);
                    assert_ne!(twice, Some(true), "{pitch} began twice, again with fact {}", stamp.seq);
                }
                Fact::PitchBroughtBack { pitch, .. } | Fact::PitchRunAgain { pitch, .. } => {
                    open.insert(*pitch, false);
                }
                _ => {}
            }
        }
    }

    /// What counts of a pitch was given in this run of it, or taken over into it.
    fn a_run_has_its_own_scorecards(&self) {
        for pitch in self.contest.round(ROUND).unwrap().pitches.values() {
            for (judge, card) in self.contest.sealed.of(pitch.id) {
                let texts: Vec<String> = card.marks.values().map(ToString::to_string).collect();
                let given = self.given.get(&(pitch.id, pitch.attempt, judge, card.version));
                assert_eq!(
                    given,
                    Some(&texts),
                    "{} {judge} was not given in run {}",
                    pitch.id,
                    pitch.attempt
                );
            }
        }
    }

    /// Whoever is out stands in no ranking but the one that the hall was told before it was told that; and then the key waits.
    fn who_is_out_ranks_nobody(&self) {
        let round = self.contest.round(ROUND).unwrap();
        let phase = |row: &Row| self.contest.pitch(row.pitch).unwrap().phase;
        let counts = result::provisional(&self.contest, round);
        assert!(counts.iter().all(|row| !phase(row).is_out()), "out, and counted: {counts:?}");
        for row in result::public(round, &self.contest.published).iter().filter(|row| phase(row).is_out()) {
            let open = corrections::open(&self.contest).any(|pitch| pitch == row.pitch);
            assert!(open || round.board_frozen, "{} is out, and the hall is not told", row.pitch);
        }
    }

    /// The next cue is taken, and its preview is what the hall then sees.
    fn the_key_does_what_it_says(&self) {
        let Some(cue) = cue::next(&self.contest) else { return };
        let Some(command) = Some(self.meant(cue)).filter(|_| !matches!(cue, Cue::CommitDraw(_))) else {
            return;
        };
        let mut then = self.contest.clone();
        let taken = give(&mut then, Actor::Host, Millis(self.now), &command);
        taken.unwrap_or_else(|no| panic!("the key offers {cue:?}, which is refused: {no:?}"));
        assert_ne!(cue::next(&then), Some(cue), "the key would do the same again");
        let Some(preview) = cue::after(&self.contest, cue) else { return assert!(cue.command().is_none()) };
        assert_eq!(preview.show.stage.scene, then.show.stage.scene, "{cue:?}");
        assert_eq!(preview.show.stage.current, then.show.stage.current, "{cue:?}");
        assert_eq!(preview.published, then.published, "{cue:?}");
    }

    /// What the history says can be undone is undone, what it says stands is refused; nothing but the newest is taken.
    fn undo_is_as_it_is_told(&self) {
        let undo = |action| decide(&self.contest, Actor::Host, &Command::Undo { action });
        match undo::newest(&self.contest) {
            _ if self.contest.show.finished => {}
            None => assert_eq!(undo(1), Err(Rejection::NothingToUndo)),
            Some(newest) => {
                let stands = undo::stands_for_good(&self.contest, newest);
                assert_eq!(undo(newest.seq).is_ok(), stands.is_none(), "{:?} {stands:?}", newest.fact);
                let older = self.contest.history.actions.iter().find(|one| one.seq != newest.seq);
                if let Some(older) = older {
                    assert!(undo(older.seq).is_err(), "an older action was taken back first");
                }
            }
        }
    }

    /// Takes the newest action back, if it lets itself be, and compares with what was before it.
    pub fn undo(&mut self) {
        let Some(newest) = undo::newest(&self.contest) else { return };
        let (action, fact) = (newest.seq, newest.fact.clone());
        let row = fact.row();
        let run = row.pitch.filter(|_| row.undo == Undo::Run);
        let run = run.and_then(|pitch| self.contest.sealed.runs(pitch).last().cloned());
        match self.give(Actor::Host, Command::Undo { action }) {
            Ok(()) => {
                self.tally.undone += 1;
                if let Some(look) = self.looks.get(&action) {
                    assert_eq!(*look, self.look(), "the undo of {fact:?} left something");
                }
                if let Some(run) = run {
                    self.the_run_stands_again(&run);
                }
            }
            Err(_) => self.tally.refused_undos += 1,
        }
    }

    /// With its scorecards, with what was taken off, and with what the hall was told of it.
    fn the_run_stands_again(&self, run: &PastRun) {
        let now = self.contest.pitch(run.pitch.id).unwrap();
        let then = Pitch { recused: now.recused.clone(), closes_at: now.closes_at, ..run.pitch.clone() };
        assert_eq!(*now, then);
        assert!(self.contest.sealed.of(now.id).eq(run.cards.iter()));
        let told = self.contest.published.reveals.iter().find(|reveal| reveal.pitch == now.id);
        assert_eq!(told, run.told.as_ref().map(|(_, reveal)| reveal));
    }

    /// The last command once more, under its id: it counts once.
    pub fn repeat(&mut self) {
        let Some((actor, id, command)) = self.last.clone() else { return };
        let before = self.contest.clone();
        self.give_as(actor, id, command).unwrap();
        assert_eq!(before, self.contest, "a command counted twice");
        self.tally.repeated += 1;
    }

    /// The server starts again: the facts alone give the same contest.
    pub fn replay(&mut self) {
        let mut again = Contest::default();
        for (fact, stamp) in &self.facts {
            let written: Fact = serde_json::from_str(&serde_json::to_string(fact).unwrap()).unwrap();
            apply(&mut again, &written, *stamp);
        }
        assert_eq!(again, self.contest, "a replay gives another contest");
        self.tally.replayed += 1;
    }

    /// From wherever the evening is, the key alone leads to its end.
    pub fn finish(&mut self) {
        if self.contest.rehearsal.is_some() {
            self.give(Actor::Host, Command::EndRehearsal).unwrap();
        }
        for _ in 0..80 {
            match cue::next(&self.contest) {
                None => break,
                Some(cue) => {
                    let command = self.meant(cue);
                    self.give(Actor::Host, command).unwrap_or_else(|no| panic!("{cue:?}: {no:?}"));
                }
            }
        }
        assert!(self.contest.show.finished, "the key leads nowhere: {:?}", cue::next(&self.contest));
        self.the_hall_knows_what_is_official();
        self.tally.finished += 1;
        self.replay();
        the_document_gives_the_same_standings(&self.contest);
    }

    /// What the hall was shown last is what counts, row by row; what it was not told, the end has named.
    fn the_hall_knows_what_is_official(&mut self) {
        let end = self.facts.iter().rev().find_map(|(fact, _)| match fact {
            Fact::ContestFinished { missing } => Some(missing),
            _ => None,
        });
        let untold = end.unwrap().iter().any(|one| matches!(one, Matter::Unannounced { .. }));
        let left = |one: &Matter| !one.changes_standings() || self.contest.left.contains_key(one);
        assert!(end.unwrap().iter().all(left), "the end passes {end:?}");
        let round = self.contest.round(ROUND).unwrap();
        let (official, hall) =
            (result::provisional(&self.contest, round), result::public(round, &self.contest.published));
        assert!(untold || official == hall, "counts: {official:?}\ntold: {hall:?}");
        self.tally.untold += u64::from(untold);
    }
}

/// What came of a command is taken back as its row says.
fn is_as_the_table_says(actor: Actor, command: &Command, facts: &[Caused]) {
    let row = command.row();
    assert!(row.given_by.is(actor), "{actor} gave {command:?}");
    // The same command again has come to nothing new.
    let Some(first) = facts.first() else { return };
    let about = first.fact.row();
    let undone = about.is_action(Some(actor)) && !matches!(about.stands, Stands::Always(_));
    match row.taken_back {
        TakenBack::Undo => {
            assert!(undone || matches!(actor, Actor::Judge(_)), "no undo takes back {command:?}")
        }
        TakenBack::Nothing | TakenBack::Again => assert!(!undone, "an undo takes back {command:?}"),
        TakenBack::With(other) => assert!(Command::NAMES.contains(&other), "{other} is no command"),
    }
}
