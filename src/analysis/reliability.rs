//! Intraclass correlation (Shrout & Fleiss 1979; intervals McGraw & Wong 1996) and how many judges would be needed.

use crate::analysis::panel::{Panel, mean};
use crate::analysis::undefined::{Figure, Undefined};
use statrs::distribution::{ContinuousCDF, FisherSnedecor};

/// Mean squares of the complete block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSquares {
    pub projects: usize,
    pub judges: usize,
    /// Between projects.
    pub msb: f64,
    /// Within projects.
    pub msw: f64,
    /// Between judges.
    pub msj: f64,
    /// What is left.
    pub mse: f64,
}

/// A form of the coefficient: its number and whether it is of one judge or of the panel's mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    pub number: u8,
    pub average: bool,
}

impl Form {
    pub const ALL: [Form; 6] = [
        Form { number: 1, average: false },
        Form { number: 1, average: true },
        Form { number: 2, average: false },
        Form { number: 2, average: true },
        Form { number: 3, average: false },
        Form { number: 3, average: true },
    ];

    /// `2,k`
    pub fn name(self) -> String {
        format!("{},{}", self.number, if self.average { "k" } else { "1" })
    }
}

/// A coefficient with its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

pub fn mean_squares(panel: &Panel) -> Figure<MeanSquares> {
    let rows = panel.complete();
    let (n, k) = (rows.len(), panel.judges.len());
    if k < 2 {
        return Err(Undefined::TooFewJudges);
    }
    if n < 3 {
        return Err(if panel.rows.len() < 3 { Undefined::TooFewProjects } else { Undefined::Incomplete });
    }
    let all: Vec<f64> = rows.iter().flatten().copied().collect();
    let centre = mean(&all);
    let (nf, kf) = (n as f64, k as f64);
    let row_means: Vec<f64> = rows.iter().map(|row| mean(row)).collect();
    let column_means: Vec<f64> =
        (0..k).map(|judge| mean(&rows.iter().map(|row| row[judge]).collect::<Vec<_>>())).collect();
    let total: f64 = all.iter().map(|value| (value - centre).powi(2)).sum();
    let between: f64 = kf * row_means.iter().map(|value| (value - centre).powi(2)).sum::<f64>();
    let judges: f64 = nf * column_means.iter().map(|value| (value - centre).powi(2)).sum::<f64>();
    let residual = (rows.iter().zip(&row_means))
        .flat_map(|(row, at)| row.iter().zip(&column_means).map(move |(x, col)| x - at - col + centre))
        .map(|e| e * e)
        .sum::<f64>();
    Ok(MeanSquares {
        projects: n,
        judges: k,
        msb: between / (nf - 1.0),
        msw: (total - between).max(0.0) / (nf * (kf - 1.0)),
        msj: judges / (kf - 1.0),
        mse: residual / ((nf - 1.0) * (kf - 1.0)),
    })
}

/// The coefficient in one of its six forms.
pub fn icc(squares: &MeanSquares, form: Form) -> Figure<Icc> {
    let MeanSquares { projects, judges, msb, msw, msj, mse } = *squares;
    let (n, k) = (projects as f64, judges as f64);
    let (above, below) = match (form.number, form.average) {
        (1, false) => (msb - msw, msb + (k - 1.0) * msw),
        (1, true) => (msb - msw, msb),
        (2, false) => (msb - mse, msb + (k - 1.0) * mse + k * (msj - mse) / n),
        (2, true) => (msb - mse, msb + (msj - mse) / n),
        (_, false) => (msb - mse, msb + (k - 1.0) * mse),
        (_, true) => (msb - mse, msb),
    };
    // Rounding alone makes no variation.
    let scale = msb.max(msw).max(msj).max(mse);
    if scale <= 1e-18 || below.abs() <= scale * 1e-12 {
        return Err(Undefined::NoVariation);
    }
    let value = above / below;
    let (low, high) = match form.number {
        1 => one_way(squares, msw, n * (k - 1.0)),
        3 => one_way(squares, mse, (n - 1.0) * (k - 1.0)),
        _ => two_way(squares),
    };
    let shown = |single: f64| if form.average { stepped_up(single, k) } else { single };
    Ok(Icc { value, low: shown(low), high: shown(high) })
}

/// Spearman–Brown: from one judge to the mean of k.
fn stepped_up(single: f64, k: f64) -> f64 {
    k * single / (1.0 + (k - 1.0) * single)
}

/// Limits of the one-judge forms 1 and 3: F = MSB over the error.
fn one_way(squares: &MeanSquares, error: f64, error_df: f64) -> (f64, f64) {
    let (k, between_df) = (squares.judges as f64, squares.projects as f64 - 1.0);
    if error <= 0.0 {
        return (1.0, 1.0);
    }
    let f = squares.msb / error;
    let (low, high) = (f / upper_f(between_df, error_df), f * upper_f(error_df, between_df));
    ((low - 1.0) / (low + k - 1.0), (high - 1.0) / (high + k - 1.0))
}

/// Limits of form 2, by Satterthwaite's degrees of freedom.
fn two_way(squares: &MeanSquares) -> (f64, f64) {
    let MeanSquares { projects, judges, msb, msj, mse, .. } = *squares;
    let (n, k) = (projects as f64, judges as f64);
    if mse <= 0.0 && msj <= 0.0 {
        return (1.0, 1.0);
    }
    let r = (msb - mse) / (msb + (k - 1.0) * mse + k * (msj - mse) / n);
    let a = k * r / (n * (1.0 - r));
    let b = 1.0 + k * r * (n - 1.0) / (n * (1.0 - r));
    let v = (a * msj + b * mse).powi(2)
        / ((a * msj).powi(2) / (k - 1.0) + (b * mse).powi(2) / ((n - 1.0) * (k - 1.0)));
    let (lower, upper) = (upper_f(n - 1.0, v), upper_f(v, n - 1.0));
    let rest = k * msj + (k * n - k - n) * mse;
    let low = n * (msb - lower * mse) / (lower * rest + n * msb);
    let high = n * (upper * msb - mse) / (rest + n * upper * msb);
    (low, high)
}

/// The 97.5 % point of the F distribution, by bisection on its distribution function.
fn upper_f(first: f64, second: f64) -> f64 {
    let Ok(distribution) = FisherSnedecor::new(first, second) else { return 1.0 };
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    while distribution.cdf(high) < 0.975 && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        if distribution.cdf(middle) < 0.975 { low = middle } else { high = middle }
    }
    high
}

/// Judges that a mean needs to reach reliability `wanted` (of the ranking): `ceil(g/(1−g) · v_e/v_p)`.
pub fn judges_needed(squares: &MeanSquares, wanted: f64) -> Figure<u32> {
    let projects = (squares.msb - squares.mse) / squares.judges as f64;
    if projects <= 0.0 {
        return Err(Undefined::NoSpread);
    }
    let needed = wanted / (1.0 - wanted) * squares.mse / projects;
    // A whole number is not pushed up by its last bits.
    Ok(((needed - 1e-9).ceil().max(1.0)) as u32)
}
