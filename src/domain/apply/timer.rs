//! What facts about the stage timer do.

use crate::domain::kernel::time::Millis;
use crate::domain::state::contest::Contest;
use crate::domain::state::timer::{Timed, Timer};

pub(super) fn begin(contest: &mut Contest, label: &str, secs: u32, at: Millis) {
    contest.show.stage.timer = Some(Timer::new(Timed::Custom(label.to_owned()), secs, Some(at)));
}

pub(super) fn of(contest: &mut Contest, change: impl FnOnce(&mut Timer)) {
    if let Some(timer) = &mut contest.show.stage.timer {
        change(timer);
    }
}
