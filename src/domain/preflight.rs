//! What is worth a look before the doors open: a contest's set-up gone through, each thing found with a level and a
//! stable code. Pure; it knows the facts, no device and no machine.

use crate::domain::kernel::names::clean;
use crate::domain::kernel::points::Points;
use crate::domain::kernel::time::Millis;
use crate::domain::query::open;
use crate::domain::scoring::rule::{Method, Tie};
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::matter::Matter;
use crate::domain::terms::programme::{Phase, RevealPolicy};
use crate::domain::terms::vote::{Admission, VoteState};
use std::collections::BTreeMap;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing, neither good nor bad.
    Info,
    Green,
    /// The evening can go on; somebody should look.
    Amber,
    /// The evening cannot go as it is set up.
    Red,
}

/// Something found. Lists in `params` are numbers as people say them, `1, 4, 7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub code: &'static str,
    pub level: Level,
    pub params: BTreeMap<&'static str, String>,
}

impl Finding {
    fn new(level: Level, code: &'static str) -> Self {
        Finding { code, level, params: BTreeMap::new() }
    }

    fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.params.insert(key, value.to_string());
        self
    }
}

/// Every code there is; pages have a sentence for each.
pub const CODES: [&str; 34] = [
    "not-created",
    "contest-finished",
    "contest-begun",
    "rehearsing",
    "draw-open",
    "corrections-open",
    "matters-open",
    "warm-up",
    "timer-by-hand",
    "projects-missing",
    "short-names-equal",
    "project-incomplete",
    "panel-empty",
    "panel-of-one",
    "panel-too-small",
    "judge-names-equal",
    "panel",
    "chair-missing",
    "chair-none",
    "conflict-of-unit",
    "rubric-missing",
    "weights-sum",
    "rubric",
    "rule-invalid",
    "trim-keeps-all",
    "trim-uneven",
    "rank-sum-gaps",
    "pitch-without-judges",
    "pitch-unranked",
    "timing-missing",
    "timing",
    "reveal-live",
    "vote-missing",
    "codes-missing",
];

/// The contest gone through, worst first.
pub fn findings(contest: &Contest) -> Vec<Finding> {
    let Some(round) = contest.show.round_now() else {
        return vec![Finding::new(Level::Red, "not-created")];
    };
    let mut found = Vec::new();
    whole(contest, round, &mut found);
    projects(contest, round, &mut found);
    panel(contest, round, &mut found);
    rubric(round, &mut found);
    rule(round, &mut found);
    pitches(round, &mut found);
    vote(contest, round, &mut found);
    found.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    found
}

/// A share of the score that nobody is asked for, or seat codes that nobody has.
fn vote(contest: &Contest, round: &Round, found: &mut Vec<Finding>) {
    let vote = contest.show.vote.as_ref().filter(|vote| vote.question.round == round.id);
    let Some(vote) = vote else {
        if round.rule.audience.share > Points::ZERO {
            let share = round.rule.audience.share;
            found.push(Finding::new(Level::Amber, "vote-missing").with("share", share));
        }
        return;
    };
    let none = contest.sealed.ballots.codes.is_empty();
    if vote.state == VoteState::Ready && vote.question.admission == Admission::Codes && none {
        found.push(Finding::new(Level::Amber, "codes-missing"));
    }
}

/// The machine's clock cannot be right: something of this contest happened after `now`.
pub fn clock_behind(contest: &Contest, now: Millis) -> bool {
    let pitches = contest.show.rounds.values().flat_map(|round| round.pitches.values());
    pitches.map(|pitch| pitch.since).chain([contest.created_at]).any(|at| at > now)
}

