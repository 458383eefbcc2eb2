//! Ranks that judges give: for rank sum, count-back and head to head.

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

/// Each judge's totals of some projects, best first: where a judge placed one of them is looked up, not counted.
pub struct Columns(Vec<Vec<i64>>);

impl Columns {
    pub fn of(grid: &Grid, projects: &[usize]) -> Self {
        let column = |judge: usize| {
            let present = projects.iter().filter(|&&project| grid.has(project, judge));
            let mut totals: Vec<i64> = present.map(|&project| grid.totals(project)[judge]).collect();
            totals.sort_unstable_by(|a, b| b.cmp(a));
            totals
        };
        Columns((0..grid.judges()).map(column).collect())
    }

    /// How many judges placed the project where (0 is first; equal totals share the better place), first places first.
    pub fn placings(&self, grid: &Grid, project: usize) -> Vec<(u32, u32)> {
        let own = grid.totals(project);
        let place = |judge: usize| self.0[judge].partition_point(|total| *total > own[judge]) as u32;
        let mut places: Vec<u32> = grid.present(project).map(place).collect();
        places.sort_unstable();
        places.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as u32)).collect()
    }
}

/// Rivals beaten by more judges minus rivals lost to, inside the group. A duel is judged by those who scored both; a rival with
/// whom the project shares no judge is neither beaten nor lost to.
pub fn duels(grid: &Grid, project: usize, group: &[usize]) -> i64 {
    let duel = |rival: &usize| {
        let both = grid.present(project).filter(|&judge| grid.has(*rival, judge));
        let margin = both.map(|judge| grid.totals(project)[judge].cmp(&grid.totals(*rival)[judge]) as i64);
        margin.sum::<i64>().signum()
    };
    group.iter().filter(|rival| **rival != project).map(duel).sum()
}
