//! How far a result is, from the first score to the day until which somebody may object.

use crate::domain::kernel::time::Millis;
use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use std::fmt;
use std::str::FromStr;

/// 暂定 → 已复核 → 正式 → 公布.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    #[default]
    Provisional,
    /// A second person, who can edit nothing, has looked it over.
    Confirmed,
    /// The chair says that it stands.
    Official,
    /// Told to everybody, who may object until a day.
    Published,
}

impl Life {
    pub const ALL: [Life; 4] = [Life::Provisional, Life::Confirmed, Life::Official, Life::Published];

    /// The step that this one follows; nothing is made provisional.
    pub fn before(self) -> Option<Life> {
        match self {
            Life::Provisional => None,
            Life::Confirmed => Some(Life::Provisional),
            Life::Official => Some(Life::Confirmed),
            Life::Published => Some(Life::Official),
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Life::Provisional => "provisional",
            Life::Confirmed => "confirmed",
            Life::Official => "official",
            Life::Published => "published",
        }
    }
}

impl fmt::Display for Life {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A day of the contest's calendar, `2026-12-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, SerializeDisplay, DeserializeFromStr)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// The text names no day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a day (2026-12-05)")]
pub struct NotADay;

impl Day {
    fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => 0,
        };
        (year >= 1970 && (1..=days).contains(&day)).then_some(Day { year, month, day })
    }

    /// The day of this moment where the sun rises last: no zone's calendar is further behind.
    pub fn at_the_latest_dawn(at: Millis) -> Option<Day> {
        const HOUR: u64 = 3_600_000;
        let days = at.0.checked_sub(12 * HOUR)? / (24 * HOUR);
        // Civil from days, counted from 0000-03-01 (Howard Hinnant).
        let z = days + 719_468;
        let (era, doe) = (z / 146_097, z % 146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
        let year = yoe + era * 400 + u64::from(month <= 2);
        Day::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else { return Err(NotADay) };
        let number = |text: &str, digits: usize| {
            let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<u16>().ok()).flatten().ok_or(NotADay)
        };
        let small = |text: &str| number(text, 2).and_then(|n| u8::try_from(n).map_err(|_| NotADay));
        Day::new(number(year, 4)?, small(month)?, small(day)?).ok_or(NotADay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for text in ["2026-12-05", "2024-02-29", "2000-02-29", "1970-01-01"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in [
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-1-1",
            "26-01-01",
            "",
            "2026-12-05-",
            "+026-12-05",
        ] {
            assert_eq!(text.parse::<Day>(), Err(NotADay), "{text}");
        }
    }

    #[test]
    fn the_latest_dawn_is_half_a_day_behind_greenwich() {
        let day = |at| Day::at_the_latest_dawn(Millis(at)).map(|day| day.to_string());
        assert_eq!(day(1_790_000_000_000).as_deref(), Some("2026-09-21"));
        assert_eq!(day(1_709_208_000_000 - 1).as_deref(), Some("2024-02-28"), "noon of the 29th is not yet");
        assert_eq!(day(1_709_208_000_000).as_deref(), Some("2024-02-29"));
        assert_eq!(day(0), None);
    }
}
