//! What facts about the set-up do, and the end.

use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, SegmentId};
use crate::domain::kernel::time::Millis;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::about::About;
use crate::domain::terms::programme::Segment;

pub(super) fn create(contest: &mut Contest, code: &ContestCode, about: &About, at: Millis) {
    contest.code = Some(code.clone());
    contest.created_at = at;
    contest.show.about = about.clone().into();
}

pub(super) fn add_round(contest: &mut Contest, id: RoundId, name: &str) {
    contest.show.rounds.insert(id, Round::new(id, name.to_owned()).into());
}

/// Changes one thing of a round.
pub(super) fn of(contest: &mut Contest, round: RoundId, change: impl FnOnce(&mut Round)) {
    if let Some(round) = contest.show.rounds.get_mut(&round) {
        change(round);
    }
}

pub(super) fn seat(contest: &mut Contest, round: RoundId, judges: &[JudgeId], chair: Option<JudgeId>) {
    of(contest, round, |round| {
        round.panel = judges.to_vec().into();
        round.chair = chair;
    });
}

pub(super) fn order(contest: &mut Contest, round: RoundId, order: &[ProjectId]) {
    of(contest, round, |round| {
        round.order = order.to_vec().into();
        for project in order {
            let id = PitchId { round: round.id, project: *project };
            round.pitches.entry(*project).or_insert_with(|| Pitch::queued(id));
        }
    });
    order.iter().for_each(|project| follow_track(contest, *project));
}

/// A pitch is of its project's track.
pub(super) fn follow_track(contest: &mut Contest, project: ProjectId) {
    let track = contest.show.projects.get(&project).and_then(|known| known.track);
    for round in contest.show.rounds.values_mut() {
        if round.pitches.get(&project).is_some_and(|pitch| pitch.track != track) {
            round.pitches.entry(project).and_modify(|pitch| pitch.track = track);
        }
    }
}

pub(super) fn remove_project(contest: &mut Contest, project: ProjectId) {
    contest.show.projects.remove(&project);
    for round in contest.show.rounds.values_mut() {
        round.pitches.remove(&project);
        round.order =
            round.order.iter().copied().filter(|other| *other != project).collect::<Vec<_>>().into();
    }
}

pub(super) fn remove_judge(contest: &mut Contest, judge: JudgeId) {
    contest.judges.remove(&judge);
    for round in contest.show.rounds.values_mut() {
        round.panel = round.panel.iter().copied().filter(|other| *other != judge).collect::<Vec<_>>().into();
        round.chair = round.chair.filter(|chair| *chair != judge);
    }
}

pub(super) fn programme(contest: &mut Contest, segments: &[Segment]) {
    contest.show.segments = segments.to_vec().into();
    // A segment that is put in later may get the number of one that was taken out; it has not been yet.
    let kept = |id: &SegmentId| segments.iter().any(|segment| segment.id == *id);
    contest.show.stage.past.retain(kept);
}

/// What was given back and has not come in again counts as it was: its judge can sign.
pub(super) fn finish(contest: &mut Contest) {
    contest.show.finished = true;
    let rounds = contest.show.rounds.values_mut();
    rounds.flat_map(|round| round.pitches.values_mut()).for_each(|pitch| pitch.reopened.clear());
}
