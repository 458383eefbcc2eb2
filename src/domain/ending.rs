//! The end: what would be left open if the contest were finished now. Finishing with something missing is a decision of its own, and
//! the journal names what it was.

use crate::domain::contest::{Contest, Round};
use crate::domain::corrections;
use crate::domain::ids::{JudgeId, PitchId, RoundId};
use crate::domain::points::Points;
use crate::domain::programme::{Phase, Pitch};
use crate::domain::signature;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that the end leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Missing {
    /// It is in the running order and was never on the stage.
    NeverCame { pitch: PitchId },
    /// Its window has closed, and no scorecard of it counts.
    Unscored { pitch: PitchId },
    /// Something counts of it that the hall was not told.
    Unannounced { pitch: PitchId },
    /// The scorecard was given back and has not come in again: it counts as it was.
    GivenBack { pitch: PitchId, judge: JudgeId },
    /// The judge has not signed, or has signed something else than what counts.
    Signature { round: RoundId, judge: JudgeId },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::NeverCame { pitch } => write!(f, "{pitch} never came"),
            Missing::Unscored { pitch } => write!(f, "{pitch} has no scorecard"),
            Missing::Unannounced { pitch } => write!(f, "{pitch} was not announced"),
            Missing::GivenBack { pitch, judge } => write!(f, "{pitch} {judge} was given back"),
            Missing::Signature { round, judge } => write!(f, "{round} {judge} has not signed"),
        }
    }
}

/// Pitches in running order, then signatures in seat order.
pub fn missing(contest: &Contest) -> Vec<Missing> {
    let of = |round| {
        let pitches = running(round).flat_map(move |pitch| of_pitch(contest, round, pitch));
        pitches.chain(unsigned(contest, round))
    };
    contest.show.rounds.values().map(|round| &**round).flat_map(of).collect()
}

/// Pitches of which something counts that the hall was not told, in running order; of a frozen board corrections, too.
pub fn untold(contest: &Contest, round: &Round) -> Vec<PitchId> {
    let untold = |pitch: &&Pitch| {
        let over = matches!(pitch.phase, Phase::Closed | Phase::Revealed);
        over && has_cards(contest, round, pitch) && !is_told(contest, round, pitch)
    };
    running(round).filter(untold).map(|pitch| pitch.id).collect()
}

fn running(round: &Round) -> impl Iterator<Item = &Pitch> {
    round.order.iter().filter_map(|project| round.pitches.get(project))
}

fn has_cards(contest: &Contest, round: &Round, pitch: &Pitch) -> bool {
    corrections::counting(contest, round, pitch).next().is_some()
}

/// The hall knows its score: the scorecards and deductions, and the audience's share, which a frozen board leaves out.
fn is_told(contest: &Contest, round: &Round, pitch: &Pitch) -> bool {
    let asked = contest.published.vote.as_ref().is_some_and(|vote| vote.round == round.id);
    let held = round.board_frozen && asked && round.rule.audience.share > Points::ZERO;
    !held && corrections::is_as_announced(contest, round, pitch)
}

fn of_pitch(contest: &Contest, round: &Round, pitch: &Pitch) -> Vec<Missing> {
    let id = pitch.id;
    let state = match pitch.phase {
        Phase::Queued => Some(Missing::NeverCame { pitch: id }),
        Phase::Closed if !has_cards(contest, round, pitch) => Some(Missing::Unscored { pitch: id }),
        Phase::Closed | Phase::Revealed if !is_told(contest, round, pitch) => {
            Some(Missing::Unannounced { pitch: id })
        }
        _ => None,
    };
    let given_back = pitch.reopened.keys().map(|judge| Missing::GivenBack { pitch: id, judge: *judge });
    state.into_iter().chain(given_back).collect()
}

/// Where something was scored, everybody of the panel signs.
fn unsigned<'a>(contest: &'a Contest, round: &'a Round) -> impl Iterator<Item = Missing> + 'a {
    let holds = |judge: JudgeId| {
        let signed = round.signatures.get(&judge);
        signed.is_some_and(|signed| signed.digest == signature::digest(contest, round, judge))
    };
    let panel = round.panel.iter().copied().filter(|_| round.frozen);
    panel.filter(move |judge| !holds(*judge)).map(|judge| Missing::Signature { round: round.id, judge })
}
