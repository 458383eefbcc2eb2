//! The podium's places: those up to the third that the hall knows.

use crate::domain::query::result;
use crate::domain::state::contest::Contest;
use std::collections::BTreeSet;

const PLACES: u32 = 3;

/// How many steps it is told in: one for every place, however many share it.
pub fn steps(contest: &Contest) -> u8 {
    let Some(round) = contest.show.round_now() else { return 0 };
    let places: BTreeSet<u32> = result::public(round, &contest.published)
        .into_iter()
        .filter_map(|row| row.place.filter(|place| *place <= PLACES))
        .collect();
    u8::try_from(places.len()).unwrap_or(u8::MAX)
}
