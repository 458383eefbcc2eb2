//! Open matters: the end, which names them, and the decision that one stays as it is.

use super::guard::{as_announced, host_or_chair, reason, round, settled};
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::query::open;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::terms::matter::Matter;
use crate::domain::terms::vote::VoteState;

/// With something missing it is a decision of its own, and names what it was. What would change the standings is settled
/// before, or left for a reason.
pub fn finish(contest: &Contest, despite: bool) -> Result<Vec<Fact>, Rejection> {
    if let Some(pitch) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch });
    }
    as_announced(contest)?;
    let blocking = open::blocking(contest);
    if let Some(Matter::Frozen { round }) = blocking.iter().find(|one| matches!(one, Matter::Frozen { .. })) {
        return Err(Rejection::BoardFrozen { round: *round });
    }
    // Who was asked is told.
    let vote = contest.show.vote.as_ref().map(|vote| vote.state);
    if let Some(state) = vote.filter(|state| matches!(state, VoteState::Open | VoteState::Closed)) {
        return Err(Rejection::VoteStands { state });
    }
    settled(&blocking)?;
    let missing = open::matters(contest);
    if !despite {
        settled(&missing)?;
    }
    Ok(vec![Fact::ContestFinished { missing }])
}

/// The host's side, or the chair of the round that it is about.
pub fn leave(contest: &Contest, actor: Actor, matter: Matter, why: &str) -> Result<Vec<Fact>, Rejection> {
    if let Actor::Judge(_) = actor {
        let of = matter.round().ok_or(Rejection::NotAllowed)?;
        host_or_chair(round(contest, of)?, actor)?;
    }
    let reason = reason(why)?;
    if !open::matters(contest).contains(&matter) {
        return Err(Rejection::NotOpen { matter });
    }
    if !matter.can_be_left() {
        return Err(Rejection::MustBeSettled { matter });
    }
    if contest.left.get(&matter) == Some(&reason) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::MatterLeft { matter, reason }])
}
