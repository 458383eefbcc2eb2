//! What the steps of a reveal do.

use super::{out, stage};
use crate::domain::kernel::ids::{PitchId, RoundId};
use crate::domain::kernel::shared::Shared;
use crate::domain::query::board;
use crate::domain::query::reveal::plan;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Reveal;
use crate::domain::state::reveal::Board;
use crate::domain::terms::programme::{Phase, Scene};
use crate::domain::terms::reveal::Mode;

pub(super) fn begin(contest: &mut Contest, round: RoundId, mode: Mode) {
    let Some(plan) = contest.round(round).and_then(|round| plan(contest, round, mode)) else { return };
    contest.sealed.reveal = Some(plan.into());
    contest.published.board = Some(Board { round, mode, steps: Vec::new() }.into());
    let stage = &mut contest.show.stage;
    stage.segment = None;
    stage.announcing = None;
    stage.show(Scene::Reveal);
}

pub(super) fn step(contest: &mut Contest, to: u16) {
    let (Some(plan), Some(board)) = (&contest.sealed.reveal, &mut contest.published.board) else { return };
    board.steps = plan.steps[..usize::from(to).min(plan.steps.len())].to_vec();
    contest.show.stage.show(Scene::Reveal);
}

pub(super) fn end(contest: &mut Contest) {
    contest.sealed.reveal = None;
    contest.published.board = None;
}

/// The hall is shown the list whose tie was decided last.
pub(super) fn tell_decisions(contest: &mut Contest, id: RoundId) {
    let Some(round) = contest.show.rounds.get_mut(&id) else { return };
    round.tell_decisions();
    let decided = round.decisions.last().and_then(|order| order.first());
    let track = decided.and_then(|project| round.list_of(PitchId { round: id, project: *project }));
    stage::show_board(contest, track, 0);
}

/// Everything is public: the standings are the official ones.
pub(super) fn publish(contest: &mut Contest) {
    let Some(plan) = contest.sealed.reveal.take() else { return };
    contest.published.board = None;
    let revealed = |reveal: &Shared<Reveal>| plan.reveals.iter().any(|new| new.pitch == reveal.pitch);
    contest.published.reveals.retain(|reveal| !revealed(reveal));
    contest.published.reveals.extend(plan.reveals.iter().cloned());
    out::tell_all(contest, plan.round);
    if let Some(round) = contest.show.rounds.get_mut(&plan.round) {
        round.freeze_board(false);
        for pitch in plan.reveals.iter().map(|reveal| reveal.pitch.project) {
            if let Some(pitch) = round.pitches.get_mut(&pitch).filter(|pitch| pitch.phase == Phase::Closed) {
                pitch.phase = Phase::Revealed;
            }
        }
    }
    contest.show.stage.forget_podium();
    // Where there are several lists the hall goes through them.
    let round = contest.round(plan.round).filter(|round| round.rule.ranking.has_tracks());
    if let Some(first) = round.and_then(|round| board::lists(contest, round).first().copied()) {
        contest.show.stage.board = (first, 0);
    }
    contest.show.stage.show(Scene::Leaderboard);
}
