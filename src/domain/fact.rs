//! What happened. Facts are the only thing that is stored; a variant or field is never altered or removed once
//! a journal may hold it (frozen fixtures under `tests/fixtures/journal` say so).

use crate::domain::command::About;
use crate::domain::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId};
use crate::domain::points::Points;
use crate::domain::programme::{Scene, Timing};
use crate::domain::roster::{Judge, Project, Track};
use crate::domain::rubric::{Criterion, CriterionId};
use crate::domain::scoring::rule::Rule;
use crate::domain::signature::Strokes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fact {
    ContestCreated {
        code: ContestCode,
        about: About,
    },
    AboutChanged {
        about: About,
    },
    RoundAdded {
        round: RoundId,
        name: String,
    },
    TrackAdded {
        track: Track,
    },
    ProjectAdded {
        project: Project,
    },
    ProjectChanged {
        project: Project,
    },
    JudgeAdded {
        judge: Judge,
    },
    JudgeChanged {
        judge: Judge,
    },
    PanelSet {
        round: RoundId,
        judges: Vec<JudgeId>,
        chair: Option<JudgeId>,
    },
    RubricSet {
        round: RoundId,
        criteria: Vec<Criterion>,
    },
    RuleSet {
        round: RoundId,
        rule: Rule,
    },
    TimingSet {
        round: RoundId,
        timing: Timing,
    },
    RunningOrderSet {
        round: RoundId,
        order: Vec<ProjectId>,
    },
    PitchStarted {
        pitch: PitchId,
    },
    QaStarted {
        pitch: PitchId,
    },
    WindowOpened {
        pitch: PitchId,
    },
    WindowClosed {
        pitch: PitchId,
    },
    PitchRevealed {
        pitch: PitchId,
    },
    PitchMarkedAbsent {
        pitch: PitchId,
    },
    PitchWithdrawn {
        pitch: PitchId,
        reason: String,
    },
    PitchBroughtBack {
        pitch: PitchId,
    },
    SceneShown {
        scene: Scene,
    },
    ContestFinished,
    ScorecardSubmitted {
        pitch: PitchId,
        judge: JudgeId,
        version: u32,
        marks: BTreeMap<CriterionId, Points>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comment: String,
    },
    ScorecardReopened {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    TieDecided {
        round: RoundId,
        order: Vec<ProjectId>,
        reason: String,
    },
    RecusalDeclared {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    RecusalWithdrawn {
        pitch: PitchId,
        judge: JudgeId,
    },
    AbstentionDeclared {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    AbstentionWithdrawn {
        pitch: PitchId,
        judge: JudgeId,
    },
    ReopeningWithdrawn {
        pitch: PitchId,
        judge: JudgeId,
    },
    PitchConfirmed {
        pitch: PitchId,
    },
    ScorecardsSigned {
        round: RoundId,
        judge: JudgeId,
        digest: String,
        strokes: Strokes,
    },
}