fn whole(contest: &Contest, round: &Round, found: &mut Vec<Finding>) {
    if contest.show.finished {
        found.push(Finding::new(Level::Amber, "contest-finished"));
    }
    let begun = round.pitches.values().filter(|pitch| pitch.phase != Phase::Queued).count();
    if begun > 0 {
        found.push(
            Finding::new(Level::Info, "contest-begun").with("n", begun).with("of", round.pitches.len()),
        );
    }
    if contest.show.rehearsal {
        found.push(Finding::new(Level::Amber, "rehearsing"));
    }
    if round.draw.as_ref().is_some_and(|draw| draw.secret.is_none()) {
        found.push(Finding::new(Level::Amber, "draw-open"));
    }
    open_matters(contest, found);
    if round.window.warm_up > 1 {
        found.push(Finding::new(Level::Info, "warm-up").with("n", round.window.warm_up));
    }
    if round.timing.by_hand {
        found.push(Finding::new(Level::Info, "timer-by-hand"));
    }
    if contest.show.about.reveal == RevealPolicy::Live {
        found.push(Finding::new(Level::Info, "reveal-live"));
    }
    let (pitch, qa, n) = (round.timing.pitch_secs, round.timing.qa_secs, round.order.len() as u64);
    let minutes = (u64::from(pitch) + u64::from(qa)) * n / 60;
    let timing = if pitch == 0 { (Level::Amber, "timing-missing") } else { (Level::Green, "timing") };
    let timing = Finding::new(timing.0, timing.1);
    found.push(timing.with("pitch", clock(pitch)).with("qa", clock(qa)).with("minutes", minutes));
}

/// What final standings wait for, by the one list of it: corrections by their numbers, and how many others. What an evening comes
/// to by itself is worth no look before it is over.
fn open_matters(contest: &Contest, found: &mut Vec<Finding>) {
    let mut open = open::blocking(contest);
    open.retain(|matter| open::due(contest, *matter));
    let corrected = |matter: &Matter| matches!(matter, Matter::Corrected { .. });
    let (corrected, others): (Vec<Matter>, Vec<Matter>) = open.into_iter().partition(corrected);
    let corrected: Vec<u16> =
        corrected.into_iter().filter_map(Matter::pitch).map(|pitch| pitch.project.0).collect();
    if !corrected.is_empty() {
        found.push(Finding::new(Level::Amber, "corrections-open").with("projects", list(&corrected)));
    }
    if !others.is_empty() {
        found.push(Finding::new(Level::Amber, "matters-open").with("n", others.len()));
    }
}

fn projects(contest: &Contest, round: &Round, found: &mut Vec<Finding>) {
    let projects = || round.order.iter().filter_map(|id| contest.show.projects.get(id));
    if projects().next().is_none() {
        return found.push(Finding::new(Level::Red, "projects-missing"));
    }
    let shorts = alike(projects().map(|project| (clean(&project.short), project.id.0)));
    found.extend(shorts.map(|(short, numbers)| {
        Finding::new(Level::Amber, "short-names-equal").with("name", short).with("projects", list(&numbers))
    }));
    let bare = |project: &&_| {
        let project: &crate::domain::terms::roster::Project = project;
        project.unit.is_empty() || project.presenter.is_empty()
    };
    let bare: Vec<u16> = projects().filter(bare).map(|project| project.id.0).collect();
    if !bare.is_empty() {
        found.push(Finding::new(Level::Info, "project-incomplete").with("projects", list(&bare)));
    }
}

