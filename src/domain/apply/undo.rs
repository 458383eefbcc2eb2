//! What the host's side did, newest last, and how it is undone: an undo is a fact of its own that puts back what the
//! action changed and nothing else. Scorecards that came in between stay.

use super::reveal;
use crate::domain::fact::Fact;
use crate::domain::fact::row::{is_action, subject};
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{PitchId, RoundId};
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::state::contest::Contest;
use crate::domain::state::history::{Action, Before};
use crate::domain::terms::programme::Phase;
use crate::domain::terms::vote::VoteState;

/// Actions that are remembered; older ones are in the journal and can no longer be undone.
const ACTIONS_MAX: usize = 100;

/// Taken before the fact is applied.
pub(super) struct Look(Option<Before>);

/// Looks at what the fact is about to change.
pub(super) fn look(contest: &Contest, fact: &Fact, by: Option<Actor>) -> Look {
    if !is_action(fact, by) || brings_projects(contest, fact) {
        return Look(None);
    }
    let round = |id: &RoundId| contest.round(*id).map(|round| (*id, round.order.to_vec()));
    let (order, called) = match fact {
        Fact::RunningOrderSet { round: id, .. } => (round(id), 0),
        Fact::NumberCalled { round: id, .. } => {
            (None, contest.round(*id).and_then(|r| r.draw.as_ref()).map_or(0, |draw| draw.called.len()))
        }
        _ => (None, 0),
    };
    let pitch = subject(fact).and_then(|pitch| contest.pitch(pitch)).cloned();
    Look(Some(Before { stage: contest.show.stage.clone(), pitch, order, called }))
}

/// Remembers the action after its fact was applied.
pub(super) fn note(contest: &mut Contest, fact: &Fact, stamp: Stamp, Look(before): Look) {
    let Some(before) = before else { return };
    let actions = &mut contest.history.actions;
    let fact = fact.clone();
    let action = Action { seq: stamp.seq, at: stamp.at, by: stamp.by, fact, undone: false, before };
    actions.push(action.into());
    let surplus = actions.len().saturating_sub(ACTIONS_MAX);
    actions.drain(..surplus);
}

/// Puts back what the action changed.
pub(super) fn undo(contest: &mut Contest, seq: u64, at: Millis) {
    let Some(action) = contest.history.actions.iter_mut().find(|action| action.seq == seq) else { return };
    action.undone = true;
    let Action { fact, before, .. } = Action::clone(action);
    match &fact {
        Fact::RecusalDeclared { pitch, judge, .. }
        | Fact::RecusalWithdrawn { pitch, judge }
        | Fact::AbstentionDeclared { pitch, judge, .. }
        | Fact::AbstentionWithdrawn { pitch, judge }
        | Fact::ScorecardReopened { pitch, judge, .. }
        | Fact::ReopeningWithdrawn { pitch, judge } => {
            let (Some(now), Some(then)) = (contest.pitch_mut(*pitch), before.pitch) else { return };
            put_back(&mut now.recused, &then.recused, *judge);
            put_back(&mut now.abstained, &then.abstained, *judge);
            put_back(&mut now.reopened, &then.reopened, *judge);
        }
        Fact::DeductionMade { pitch, .. }
        | Fact::DeductionRemoved { pitch, .. }
        | Fact::OvertimeDismissed { pitch, .. } => {
            let (Some(now), Some(then)) = (contest.pitch_mut(*pitch), before.pitch) else { return };
            now.deductions = then.deductions;
            now.dismissed = then.dismissed;
        }
        Fact::RunningOrderSet { round, .. } => {
            let Some((_, order)) = before.order else { return };
            if let Some(round) = contest.show.rounds.get_mut(round) {
                round.order = order.into();
            }
        }
        Fact::NumberCalled { round, .. } => {
            let round = contest.show.rounds.get_mut(round);
            if let Some(draw) = round.and_then(|round| round.draw.as_mut()) {
                draw.called.truncate(before.called);
            }
        }
        Fact::BoardFrozen { round } | Fact::BoardThawed { round } => {
            if let Some(round) = contest.show.rounds.get_mut(round) {
                round.freeze_board(matches!(fact, Fact::BoardThawed { .. }));
            }
        }
        Fact::RevealBegun { .. } => {
            reveal::end(contest);
            put_stage_back(contest, before, None, at);
        }
        Fact::VoteOpened | Fact::VoteClosed => {
            contest.show.stage = before.stage;
            if let Some(vote) = &mut contest.show.vote {
                let opened = matches!(fact, Fact::VoteOpened);
                vote.state = if opened { VoteState::Ready } else { VoteState::Open };
                vote.opened = vote.opened.filter(|_| !opened);
                // A countdown that has run out would close at once.
                vote.closes_at = None;
            }
        }
        _ => put_stage_back(contest, before, subject(&fact), at),
    }
}

fn put_stage_back(contest: &mut Contest, before: Before, pitch: Option<PitchId>, at: Millis) {
    contest.show.stage = before.stage;
    let (Some(pitch), Some(then)) = (pitch, before.pitch) else { return };
    if let Some(now) = contest.pitch_mut(pitch) {
        let opened_again = now.phase == Phase::Closed && then.phase == Phase::Scoring;
        now.phase = then.phase;
        now.since = then.since;
        now.early = then.early;
        // A countdown that has run out would close at once.
        now.closes_at = then.closes_at.filter(|ends| *ends > at);
        now.ran = then.ran;
        now.dismissed = then.dismissed;
        if opened_again {
            // Closing let go of scorecards that were with their judges; the window closes by hand now.
            now.reopened = then.reopened;
            now.closes_at = None;
        }
    }
}

fn put_back<K: Ord + Copy, V: Clone>(
    now: &mut std::collections::BTreeMap<K, V>,
    then: &std::collections::BTreeMap<K, V>,
    key: K,
) {
    match then.get(&key) {
        Some(value) => now.insert(key, value.clone()),
        None => now.remove(&key),
    };
}

/// An order that an import makes is no reordering.
fn brings_projects(contest: &Contest, fact: &Fact) -> bool {
    let Fact::RunningOrderSet { round, order } = fact else { return false };
    contest.round(*round).is_none_or(|round| round.order.len() != order.len())
}
