//! Facts that tell standings carry what they told, and by which arithmetic.

use crate::domain::apply::apply;
use crate::domain::fact::Fact;
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::query::seal;
use crate::domain::state::contest::Contest;

pub(super) fn sealed(contest: &Contest, mut facts: Vec<Fact>) -> Vec<Fact> {
    let Some(last) = facts.iter().rposition(|fact| seal::told(contest, fact).is_some()) else { return facts };
    let mut after = contest.clone();
    for fact in &mut facts[..=last] {
        let told = seal::told(&after, fact);
        let seq = after.seq + 1;
        apply(&mut after, fact, Stamp { seq, at: Millis(0), by: None });
        let made = told.and_then(|round| after.round(round)).map(|round| seal::of(&after, round));
        if let Some(seal) = fact.seal_mut() {
            *seal = made;
        }
    }
    facts
}
