//! Provisional.
pub mod rule;
