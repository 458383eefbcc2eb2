//! What can be undone, and why not.

use crate::domain::fact::Fact;
use crate::domain::fact::row::{puts_stage_back, subject};
use crate::domain::query::corrections;
use crate::domain::rejection::{Final, Rejection};
use crate::domain::state::contest::Contest;
use crate::domain::state::history::Action;

/// The newest action that stands: what an undo would reverse.
pub fn newest(contest: &Contest) -> Option<&Action> {
    contest.history.actions.iter().rev().find(|action| !action.undone).map(|action| &**action)
}

/// Whether the action can be undone now: the newest first, one after another.
///
/// # Errors
/// Why not.
pub fn check(contest: &Contest, seq: u64) -> Result<&Action, Rejection> {
    let action = newest(contest).ok_or(Rejection::NothingToUndo)?;
    if action.seq != seq {
        return Err(Rejection::NotTheLast { action: action.seq });
    }
    match lasting(contest, action) {
        Some(why) => Err(Rejection::CannotUndo { why }),
        None => Ok(action),
    }
}

/// Why the action stands for good, if it does.
pub fn lasting(contest: &Contest, action: &Action) -> Option<Final> {
    let pitch = subject(&action.fact).and_then(|pitch| contest.pitch(pitch));
    if shows_standings_again(contest, action) && corrections::open(contest).next().is_some() {
        return Some(Final::Correcting);
    }
    match &action.fact {
        Fact::PitchRevealed { .. }
        | Fact::PlatesShown { .. }
        | Fact::RevealStepped { .. }
        | Fact::BoardPublished { .. }
        | Fact::DrawCommitted { .. }
        | Fact::DrawRevealed { .. } => Some(Final::Shown),
        Fact::ContestFinished { .. } | Fact::TieDecided { .. } | Fact::RevealEnded { .. } => {
            Some(Final::Decided)
        }
        Fact::VoteRevealed => Some(Final::Shown),
        Fact::VoteOpened => (!contest.sealed.ballots.is_empty()).then_some(Final::Answered),
        Fact::PitchStarted { pitch } => contest.sealed.of(*pitch).next().is_some().then_some(Final::Answered),
        Fact::ScorecardReopened { judge, .. } => {
            let waits = pitch.is_some_and(|pitch| pitch.reopened.contains_key(judge));
            (!waits).then_some(Final::Answered)
        }
        // A scorecard that was handed in meanwhile would vanish with the recusal that comes back.
        Fact::RecusalWithdrawn { judge, pitch } | Fact::AbstentionWithdrawn { judge, pitch } => {
            contest.sealed.cards.contains_key(&(*pitch, *judge)).then_some(Final::Answered)
        }
        Fact::RunningOrderSet { round, .. } => {
            let (_, before) = action.before.order.as_ref()?;
            let now = contest.round(*round).map_or(0, |round| round.order.len());
            (before.len() != now).then_some(Final::SetUp)
        }
        Fact::SegmentStarted { segment } | Fact::SegmentSkipped { segment } => {
            contest.show.segment(*segment).is_none().then_some(Final::SetUp)
        }
        _ => None,
    }
}

/// Its undo brings a picture of the standings back.
fn shows_standings_again(contest: &Contest, action: &Action) -> bool {
    let (now, then) = (contest.show.stage.scene, action.before.stage.scene);
    now != then && then.tells_standings() && puts_stage_back(&action.fact)
}
