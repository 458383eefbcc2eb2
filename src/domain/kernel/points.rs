//! Points: a decimal number with at most four places, held as a whole number of ticks.
//!
//! Knows how points are written, read and added. Deliberately does not know what they are points *of* (a mark, a
//! maximum, a deduction), nor how fractions of them are rounded (see `scoring::exact`).
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Points in ticks of 10⁻⁴. On the wire and in files a decimal string (`"27.5"`), never a JSON number: a number would
/// have passed through binary floating point somewhere and `0.1` is not one tenth there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// Why a text is not a number of points.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointsProblem {
    #[error("{0:?} is not a decimal number such as 27.5")]
    NotDecimal(String),
    #[error("{0:?} has more than 4 decimal places")]
    TooFine(String),
    #[error("{0:?} is beyond one thousand million")]
    TooLarge(String),
}

impl Points {
    pub const ZERO: Points = Points(0);
    /// How many ticks one point has.
    pub const TICKS: i64 = 10_000;
    /// The largest number of points that may be written: far beyond any contest, and small enough that a sum of
    /// millions of marks cannot overflow.
    pub const LIMIT: Points = Points(1_000_000_000 * Self::TICKS);

    pub const fn from_ticks(ticks: i64) -> Self {
        Points(ticks)
    }

    /// `None` where the number is beyond `LIMIT`.
    pub fn whole(points: i64) -> Option<Self> {
        let ticks = points.checked_mul(Self::TICKS)?;
        (ticks.abs() <= Self::LIMIT.0).then_some(Points(ticks))
    }

    pub const fn ticks(self) -> i64 {
        self.0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// True where `self` is a whole number of steps; a step of zero has no grid and everything is on it.
    pub const fn on_grid(self, step: Points) -> bool {
        step.0 == 0 || self.0 % step.0 == 0
    }

    pub fn checked_add(self, other: Points) -> Option<Points> {
        Self::within(self.0.checked_add(other.0)?)
    }

    pub fn checked_sub(self, other: Points) -> Option<Points> {
        Self::within(self.0.checked_sub(other.0)?)
    }

    pub fn checked_mul(self, times: i64) -> Option<Points> {
        Self::within(self.0.checked_mul(times)?)
    }

    fn within(ticks: i64) -> Option<Points> {
        (ticks.checked_abs()? <= Self::LIMIT.0).then_some(Points(ticks))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ticks = self.0.unsigned_abs();
        let per_point = Self::TICKS.unsigned_abs();
        let (whole, part) = (ticks / per_point, ticks % per_point);
        if part == 0 {
            return f.pad(&format!("{sign}{whole}"));
        }
        let digits = format!("{part:04}");
        f.pad(&format!("{sign}{whole}.{}", digits.trim_end_matches('0')))
    }
}

impl FromStr for Points {
    type Err = PointsProblem;

    fn from_str(text: &str) -> Result<Self, PointsProblem> {
        let bad = || PointsProblem::NotDecimal(text.chars().take(40).collect());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = match digits.split_once('.') {
            Some((_, "")) => return Err(bad()),
            Some((whole, part)) => (whole, part),
            None => (digits, ""),
        };
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(part) {
            return Err(bad());
        }
        if part.len() > 4 {
            return Err(PointsProblem::TooFine(text.chars().take(40).collect()));
        }
        let too_large = || PointsProblem::TooLarge(text.chars().take(40).collect());
        let whole: i64 = whole.parse().map_err(|_| too_large())?;
        // The missing places are zeros.
        let part =
            part.bytes().chain(*b"0000").take(4).fold(0, |ticks, digit| 10 * ticks + i64::from(digit - b'0'));
        let ticks = whole.checked_mul(Self::TICKS).and_then(|t| t.checked_add(part)).ok_or_else(too_large)?;
        Self::within(if negative { -ticks } else { ticks }).ok_or_else(too_large)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Points;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("points written as a string, such as \"27.5\" (never as a number)")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Points, E> {
                text.parse().map_err(E::custom)
            }
        }
        // `any`, so that a number is refused by its own name instead of being read as text.
        deserializer.deserialize_any(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_without_trailing_zeros_and_read_back() {
        for (text, shown) in [
            ("27.5", "27.5"),
            ("27.50", "27.5"),
            ("0.0001", "0.0001"),
            ("-3", "-3"),
            ("100", "100"),
            ("-0.0", "0"),
        ] {
            let points: Points = text.parse().unwrap();
            assert_eq!(points.to_string(), shown);
            assert_eq!(shown.parse::<Points>().unwrap(), points);
        }
    }

    #[test]
    fn everything_that_is_not_a_plain_decimal_is_refused() {
        for text in ["", "-", ".5", "5.", "1e3", "+4", " 4", "4 ", "0x10", "９", "1,5", "--1", "1.2.3", "NaN"]
        {
            assert!(matches!(text.parse::<Points>(), Err(PointsProblem::NotDecimal(_))), "{text:?}");
        }
        assert!(matches!("1.23456".parse::<Points>(), Err(PointsProblem::TooFine(_))));
        assert!(matches!("1000000001".parse::<Points>(), Err(PointsProblem::TooLarge(_))));
        assert!(matches!("99999999999999999999".parse::<Points>(), Err(PointsProblem::TooLarge(_))));
    }

    #[test]
    fn a_json_number_is_refused() {
        for json in ["27.5", "27", "null", "true", "[\"1\"]"] {
            assert!(serde_json::from_str::<Points>(json).is_err(), "{json}");
        }
        assert_eq!(serde_json::from_str::<Points>("\"27.5\"").unwrap().ticks(), 275_000);
        assert_eq!(serde_json::to_string(&Points::from_ticks(275_000)).unwrap(), "\"27.5\"");
    }

    #[test]
    fn arithmetic_stops_at_the_limit() {
        assert_eq!(Points::LIMIT.checked_add(Points::from_ticks(1)), None);
        assert_eq!(Points::ZERO.checked_sub(Points::from_ticks(1)), Some(Points::from_ticks(-1)));
        assert_eq!(Points::from_ticks(i64::MAX).checked_mul(2), None);
        assert_eq!(Points::whole(i64::MAX), None);
    }

    #[test]
    fn the_grid_is_a_whole_number_of_steps() {
        let half = Points::from_ticks(5_000);
        assert!("9.5".parse::<Points>().unwrap().on_grid(half));
        assert!(!"9.55".parse::<Points>().unwrap().on_grid(half));
        assert!("9.55".parse::<Points>().unwrap().on_grid(Points::ZERO));
    }
}
