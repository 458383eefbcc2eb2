//! The totals of the ranked projects as numbers to look at.

use crate::domain::scoring::table::Table;

/// Totals on 0–100 by project and judge; a gap where there is no scorecard.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    pub rows: Vec<Vec<Option<f64>>>,
    /// The table's positions of the rows and columns.
    pub projects: Vec<usize>,
    pub judges: Vec<usize>,
}

impl Panel {
    /// Ranked projects in the list's order, and the judges who scored one of them.
    pub fn of(table: &Table) -> Self {
        let mut projects: Vec<usize> = table.order().iter().map(|&project| project as usize).collect();
        projects.sort_unstable();
        let (judges, grid) = (table.panel(), &table.grid);
        let total = |project: usize, judge: usize| {
            let total = || grid.totals(project)[judge] as f64 / grid.base() as f64 * 100.0;
            grid.has(project, judge).then(total)
        };
        let row = |&project: &usize| judges.iter().map(|&judge| total(project, judge)).collect();
        Panel { rows: projects.iter().map(row).collect(), projects, judges }
    }

    /// From plain numbers: rows are projects, columns judges.
    pub fn from_rows(rows: Vec<Vec<Option<f64>>>) -> Self {
        let width = rows.first().map_or(0, Vec::len);
        Panel { projects: (0..rows.len()).collect(), judges: (0..width).collect(), rows }
    }

    /// The projects that every judge has scored.
    pub fn complete(&self) -> Vec<Vec<f64>> {
        self.rows.iter().filter_map(|row| row.iter().copied().collect()).collect()
    }

    pub fn is_complete(&self) -> bool {
        self.rows.iter().all(|row| row.iter().all(Option::is_some))
    }

    /// One judge's totals.
    pub fn column(&self, judge: usize) -> impl Iterator<Item = Option<f64>> + '_ {
        self.rows.iter().map(move |row| row[judge])
    }
}

/// The mean; NaN never leaves: callers ask for at least one value.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard deviation with n − 1; 0 for a single value.
pub fn deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let centre = mean(values);
    let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n => (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0,
    }
}
