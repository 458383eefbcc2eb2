//! What an announcing fact says of the standings that the hall knows from then on, so that a later correction of the arithmetic
//! never rewrites a published result in silence.

use crate::domain::query::result;
use crate::domain::scoring::VERSION;
use crate::domain::scoring::lot::hex;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::announced::Seal;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Of the hall's standings as they are.
pub fn of(contest: &Contest, round: &Round) -> Seal {
    let mut text = format!("podium/standings/v1\n{}\n", round.id);
    for row in result::public(round, &contest.published) {
        let place = row.place.unwrap_or(0);
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{place} {} {} {}", row.pitch, row.score, row.k);
    }
    Seal { scorer: VERSION, digest: hex(&Sha256::digest(text.as_bytes())) }
}

/// The hall's standings of this round come out otherwise than they were when they were told, by another arithmetic.
pub fn is_broken(contest: &Contest, round: &Round) -> bool {
    let seal = contest.published.seals.get(&round.id).filter(|seal| seal.scorer != VERSION);
    seal.is_some_and(|seal| seal.digest != of(contest, round).digest)
}
