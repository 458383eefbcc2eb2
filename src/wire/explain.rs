//! "Explain this number": a score and a place unfolded down to the marks. Exact numbers are fractions as text.

use crate::domain::scoring::aggregate::Dropped;
use crate::domain::scoring::exact::shown;
use crate::domain::scoring::explain::{self, Explanation};
use crate::domain::scoring::rule::{RoundAt, Rounding, Rule, Tie};
use crate::domain::scoring::standings::Standings;
use crate::domain::scoring::table::Table;
use crate::domain::scoring::ties::Split;
use crate::wire::notes::{Fallback, Names, Part};
use crate::wire::phase::PhaseName;
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
    /// True where an equal mark counts: this one was submitted last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub later_of_equals: Option<bool>,
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
    /// True where an equal total counts: this scorecard was submitted last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub later_of_equals: Option<bool>,
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

/// A step of the tie-break chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TieStep {
    /// `exact`, `criterion`, `countback`, …; `share` where the place stays shared.
    pub step: String,
    /// The criterion's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub criterion: Option<String>,
}

/// The next better place, and how far away it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedGap {
    pub place: u32,
    pub projects: Vec<String>,
    /// Between the published scores.
    pub points: String,
    /// What decided where that is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub parted_by: Option<TieStep>,
}

/// The mean mark of a criterion beside that of all ranked projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainedAgainst {
    pub criterion: String,
    pub own: Exact,
    pub field: Exact,
    /// `strongest` or `weakest`, by the share of the highest mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub standing: Option<String>,
}

/// A project's score and place, from the marks up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Explain {
    pub method: String,
    pub criteria: Vec<ExplainedCriterion>,
    pub cards: Vec<ExplainedCard>,
    /// Left out at each end.
    pub dropped: u32,
    /// Where that is less than the rule asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fallback: Option<Fallback>,
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
    /// 0 where it is out.
    pub place: u32,
    /// It takes part in nothing that ranks: this is its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub out: Option<PhaseName>,
    /// Projects with the same score.
    pub tied_with: Vec<String>,
    pub splits: Vec<ExplainedSplit>,
    /// The step that decided the place; `share` where it stays shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub decided_by: Option<String>,
    /// What parted it from its neighbours above and below, where they have the same published score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub above: Option<TieStep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub below: Option<TieStep>,
    /// Absent for the first place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub gap: Option<ExplainedGap>,
    /// By criterion; empty where there is no field to compare with.
    #[serde(default)]
    pub against: Vec<ExplainedAgainst>,
    /// In the severity model: the parts that no judge joins. Nothing is corrected between them.
    #[serde(default)]
    pub unjoined: Vec<Part>,
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
                later_of_equals: mark.later_of_equals.then_some(true),
            })
            .collect(),
        total: number(&card.total),
        dropped: card.dropped.map(end),
        later_of_equals: card.later_of_equals.then_some(true),
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
        fallback: found.fallback.map(Fallback::from),
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
        against: against(table, &found),
        gap: found.gap.as_ref().map(|gap| ExplainedGap {
            place: gap.place,
            projects: names.of_projects(&gap.projects),
            points: gap.points.clone(),
            parted_by: gap.parted_by.as_ref().map(TieStep::from),
        }),
        above: found.above.as_ref().map(TieStep::from),
        below: found.below.as_ref().map(TieStep::from),
        unjoined: found.unjoined.iter().map(|part| Part::of(part, names)).collect(),
        score: found.score,
        place: found.place,
        out: None,
        tied_with: names.of_projects(&found.tied_with),
        splits: found.splits.iter().map(|one| split(one, names)).collect(),
        decided_by: found.decided_by.map(|tie| tie.to_string()),
    }
}

fn against(table: &Table, found: &Explanation) -> Vec<ExplainedAgainst> {
    let stands = |at: usize| match at {
        at if found.strongest == Some(at) => Some("strongest".to_owned()),
        at if found.weakest == Some(at) => Some("weakest".to_owned()),
        _ => None,
    };
    let one = |one: &explain::Against| ExplainedAgainst {
        criterion: table.criteria[one.criterion].id.to_string(),
        own: exact(&one.own, &table.rule),
        field: exact(&one.field, &table.rule),
        standing: stands(one.criterion),
    };
    found.against.iter().map(one).collect()
}

impl Explain {
    /// Of who is out: the score as it was made, beside nobody.
    pub fn out(self, phase: PhaseName) -> Self {
        let (tied_with, splits) = (Vec::new(), Vec::new());
        let none = Explain { place: 0, out: Some(phase), tied_with, splits, ..self };
        Explain { gap: None, above: None, below: None, decided_by: None, against: Vec::new(), ..none }
    }
}

impl From<&Tie> for TieStep {
    fn from(tie: &Tie) -> Self {
        match tie {
            Tie::Criterion(id) => TieStep { step: "criterion".to_owned(), criterion: Some(id.to_string()) },
            other => TieStep { step: other.to_string(), criterion: None },
        }
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
