//! The steps of a result: confirmed by a second person, official by the chair, published by a day; and back.

use super::guard::{host_or_chair, reason, round, settled};
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::RoundId;
use crate::domain::query::{life, seal};
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::life::standing;
use crate::domain::state::round::Round;
use crate::domain::terms::announced::Seal;
use crate::domain::terms::life::{Day, Life};

pub fn confirm(contest: &Contest, id: RoundId, digest: &str) -> Result<Vec<Fact>, Rejection> {
    let (_, seal) = ready(contest, id, Life::Confirmed, digest)?;
    Ok(vec![Fact::ResultConfirmed { round: id, seal }])
}

/// With every signature, or a reason for each that is missing.
pub fn make_official(
    contest: &Contest,
    actor: Actor,
    id: RoundId,
    digest: &str,
) -> Result<Vec<Fact>, Rejection> {
    speaks(round(contest, id)?, actor)?;
    let (_, seal) = ready(contest, id, Life::Official, digest)?;
    settled(&life::unsigned(contest, id))?;
    Ok(vec![Fact::ResultMadeOfficial { round: id, seal }])
}

pub fn publish(
    contest: &Contest,
    actor: Actor,
    id: RoundId,
    digest: &str,
    until: Day,
) -> Result<Vec<Fact>, Rejection> {
    host_or_chair(round(contest, id)?, actor)?;
    let (_, seal) = ready(contest, id, Life::Published, digest)?;
    Ok(vec![Fact::ResultPublished { round: id, seal, until }])
}

/// Objections can be taken from today on, and for a year at most.
pub fn in_time(until: Day, today: Day) -> Result<(), Rejection> {
    let last = today.in_a_year();
    match until {
        day if day < today => Err(Rejection::DayPast { day, today }),
        day if day > last => Err(Rejection::DayFar { day, last }),
        _ => Ok(()),
    }
}

/// The step after the one that the result has come to, and of the standings that who makes it has seen.
fn ready<'a>(
    contest: &'a Contest,
    id: RoundId,
    step: Life,
    digest: &str,
) -> Result<(&'a Round, Seal), Rejection> {
    let round = round(contest, id)?;
    if !contest.is_over(round) {
        return Err(Rejection::RoundNotOver { round: id });
    }
    settled(&life::blocking(contest, id))?;
    let now = life::of(contest, round);
    if now >= step {
        return Err(Rejection::NothingChanges);
    }
    if step.before() != Some(now) {
        return Err(Rejection::NotTheNextStep);
    }
    let seal = seal::of_result(contest, round);
    if seal.digest != digest {
        return Err(Rejection::ResultChanged);
    }
    if life::ranks_nobody(contest, round) {
        return Err(Rejection::NothingRanked);
    }
    Ok((round, seal))
}

/// The chair; where there is none, the organiser.
fn speaks(round: &Round, actor: Actor) -> Result<(), Rejection> {
    let may = match (actor, round.chair) {
        (Actor::Judge(judge), chair) => chair == Some(judge),
        (Actor::Organiser, None) => true,
        (Actor::Organiser | Actor::Host | Actor::Auditor | Actor::Mc | Actor::Clock | Actor::Audience, _) => {
            false
        }
    };
    if may { Ok(()) } else { Err(Rejection::NotAllowed) }
}

/// Whose step it is takes it back, with what followed it; also one that no longer holds.
pub fn take_back(
    contest: &Contest,
    actor: Actor,
    id: RoundId,
    step: Life,
    why: &str,
) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    match step {
        Life::Confirmed if actor == Actor::Auditor => {}
        Life::Official => speaks(round, actor)?,
        Life::Published => host_or_chair(round, actor)?,
        Life::Provisional | Life::Confirmed => return Err(Rejection::NotAllowed),
    }
    if !standing(life::entries(contest, id)).iter().any(|made| made.step == step) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::StepTakenBack { round: id, step, reason: reason(why)? }])
}
