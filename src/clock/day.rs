//! Which day it is where a contest is.

use crate::domain::kernel::time::Millis;
use crate::domain::terms::life::Day;
use jiff::tz::TimeZone;

/// The day of this moment in a zone by its IANA name; in Greenwich where nobody knows that zone.
pub fn of(at: Millis, zone: &str) -> Option<Day> {
    Day::of(at, &TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}
