//! What facts about scorecards do, and about who hands none in.

use super::announced::follow;
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::terms::programme::Phase;

/// Changes one thing of a pitch.
pub(super) fn of(contest: &mut Contest, pitch: PitchId, change: impl FnOnce(&mut Pitch)) {
    if let Some(pitch) = contest.pitch_mut(pitch) {
        change(pitch);
    }
}

pub(super) fn submit(contest: &mut Contest, pitch: PitchId, judge: JudgeId, card: Scorecard) {
    let key = (pitch, judge);
    if let Some(before) = contest.sealed.cards.insert(key, card.into()) {
        contest.sealed.earlier.entry(key).or_default().push(before);
    }
    if let Some(round) = contest.show.rounds.get_mut(&pitch.round) {
        round.rules_frozen = true;
    }
    of(contest, pitch, |pitch| {
        pitch.reopened.remove(&judge);
        pitch.confirmed = false;
    });
    follow(contest, pitch);
}

pub(super) fn reopen(contest: &mut Contest, pitch: PitchId, judge: JudgeId, reason: &str) {
    of(contest, pitch, |pitch| {
        pitch.reopened.insert(judge, reason.to_owned());
        pitch.confirmed = false;
    });
}

pub(super) fn withdraw(contest: &mut Contest, pitch: PitchId, judge: JudgeId) {
    of(contest, pitch, |pitch| {
        pitch.reopened.remove(&judge);
    });
}

/// A judge stands aside, or no longer does.
pub(super) fn stand_aside(contest: &mut Contest, id: PitchId, change: impl FnOnce(&mut Pitch)) {
    of(contest, id, change);
    let announced = contest.pitch(id).is_none_or(|pitch| pitch.phase == Phase::Revealed);
    if !announced && contest.sealed.of(id).next().is_some() {
        follow(contest, id);
    }
}
