//! Drawing the running order in front of the hall: the hash of a secret is shown first, then numbers are called in the
//! hall, then the secret is told; the order follows from both, and anybody can compute it.

use crate::domain::kernel::ids::{ProjectId, TrackId};
use crate::domain::kernel::time::Millis;
use crate::domain::scoring::lot;

/// Most numbers that the hall calls.
pub const CALLED_MAX: usize = 30;
/// Longest of them, in characters.
pub const CALLED_CHARS_MAX: usize = 20;

/// A draw as the hall knows it: the secret is in it only once it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// SHA-256 of the secret, in hex.
    pub hash: String,
    pub committed: Millis,
    /// What the hall called, in that order.
    pub called: Vec<String>,
    /// Projects whose places are drawn, in the order they stood before.
    pub projects: Vec<ProjectId>,
    /// Their tracks, where each is drawn among those of its own; empty where all are drawn together.
    pub tracks: Vec<Option<TrackId>>,
    pub secret: Option<String>,
    /// The projects in the order drawn; empty before.
    pub order: Vec<ProjectId>,
}

/// The order that follows from a secret and what was called. A place of a track stays one of that track.
pub fn order(secret: &str, draw: &Draw) -> Vec<ProjectId> {
    let seed = lot::seed(secret, &draw.called);
    let track = |at: usize| draw.tracks.get(at).copied().flatten();
    let mut lots: Vec<_> = draw
        .projects
        .iter()
        .enumerate()
        .map(|(at, project)| (lot::draw(&seed, &project.to_string()), *project, track(at)))
        .collect();
    lots.sort();
    let next = |at| lots.iter().position(|(_, _, of)| *of == track(at)).map(|found| lots.remove(found).1);
    (0..draw.projects.len()).filter_map(next).collect()
}

/// A running order in which the drawn projects stand as drawn, on the places that they held; the others stay.
pub fn placed(running: &[ProjectId], drawn: &[ProjectId]) -> Vec<ProjectId> {
    let mut next = drawn.iter().copied();
    let place = |project: &ProjectId| {
        if drawn.contains(project) { next.next().unwrap_or(*project) } else { *project }
    };
    running.iter().map(place).collect()
}

/// 64 lower-case hex digits: what a secret looks like, so that it can be typed from the screen.
pub fn is_secret(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
