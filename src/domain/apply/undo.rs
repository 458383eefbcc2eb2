//! What the host's side did, newest last, and how it is undone: an undo is a fact of its own that puts back what the
//! action changed and nothing else. Scorecards that came in between stay.

use super::{reveal, run};
use crate::domain::fact::Fact;
use crate::domain::fact::row::{Row, Undo};
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::PitchId;
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
pub(super) fn look(contest: &Contest, fact: &Fact, row: Row, by: Option<Actor>) -> Look {
    if !row.is_action(by) || brings_projects(contest, fact) {
        return Look(None);
    }
    let mut before = Before {
        stage: contest.show.stage.clone(),
        pitch: row.pitch.and_then(|pitch| contest.pitch(pitch)).cloned(),
        order: None,
        called: 0,
    };
    if let Undo::Order(id) = row.undo {
        before.order = contest.round(id).map(|round| (id, round.order.to_vec()));
    }
    if let Undo::Called(id) = row.undo {
        let draw = contest.round(id).and_then(|round| round.draw.as_ref());
        before.called = draw.map_or(0, |draw| draw.called.len());
    }
    Look(Some(before))
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
    let row = fact.row();
    match row.undo {
        Undo::Unlisted => {}
        Undo::Stage => put_stage_back(contest, before, row.pitch, at),
        Undo::Judge(judge) => {
            let now = row.pitch.and_then(|pitch| contest.pitch_mut(pitch));
            let Some((now, then)) = now.zip(before.pitch) else { return };
            put_back(&mut now.recused, &then.recused, judge);
            put_back(&mut now.abstained, &then.abstained, judge);
            put_back(&mut now.reopened, &then.reopened, judge);
            put_back(&mut now.late, &then.late, judge);
        }
        Undo::Deductions => {
            let now = row.pitch.and_then(|pitch| contest.pitch_mut(pitch));
            let Some((now, then)) = now.zip(before.pitch) else { return };
            now.deductions = then.deductions;
            now.dismissed = then.dismissed;
        }
        Undo::Run => {
            contest.show.stage = before.stage;
            row.pitch.into_iter().for_each(|pitch| run::put_back(contest, pitch, at));
        }
        Undo::TakenOver(judge) => {
            row.pitch.into_iter().for_each(|pitch| run::give_up(contest, pitch, judge, before.pitch.clone()));
        }
        Undo::Order(round) => {
            if let Some((round, (_, order))) = contest.show.rounds.get_mut(&round).zip(before.order) {
                round.order = order.into();
            }
        }
        Undo::Called(round) => {
            let round = contest.show.rounds.get_mut(&round);
            if let Some(draw) = round.and_then(|round| round.draw.as_mut()) {
                draw.called.truncate(before.called);
            }
        }
        Undo::Frozen(round, frozen) => {
            if let Some(round) = contest.show.rounds.get_mut(&round) {
                round.freeze_board(frozen);
            }
        }
        Undo::Reveal => {
            reveal::end(contest);
            put_stage_back(contest, before, None, at);
        }
        Undo::Vote(state) => {
            contest.show.stage = before.stage;
            if let Some(vote) = &mut contest.show.vote {
                vote.state = state;
                vote.opened = vote.opened.filter(|_| state != VoteState::Ready);
                // A countdown that has run out would close at once.
                vote.closes_at = None;
            }
        }
    }
}

fn put_stage_back(contest: &mut Contest, before: Before, pitch: Option<PitchId>, at: Millis) {
    contest.show.stage = before.stage;
    let (Some(pitch), Some(then)) = (pitch, before.pitch) else { return };
    if let Some(now) = contest.pitch_mut(pitch) {
        let opened_again = now.phase == Phase::Closed && then.phase == Phase::Scoring;
        now.phase = then.phase;
        now.came = then.came;
        now.since = then.since;
        now.early = then.early;
        // A countdown that has run out would close at once.
        now.closes_at = then.closes_at.filter(|ends| *ends > at);
        now.ran = then.ran;
        now.dismissed = then.dismissed;
        now.out = then.out;
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
