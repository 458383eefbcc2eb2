//! What the clock closes by itself.

use crate::domain::command::Command;
use crate::domain::kernel::time::Millis;
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Phase;
use crate::domain::terms::vote::VoteState;

/// What the clock closes, and when; the earliest first.
pub fn due(contest: &Contest) -> Vec<(Millis, Command)> {
    if contest.show.finished {
        return Vec::new();
    }
    let pitch = contest.on_stage().and_then(|id| contest.pitch(id));
    let window = pitch.filter(|pitch| pitch.phase == Phase::Scoring);
    let window = window.and_then(|pitch| Some((pitch.closes_at?, Command::CloseWindow { pitch: pitch.id })));
    let vote = contest.show.vote.as_ref().filter(|vote| vote.state == VoteState::Open);
    let vote = vote.and_then(|vote| Some((vote.closes_at?, Command::CloseVote)));
    let mut due: Vec<_> = window.into_iter().chain(vote).collect();
    due.sort_by_key(|(at, _)| *at);
    due
}
