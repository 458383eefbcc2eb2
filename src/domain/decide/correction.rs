//! After the window has closed: giving scorecards back, the chair's confirmation, the judges' signatures. What the hall
//! was shown stays until a correction is revealed.

use super::guard::{host_or_chair, pitch, reason, round, takes_part};
use super::plates::wait;
use super::stage::expect;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId, RoundId};
use crate::domain::query::signature;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::Phase;
use crate::domain::terms::signature::Strokes;

/// Gives one judge's scorecard back, or lets a judge who missed the window in.
pub fn reopen(
    contest: &Contest,
    actor: Actor,
    id: PitchId,
    judge: JudgeId,
    why: &str,
) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = closed(contest, actor, id)?;
    wait(contest, id)?;
    if !round.panel.contains(&judge) {
        return Err(Rejection::NotOnPanel { judge });
    }
    takes_part(state, judge)?;
    if state.reopened.contains_key(&judge) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::ScorecardReopened { pitch: id, judge, reason: reason(why)? }])
}

/// Gives the scorecards of all judges back who do not have theirs yet.
pub fn reopen_window(
    contest: &Contest,
    actor: Actor,
    id: PitchId,
    why: &str,
) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = closed(contest, actor, id)?;
    wait(contest, id)?;
    let reason = reason(why)?;
    let facts: Vec<Fact> = round
        .expected(state)
        .filter(|judge| !state.reopened.contains_key(judge))
        .map(|judge| Fact::ScorecardReopened { pitch: id, judge, reason: reason.clone() })
        .collect();
    if facts.is_empty() { Err(Rejection::NothingChanges) } else { Ok(facts) }
}

pub fn withdraw(
    contest: &Contest,
    actor: Actor,
    id: PitchId,
    judge: JudgeId,
) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = closed(contest, actor, id)?;
    wait(contest, id)?;
    if !state.reopened.contains_key(&judge) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::ReopeningWithdrawn { pitch: id, judge }])
}

/// The chair alone, and only when nothing is under way any more.
pub fn confirm(contest: &Contest, actor: Actor, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = closed(contest, actor, id)?;
    if let Some(&judge) = state.reopened.keys().next() {
        return Err(Rejection::CorrectionOpen { judge });
    }
    if state.confirmed {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::PitchConfirmed { pitch: id }])
}

/// A judge signs the own scorecards of a round as they were shown: `digest` is of that summary.
pub fn sign(
    contest: &Contest,
    actor: Actor,
    id: RoundId,
    digest: &str,
    strokes: &Strokes,
) -> Result<Vec<Fact>, Rejection> {
    let Actor::Judge(judge) = actor else { return Err(Rejection::NotAllowed) };
    let round = round(contest, id)?;
    if !round.panel.contains(&judge) {
        return Err(Rejection::NotOnPanel { judge });
    }
    if !contest.is_over(round) {
        return Err(Rejection::RoundNotOver { round: id });
    }
    if round.waits_for(judge) {
        return Err(Rejection::CorrectionOpen { judge });
    }
    if digest != signature::digest(contest, round, judge) {
        return Err(Rejection::SummaryChanged);
    }
    if !strokes.is_signature() {
        return Err(Rejection::BadSignature);
    }
    if round.signatures.get(&judge).is_some_and(|signed| signed.digest == digest) {
        return Err(Rejection::NothingChanges);
    }
    let (digest, strokes) = (digest.to_owned(), strokes.clone());
    Ok(vec![Fact::ScorecardsSigned { round: id, judge, digest, strokes }])
}

/// The pitch, where its window has closed and this actor may correct it.
fn closed(contest: &Contest, actor: Actor, id: PitchId) -> Result<(&Round, &Pitch), Rejection> {
    let (round, state) = pitch(contest, id)?;
    host_or_chair(round, actor)?;
    expect(state, &[Phase::Closed, Phase::Revealed])?;
    Ok((round, state))
}
