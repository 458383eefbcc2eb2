//! Overtime: what the seconds beyond a project's planned time cost by the rule's table. The table proposes a deduction;
//! that it is taken, people say.
//!
//! It knows seconds and points, not how time was measured.

use crate::domain::kernel::points::Points;
use serde::{Deserialize, Serialize};

/// Longest grace, unit or step, in seconds.
pub const SECS_MAX: u32 = 7_200;
/// Most steps of a table.
pub const STEPS_MAX: usize = 20;
/// Points are those of the final score, which has so many.
pub const POINTS_MAX: Points = Points::from_ticks(100 * Points::TICKS);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, try_from = "Written")]
pub enum OvertimeRule {
    /// So many points for each unit begun beyond the grace, up to a cap.
    Units {
        grace_secs: u32,
        unit_secs: u32,
        per_unit: Points,
        #[serde(skip_serializing_if = "Option::is_none")]
        cap: Option<Points>,
    },
    /// The last step that was passed holds; up to the first one nothing is taken.
    Steps { steps: Vec<Step> },
}

/// More than so many seconds over cost so many points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub over_secs: u32,
    pub points: Points,
}

/// A table as it is written: by units or in steps, never a little of both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    grace_secs: Option<u32>,
    unit_secs: Option<u32>,
    per_unit: Option<Points>,
    cap: Option<Points>,
    steps: Option<Vec<Step>>,
}

impl TryFrom<Written> for OvertimeRule {
    type Error = &'static str;
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { grace_secs, unit_secs, per_unit, cap, steps } = written;
        match (grace_secs, unit_secs, per_unit, cap, steps) {
            (None, None, None, None, Some(steps)) => Ok(OvertimeRule::Steps { steps }),
            (Some(grace_secs), Some(unit_secs), Some(per_unit), cap, None) => {
                Ok(OvertimeRule::Units { grace_secs, unit_secs, per_unit, cap })
            }
            (.., Some(_)) => Err("overtime has either steps or grace_secs, unit_secs and per_unit, not both"),
            _ => Err("overtime has grace_secs, unit_secs and per_unit (and cap), or steps"),
        }
    }
}

/// Why a table is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OvertimeProblem {
    #[error("the grace is at most {SECS_MAX} seconds, not {0}")]
    Grace(u32),
    #[error("the unit is 1 to {SECS_MAX} seconds, not {0}")]
    Unit(u32),
    #[error("a unit costs more than 0 and at most {POINTS_MAX} points, not {0}")]
    PerUnit(Points),
    #[error("the cap is at least the {per_unit} of one unit and at most {POINTS_MAX}, not {cap}")]
    Cap { cap: Points, per_unit: Points },
    #[error("a table has 1 to {STEPS_MAX} steps, not {0}")]
    StepCount(usize),
    #[error("step {0}: more seconds than the step before, at most {SECS_MAX}")]
    StepSecs(usize),
    #[error("step {0}: more than 0 points, at most {POINTS_MAX}, and no fewer than the step before")]
    StepPoints(usize),
}

impl OvertimeRule {
    /// Whether the table makes sense.
    pub fn check(&self) -> Result<(), OvertimeProblem> {
        let costs = |points: Points| points > Points::ZERO && points <= POINTS_MAX;
        match *self {
            OvertimeRule::Units { grace_secs, unit_secs, per_unit, cap } => {
                let cap = cap.filter(|cap| *cap < per_unit || *cap > POINTS_MAX);
                match (grace_secs > SECS_MAX, (1..=SECS_MAX).contains(&unit_secs), costs(per_unit), cap) {
                    (true, ..) => Err(OvertimeProblem::Grace(grace_secs)),
                    (_, false, ..) => Err(OvertimeProblem::Unit(unit_secs)),
                    (_, _, false, _) => Err(OvertimeProblem::PerUnit(per_unit)),
                    (.., Some(cap)) => Err(OvertimeProblem::Cap { cap, per_unit }),
                    (.., None) => Ok(()),
                }
            }
            OvertimeRule::Steps { ref steps } => {
                if !(1..=STEPS_MAX).contains(&steps.len()) {
                    return Err(OvertimeProblem::StepCount(steps.len()));
                }
                for (at, step) in steps.iter().enumerate() {
                    let before = at.checked_sub(1).map(|at| steps[at]);
                    if step.over_secs > SECS_MAX || before.is_some_and(|one| one.over_secs >= step.over_secs)
                    {
                        return Err(OvertimeProblem::StepSecs(at + 1));
                    }
                    if !costs(step.points) || before.is_some_and(|one| one.points > step.points) {
                        return Err(OvertimeProblem::StepPoints(at + 1));
                    }
                }
                Ok(())
            }
        }
    }

    /// What so many seconds over cost.
    pub fn points(&self, over_secs: u64) -> Points {
        match self {
            OvertimeRule::Units { grace_secs, unit_secs, per_unit, cap } => {
                let late = over_secs.saturating_sub(u64::from(*grace_secs));
                let units = i64::try_from(late.div_ceil(u64::from(*unit_secs).max(1))).ok();
                let points = units.and_then(|units| per_unit.checked_mul(units)).unwrap_or(Points::LIMIT);
                cap.map_or(points, |cap| points.min(cap))
            }
            OvertimeRule::Steps { steps } => {
                let passed = steps.iter().rev().find(|step| over_secs > u64::from(step.over_secs));
                passed.map_or(Points::ZERO, |step| step.points)
            }
        }
    }
}

/// A stretch of time as people read it: `0:47`, `12:05`.
pub fn clock(secs: u64) -> String {
    format!("{}:{:02}", secs / 60, secs % 60)
}
