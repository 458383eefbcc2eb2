//! What the public may know of scorecards: those that were announced, and every one where the standings follow every mark.

use crate::domain::fact::Fact;
use crate::domain::fact::row::Moves;
use crate::domain::kernel::ids::PitchId;
use crate::domain::query::seal;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Reveal;
use crate::domain::state::published::Corrected;
use crate::domain::terms::announced::Change;
use crate::domain::terms::programme::{Phase, RevealPolicy, Scene};

/// Where the standings follow every mark, a board that is no longer frozen has some to follow.
pub(super) fn catch_up(contest: &mut Contest) {
    let marked: Vec<PitchId> = contest.sealed.cards.pitches().collect();
    marked.into_iter().for_each(|pitch| follow(contest, pitch));
}

/// Where the standings follow every mark they follow this pitch. Of a score that was told they follow the marks alone: who
/// stands aside and what is taken off is a correction then, which somebody confirms.
pub(super) fn follow(contest: &mut Contest, id: PitchId) {
    let frozen = contest.round(id.round).is_none_or(|round| round.board_frozen);
    if contest.show.about.reveal != RevealPolicy::Live || frozen {
        return;
    }
    // Of who was taken out the hall knows what it knew.
    if contest.pitch(id).is_some_and(|pitch| pitch.out.is_some()) {
        return;
    }
    let shown = contest.published.reveals.iter().find(|reveal| reveal.pitch == id);
    let revealed = contest.pitch(id).filter(|pitch| pitch.phase == Phase::Revealed);
    let Some((shown, pitch)) = shown.zip(revealed) else { return publish(contest, id) };
    let known = |judge| shown.cards.iter().any(|(of, _)| *of == judge) || !pitch.recused.contains_key(&judge);
    let cards = contest.sealed.of(id).filter(|(judge, _)| known(*judge));
    let cards = cards.map(|(judge, card)| (judge, card.clone())).collect();
    let again = Reveal { pitch: id, cards, deductions: shown.deductions.clone() };
    show(contest, again);
}

/// Copies the pitch's scorecards, as they are now, into what the public may know.
pub(super) fn publish(contest: &mut Contest, pitch: PitchId) {
    let Some(state) = contest.pitch(pitch) else { return };
    let cards = contest
        .sealed
        .of(pitch)
        .filter(|(judge, _)| !state.recused.contains_key(judge))
        .map(|(judge, card)| (judge, card.clone()))
        .collect();
    let deductions = state.deductions.clone();
    show(contest, Reveal { pitch, cards, deductions });
}

fn show(contest: &mut Contest, new: Reveal) {
    if contest.published.out.contains_key(&new.pitch) {
        contest.published.out.remove(&new.pitch);
    }
    match contest.published.reveals.iter_mut().find(|reveal| reveal.pitch == new.pitch) {
        Some(reveal) => *reveal = new.into(),
        None => contest.published.reveals.push(new.into()),
    }
}

/// The hall is shown what was corrected.
pub(super) fn correct(contest: &mut Contest, pitch: PitchId, change: Option<&Change>, was: Option<Phase>) {
    let Some(change) = change else { return };
    contest.published.correction = Some(Corrected { pitch, change: change.clone(), was }.into());
    contest.show.stage.show(Scene::Correction);
}

/// Keeps what the fact says of the standings that it tells; what else moves them leaves nothing to say.
pub(super) fn seal(contest: &mut Contest, fact: &Fact, moves: Moves) {
    let live = contest.show.about.reveal == RevealPolicy::Live;
    let moved = !matches!(moves, Moves::Nothing) && (live || !matches!(moves, Moves::Mark(_)));
    if moved && !contest.published.seals.is_empty() {
        contest.published.seals.clear();
    }
    if let Some((round, seal)) = seal::told(contest, fact).zip(fact.seal()) {
        contest.published.seals.insert(round, seal.clone());
    }
}
