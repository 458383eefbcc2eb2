//! The rule of a round: how marks become scores and scores become places. Everything has a default.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::audience::Audience;
use crate::domain::scoring::field::{Naming, Ranking};
use crate::domain::scoring::overtime::{OvertimeProblem, OvertimeRule};
use crate::domain::terms::rubric::{Criterion, CriterionId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How a project's scorecards become one score.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Mean,
    #[default]
    TrimmedMean,
    Median,
    RankSum,
    Severity,
}

impl Method {
    pub const ALL: [Method; 5] =
        [Method::Mean, Method::TrimmedMean, Method::Median, Method::RankSum, Method::Severity];

    pub fn name(self) -> &'static str {
        match self {
            Method::Mean => "mean",
            Method::TrimmedMean => "trimmed_mean",
            Method::Median => "median",
            Method::RankSum => "rank_sum",
            Method::Severity => "severity",
        }
    }

    /// The method of a rule that names none, whatever else it says.
    pub fn of_panel(judges: usize) -> Self {
        if judges >= 5 { Method::TrimmedMean } else { Method::Mean }
    }

    /// The lowest number wins.
    pub fn lowest_wins(self) -> bool {
        self == Method::RankSum
    }
}

/// What a trimmed mean leaves out: whole scorecards, or marks criterion by criterion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trim {
    #[default]
    Judge,
    Criterion,
}

/// What stands for a scorecard that is not there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    #[default]
    LeaveOut,
    /// The mean of the project's other scorecards.
    FillMean,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    #[default]
    HalfAway,
    HalfEven,
    Truncate,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundAt {
    #[default]
    End,
    /// Each criterion's panel score, then each weighted product.
    EachStep,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankOn {
    /// Equal printed scores are equal.
    #[default]
    Published,
    Exact,
}

/// One step of the chain that separates equal scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tie {
    Exact,
    Criterion(CriterionId),
    Countback,
    HeadToHead,
    Median,
    UntrimmedSum,
    Highest,
    Lot,
    Chair,
    Share,
}

impl fmt::Display for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tie::Exact => f.write_str("exact"),
            Tie::Criterion(id) => write!(f, "criterion:{id}"),
            Tie::Countback => f.write_str("countback"),
            Tie::HeadToHead => f.write_str("head_to_head"),
            Tie::Median => f.write_str("median"),
            Tie::UntrimmedSum => f.write_str("untrimmed_sum"),
            Tie::Highest => f.write_str("highest"),
            Tie::Lot => f.write_str("lot"),
            Tie::Chair => f.write_str("chair"),
            Tie::Share => f.write_str("share"),
        }
    }
}

/// No step of the tie-break chain has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no tie-break; there are exact, criterion:ID, countback, head_to_head, median, untrimmed_sum, highest, lot, chair, share"
)]
pub struct NoTieBreak(String);

impl FromStr for Tie {
    type Err = NoTieBreak;
    fn from_str(text: &str) -> Result<Self, NoTieBreak> {
        let unknown = || NoTieBreak(text.chars().take(60).collect());
        Ok(match text {
            "exact" => Tie::Exact,
            "countback" => Tie::Countback,
            "head_to_head" => Tie::HeadToHead,
            "median" => Tie::Median,
            "untrimmed_sum" => Tie::UntrimmedSum,
            "highest" => Tie::Highest,
            "lot" => Tie::Lot,
            "chair" => Tie::Chair,
            "share" => Tie::Share,
            _ => {
                let id = text.strip_prefix("criterion:").ok_or_else(unknown)?;
                Tie::Criterion(id.parse().map_err(|_| unknown())?)
            }
        })
    }
}

impl TryFrom<String> for Tie {
    type Error = NoTieBreak;
    fn try_from(text: String) -> Result<Self, NoTieBreak> {
        text.parse()
    }
}

impl From<Tie> for String {
    fn from(tie: Tie) -> Self {
        tie.to_string()
    }
}

