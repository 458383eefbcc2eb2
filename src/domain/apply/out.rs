//! What it does that a pitch is taken out of the ranking as it stood, and stands again. Nothing of its record goes.

use super::{announced, stage};
use crate::domain::kernel::ids::{PitchId, RoundId};
use crate::domain::kernel::time::Millis;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Out;
use crate::domain::terms::announced::Change;
use crate::domain::terms::programme::Phase;

/// Who withdraws before the score was announced comes back with another run; after it the score may stand again.
pub(super) fn withdraw(contest: &mut Contest, id: PitchId, reason: &str, at: Millis) {
    match contest.pitch(id).map(|pitch| pitch.phase) {
        Some(Phase::Revealed) => take(contest, id, Phase::Withdrawn, reason, at),
        _ => stage::leave(contest, id, Phase::Withdrawn, at),
    }
}

pub(super) fn take(contest: &mut Contest, id: PitchId, phase: Phase, reason: &str, at: Millis) {
    stage::leave_with(contest, id, phase, at, |pitch| {
        let earlier = pitch.out.take();
        pitch.out = Some(Out { before: pitch.phase, reason: reason.to_owned(), earlier }.into());
    });
}

/// It stands as it stood. Who was taken from the stage stands closed, with what is in: the window may be opened again, or the
/// pitch be run again; what had been given back counts as it was.
pub(super) fn reinstate(contest: &mut Contest, id: PitchId, at: Millis) {
    let Some(pitch) = contest.pitch_mut(id) else { return };
    let Some(out) = pitch.out.take() else { return };
    pitch.out = out.earlier;
    pitch.since = at;
    pitch.phase = out.before;
    if out.before.holds_the_stage() {
        pitch.phase = Phase::Closed;
        pitch.reopened.clear();
    }
    announced::follow(contest, id);
}

/// What is revealed of it is that it is out.
pub(super) fn is_told(contest: &Contest, id: PitchId) -> bool {
    contest.pitch(id).is_some_and(|pitch| pitch.out.is_some())
}

/// The hall was told: its standings are those of the others.
pub(super) fn tell(contest: &mut Contest, id: PitchId, change: Option<&Change>) {
    gone(contest, id);
    announced::correct(contest, id, change, None);
}

/// Whoever was taken out while the board stood still is out of it once the board is told.
pub(super) fn tell_all(contest: &mut Contest, round: RoundId) {
    let pitches = contest.round(round).into_iter().flat_map(|round| round.pitches.values());
    let out: Vec<PitchId> = pitches.filter(|pitch| pitch.out.is_some()).map(|pitch| pitch.id).collect();
    out.into_iter().for_each(|pitch| gone(contest, pitch));
}

/// The hall has it among its standings no more; who never was is gone without a word.
fn gone(contest: &mut Contest, id: PitchId) {
    let shown = contest.published.reveals.iter().any(|reveal| reveal.pitch == id);
    let known = shown || contest.published.out.contains_key(&id);
    if let Some(phase) = contest.pitch(id).map(|pitch| pitch.phase).filter(|_| known) {
        contest.published.reveals.retain(|reveal| reveal.pitch != id);
        contest.published.out.insert(id, phase);
    }
}
