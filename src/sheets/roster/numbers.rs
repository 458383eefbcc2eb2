//! What stands in a number's column: a number, or a code of the organiser's own.

use crate::domain::kernel::names::{CODE_CHARS_MAX, half_width};
use crate::sheets::columns::Field;
use crate::sheets::findings::{Findings, Refused};
use crate::sheets::headings::fold;
use crate::sheets::table::Line;

/// Highest number of a project or a judge.
const NUMBER_MAX: u16 = 9_999;

/// How an organiser numbers a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numeral {
    /// There is no column for it.
    None,
    Whole(u16),
    /// A code as it is written, with the number that it holds: `第3号`, `A01`.
    Code(String, Option<u16>),
}

impl Numeral {
    pub fn number(&self) -> Option<u16> {
        match self {
            Numeral::None => None,
            Numeral::Whole(number) => Some(*number),
            Numeral::Code(_, number) => *number,
        }
    }
}

pub fn read(line: &Line<'_>, findings: &mut Findings) -> Result<Numeral, Refused> {
    if !line.table.has(Field::Number) {
        return Ok(Numeral::None);
    }
    let text = line.numbered(Field::Number, findings)?;
    if text.is_empty() {
        return Err(findings.refuse(line.place(Field::Number), "missing-number", &[]));
    }
    numeral(&text).ok_or_else(|| line.refuse_text(Field::Number, "bad-number", &text, findings))
}

pub fn numeral(text: &str) -> Option<Numeral> {
    if let Some(number) = whole_number(text) {
        let plain = fold(text);
        return Some(match plain.starts_with('0') {
            true => Numeral::Code(plain, Some(number)),
            false => Numeral::Whole(number),
        });
    }
    let folded: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let known = |c: char| c.is_alphanumeric() || "-_./#()".contains(c);
    let decimal = folded.parse::<f64>().is_ok()
        && folded.bytes().any(|b| !b.is_ascii_digit())
        && !folded.ends_with('.');
    let has_digit = folded.bytes().any(|b| b.is_ascii_digit());
    let fits = folded.chars().count() <= CODE_CHARS_MAX && folded.chars().all(known);
    if !fits || !has_digit || decimal || folded.starts_with('-') || folded.bytes().all(|b| b == b'0') {
        return None;
    }
    let number = inside(&folded).and_then(whole_number);
    Some(Numeral::Code(text.trim().to_owned(), number))
}

/// The digits of `第3号`, `3号`, `3.`, `(3)`, `#3`, `No.3`: what holds nothing else.
fn inside(text: &str) -> Option<&str> {
    let lower = text.trim_end_matches(['号', ')', '.', '项']);
    let starts = ["第", "(", "#", "no.", "No.", "NO.", "No", "NO"];
    let digits = starts.iter().find_map(|start| lower.strip_prefix(start)).unwrap_or(lower);
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// Reads as a whole number however it is typed: full width, `5.0`, `07`.
pub fn whole_number(text: &str) -> Option<u16> {
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim();
    let digits = match plain.split_once('.') {
        Some((_, "")) => return None,
        Some((digits, zeros)) if zeros.bytes().all(|b| b == b'0') => digits,
        Some(_) => return None,
        None => plain,
    };
    let number: u16 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    (1..=NUMBER_MAX).contains(&number).then_some(number)
}

/// The ids of numbered lines: their numbers where every line has one and no two the same, else their positions. The lines that
/// have a number that another has are named.
pub fn ids(numerals: &[Numeral]) -> (Vec<u16>, bool) {
    let numbers: Option<Vec<u16>> = numerals.iter().map(Numeral::number).collect();
    let mut sorted = numbers.clone().unwrap_or_default();
    sorted.sort_unstable();
    sorted.dedup();
    match numbers {
        Some(numbers) if sorted.len() == numbers.len() => (numbers, true),
        _ => ((1..=NUMBER_MAX).take(numerals.len()).collect(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_typed() {
        for (text, number) in [("5", 5), ("5.0", 5), ("5.00", 5), ("07", 7), (" 12 ", 12), ("9999", 9_999)] {
            assert_eq!(whole_number(text), Some(number), "{text}");
        }
        for text in ["四", "0", "-1", "1.5", "", ".0", "10000", "99999999999", "1e3", "P7", "NaN"] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_kept_with_the_number_in_it() {
        for (text, number) in [
            ("A01", None),
            ("B-2", None),
            ("001", Some(1)),
            ("第3号", Some(3)),
            ("3号", Some(3)),
            ("3.", Some(3)),
            ("（3）", Some(3)),
            ("(3)", Some(3)),
            ("#3", Some(3)),
            ("No.3", Some(3)),
            ("20240703", None),
        ] {
            assert_eq!(numeral(text), Some(Numeral::Code(text.to_owned(), number)), "{text}");
        }
        assert_eq!(numeral("5.0"), Some(Numeral::Whole(5)));
        for text in ["四", "0", "-1", "1.5", "", "NaN", "甲", "1;2", "12345678901234567"] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }

    #[test]
    fn ids_are_the_numbers_or_the_positions() {
        let of = |texts: &[&str]| ids(&texts.iter().map(|text| numeral(text).unwrap()).collect::<Vec<_>>());
        assert_eq!(of(&["3", "1", "2"]), (vec![3, 1, 2], true));
        assert_eq!(of(&["第3号", "1号"]), (vec![3, 1], true));
        assert_eq!(of(&["A01", "A02"]), (vec![1, 2], false));
        assert_eq!(of(&["1", "2", "1"]), (vec![1, 2, 3], false));
    }
}
