//! What can be undone, and why not.

use crate::domain::fact::row::{Row, Stands, Undo};
use crate::domain::query::corrections;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::history::Action;
use crate::domain::terms::finality::Final;

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
    match stands_for_good(contest, action) {
        Some(why) => Err(Rejection::CannotUndo { why }),
        None => Ok(action),
    }
}

/// Why the action stands for good, if it does.
pub fn stands_for_good(contest: &Contest, action: &Action) -> Option<Final> {
    let Row { pitch, undo, stands, .. } = action.fact.row();
    let (now, then) = (contest.show.stage.scene, action.before.stage.scene);
    let shows_standings_again = now != then && then.tells_standings() && puts_stage_back(undo);
    if shows_standings_again && corrections::open(contest).next().is_some() {
        return Some(Final::Correcting);
    }
    let marked = |judge| pitch.is_some_and(|pitch| contest.sealed.cards.contains_key(&(pitch, judge)));
    let given_back = |judge| {
        let pitch = pitch.and_then(|pitch| contest.pitch(pitch));
        pitch.is_some_and(|pitch| pitch.reopened.contains_key(&judge))
    };
    let (holds, why) = match stands {
        Stands::Never => return None,
        Stands::Always(why) => return Some(why),
        Stands::OnceVoted => (!contest.sealed.ballots.is_empty(), Final::Answered),
        Stands::OnceScored => {
            (pitch.is_some_and(|pitch| contest.sealed.of(pitch).next().is_some()), Final::Answered)
        }
        Stands::OnceScoredBy(judge) => (marked(judge), Final::Answered),
        Stands::OnceAmended(judge) => {
            let card = pitch.and_then(|pitch| contest.sealed.cards.get(&(pitch, judge)));
            (card.is_none_or(|card| card.seq != action.seq), Final::Answered)
        }
        Stands::OnceHandedIn(judge) => (!given_back(judge), Final::Answered),
        Stands::OnceProjectsCame(round) => {
            let (_, before) = action.before.order.as_ref()?;
            let now = contest.round(round).map_or(0, |round| round.order.len());
            (before.len() != now, Final::SetUp)
        }
        Stands::OnceGone(segment) => (contest.show.segment(segment).is_none(), Final::SetUp),
    };
    holds.then_some(why)
}

/// An undo of it brings back what was on the screen.
fn puts_stage_back(undo: Undo) -> bool {
    match undo {
        Undo::Stage | Undo::Reveal | Undo::Vote(_) | Undo::Run => true,
        Undo::Unlisted
        | Undo::TakenOver(_)
        | Undo::Judge(_)
        | Undo::Deductions
        | Undo::Order(_)
        | Undo::Called(_)
        | Undo::Frozen(..) => false,
    }
}
