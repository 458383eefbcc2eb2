//! What staff should know about standings that stand all the same, as data: the sentences are the pages' and the command's.

use crate::domain::scoring::rule;
use crate::domain::scoring::severity::Component;
use crate::domain::scoring::standings::{Standings, Warning};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names of a table's projects and judges.
pub struct Names<'a> {
    pub projects: &'a [String],
    pub judges: &'a [String],
}

impl Names<'_> {
    /// The names of these projects.
    pub fn of_projects(&self, projects: &[usize]) -> Vec<String> {
        projects.iter().map(|&project| self.projects[project].clone()).collect()
    }

    pub fn of_judges(&self, judges: &[usize]) -> Vec<String> {
        judges.iter().map(|&judge| self.judges[judge].clone()).collect()
    }
}

/// Projects and judges whom scorecards join, and no scorecard joins with others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Part {
    pub projects: Vec<String>,
    pub judges: Vec<String>,
}

impl Part {
    pub fn of(part: &Component, names: &Names<'_>) -> Self {
        Part { projects: names.of_projects(&part.projects), judges: names.of_judges(&part.judges) }
    }
}

/// The rule asks for more to be left out at each end than so few scorecards allow; with `dropped` 0 it is the plain mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Fallback {
    pub cards: u32,
    pub asked: u32,
    pub dropped: u32,
}

impl From<rule::Fallback> for Fallback {
    fn from(fallback: rule::Fallback) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Fallback {
            cards: count(fallback.cards),
            asked: count(fallback.asked),
            dropped: count(fallback.dropped),
        }
    }
}

/// A note on a round's standings, for host, chair and auditor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Note {
    /// Ranked projects have different numbers of scorecards.
    UnequalPanels { least: u32, most: u32 },
    /// The judge's severity rests on one scorecard.
    LonelyJudge { judge: String },
    /// Nothing is corrected between these parts.
    Unjoined { parts: Vec<Part> },
    /// These projects' scorecards could not be trimmed as the rule asks.
    Fallback { fallback: Fallback, projects: Vec<String> },
}

/// The notes on standings.
pub fn notes(standings: &Standings, names: &Names<'_>) -> Vec<Note> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let note = |warning: &Warning| match warning {
        Warning::UnequalPanels { least, most } => {
            Note::UnequalPanels { least: count(*least), most: count(*most) }
        }
        Warning::LonelyJudge { judge } => Note::LonelyJudge { judge: names.judges[*judge].clone() },
        Warning::Unjoined { parts } => {
            Note::Unjoined { parts: parts.iter().map(|part| Part::of(part, names)).collect() }
        }
        Warning::Fallback { fallback, projects } => {
            Note::Fallback { fallback: (*fallback).into(), projects: names.of_projects(projects) }
        }
    };
    standings.warnings.iter().map(note).collect()
}
