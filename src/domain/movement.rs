//! Movement: where each project stood in the public standings before their newest change. What they were made from is
//! kept when the change comes, so that whoever turns a page on late sees the same arrows as who saw it happen.

use crate::domain::contest::{Contest, Published, Round};
use crate::domain::fact::Fact;
use crate::domain::ids::{PitchId, RoundId};
use crate::domain::programme::RevealPolicy;
use crate::domain::result;
use crate::domain::scoring::rule::Method;
use crate::domain::shared::Shared;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq)]
pub struct Movement {
    cause: Cause,
    before: Seen,
}

impl Movement {
    /// Places before it, of the projects that had one.
    pub fn was(&self) -> BTreeMap<PitchId, u32> {
        places(&self.before.round, &self.before.published)
    }
}

/// What the hall's standings were made from; nothing is computed until somebody looks.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    round: Shared<Round>,
    /// Reveals and counts of that time, and nothing else.
    published: Published,
}

/// What the standings took in last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// This pitch's score. Its later versions are the same change: it counts from the standings without it.
    Score(PitchId),
    /// Something of more than one pitch: the audience's vote, a frozen board that is told, a decided tie.
    Round(RoundId),
}

impl Cause {
    fn round(self) -> RoundId {
        match self {
            Cause::Score(pitch) => pitch.round,
            Cause::Round(round) => round,
        }
    }
}

/// Taken before the fact is applied.
pub(super) struct Look(Option<Movement>);

/// Remembers the standings that the fact may change.
pub(super) fn look(contest: &Contest, fact: &Fact) -> Look {
    let now = contest.published.movement.as_ref().map(|movement| movement.cause);
    let cause = cause(contest, fact).filter(|cause| matches!(cause, Cause::Round(_)) || now != Some(*cause));
    Look(cause.and_then(|cause| {
        let round = contest.show.rounds.get(&cause.round())?.clone();
        let Published { reveals, vote, .. } = &contest.published;
        let published = Published { reveals: reveals.clone(), vote: vote.clone(), ..Published::default() };
        Some(Movement { cause, before: Seen { round, published } })
    }))
}

/// Keeps what was remembered, if the fact has changed the places.
pub(super) fn note(contest: &mut Contest, Look(seen): Look) {
    let Some(movement) = seen else { return };
    let Some(round) = contest.round(movement.cause.round()) else { return };
    if enters(&movement, round, &contest.published) || places(round, &contest.published) != movement.was() {
        contest.published.movement = Some(movement.into());
    }
}

/// A project that was not among them gets a place, which is known without computing any.
fn enters(movement: &Movement, round: &Round, published: &Published) -> bool {
    let Cause::Score(pitch) = movement.cause else { return false };
    let by_itself = !matches!(round.rule.method, Method::RankSum | Method::Severity);
    let before = &movement.before.published.reveals;
    let reveal = published.reveals.iter().rev().find(|reveal| reveal.pitch == pitch);
    by_itself
        && before.iter().rev().all(|reveal| reveal.pitch != pitch)
        && reveal.is_some_and(|reveal| reveal.cards.len() >= round.rule.needed(round.panel.len()))
}

fn cause(contest: &Contest, fact: &Fact) -> Option<Cause> {
    let live = contest.show.about.reveal == RevealPolicy::Live;
    match fact {
        Fact::PitchRevealed { pitch } => Some(Cause::Score(*pitch)),
        Fact::ScorecardSubmitted { pitch, .. } if live => Some(Cause::Score(*pitch)),
        Fact::BoardFrozen { round }
        | Fact::BoardThawed { round }
        | Fact::BoardPublished { round }
        | Fact::TieDecided { round, .. } => Some(Cause::Round(*round)),
        Fact::VoteRevealed => contest.show.vote.as_ref().map(|vote| Cause::Round(vote.question.round)),
        Fact::ActionUndone { .. } => contest.show.round_now().map(|round| Cause::Round(round.id)),
        _ => None,
    }
}

fn places(round: &Round, published: &Published) -> BTreeMap<PitchId, u32> {
    result::public(round, published).into_iter().filter_map(|row| Some((row.pitch, row.place?))).collect()
}
