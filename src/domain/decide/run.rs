//! Runs of a pitch: it comes again, and begins empty. What was scored before is kept and counts for nothing, unless the host
//! takes a scorecard over.

use super::guard::{pitch, reason, takes_part};
use super::plates::wait;
use super::stage::{closed_when_all_in, expect};
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::run::ATTEMPTS_MAX;
use crate::domain::terms::programme::Phase;

/// Absent or withdrawn, and here all the same.
pub fn bring_back(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    if state.out.is_some() {
        return Err(Rejection::TakenOut { pitch: id, phase: state.phase });
    }
    expect(state, &[Phase::Absent, Phase::Withdrawn])?;
    // Who has not been on the stage has no run behind them.
    let attempt = state.came.then(|| next(state)).transpose()?;
    Ok(vec![Fact::PitchBroughtBack { pitch: id, attempt }])
}

/// From the stage, after it, and after its score was announced.
pub fn again(contest: &Contest, id: PitchId, why: &str) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    expect(state, &[Phase::Pitching, Phase::Qa, Phase::Scoring, Phase::Closed, Phase::Revealed])?;
    wait(contest, id)?;
    Ok(vec![Fact::PitchRunAgain { pitch: id, attempt: next(state)?, reason: reason(why)? }])
}

fn next(state: &Pitch) -> Result<u16, Rejection> {
    let next = state.attempt + 1;
    if next > ATTEMPTS_MAX {
        return Err(Rejection::TooMany { what: "runs", max: usize::from(ATTEMPTS_MAX) });
    }
    Ok(next)
}

/// For a judge who has none of this run, from when the team is on the stage again.
pub fn take_over(
    contest: &Contest,
    id: PitchId,
    judge: JudgeId,
    attempt: u16,
    why: &str,
) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = pitch(contest, id)?;
    if !round.panel.contains(&judge) {
        return Err(Rejection::NotOnPanel { judge });
    }
    takes_part(state, judge)?;
    if contest.sealed.cards.contains_key(&(id, judge)) {
        return Err(Rejection::HasScorecard { judge });
    }
    expect(state, &[Phase::Pitching, Phase::Qa, Phase::Scoring, Phase::Closed, Phase::Revealed])?;
    wait(contest, id)?;
    let mut runs = contest.sealed.runs(id).iter();
    let run = runs.find(|run| run.pitch.attempt == attempt);
    run.and_then(|run| run.cards.get(judge)).ok_or(Rejection::NoEarlierScorecard { judge })?;
    let taken = Fact::ScorecardTakenOver { pitch: id, judge, attempt, reason: reason(why)? };
    Ok(closed_when_all_in(contest, id, vec![taken]))
}
