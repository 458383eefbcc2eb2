//! What an announcing fact says of the standings that the hall knows from then on, so that a later correction of the arithmetic
//! never rewrites a published result in silence.

use crate::domain::fact::Fact;
use crate::domain::kernel::ids::RoundId;
use crate::domain::query::result;
use crate::domain::scoring::VERSION;
use crate::domain::scoring::lot::hex;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::state::tables::Row;
use crate::domain::terms::announced::Seal;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Of the hall's standings as they are.
pub fn of(contest: &Contest, round: &Round) -> Seal {
    let mut text = format!("podium/standings/v1\n{}\n", round.id);
    lines(&mut text, &result::public(round, &contest.published));
    sealed(&text)
}

/// Of a round's result: what counts, and what the hall was told of it. A step of the result speaks of both.
pub fn of_result(contest: &Contest, round: &Round) -> Seal {
    let mut text = format!("podium/result/v1\n{}\ncounts\n", round.id);
    lines(&mut text, &result::provisional(contest, round));
    text.push_str("told\n");
    lines(&mut text, &result::public(round, &contest.published));
    sealed(&text)
}

fn lines(text: &mut String, rows: &[Row]) {
    for row in rows {
        let place = row.place.unwrap_or(0);
        // A list of its own names its track. Writing to a text cannot fail.
        let list = row.list.map(|track| format!("{track} ")).unwrap_or_default();
        let _ = writeln!(text, "{list}{place} {} {} {}", row.pitch, row.score, row.k);
    }
}

fn sealed(text: &str) -> Seal {
    Seal { scorer: VERSION, digest: hex(&Sha256::digest(text.as_bytes())) }
}

/// The round whose standings this fact tells the hall: those of a frozen board stand still.
pub fn told(contest: &Contest, fact: &Fact) -> Option<RoundId> {
    if let Fact::PitchRevealed { pitch, .. } = fact {
        return Some(pitch.round);
    }
    if let Fact::BoardPublished { round, .. } = fact {
        return Some(*round);
    }
    let round = if let Fact::VoteRevealed { .. } = fact {
        contest.show.vote.as_ref().map(|vote| vote.question.round)
    } else if let Fact::TieDecided { round, untold: false, .. } | Fact::DecisionsTold { round, .. } = fact {
        Some(*round)
    } else {
        None
    };
    let known = |id: &RoundId| contest.published.reveals.iter().any(|reveal| reveal.pitch.round == *id);
    round.filter(known).filter(|id| contest.round(*id).is_some_and(|round| !round.board_frozen))
}

/// The hall's standings of this round come out otherwise than they were when they were told, by another arithmetic.
pub fn is_broken(contest: &Contest, round: &Round) -> bool {
    let seal = contest.published.seals.get(&round.id).filter(|seal| seal.scorer != VERSION);
    seal.is_some_and(|seal| seal.digest != of(contest, round).digest)
}
