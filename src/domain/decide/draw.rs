//! The draw of the running order: committed, called, revealed. While one is under way the order is not moved by hand.

use super::guard::{optional, round};
use super::rehearsal;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::RoundId;
use crate::domain::query::draw::{Lots, lots};
use crate::domain::rejection::Rejection;
use crate::domain::scoring::lot;
use crate::domain::state::contest::Contest;
use crate::domain::state::draw::{self, CALLED_CHARS_MAX, CALLED_MAX, Draw};
use crate::domain::terms::programme::Phase;

/// Binds the host to a secret, before the first pitch.
pub fn commit(contest: &Contest, id: RoundId, secret: &str) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    if round.draw.is_some() {
        return Err(Rejection::DrawExists);
    }
    let began = round.pitches.values().find(|pitch| pitch.phase != Phase::Queued && !pitch.phase.is_out());
    if let Some(pitch) = began {
        return Err(Rejection::OrderFixed { pitch: pitch.id });
    }
    if !draw::is_secret(secret) {
        return Err(Rejection::BadSecret);
    }
    // Of another round or of a rehearsal: who knows it could choose what is called.
    let sealed = contest.sealed.secrets.values().any(|other| other == secret);
    if sealed || contest.spent.contains(&lot::commitment(secret)) {
        return Err(Rejection::SecretUsed);
    }
    let Lots { projects, tracks } = lots(round).ok_or(Rejection::NoDraw)?;
    Ok(vec![Fact::DrawCommitted { round: id, secret: secret.to_owned(), projects, tracks }])
}

/// What the hall calls: a word or number without the sign that joins them.
pub fn call(contest: &Contest, id: RoundId, number: &str) -> Result<Vec<Fact>, Rejection> {
    let draw = open(contest, id)?;
    if draw.called.len() >= CALLED_MAX {
        return Err(Rejection::TooMany { what: "numbers", max: CALLED_MAX });
    }
    let number = optional(number, "number", CALLED_CHARS_MAX)?;
    if number.is_empty() || number.contains('|') {
        return Err(Rejection::BadCall);
    }
    Ok(vec![Fact::NumberCalled { round: id, number }])
}

pub fn reveal(contest: &Contest, id: RoundId) -> Result<Vec<Fact>, Rejection> {
    open(contest, id)?;
    // A seal that was set before a rehearsal is not opened in it.
    let before = contest.rehearsal.as_ref().and_then(|rehearsal| rehearsal.before.round(id));
    if before.is_some_and(rehearsal::sealed) {
        return Err(Rejection::Rehearsing);
    }
    Ok(vec![Fact::DrawRevealed { round: id }])
}

fn open(contest: &Contest, id: RoundId) -> Result<&Draw, Rejection> {
    let draw = round(contest, id)?.draw.as_ref().ok_or(Rejection::NoDraw)?;
    if draw.secret.is_some() { Err(Rejection::DrawIsDone) } else { Ok(draw) }
}