fn panel(contest: &Contest, round: &Round, found: &mut Vec<Finding>) {
    let size = round.panel.len();
    if size == 0 {
        return found.push(Finding::new(Level::Red, "panel-empty"));
    }
    let needed = round.rule.needed(size);
    if needed > size {
        found.push(Finding::new(Level::Red, "panel-too-small").with("n", size).with("needed", needed));
    } else if size == 1 {
        found.push(Finding::new(Level::Amber, "panel-of-one"));
    } else {
        found.push(Finding::new(Level::Green, "panel").with("n", size));
    }
    let asked = round.rule.chain(&round.criteria).contains(&Tie::Chair);
    match round.chair {
        None if asked => found.push(Finding::new(Level::Red, "chair-missing")),
        None if size > 1 => found.push(Finding::new(Level::Info, "chair-none")),
        _ => {}
    }
    let judges = || round.panel.iter().filter_map(|id| contest.judges.get(id));
    let names = alike(judges().map(|judge| (clean(&judge.name), judge.id.0)));
    found.extend(names.map(|(name, numbers)| {
        Finding::new(Level::Amber, "judge-names-equal").with("name", name).with("judges", list(&numbers))
    }));
    for judge in judges().filter(|judge| !judge.unit.is_empty()) {
        let own = |pitch: &&Pitch| {
            let project = contest.show.projects.get(&pitch.id.project);
            let same = project.is_some_and(|project| clean(&project.unit) == clean(&judge.unit));
            same && !pitch.recused.contains_key(&judge.id) && !over(pitch)
        };
        let own: Vec<u16> = round.pitches.values().filter(own).map(|pitch| pitch.id.project.0).collect();
        if !own.is_empty() {
            let finding = Finding::new(Level::Amber, "conflict-of-unit").with("judge", &judge.name);
            found.push(finding.with("unit", &judge.unit).with("projects", list(&own)));
        }
    }
}

fn rubric(round: &Round, found: &mut Vec<Finding>) {
    let weights: u64 = round.criteria.iter().map(|criterion| u64::from(criterion.weight)).sum();
    if weights == 0 {
        return found.push(Finding::new(Level::Red, "rubric-missing"));
    }
    let sound = if weights == 100 { (Level::Green, "rubric") } else { (Level::Amber, "weights-sum") };
    found.push(Finding::new(sound.0, sound.1).with("n", round.criteria.len()).with("sum", weights));
}

fn rule(round: &Round, found: &mut Vec<Finding>) {
    let rule = &round.rule;
    if let Err(problem) = rule.check(&round.criteria) {
        found.push(Finding::new(Level::Red, "rule-invalid").with("detail", problem));
    }
    let size = round.panel.len();
    let trims = rule.method == Method::TrimmedMean && rule.drop > 0 && size > 0;
    if trims && rule.dropped(size) == 0 {
        let wanted = u64::from(rule.min_keep) + 2;
        found.push(Finding::new(Level::Amber, "trim-keeps-all").with("n", size).with("needed", wanted));
    }
}

/// Recusals can leave a pitch with other arithmetic than its neighbours, or with none.
fn pitches(round: &Round, found: &mut Vec<Finding>) {
    let size = round.panel.len();
    if size == 0 {
        return;
    }
    let (needed, dropped) = (round.rule.needed(size), round.rule.dropped(size));
    let (mut nobody, mut unranked, mut uneven, mut gaps) = (vec![], vec![], vec![], vec![]);
    for pitch in round.pitches.values().filter(|pitch| !over(pitch)) {
        let (number, k) = (pitch.id.project.0, round.expected(pitch).count());
        if k == 0 {
            nobody.push(number);
        } else if k < needed.min(size) {
            unranked.push(number);
        } else if round.rule.dropped(k) != dropped {
            uneven.push(number);
        }
        if round.rule.method == Method::RankSum && k < size {
            gaps.push(number);
        }
    }
    let all = [
        (Level::Red, "pitch-without-judges", nobody),
        (Level::Red, "pitch-unranked", unranked),
        (Level::Red, "rank-sum-gaps", gaps),
        (Level::Amber, "trim-uneven", uneven),
    ];
    let some = all.into_iter().filter(|(.., numbers)| !numbers.is_empty());
    found.extend(some.map(|(level, code, numbers)| {
        Finding::new(level, code).with("projects", list(&numbers)).with("needed", needed)
    }));
}

fn over(pitch: &Pitch) -> bool {
    pitch.phase.is_scored() || pitch.phase.is_out()
}

/// Names that stand more than once, with the numbers of those who have them.
fn alike(names: impl Iterator<Item = (String, u16)>) -> impl Iterator<Item = (String, Vec<u16>)> {
    let mut by_name: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    names.for_each(|(name, number)| by_name.entry(name).or_default().push(number));
    by_name.into_iter().filter(|(_, numbers)| numbers.len() > 1)
}

fn list(numbers: &[u16]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// `8:00`
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
