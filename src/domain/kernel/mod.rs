//! What every floor speaks in: identifiers, points, names, time, and who acts.

pub mod actor;
pub mod ids;
pub mod names;
pub mod points;
pub mod shared;
pub mod time;
