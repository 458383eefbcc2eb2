//! Deductions: once, after everything else, never below zero.

use crate::domain::points::Points;

/// Points taken from a project, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deduction {
    pub project: usize,
    pub points: Points,
    pub reason: String,
}

/// Overtime: so many points for each unit begun beyond the grace, up to a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overtime {
    pub grace_secs: u32,
    /// Above 0.
    pub unit_secs: u32,
    pub per_unit: Points,
    pub cap: Option<Points>,
}

impl Overtime {
    /// What is taken for so many seconds over; `None` beyond any number of points.
    pub fn points(&self, over_secs: u32) -> Option<Points> {
        let late = over_secs.saturating_sub(self.grace_secs);
        let points = self.per_unit.checked_mul(i64::from(late.div_ceil(self.unit_secs.max(1))))?;
        Some(self.cap.map_or(points, |cap| points.min(cap)))
    }
}

/// A table of steps, `(seconds over, points)` in ascending order: the last step reached holds.
pub fn stepped(steps: &[(u32, Points)], over_secs: u32) -> Points {
    steps.iter().rev().find(|(from, _)| over_secs >= *from).map_or(Points::ZERO, |(_, points)| *points)
}
