//! A judging as a JSON document: what `podium tally` reads. Strict: unknown and doubled keys, floats and marks that
//! cannot be are refused, every one with the path of its place.

pub mod document;
pub mod evening;
pub mod fields;
pub mod mistake;
pub mod tree;

use crate::domain::kernel::points::Points;
use crate::domain::scoring::deduct::Deduction;
use crate::domain::scoring::judging::{Judging, OwnCard};
use crate::domain::scoring::rule::{Method, Rule, RuleProblem};
use crate::domain::terms::rubric::{Criterion, CriterionId, Rubric, RubricProblem};
use fields::{Mistakes, any_object, id, list, member, object, optional, points, small, text, whole};
use mistake::{Mistake, Wrong};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use tree::{Found, Step};

const DOCUMENT: &[&str] = &[
    "contest",
    "rule",
    "criteria",
    "projects",
    "judges",
    "panel",
    "scorecards",
    "tracks",
    "ballots",
    "deductions",
    "overtime",
    "decisions",
    "recusals",
    "out",
];
/// What a byte order mark is in UTF-8; editors put it before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A scorecard whose marks are points, whether or not the criteria are known yet.
struct Read {
    at: usize,
    project: usize,
    judge: usize,
    /// By position in the list of names.
    marks: Vec<(usize, Points)>,
}

/// The scorecards on their way.
#[derive(Default)]
struct Cards {
    judging: Judging,
    read: Vec<Read>,
    /// Names that marks have, in the order in which they first came.
    names: Vec<String>,
    count: usize,
    mistakes: Mistakes,
}

/// Reads the document. A scorecard with a hole is a draft: it does not count, its project and judge are known.
pub fn read(bytes: &[u8]) -> Result<Judging, Mistakes> {
    let (found, cards) = (Found::default(), RefCell::new(Cards::default()));
    let each = |at: usize, card: Value| cards.borrow_mut().take(at, &card);
    let document = tree::read(bytes.strip_prefix(MARK).unwrap_or(bytes), "scorecards", &each, &found);
    let (mut found, cards) = (found.mistakes.into_inner(), cards.into_inner());
    let judging = document.and_then(|document| judged(&document, cards, &mut found));
    match judging {
        Some(judging) if found.is_empty() => Ok(judging),
        _ => {
            found.sort_by_cached_key(|mistake| place(&mistake.path));
            Err(found)
        }
    }
}

/// The order in which the mistakes are told: the document's own, the long list by its members.
fn place(path: &str) -> (usize, usize) {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let section = DOCUMENT.iter().position(|key| *key == &path[..end]).unwrap_or(DOCUMENT.len());
    let member = path[end..].strip_prefix('[').and_then(|rest| rest.split(']').next()?.parse().ok());
    (section, member.unwrap_or(0))
}

fn judged(document: &Value, cards: Cards, found: &mut Mistakes) -> Option<Judging> {
    let map = object(document, &Step::Root, DOCUMENT, found)?;
    let criteria = criteria(map, found);
    let named = match optional(map, "rule") {
        Some(rule) => fields::rule(rule, &Step::Key(&Step::Root, "rule"), found),
        None => Some((Rule::default(), false)),
    };
    if let Some((rule, _)) = &named {
        let known = criteria.as_deref().unwrap_or_default();
        found.extend(rule.problems(known).into_iter().map(wrong_rule));
    }
    let there = member(map, "scorecards", &Step::Root, found);
    let all = there.and_then(|all| list(all, &Step::Key(&Step::Root, "scorecards"), found));
    let cards = cards.arranged(map, found);
    let mut judging = cards.counted(criteria.as_deref(), all.is_some(), found);
    if let Some((rule, names_method)) = named {
        judging.rule = rule;
        if !names_method {
            judging.rule.method = Method::of_panel(judging.judges.len());
        }
    }
    extras(map, &mut judging, found);
    evening::read(map, &mut judging, found);
    judging.criteria = criteria?;
    Some(judging)
}

