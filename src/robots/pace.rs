//! A robot's pace and its choices: steps of equal length, marks that follow from a seed.

use std::time::Duration;

/// Length of one robot step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(pub Duration);

/// A number from 0 to `below - 1` that follows from what it is for.
pub fn choose(below: u64, what: &[&str]) -> u64 {
    // FNV-1a: enough to look unplanned, the same on every machine.
    let bytes = what.iter().flat_map(|text| text.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 16) % below.max(1)
}
