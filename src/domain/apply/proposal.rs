//! Corrections after the end: proposed, and answered once.

use crate::domain::kernel::time::Stamp;
use crate::domain::state::contest::Contest;
use crate::domain::state::proposal::{Answer, Answered, Proposal};
use crate::domain::terms::proposal::Correction;

pub(super) fn make(contest: &mut Contest, correction: &Correction, reason: &str, stamp: Stamp) {
    let (correction, reason) = (correction.clone(), reason.to_owned());
    contest.proposals.push(Proposal { stamp, correction, reason, answer: None });
}

pub(super) fn answer(contest: &mut Contest, id: u64, said: Answered, stamp: Stamp) {
    if let Some(proposal) = contest.proposals.iter_mut().find(|one| one.stamp.seq == id) {
        proposal.answer = Some(Answer { stamp, said });
    }
}
