//! What a number's format makes of it: a percentage, a date, a time, or the number itself.

use super::grid::{Cell, Dated};
use jiff::ToSpan;
use jiff::civil::date;

/// Beyond it a whole number is meant as a date.
const NUMBER_MAX: f64 = 9_999.0;
const DAY_SECS: f64 = 86_400.0;
/// The last day that a spreadsheet knows.
const DAYS_MAX: f64 = 2_958_465.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Plain,
    Percent,
    Date,
    /// A time of day, with seconds or without.
    Time {
        seconds: bool,
    },
}

impl Shape {
    /// What a format's code shows; what stands in quotes or brackets is decoration.
    pub fn of(code: &str) -> Shape {
        let mut plain = String::new();
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => while chars.next().is_some_and(|c| c != '"') {},
                '\\' | '_' | '*' => _ = chars.next(),
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let elapsed = inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'));
                    plain.push_str(if elapsed { &inside } else { "" });
                    if elapsed && !inside.is_empty() {
                        plain.push('h');
                    }
                }
                c => plain.push(c.to_ascii_lowercase()),
            }
        }
        let has = |c: char| plain.to_ascii_lowercase().contains(c);
        match () {
            () if has('%') => Shape::Percent,
            () if plain == "general" || plain == "@" => Shape::Plain,
            () if has('y') || has('d') => Shape::Date,
            () if has('h') || has('s') => Shape::Time { seconds: has('s') },
            () if has('m') => Shape::Date,
            () => Shape::Plain,
        }
    }

    /// The code of a format that files name by number alone.
    pub fn builtin(id: u16) -> Shape {
        match id {
            9 | 10 => Shape::Percent,
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shape::Date,
            18 | 20 | 32 | 34 | 55 => Shape::Time { seconds: false },
            19 | 21 | 33 | 35 | 45..=47 | 56 => Shape::Time { seconds: true },
            _ => Shape::Plain,
        }
    }
}

/// A number as its cell shows it.
pub fn number(value: f64, shape: Shape, from_1904: bool) -> Cell {
    match shape {
        Shape::Plain => Cell::Text(decimal(value)),
        Shape::Percent => Cell::Text(format!("{}%", decimal(value * 100.0))),
        Shape::Date => Cell::Date(day(value, from_1904)),
        Shape::Time { seconds } if (0.0..DAYS_MAX).contains(&value) => Cell::Date(time(value, seconds)),
        Shape::Time { .. } => Cell::Date(Dated { shown: decimal(value), ..Dated::default() }),
    }
}

/// A plain decimal without what binary fractions add behind the tenth place.
fn decimal(value: f64) -> String {
    if value.fract() == 0.0 || value.abs() >= 1e5 {
        return value.to_string();
    }
    let text = format!("{value:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn day(value: f64, from_1904: bool) -> Dated {
    let number = (value.fract() == 0.0 && (1.0..=NUMBER_MAX).contains(&value)).then_some(value as u32);
    let first = if from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    let shown = (0.0..=DAYS_MAX).contains(&value).then(|| first.checked_add((value as i64).days()).ok());
    Dated {
        shown: shown.flatten().map_or_else(|| decimal(value), |day| day.to_string()),
        number,
        clock: None,
    }
}

/// Who types `2:30` means minutes and seconds and gets hours and minutes. Where seconds are shown nothing was mistaken.
fn time(value: f64, seconds: bool) -> Dated {
    let total = (value * DAY_SECS).round() as u64;
    let (hours, minutes, secs) = (total / 3_600, total / 60 % 60, total % 60);
    let (shown, clock) = if seconds {
        (format!("{hours}:{minutes:02}:{secs:02}"), format!("{}:{secs:02}", total / 60))
    } else {
        (format!("{hours}:{minutes:02}"), format!("{hours}:{minutes:02}"))
    };
    Dated { shown, number: None, clock: Some(clock) }
}

/// A date or a length of time as newer files write it: `2024-07-03`, `PT02H30M00S`. A file that writes every time with
/// seconds does not say whether they were typed; none mean that they were not.
pub fn iso(text: &str) -> Cell {
    let Some(rest) = text.strip_prefix("PT") else {
        return Cell::Date(Dated { shown: text.chars().take(40).collect(), ..Dated::default() });
    };
    let mut parts = [0_u64; 3];
    let mut digits = String::new();
    for c in rest.chars() {
        match "HMS".find(c) {
            Some(at) => {
                let whole = digits.split('.').next().unwrap_or_default();
                parts[at] = whole.parse().unwrap_or_default();
                digits.clear();
            }
            None => digits.push(c),
        }
    }
    let [hours, minutes, secs] = parts.map(|part| part.min(1_000_000));
    let value = (hours * 3_600 + minutes * 60 + secs) as f64 / DAY_SECS;
    Cell::Date(time(value, secs > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_what_its_number_is() {
        for (code, shape) in [
            ("General", Shape::Plain),
            ("0.00", Shape::Plain),
            ("0%", Shape::Percent),
            ("0.0%;[Red]-0.0%", Shape::Percent),
            ("yyyy\\-mm\\-dd", Shape::Date),
            ("m\"月\"d\"日\"", Shape::Date),
            ("h:mm", Shape::Time { seconds: false }),
            ("[h]:mm", Shape::Time { seconds: false }),
            ("mm:ss", Shape::Time { seconds: true }),
            ("[$-409]h:mm:ss AM/PM", Shape::Time { seconds: true }),
            ("0\"days\"", Shape::Plain),
            ("[Red]0", Shape::Plain),
            ("@", Shape::Plain),
        ] {
            assert_eq!(Shape::of(code), shape, "{code}");
        }
    }

    #[test]
    fn numbers_read_as_they_are_shown() {
        let text = |text: &str| Cell::Text(text.into());
        assert_eq!(number(0.25, Shape::Percent, false), text("25%"));
        assert_eq!(number(0.07, Shape::Percent, false), text("7%"));
        assert_eq!(number(0.1 + 0.2, Shape::Plain, false), text("0.3"));
        assert_eq!(number(20_240_703.0, Shape::Plain, false), text("20240703"));
        let dated = |value, shape| match number(value, shape, false) {
            Cell::Date(dated) => (dated.shown, dated.number, dated.clock.unwrap_or_default()),
            other => panic!("{other:?}"),
        };
        assert_eq!(dated(46_024.0, Shape::Date), ("2026-01-02".into(), None, String::new()));
        assert_eq!(dated(1.0, Shape::Date), ("1899-12-31".into(), Some(1), String::new()));
        let hours = Shape::Time { seconds: false };
        assert_eq!(dated(0.1041666666666667, hours), ("2:30".into(), None, "2:30".into()));
        assert_eq!(dated(0.03263888888888889, hours), ("0:47".into(), None, "0:47".into()));
        let seconds = Shape::Time { seconds: true };
        assert_eq!(dated(0.001736111111111111, seconds), ("0:02:30".into(), None, "2:30".into()));
        for (text, clock) in [("PT02H30M00S", "2:30"), ("PT00H02M30S", "2:30"), ("PT00H47M00.5S", "0:47")] {
            let Cell::Date(dated) = iso(text) else { panic!("{text}") };
            assert_eq!(dated.clock.as_deref(), Some(clock), "{text}");
        }
    }
}
