//! Why a project has its score and its place: every number on the way, exact and as printed.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::aggregate::{Dropped, Sheet, product};
use crate::domain::scoring::blend;
use crate::domain::scoring::exact::{of_points, printed, whole};
use crate::domain::scoring::rule::{Fallback, Method, Missing, RoundAt, Tie, Trim};
use crate::domain::scoring::severity::Component;
use crate::domain::scoring::standings::Standings;
use crate::domain::scoring::table::Table;
use crate::domain::scoring::ties::Split;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use std::sync::Arc;

/// A mark and the points it is worth on 0–100.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Position of the criterion.
    pub criterion: usize,
    pub mark: BigRational,
    pub points: BigRational,
    /// Left out of its criterion.
    pub dropped: Option<Dropped>,
    /// Left out beside an equal mark that counts, as the one submitted last.
    pub later_of_equals: bool,
}

/// A scorecard on its way into the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// `None` for one that was filled in with the mean of the others.
    pub judge: Option<usize>,
    pub marks: Vec<Mark>,
    pub total: BigRational,
    pub dropped: Option<Dropped>,
    /// Left out beside an equal total that counts, as the one submitted last.
    pub later_of_equals: bool,
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

/// The next better place, and how far away it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub place: u32,
    /// Who has it.
    pub projects: Vec<usize>,
    /// Between the published scores, as printed.
    pub points: String,
    /// What decided where that is nothing.
    pub parted_by: Option<Tie>,
}

/// A project's mean mark of a criterion beside the mean of all ranked projects.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    pub criterion: usize,
    pub own: BigRational,
    pub field: BigRational,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    pub method: Method,
    pub cards: Vec<Card>,
    /// Left out at each end (k').
    pub dropped: usize,
    pub fallback: Option<Fallback>,
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
    pub splits: Vec<Arc<Split>>,
    pub decided_by: Option<Tie>,
    /// What parted it from the rows above and below where they have the same score.
    pub above: Option<Tie>,
    pub below: Option<Tie>,
    /// `None` for the first place.
    pub gap: Option<Gap>,
    /// By criterion that weighs; empty where there is no field.
    pub against: Vec<Against>,
    /// Where it is farthest ahead of the field and farthest behind, as a share of the highest mark; `None` where no
    /// criterion stands out.
    pub strongest: Option<usize>,
    pub weakest: Option<usize>,
    /// In the severity model: the parts that no judge joins.
    pub unjoined: Vec<Component>,
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
    let at = standings.ranked.iter().position(|row| row.project == project)?;
    let row = &standings.ranked[at];
    let against = against(standings, project);
    let (strongest, weakest) = extremes(table, &against);
    let alike =
        |other: &usize| *other != project && table.scored(*other).is_some_and(|s| s.units == scored.units);
    let totals = sheet.lines.iter().filter(|line| line.judge.is_some()).map(|line| &line.total);
    let raw = totals.fold(BigRational::zero(), |sum, total| sum + total) / whole(grid.count(project).max(1));
    let taken = table.extras.deductions.iter().filter(|deduction| deduction.project == project);
    Some(Explanation {
        method: rule.method,
        cards: cards(table, &sheet),
        dropped: sheet.dropped,
        fallback: row.fallback,
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
        above: row.above.clone(),
        below: row.below.clone(),
        gap: gap(standings, at),
        against,
        strongest,
        weakest,
        unjoined: table.unjoined().unwrap_or_default().to_vec(),
    })
}

fn gap(standings: &Standings, at: usize) -> Option<Gap> {
    let (ranked, table) = (&standings.ranked, &standings.table);
    let place = ranked[at].place;
    let next = ranked[..at].iter().rposition(|row| row.place < place)?;
    let level = ranked[..=next].iter().rev().take_while(|row| row.place == ranked[next].place);
    let units = |at: usize| table.scored(ranked[at].project).map(|scored| scored.units);
    let points = units(next)?.abs_diff(units(at)?);
    Some(Gap {
        place: ranked[next].place,
        projects: level.map(|row| row.project).collect::<Vec<_>>().into_iter().rev().collect(),
        points: printed(&BigInt::from(points), table.rule.decimals),
        parted_by: ranked[next + 1].above.clone(),
    })
}

fn against(standings: &Standings, project: usize) -> Vec<Against> {
    let grid = &standings.table.grid;
    if standings.ranked.len() < 2 {
        return Vec::new();
    }
    let weighs = (0..grid.criteria()).filter(|&criterion| grid.factors()[criterion] > 0);
    let one = |criterion: usize| Against {
        criterion,
        own: grid.mean_mark(project, criterion),
        field: standings.field()[criterion].clone(),
    };
    weighs.map(one).collect()
}

/// The first of those that are farthest ahead and farthest behind.
fn extremes(table: &Table, against: &[Against]) -> (Option<usize>, Option<usize>) {
    let lead = |one: &Against| (&one.own - &one.field) / of_points(table.criteria[one.criterion].max);
    let leads: Vec<(BigRational, usize)> = against.iter().map(|one| (lead(one), one.criterion)).collect();
    let first = |best: &BigRational| leads.iter().find(|(lead, _)| lead == best).map(|(_, at)| *at);
    let most = leads.iter().map(|(lead, _)| lead).max();
    let least = leads.iter().map(|(lead, _)| lead).min();
    if most == least { (None, None) } else { (most.and_then(first), least.and_then(first)) }
}

fn cards(table: &Table, sheet: &Sheet) -> Vec<Card> {
    let grid = &table.grid;
    let by_mark: Vec<_> = (0..grid.criteria()).map(|criterion| sheet.dropped_marks(criterion)).collect();
    let (whole_cards, later) = (sheet.dropped_lines(), sheet.later_of_equal_lines());
    let by_criterion = table.rule.trim == Trim::Criterion;
    let later_marks: Vec<_> = (0..grid.criteria())
        .map(|criterion| if by_criterion { sheet.later_of_equal_marks(criterion) } else { Vec::new() })
        .collect();
    let card = |(at, line): (usize, &crate::domain::scoring::aggregate::Line)| Card {
        judge: line.judge,
        marks: (0..grid.criteria())
            .filter(|&criterion| grid.factors()[criterion] > 0)
            .map(|criterion| Mark {
                criterion,
                mark: line.marks[criterion].clone(),
                points: product(grid, criterion, &line.marks[criterion]),
                dropped: if by_criterion { by_mark[criterion][at] } else { None },
                later_of_equals: later_marks[criterion].get(at).copied().unwrap_or_default(),
            })
            .collect(),
        total: line.total.clone(),
        dropped: whole_cards[at],
        later_of_equals: later[at],
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
    let scored = table.scored(project)?;
    let (points, share) = (scored.audience.clone()?, of_points(table.rule.audience.share));
    let votes = *table.extras.ballots.as_ref()?.get(project)?;
    let mixed = blend::mixed(&scored.judged.ratio(&table.grid), &points, &share);
    Some(Blend { votes, points, share, mixed })
}
