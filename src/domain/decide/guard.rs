//! What several commands ask before anything else.

use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId, RoundId};
use crate::domain::kernel::names::{self, TEXT_CHARS_MAX};
use crate::domain::query::corrections;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::state::timer::Timed;
use crate::domain::terms::matter::Matter;

/// The hall is shown no standings while something else counts than what was announced.
pub fn as_announced(contest: &Contest) -> Result<(), Rejection> {
    if let Some(pitch) = corrections::open(contest).next() {
        return Err(Rejection::CorrectionUnconfirmed { pitch });
    }
    let decided = corrections::decisions(contest).next();
    decided.map_or(Ok(()), |round| Err(Rejection::DecisionUntold { round }))
}

/// Nothing of this is open.
pub fn settled(open: &[Matter]) -> Result<(), Rejection> {
    let what: Vec<String> = open.iter().map(ToString::to_string).collect();
    if open.is_empty() {
        Ok(())
    } else {
        Err(Rejection::Unsettled { open: open.len(), what: what.join(", ") })
    }
}

/// The timer that runs belongs to the pitch on stage.
pub fn on_stage_timer(contest: &Contest) -> bool {
    let timer = contest.show.stage.timer.as_ref();
    timer.is_some_and(|timer| matches!(timer.of, Timed::Pitch | Timed::Qa))
}

pub fn round(contest: &Contest, id: RoundId) -> Result<&Round, Rejection> {
    contest.round(id).ok_or(Rejection::UnknownRound { round: id })
}

pub fn pitch(contest: &Contest, id: PitchId) -> Result<(&Round, &Pitch), Rejection> {
    let round = round(contest, id.round)?;
    let pitch = round.pitches.get(&id.project).ok_or(Rejection::UnknownPitch { pitch: id })?;
    Ok((round, pitch))
}

/// The judge has not stood aside from this pitch.
pub fn takes_part(pitch: &Pitch, judge: JudgeId) -> Result<(), Rejection> {
    if pitch.recused.contains_key(&judge) {
        return Err(Rejection::Recused { judge });
    }
    if pitch.abstained.contains_key(&judge) {
        return Err(Rejection::Abstained { judge });
    }
    Ok(())
}

pub fn required(text: &str, field: &'static str, max: usize) -> Result<String, Rejection> {
    names::name(text, max).map_err(|_| Rejection::BadText { field, max })
}

pub fn optional(text: &str, field: &'static str, max: usize) -> Result<String, Rejection> {
    names::optional(text, max).map_err(|_| Rejection::BadText { field, max })
}

pub fn reason(text: &str) -> Result<String, Rejection> {
    match names::name(text, TEXT_CHARS_MAX) {
        Ok(reason) => Ok(reason),
        Err(names::NameProblem::Missing) => Err(Rejection::ReasonMissing),
        Err(names::NameProblem::TooLong { max, .. }) => Err(Rejection::BadText { field: "reason", max }),
    }
}

/// The host's side may; of the judges the chair alone.
pub fn host_or_chair(round: &Round, actor: Actor) -> Result<(), Rejection> {
    match actor {
        Actor::Organiser | Actor::Host => Ok(()),
        Actor::Judge(judge) if round.chair == Some(judge) => Ok(()),
        Actor::Judge(_) | Actor::Auditor | Actor::Mc | Actor::Clock | Actor::Audience => {
            Err(Rejection::NotAllowed)
        }
    }
}