fn wrong_rule(problem: RuleProblem) -> Mistake {
    let path = problem.key().map_or_else(|| "rule".to_owned(), |key| format!("rule.{key}"));
    Mistake { path, wrong: Wrong::Rule(problem) }
}

/// The criteria, where they make sense together.
fn criteria(map: &Map<String, Value>, found: &mut Mistakes) -> Option<Vec<Criterion>> {
    let step = Step::Key(&Step::Root, "criteria");
    let before = found.len();
    let members = list(member(map, "criteria", &Step::Root, found)?, &step, found)?;
    let mut criteria: Vec<Criterion> = Vec::new();
    for (at, one) in members.iter().enumerate() {
        let step = Step::At(&step, at);
        let Some(criterion) = criterion(one, &step, found) else { continue };
        let id = criterion.id.to_string();
        if criteria.iter().any(|other| other.id == criterion.id) {
            found.push(Step::Key(&step, "id").wrong(Wrong::Rubric(RubricProblem::Twice { id })));
        } else if criterion.max <= Points::ZERO {
            found.push(Step::Key(&step, "max").wrong(Wrong::Rubric(RubricProblem::BadMax { id })));
        } else if criterion.step.is_some_and(|step| step <= Points::ZERO || step > criterion.max) {
            found.push(Step::Key(&step, "step").wrong(Wrong::Rubric(RubricProblem::BadStep { id })));
        }
        criteria.push(criterion);
    }
    if found.len() > before {
        return None;
    }
    match Rubric::new(criteria.clone()) {
        Ok(_) => Some(criteria),
        Err(problem) => {
            found.push(step.wrong(Wrong::Rubric(problem)));
            None
        }
    }
}

fn criterion(value: &Value, step: &Step<'_>, found: &mut Mistakes) -> Option<Criterion> {
    let map = object(value, step, &["id", "name", "max", "weight", "step"], found)?;
    let at = |key: &'static str| Step::Key(step, key);
    let criterion_id = member(map, "id", step, found).and_then(|value| {
        let id = text(value, &at("id"), found)?;
        if fields::steers(id) {
            found.push(at("id").wrong(Wrong::Control));
            return None;
        }
        let parsed: Result<CriterionId, _> = id.parse();
        parsed.map_err(|problem| found.push(at("id").wrong(Wrong::Rubric(problem)))).ok()
    });
    let name = map.get("name").map_or(Some(""), |value| text(value, &at("name"), found));
    let max = member(map, "max", step, found).and_then(|value| points(value, &at("max"), found));
    let weight = member(map, "weight", step, found).and_then(|value| small(value, &at("weight"), found));
    let grid = optional(map, "step").map(|value| points(value, &at("step"), found));
    Some(Criterion {
        id: criterion_id?,
        name: name?.to_owned(),
        max: max?,
        weight: weight?,
        step: match grid {
            Some(grid) => Some(grid?),
            None => None,
        },
        scale: String::new(),
    })
}

