//! Corrections after the end of the show: one person proposes, a second one agrees.

use super::guard::{host_or_chair, reason, round};
use crate::domain::command::Command;
use crate::domain::command::proposal::command;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::RoundId;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::proposal::Proposal;
use crate::domain::terms::proposal::Correction;

/// Proposals that may wait at once.
pub const WAITING_MAX: usize = 20;

/// What would be given. Whether it can be, is asked of its own rule: now, and once more when somebody agrees.
pub fn proposed(
    contest: &Contest,
    actor: Actor,
    correction: &Correction,
    why: &str,
) -> Result<(Command, Fact), Rejection> {
    if !contest.show.finished {
        return Err(Rejection::NotFinished);
    }
    let (correction, reason) = (correction.clone(), reason(why)?);
    let command = command(&correction, &reason);
    if !command.row().given_by.is(actor) {
        return Err(Rejection::NotAllowed);
    }
    host_or_chair(round(contest, round_of(&correction))?, actor)?;
    let mut waiting = contest.proposals.iter().filter(|one| one.waits());
    if waiting.clone().any(|one| one.correction == correction) {
        return Err(Rejection::NothingChanges);
    }
    if waiting.nth(WAITING_MAX - 1).is_some() {
        return Err(Rejection::TooMany { what: "proposals", max: WAITING_MAX });
    }
    Ok((command, Fact::CorrectionProposed { correction, reason }))
}

/// What is given by whom, once this second person agrees.
pub fn agreed(contest: &Contest, actor: Actor, id: u64) -> Result<(Actor, Command), Rejection> {
    let proposal = second(contest, actor, id)?;
    let by = proposal.stamp.by.ok_or(Rejection::NotAllowed)?;
    Ok((by, command(&proposal.correction, &proposal.reason)))
}

pub fn refuse(contest: &Contest, actor: Actor, id: u64, why: &str) -> Result<Vec<Fact>, Rejection> {
    second(contest, actor, id)?;
    Ok(vec![Fact::CorrectionRefused { proposal: id, reason: reason(why)? }])
}

pub fn withdraw(contest: &Contest, actor: Actor, id: u64) -> Result<Vec<Fact>, Rejection> {
    let proposal = waiting(contest, id)?;
    if proposal.stamp.by != Some(actor) {
        return Err(Rejection::NotAllowed);
    }
    Ok(vec![Fact::CorrectionWithdrawn { proposal: id }])
}

/// The proposal, where this is a second person: the auditor, or the chair of its round, and not who proposed it.
fn second(contest: &Contest, actor: Actor, id: u64) -> Result<&Proposal, Rejection> {
    let proposal = waiting(contest, id)?;
    if proposal.stamp.by == Some(actor) {
        return Err(Rejection::SecondPerson);
    }
    match actor {
        Actor::Auditor => Ok(proposal),
        Actor::Judge(_) => {
            host_or_chair(round(contest, round_of(&proposal.correction))?, actor).map(|()| proposal)
        }
        Actor::Organiser | Actor::Host | Actor::Mc | Actor::Clock | Actor::Audience => {
            Err(Rejection::NotAllowed)
        }
    }
}

fn waiting(contest: &Contest, id: u64) -> Result<&Proposal, Rejection> {
    let found = contest.proposals.iter().find(|one| one.stamp.seq == id);
    found.filter(|one| one.waits()).ok_or(Rejection::NoProposal)
}

fn round_of(correction: &Correction) -> RoundId {
    match correction {
        Correction::Deduct { pitch, .. }
        | Correction::RemoveDeduction { pitch, .. }
        | Correction::ConfirmOvertime { pitch }
        | Correction::DismissOvertime { pitch }
        | Correction::ReopenScorecard { pitch, .. }
        | Correction::WithdrawReopening { pitch, .. }
        | Correction::DeclareRecusal { pitch, .. }
        | Correction::WithdrawRecusal { pitch, .. }
        | Correction::WithdrawPitch { pitch }
        | Correction::Disqualify { pitch }
        | Correction::Reinstate { pitch } => pitch.round,
        Correction::DecideTie { round, .. } => *round,
    }
}
