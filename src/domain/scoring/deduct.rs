//! Deductions: once, after everything else, never below zero.

use crate::domain::kernel::points::Points;

/// Points taken from a project, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    pub project: usize,
    pub points: Points,
    pub reason: String,
}
