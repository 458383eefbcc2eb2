//! What is said of a result is kept, whatever becomes of it.

use crate::domain::kernel::ids::RoundId;
use crate::domain::kernel::time::Stamp;
use crate::domain::state::contest::Contest;
use crate::domain::state::life::{Entry, Said};
use crate::domain::terms::announced::Seal;
use crate::domain::terms::life::{Day, Life};

pub(super) fn make(
    contest: &mut Contest,
    round: RoundId,
    step: Life,
    seal: &Seal,
    until: Option<Day>,
    stamp: Stamp,
) {
    note(contest, round, Entry { stamp, step, said: Said::Made { seal: seal.clone(), until } });
}

pub(super) fn take_back(contest: &mut Contest, round: RoundId, step: Life, reason: &str, stamp: Stamp) {
    note(contest, round, Entry { stamp, step, said: Said::TakenBack { reason: reason.to_owned() } });
}

fn note(contest: &mut Contest, round: RoundId, entry: Entry) {
    contest.lives.entry(round).or_default().push(entry);
}
