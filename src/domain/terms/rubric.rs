//! The rubric: what is marked, up to how much, on which grid, and how much it weighs.

use crate::domain::kernel::points::Points;
use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A criterion's id, `c1`; 1–32 characters without surrounding white space. Scorecards share the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub struct CriterionId(Arc<str>);

impl CriterionId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CriterionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CriterionId {
    type Err = RubricProblem;
    fn from_str(text: &str) -> Result<Self, RubricProblem> {
        let fits = !text.is_empty() && text.chars().count() <= 32 && text.trim() == text;
        if fits { Ok(CriterionId(text.into())) } else { Err(RubricProblem::BadId { id: text.to_owned() }) }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    pub id: CriterionId,
    pub name: String,
    pub max: Points,
    pub weight: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Points>,
    /// What the marks mean.
    #[serde(default)]
    pub scale: String,
}

/// Why criteria are no rubric.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RubricProblem {
    #[error("a criterion's id is 1 to 32 characters without surrounding white space, not {id:?}")]
    BadId { id: String },
    #[error("a rubric needs a criterion with a weight above 0")]
    NoWeight,
    #[error("criterion {id} stands twice")]
    Twice { id: String },
    #[error("criterion {id}: the highest mark must be above 0")]
    BadMax { id: String },
    #[error("criterion {id}: the step must be above 0 and fit into the highest mark")]
    BadStep { id: String },
    #[error("a rubric has at most {max} criteria")]
    TooMany { max: usize },
}

/// What is wrong with the marks of a scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkProblem {
    Missing { criterion: CriterionId },
    Unknown { criterion: CriterionId },
    OutOfRange { criterion: CriterionId, mark: Points, max: Points },
    OffStep { criterion: CriterionId, mark: Points, step: Points },
}

/// Criteria that make sense together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    criteria: Vec<Criterion>,
}

impl Rubric {
    pub const CRITERIA_MAX: usize = 40;

    pub fn new(criteria: Vec<Criterion>) -> Result<Self, RubricProblem> {
        if criteria.len() > Self::CRITERIA_MAX {
            return Err(RubricProblem::TooMany { max: Self::CRITERIA_MAX });
        }
        if criteria.iter().all(|criterion| criterion.weight == 0) {
            return Err(RubricProblem::NoWeight);
        }
        for (at, criterion) in criteria.iter().enumerate() {
            let id = criterion.id.to_string();
            if criteria[..at].iter().any(|other| other.id == criterion.id) {
                return Err(RubricProblem::Twice { id });
            }
            if criterion.max <= Points::ZERO {
                return Err(RubricProblem::BadMax { id });
            }
            if criterion.step.is_some_and(|step| step <= Points::ZERO || step > criterion.max) {
                return Err(RubricProblem::BadStep { id });
            }
        }
        Ok(Rubric { criteria })
    }

    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }
}

/// A mark for every criterion that weighs, each within its range and on its grid, and none else.
///
/// # Errors
/// The first mark that is not so.
pub fn check(criteria: &[Criterion], marks: &BTreeMap<CriterionId, Points>) -> Result<(), MarkProblem> {
    for criterion in criteria {
        let id = || criterion.id.clone();
        let Some(&mark) = marks.get(&criterion.id) else {
            if criterion.weight > 0 {
                return Err(MarkProblem::Missing { criterion: id() });
            }
            continue;
        };
        if mark.is_negative() || mark > criterion.max {
            return Err(MarkProblem::OutOfRange { criterion: id(), mark, max: criterion.max });
        }
        if let Some(step) = criterion.step.filter(|step| !mark.on_grid(*step)) {
            return Err(MarkProblem::OffStep { criterion: id(), mark, step });
        }
    }
    let unknown = marks.keys().find(|id| criteria.iter().all(|criterion| criterion.id != **id));
    unknown.map_or(Ok(()), |id| Err(MarkProblem::Unknown { criterion: id.clone() }))
}
