//! The judges' plates as the hall sees them: a total once its plate has turned, a strike once it is struck, the score once it
//! stands. Made from [`Revealed`] alone.

use super::revealed::Revealed;
use crate::domain::kernel::ids::JudgeId;
use crate::domain::query::result;
use crate::domain::scoring::aggregate::Dropped;
use crate::domain::scoring::exact;
use crate::domain::scoring::explain::{self, Explanation};
use crate::domain::scoring::rule::Method;
use crate::domain::state::pitch::{Deducted, Pitch};
use crate::domain::state::plates::Plates;
use crate::domain::state::round::Round;
use crate::domain::state::tables::RoundResult;
use crate::domain::terms::plates::{PlateStep, Turning};
use crate::wire::explain::decimal;
use crate::wire::notes::Fallback;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the hall has been shown of the plates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PlateStepName {
    /// So many, in the order of the seats; 0: face down.
    Turned(u16),
    /// What the rule leaves out is struck.
    Struck,
    /// The score stands, with what was taken off.
    Scored,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlatesInfo {
    pub pitch: String,
    pub step: PlateStepName,
    /// In the order of the seats.
    pub plates: Vec<PlateInfo>,
    /// Once struck, where marks are left out within each criterion and no judge's total is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PlateCriterion>>")]
    pub criteria: Vec<PlateCriterion>,
    /// Every plate has turned, and of so few the rule cannot leave out what it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fallback: Option<Fallback>,
    /// The final score is the mean of the plates that count; else the rule makes it in its own way.
    pub mean: bool,
    /// Once it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub score: Option<String>,
    /// Points taken off, with the score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PlateDeduction>>")]
    pub deductions: Vec<PlateDeduction>,
}

/// Points taken off the final score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlateDeduction {
    /// Decimal string.
    pub points: String,
    pub reason: String,
    /// Milliseconds over, where it was taken for overtime.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub over_ms: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlateInfo {
    /// `J3`
    pub judge: String,
    pub name: String,
    /// 0–100, decimal string; absent while the plate is face down, and where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub total: Option<String>,
    /// Why there is no total: known of recusals and abstentions from the start, of a missing scorecard once plates turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub without: Option<WithoutName>,
    /// Left out by the rule, once struck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub dropped: Option<EndName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum WithoutName {
    Recused,
    Abstained,
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum EndName {
    Highest,
    Lowest,
}

/// A criterion whose highest and lowest marks are left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlateCriterion {
    pub name: String,
    /// Marks, as they were given.
    pub highest: Vec<String>,
    pub lowest: Vec<String>,
    /// Points that the criterion brings, decimal string.
    pub points: String,
}

impl From<PlateStep> for PlateStepName {
    fn from(step: PlateStep) -> Self {
        match step {
            PlateStep::Turned(count) => PlateStepName::Turned(count),
            PlateStep::Struck => PlateStepName::Struck,
            PlateStep::Scored => PlateStepName::Scored,
        }
    }
}

