//! Times as the contest's own zone has them.

use crate::domain::kernel::time::Millis;
use jiff::Zoned;
use jiff::tz::TimeZone;

pub struct Zone(TimeZone);

impl Zone {
    /// A zone that nobody knows is UTC.
    pub fn of(name: &str) -> Self {
        Zone(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    pub fn at(&self, at: Millis) -> Zoned {
        let millis = i64::try_from(at.0).unwrap_or(i64::MAX);
        jiff::Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(self.0.clone())
    }

    /// `2026-12-05T19:30:00+08:00`
    pub fn said(&self, at: Millis) -> String {
        self.at(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// `19:30:00`
    pub fn clock(&self, at: Millis) -> String {
        self.at(at).strftime("%H:%M:%S").to_string()
    }
}
