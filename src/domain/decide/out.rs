//! Out of the ranking: absent, withdrawn, disqualified; and back as it stood.

use super::guard::{pitch, reason};
use super::plates::wait;
use super::stage::expect;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::PitchId;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Phase;

/// Who never came.
pub fn mark_absent(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    match state.phase {
        Phase::Qa | Phase::Scoring | Phase::Closed | Phase::Revealed => Err(Rejection::HasCome { pitch: id }),
        Phase::Queued | Phase::Pitching | Phase::Absent | Phase::Withdrawn | Phase::Disqualified => {
            expect(state, &[Phase::Queued, Phase::Pitching])?;
            Ok(vec![Fact::PitchMarkedAbsent { pitch: id }])
        }
    }
}

/// By its own wish, at any time. After the end it is a score that was announced which is given up.
pub fn withdraw(contest: &Contest, id: PitchId, why: &str) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    let all = [
        Phase::Queued,
        Phase::Pitching,
        Phase::Qa,
        Phase::Scoring,
        Phase::Closed,
        Phase::Revealed,
        Phase::Absent,
    ];
    expect(state, &all)?;
    if contest.show.finished && state.phase != Phase::Revealed {
        return Err(Rejection::ContestIsFinished);
    }
    Ok(vec![Fact::PitchWithdrawn { pitch: id, reason: reason(why)? }])
}

/// At any time; once its plates turn, when they have told the score.
pub fn disqualify(contest: &Contest, id: PitchId, why: &str) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    if state.phase == Phase::Disqualified {
        return Err(Rejection::TakenOut { pitch: id, phase: state.phase });
    }
    wait(contest, id)?;
    Ok(vec![Fact::PitchDisqualified { pitch: id, reason: reason(why)? }])
}

pub fn reinstate(contest: &Contest, id: PitchId, why: &str) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    state.out.as_ref().ok_or(Rejection::NotTakenOut { pitch: id })?;
    Ok(vec![Fact::PitchReinstated { pitch: id, reason: reason(why)? }])
}
