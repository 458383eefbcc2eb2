//! The end: what would be left open if the contest were finished now. Finishing with something missing is a decision of its own, and
//! the journal names what it was.

use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::query::corrections;
use crate::domain::query::signature;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::ending::Missing;
use crate::domain::terms::programme::Phase;

/// Pitches in running order, then signatures in seat order.
pub fn missing(contest: &Contest) -> Vec<Missing> {
    let of = |round| {
        let pitches = running(round).flat_map(move |pitch| of_pitch(contest, round, pitch));
        pitches.chain(unsigned(contest, round))
    };
    contest.show.rounds.values().map(|round| &**round).flat_map(of).collect()
}

/// Pitches of which something counts that the hall was not told, in running order; of a frozen board corrections, too.
pub fn unannounced(contest: &Contest, round: &Round) -> Vec<PitchId> {
    let unannounced = |pitch: &&Pitch| {
        let over = matches!(pitch.phase, Phase::Closed | Phase::Revealed);
        over && has_cards(contest, round, pitch) && !is_announced(contest, round, pitch)
    };
    running(round).filter(unannounced).map(|pitch| pitch.id).collect()
}

fn running(round: &Round) -> impl Iterator<Item = &Pitch> {
    round.order.iter().filter_map(|project| round.pitches.get(project))
}

fn has_cards(contest: &Contest, round: &Round, pitch: &Pitch) -> bool {
    corrections::counting(contest, round, pitch).next().is_some()
}

/// The hall knows its score: the scorecards and deductions, and the audience's share, which a frozen board leaves out.
fn is_announced(contest: &Contest, round: &Round, pitch: &Pitch) -> bool {
    let asked = contest.published.vote.as_ref().is_some_and(|vote| vote.round == round.id);
    let held = round.board_frozen && asked && round.rule.audience.share > Points::ZERO;
    !held && corrections::is_as_announced(contest, round, pitch)
}

fn of_pitch(contest: &Contest, round: &Round, pitch: &Pitch) -> Vec<Missing> {
    let id = pitch.id;
    let state = match pitch.phase {
        Phase::Queued => Some(Missing::NeverCame { pitch: id }),
        Phase::Closed if !has_cards(contest, round, pitch) => Some(Missing::Unscored { pitch: id }),
        Phase::Closed | Phase::Revealed if !is_announced(contest, round, pitch) => {
            Some(Missing::Unannounced { pitch: id })
        }
        Phase::Pitching
        | Phase::Qa
        | Phase::Scoring
        | Phase::Closed
        | Phase::Revealed
        | Phase::Absent
        | Phase::Withdrawn => None,
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
    let panel = round.panel.iter().copied().filter(|_| round.rules_frozen);
    panel.filter(move |judge| !holds(*judge)).map(|judge| Missing::Signature { round: round.id, judge })
}
