//! What facts about the stage do: a pitch's life, segments, scenes, the timer.

use super::plates;
use super::reveal;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{PitchId, SegmentId};
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::state::contest::Contest;
use crate::domain::state::timer::{Timed, Timer};
use crate::domain::terms::programme::{Closes, Opens, Phase, Scene, SegmentKind};

pub(super) fn fold(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    let at = stamp.at;
    match fact {
        Fact::PitchStarted { pitch } => start(contest, *pitch, at),
        Fact::QaStarted { pitch } => {
            measure(contest, *pitch, at);
            enter(contest, *pitch, Phase::Qa, at);
            let Some(round) = contest.show.rounds.get_mut(&pitch.round) else { return };
            let (qa_secs, opens) = (round.timing.qa_secs, round.window.opens);
            if let Some(pitch) = round.pitches.get_mut(&pitch.project) {
                pitch.early |= opens == Opens::AtQa;
            }
            contest.show.stage.timer = Some(Timer::new(Timed::Qa, qa_secs, Some(at)));
        }
        Fact::WindowOpened { pitch } => open(contest, *pitch, at),
        Fact::WindowOpenedEarly { pitch } => {
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                pitch.early = true;
            }
        }
        Fact::CountdownSet { pitch, secs } => {
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                pitch.closes_at = secs.map(|secs| later(at, secs));
            }
        }
        Fact::WindowClosed { pitch } => {
            enter(contest, *pitch, Phase::Closed, at);
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                // What was given back and not submitted again counts as it was.
                pitch.reopened.clear();
                pitch.closes_at = None;
            }
        }
        Fact::AnnouncementBegun { pitch } => {
            let stage = &mut contest.show.stage;
            stage.announcing = Some(*pitch);
            stage.current = Some(*pitch);
            stage.segment = None;
            stage.show(Scene::Pitch);
        }
        Fact::PlatesShown { pitch, step } => plates::show(contest, *pitch, *step),
        Fact::PitchRevealed { pitch } => {
            plates::reveal(contest, *pitch);
            enter(contest, *pitch, Phase::Revealed, at);
            let stage = &mut contest.show.stage;
            stage.announcing = stage.announcing.filter(|announced| announced != pitch);
        }
        Fact::AwardsSet { .. }
        | Fact::BoardFrozen { .. }
        | Fact::BoardThawed { .. }
        | Fact::RevealBegun { .. }
        | Fact::RevealStepped { .. }
        | Fact::RevealEnded { .. }
        | Fact::BoardPublished { .. } => tell(contest, fact),
        Fact::PitchMarkedAbsent { pitch } => leave(contest, *pitch, Phase::Absent, at),
        Fact::PitchWithdrawn { pitch, .. } => leave(contest, *pitch, Phase::Withdrawn, at),
        Fact::PitchBroughtBack { pitch } => enter(contest, *pitch, Phase::Queued, at),
        Fact::SegmentStarted { segment } => begin(contest, *segment, at),
        Fact::SegmentSkipped { segment } => {
            contest.show.stage.past.insert(*segment);
        }
        Fact::SceneShown { scene } => contest.show.stage.show(*scene),
        Fact::BoardShown { track, page } => {
            contest.show.stage.board = (*track, *page);
            contest.show.stage.show(Scene::Leaderboard);
        }
        Fact::SigningAnnounced { project, partner } => {
            contest.show.signings.push((*project, partner.clone()));
        }
        Fact::SigningWithdrawn { project, partner } => {
            contest.show.signings.retain(|(of, with)| (of, with) != (project, partner));
        }
        Fact::MessageShown { lines } => {
            contest.show.stage.message.clone_from(lines);
            contest.show.stage.show(Scene::Message);
        }
        Fact::SceneReturned => {
            let stage = &mut contest.show.stage;
            if let Some(before) = stage.before.pop() {
                stage.scene = before;
            }
        }
        _ => time(contest, fact, at),
    }
}

