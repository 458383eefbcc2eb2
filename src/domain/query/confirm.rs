//! How a press must be meant, as things stand.

use crate::domain::command::Command;
use crate::domain::command::row::{Confirm, Doubt};
use crate::domain::query::plates;
use crate::domain::state::contest::Contest;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::Phase;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Press {
    Plain,
    /// Or held.
    Twice,
    /// A second press is not enough.
    Held,
}

impl Press {
    pub fn needs_confirmation(self) -> bool {
        self > Press::Plain
    }
}

pub fn press(contest: &Contest, command: &Command) -> Press {
    match command.row().confirm {
        Confirm::No => Press::Plain,
        Confirm::Twice => Press::Twice,
        Confirm::Held => Press::Held,
        Confirm::If(doubt) => doubtful(contest, doubt),
    }
}

fn doubtful(contest: &Contest, doubt: Doubt) -> Press {
    let twice = |doubtful| if doubtful { Press::Twice } else { Press::Plain };
    match doubt {
        Doubt::Missing(pitch) => {
            match contest.pitch(pitch).map_or((0, 0), |pitch| contest.progress(pitch)) {
                // Two presses that nobody meant are not to shut a scorecard out.
                (k, n) if k < n => Press::Held,
                (_, n) => twice(n == 0),
            }
        }
        Doubt::Told(pitch) => {
            let told = contest.pitch(pitch).is_some_and(|pitch| pitch.phase == Phase::Revealed);
            if told { Press::Held } else { Press::Plain }
        }
        Doubt::FirstPlate(pitch) => twice(plates::standing(&contest.published, pitch).is_none()),
        Doubt::Unannounced(id) => {
            let again = contest.pitch(id).is_some_and(|pitch| pitch.phase == Phase::Revealed);
            twice(again || plates::standing(&contest.published, id) != Some(PlateStep::Scored))
        }
    }
}
