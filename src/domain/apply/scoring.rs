//! What facts about scorecards do, and about who hands none in.

use super::announced::follow;
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::Phase;
use crate::domain::terms::rubric::CriterionId;
use std::collections::BTreeMap;

/// Changes one thing of a pitch.
pub(super) fn of(contest: &mut Contest, pitch: PitchId, change: impl FnOnce(&mut Pitch)) {
    if let Some(pitch) = contest.pitch_mut(pitch) {
        change(pitch);
    }
}

pub(super) fn submit(contest: &mut Contest, pitch: PitchId, judge: JudgeId, card: Scorecard) {
    contest.sealed.cards.insert((pitch, judge), card.into());
    // What is so already is not set again: it would copy the round.
    if let Some(round) = contest.show.rounds.get_mut(&pitch.round).filter(|round| !round.rules_frozen) {
        round.rules_frozen = true;
    }
    let changes = |state: &Pitch| {
        state.confirmed || state.reopened.contains_key(&judge) || state.late.contains_key(&judge)
    };
    if contest.pitch(pitch).is_some_and(changes) {
        of(contest, pitch, |pitch| {
            pitch.reopened.remove(&judge);
            pitch.late.remove(&judge);
            pitch.confirmed = false;
        });
    }
    follow(contest, pitch);
}

/// The marks by the rubric's own ids, of which all scorecards then share the text.
pub(super) fn of_rubric(
    round: Option<&Round>,
    marks: &BTreeMap<CriterionId, Points>,
) -> BTreeMap<CriterionId, Points> {
    let criteria = round.map_or(&[][..], |round| &round.criteria);
    let own =
        |id: &CriterionId| criteria.iter().map(|criterion| &criterion.id).find(|own| *own == id).cloned();
    marks.iter().map(|(id, mark)| (own(id).unwrap_or_else(|| id.clone()), *mark)).collect()
}

pub(super) fn reopen(contest: &mut Contest, pitch: PitchId, judge: JudgeId, reason: &str) {
    of(contest, pitch, |pitch| {
        pitch.reopened.insert(judge, reason.to_owned());
        if let Some(answered) = pitch.late.get_mut(&judge) {
            *answered = true;
        }
        pitch.confirmed = false;
    });
}

pub(super) fn came_late(contest: &mut Contest, pitch: PitchId, judge: JudgeId) {
    of(contest, pitch, |pitch| {
        pitch.late.insert(judge, false);
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