/// The plates that are up; face down they are known from the panel.
pub fn plates(revealed: &Revealed, round: &Round) -> Option<PlatesInfo> {
    let stage = &revealed.show.stage;
    let up = revealed.published.plates.as_deref();
    let id = up.map(|plates| plates.pitch).or(stage.announcing)?;
    let pitch = round.pitches.get(&id.project).filter(|pitch| pitch.id == id)?;
    if round.window.plates == Turning::None && up.is_none() {
        return None;
    }
    let step = up.map_or(PlateStep::Turned(0), |plates| plates.step);
    let computed = up.and_then(|_| result::of_plates(round, revealed.published).ok());
    let at = computed.as_ref().and_then(|computed| computed.position(id));
    let explained = computed.as_ref().zip(at).and_then(|(found, at)| explain::explain(&found.standings, at));
    let struck = explained.as_ref().filter(|_| step >= PlateStep::Struck);
    let scored = step >= PlateStep::Scored;
    let all = Faces { revealed, round, pitch, up, step };
    let mut turned = 0;
    let every =
        up.is_some_and(|up| u16::try_from(up.cards.len()).is_ok_and(|n| step >= PlateStep::Turned(n)));
    Some(PlatesInfo {
        fallback: explained.as_ref().filter(|_| every).and_then(|found| found.fallback).map(Fallback::from),
        pitch: id.to_string(),
        step: step.into(),
        plates: round
            .panel
            .iter()
            .map(|judge| all.face(*judge, &mut turned, struck, computed.as_deref()))
            .collect(),
        criteria: struck.map(|found| criteria(round, found)).unwrap_or_default(),
        mean: matches!(round.rule.method, Method::Mean | Method::TrimmedMean),
        score: computed
            .as_ref()
            .zip(at)
            .filter(|_| scored)
            .and_then(|(found, at)| found.score(at))
            .map(str::to_owned),
        deductions: up
            .filter(|_| scored)
            .map_or_else(Vec::new, |plates| plates.deductions.iter().map(deduction).collect()),
    })
}

struct Faces<'a> {
    revealed: &'a Revealed<'a>,
    round: &'a Round,
    pitch: &'a Pitch,
    up: Option<&'a Plates>,
    step: PlateStep,
}

impl Faces<'_> {
    /// One judge's plate; `turned` counts those that could turn before it.
    fn face(
        &self,
        judge: JudgeId,
        turned: &mut u16,
        struck: Option<&Explanation>,
        computed: Option<&RoundResult>,
    ) -> PlateInfo {
        let card = self.up.and_then(|up| up.cards.iter().find(|(of, _)| *of == judge)).map(|(_, card)| card);
        let without = match card {
            Some(_) => None,
            None if self.pitch.recused.contains_key(&judge) => Some(WithoutName::Recused),
            None if self.pitch.abstained.contains_key(&judge) => Some(WithoutName::Abstained),
            None => self.up.map(|_| WithoutName::Missing),
        };
        let shows = card.filter(|_| {
            *turned += 1;
            PlateStep::Turned(*turned) <= self.step
        });
        let position = computed.and_then(|found| found.judges.iter().position(|one| *one == judge));
        let line = struck
            .and_then(|found| found.cards.iter().find(|card| card.judge.is_some() && card.judge == position));
        PlateInfo {
            judge: judge.to_string(),
            name: self.revealed.judges.get(&judge).map(|judge| judge.name.clone()).unwrap_or_default(),
            total: shows.map(|card| result::card_total(self.round, card)),
            without,
            dropped: line.and_then(|card| card.dropped).map(end),
        }
    }
}

fn deduction(one: &Deducted) -> PlateDeduction {
    PlateDeduction { points: one.points.to_string(), reason: one.reason.clone(), over_ms: one.over_ms }
}

fn end(dropped: Dropped) -> EndName {
    match dropped {
        Dropped::Highest => EndName::Highest,
        Dropped::Lowest => EndName::Lowest,
    }
}

/// Criteria with what they leave out; none where whole scorecards are left out.
fn criteria(round: &Round, found: &Explanation) -> Vec<PlateCriterion> {
    let marks = |criterion: usize, which: Dropped| -> Vec<String> {
        let of = |card: &explain::Card| {
            let mark = card.marks.iter().find(|mark| mark.criterion == criterion)?;
            (mark.dropped == Some(which)).then(|| decimal(&mark.mark))
        };
        found.cards.iter().filter_map(of).collect()
    };
    if !found.by_criterion() {
        return Vec::new();
    }
    let row = |step: &explain::Step| PlateCriterion {
        name: round.criteria.get(step.criterion).map(|one| one.name.clone()).unwrap_or_default(),
        highest: marks(step.criterion, Dropped::Highest),
        lowest: marks(step.criterion, Dropped::Lowest),
        points: exact::shown(&step.product, round.rule.decimals, round.rule.rounding),
    };
    found.steps.iter().map(row).collect()
}
