//! How sure the places are: the judges drawn again with replacement, the rule recomputed for every draw; and the order
//! without each judge.

use crate::analysis::undefined::{Figure, Undefined};
use crate::domain::kernel::points::Points;
use crate::domain::scoring::grid::Grid;
use crate::domain::scoring::rule::{Method, Missing, RoundAt};
use crate::domain::scoring::standings::{Standings, of_table};
use crate::domain::scoring::table::{Extras, Problem, Table};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// Up to here every possible draw is looked at.
const EXACT_MAX: usize = 9;
const DRAWS: usize = 2_000;
/// With fewer judges a draw says nothing.
pub const JUDGES_MIN: usize = 4;

/// How often a project comes to which rank; rows as in `projects`.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    pub projects: Vec<usize>,
    /// By project, by rank − 1; equal scores share the ranks they cover.
    pub ranks: Vec<Vec<f64>>,
    /// All draws, or so many of them.
    pub draws: Option<usize>,
}

impl Stability {
    pub fn first(&self, row: usize) -> f64 {
        self.ranks[row].first().copied().unwrap_or(0.0)
    }

    /// Ranks from the 5 % to the 95 % point.
    pub fn interval(&self, row: usize) -> (usize, usize) {
        let reach = |share: f64| {
            let mut sum = 0.0;
            // A sum of shares may miss its exact value by its last bits.
            let at = self.ranks[row].iter().position(|one| {
                sum += one;
                sum >= share - 1e-9
            });
            at.map_or(self.ranks[row].len(), |at| at + 1)
        };
        (reach(0.05), reach(0.95))
    }
}

/// Rank stability of a table's ranked projects. `seed` is published with the result where draws are sampled.
pub fn stability(table: &Table, seed: &str) -> Figure<Stability> {
    let judges = table.panel();
    if judges.len() < JUDGES_MIN {
        return Err(Undefined::TooFewJudges);
    }
    let mut projects: Vec<usize> = table.order().iter().map(|&project| project as usize).collect();
    projects.sort_unstable();
    if projects.len() < 2 {
        return Err(Undefined::TooFewProjects);
    }
    let mut tally = Tally::new(table, projects);
    let k = judges.len();
    if k <= EXACT_MAX {
        let ways = factorial(k);
        let mut counts = vec![0; k];
        each_multiset(k, 0, k, &mut counts, &mut |counts| {
            let repeats: f64 = counts.iter().map(|count| factorial(*count)).product();
            let picks = counts.iter().zip(&judges).flat_map(|(n, judge)| std::iter::repeat_n(*judge, *n));
            tally.draw(&picks.collect::<Vec<_>>(), ways / repeats);
        });
    } else {
        let mut chance = ChaCha8Rng::from_seed(Sha256::digest(format!("podium-stability-v1\0{seed}")).into());
        for _ in 0..DRAWS {
            let picks: Vec<usize> = (0..k).map(|_| judges[chance.random_range(0..k)]).collect();
            tally.draw(&picks, 1.0);
        }
    }
    Ok(tally.finish((k > EXACT_MAX).then_some(DRAWS)))
}

/// How many scores a table's stability takes, each weighed by its marks: about 5 ns apiece where totals are whole numbers.
pub fn effort(table: &Table) -> f64 {
    let judges = table.panel().len();
    let draws = if judges <= EXACT_MAX { multisets(judges) } else { DRAWS as f64 };
    draws * effort_once(table)
}

/// The same for one ranking, such as the one without a judge.
pub fn effort_once(table: &Table) -> f64 {
    let rule = &table.rule;
    let fractions = rule.round_at == RoundAt::EachStep
        || rule.missing == Missing::FillMean
        || rule.method == Method::Severity
        || rule.audience.share > Points::ZERO;
    let marks = table.order().len() * table.panel().len() * table.criteria.len();
    marks as f64 * if fractions { 100.0 } else { 1.0 }
}

