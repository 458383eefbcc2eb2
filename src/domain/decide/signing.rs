//! What was signed today, as the hall may know it.

use super::guard::required;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::ProjectId;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;

/// Characters of the other party, and signings of a contest.
pub const PARTNER_CHARS_MAX: usize = 60;
pub const SIGNINGS_MAX: usize = 100;

pub fn announce(contest: &Contest, project: ProjectId, partner: &str) -> Result<Vec<Fact>, Rejection> {
    if !contest.show.projects.contains_key(&project) {
        return Err(Rejection::UnknownProject { project });
    }
    let partner = required(partner, "partner", PARTNER_CHARS_MAX)?;
    if stands(contest, project, &partner) {
        return Err(Rejection::NothingChanges);
    }
    if contest.show.signings.len() >= SIGNINGS_MAX {
        return Err(Rejection::TooMany { what: "signings", max: SIGNINGS_MAX });
    }
    Ok(vec![Fact::SigningAnnounced { project, partner }])
}

pub fn withdraw(contest: &Contest, project: ProjectId, partner: &str) -> Result<Vec<Fact>, Rejection> {
    let partner = partner.to_owned();
    if !stands(contest, project, &partner) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::SigningWithdrawn { project, partner }])
}

fn stands(contest: &Contest, project: ProjectId, partner: &str) -> bool {
    contest.show.signings.iter().any(|(of, with)| *of == project && with == partner)
}
