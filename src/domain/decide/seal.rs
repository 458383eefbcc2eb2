//! Facts that tell standings carry what they told, and by which arithmetic.

use crate::domain::apply::apply;
use crate::domain::fact::Fact;
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::query::seal;
use crate::domain::state::contest::Contest;

pub(super) fn sealed(contest: &Contest, mut facts: Vec<Fact>) -> Vec<Fact> {
    // Standings are told alone, or first.
    let Some(round) = facts.first().and_then(Fact::tells) else { return facts };
    let mut after = contest.clone();
    apply(&mut after, &facts[0], Stamp { seq: contest.seq + 1, at: Millis(0), by: None });
    let made = after.round(round).map(|round| seal::of(&after, round));
    if let Some(seal) = facts[0].seal_mut() {
        *seal = made;
    }
    facts
}
