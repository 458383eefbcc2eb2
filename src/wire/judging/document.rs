//! A round of a contest as the document that [`super::read`] reads: whoever computes it anew gets these scores and places.

use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::query::life;
use crate::domain::scoring::VERSION;
use crate::domain::scoring::grid::ABSENT;
use crate::domain::scoring::rule::Rule;
use crate::domain::scoring::table::Problem;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::state::tables::RoundResult;
use crate::domain::terms::rubric::CriterionId;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub struct Document {
    contest: About,
    /// As it was applied: without a share of an audience whose vote is not told.
    rule: Rule,
    criteria: Vec<Criterion>,
    projects: Vec<Named>,
    judges: Vec<Named>,
    panel: usize,
    /// Those that count, in the order in which they came in.
    scorecards: Vec<Card>,
    /// Each project's track, where tracks rank.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tracks: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ballots: Option<BTreeMap<String, u64>>,
    deductions: Vec<Taken>,
    /// The chair's, oldest first.
    decisions: Vec<Vec<String>>,
    recusals: Vec<Aside>,
    out: Vec<Out>,
}

#[derive(Serialize)]
struct About {
    code: String,
    title: String,
    round: String,
    state: &'static str,
    rehearsal: bool,
    scorer: u32,
    /// Hash of the last record that it goes back to.
    head: String,
}

#[derive(Serialize)]
struct Criterion {
    id: String,
    name: String,
    max: Points,
    weight: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<Points>,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Card {
    project: String,
    judge: String,
    marks: BTreeMap<CriterionId, Points>,
}

#[derive(Serialize)]
struct Taken {
    project: String,
    points: Points,
    reason: String,
}

#[derive(Serialize)]
struct Aside {
    project: String,
    judge: String,
    kind: &'static str,
    reason: String,
}

#[derive(Serialize)]
struct Out {
    project: String,
    name: String,
    r#as: String,
    reason: String,
}

/// The document of what counts in a round.
///
/// # Errors
/// The rule gives no ranking of it.
pub fn document(contest: &Contest, round: &Round, head: &str) -> Result<Document, Problem> {
    let result = life::computed(contest, round, None)?;
    let table = &result.standings.table;
    let project = |at: usize| result.pitches[at].project.to_string();
    let named = |at: &PitchId| Named {
        id: at.project.to_string(),
        name: contest.show.projects.get(&at.project).map(|one| one.name.clone()).unwrap_or_default(),
    };
    let taken = table.extras.deductions.iter().map(|one| Taken {
        project: project(one.project),
        points: one.points,
        reason: one.reason.clone(),
    });
    let ballots = table.extras.ballots.as_ref();
    Ok(Document {
        contest: about(contest, round, head),
        rule: table.rule.clone(),
        criteria: table.criteria.iter().map(criterion).collect(),
        projects: result.pitches.iter().map(named).collect(),
        judges: judges(contest, &result),
        panel: round.panel.len(),
        scorecards: cards(&result),
        tracks: tracks(contest, round, &result),
        ballots: ballots.map(|votes| votes.iter().enumerate().map(|(at, n)| (project(at), *n)).collect()),
        deductions: taken.collect(),
        decisions: table
            .extras
            .decisions
            .iter()
            .map(|order| order.iter().map(|at| project(*at)).collect())
            .collect(),
        recusals: round.pitches.values().flat_map(|pitch| aside(&result, pitch)).collect(),
        out: round.pitches.values().filter_map(|pitch| out(contest, &result, pitch)).collect(),
    })
}

fn about(contest: &Contest, round: &Round, head: &str) -> About {
    About {
        code: contest.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: contest.show.about.title.clone(),
        round: round.id.to_string(),
        state: life::of(contest, round).code(),
        rehearsal: contest.show.rehearsal,
        scorer: VERSION,
        head: head.to_owned(),
    }
}

fn criterion(one: &crate::domain::terms::rubric::Criterion) -> Criterion {
    let (id, name) = (one.id.to_string(), one.name.clone());
    Criterion { id, name, max: one.max, weight: one.weight, step: one.step }
}

fn tracks(contest: &Contest, round: &Round, result: &RoundResult) -> BTreeMap<String, String> {
    let name = |pitch: &PitchId| {
        let project = contest.show.projects.get(&pitch.project)?;
        Some((pitch.project.to_string(), contest.show.track_name(project).to_owned()))
    };
    let ranks = round.rule.ranking.has_tracks();
    result.pitches.iter().filter(|_| ranks).filter_map(name).collect()
}

fn judges(contest: &Contest, result: &RoundResult) -> Vec<Named> {
    let name = |judge| contest.judges.get(judge).map(|one| one.name.clone()).unwrap_or_default();
    result.judges.iter().map(|judge| Named { id: judge.to_string(), name: name(judge) }).collect()
}

fn cards(result: &RoundResult) -> Vec<Card> {
    let table = &result.standings.table;
    let grid = &table.grid;
    let mut cards: Vec<(u64, Card)> = Vec::new();
    for (at, pitch) in result.pitches.iter().enumerate() {
        cards.extend(grid.present(at).map(|judge| {
            let marks = table.criteria.iter().zip(grid.marks(at, judge)).filter(|(_, mark)| **mark != ABSENT);
            let marks = marks.map(|(one, mark)| (one.id.clone(), Points::from_ticks(*mark))).collect();
            let (project, by) = (pitch.project.to_string(), result.judges[judge].to_string());
            (grid.order(at, judge), Card { project, judge: by, marks })
        }));
    }
    cards.sort_by_key(|(order, _)| *order);
    cards.into_iter().map(|(_, card)| card).collect()
}

/// Who stood aside. A scorecard counts until the hall is told that it does no more.
fn aside(result: &RoundResult, pitch: &Pitch) -> Vec<Aside> {
    let at = result.position(pitch.id);
    let counts = |judge: &JudgeId| {
        let judge = result.judges.iter().position(|one| one == judge);
        at.zip(judge).is_some_and(|(at, judge)| result.standings.table.grid.has(at, judge))
    };
    let one = |kind: &'static str| {
        move |(judge, reason): (&JudgeId, &String)| Aside {
            project: pitch.id.project.to_string(),
            judge: judge.to_string(),
            kind,
            reason: reason.clone(),
        }
    };
    let recused = pitch.recused.iter().filter(|(judge, _)| !counts(judge)).map(one("recused"));
    recused.chain(pitch.abstained.iter().map(one("abstained"))).collect()
}

/// Who takes no part in the ranking, and why.
fn out(contest: &Contest, result: &RoundResult, pitch: &Pitch) -> Option<Out> {
    if !pitch.phase.is_out() || result.position(pitch.id).is_some() {
        return None;
    }
    let name = contest.show.projects.get(&pitch.id.project).map(|one| one.name.clone());
    Some(Out {
        project: pitch.id.project.to_string(),
        name: name.unwrap_or_default(),
        r#as: pitch.phase.to_string(),
        reason: pitch.out.as_ref().map(|out| out.reason.clone()).unwrap_or_default(),
    })
}

impl Document {
    /// Nothing counts yet.
    pub fn is_empty(&self) -> bool {
        self.scorecards.is_empty()
    }
}
