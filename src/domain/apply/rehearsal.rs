//! What begins a rehearsal, and what is left of it.

use crate::domain::kernel::time::Stamp;
use crate::domain::scoring::lot;
use crate::domain::state::contest::{Contest, Rehearsal};
use crate::domain::state::history::History;
use std::sync::Arc;

pub(super) fn begin(contest: &mut Contest, stamp: Stamp) {
    let before = Arc::new(contest.clone());
    contest.run = run(contest);
    contest.rehearsal = Some(Rehearsal { seq: stamp.seq, since: stamp.at, before });
    contest.show.rehearsal = true;
    contest.history = History::default();
}

/// Odd, as it was when the contest itself still had another number after each: a tablet may keep something of such a one.
fn run(contest: &Contest) -> u32 {
    u32::try_from(contest.rehearsed.len()).map_or(u32::MAX, |over| over.saturating_mul(2).saturating_add(1))
}

/// The contest as it was before the rehearsal; only the numbers of facts go on, and what secrets were used.
pub(super) fn wipe(contest: &mut Contest, stamp: Stamp) {
    let Some(rehearsal) = contest.rehearsal.take() else { return };
    let used = contest.sealed.secrets.values().map(|secret| lot::commitment(secret)).collect::<Vec<_>>();
    *contest = Arc::unwrap_or_clone(rehearsal.before);
    contest.rehearsed.push((rehearsal.seq, stamp.seq));
    contest.spent.extend(used);
    contest.seq = stamp.seq;
}
