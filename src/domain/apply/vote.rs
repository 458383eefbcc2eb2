//! What facts about the audience's vote do.

use crate::domain::fact::Fact;
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::state::contest::Contest;
use crate::domain::state::vote::Vote;
use crate::domain::terms::programme::Scene;
use crate::domain::terms::vote::VoteState;
use std::sync::Arc;

pub(super) fn fold(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    let ballots = &mut contest.sealed.ballots;
    match fact {
        Fact::VoteSet { question } => {
            let question = question.clone();
            contest.show.vote =
                Some(Vote { question, state: VoteState::Ready, opened: None, closes_at: None }.into());
        }
        Fact::SeatCodesIssued { codes } => {
            Arc::make_mut(&mut Arc::make_mut(ballots).codes).extend(codes.iter().copied());
        }
        Fact::BallotCast { voter, device, choices } => Arc::make_mut(ballots).put(*voter, *device, choices),
        _ => state(contest, fact, stamp),
    }
}

fn state(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    let Some(vote) = &mut contest.show.vote else { return };
    match fact {
        Fact::VoteOpened => {
            vote.state = VoteState::Open;
            vote.opened = Some(stamp.at);
            let secs = Some(u64::from(vote.question.secs)).filter(|secs| *secs > 0);
            vote.closes_at = secs.map(|secs| Millis(stamp.at.0.saturating_add(secs * 1_000)));
        }
        Fact::VoteClosed => {
            vote.state = VoteState::Closed;
            vote.closes_at = None;
        }
        Fact::VoteRevealed => {
            vote.state = VoteState::Revealed;
            contest.published.vote = Some(contest.sealed.ballots.counted(&vote.question));
        }
        _ => return,
    }
    contest.show.stage.show(Scene::Vote);
}
