//! The audience's vote as pages see it. Made from `Show` and `Published`: no count, not even of ballots, before the reveal.

use crate::domain::kernel::ids::{PitchId, ProjectId, RoundId};
use crate::domain::kernel::points::Points;
use crate::domain::query::out;
use crate::domain::state::contest::{Contest, Show};
use crate::domain::state::published::Published;
use crate::domain::state::vote::Counts;
use crate::domain::terms::programme::Phase;
use crate::domain::terms::vote::{Admission, VoteState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VoteInfo {
    pub title: String,
    /// Pitches that can be chosen.
    pub choices: Vec<String>,
    /// So many may be chosen at most.
    pub most: u16,
    #[ts(type = "\"codes\" | \"devices\"")]
    pub admission: Admission,
    /// It closes by itself so many seconds after it was opened; 0: by hand.
    pub secs: u32,
    #[ts(type = "\"ready\" | \"open\" | \"closed\" | \"revealed\"")]
    pub state: VoteState,
    /// The audience's share of the final score, as the rule says it; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub share: Option<String>,
    /// The share is in the standings.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub counted: bool,
    /// When it was opened, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub opened: Option<u64>,
    /// When it closes by itself, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub closes_at: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub result: Option<VoteResult>,
}

/// The counts, once revealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VoteResult {
    #[ts(type = "number")]
    pub ballots: usize,
    /// Pitch → votes.
    #[ts(type = "Record<string, number>")]
    pub votes: BTreeMap<String, u64>,
}

/// The console counts beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BallotCount {
    /// Seat codes that were issued.
    #[ts(type = "number")]
    pub issued: usize,
    /// Ballots that are in.
    #[ts(type = "number")]
    pub ballots: usize,
}

pub fn vote(show: &Show, published: &Published) -> Option<VoteInfo> {
    let vote = show.vote.as_ref()?;
    let question = &vote.question;
    let name = |project| PitchId { round: question.round, project }.to_string();
    let round = show.rounds.get(&question.round);
    let share = round.map(|round| round.rule.audience.share).filter(|share| *share > Points::ZERO);
    let result = published.vote.as_ref().map(|counts| counted(counts, show, published));
    Some(VoteInfo {
        title: question.title.clone(),
        choices: question
            .choices
            .iter()
            .copied()
            .filter(|one| stands(show, published, question.round, *one))
            .map(name)
            .collect(),
        most: question.most,
        admission: question.admission,
        secs: question.secs,
        state: vote.state,
        share: share.map(|share| share.to_string()),
        counted: share.is_some()
            && published.vote.is_some()
            && round.is_some_and(|round| !round.board_frozen),
        opened: vote.opened.map(|at| at.0),
        closes_at: vote.closes_at.map(|at| at.0),
        result,
    })
}

/// For the host's side; `None` where nothing is asked.
pub fn ballots(contest: &Contest) -> Option<BallotCount> {
    let ballots = &contest.sealed.ballots;
    contest.show.vote.as_ref().map(|_| BallotCount { issued: ballots.codes.len(), ballots: ballots.len() })
}

/// For the MC: the counts that the hall sees next.
pub fn to_say(contest: &Contest) -> Option<VoteResult> {
    let vote = contest.show.vote.as_ref().filter(|vote| vote.state == VoteState::Closed)?;
    Some(counted(&contest.sealed.ballots.counted(&vote.question), &contest.show, &contest.published))
}

/// As far as the hall knows it was not disqualified: who was is no candidate.
fn stands(show: &Show, published: &Published, round: RoundId, project: ProjectId) -> bool {
    let pitch = show.rounds.get(&round).and_then(|round| round.pitches.get(&project));
    pitch.is_none_or(|pitch| out::phase(pitch, published) != Phase::Disqualified)
}

fn counted(counts: &Counts, show: &Show, published: &Published) -> VoteResult {
    let name = |project: ProjectId| PitchId { round: counts.round, project }.to_string();
    VoteResult {
        ballots: counts.ballots,
        votes: counts
            .counts
            .iter()
            .filter(|(project, _)| stands(show, published, counts.round, **project))
            .map(|(project, votes)| (name(*project), *votes))
            .collect(),
    }
}
