//! The additive severity model `T = θ_project + β_judge + e`, solved exactly: which scores the projects would have from
//! equally severe judges.

use crate::domain::scoring::exact::{mean, whole};
use crate::domain::scoring::grid::Grid;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// Projects and judges that scorecards join together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    pub projects: Vec<usize>,
    pub judges: Vec<usize>,
}

/// A project's score and a judge's effect (`None` for a judge without a scorecard).
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub scores: Vec<BigRational>,
    pub effects: Vec<Option<BigRational>>,
}

/// The components of these projects' scorecards, by their first project.
pub fn components(grid: &Grid, projects: &[usize]) -> Vec<Component> {
    // Judges whom a project joins lead to the same one.
    let mut leads: Vec<usize> = (0..grid.judges()).collect();
    for &project in projects {
        let mut judges = grid.present(project);
        let Some(first) = judges.next() else { continue };
        for judge in judges {
            let (one, other) = (leader(&mut leads, first), leader(&mut leads, judge));
            leads[other] = one;
        }
    }
    let mut parts: BTreeMap<Option<usize>, Component> = BTreeMap::new();
    let mut seen = vec![false; grid.judges()];
    for &project in projects {
        let led_by = grid.present(project).next().map(|judge| leader(&mut leads, judge));
        let part = parts.entry(led_by).or_insert_with(|| Component { projects: vec![], judges: vec![] });
        part.projects.push(project);
        part.judges.extend(grid.present(project).filter(|&judge| !std::mem::replace(&mut seen[judge], true)));
    }
    let mut parts: Vec<Component> = parts.into_values().collect();
    parts.iter_mut().for_each(|part| part.judges.sort_unstable());
    parts.sort_by_key(|part| part.projects[0]);
    parts
}

fn leader(leads: &mut [usize], mut judge: usize) -> usize {
    while leads[judge] != judge {
        leads[judge] = leads[leads[judge]];
        judge = leads[judge];
    }
    judge
}

/// Minimises `Σe² + λΣβ²`. With λ = 0 the effects add up to 0 and the scorecards must hang together. With λ > 0 the effects
/// add up to 0 in each component: between components nothing is corrected.
pub fn fit(grid: &Grid, projects: &[usize], lambda: &BigRational) -> Fit {
    let columns: Vec<usize> = (0..grid.judges())
        .filter(|&judge| projects.iter().any(|&project| grid.has(project, judge)))
        .collect();
    let (matrix, right) = normal_equations(grid, projects, &columns, lambda);
    let solved = solve(matrix, right);
    let mut effects = vec![None; grid.judges()];
    for (judge, effect) in columns.iter().zip(solved) {
        effects[*judge] = Some(effect);
    }
    let score = |&project: &usize| {
        let rest = |judge: usize| {
            let total = grid.ratio(grid.totals(project)[judge].into(), 1);
            total - effects[judge].as_ref().unwrap_or(&BigRational::zero())
        };
        let rests: Vec<_> = grid.present(project).map(rest).collect();
        mean(rests.iter()).unwrap_or_default()
    };
    Fit { scores: projects.iter().map(score).collect(), effects }
}

/// The equations for β once θ is eliminated: `(n_j + λ)β_j − Σ_p mean_p(β) = Σ_p (T − mean_p(T))`, made whole by a
/// common factor; with λ = 0 one equation `Σβ = 0` is added to all.
fn normal_equations(
    grid: &Grid,
    projects: &[usize],
    columns: &[usize],
    lambda: &BigRational,
) -> (Vec<Vec<BigInt>>, Vec<BigRational>) {
    let size = columns.len();
    let counts = projects.iter().map(|&project| BigInt::from(grid.count(project)));
    let common = counts.fold(lambda.denom().clone(), |all, count| all.lcm(&count));
    let anchor = if lambda.is_zero() { common.clone() } else { BigInt::zero() };
    let mut matrix = vec![vec![anchor; size]; size];
    let mut right = vec![BigRational::zero(); size];
    let ridge = (lambda * whole(common.clone())).to_integer();
    let column_of = |judge: usize| columns.iter().position(|&column| column == judge).unwrap_or(0);
    for &project in projects {
        let present: Vec<usize> = grid.present(project).map(column_of).collect();
        let share = &common / BigInt::from(present.len().max(1));
        let totals: i128 = grid.present(project).map(|judge| i128::from(grid.totals(project)[judge])).sum();
        let mean = grid.ratio(totals, present.len().max(1) as i64);
        for &row in &present {
            matrix[row][row] += &common;
            for &column in &present {
                matrix[row][column] -= &share;
            }
            right[row] += grid.ratio(grid.totals(project)[columns[row]].into(), 1) - &mean;
        }
    }
    for (at, row) in matrix.iter_mut().enumerate() {
        row[at] += &ridge;
    }
    let scale = whole(common);
    (matrix, right.into_iter().map(|value| value * &scale).collect())
}

/// Solves a regular system without fractions on the way (Bareiss).
fn solve(mut matrix: Vec<Vec<BigInt>>, right: Vec<BigRational>) -> Vec<BigRational> {
    let size = matrix.len();
    let common = right.iter().fold(BigInt::one(), |all, value| all.lcm(value.denom()));
    for (row, value) in matrix.iter_mut().zip(&right) {
        row.push((value * whole(common.clone())).to_integer());
    }
    let mut previous = BigInt::one();
    for pivot in 0..size {
        // Symmetric and positive definite: the pivots in order are never zero.
        let (above, below) = matrix.split_at_mut(pivot + 1);
        let lead = &above[pivot];
        for row in below {
            let factor = row[pivot].clone();
            for column in pivot..=size {
                row[column] = (&row[column] * &lead[pivot] - &factor * &lead[column]) / &previous;
            }
        }
        previous = lead[pivot].clone();
    }
    let mut solution = vec![BigRational::zero(); size];
    for row in (0..size).rev() {
        let known = (row + 1..size).map(|column| whole(matrix[row][column].clone()) * &solution[column]);
        let known = known.fold(BigRational::zero(), |sum, one| sum + one);
        solution[row] = (whole(matrix[row][size].clone()) - known) / whole(matrix[row][row].clone());
    }
    let scale = whole(common);
    solution.into_iter().map(|value| value / &scale).collect()
}
