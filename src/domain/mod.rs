//! The rules of a contest: pure, integer only.

pub mod ids;
pub mod names;
pub mod time;
