//! A decision to leave something open holds for what it was taken about.

use crate::domain::fact::row::Row;
use crate::domain::state::contest::Contest;
use crate::domain::terms::matter::Matter;

/// Something else counts of a pitch: whoever left it open looks again; so does who left a tie.
pub(super) fn reopen(contest: &mut Contest, row: Row) {
    let Row { pitch, counts_anew, .. } = row;
    let holds = |left: &Matter| left.pitch() != pitch && !matches!(left, Matter::Tied { .. });
    // Nothing is copied where nothing changes.
    if counts_anew && !contest.left.keys().all(holds) {
        contest.left.retain(|left, _| holds(left));
    }
}
