//! A whole set-up, as a workbook brings it.

use crate::domain::kernel::ids::{JudgeId, ProjectId};
use crate::domain::scoring::rule::Rule;
use crate::domain::terms::programme::{Segment, Timing, WindowPolicy};
use crate::domain::terms::roster::Judge;
use crate::domain::terms::rubric::Criterion;
use std::collections::BTreeSet;

/// A whole set-up at once, as a workbook brings it. All or nothing.
/// A part that is `None` or empty is left as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blueprint {
    /// In the order of their first appearance; a project names its track by position here.
    pub tracks: Vec<String>,
    pub projects: Vec<BlueprintProject>,
    pub judges: Vec<Judge>,
    pub chair: Option<JudgeId>,
    pub criteria: Vec<Criterion>,
    pub rule: Option<Rule>,
    /// The rule names no method: it has the panel's.
    pub method_by_panel: bool,
    pub timing: Option<Timing>,
    pub window: Option<WindowPolicy>,
    pub segments: Vec<BlueprintSegment>,
    pub changes: Changes,
}

/// What a blueprint does to what is there already; without it everything in it is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Rows that are changes of the project that has their id.
    pub projects: BTreeSet<ProjectId>,
    pub judges: BTreeSet<JudgeId>,
    /// To be taken out.
    pub gone_projects: Vec<ProjectId>,
    pub gone_judges: Vec<JudgeId>,
    /// The running order of those that are there.
    pub order: Option<Vec<ProjectId>>,
    /// The programme comes in the place of the one that is there.
    pub programme: bool,
}

/// A segment by the place that the workbook gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlueprintSegment {
    pub segment: Segment,
    /// It comes before this project, wherever that stands in the running order; else `segment.after` holds.
    pub before: Option<ProjectId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlueprintProject {
    pub id: ProjectId,
    /// What the organiser calls it instead of its number; perhaps empty.
    pub code: String,
    pub name: String,
    /// Proposed from the name where the workbook has none.
    pub short: String,
    /// Index into [`Blueprint::tracks`].
    pub track: Option<usize>,
    pub unit: String,
    pub presenter: String,
    /// How the MC says the names.
    pub say: String,
}