impl Cards {
    /// Takes the next member of the list of scorecards.
    fn take(&mut self, at: usize, card: &Value) {
        self.count += 1;
        let (list, found) = (Step::Key(&Step::Root, "scorecards"), &mut self.mistakes);
        let step = Step::At(&list, at);
        let Some(map) = object(card, &step, &["project", "judge", "marks"], found) else { return };
        let mut named = |key: &'static str| {
            member(map, key, &step, found).and_then(|value| id(value, &Step::Key(&step, key), found))
        };
        let (project, judge) = (named("project"), named("judge"));
        let project = project.map(|id| self.judging.project(id));
        let judge = judge.map(|id| self.judging.judge(id));
        let in_marks = Step::Key(&step, "marks");
        let given = member(map, "marks", &step, found).and_then(|marks| any_object(marks, &in_marks, found));
        let mut marks = Vec::new();
        for (name, mark) in given.into_iter().flatten() {
            let Some(mark) = points(mark, &Step::Key(&in_marks, name), found) else { continue };
            let known = self.names.iter().position(|known| known == name);
            let name = known.unwrap_or_else(|| {
                self.names.push(name.clone());
                self.names.len() - 1
            });
            marks.push((name, mark));
        }
        if let (Some(project), Some(judge)) = (project, judge) {
            self.read.push(Read { at, project, judge, marks });
        }
    }

    /// Those that are listed come first, in the order of their list.
    fn arranged(mut self, map: &Map<String, Value>, found: &mut Mistakes) -> Cards {
        let projects = evening::listed(map, "projects", found);
        let judges = evening::listed(map, "judges", found);
        let (of_projects, all_projects) = evening::arranged(&projects, &self.judging.projects);
        let (of_judges, all_judges) = evening::arranged(&judges, &self.judging.judges);
        for card in &mut self.read {
            (card.project, card.judge) = (of_projects[card.project], of_judges[card.judge]);
        }
        let names = projects.into_iter().filter(|one| !one.name.is_empty());
        self.judging = Judging { names: names.map(|one| (one.id, one.name)).collect(), ..Judging::default() };
        all_projects.iter().for_each(|id| _ = self.judging.project(id));
        all_judges.iter().for_each(|id| _ = self.judging.judge(id));
        self
    }

    /// What counts. Without criteria that make sense, marks are not compared with any.
    fn counted(self, criteria: Option<&[Criterion]>, is_list: bool, found: &mut Mistakes) -> Judging {
        let Cards { mut judging, read, names, count, mistakes } = self;
        let sound = mistakes.is_empty();
        found.extend(mistakes);
        let before = found.len();
        let of = |name: &String| criteria?.iter().find(|criterion| criterion.id.as_str() == *name);
        let known: Vec<Option<&Criterion>> = names.iter().map(of).collect();
        let mut seats: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for Read { at, project, judge, marks } in read {
            let list = Step::Key(&Step::Root, "scorecards");
            let step = Step::At(&list, at);
            if let Some(&first) = seats.get(&(project, judge)) {
                let (judge, project) = (judging.judges[judge].clone(), judging.projects[project].clone());
                found.push(step.wrong(Wrong::Again { judge, project, first }));
            } else {
                seats.insert((project, judge), at);
            }
            let Some(criteria) = criteria else { continue };
            let mut fitting = BTreeMap::new();
            for (name, mark) in marks {
                let wrong = match known[name] {
                    None => Some(Wrong::NoCriterion(names[name].clone())),
                    Some(criterion) => {
                        fitting.insert(criterion.id.clone(), mark);
                        misfit(criterion, mark)
                    }
                };
                let in_marks = Step::Key(&step, "marks");
                found.extend(wrong.map(|wrong| Step::Key(&in_marks, &names[name]).wrong(wrong)));
            }
            if criteria.iter().all(|c| c.weight == 0 || fitting.contains_key(&c.id)) {
                judging.cards.push(OwnCard { project, judge, marks: fitting });
            }
        }
        // Of scorecards with mistakes nobody knows whether they would count.
        let nothing = judging.cards.is_empty() && sound && found.len() == before && criteria.is_some();
        if is_list && (count == 0 || nothing) {
            found.push(Step::Key(&Step::Root, "scorecards").wrong(Wrong::NoScorecard));
        }
        judging
    }
}

/// Why a mark cannot be one of this criterion.
fn misfit(criterion: &Criterion, mark: Points) -> Option<Wrong> {
    if mark.is_negative() {
        return Some(Wrong::BelowZero(mark));
    }
    if mark > criterion.max {
        return Some(Wrong::OverMaximum { mark, max: criterion.max });
    }
    let step = criterion.step.filter(|step| !mark.on_grid(*step))?;
    Some(Wrong::OffStep { mark, step })
}

/// The position of a project that scorecards name.
fn project(known: &BTreeMap<&str, usize>, id: &str, step: &Step<'_>, found: &mut Mistakes) -> Option<usize> {
    let at = known.get(id).copied();
    if at.is_none() {
        found.push(step.wrong(Wrong::NoProject(id.chars().take(64).collect())));
    }
    at
}

