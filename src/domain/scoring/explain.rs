//! Why a project has its score and its place: every number on the way, exact and as printed.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::aggregate::{Dropped, Sheet, product};
use crate::domain::scoring::blend;
use crate::domain::scoring::exact::{of_points, printed, whole};
use crate::domain::scoring::rule::{Method, Missing, RoundAt, Tie, Trim};
use crate::domain::scoring::standings::Standings;
use crate::domain::scoring::table::Table;
use crate::domain::scoring::ties::Split;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// A mark and the points it is worth on 0–100.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Position of the criterion.
    pub criterion: usize,
    pub mark: BigRational,
    pub points: BigRational,
    /// Left out of its criterion.
    pub dropped: Option<Dropped>,
}

/// A scorecard on its way into the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// `None` for one that was filled in with the mean of the others.
    pub judge: Option<usize>,
    pub marks: Vec<Mark>,
    pub total: BigRational,
    pub dropped: Option<Dropped>,
    /// In the severity model: the judge's effect, which is taken off.
    pub effect: Option<BigRational>,
}

/// A criterion's panel score and product, where steps are rounded or marks are left out by criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub criterion: usize,
    pub mean: BigRational,
    /// `mean` as it goes on: rounded with `round_at = each_step`.
    pub panel: BigRational,
    pub product: BigRational,
}

/// The audience's part.
#[derive(Debug, Clone, PartialEq)]
pub struct Blend {
    pub votes: u64,
    pub points: BigRational,
    pub share: BigRational,
    /// Judges and audience together.
    pub mixed: BigRational,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    pub method: Method,
    pub cards: Vec<Card>,
    /// Left out at each end (k').
    pub dropped: usize,
    pub steps: Vec<Step>,
    /// What the judges gave: the mean, the median, the rank sum or θ.
    pub judged: BigRational,
    /// The plain mean, shown beside a severity score.
    pub raw_mean: BigRational,
    pub blend: Option<Blend>,
    pub deductions: Vec<(Points, String)>,
    /// Before the one rounding.
    pub exact: BigRational,
    pub score: String,
    pub place: u32,
    /// Projects that had the same score, where there were any.
    pub tied_with: Vec<usize>,
    pub splits: Vec<Split>,
    pub decided_by: Option<Tie>,
}

impl Explanation {
    /// Marks are left out within criteria, and no judge's whole scorecard is.
    pub fn by_criterion(&self) -> bool {
        self.cards.iter().any(|card| card.marks.iter().any(|mark| mark.dropped.is_some()))
    }

    /// The rule leaves something out.
    pub fn leaves_out(&self) -> bool {
        self.by_criterion() || self.cards.iter().any(|card| card.dropped.is_some())
    }
}

/// Explains a ranked project; `None` for one that is not.
pub fn explain(standings: &Standings, project: usize) -> Option<Explanation> {
    let table = &standings.table;
    let scored = table.scored(project)?;
    let (grid, rule) = (&table.grid, &table.rule);
    let missing = match rule.missing {
        Missing::FillMean => table.panel().len().saturating_sub(grid.count(project)),
        Missing::LeaveOut => 0,
    };
    let sheet = Sheet::of(grid, rule, project, missing);
    let place = standings.places.iter().find(|place| place.class.projects.contains(&project))?;
    let alike =
        |other: &usize| *other != project && table.scored(*other).is_some_and(|s| s.units == scored.units);
    let totals = sheet.lines.iter().filter(|line| line.judge.is_some()).map(|line| &line.total);
    let raw = totals.fold(BigRational::zero(), |sum, total| sum + total) / whole(grid.count(project).max(1));
    let taken = table.extras.deductions.iter().filter(|deduction| deduction.project == project);
    Some(Explanation {
        method: rule.method,
        cards: cards(table, &sheet),
        dropped: sheet.dropped,
        steps: steps(table, &sheet),
        judged: scored.judged.ratio(grid),
        raw_mean: raw,
        blend: blended(table, project),
        deductions: taken.map(|deduction| (deduction.points, deduction.reason.clone())).collect(),
        exact: scored.last.ratio(grid),
        score: printed(&BigInt::from(scored.units), rule.decimals),
        place: place.place,
        tied_with: table.order().iter().map(|&other| other as usize).filter(alike).collect(),
        splits: place.class.splits.clone(),
        decided_by: place.class.decided_by.clone(),
    })
}

fn cards(table: &Table, sheet: &Sheet) -> Vec<Card> {
    let grid = &table.grid;
    let by_mark: Vec<_> = (0..grid.criteria()).map(|criterion| sheet.dropped_marks(criterion)).collect();
    let whole_cards = sheet.dropped_lines();
    let by_criterion = table.rule.trim == Trim::Criterion;
    let card = |(at, line): (usize, &crate::domain::scoring::aggregate::Line)| Card {
        judge: line.judge,
        marks: (0..grid.criteria())
            .filter(|&criterion| grid.factors()[criterion] > 0)
            .map(|criterion| Mark {
                criterion,
                mark: line.marks[criterion].clone(),
                points: product(grid, criterion, &line.marks[criterion]),
                dropped: if by_criterion { by_mark[criterion][at] } else { None },
            })
            .collect(),
        total: line.total.clone(),
        dropped: whole_cards[at],
        effect: line.judge.and_then(|judge| table.effect(judge)).cloned(),
    };
    sheet.lines.iter().enumerate().map(card).collect()
}

fn steps(table: &Table, sheet: &Sheet) -> Vec<Step> {
    let (grid, rule) = (&table.grid, &table.rule);
    let each = rule.round_at == RoundAt::EachStep;
    let mean_like = matches!(rule.method, Method::Mean | Method::TrimmedMean);
    if !(each || (mean_like && rule.trim == Trim::Criterion && sheet.dropped > 0)) {
        return Vec::new();
    }
    let step = |criterion: usize| {
        let mean = sheet.panel_mark(criterion);
        if each {
            let step = sheet.step(grid, rule, criterion);
            Step { criterion, mean, panel: step.panel, product: step.product }
        } else {
            Step { criterion, panel: mean.clone(), product: product(grid, criterion, &mean), mean }
        }
    };
    (0..grid.criteria()).filter(|&criterion| grid.factors()[criterion] > 0).map(step).collect()
}

fn blended(table: &Table, project: usize) -> Option<Blend> {
    let share = of_points(table.rule.audience.share);
    let ballots = table.extras.ballots.as_ref().filter(|_| !share.is_zero())?;
    let mut ranked: Vec<usize> = table.order().iter().map(|&project| project as usize).collect();
    ranked.sort_unstable();
    let scores: Vec<_> =
        ranked.iter().filter_map(|&one| Some(table.scored(one)?.judged.ratio(&table.grid))).collect();
    let votes: Vec<u64> = ranked.iter().map(|&one| ballots[one]).collect();
    let at = ranked.iter().position(|&one| one == project)?;
    let points = blend::audience(&scores, &votes, table.rule.audience.scale).swap_remove(at);
    let mixed = blend::mixed(&scores[at], &points, &share);
    Some(Blend { votes: votes[at], points, share, mixed })
}
