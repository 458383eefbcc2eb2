//! Where each project stood in each list of the public standings before their newest change.

use crate::domain::kernel::ids::{PitchId, TrackId};
use crate::domain::query::result;
use crate::domain::state::movement::Movement;
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use crate::domain::state::tables::Row;
use std::collections::BTreeMap;

/// Places by list and pitch, of the projects that have one.
pub type Places = BTreeMap<(Option<TrackId>, PitchId), u32>;

/// Before it.
pub fn before(movement: &Movement) -> Places {
    let Movement { round, reveals, vote, .. } = movement;
    let published = Published { reveals: reveals.clone(), vote: vote.clone(), ..Published::default() };
    places(round, &published)
}

/// Now.
pub fn places(round: &Round, published: &Published) -> Places {
    let placed = |row: Row| Some(((row.list, row.pitch), row.place?));
    result::public(round, published).into_iter().filter_map(placed).collect()
}
