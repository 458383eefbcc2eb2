//! How far the totals of one pitch lie apart, and whose total stands alone. For the chair's eyes; no score uses it.

use crate::analysis::panel::{deviation, mean, median};

/// A total farther than this from the median of the others is pointed out to the chair.
pub const FAR_POINTS: f64 = 10.0;
/// Fewer totals leave too few others to have a middle.
pub const FAR_TOTALS: usize = 4;

#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    pub low: f64,
    pub high: f64,
    pub mean: f64,
    pub median: f64,
    /// Standard deviation (n − 1).
    pub deviation: f64,
    /// By position: more than [`FAR_POINTS`] from the median of the others.
    pub far: Vec<bool>,
}

impl Spread {
    /// `None` without totals.
    pub fn of(totals: &[f64]) -> Option<Self> {
        let low = totals.iter().copied().reduce(f64::min)?;
        let high = totals.iter().copied().reduce(f64::max)?;
        let far = |at: usize| {
            let others: Vec<f64> =
                totals.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, x)| *x).collect();
            totals.len() >= FAR_TOTALS && (totals[at] - median(&others)).abs() > FAR_POINTS
        };
        Some(Spread {
            low,
            high,
            mean: mean(totals),
            median: median(totals),
            deviation: deviation(totals),
            far: (0..totals.len()).map(far).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_total_that_stands_alone_is_pointed_out() {
        // By hand: mean 474 / 6, median (80 + 82) / 2, squares 9 + 16 + 25 + 121 + 1 + 4 = 176 over 5.
        let spread = Spread::of(&[82.0, 83.0, 84.0, 68.0, 80.0, 77.0]).unwrap();
        assert_eq!((spread.low, spread.high, spread.mean, spread.median), (68.0, 84.0, 79.0, 81.0));
        assert!((spread.deviation - (176.0_f64 / 5.0).sqrt()).abs() < 1e-12);
        assert_eq!(spread.far, [false, false, false, true, false, false]);
        // Exactly ten points is not far; of three totals each would look far from the two others.
        assert_eq!(Spread::of(&[80.0, 80.0, 80.0, 90.0]).unwrap().far, [false; 4]);
        assert_eq!(Spread::of(&[10.0, 80.0, 90.0]).unwrap().far, [false; 3]);
        assert_eq!(Spread::of(&[]), None);
    }
}
