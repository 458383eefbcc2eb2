//! What is on the stage and on the screen.

use crate::domain::kernel::ids::{PitchId, SegmentId, TrackId};
use crate::domain::kernel::time::Millis;
use crate::domain::state::timer::Timer;
use crate::domain::terms::programme::Scene;
use std::collections::BTreeSet;

/// What is on the stage and on the screen. An undo puts it back whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    pub scene: Scene,
    /// The scenes before this one, newest last: the way back.
    pub before: Vec<Scene>,
    /// The pitch on stage, or the last one that was.
    pub current: Option<PitchId>,
    /// The segment that is on, and since when.
    pub segment: Option<(SegmentId, Millis)>,
    /// Segments that have begun or were skipped.
    pub past: BTreeSet<SegmentId>,
    pub timer: Option<Timer>,
    /// The pitch whose score is about to be announced: its plates are up, face down.
    pub announcing: Option<PitchId>,
    /// The podium has been on the screen since the last pitch began.
    pub podium: bool,
    /// So many of its places are shown, from the last, list after list; 0: it is shown whole, or was not begun.
    pub podium_told: u16,
    /// The curtain of the segment that is on is open.
    pub unveiled: bool,
    /// The newest word to the hall, one or two lines.
    pub message: Vec<String>,
    /// The leaderboard's track, and its page; page 0 is the one with the newest score.
    pub board: (Option<TrackId>, u16),
}

/// Scenes that the way back remembers.
const BEFORE_MAX: usize = 16;

impl Stage {
    /// The podium is still to come.
    pub fn forget_podium(&mut self) {
        (self.podium, self.podium_told) = (false, 0);
    }

    pub fn show(&mut self, scene: Scene) {
        if self.scene != scene {
            self.before.push(self.scene);
            let surplus = self.before.len().saturating_sub(BEFORE_MAX);
            self.before.drain(..surplus);
            self.scene = scene;
        }
        if scene == Scene::Podium {
            self.podium = true;
            self.podium_told = 0;
        }
    }
}
