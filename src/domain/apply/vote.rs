//! What facts about the audience's vote do.

use crate::domain::kernel::ids::ProjectId;
use crate::domain::kernel::time::Millis;
use crate::domain::state::contest::Contest;
use crate::domain::state::vote::Vote;
use crate::domain::terms::programme::Scene;
use crate::domain::terms::vote::{Question, VoteState, Voter};
use std::sync::Arc;

pub(super) fn set(contest: &mut Contest, question: &Question) {
    let vote = Vote { question: question.clone(), state: VoteState::Ready, opened: None, closes_at: None };
    contest.show.vote = Some(vote.into());
}

pub(super) fn issue(contest: &mut Contest, codes: &[Voter]) {
    let ballots = Arc::make_mut(&mut contest.sealed.ballots);
    Arc::make_mut(&mut ballots.codes).extend(codes.iter().copied());
}

pub(super) fn cast(contest: &mut Contest, voter: Voter, device: Voter, choices: &[ProjectId]) {
    Arc::make_mut(&mut contest.sealed.ballots).put(voter, device, choices);
}

pub(super) fn open(contest: &mut Contest, at: Millis) {
    let Some(vote) = &mut contest.show.vote else { return };
    vote.state = VoteState::Open;
    vote.opened = Some(at);
    let secs = Some(u64::from(vote.question.secs)).filter(|secs| *secs > 0);
    vote.closes_at = secs.map(|secs| Millis(at.0.saturating_add(secs * 1_000)));
    contest.show.stage.show(Scene::Vote);
}

pub(super) fn close(contest: &mut Contest) {
    let Some(vote) = &mut contest.show.vote else { return };
    vote.state = VoteState::Closed;
    vote.closes_at = None;
    contest.show.stage.show(Scene::Vote);
}

pub(super) fn reveal(contest: &mut Contest) {
    let Some(vote) = &mut contest.show.vote else { return };
    vote.state = VoteState::Revealed;
    contest.published.vote = Some(contest.sealed.ballots.counted(&vote.question));
    contest.show.stage.show(Scene::Vote);
}