/// Ballots, deductions, overtime and the chair's decisions.
fn extras(map: &Map<String, Value>, judging: &mut Judging, found: &mut Mistakes) {
    let ids = judging.projects.clone();
    let known: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let top = |key: &'static str| Step::Key(&Step::Root, key);
    if let Some(tracks) = optional(map, "tracks") {
        for (project_id, name) in any_object(tracks, &top("tracks"), found).into_iter().flatten() {
            let in_tracks = top("tracks");
            let step = Step::Key(&in_tracks, project_id);
            let (at, name) = (project(&known, project_id, &step, found), id(name, &step, found));
            if let (Some(at), Some(name)) = (at, name) {
                judging.place(at, name);
            }
        }
    }
    let untracked = judging.untracked();
    found.extend(untracked.into_iter().map(|at| top("tracks").wrong(Wrong::NoTrack(ids[at].clone()))));
    if let Some(ballots) = optional(map, "ballots") {
        let mut votes = vec![0; ids.len()];
        for (id, count) in any_object(ballots, &top("ballots"), found).into_iter().flatten() {
            let in_ballots = top("ballots");
            let step = Step::Key(&in_ballots, id);
            let (at, count) = (project(&known, id, &step, found), whole(count, &step, found));
            if let (Some(at), Some(count)) = (at, count) {
                votes[at] = count;
            }
        }
        judging.ballots = Some(votes);
    }
    if let Some(deductions) = map.get("deductions") {
        for (at, one) in list(deductions, &top("deductions"), found).into_iter().flatten().enumerate() {
            let in_deductions = top("deductions");
            let one = deduction(&known, one, &Step::At(&in_deductions, at), found);
            judging.deductions.extend(one);
        }
    }
    if let Some(overtime) = optional(map, "overtime") {
        // A rule that could not be read may have a table.
        let without =
            judging.rule.overtime.is_none() && !found.iter().any(|one| one.path.starts_with("rule"));
        if without {
            found.push(top("overtime").wrong(Wrong::NoOvertimeTable));
        }
        for (id, secs) in any_object(overtime, &top("overtime"), found).into_iter().flatten() {
            let in_overtime = top("overtime");
            let step = Step::Key(&in_overtime, id);
            let (at, secs) = (project(&known, id, &step, found), small(secs, &step, found));
            if let (Some(at), Some(secs)) = (at, secs) {
                judging.overran(at, secs, "overtime");
            }
        }
    }
    if let Some(decisions) = map.get("decisions") {
        for (at, order) in list(decisions, &top("decisions"), found).into_iter().flatten().enumerate() {
            let in_decisions = top("decisions");
            let step = Step::At(&in_decisions, at);
            let mut decided = Vec::new();
            for (at, id) in list(order, &step, found).into_iter().flatten().enumerate() {
                let step = Step::At(&step, at);
                let id = text(id, &step, found);
                decided.extend(id.and_then(|id| project(&known, id, &step, found)));
            }
            judging.decisions.push(decided);
        }
    }
}

fn deduction(
    known: &BTreeMap<&str, usize>,
    value: &Value,
    step: &Step<'_>,
    found: &mut Mistakes,
) -> Option<Deduction> {
    let map = object(value, step, &["project", "points", "reason"], found)?;
    let at = |key: &'static str| Step::Key(step, key);
    let of = member(map, "project", step, found)
        .and_then(|id| text(id, &at("project"), found))
        .and_then(|id| project(known, id, &at("project"), found));
    let taken = member(map, "points", step, found).and_then(|value| points(value, &at("points"), found));
    if let Some(taken) = taken.filter(|taken| taken.is_negative()) {
        found.push(at("points").wrong(Wrong::BelowZero(taken)));
        return None;
    }
    let reason = map.get("reason").map_or(Some(""), |reason| text(reason, &at("reason"), found));
    Some(Deduction { project: of?, points: taken?, reason: reason?.to_owned() })
}
