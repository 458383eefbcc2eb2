//! Exact numbers: rounding a fraction once, printing it, reading it.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::rule::Rounding;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// `num / den` (den > 0) as a whole number, rounded.
pub fn rounded(num: &BigInt, den: &BigInt, how: Rounding) -> BigInt {
    let (quotient, rest) = num.abs().div_rem(den);
    let twice = rest * 2;
    let up = match how {
        Rounding::Truncate => false,
        Rounding::HalfAway => twice >= *den,
        Rounding::HalfEven => twice > *den || (twice == *den && quotient.is_odd()),
    };
    let size = if up { quotient + BigInt::one() } else { quotient };
    if num.sign() == Sign::Minus { -size } else { size }
}

/// The same in machine integers; the caller bounds them.
pub fn rounded_small(num: i128, den: i128, how: Rounding) -> i128 {
    let (quotient, rest) = match (i64::try_from(num.abs()), i64::try_from(den)) {
        // Almost always: and an order of magnitude faster.
        (Ok(num), Ok(den)) => (i128::from(num / den), i128::from(num % den)),
        _ => (num.abs() / den, num.abs() % den),
    };
    let up = match how {
        Rounding::Truncate => false,
        Rounding::HalfAway => rest >= den - rest,
        Rounding::HalfEven => rest > den - rest || (rest == den - rest && quotient % 2 == 1),
    };
    let size = quotient + i128::from(up);
    if num < 0 { -size } else { size }
}

/// A value in units of 10^-decimals.
pub fn units(value: &BigRational, decimals: u8, how: Rounding) -> BigInt {
    let scale = BigInt::from(10).pow(u32::from(decimals));
    rounded(&(value.numer() * scale), value.denom(), how)
}

/// Units of 10^-decimals as a decimal string. There is no `-0.00`.
pub fn printed(units: &BigInt, decimals: u8) -> String {
    let places = usize::from(decimals);
    let digits = format!("{:0>width$}", units.abs().to_string(), width = places + 1);
    let sign = if units.is_negative() { "-" } else { "" };
    let (whole, part) = digits.split_at(digits.len() - places);
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A value rounded and printed.
pub fn shown(value: &BigRational, decimals: u8, how: Rounding) -> String {
    printed(&units(value, decimals, how), decimals)
}

/// Points as a fraction.
pub fn of_points(points: Points) -> BigRational {
    BigRational::new(points.ticks().into(), Points::TICKS.into())
}

/// A whole number as a fraction.
pub fn whole(number: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(number.into())
}

/// The mean; `None` of nothing.
pub fn mean<'a>(values: impl ExactSizeIterator<Item = &'a BigRational>) -> Option<BigRational> {
    let count = values.len();
    if count == 0 {
        return None;
    }
    let sum = values.fold(BigRational::zero(), |sum, value| sum + value);
    Some(sum / whole(count))
}

/// The median of an odd number, the mean of the middle two of an even number; `None` of nothing.
pub fn median(mut values: Vec<BigRational>) -> Option<BigRational> {
    values.sort();
    let (low, high) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    Some((values[low].clone() + &values[high]) / whole(2))
}
