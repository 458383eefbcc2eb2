//! A decision to leave something open holds for what it was taken about.

use crate::domain::fact::row::Row;
use crate::domain::kernel::ids::{JudgeId, RoundId};
use crate::domain::state::contest::Contest;
use crate::domain::terms::matter::Matter;

/// Who has signed is missing no more: a signature that falls later is another matter.
pub(super) fn signed(contest: &mut Contest, round: RoundId, judge: JudgeId) {
    let matter = Matter::Signature { round, judge };
    if contest.left.contains_key(&matter) {
        contest.left.remove(&matter);
    }
}

/// Something else counts of a pitch: whoever left it open looks again; so does who left a tie.
pub(super) fn reopen(contest: &mut Contest, row: Row) {
    let Row { pitch, counts_anew, .. } = row;
    let holds = |left: &Matter| left.pitch() != pitch && !matches!(left, Matter::Tied { .. });
    // Nothing is copied where nothing changes.
    if counts_anew && !contest.left.keys().all(holds) {
        contest.left.retain(|left, _| holds(left));
    }
}