/// The board, and its reveal.
fn tell(contest: &mut Contest, fact: &Fact) {
    match fact {
        Fact::AwardsSet { round, awards } => {
            if let Some(round) = contest.show.rounds.get_mut(round) {
                round.awards = awards.clone().into();
            }
        }
        Fact::BoardFrozen { round } | Fact::BoardThawed { round } => {
            if let Some(round) = contest.show.rounds.get_mut(round) {
                round.freeze_board(matches!(fact, Fact::BoardFrozen { .. }));
            }
        }
        Fact::RevealBegun { round, mode } => reveal::begin(contest, *round, *mode),
        Fact::RevealStepped { to, .. } => reveal::step(contest, *to),
        Fact::RevealEnded { .. } => reveal::end(contest),
        Fact::BoardPublished { .. } => reveal::publish(contest),
        _ => {}
    }
}

fn time(contest: &mut Contest, fact: &Fact, at: Millis) {
    let slot = &mut contest.show.stage.timer;
    match (fact, slot) {
        (Fact::TimerBegun { label, secs }, slot) => {
            *slot = Some(Timer::new(Timed::Custom(label.clone()), *secs, Some(at)));
        }
        (Fact::TimerDropped, slot) => *slot = None,
        (Fact::TimerRan, Some(timer)) => timer.run(at),
        (Fact::TimerPaused, Some(timer)) => timer.pause(at),
        (Fact::TimerAdjusted { secs }, Some(timer)) => timer.adjust(*secs, at),
        (Fact::TimerSet { left_secs }, Some(timer)) => timer.set_left(*left_secs, at),
        (Fact::TimerRestarted, Some(timer)) => timer.restart(at),
        _ => {}
    }
}

fn start(contest: &mut Contest, id: PitchId, at: Millis) {
    let Some(round) = contest.show.rounds.get_mut(&id.round) else { return };
    let (timing, opens) = (round.timing, round.window.opens);
    if let Some(pitch) = round.pitches.get_mut(&id.project) {
        pitch.phase = Phase::Pitching;
        pitch.since = at;
        pitch.early = opens == Opens::WithPitch;
        pitch.closes_at = None;
        pitch.ran = None;
        pitch.dismissed = None;
    }
    let stage = &mut contest.show.stage;
    stage.podium = false;
    // Another score comes: the board is the whole one again, where it is.
    stage.board = (None, 0);
    stage.current = Some(id);
    stage.segment = None;
    stage.announcing = None;
    stage.timer = Some(Timer::new(Timed::Pitch, timing.pitch_secs, (!timing.by_hand).then_some(at)));
    stage.show(Scene::Pitch);
}

fn open(contest: &mut Contest, id: PitchId, at: Millis) {
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
fn leave(contest: &mut Contest, id: PitchId, phase: Phase, at: Millis) {
    let on_stage = contest.on_stage() == Some(id);
    enter(contest, id, phase, at);
    if let Some(pitch) = contest.pitch_mut(id) {
        pitch.closes_at = None;
    }
    let stage = &mut contest.show.stage;
    stage.announcing = stage.announcing.filter(|announced| *announced != id);
    if on_stage {
        stage.timer = None;
    }
}

fn begin(contest: &mut Contest, id: SegmentId, at: Millis) {
    let Some(segment) = contest.show.segment(id) else { return };
    let (kind, secs) = (segment.kind, segment.secs);
    let stage = &mut contest.show.stage;
    stage.segment = Some((id, at));
    stage.past.insert(id);
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

fn enter(contest: &mut Contest, pitch: PitchId, phase: Phase, at: Millis) {
    if let Some(pitch) = contest.pitch_mut(pitch) {
        pitch.phase = phase;
        pitch.since = at;
    }
}

fn later(at: Millis, secs: u32) -> Millis {
    Millis(at.0.saturating_add(u64::from(secs) * 1_000))
}
