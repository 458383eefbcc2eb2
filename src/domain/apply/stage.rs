//! What facts about the stage do: a pitch's life, segments, scenes.

use crate::domain::kernel::ids::{PitchId, SegmentId, TrackId};
use crate::domain::kernel::time::Millis;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::timer::{Timed, Timer};
use crate::domain::terms::programme::{Closes, Opens, Phase, Scene, SegmentKind};

pub(super) fn start(contest: &mut Contest, id: PitchId, at: Millis) {
    let Some(round) = contest.show.rounds.get_mut(&id.round) else { return };
    let (timing, opens) = (round.timing, round.window.opens);
    if let Some(pitch) = round.pitches.get_mut(&id.project) {
        pitch.phase = Phase::Pitching;
        pitch.came = true;
        pitch.since = at;
        pitch.early = opens == Opens::WithPitch;
        pitch.closes_at = None;
        pitch.ran = None;
        pitch.dismissed = None;
    }
    let stage = &mut contest.show.stage;
    stage.forget_podium();
    // Another score comes: the board is the whole one again, where it is.
    stage.board = (None, 0);
    stage.current = Some(id);
    stage.segment = None;
    stage.announcing = None;
    stage.timer = Some(Timer::new(Timed::Pitch, timing.pitch_secs, (!timing.by_hand).then_some(at)));
    stage.show(Scene::Pitch);
}

pub(super) fn start_qa(contest: &mut Contest, id: PitchId, at: Millis) {
    measure(contest, id, at);
    enter(contest, id, Phase::Qa, at);
    let Some(round) = contest.show.rounds.get_mut(&id.round) else { return };
    let (qa_secs, opens) = (round.timing.qa_secs, round.window.opens);
    if let Some(pitch) = round.pitches.get_mut(&id.project) {
        pitch.early |= opens == Opens::AtQa;
    }
    contest.show.stage.timer = Some(Timer::new(Timed::Qa, qa_secs, Some(at)));
}

pub(super) fn open_early(contest: &mut Contest, id: PitchId) {
    if let Some(pitch) = contest.pitch_mut(id) {
        pitch.early = true;
    }
}

pub(super) fn count_down(contest: &mut Contest, id: PitchId, secs: Option<u32>, at: Millis) {
    if let Some(pitch) = contest.pitch_mut(id) {
        pitch.closes_at = secs.map(|secs| later(at, secs));
    }
}

pub(super) fn close(contest: &mut Contest, id: PitchId, at: Millis) {
    enter(contest, id, Phase::Closed, at);
    if let Some(pitch) = contest.pitch_mut(id) {
        // What was given back and not submitted again counts as it was.
        pitch.reopened.clear();
        pitch.closes_at = None;
    }
}

pub(super) fn begin_announcement(contest: &mut Contest, id: PitchId) {
    let stage = &mut contest.show.stage;
    stage.announcing = Some(id);
    stage.current = Some(id);
    stage.segment = None;
    stage.show(Scene::Pitch);
}

pub(super) fn reveal(contest: &mut Contest, id: PitchId, at: Millis) {
    enter(contest, id, Phase::Revealed, at);
    let stage = &mut contest.show.stage;
    stage.announcing = stage.announcing.filter(|announced| *announced != id);
}

pub(super) fn back(contest: &mut Contest) {
    let stage = &mut contest.show.stage;
    if let Some(before) = stage.before.pop() {
        stage.scene = before;
    }
}

pub(super) fn show_board(contest: &mut Contest, track: Option<TrackId>, page: u16) {
    contest.show.stage.board = (track, page);
    contest.show.stage.show(Scene::Leaderboard);
}

pub(super) fn show_message(contest: &mut Contest, lines: &[String]) {
    contest.show.stage.message = lines.to_vec();
    contest.show.stage.show(Scene::Message);
}

pub(super) fn open(contest: &mut Contest, id: PitchId, at: Millis) {
    measure(contest, id, at);
    enter(contest, id, Phase::Scoring, at);
    let Some(round) = contest.show.rounds.get_mut(&id.round) else { return };
    let closes = round.window.closes;
    if let Some(pitch) = round.pitches.get_mut(&id.project) {
        pitch.confirmed = false;
        pitch.closes_at = match closes {
            Closes::After(secs) => Some(later(at, secs)),
            Closes::ByHand | Closes::WhenAllIn => None,
        };
    }
    // A closed pitch whose window is opened again holds the stage again, whatever was on it since.
    let stage = &mut contest.show.stage;
    stage.current = Some(id);
    stage.segment = None;
    stage.announcing = None;
    stage.timer = None;
}

/// Off the stage without a score; its time is of no interest.
pub(super) fn leave(contest: &mut Contest, id: PitchId, phase: Phase, at: Millis) {
    leave_with(contest, id, phase, at, |_| {});
}

/// The same, noting how it stood.
pub(super) fn leave_with(
    contest: &mut Contest,
    id: PitchId,
    phase: Phase,
    at: Millis,
    note: impl FnOnce(&mut Pitch),
) {
    let on_stage = contest.on_stage() == Some(id);
    if let Some(pitch) = contest.pitch_mut(id) {
        note(pitch);
        pitch.closes_at = None;
    }
    enter(contest, id, phase, at);
    let stage = &mut contest.show.stage;
    stage.announcing = stage.announcing.filter(|announced| *announced != id);
    if on_stage {
        stage.timer = None;
    }
}

pub(super) fn begin(contest: &mut Contest, id: SegmentId, at: Millis) {
    let Some(segment) = contest.show.segment(id) else { return };
    let (kind, secs) = (segment.kind, segment.secs);
    let stage = &mut contest.show.stage;
    stage.segment = Some((id, at));
    stage.past.insert(id);
    stage.unveiled = false;
    stage.announcing = None;
    stage.timer = (secs > 0).then(|| Timer::new(Timed::Segment, secs, Some(at)));
    stage.show(if kind == SegmentKind::Draw { Scene::Draw } else { Scene::Segment });
}

/// The pitch is over: how long it took is kept.
fn measure(contest: &mut Contest, id: PitchId, at: Millis) {
    let timer = contest.show.stage.timer.as_ref().filter(|timer| timer.of == Timed::Pitch);
    let spell = timer.map(|timer| timer.spell(at));
    if let Some(pitch) = contest.pitch_mut(id).filter(|pitch| pitch.phase == Phase::Pitching) {
        pitch.ran = spell;
    }
}

pub(super) fn enter(contest: &mut Contest, pitch: PitchId, phase: Phase, at: Millis) {
    if let Some(pitch) = contest.pitch_mut(pitch) {
        pitch.phase = phase;
        pitch.since = at;
    }
}

fn later(at: Millis, secs: u32) -> Millis {
    Millis(at.0.saturating_add(u64::from(secs) * 1_000))
}
