//! A judging as a JSON document: what `podium tally` reads. Strict: unknown and doubled keys, floats and marks that
//! cannot be are refused with the path of the place.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::deduct::Deduction;
use crate::domain::scoring::judging::{Judging, OwnCard};
use crate::domain::scoring::rule::{Rule, RuleProblem};
use crate::domain::terms::rubric::{Criterion, CriterionId, Rubric};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// What is wrong, and at which path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct BadInput {
    pub path: String,
    pub message: String,
}

fn bad(path: impl Into<String>, message: impl Into<String>) -> BadInput {
    BadInput { path: path.into(), message: message.into() }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    rule: Rule,
    criteria: Vec<CriterionIn>,
    scorecards: Vec<CardIn>,
    #[serde(default)]
    ballots: Option<Unique<u64>>,
    #[serde(default)]
    deductions: Vec<DeductionIn>,
    /// Whole seconds over by project; the rule's table says what they cost.
    #[serde(default)]
    overtime: Option<Unique<u32>>,
    /// The chair's decisions: projects of a tie in the order decided.
    #[serde(default)]
    decisions: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionIn {
    id: CriterionId,
    #[serde(default)]
    name: String,
    max: Points,
    weight: u32,
    #[serde(default)]
    step: Option<Points>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardIn {
    project: String,
    judge: String,
    marks: Unique<Points>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeductionIn {
    project: String,
    points: Points,
    #[serde(default)]
    reason: String,
}

/// An object in which no key stands twice.
struct Unique<V>(BTreeMap<String, V>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Unique<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Keys<V> {
            type Value = BTreeMap<String, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut all = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<String, V>()? {
                    if all.insert(key.clone(), value).is_some() {
                        return Err(serde::de::Error::custom(format!("{key:?} stands twice")));
                    }
                }
                Ok(all)
            }
        }
        deserializer.deserialize_map(Keys(PhantomData)).map(Unique)
    }
}

/// Reads the document. A scorecard with a hole is a draft: it does not count, its project and judge are known.
pub fn read(bytes: &[u8]) -> Result<Judging, BadInput> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let document: Document = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        bad(if path == "." { "document" } else { &path }, error.inner().to_string())
    })?;
    json.end().map_err(|error| bad("document", error.to_string()))?;
    document.judging()
}

impl Document {
    fn judging(self) -> Result<Judging, BadInput> {
        let criterion = |one: CriterionIn| Criterion {
            id: one.id,
            name: one.name,
            max: one.max,
            weight: one.weight,
            step: one.step,
            scale: String::new(),
        };
        let criteria: Vec<Criterion> = self.criteria.into_iter().map(criterion).collect();
        Rubric::new(criteria.clone()).map_err(|problem| bad("criteria", problem.to_string()))?;
        self.rule.check(&criteria).map_err(|problem| match problem {
            RuleProblem::Overtime(problem) => bad("rule.overtime", problem.to_string()),
            problem => bad("rule", problem.to_string()),
        })?;
        let mut judging = Judging { rule: self.rule, criteria, ..Judging::default() };
        for (at, card) in self.scorecards.into_iter().enumerate() {
            scorecard(&mut judging, at, card)?;
        }
        if judging.cards.is_empty() {
            return Err(bad("scorecards", "the panel is empty: no scorecard counts"));
        }
        let known = judging.projects.clone();
        let project = |path: String, id: &str| {
            let at = known.iter().position(|known| known == id);
            at.ok_or_else(|| bad(path, format!("no scorecard names a project {id:?}")))
        };
        if let Some(Unique(ballots)) = self.ballots {
            let mut votes = vec![0; known.len()];
            for (id, count) in ballots {
                votes[project(format!("ballots.{id}"), &id)?] = count;
            }
            judging.ballots = Some(votes);
        }
        for (at, one) in self.deductions.into_iter().enumerate() {
            let path = format!("deductions[{at}]");
            if one.points.is_negative() {
                return Err(bad(format!("{path}.points"), "a deduction is not negative"));
            }
            let project = project(format!("{path}.project"), &one.project)?;
            judging.deductions.push(Deduction { project, points: one.points, reason: one.reason });
        }
        if let Some(Unique(overtime)) = self.overtime {
            if judging.rule.overtime.is_none() {
                return Err(bad("overtime", "the rule has no table for overtime"));
            }
            for (id, secs) in overtime {
                let project = project(format!("overtime.{id}"), &id)?;
                judging.overran(project, secs, "overtime");
            }
        }
        for (at, order) in self.decisions.iter().enumerate() {
            let order = order.iter().map(|id| project(format!("decisions[{at}]"), id));
            judging.decisions.push(order.collect::<Result<_, _>>()?);
        }
        Ok(judging)
    }
}

/// Longest id of a project or a judge, in characters.
const ID_CHARS_MAX: usize = 64;

fn id(path: String, id: &str) -> Result<(), BadInput> {
    if id.trim() != id {
        return Err(bad(path, format!("{id:?} has white space around it")));
    }
    let length = id.chars().count();
    if (1..=ID_CHARS_MAX).contains(&length) {
        Ok(())
    } else {
        Err(bad(path, format!("an id has 1 to {ID_CHARS_MAX} characters")))
    }
}

fn scorecard(judging: &mut Judging, at: usize, card: CardIn) -> Result<(), BadInput> {
    let path = format!("scorecards[{at}]");
    id(format!("{path}.project"), &card.project)?;
    id(format!("{path}.judge"), &card.judge)?;
    let mut marks = BTreeMap::new();
    for (name, mark) in card.marks.0 {
        let path = format!("{path}.marks.{name}");
        let criterion = judging.criteria.iter().find(|criterion| criterion.id.as_str() == name);
        let criterion = criterion.ok_or_else(|| bad(&path, format!("there is no criterion {name:?}")))?;
        mark_fits(criterion, mark).map_err(|message| bad(&path, message))?;
        marks.insert(criterion.id.clone(), mark);
    }
    let (project, judge) = (judging.project(&card.project), judging.judge(&card.judge));
    if judging.cards.iter().any(|known| (known.project, known.judge) == (project, judge)) {
        let message = format!("{} has a scorecard for {} already", card.judge, card.project);
        return Err(bad(path, message));
    }
    let complete = judging.criteria.iter().all(|c| c.weight == 0 || marks.contains_key(&c.id));
    if complete {
        judging.cards.push(OwnCard { project, judge, marks });
    }
    Ok(())
}

/// Whether a mark can be one of this criterion; else why not.
pub fn mark_fits(criterion: &Criterion, mark: Points) -> Result<(), String> {
    if mark.is_negative() {
        return Err(format!("{mark} is below 0"));
    }
    if mark > criterion.max {
        return Err(format!("{mark} is over the highest mark {}", criterion.max));
    }
    match criterion.step.filter(|step| !mark.on_grid(*step)) {
        Some(step) => Err(format!("{mark} is off the step of {step}")),
        None => Ok(()),
    }
}
