//! What the steps of a draw do.

use crate::domain::kernel::ids::{ProjectId, RoundId, TrackId};
use crate::domain::kernel::time::Millis;
use crate::domain::scoring::lot;
use crate::domain::state::contest::Contest;
use crate::domain::state::draw::{self, Draw};

pub(super) fn commit(
    contest: &mut Contest,
    id: RoundId,
    secret: &str,
    (projects, tracks): (&[ProjectId], &[Option<TrackId>]),
    at: Millis,
) {
    let Some(round) = contest.show.rounds.get_mut(&id) else { return };
    let draw = Draw {
        hash: lot::commitment(secret),
        committed: at,
        called: Vec::new(),
        projects: projects.to_vec(),
        tracks: tracks.to_vec(),
        secret: None,
        order: Vec::new(),
    };
    round.draw = Some(draw.into());
    contest.sealed.secrets.insert(id, secret.to_owned());
}

pub(super) fn call(contest: &mut Contest, round: RoundId, number: &str) {
    let round = contest.show.rounds.get_mut(&round);
    if let Some(draw) = round.and_then(|round| round.draw.as_mut()) {
        draw.called.push(number.to_owned());
    }
}

pub(super) fn reveal(contest: &mut Contest, id: RoundId) {
    let Some(round) = contest.show.rounds.get_mut(&id) else { return };
    let round = &mut **round;
    let (Some(draw), Some(secret)) = (&mut round.draw, contest.sealed.secrets.get(&id)) else { return };
    draw.secret = Some(secret.clone());
    draw.order = draw::order(secret, draw);
    round.order = draw::placed(&round.order, &draw.order).into();
}
