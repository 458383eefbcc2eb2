//! Rehearsals: everything may be tried, and then nothing of it has happened.

use crate::domain::contest::Contest;
use crate::domain::fact::Fact;
use crate::domain::rejection::Rejection;

pub fn begin(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    if contest.rehearsal.is_some() {
        return Err(Rejection::Rehearsing);
    }
    if let Some(pitch) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch });
    }
    Ok(vec![Fact::RehearsalBegun])
}

pub fn end(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    contest.rehearsal.as_ref().map(|_| vec![Fact::RehearsalWiped]).ok_or(Rejection::NotRehearsing)
}
