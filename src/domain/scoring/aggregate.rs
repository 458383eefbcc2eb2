//! One project's scorecards become one number: mean, trimmed mean by scorecard or by criterion, median.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::exact::{mean, median, rounded_small, units, whole};
use crate::domain::scoring::grid::{ABSENT, Grid};
use crate::domain::scoring::rule::{Method, Missing, RoundAt, Rounding, Rule, Trim};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};
use std::cmp::Ordering;

/// An exact score.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `100 · sum / (parts · base)` of the grid.
    Small {
        sum: i128,
        parts: i64,
    },
    Big(Box<BigRational>),
}

impl Value {
    pub fn ratio(&self, grid: &Grid) -> BigRational {
        match self {
            Value::Small { sum, parts } => grid.ratio(*sum, *parts),
            Value::Big(ratio) => (**ratio).clone(),
        }
    }

    /// In units of 10^-decimals.
    pub fn units(&self, grid: &Grid, decimals: u8, how: Rounding) -> i128 {
        match self {
            Value::Small { sum, parts } => {
                let scale = 100 * 10_i128.pow(u32::from(decimals));
                rounded_small(sum * scale, i128::from(*parts) * i128::from(grid.base()), how)
            }
            Value::Big(ratio) => units(ratio, decimals, how).to_i128().unwrap_or(i128::MAX),
        }
    }

    pub fn cmp(&self, other: &Self, grid: &Grid) -> Ordering {
        match (self, other) {
            (Value::Small { sum: a, parts: p }, Value::Small { sum: b, parts: q }) => {
                (a * i128::from(*q)).cmp(&(b * i128::from(*p)))
            }
            (one, other) => one.ratio(grid).cmp(&other.ratio(grid)),
        }
    }
}

/// The score of a project with at least one scorecard, by a method that looks at this project alone. `panel` is the
/// number of scorecards it would have if none were missing.
pub fn score(grid: &Grid, rule: &Rule, project: usize, panel: usize, scratch: &mut Vec<i64>) -> Value {
    let missing = panel.saturating_sub(grid.count(project));
    let fills = rule.missing == Missing::FillMean && missing > 0;
    if fills || rule.round_at == RoundAt::EachStep {
        let sheet = Sheet::of(grid, rule, project, if fills { missing } else { 0 });
        return Value::Big(Box::new(sheet.score(grid, rule)));
    }
    let k = grid.count(project);
    let dropped = rule.dropped(k);
    match rule.method {
        Method::TrimmedMean if rule.trim == Trim::Criterion && dropped > 0 => {
            let sum = (0..grid.criteria()).map(|criterion| {
                let marks = grid.present(project).map(|judge| grid.marks(project, judge)[criterion]);
                i128::from(grid.factors()[criterion]) * middle(marks, dropped, scratch)
            });
            Value::Small { sum: sum.sum(), parts: (k - 2 * dropped) as i64 }
        }
        Method::Median => {
            let skip = (k - 1) / 2;
            let sum = middle(present(grid, project), skip, scratch);
            Value::Small { sum, parts: (k - 2 * skip) as i64 }
        }
        _ => {
            let sum = match dropped {
                0 => present(grid, project).map(i128::from).sum(),
                _ => middle(present(grid, project), dropped, scratch),
            };
            Value::Small { sum, parts: (k - 2 * dropped) as i64 }
        }
    }
}

fn present(grid: &Grid, project: usize) -> impl Iterator<Item = i64> + '_ {
    grid.totals(project).iter().copied().filter(|total| *total != ABSENT)
}

/// The sum without the `skip` lowest and the `skip` highest.
fn middle(values: impl Iterator<Item = i64>, skip: usize, scratch: &mut Vec<i64>) -> i128 {
    if skip == 1 {
        let (mut sum, mut low, mut high) = (0_i128, i64::MAX, i64::MIN);
        for value in values {
            sum += i128::from(value);
            (low, high) = (low.min(value), high.max(value));
        }
        return sum - i128::from(low) - i128::from(high);
    }
    scratch.clear();
    scratch.extend(values);
    scratch.sort_unstable();
    scratch[skip..scratch.len() - skip].iter().copied().map(i128::from).sum()
}

/// Why something does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    Highest,
    Lowest,
}

/// A scorecard as the arithmetic sees it; `judge` is `None` where it was filled in.
#[derive(Debug, Clone)]
pub struct Line {
    pub judge: Option<usize>,
    /// On 0–100.
    pub total: BigRational,
    pub marks: Vec<BigRational>,
    order: u64,
}

/// A project's scorecards, those filled in included, and what is left out: the long form, for steps and explanations.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub lines: Vec<Line>,
    /// k' at each end.
    pub dropped: usize,
    by_criterion: bool,
}

impl Sheet {
    pub fn of(grid: &Grid, rule: &Rule, project: usize, missing: usize) -> Self {
        let mark = |ticks: i64| BigRational::new(ticks.max(0).into(), Points::TICKS.into());
        let line = |judge: usize| Line {
            judge: Some(judge),
            total: grid.ratio(grid.totals(project)[judge].into(), 1),
            marks: grid.marks(project, judge).iter().copied().map(mark).collect(),
            order: grid.order(project, judge),
        };
        let mut lines: Vec<Line> = grid.present(project).map(line).collect();
        if let Some(filled) = (missing > 0).then(|| filled(&lines)).flatten() {
            lines.extend(std::iter::repeat_n(filled, missing));
        }
        let dropped = rule.dropped(lines.len());
        Sheet { lines, dropped, by_criterion: rule.trim == Trim::Criterion && dropped > 0 }
    }

