//! The clock's own commands: what a countdown closes when it has run out. Each is given once on the same state, so that one
//! that comes to nothing is never given in a loop.

use crate::domain::command::Command;
use crate::domain::kernel::ids::CommandId;
use crate::domain::kernel::time::Millis;
use crate::domain::query::due::due;
use crate::domain::state::contest::Contest;

/// What was given on which state.
#[derive(Debug, Default)]
pub struct Due {
    /// Number of the state's last fact.
    seq: u64,
    /// How many of the state's countdowns were given, the earliest first.
    given: usize,
}

impl Due {
    /// When the next countdown ends, and what is given then. Nothing where all were given: what they come to has changed the
    /// state, or waits for somebody who does.
    pub fn next(&self, state: &Contest) -> Option<(Millis, CommandId, Command)> {
        let given = if self.seq == state.seq { self.given } else { 0 };
        let (at, command) = due(state).into_iter().nth(given)?;
        // The same countdown of the same state gives the same command, whichever run of the task gives it. A state is never
        // there twice, so that no answer from before an undo or from a rehearsal is taken for this one's.
        Some((at, CommandId(u128::from(at.0) << 64 | u128::from(state.seq)), command))
    }

    /// The next one was given on this state.
    pub fn gave(&mut self, state: &Contest) {
        self.given = if self.seq == state.seq { self.given + 1 } else { 1 };
        self.seq = state.seq;
    }
}
