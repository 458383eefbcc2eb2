//! Rehearsals: everything may be tried, and then nothing of it has happened.

use crate::domain::fact::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::vote::VoteState;

/// Begins between two things and never in the midst of one: what the hall was promised is not tried out. `despite`: who asks
/// knows that something has happened that counts.
pub fn begin(contest: &Contest, despite: bool) -> Result<Vec<Fact>, Rejection> {
    if contest.rehearsal.is_some() {
        return Err(Rejection::Rehearsing);
    }
    if let Some(pitch) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch });
    }
    if let Some((segment, _)) = contest.show.stage.segment {
        return Err(Rejection::SegmentOn { segment });
    }
    if let Some(pitch) = contest.show.stage.announcing {
        return Err(Rejection::Announcing { pitch });
    }
    if let Some(vote) = &contest.show.vote
        && matches!(vote.state, VoteState::Open | VoteState::Closed)
    {
        return Err(Rejection::VoteStands { state: vote.state });
    }
    if contest.show.rounds.values().any(|round| sealed(round)) {
        return Err(Rejection::DrawSealed);
    }
    if contest.has_begun() && !despite {
        return Err(Rejection::HasBegun);
    }
    Ok(vec![Fact::RehearsalBegun])
}

pub fn end(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    contest.rehearsal.as_ref().map(|_| vec![Fact::RehearsalWiped]).ok_or(Rejection::NotRehearsing)
}

/// The round has a draw whose secret is not told.
pub fn sealed(round: &Round) -> bool {
    round.draw.as_ref().is_some_and(|draw| draw.secret.is_none())
}
