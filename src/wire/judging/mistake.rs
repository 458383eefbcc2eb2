//! What can be wrong with a judging's document. English is here; what a person reads in another language is made of the
//! same parts.

use crate::domain::kernel::points::{Points, PointsProblem};
use crate::domain::scoring::rule::RuleProblem;
use crate::domain::terms::rubric::RubricProblem;

/// What is wrong, and at which path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {wrong}")]
pub struct Mistake {
    pub path: String,
    pub wrong: Wrong,
}

/// What should stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Object,
    List,
    Text,
    Whole,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Object => "an object {…}",
            Kind::List => "a list […]",
            Kind::Text => "a text",
            Kind::Whole => "a whole number that is not negative",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("this is not JSON: {0}")]
    NotJson(String),
    #[error("this key stands twice")]
    Twice,
    #[error("there should be {}", .0.name())]
    Kind(Kind),
    #[error("{0:?} is missing")]
    Missing(&'static str),
    #[error("unknown field; there are {}", .0.join(", "))]
    Unknown(&'static [&'static str]),
    #[error("{0:?} is none of {list}", list = .1.join(", "))]
    NotOneOf(String, &'static [&'static str]),
    #[error("points are written as text, such as \"27.5\", never as a number")]
    Number,
    #[error("{0}")]
    Points(PointsProblem),
    #[error("{0:?} is no tie-break; there are {list}", list = .1.join(", "))]
    NoTieBreak(String, &'static [&'static str]),
    #[error("{0:?} has white space around it")]
    Spaced(String),
    #[error("an id has 1 to {0} characters")]
    Length(usize),
    #[error("an id has no control characters")]
    Control,
    #[error("{0}")]
    Rubric(RubricProblem),
    #[error("{0}")]
    Rule(RuleProblem),
    #[error("there is no criterion {0:?}")]
    NoCriterion(String),
    #[error("no scorecard names a project {0:?}")]
    NoProject(String),
    #[error("{0} is below zero")]
    BelowZero(Points),
    #[error("{mark} is over the highest mark {max}")]
    OverMaximum { mark: Points, max: Points },
    #[error("{mark} is off the step of {step}")]
    OffStep { mark: Points, step: Points },
    #[error("{judge} has a scorecard for {project} already: scorecards[{first}]")]
    Again { judge: String, project: String, first: usize },
    #[error("{0:?} is listed twice")]
    Listed(String),
    #[error("{judge} stands aside from {project} and has a scorecard for it")]
    Aside { judge: String, project: String },
    #[error("{0} is out and has a scorecard")]
    OutAndScored(String),
    #[error("the panel is empty: no scorecard counts")]
    NoScorecard,
    #[error("places are counted by track, and {0} has none")]
    NoTrack(String),
    #[error("the rule has no table for overtime")]
    NoOvertimeTable,
    #[error("{0}")]
    Value(String),
}
