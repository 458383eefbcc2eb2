//! What it does that a pitch is run again.

use super::{announced, scoring, stage};
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::time::Millis;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::run::PastRun;
use crate::domain::terms::programme::{Phase, Scene};

/// The run so far is put aside with all that belongs to it, and what the hall was told of it is taken back.
pub(super) fn begin(contest: &mut Contest, id: PitchId, attempt: u16, reason: &str, at: Millis) {
    let Some(before) = contest.pitch(id).cloned() else { return };
    stage::leave(contest, id, Phase::Queued, at);
    if let Some(pitch) = contest.pitch_mut(id) {
        *pitch = before.again(attempt, at);
    }
    let cards = contest.sealed.cards.put_aside(id);
    let told = contest.published.reveals.iter().position(|reveal| reveal.pitch == id);
    let told = told.map(|at| (at, contest.published.reveals.remove(at)));
    let announced = before.phase == Phase::Revealed || (before.out_announced() && told.is_some());
    let past = PastRun { pitch: before, cards, told, reason: reason.to_owned() };
    contest.sealed.past.entry(id).or_default().push(past.into());
    // The hall was told a score: it is told as plainly that it no longer counts.
    if announced && contest.on_stage().is_none() && contest.show.stage.segment.is_none() {
        contest.show.stage.current = Some(id);
        contest.show.stage.show(Scene::Pitch);
    }
}

/// The run before this one stands again. What judges have declared meanwhile stays theirs.
pub(super) fn put_back(contest: &mut Contest, id: PitchId, at: Millis) {
    let Some(runs) = contest.sealed.past.get_mut(&id) else { return };
    let Some(run) = runs.pop() else { return };
    if runs.is_empty() {
        contest.sealed.past.remove(&id);
    }
    let PastRun { pitch: then, cards, told, .. } = PastRun::clone(&run);
    contest.sealed.cards.put_back(id, cards);
    if let Some((at, reveal)) = told {
        let reveals = &mut contest.published.reveals;
        let at = at.min(reveals.len());
        reveals.insert(at, reveal);
    }
    if let Some(now) = contest.pitch_mut(id) {
        // A countdown that has run out would close at once.
        let closes_at = then.closes_at.filter(|ends| *ends > at);
        *now = Pitch { recused: std::mem::take(&mut now.recused), closes_at, ..then };
    }
}

/// The judge's scorecard of an earlier run becomes the first of this one.
pub(super) fn take_over(contest: &mut Contest, id: PitchId, judge: JudgeId, attempt: u16, seq: u64) {
    let mut runs = contest.sealed.runs(id).iter();
    let run = runs.find(|run| run.pitch.attempt == attempt);
    let Some(card) = run.and_then(|run| run.cards.get(judge)) else { return };
    let card = Scorecard { version: 1, seq, ..Scorecard::clone(card) };
    scoring::submit(contest, id, judge, card);
}

/// It is not taken over, and who was let in without a scorecard is again.
pub(super) fn give_up(contest: &mut Contest, id: PitchId, judge: JudgeId, then: Option<Pitch>) {
    contest.sealed.cards.remove(id, judge);
    let reopened = then.and_then(|then| then.reopened.get(&judge).cloned());
    if let Some((now, reason)) = contest.pitch_mut(id).zip(reopened) {
        now.reopened.insert(judge, reason);
    }
    announced::follow(contest, id);
}
