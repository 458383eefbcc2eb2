//! The rules, pure: commands go in, facts or a rejection come out; facts fold into state. No clock, no chance, no
//! floats, no input or output. It does not know who calls it. ARCHITECTURE.md has its floors, in this order.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod kernel;
pub mod terms;
pub mod scoring;
pub mod fact;
pub mod command;
pub mod rejection;
pub mod state;
pub mod query;
pub mod apply;
pub mod decide;
pub mod cue;
pub mod settling;
pub mod preflight;
pub mod display;
pub mod interest;
