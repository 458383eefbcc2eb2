//! All scorecards of a round as whole numbers: marks in ticks, totals over one common denominator.
//!
//! A total on 0–100 is `100 · N / base` with `N = Σ factor · mark`; adding and comparing totals is integer arithmetic.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::rule::RuleProblem;
use crate::domain::terms::rubric::Criterion;
use num_integer::Integer;
use num_rational::BigRational;

/// No scorecard, no mark.
pub const ABSENT: i64 = -1;
/// Totals stay far inside an `i64`, sums and products of them inside an `i128`.
const BASE_MAX: i128 = 1 << 60;

#[derive(Debug, Clone)]
pub struct Grid {
    projects: usize,
    judges: usize,
    factors: Vec<i64>,
    base: i64,
    /// By project, judge, criterion.
    marks: Vec<i64>,
    /// By project, judge.
    totals: Vec<i64>,
    /// When each scorecard was submitted: among equal extremes the latest is left out.
    orders: Vec<u64>,
    counts: Vec<usize>,
}

impl Grid {
    /// An empty grid.
    ///
    /// # Errors
    /// [`RuleProblem::TooFine`] where maxima and weights have no denominator in common that is small enough.
    pub fn new(criteria: &[Criterion], projects: usize, judges: usize) -> Result<Self, RuleProblem> {
        let (factors, base) = factors(criteria).ok_or(RuleProblem::TooFine)?;
        Ok(Grid {
            projects,
            judges,
            base,
            marks: vec![ABSENT; projects * judges * factors.len()],
            totals: vec![ABSENT; projects * judges],
            orders: vec![0; projects * judges],
            counts: vec![0; projects],
            factors,
        })
    }

    /// An empty grid of the same projects and criteria for another number of judges.
    pub fn emptied(&self, judges: usize) -> Self {
        Grid {
            projects: self.projects,
            judges,
            factors: self.factors.clone(),
            base: self.base,
            marks: vec![ABSENT; self.projects * judges * self.factors.len()],
            totals: vec![ABSENT; self.projects * judges],
            orders: vec![0; self.projects * judges],
            counts: vec![0; self.projects],
        }
    }

    pub fn projects(&self) -> usize {
        self.projects
    }

    pub fn judges(&self) -> usize {
        self.judges
    }

    pub fn criteria(&self) -> usize {
        self.factors.len()
    }

    /// What `N` of a criterion's mark is multiplied with.
    pub fn factors(&self) -> &[i64] {
        &self.factors
    }

    pub fn base(&self) -> i64 {
        self.base
    }

    /// Puts a scorecard (a mark in ticks per criterion) or takes it away.
    #[inline]
    pub fn set(&mut self, project: usize, judge: usize, marks: Option<&[i64]>, order: u64) {
        let at = project * self.judges + judge;
        let width = self.factors.len();
        let cells = &mut self.marks[at * width..(at + 1) * width];
        let before = self.totals[at] != ABSENT;
        match marks {
            Some(marks) => {
                let mut total = 0;
                for ((cell, mark), factor) in cells.iter_mut().zip(marks).zip(&self.factors) {
                    *cell = *mark;
                    total += mark * factor;
                }
                self.totals[at] = total;
            }
            None => {
                cells.fill(ABSENT);
                self.totals[at] = ABSENT;
            }
        }
        self.orders[at] = order;
        self.counts[project] = self.counts[project] + usize::from(marks.is_some()) - usize::from(before);
    }

    /// Scorecards of a project.
    pub fn count(&self, project: usize) -> usize {
        self.counts[project]
    }

    /// One per judge, [`ABSENT`] where there is none.
    pub fn totals(&self, project: usize) -> &[i64] {
        &self.totals[project * self.judges..(project + 1) * self.judges]
    }

    pub fn marks(&self, project: usize, judge: usize) -> &[i64] {
        let (at, width) = (project * self.judges + judge, self.factors.len());
        &self.marks[at * width..(at + 1) * width]
    }

    pub fn order(&self, project: usize, judge: usize) -> u64 {
        self.orders[project * self.judges + judge]
    }

    /// Judges with a scorecard for this project.
    pub fn present(&self, project: usize) -> impl Iterator<Item = usize> + '_ {
        self.totals(project).iter().enumerate().filter(|(_, total)| **total != ABSENT).map(|(judge, _)| judge)
    }

    pub fn has(&self, project: usize, judge: usize) -> bool {
        self.totals[project * self.judges + judge] != ABSENT
    }

    /// The mean of a project's marks of a criterion, in mark units.
    pub fn mean_mark(&self, project: usize, criterion: usize) -> BigRational {
        let sum: i128 =
            self.present(project).map(|judge| i128::from(self.marks(project, judge)[criterion].max(0))).sum();
        let parts = i128::from(Points::TICKS) * self.count(project).max(1) as i128;
        BigRational::new(sum.into(), parts.into())
    }

    /// A sum of totals as a fraction on 0–100, divided into `parts`.
    pub fn ratio(&self, sum: i128, parts: i64) -> BigRational {
        BigRational::new((sum * 100).into(), (i128::from(self.base) * i128::from(parts)).into())
    }
}

/// `factor_c = w_c · L / max_c` and `base = W · L`, weights reduced, `L` the least common multiple of the maxima that weigh.
fn factors(criteria: &[Criterion]) -> Option<(Vec<i64>, i64)> {
    let weights: Vec<i128> = criteria.iter().map(|criterion| i128::from(criterion.weight)).collect();
    let divisor = weights.iter().fold(0, |all, weight| all.gcd(weight)).max(1);
    let mut common: i128 = 1;
    for (criterion, _) in criteria.iter().zip(&weights).filter(|(_, weight)| **weight > 0) {
        common = common.lcm(&i128::from(criterion.max.ticks()));
        if common > BASE_MAX {
            return None;
        }
    }
    let base = weights.iter().sum::<i128>() / divisor * common;
    let factor = |(criterion, weight): (&Criterion, &i128)| match weight {
        0 => Some(0),
        weight => i64::try_from(weight / divisor * (common / i128::from(criterion.max.ticks()))).ok(),
    };
    let factors = criteria.iter().zip(&weights).map(factor).collect::<Option<Vec<_>>>()?;
    (base <= BASE_MAX && base > 0).then(|| Some((factors, i64::try_from(base).ok()?)))?
}
