//! Each judge beside the panel: severity, consistency, scorecards that stand out, and what to look at.

use crate::analysis::panel::{Panel, deviation, mean, median};
use crate::analysis::undefined::{Figure, Undefined};

/// Flags are raised only where there is enough to go by.
const FLAG_PROJECTS: usize = 6;
const FLAG_JUDGES: usize = 4;

/// Something to look at together, never a reason to leave a judge out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Flag {
    /// More than 5 points and two standard errors away from the panel.
    Severity,
    /// Correlation with the other judges below 0.3.
    Consistency,
    /// Uses less than a third of the panel's median spread.
    Spread,
    /// A scorecard more than three standard errors off; the row of the project.
    Scorecard { project: usize, z: f64 },
}

#[derive(Debug, Clone, PartialEq)]
pub struct JudgeFigures {
    /// Points above (lenient) or below (severe) the panel, in the additive model; by the rule's own λ where that is the
    /// method, so that a judge has one severity and not two.
    pub severity: Figure,
    pub standard_error: Figure,
    /// Pearson correlation with the mean of the other judges.
    pub consistency: Figure,
    /// Standard deviation of the judge's totals.
    pub spread: f64,
    /// Standardised residuals by row.
    pub residuals: Vec<Option<f64>>,
    pub flags: Vec<Flag>,
}

/// Every judge's figures, by column. `lambda` is the severity model's, 0 for other methods.
pub fn figures(panel: &Panel, lambda: f64) -> Vec<JudgeFigures> {
    let model = Model::fit(panel);
    let shrunk = (lambda > 0.0).then(|| Shrunk::fit(panel, lambda));
    let spreads: Vec<f64> = (0..panel.judges.len()).map(|judge| deviation(&own(panel, judge))).collect();
    let median_spread = median(&spreads);
    let enough = panel.rows.len() >= FLAG_PROJECTS && panel.judges.len() >= FLAG_JUDGES;
    let figures = |judge: usize| {
        let least = || model.as_ref().map_err(|why| *why);
        let (severity, standard_error) = match &shrunk {
            Some(shrunk) => {
                let error = least().and_then(|model| model.error(shrunk.covariance[judge]));
                (Ok(shrunk.effects[judge]), error)
            }
            None => {
                (least().map(|model| model.effects[judge]), least().and_then(|m| m.standard_error(judge)))
            }
        };
        let residuals: Vec<Option<f64>> = (0..panel.rows.len())
            .map(|row| model.as_ref().ok().and_then(|model| model.standardised(panel, row, judge)))
            .collect();
        let mut one = JudgeFigures {
            severity,
            standard_error,
            consistency: consistency(panel, judge),
            spread: spreads[judge],
            residuals,
            flags: Vec::new(),
        };
        if enough {
            one.flags = flags(&one, median_spread);
        }
        one
    };
    (0..panel.judges.len()).map(figures).collect()
}

fn flags(one: &JudgeFigures, median_spread: f64) -> Vec<Flag> {
    let mut flags = Vec::new();
    if let (Ok(severity), Ok(error)) = (one.severity, one.standard_error)
        && severity.abs() > 2.0 * error
        && severity.abs() > 5.0
    {
        flags.push(Flag::Severity);
    }
    if one.consistency.is_ok_and(|consistency| consistency < 0.3) {
        flags.push(Flag::Consistency);
    }
    if one.spread < median_spread / 3.0 {
        flags.push(Flag::Spread);
    }
    let off = one.residuals.iter().enumerate().filter_map(|(row, z)| Some((row, (*z)?)));
    flags.extend(off.filter(|(_, z)| z.abs() > 3.0).map(|(project, z)| Flag::Scorecard { project, z }));
    flags
}

fn own(panel: &Panel, judge: usize) -> Vec<f64> {
    panel.column(judge).flatten().collect()
}

/// Correlation with the mean of the other judges, over the projects that this judge and another one scored.
pub fn consistency(panel: &Panel, judge: usize) -> Figure {
    let pairs: Vec<(f64, f64)> = panel
        .rows
        .iter()
        .filter_map(|row| {
            let others: Vec<f64> =
                row.iter().enumerate().filter(|(at, _)| *at != judge).filter_map(|(_, x)| *x).collect();
            (!others.is_empty()).then_some((row[judge]?, mean(&others)))
        })
        .collect();
    if panel.judges.len() < 2 {
        return Err(Undefined::TooFewJudges);
    }
    if pairs.len() < 3 {
        return Err(Undefined::TooFewProjects);
    }
    let (own, rest): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let (own_mean, rest_mean) = (mean(&own), mean(&rest));
    let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        own.iter().zip(&rest).map(|(a, b)| f(a - own_mean, b - rest_mean)).sum()
    };
    let (both, a, b) = (sum(&|a, b| a * b), sum(&|a, _| a * a), sum(&|_, b| b * b));
    if a <= 1e-18 || b <= 1e-18 { Err(Undefined::NoVariation) } else { Ok(both / (a * b).sqrt()) }
}

/// The additive model by least squares, Σβ = 0.
struct Model {
    effects: Vec<f64>,
    scores: Vec<f64>,
    /// Pseudo-inverse of the normal equations for β: its covariance up to the residual variance.
    inverse: Vec<Vec<f64>>,
    /// Residual variance; `None` without degrees of freedom.
    variance: Option<f64>,
}