    /// Which whole scorecards are left out; none where marks are.
    pub fn dropped_lines(&self) -> Vec<Option<Dropped>> {
        let skip = if self.by_criterion { 0 } else { self.dropped };
        extremes(&self.lines.iter().map(|line| (&line.total, line.order)).collect::<Vec<_>>(), skip)
    }

    /// Which marks of a criterion are left out, by line.
    pub fn dropped_marks(&self, criterion: usize) -> Vec<Option<Dropped>> {
        if !self.by_criterion {
            return self.dropped_lines();
        }
        let marks: Vec<_> = self.lines.iter().map(|line| (&line.marks[criterion], line.order)).collect();
        extremes(&marks, self.dropped)
    }

    /// Left out although another scorecard, which counts, has the same total: it was submitted later.
    pub fn later_of_equal_lines(&self) -> Vec<bool> {
        let totals: Vec<_> = self.lines.iter().map(|line| &line.total).collect();
        later_of_equals(&totals, &self.dropped_lines())
    }

    /// The same of a criterion's marks, by line.
    pub fn later_of_equal_marks(&self, criterion: usize) -> Vec<bool> {
        let marks: Vec<_> = self.lines.iter().map(|line| &line.marks[criterion]).collect();
        later_of_equals(&marks, &self.dropped_marks(criterion))
    }

    /// The mean of the marks of a criterion that count, in mark units.
    pub fn panel_mark(&self, criterion: usize) -> BigRational {
        let dropped = self.dropped_marks(criterion);
        let lines = self.lines.iter().zip(&dropped).filter(|(_, dropped)| dropped.is_none());
        let kept: Vec<_> = lines.map(|(line, _)| &line.marks[criterion]).collect();
        mean(kept.into_iter()).unwrap_or_default()
    }

    pub fn score(&self, grid: &Grid, rule: &Rule) -> BigRational {
        if rule.round_at == RoundAt::EachStep {
            let sum = (0..grid.criteria()).map(|criterion| self.step(grid, rule, criterion).product);
            return sum.fold(BigRational::zero(), |sum, one| sum + one);
        }
        if self.by_criterion {
            let product = |criterion| product(grid, criterion, &self.panel_mark(criterion));
            return (0..grid.criteria()).map(product).fold(BigRational::zero(), |sum, one| sum + one);
        }
        if rule.method == Method::Median {
            return median(self.lines.iter().map(|line| line.total.clone()).collect()).unwrap_or_default();
        }
        let dropped = self.dropped_lines();
        let kept: Vec<_> = self.lines.iter().zip(&dropped).filter(|(_, dropped)| dropped.is_none()).collect();
        mean(kept.into_iter().map(|(line, _)| &line.total).collect::<Vec<_>>().into_iter())
            .unwrap_or_default()
    }

    /// A criterion's panel score and its weighted product, rounded one after the other.
    pub fn step(&self, grid: &Grid, rule: &Rule, criterion: usize) -> Step {
        let round = |value: &BigRational| {
            let scale = BigInt::from(10).pow(u32::from(rule.decimals));
            BigRational::new(units(value, rule.decimals, rule.rounding), scale)
        };
        let panel = round(&self.panel_mark(criterion));
        let product = round(&product(grid, criterion, &panel));
        Step { panel, product }
    }
}

/// See [`Sheet::step`].
pub struct Step {
    pub panel: BigRational,
    pub product: BigRational,
}

/// `100 · w · mark / max / W`
pub fn product(grid: &Grid, criterion: usize, mark: &BigRational) -> BigRational {
    let factor = i128::from(grid.factors()[criterion]) * i128::from(Points::TICKS) * 100;
    mark * BigRational::new(factor.into(), grid.base().into())
}

/// A scorecard that is the mean of these, counted as the last one submitted.
fn filled(lines: &[Line]) -> Option<Line> {
    let total = mean(lines.iter().map(|line| &line.total))?;
    let marks = (0..lines[0].marks.len()).map(|at| mean(lines.iter().map(|line| &line.marks[at])));
    Some(Line { judge: None, total, marks: marks.collect::<Option<_>>()?, order: u64::MAX })
}

/// The `skip` highest and the `skip` lowest; among equals the one submitted last.
fn extremes(values: &[(&BigRational, u64)], skip: usize) -> Vec<Option<Dropped>> {
    let mut dropped = vec![None; values.len()];
    if skip == 0 {
        return dropped;
    }
    let mut left: Vec<usize> = (0..values.len()).collect();
    left.sort_by(|&a, &b| values[b].cmp(&values[a]));
    for at in left.drain(..skip) {
        dropped[at] = Some(Dropped::Highest);
    }
    left.sort_by(|&a, &b| values[a].0.cmp(values[b].0).then(values[b].1.cmp(&values[a].1)));
    for at in left.into_iter().take(skip) {
        dropped[at] = Some(Dropped::Lowest);
    }
    dropped
}

fn later_of_equals(values: &[&BigRational], dropped: &[Option<Dropped>]) -> Vec<bool> {
    let counts = |value: &BigRational| {
        values.iter().zip(dropped).any(|(other, dropped)| dropped.is_none() && *other == value)
    };
    values.iter().zip(dropped).map(|(value, dropped)| dropped.is_some() && counts(value)).collect()
}

/// A project's score from totals that are given as they are: the method on its own.
pub fn trimmed_mean(totals: &[BigRational], rule: &Rule) -> Option<(BigRational, usize)> {
    let skip = rule.dropped(totals.len());
    let mut sorted = totals.to_vec();
    sorted.sort();
    let kept = sorted.get(skip..totals.len() - skip)?;
    let sum = kept.iter().fold(BigRational::zero(), |sum, one| sum + one);
    (!kept.is_empty()).then(|| (sum / whole(kept.len()), skip))
}
