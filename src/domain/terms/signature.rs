//! The strokes of a finger under a judge's scorecards.

use serde::{Deserialize, Serialize};

/// Side of the square that strokes are drawn in.
pub const SIDE: u16 = 1_000;
/// Most points of one signature.
pub const POINTS_MAX: usize = 1_200;

/// Lines of a finger, each a list of points (x, y) from 0 to [`SIDE`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Strokes(pub Vec<Vec<(u16, u16)>>);

impl Strokes {
    /// There is a line, no more points than a signature has, and all inside.
    pub fn is_signature(&self) -> bool {
        let points = self.0.iter().map(Vec::len).sum::<usize>();
        let inside = self.0.iter().flatten().all(|&(x, y)| x <= SIDE && y <= SIDE);
        (2..=POINTS_MAX).contains(&points) && inside
    }
}
