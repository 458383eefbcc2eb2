//! Keeps what the public standings were made from, when a fact changes them.

use super::out;
use crate::domain::fact::row::Moves;
use crate::domain::query::movement;
use crate::domain::scoring::rule::Method;
use crate::domain::state::contest::Contest;
use crate::domain::state::movement::{Cause, Movement};
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::RevealPolicy;

/// Taken before the fact is applied.
pub(super) struct Look(Option<Movement>);

/// Remembers the standings that the fact may change.
pub(super) fn look(contest: &Contest, moves: Moves) -> Look {
    let now = contest.published.movement.as_ref().map(|movement| movement.cause);
    let cause = cause(contest, moves).filter(|cause| matches!(cause, Cause::Round(_)) || now != Some(*cause));
    Look(cause.and_then(|cause| {
        let round = contest.show.rounds.get(&cause.round())?.clone();
        let (reveals, vote) = (contest.published.reveals.clone(), contest.published.vote.clone());
        Some(Movement { cause, round, reveals, vote })
    }))
}

/// Keeps what was remembered, if the fact has changed the places.
pub(super) fn note(contest: &mut Contest, Look(seen): Look) {
    let Some(movement) = seen else { return };
    let Some(round) = contest.round(movement.cause.round()) else { return };
    if enters(&movement, round, &contest.published)
        || movement::places(round, &contest.published) != movement::before(&movement)
    {
        contest.published.movement = Some(movement.into());
    }
}

/// A project that was not among them gets a place, which is known without computing any.
fn enters(movement: &Movement, round: &Round, published: &Published) -> bool {
    let Cause::Score(pitch) = movement.cause else { return false };
    let by_itself = !matches!(round.rule.method, Method::RankSum | Method::Severity);
    let before = &movement.reveals;
    let reveal = published.reveals.iter().rev().find(|reveal| reveal.pitch == pitch);
    by_itself
        && before.iter().rev().all(|reveal| reveal.pitch != pitch)
        && reveal.is_some_and(|reveal| reveal.cards.len() >= round.rule.needed(round.panel.len()))
}

fn cause(contest: &Contest, moves: Moves) -> Option<Cause> {
    let live = contest.show.about.reveal == RevealPolicy::Live;
    match moves {
        Moves::Nothing => None,
        // Whoever leaves moves the others.
        Moves::Score(pitch) if out::is_told(contest, pitch) => Some(Cause::Round(pitch.round)),
        Moves::Score(pitch) => Some(Cause::Score(pitch)),
        Moves::Mark(pitch) => live.then_some(Cause::Score(pitch)),
        Moves::Board(round) | Moves::Tie(round) => Some(Cause::Round(round)),
        Moves::Counts => contest.show.vote.as_ref().map(|vote| Cause::Round(vote.question.round)),
        Moves::Unknown => contest.show.round_now().map(|round| Cause::Round(round.id)),
    }
}
