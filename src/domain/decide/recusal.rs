//! Judges who stand aside at one pitch: recusal (a conflict of interest) and abstention (no judgement). Both take the judge out of k of
//! n. Both can be taken back until the window closes; a conflict that comes to light later is declared by the host or the chair.

use super::guard::{host_or_chair, pitch, reason, takes_part};
use super::{plates, stage};
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::terms::programme::Phase;

/// Before the pitch or while it can be scored, by the judge or for the judge; later by the host or the chair: the scorecard then counts
/// no more, and what was announced of it is a correction.
pub fn declare_recusal(
    contest: &Contest,
    actor: Actor,
    id: PitchId,
    judge: JudgeId,
    why: &str,
) -> Result<Vec<Fact>, Rejection> {
    let state = recusable(contest, actor, id, judge)?;
    if state.recused.contains_key(&judge) {
        return Err(Rejection::Recused { judge });
    }
    // A judge who has scored says so to the host or the chair; it would vanish silently otherwise.
    if contest.sealed.cards.contains_key(&(id, judge)) && actor == Actor::Judge(judge) {
        return Err(Rejection::HasScorecard { judge });
    }
    let declared = Fact::RecusalDeclared { pitch: id, judge, reason: reason(why)? };
    Ok(stage::closed_when_all_in(contest, id, vec![declared]))
}

pub fn withdraw_recusal(
    contest: &Contest,
    actor: Actor,
    id: PitchId,
    judge: JudgeId,
) -> Result<Vec<Fact>, Rejection> {
    let state = recusable(contest, actor, id, judge)?;
    if !state.recused.contains_key(&judge) {
        return Err(Rejection::NotRecused { judge });
    }
    Ok(vec![Fact::RecusalWithdrawn { pitch: id, judge }])
}

/// Who has scored does not abstain: the scorecard is amended, or the conflict declared.
pub fn declare_abstention(
    contest: &Contest,
    (id, attempt): (PitchId, u16),
    judge: JudgeId,
    why: &str,
) -> Result<Vec<Fact>, Rejection> {
    let state = changeable(contest, id, judge)?;
    // A run that the judge saw nothing of is no reason not to judge another.
    if attempt != state.attempt {
        return Err(Rejection::OtherAttempt { attempt: state.attempt });
    }
    takes_part(state, judge)?;
    if contest.sealed.cards.contains_key(&(id, judge)) {
        return Err(Rejection::HasScorecard { judge });
    }
    let declared = Fact::AbstentionDeclared { pitch: id, judge, reason: reason(why)? };
    Ok(stage::closed_when_all_in(contest, id, vec![declared]))
}

pub fn withdraw_abstention(contest: &Contest, id: PitchId, judge: JudgeId) -> Result<Vec<Fact>, Rejection> {
    let state = changeable(contest, id, judge)?;
    if !state.abstained.contains_key(&judge) {
        return Err(Rejection::NotAbstained { judge });
    }
    Ok(vec![Fact::AbstentionWithdrawn { pitch: id, judge }])
}

/// The pitch, where this judge is on its panel and its window has not closed.
fn changeable(contest: &Contest, id: PitchId, judge: JudgeId) -> Result<&Pitch, Rejection> {
    let (round, state) = pitch(contest, id)?;
    if !round.panel.contains(&judge) {
        return Err(Rejection::NotOnPanel { judge });
    }
    stage::expect(state, &[Phase::Queued, Phase::Pitching, Phase::Qa, Phase::Scoring])?;
    Ok(state)
}

/// The pitch, where this actor may say who judges it.
fn recusable(contest: &Contest, actor: Actor, id: PitchId, judge: JudgeId) -> Result<&Pitch, Rejection> {
    let (round, state) = pitch(contest, id)?;
    let by_another = host_or_chair(round, actor).is_ok();
    if !by_another && actor != Actor::Judge(judge) {
        return Err(Rejection::NotAllowed);
    }
    let over = matches!(state.phase, Phase::Closed | Phase::Revealed);
    // The chair's own conflict, too, is said by the host.
    if !over || !by_another || actor == Actor::Judge(judge) {
        return changeable(contest, id, judge);
    }
    plates::wait(contest, id)?;
    if round.panel.contains(&judge) { Ok(state) } else { Err(Rejection::NotOnPanel { judge }) }
}