impl Model {
    fn fit(panel: &Panel) -> Figure<Model> {
        let judges = panel.judges.len();
        if judges < 2 {
            return Err(Undefined::TooFewJudges);
        }
        let (mut matrix, right) = normal_equations(panel);
        matrix.iter_mut().flatten().for_each(|cell| *cell += 1.0);
        // With the anchor 1 in every cell the matrix is regular exactly when the scorecards hang together.
        let mut inverse = invert(matrix).ok_or(Undefined::NotConnected)?;
        let size = (judges * judges) as f64;
        inverse.iter_mut().flatten().for_each(|cell| *cell -= 1.0 / size);
        let effects = times(&inverse, &right);
        let score = |row: &Vec<Option<f64>>| {
            let rests: Vec<f64> = row.iter().zip(&effects).filter_map(|(x, e)| Some((*x)? - e)).collect();
            mean(&rests)
        };
        let scores: Vec<f64> = panel.rows.iter().map(score).collect();
        let mut model = Model { effects, scores, inverse, variance: None };
        let residuals: Vec<f64> = (0..panel.rows.len())
            .flat_map(|row| (0..judges).map(move |judge| (row, judge)))
            .filter_map(|(row, judge)| model.residual(panel, row, judge))
            .collect();
        let freedom = (residuals.len() + 1).saturating_sub(panel.rows.len() + judges);
        if freedom > 0 {
            model.variance = Some(residuals.iter().map(|e| e * e).sum::<f64>() / freedom as f64);
        }
        Ok(model)
    }

    fn residual(&self, panel: &Panel, row: usize, judge: usize) -> Option<f64> {
        Some(panel.rows[row][judge]? - self.scores[row] - self.effects[judge])
    }

    fn standard_error(&self, judge: usize) -> Figure {
        self.error(self.inverse[judge][judge])
    }

    /// The standard error of what has this variance, up to the residuals'.
    fn error(&self, variance: f64) -> Figure {
        Ok((self.variance.ok_or(Undefined::TooFewProjects)? * variance.max(0.0)).sqrt())
    }

    /// The residual over its standard error; in a complete panel `e / (s·√((1−1/n)(1−1/k)))`.
    fn standardised(&self, panel: &Panel, row: usize, judge: usize) -> Option<f64> {
        let residual = self.residual(panel, row, judge)?;
        let present: Vec<usize> =
            (0..panel.judges.len()).filter(|&at| panel.rows[row][at].is_some()).collect();
        let k = present.len() as f64;
        let weight = |at: usize| f64::from(u8::from(at == judge)) - 1.0 / k;
        let leverage: f64 = present
            .iter()
            .flat_map(|&a| present.iter().map(move |&b| (a, b)))
            .map(|(a, b)| weight(a) * self.inverse[a][b] * weight(b))
            .sum();
        let share = 1.0 - 1.0 / k - leverage;
        let spread = (self.variance? * share).sqrt();
        (share > 1e-9 && spread > 1e-12).then(|| residual / spread)
    }
}

/// The judges' effects with λ > 0, drawn towards zero.
struct Shrunk {
    effects: Vec<f64>,
    /// Variances of the effects, up to the residuals'.
    covariance: Vec<f64>,
}

impl Shrunk {
    fn fit(panel: &Panel, lambda: f64) -> Self {
        let (matrix, right) = normal_equations(panel);
        let mut ridge = matrix.clone();
        ridge.iter_mut().enumerate().for_each(|(at, row)| row[at] += lambda);
        // With λ > 0 the matrix is regular, whatever the scorecards join.
        let inverse = invert(ridge).unwrap_or_else(|| vec![vec![0.0; right.len()]; right.len()]);
        let variance = |row: &Vec<f64>| times(&matrix, row).iter().zip(row).map(|(a, b)| a * b).sum();
        Shrunk { effects: times(&inverse, &right), covariance: inverse.iter().map(variance).collect() }
    }
}

fn times(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum()).collect()
}

/// The equations for the judges' effects once the projects' scores are eliminated.
fn normal_equations(panel: &Panel) -> (Vec<Vec<f64>>, Vec<f64>) {
    let judges = panel.judges.len();
    let (mut matrix, mut right) = (vec![vec![0.0; judges]; judges], vec![0.0; judges]);
    for row in &panel.rows {
        let present: Vec<(usize, f64)> =
            row.iter().enumerate().filter_map(|(at, x)| Some((at, (*x)?))).collect();
        let k = present.len() as f64;
        let centre = present.iter().map(|(_, x)| x).sum::<f64>() / k;
        for (at, x) in &present {
            matrix[*at][*at] += 1.0;
            present.iter().for_each(|(other, _)| matrix[*at][*other] -= 1.0 / k);
            right[*at] += x - centre;
        }
    }
    (matrix, right)
}

/// Gauss–Jordan with pivoting; `None` where the matrix is singular.
fn invert(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    for (at, row) in matrix.iter_mut().enumerate() {
        row.extend((0..size).map(|column| f64::from(u8::from(column == at))));
    }
    for pivot in 0..size {
        let best =
            (pivot..size).max_by(|&a, &b| matrix[a][pivot].abs().total_cmp(&matrix[b][pivot].abs()))?;
        if matrix[best][pivot].abs() < 1e-9 {
            return None;
        }
        matrix.swap(pivot, best);
        let lead = matrix[pivot][pivot];
        matrix[pivot].iter_mut().for_each(|cell| *cell /= lead);
        let row = matrix[pivot].clone();
        for (_, other) in matrix.iter_mut().enumerate().filter(|(at, _)| *at != pivot) {
            let factor = other[pivot];
            other.iter_mut().zip(&row).for_each(|(cell, lead)| *cell -= factor * lead);
        }
    }
    Some(matrix.into_iter().map(|row| row[size..].to_vec()).collect())
}
