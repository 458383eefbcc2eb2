//! Podium: runs the judging of pitch roadshows live.

pub mod auth;
pub mod clock;
pub mod domain;
pub mod store;
pub mod telemetry;
