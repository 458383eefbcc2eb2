//! Ranks that judges give: by rank sum, count-back and head to head.

use crate::domain::scoring::grid::Grid;

/// Twice the rank sum of each project (1 = best, equal totals share the average rank), in the order of `projects`.
/// Every judge of `judges` has a scorecard for each of them.
pub fn doubled_rank_sums(grid: &Grid, projects: &[usize], judges: &[usize]) -> Vec<i64> {
    let mut sums = vec![0_i64; projects.len()];
    let mut column: Vec<(i64, usize)> = Vec::with_capacity(projects.len());
    for &judge in judges {
        column.clear();
        column.extend(projects.iter().enumerate().map(|(at, &project)| (-grid.totals(project)[judge], at)));
        column.sort_unstable();
        let mut begin = 0;
        for group in column.chunk_by(|a, b| a.0 == b.0) {
            let doubled = (2 * begin + group.len() + 1) as i64;
            group.iter().for_each(|(_, at)| sums[*at] += doubled);
            begin += group.len();
        }
    }
    sums
}

/// How many judges placed the project 1st, 2nd, … among `all` (equal totals share the better place).
pub fn placings(grid: &Grid, project: usize, all: &[usize]) -> Vec<u32> {
    let own = grid.totals(project);
    let mut better = vec![0_u32; own.len()];
    for &other in all {
        for ((better, theirs), own) in better.iter_mut().zip(grid.totals(other)).zip(own) {
            *better += u32::from(theirs > own);
        }
    }
    let mut counts = vec![0; all.len()];
    for judge in grid.present(project) {
        if let Some(count) = counts.get_mut(better[judge] as usize) {
            *count += 1;
        }
    }
    counts
}

/// Rivals beaten by more judges minus rivals lost to, inside the group.
pub fn duels(grid: &Grid, project: usize, group: &[usize]) -> i64 {
    let duel = |rival: &usize| {
        let both = grid.present(project).filter(|&judge| grid.has(*rival, judge));
        let margin = both.map(|judge| grid.totals(project)[judge].cmp(&grid.totals(*rival)[judge]) as i64);
        margin.sum::<i64>().signum()
    };
    group.iter().filter(|rival| **rival != project).map(duel).sum()
}
