//! Points taken off a final score: for overtime, as the rule's table proposes and a person confirms, or by hand with a reason.

use super::guard::{pitch, reason};
use super::plates::wait;
use super::stage::expect;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::PitchId;
use crate::domain::kernel::points::Points;
use crate::domain::rejection::Rejection;
use crate::domain::scoring::rule::Method;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::Phase;

/// Most that one deduction takes: a whole score.
const POINTS_MAX: u32 = 100;

/// Takes off what the rule's table says for the measured overtime.
pub fn confirm_overtime(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = takes(contest, id)?;
    let over_ms = state.overtime().ok_or(Rejection::NoOvertime)?;
    let points = round.rule.overtime_points(over_ms).ok_or(Rejection::NothingDue)?;
    Ok(vec![Fact::DeductionMade { pitch: id, points, reason: String::new(), over_ms: Some(over_ms) }])
}

pub fn dismiss_overtime(contest: &Contest, id: PitchId, why: &str) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    state.overtime().ok_or(Rejection::NoOvertime)?;
    Ok(vec![Fact::OvertimeDismissed { pitch: id, reason: reason(why)? }])
}

pub fn make(contest: &Contest, id: PitchId, points: Points, why: &str) -> Result<Vec<Fact>, Rejection> {
    takes(contest, id)?;
    if points <= Points::ZERO || Points::whole(i64::from(POINTS_MAX)).is_none_or(|max| points > max) {
        return Err(Rejection::OutOfBounds { field: "points", max: POINTS_MAX });
    }
    Ok(vec![Fact::DeductionMade { pitch: id, points, reason: reason(why)?, over_ms: None }])
}

pub fn remove(contest: &Contest, id: PitchId, deduction: u64, why: &str) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    wait(contest, id)?;
    if state.deductions.iter().all(|one| one.seq != deduction) {
        return Err(Rejection::UnknownDeduction);
    }
    Ok(vec![Fact::DeductionRemoved { pitch: id, deduction, reason: reason(why)? }])
}

/// The pitch, where points can be taken off: it has been on the stage, and the method knows deductions.
fn takes(contest: &Contest, id: PitchId) -> Result<(&Round, &Pitch), Rejection> {
    let (round, state) = pitch(contest, id)?;
    wait(contest, id)?;
    if round.rule.method == Method::RankSum {
        return Err(Rejection::NoDeductions);
    }
    expect(state, &[Phase::Pitching, Phase::Qa, Phase::Scoring, Phase::Closed, Phase::Revealed])?;
    Ok((round, state))
}
