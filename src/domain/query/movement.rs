//! Where each project stood in the public standings before their newest change.

use crate::domain::kernel::ids::PitchId;
use crate::domain::query::result;
use crate::domain::state::movement::Movement;
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use std::collections::BTreeMap;

/// Places before it, of the projects that had one.
pub fn before(movement: &Movement) -> BTreeMap<PitchId, u32> {
    let Movement { round, reveals, vote, .. } = movement;
    let published = Published { reveals: reveals.clone(), vote: vote.clone(), ..Published::default() };
    places(round, &published)
}

/// Places now, of the projects that have one.
pub fn places(round: &Round, published: &Published) -> BTreeMap<PitchId, u32> {
    result::public(round, published).into_iter().filter_map(|row| Some((row.pitch, row.place?))).collect()
}
