//! Krippendorff's alpha (2011) and Kendall's coefficient of concordance W (Kendall & Babington Smith 1939).

use crate::analysis::panel::Panel;
use crate::analysis::undefined::{Figure, Undefined};

/// How differences between values count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    Interval,
    Ordinal,
}

/// Krippendorff's alpha. Gaps are allowed; a project with a single scorecard does not take part.
pub fn alpha(panel: &Panel, metric: Metric) -> Figure {
    let units: Vec<Vec<f64>> = panel
        .rows
        .iter()
        .map(|row| row.iter().flatten().copied().collect::<Vec<f64>>())
        .filter(|values| values.len() > 1)
        .collect();
    let units = if metric == Metric::Ordinal { mid_ranks(&units) } else { units };
    let all: Vec<f64> = units.iter().flatten().copied().collect();
    if all.is_empty() {
        return Err(Undefined::NothingPairable);
    }
    let observed: f64 =
        units.iter().map(|values| squared_differences(values) / (values.len() - 1) as f64).sum();
    let expected = squared_differences(&all);
    if expected <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    Ok(1.0 - (all.len() - 1) as f64 * observed / expected)
}

/// The sum of squared differences over all ordered pairs.
fn squared_differences(values: &[f64]) -> f64 {
    if values.iter().all(|value| *value == values[0]) {
        return 0.0;
    }
    // Around the first value, so that large numbers keep their differences.
    let (mut sum, mut squares) = (0.0, 0.0);
    for value in values.iter().map(|value| value - values[0]) {
        sum += value;
        squares += value * value;
    }
    2.0 * (values.len() as f64 * squares - sum * sum)
}

/// Values replaced by their middle rank among all: ordinal differences are differences of these.
fn mid_ranks(units: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut sorted: Vec<f64> = units.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let rank = |value: &f64| {
        let below = sorted.partition_point(|other| other < value);
        let upto = sorted.partition_point(|other| other <= value);
        (below + upto) as f64 / 2.0
    };
    units.iter().map(|values| values.iter().map(rank).collect()).collect()
}

/// Kendall's W with correction for ties, of a complete panel.
pub fn kendall_w(panel: &Panel) -> Figure {
    let (n, m) = (panel.rows.len(), panel.judges.len());
    if m < 2 {
        return Err(Undefined::TooFewJudges);
    }
    if n < 2 {
        return Err(Undefined::TooFewProjects);
    }
    if !panel.is_complete() {
        return Err(Undefined::Incomplete);
    }
    let mut sums = vec![0.0; n];
    let mut ties = 0.0;
    for judge in 0..m {
        let column: Vec<f64> = panel.column(judge).flatten().collect();
        let ranks = mid_ranks(std::slice::from_ref(&column)).swap_remove(0);
        sums.iter_mut().zip(&ranks).for_each(|(sum, rank)| *sum += rank + 0.5);
        let mut sorted = column;
        sorted.sort_by(f64::total_cmp);
        for group in sorted.chunk_by(|a, b| a == b) {
            let size = group.len() as f64;
            ties += size.powi(3) - size;
        }
    }
    let (nf, mf) = (n as f64, m as f64);
    let centre = mf * (nf + 1.0) / 2.0;
    let spread: f64 = sums.iter().map(|sum| (sum - centre).powi(2)).sum();
    let most = mf * mf * (nf.powi(3) - nf) - mf * ties;
    if most <= 0.0 { Err(Undefined::NoVariation) } else { Ok(12.0 * spread / most) }
}
