//! The audience's vote: asking, opening, ballots, closing, revealing.

use super::guard::{as_announced, pitch, required, round};
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{PitchId, ProjectId};
use crate::domain::kernel::names::NAME_CHARS_MAX;
use crate::domain::kernel::points::Points;
use crate::domain::query::out;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::state::vote::Vote;
use crate::domain::terms::programme::Phase;
use crate::domain::terms::vote::{
    Admission, CHANGES_MAX, CODES_MAX, Question, SECS_MAX, VOTERS_MAX, VoteState, Voter,
};

/// Asks anew until the vote has opened; seat codes that were issued stay good.
pub fn set(contest: &Contest, question: &Question) -> Result<Vec<Fact>, Rejection> {
    if let Some(vote) = contest.show.vote.as_ref().filter(|vote| vote.state != VoteState::Ready) {
        return Err(Rejection::VoteStands { state: vote.state });
    }
    let of = round(contest, question.round)?;
    let title = required(&question.title, "title", NAME_CHARS_MAX)?;
    let choices = &question.choices;
    for (at, project) in choices.iter().enumerate() {
        pitch(contest, PitchId { round: of.id, project: *project })?;
        if choices[..at].contains(project) {
            return Err(Rejection::DuplicateProject { project: *project });
        }
    }
    let room = u32::try_from(choices.len()).unwrap_or(u32::MAX);
    if question.most == 0 || u32::from(question.most) > room {
        return Err(Rejection::OutOfBounds { field: "most", max: room });
    }
    if question.secs > SECS_MAX {
        return Err(Rejection::OutOfBounds { field: "secs", max: SECS_MAX });
    }
    if !fits(of, question) {
        return Err(Rejection::VoteUnfit);
    }
    let question = Question { title, ..question.clone() };
    if contest.show.vote.as_ref().is_some_and(|vote| vote.question == question) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::VoteSet { question }])
}

/// A share of the formula needs seat codes, and every project of the round among the choices.
fn fits(round: &Round, question: &Question) -> bool {
    let whole = round.order.iter().all(|project| question.choices.contains(project));
    round.rule.audience.share == Points::ZERO || (whole && question.admission == Admission::Codes)
}

pub fn issue(contest: &Contest, codes: &[Voter]) -> Result<Vec<Fact>, Rejection> {
    let vote = vote(contest)?;
    if matches!(vote.state, VoteState::Closed | VoteState::Revealed) {
        return Err(Rejection::VoteStands { state: vote.state });
    }
    let issued = contest.sealed.ballots.codes.len();
    let max = CODES_MAX.min(VOTERS_MAX - issued);
    if codes.is_empty() {
        return Err(Rejection::NothingChanges);
    }
    if codes.len() > max {
        return Err(Rejection::TooMany { what: "codes", max });
    }
    Ok(vec![Fact::SeatCodesIssued { codes: codes.to_vec() }])
}

pub fn open(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    let vote = expect(contest, VoteState::Ready)?;
    if !fits(round(contest, vote.question.round)?, &vote.question) {
        return Err(Rejection::VoteUnfit);
    }
    Ok(vec![Fact::VoteOpened])
}

pub fn close(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    expect(contest, VoteState::Open)?;
    Ok(vec![Fact::VoteClosed])
}

/// Not while the hall is looking at plates: their score would become another.
pub fn reveal(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    expect(contest, VoteState::Closed)?;
    if let Some(pitch) = contest.show.stage.announcing.filter(|pitch| contest.plates_up(*pitch)) {
        return Err(Rejection::PlatesUp { pitch });
    }
    as_announced(contest)?;
    Ok(vec![Fact::VoteRevealed { seal: None }])
}

/// The counts of a vote that has begun would still change the standings of this round.
pub fn outstanding(contest: &Contest, of: &Round) -> Option<VoteState> {
    let vote = contest.show.vote.as_ref().filter(|vote| vote.question.round == of.id)?;
    let waits = matches!(vote.state, VoteState::Open | VoteState::Closed);
    (waits && of.rule.audience.share > Points::ZERO).then_some(vote.state)
}

/// A ballot, or another in its place; the very same again changes nothing.
pub fn cast(
    contest: &Contest,
    code: Option<Voter>,
    device: Voter,
    choices: &[ProjectId],
) -> Result<Vec<Fact>, Rejection> {
    let Vote { question, state, .. } = vote(contest)?;
    match state {
        VoteState::Ready => return Err(Rejection::VoteNotOpen),
        VoteState::Closed | VoteState::Revealed => return Err(Rejection::VoteClosed),
        VoteState::Open => {}
    }
    let ballots = &contest.sealed.ballots;
    let voter = match (question.admission, code) {
        (Admission::Devices, _) => device,
        (Admission::Codes, Some(code)) if ballots.codes.contains(&code) => code,
        (Admission::Codes, _) => return Err(Rejection::CodeUnknown),
    };
    let before = ballots.get(voter);
    if before.is_some_and(|before| before.device != device) {
        return Err(Rejection::CodeUsed);
    }
    if before.is_none() && ballots.len() >= VOTERS_MAX {
        return Err(Rejection::TooMany { what: "ballots", max: VOTERS_MAX });
    }
    let mut chosen = choices.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() || chosen.len() > usize::from(question.most) {
        return Err(Rejection::BadChoice { most: question.most });
    }
    if let Some(project) = chosen.iter().find(|project| !question.choices.contains(project)) {
        return Err(Rejection::UnknownProject { project: *project });
    }
    // Who was disqualified is no candidate, once the hall knows it.
    let pitch = |project: &ProjectId| contest.pitch(PitchId { round: question.round, project: *project });
    let gone = chosen
        .iter()
        .filter_map(pitch)
        .find(|pitch| out::phase(pitch, &contest.published) == Phase::Disqualified);
    if let Some(pitch) = gone {
        return Err(Rejection::TakenOut { pitch: pitch.id, phase: pitch.phase });
    }
    if before.is_some_and(|before| before.choices == chosen) {
        return Err(Rejection::NothingChanges);
    }
    if before.is_some_and(|before| before.changes >= CHANGES_MAX) {
        return Err(Rejection::BallotFixed);
    }
    Ok(vec![Fact::BallotCast { voter, device, choices: chosen }])
}

fn vote(contest: &Contest) -> Result<&Vote, Rejection> {
    contest.show.vote.as_deref().ok_or(Rejection::NoVote)
}

fn expect(contest: &Contest, state: VoteState) -> Result<&Vote, Rejection> {
    let vote = vote(contest)?;
    if vote.state == state { Ok(vote) } else { Err(Rejection::VoteStands { state: vote.state }) }
}
