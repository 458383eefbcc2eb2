//! "Explain this number": a score and a place unfolded down to the marks. Exact numbers are fractions as text.

use crate::domain::scoring::aggregate::Dropped;
use crate::domain::scoring::exact::shown;
use crate::domain::scoring::explain::{self, Explanation};
use crate::domain::scoring::rule::{RoundAt, Rounding, Rule};
use crate::domain::scoring::standings::Standings;
use crate::domain::scoring::table::Table;
use crate::domain::scoring::ties::Split;
use num_rational::BigRational;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An exact number and how it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exact {
    /// `"275/3"`
    pub exact: String,
    /// `"91.67"`
    pub shown: String,
}

/// A criterion that weighs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedCriterion {
    pub id: String,
    pub name: String,
    pub max: String,
    pub weight: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedMark {
    pub criterion: String,
    pub mark: String,
    /// Its part of the scorecard's total on 0–100.
    pub points: Exact,
    /// `highest` or `lowest` where it is left out of its criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub dropped: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedCard {
    /// Absent for a scorecard that was filled in with the mean of the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub judge: Option<String>,
    pub marks: Vec<ExplainedMark>,
    pub total: Exact,
    /// `highest` or `lowest` where the whole scorecard is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub dropped: Option<String>,
    /// In the severity model: the judge's effect, which is taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effect: Option<Exact>,
}

/// A criterion's panel score and its part of the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedStep {
    pub criterion: String,
    pub mean: Exact,
    /// The mean as it goes on, rounded where each step is.
    pub panel: Exact,
    pub product: Exact,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedAudience {
    #[ts(type = "number")]
    pub votes: u64,
    pub points: Exact,
    /// `"1/10"`
    pub share: String,
    pub mixed: Exact,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedDeduction {
    pub points: String,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedValue {
    pub project: String,
    pub value: String,
}

/// A step of the tie-break chain that split a group: what it compared, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedSplit {
    pub step: String,
    pub values: Vec<ExplainedValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedRounding {
    /// `half_away`, `half_even`, `truncate`
    pub mode: String,
    pub decimals: u8,
    /// `end` or `each_step`
    pub at: String,
}

/// A project's score and place, from the marks up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Explain {
    pub method: String,
    pub criteria: Vec<ExplainedCriterion>,
    pub cards: Vec<ExplainedCard>,
    /// Left out at each end.
    pub dropped: u32,
    /// Where marks are left out by criterion or each step is rounded; empty otherwise.
    pub steps: Vec<ExplainedStep>,
    /// What the judges gave.
    pub judged: Exact,
    pub raw_mean: Exact,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub audience: Option<ExplainedAudience>,
    pub deductions: Vec<ExplainedDeduction>,
    /// Before the one rounding.
    pub exact: String,
    pub rounding: ExplainedRounding,
    pub score: String,
    pub place: u32,
    /// Projects with the same score.
    pub tied_with: Vec<String>,
    pub splits: Vec<ExplainedSplit>,
    /// The step that decided the place; `share` where it stays shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub decided_by: Option<String>,
}

/// Names of a table's projects and judges.
pub struct Names<'a> {
    pub projects: &'a [String],
    pub judges: &'a [String],
}

/// Explains a ranked project; `None` for one that is not.
pub fn explain(standings: &Standings, names: &Names<'_>, project: usize) -> Option<Explain> {
    explain::explain(standings, project).map(|found| told(&standings.table, names, found))
}

fn told(table: &Table, names: &Names<'_>, found: Explanation) -> Explain {
    let rule = &table.rule;
    let number = |value: &BigRational| exact(value, rule);
    let criterion = |at: usize| table.criteria[at].id.to_string();
    let card = |card: &explain::Card| ExplainedCard {
        judge: card.judge.map(|judge| names.judges[judge].clone()),
        marks: card
            .marks
            .iter()
            .map(|mark| ExplainedMark {
                criterion: criterion(mark.criterion),
                mark: decimal(&mark.mark),
                points: number(&mark.points),
                dropped: mark.dropped.map(end),
            })
            .collect(),
        total: number(&card.total),
        dropped: card.dropped.map(end),
        effect: card.effect.as_ref().map(number),
    };
    let step = |step: &explain::Step| ExplainedStep {
        criterion: criterion(step.criterion),
        mean: number(&step.mean),
        panel: number(&step.panel),
        product: number(&step.product),
    };
    Explain {
        method: rule.method.name().to_owned(),
        criteria: criteria(table),
        cards: found.cards.iter().map(card).collect(),
        dropped: u32::try_from(found.dropped).unwrap_or(u32::MAX),
        steps: found.steps.iter().map(step).collect(),
        judged: number(&found.judged),
        raw_mean: number(&found.raw_mean),
        audience: found.blend.as_ref().map(|blend| ExplainedAudience {
            votes: blend.votes,
            points: number(&blend.points),
            share: blend.share.to_string(),
            mixed: number(&blend.mixed),
        }),
        deductions: found
            .deductions
            .iter()
            .map(|(points, reason)| ExplainedDeduction { points: points.to_string(), reason: reason.clone() })
            .collect(),
        exact: found.exact.to_string(),
        rounding: rounding(rule),
        score: found.score,
        place: found.place,
        tied_with: found.tied_with.iter().map(|&project| names.projects[project].clone()).collect(),
        splits: found.splits.iter().map(|one| split(one, names)).collect(),
        decided_by: found.decided_by.map(|tie| tie.to_string()),
    }
}

fn criteria(table: &Table) -> Vec<ExplainedCriterion> {
    let weighs = table.criteria.iter().filter(|criterion| criterion.weight > 0);
    let told = weighs.map(|criterion| ExplainedCriterion {
        id: criterion.id.to_string(),
        name: criterion.name.clone(),
        max: criterion.max.to_string(),
        weight: criterion.weight,
    });
    told.collect()
}

fn split(split: &Split, names: &Names<'_>) -> ExplainedSplit {
    let value = |(project, key): &(usize, crate::domain::scoring::ties::Key)| ExplainedValue {
        project: names.projects[*project].clone(),
        value: key.to_string(),
    };
    ExplainedSplit { step: split.step.to_string(), values: split.values.iter().map(value).collect() }
}

fn rounding(rule: &Rule) -> ExplainedRounding {
    let mode = match rule.rounding {
        Rounding::HalfAway => "half_away",
        Rounding::HalfEven => "half_even",
        Rounding::Truncate => "truncate",
    };
    let at = match rule.round_at {
        RoundAt::End => "end",
        RoundAt::EachStep => "each_step",
    };
    ExplainedRounding { mode: mode.to_owned(), decimals: rule.decimals, at: at.to_owned() }
}

fn end(dropped: Dropped) -> String {
    match dropped {
        Dropped::Highest => "highest".to_owned(),
        Dropped::Lowest => "lowest".to_owned(),
    }
}

fn exact(value: &BigRational, rule: &Rule) -> Exact {
    Exact { exact: value.to_string(), shown: shown(value, rule.decimals, rule.rounding) }
}

/// A mark as it was typed; a filled-in one to four places.
pub(super) fn decimal(value: &BigRational) -> String {
    let text = shown(value, 4, Rounding::HalfAway);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
