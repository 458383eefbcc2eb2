//! Movement: where each project stood in the public standings before their newest change. The places are copied when the
//! change comes, so that whoever turns a page on late sees the same arrows as who saw it happen.

use crate::domain::contest::Contest;
use crate::domain::fact::Fact;
use crate::domain::ids::{PitchId, RoundId};
use crate::domain::programme::RevealPolicy;
use crate::domain::result;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    cause: Cause,
    /// Places before it, of the projects that had one.
    pub was: BTreeMap<PitchId, u32>,
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

/// Looks at the standings that the fact may change.
pub(super) fn look(contest: &Contest, fact: &Fact) -> Look {
    let now = contest.published.movement.as_ref().map(|movement| movement.cause);
    let cause = cause(contest, fact).filter(|cause| matches!(cause, Cause::Round(_)) || now != Some(*cause));
    Look(cause.map(|cause| Movement { cause, was: places(contest, cause.round()) }))
}

/// Keeps what was seen, if the fact has changed it.
pub(super) fn note(contest: &mut Contest, Look(seen): Look) {
    let Some(movement) = seen else { return };
    if places(contest, movement.cause.round()) != movement.was {
        contest.published.movement = Some(movement.into());
    }
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

fn places(contest: &Contest, round: RoundId) -> BTreeMap<PitchId, u32> {
    let rows = contest.round(round).map(|round| result::public(round, &contest.published));
    rows.into_iter().flatten().filter_map(|row| Some((row.pitch, row.place?))).collect()
}