/// The rule asks for more to be left out at each end than so few scorecards allow. With nothing left out the trimmed mean is
/// the plain mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fallback {
    pub cards: usize,
    pub asked: usize,
    pub dropped: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    pub method: Method,
    pub trim: Trim,
    /// Scorecards (or marks) left out at each end, where enough stay.
    pub drop: u32,
    /// At least so many stay.
    pub min_keep: u32,
    pub missing: Missing,
    pub decimals: u8,
    pub rounding: Rounding,
    pub round_at: RoundAt,
    pub rank_on: RankOn,
    /// Fewer scorecards than this: not ranked. Without it the smaller of 3 and the panel's size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_judges: Option<u32>,
    /// Of the severity model.
    pub lambda: Points,
    /// Without it: exact, the first criterion that weighs, count-back, head to head, median, share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ties: Option<Vec<Tie>>,
    /// Of the lot; it adds no step to the chain by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    pub audience: Audience,
    /// Without it no time over costs anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overtime: Option<OvertimeRule>,
    #[serde(skip_serializing_if = "Naming::is_usual")]
    pub disqualified: Naming,
    #[serde(skip_serializing_if = "Ranking::is_usual")]
    pub ranking: Ranking,
}

impl Default for Rule {
    fn default() -> Self {
        Rule {
            method: Method::default(),
            trim: Trim::default(),
            drop: 1,
            min_keep: 3,
            missing: Missing::default(),
            decimals: 2,
            rounding: Rounding::default(),
            round_at: RoundAt::default(),
            rank_on: RankOn::default(),
            min_judges: None,
            lambda: Points::from_ticks(Points::TICKS),
            ties: None,
            seed: None,
            audience: Audience::default(),
            overtime: None,
            disqualified: Naming::default(),
            ranking: Ranking::default(),
        }
    }
}

/// Why a rule is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    #[error("a score has 0 to 4 decimals, not {0}")]
    Decimals(u8),
    #[error("min_keep is at least 1")]
    MinKeep,
    #[error("min_judges is at least 1")]
    MinJudges,
    #[error("lambda is 0 or more, not {0}")]
    Lambda(Points),
    #[error("the audience's share is 0 to 0.5, not {0}")]
    Share(Points),
    #[error("a rank sum takes no audience share")]
    RankSumWithAudience,
    #[error("a rank sum takes no deductions, so it has no table for overtime")]
    RankSumWithOvertime,
    #[error("the score of a rank sum is one list's: it ranks overall or by track, not both")]
    RankSumOfBoth,
    #[error("overtime: {0}")]
    Overtime(#[from] OvertimeProblem),
    #[error("only the mean and the trimmed mean can be rounded at each step")]
    NoSteps,
    #[error("a rank sum and the severity model need no scorecards filled in")]
    NothingToFill,
    #[error("tie-break {tie}: there is no such criterion")]
    UnknownCriterion { tie: Tie },
    #[error("tie-break {tie}: this criterion has no weight")]
    NoWeight { tie: Tie },
    #[error("the tie-break lot needs a seed")]
    NoSeed,
    #[error("no tie-break can follow share")]
    AfterShare,
    #[error("the criteria's highest marks and weights have no common denominator below 2^60")]
    TooFine,
}

impl RuleProblem {
    /// The key of the rule that the problem is about; `None` where it is about several.
    pub fn key(&self) -> Option<&'static str> {
        Some(match self {
            RuleProblem::Decimals(_) => "decimals",
            RuleProblem::MinKeep => "min_keep",
            RuleProblem::MinJudges => "min_judges",
            RuleProblem::Lambda(_) => "lambda",
            RuleProblem::Share(_) | RuleProblem::RankSumWithAudience => "audience.share",
            RuleProblem::RankSumWithOvertime | RuleProblem::Overtime(_) => "overtime",
            RuleProblem::RankSumOfBoth => "ranking",
            RuleProblem::NoSteps => "round_at",
            RuleProblem::NothingToFill => "missing",
            RuleProblem::UnknownCriterion { .. }
            | RuleProblem::NoWeight { .. }
            | RuleProblem::NoSeed
            | RuleProblem::AfterShare => "ties",
            RuleProblem::TooFine => return None,
        })
    }
}

impl Rule {
    /// Whether this rule makes sense for these criteria; else its first problem.
    pub fn check(&self, criteria: &[Criterion]) -> Result<(), RuleProblem> {
        self.problems(criteria).into_iter().next().map_or(Ok(()), Err)
    }

