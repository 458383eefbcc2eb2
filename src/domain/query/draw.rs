//! Whose place in the running order a draw would draw, were it to begin now.

use crate::domain::kernel::ids::{ProjectId, TrackId};
use crate::domain::state::round::Round;
use crate::domain::terms::programme::Phase;

/// Projects that are queued, as they stand; and their tracks, where places are counted by track: each is drawn among its own.
pub struct Lots {
    pub projects: Vec<ProjectId>,
    pub tracks: Vec<Option<TrackId>>,
}

/// `None` where nobody would draw against anybody.
pub fn lots(round: &Round) -> Option<Lots> {
    let queued = round.order.iter().filter_map(|project| round.pitches.get(project));
    let queued: Vec<_> = queued.filter(|pitch| pitch.phase == Phase::Queued).collect();
    let by_track = round.rule.ranking.has_tracks();
    let meet =
        |track: Option<TrackId>| queued.iter().filter(|one| !by_track || one.track == track).count() > 1;
    let against = queued.iter().any(|pitch| meet(pitch.track));
    let projects = queued.iter().map(|pitch| pitch.id.project).collect();
    let tracks = queued.iter().map(|pitch| pitch.track).filter(|_| by_track).collect();
    against.then_some(Lots { projects, tracks })
}
