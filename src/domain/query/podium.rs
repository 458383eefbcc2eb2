//! The podium's places: those up to the third of each list that the hall knows.

use crate::domain::kernel::ids::TrackId;
use crate::domain::query::result;
use crate::domain::state::contest::Contest;
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use std::collections::BTreeSet;

const PLACES: u32 = 3;

/// One list's podium, and the steps it is told in: one for every place, however many share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Podium {
    pub list: Option<TrackId>,
    pub steps: u16,
}

/// The podium of every list where somebody has a place, in the order in which they are told.
pub fn all(round: &Round, published: &Published) -> Vec<Podium> {
    let rows = result::public(round, published);
    let of = |list: Option<TrackId>| {
        let own = rows.iter().filter(|row| row.list == list);
        let places: BTreeSet<u32> = own.filter_map(|row| row.place.filter(|one| *one <= PLACES)).collect();
        Podium { list, steps: u16::try_from(places.len()).unwrap_or(u16::MAX) }
    };
    round.lists().into_iter().map(of).filter(|podium| podium.steps > 0).collect()
}

/// How many steps they are told in, one podium after another.
pub fn steps(contest: &Contest) -> u16 {
    let Some(round) = contest.show.round_now() else { return 0 };
    all(round, &contest.published).iter().map(|podium| podium.steps).sum()
}

/// The podium that the hall looks at once so many steps are told, and how many of them are its own; before the first step it
/// is the first one, whole.
pub fn at(round: &Round, published: &Published, told: u16) -> Option<(Podium, u16)> {
    let mut before = 0;
    let mut podiums = all(round, published).into_iter();
    podiums.find_map(|podium| {
        let own = told.saturating_sub(before);
        before += podium.steps;
        (told <= before).then_some((podium, own))
    })
}

/// So many steps are told once the podium that comes next is whole; the last one stays.
pub fn whole(round: &Round, published: &Published, told: u16) -> u16 {
    let mut sum = 0;
    let ends = all(round, published).into_iter().map(|podium| {
        sum += podium.steps;
        sum
    });
    let ends: Vec<u16> = ends.collect();
    ends.iter().copied().find(|end| *end > told).or(ends.last().copied()).unwrap_or_default()
}
