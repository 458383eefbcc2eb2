//! How far a result is, from the first score to the day until which somebody may object.

use crate::domain::kernel::time::Millis;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
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
pub struct Day(Date);

/// The text names no day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a day (2026-12-05)")]
pub struct NotADay;

impl Day {
    /// The day of this moment in a zone's calendar.
    pub fn of(at: Millis, zone: &TimeZone) -> Option<Day> {
        let at = Timestamp::from_millisecond(i64::try_from(at.0).ok()?).ok()?;
        Some(Day(at.to_zoned(zone.clone()).date()))
    }

    /// The same day of the year after; the calendar's last one where it ends.
    pub fn in_a_year(self) -> Day {
        Day(self.0.saturating_add(jiff::Span::new().years(1)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = NotADay;
    fn from_str(text: &str) -> Result<Day, NotADay> {
        let day = text.parse().map(Day).map_err(|_| NotADay)?;
        // One spelling.
        if day.to_string() == text { Ok(day) } else { Err(NotADay) }
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
    fn a_moment_has_a_day_in_each_zone() {
        let day = |at, hours| {
            let zone = TimeZone::fixed(jiff::tz::offset(hours));
            Day::of(Millis(at), &zone).map(|day| day.to_string())
        };
        // 2024-02-29, noon in Greenwich.
        let noon = 1_709_208_000_000;
        assert_eq!(day(noon, 0).as_deref(), Some("2024-02-29"));
        assert_eq!(day(noon, 14).as_deref(), Some("2024-03-01"));
        assert_eq!(day(noon, -12).as_deref(), Some("2024-02-29"));
        assert_eq!(day(noon - 1, -12).as_deref(), Some("2024-02-28"));
        assert_eq!(day(u64::MAX, 0), None);
    }

    #[test]
    fn a_year_later_is_the_same_day_where_there_is_one() {
        let later = |day: &str| day.parse::<Day>().unwrap().in_a_year().to_string();
        assert_eq!(later("2026-09-21"), "2027-09-21");
        assert_eq!(later("2024-02-29"), "2025-02-28");
        assert_eq!(later("9999-12-31"), "9999-12-31");
    }
}