    /// Everything that makes no sense about this rule for these criteria.
    pub fn problems(&self, criteria: &[Criterion]) -> Vec<RuleProblem> {
        let simple = [
            (self.decimals > 4, RuleProblem::Decimals(self.decimals)),
            (self.min_keep == 0, RuleProblem::MinKeep),
            (self.min_judges == Some(0), RuleProblem::MinJudges),
            (self.lambda.is_negative(), RuleProblem::Lambda(self.lambda)),
            (
                self.audience.share.is_negative() || self.audience.share.ticks() * 2 > Points::TICKS,
                RuleProblem::Share(self.audience.share),
            ),
            (
                self.method == Method::RankSum && self.audience.share > Points::ZERO,
                RuleProblem::RankSumWithAudience,
            ),
            (self.method == Method::RankSum && self.overtime.is_some(), RuleProblem::RankSumWithOvertime),
            (self.method == Method::RankSum && self.ranking == Ranking::Both, RuleProblem::RankSumOfBoth),
            (
                self.round_at == RoundAt::EachStep
                    && !matches!(self.method, Method::Mean | Method::TrimmedMean),
                RuleProblem::NoSteps,
            ),
            (
                self.missing == Missing::FillMean
                    && matches!(self.method, Method::RankSum | Method::Severity),
                RuleProblem::NothingToFill,
            ),
        ];
        let simple = simple.into_iter().filter(|(wrong, _)| *wrong).map(|(_, problem)| problem);
        let overtime = self.overtime.iter().filter_map(|table| table.check().err()).map(RuleProblem::from);
        let ties = self.ties.as_deref().unwrap_or_default();
        let in_chain =
            (0..ties.len()).filter_map(|at| self.tie_problem(&ties[at], at + 1 == ties.len(), criteria));
        simple.chain(overtime).chain(in_chain).collect()
    }

    fn tie_problem(&self, tie: &Tie, last: bool, criteria: &[Criterion]) -> Option<RuleProblem> {
        if *tie == Tie::Lot {
            // An empty seed is one that everybody knows.
            let empty = self.seed.as_deref().is_none_or(|seed| seed.trim().is_empty());
            return empty.then_some(RuleProblem::NoSeed);
        }
        if *tie == Tie::Share {
            return (!last).then_some(RuleProblem::AfterShare);
        }
        let Tie::Criterion(id) = tie else { return None };
        match criteria.iter().find(|criterion| criterion.id == *id) {
            // A rule may stand before its rubric does.
            None if criteria.is_empty() => None,
            None => Some(RuleProblem::UnknownCriterion { tie: tie.clone() }),
            Some(known) => (known.weight == 0).then(|| RuleProblem::NoWeight { tie: tie.clone() }),
        }
    }

    /// The chain in force.
    pub fn chain(&self, criteria: &[Criterion]) -> Vec<Tie> {
        self.ties.clone().unwrap_or_else(|| {
            let first = criteria.iter().find(|criterion| criterion.weight > 0);
            let first = first.map(|criterion| Tie::Criterion(criterion.id.clone()));
            let rest = [Tie::Countback, Tie::HeadToHead, Tie::Median, Tie::Share];
            std::iter::once(Tie::Exact).chain(first).chain(rest).collect()
        })
    }

    /// How many scorecards a project needs to be ranked, with a panel of this size.
    pub fn needed(&self, panel: usize) -> usize {
        let most = usize::try_from(self.min_judges.unwrap_or(3)).unwrap_or(usize::MAX);
        if self.min_judges.is_some() { most } else { most.min(panel).max(1) }
    }

    /// What a project's time over proposes to take; `None` without a table, and where nothing is due. Whole seconds
    /// count: half a second over is not a second.
    pub fn overtime_points(&self, over_ms: u64) -> Option<Points> {
        let points = self.overtime.as_ref()?.points(over_ms / 1_000);
        (points > Points::ZERO).then_some(points)
    }

    /// What a trimmed mean of so many scorecards cannot leave out.
    pub fn fallback(&self, cards: usize) -> Option<Fallback> {
        let (asked, dropped) = (self.drop as usize, self.dropped(cards));
        (self.method == Method::TrimmedMean && dropped < asked).then_some(Fallback { cards, asked, dropped })
    }

    /// How many of k are left out at each end: the most up to `drop` that leave `min_keep`.
    pub fn dropped(&self, k: usize) -> usize {
        let (drop, keep) = (self.drop as usize, self.min_keep as usize);
        if self.method != Method::TrimmedMean { 0 } else { drop.min(k.saturating_sub(keep) / 2) }
    }
}