/// Ways to draw k of k with replacement, without their order: (2k − 1) over k.
fn multisets(k: usize) -> f64 {
    (1..=k).map(|at| (k + at - 1) as f64 / at as f64).product()
}

fn factorial(n: usize) -> f64 {
    (1..=n).map(|one| one as f64).product()
}

/// Calls `visit` with every way to spread `left` picks over the places from `at` on.
fn each_multiset(k: usize, at: usize, left: usize, counts: &mut [usize], visit: &mut impl FnMut(&[usize])) {
    if at + 1 == k {
        counts[at] = left;
        return visit(counts);
    }
    for count in 0..=left {
        counts[at] = count;
        each_multiset(k, at + 1, left - count, counts, visit);
    }
}

struct Tally<'a> {
    table: &'a Table,
    projects: Vec<usize>,
    sums: Vec<Vec<f64>>,
    weight: f64,
}

impl<'a> Tally<'a> {
    fn new(table: &'a Table, projects: Vec<usize>) -> Self {
        let sums = vec![vec![0.0; projects.len()]; projects.len()];
        Tally { table, projects, sums, weight: 0.0 }
    }

    /// One draw of judges; a draw that the rule cannot rank (parts that nobody joins) leaves all equal.
    fn draw(&mut self, picks: &[usize], weight: f64) {
        self.weight += weight;
        let size = self.projects.len();
        let groups = match again(self.table, picks) {
            Ok(drawn) => drawn.groups(),
            Err(_) => Vec::new(),
        };
        let mut begin = 0;
        let row_of = |project: &usize| self.projects.binary_search(project).ok();
        let mut placed = vec![false; size];
        for group in groups {
            let rows: Vec<usize> = group.iter().filter_map(row_of).collect();
            spread(&mut self.sums, &rows, begin, weight);
            rows.iter().for_each(|row| placed[*row] = true);
            begin += rows.len();
        }
        let rest: Vec<usize> = (0..size).filter(|row| !placed[*row]).collect();
        spread(&mut self.sums, &rest, begin, weight);
    }

    fn finish(mut self, draws: Option<usize>) -> Stability {
        self.sums.iter_mut().flatten().for_each(|sum| *sum /= self.weight);
        Stability { projects: self.projects, ranks: self.sums, draws }
    }
}

/// Rows that share the ranks from `begin` on.
fn spread(sums: &mut [Vec<f64>], rows: &[usize], begin: usize, weight: f64) {
    for row in rows {
        for share in &mut sums[*row][begin..begin + rows.len()] {
            *share += weight / rows.len() as f64;
        }
    }
}

/// The table with these judges' columns.
fn again(table: &Table, picks: &[usize]) -> Result<Table, Problem> {
    let grid = columns(&table.grid, picks);
    let extras = Extras { panel: None, decisions: Vec::new(), ..table.extras.clone() };
    Table::new(table.rule.clone(), table.criteria.clone(), grid, extras)
}

fn columns(grid: &Grid, picks: &[usize]) -> Grid {
    let mut drawn = grid.emptied(picks.len());
    for project in 0..grid.projects() {
        for (at, &judge) in picks.iter().enumerate().filter(|(_, judge)| grid.has(project, **judge)) {
            drawn.set(project, at, Some(grid.marks(project, judge)), grid.order(project, judge));
        }
    }
    drawn
}

/// The standings without one judge, by the contest's own rule.
pub fn without(table: &Table, judge: usize) -> Result<Standings, Problem> {
    let rest: Vec<usize> = (0..table.grid.judges()).filter(|other| *other != judge).collect();
    let decisions = table.extras.decisions.clone();
    let grid = columns(&table.grid, &rest);
    let panel = table.extras.panel.map(|panel| panel.saturating_sub(1));
    let extras = Extras { panel, decisions, ..table.extras.clone() };
    Table::new(table.rule.clone(), table.criteria.clone(), grid, extras).map(of_table)
}
