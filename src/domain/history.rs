//! What the host's side did, newest last, and how it is undone: an undo is a fact of its own that puts back what the
//! action changed and nothing else. Scorecards that came in between stay.

use crate::domain::apply::pitch_mut;
use crate::domain::board;
use crate::domain::command::Actor;
use crate::domain::contest::{Contest, Stage};
use crate::domain::corrections;
use crate::domain::fact::Fact;
use crate::domain::ids::{PitchId, ProjectId, RoundId};
use crate::domain::programme::{Phase, Pitch};
use crate::domain::rejection::Rejection;
use crate::domain::shared::Shared;
use crate::domain::time::{Millis, Stamp};
use crate::domain::vote::VoteState;

/// Actions that are remembered; older ones are in the journal and can no longer be undone.
const ACTIONS_MAX: usize = 100;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Oldest first.
    pub actions: Vec<Shared<Action>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The journal's number of the fact.
    pub seq: u64,
    pub at: Millis,
    pub by: Option<Actor>,
    pub fact: Fact,
    pub undone: bool,
    before: Before,
}

/// What an undo puts back.
#[derive(Debug, Clone, PartialEq)]
struct Before {
    stage: Stage,
    pitch: Option<Pitch>,
    order: Option<(RoundId, Vec<ProjectId>)>,
    called: usize,
}

/// Why an action cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Final {
    /// The hall has seen it.
    Shown,
    /// It was decided for good: a tie, the contest's end.
    Decided,
    /// A judge has answered it since.
    Answered,
    /// The set-up has changed since.
    SetUp,
    /// It would show standings again that a correction has changed; the correction is confirmed first.
    Correcting,
}

impl Final {
    pub fn code(self) -> &'static str {
        match self {
            Final::Shown => "shown",
            Final::Decided => "decided",
            Final::Answered => "answered",
            Final::SetUp => "set-up",
            Final::Correcting => "correcting",
        }
    }
}

impl std::fmt::Display for Final {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// Taken before the fact is applied.
pub(super) struct Look(Option<Before>);

/// Looks at what the fact is about to change.
pub(super) fn look(contest: &Contest, fact: &Fact, by: Option<Actor>) -> Look {
    if !is_action(fact, by) || brings_projects(contest, fact) {
        return Look(None);
    }
    let round = |id: &RoundId| contest.round(*id).map(|round| (*id, round.order.to_vec()));
    let (order, called) = match fact {
        Fact::RunningOrderSet { round: id, .. } => (round(id), 0),
        Fact::NumberCalled { round: id, .. } => {
            (None, contest.round(*id).and_then(|r| r.draw.as_ref()).map_or(0, |draw| draw.called.len()))
        }
        _ => (None, 0),
    };
    let pitch = subject(fact).and_then(|pitch| contest.pitch(pitch)).cloned();
    Look(Some(Before { stage: contest.show.stage.clone(), pitch, order, called }))
}

/// Remembers the action after its fact was applied.
pub(super) fn note(contest: &mut Contest, fact: &Fact, stamp: Stamp, Look(before): Look) {
    let Some(before) = before else { return };
    let actions = &mut contest.history.actions;
    let fact = fact.clone();
    let action = Action { seq: stamp.seq, at: stamp.at, by: stamp.by, fact, undone: false, before };
    actions.push(action.into());
    let surplus = actions.len().saturating_sub(ACTIONS_MAX);
    actions.drain(..surplus);
}

/// The newest action that stands: what an undo would reverse.
pub fn newest(contest: &Contest) -> Option<&Action> {
    contest.history.actions.iter().rev().find(|action| !action.undone).map(|action| &**action)
}

/// Whether the action can be undone now: the newest first, one after another.
///
/// # Errors
/// Why not.
pub fn check(contest: &Contest, seq: u64) -> Result<&Action, Rejection> {
    let action = newest(contest).ok_or(Rejection::NothingToUndo)?;
    if action.seq != seq {
        return Err(Rejection::NotTheLast { action: action.seq });
    }
    match lasting(contest, action) {
        Some(why) => Err(Rejection::CannotUndo { why }),
        None => Ok(action),
    }
}

/// Why the action stands for good, if it does.
pub fn lasting(contest: &Contest, action: &Action) -> Option<Final> {
    let pitch = subject(&action.fact).and_then(|pitch| contest.pitch(pitch));
    if shows_standings_again(contest, action) && corrections::open(contest).next().is_some() {
        return Some(Final::Correcting);
    }
    match &action.fact {
        Fact::PitchRevealed { .. }
        | Fact::PlatesShown { .. }
        | Fact::RevealStepped { .. }
        | Fact::BoardPublished { .. }
        | Fact::DrawCommitted { .. }
        | Fact::DrawRevealed { .. } => Some(Final::Shown),
        Fact::ContestFinished { .. } | Fact::TieDecided { .. } | Fact::RevealEnded { .. } => {
            Some(Final::Decided)
        }
        Fact::VoteRevealed => Some(Final::Shown),
        Fact::VoteOpened => (!contest.sealed.ballots.is_empty()).then_some(Final::Answered),
        Fact::PitchStarted { pitch } => contest.sealed.of(*pitch).next().is_some().then_some(Final::Answered),
        Fact::ScorecardReopened { judge, .. } => {
            let waits = pitch.is_some_and(|pitch| pitch.reopened.contains_key(judge));
            (!waits).then_some(Final::Answered)
        }
        // A scorecard that was handed in meanwhile would vanish with the recusal that comes back.
        Fact::RecusalWithdrawn { judge, pitch } | Fact::AbstentionWithdrawn { judge, pitch } => {
            contest.sealed.cards.contains_key(&(*pitch, *judge)).then_some(Final::Answered)
        }
        Fact::RunningOrderSet { round, .. } => {
            let (_, before) = action.before.order.as_ref()?;
            let now = contest.round(*round).map_or(0, |round| round.order.len());
            (before.len() != now).then_some(Final::SetUp)
        }
        Fact::SegmentStarted { segment } | Fact::SegmentSkipped { segment } => {
            contest.show.segment(*segment).is_none().then_some(Final::SetUp)
        }
        _ => None,
    }
}

/// Its undo brings a picture of the standings back.
fn shows_standings_again(contest: &Contest, action: &Action) -> bool {
    let (now, then) = (contest.show.stage.scene, action.before.stage.scene);
    now != then && then.tells_standings() && puts_stage_back(&action.fact)
}

/// Puts back what the action changed.
pub(super) fn undo(contest: &mut Contest, seq: u64, at: Millis) {
    let Some(action) = contest.history.actions.iter_mut().find(|action| action.seq == seq) else { return };
    action.undone = true;
    let Action { fact, before, .. } = Action::clone(action);
    match &fact {
        Fact::RecusalDeclared { pitch, judge, .. }
        | Fact::RecusalWithdrawn { pitch, judge }
        | Fact::AbstentionDeclared { pitch, judge, .. }
        | Fact::AbstentionWithdrawn { pitch, judge }
        | Fact::ScorecardReopened { pitch, judge, .. }
        | Fact::ReopeningWithdrawn { pitch, judge } => {
            let (Some(now), Some(then)) = (pitch_mut(contest, *pitch), before.pitch) else { return };
            put_back(&mut now.recused, &then.recused, *judge);
            put_back(&mut now.abstained, &then.abstained, *judge);
            put_back(&mut now.reopened, &then.reopened, *judge);
        }
        Fact::DeductionMade { pitch, .. }
        | Fact::DeductionRemoved { pitch, .. }
        | Fact::OvertimeDismissed { pitch, .. } => {
            let (Some(now), Some(then)) = (pitch_mut(contest, *pitch), before.pitch) else { return };
            now.deductions = then.deductions;
            now.dismissed = then.dismissed;
        }
        Fact::RunningOrderSet { round, .. } => {
            let Some((_, order)) = before.order else { return };
            if let Some(round) = contest.show.rounds.get_mut(round) {
                round.order = order.into();
            }
        }
        Fact::NumberCalled { round, .. } => {
            let round = contest.show.rounds.get_mut(round);
            if let Some(draw) = round.and_then(|round| round.draw.as_mut()) {
                draw.called.truncate(before.called);
            }
        }
        Fact::BoardFrozen { round } | Fact::BoardThawed { round } => {
            if let Some(round) = contest.show.rounds.get_mut(round) {
                round.freeze_board(matches!(fact, Fact::BoardThawed { .. }));
            }
        }
        Fact::RevealBegun { .. } => {
            board::end(contest);
            put_stage_back(contest, before, None, at);
        }
        Fact::VoteOpened | Fact::VoteClosed => {
            contest.show.stage = before.stage;
            if let Some(vote) = &mut contest.show.vote {
                let opened = matches!(fact, Fact::VoteOpened);
                vote.state = if opened { VoteState::Ready } else { VoteState::Open };
                vote.opened = vote.opened.filter(|_| !opened);
                // A countdown that has run out would close at once.
                vote.closes_at = None;
            }
        }
        _ => put_stage_back(contest, before, subject(&fact), at),
    }
}

fn put_stage_back(contest: &mut Contest, before: Before, pitch: Option<PitchId>, at: Millis) {
    contest.show.stage = before.stage;
    let (Some(pitch), Some(then)) = (pitch, before.pitch) else { return };
    if let Some(now) = pitch_mut(contest, pitch) {
        let opened_again = now.phase == Phase::Closed && then.phase == Phase::Scoring;
        now.phase = then.phase;
        now.since = then.since;
        now.early = then.early;
        // A countdown that has run out would close at once.
        now.closes_at = then.closes_at.filter(|ends| *ends > at);
        now.ran = then.ran;
        now.dismissed = then.dismissed;
        if opened_again {
            // Closing let go of scorecards that were with their judges; the window closes by hand now.
            now.reopened = then.reopened;
            now.closes_at = None;
        }
    }
}

fn put_back<K: Ord + Copy, V: Clone>(
    now: &mut std::collections::BTreeMap<K, V>,
    then: &std::collections::BTreeMap<K, V>,
    key: K,
) {
    match then.get(&key) {
        Some(value) => now.insert(key, value.clone()),
        None => now.remove(&key),
    };
}

/// Facts whose undo brings the stage back as it was; that of the others puts back one thing.
fn puts_stage_back(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::RecusalDeclared { .. }
            | Fact::RecusalWithdrawn { .. }
            | Fact::AbstentionDeclared { .. }
            | Fact::AbstentionWithdrawn { .. }
            | Fact::ScorecardReopened { .. }
            | Fact::ReopeningWithdrawn { .. }
            | Fact::DeductionMade { .. }
            | Fact::DeductionRemoved { .. }
            | Fact::OvertimeDismissed { .. }
            | Fact::RunningOrderSet { .. }
            | Fact::NumberCalled { .. }
            | Fact::BoardFrozen { .. }
            | Fact::BoardThawed { .. }
    )
}

/// An order that an import makes is no reordering.
fn brings_projects(contest: &Contest, fact: &Fact) -> bool {
    let Fact::RunningOrderSet { round, order } = fact else { return false };
    contest.round(*round).is_none_or(|round| round.order.len() != order.len())
}

/// Facts of the host's side that its history lists. What judges declare themselves is theirs.
fn is_action(fact: &Fact, by: Option<Actor>) -> bool {
    match fact {
        Fact::PitchStarted { .. }
        | Fact::QaStarted { .. }
        | Fact::WindowOpened { .. }
        | Fact::WindowOpenedEarly { .. }
        | Fact::WindowClosed { .. }
        | Fact::CountdownSet { .. }
        | Fact::AnnouncementBegun { .. }
        | Fact::PlatesShown { .. }
        | Fact::BoardFrozen { .. }
        | Fact::BoardThawed { .. }
        | Fact::RevealBegun { .. }
        | Fact::RevealStepped { .. }
        | Fact::RevealEnded { .. }
        | Fact::BoardPublished { .. }
        | Fact::PitchRevealed { .. }
        | Fact::PitchMarkedAbsent { .. }
        | Fact::PitchWithdrawn { .. }
        | Fact::PitchBroughtBack { .. }
        | Fact::SegmentStarted { .. }
        | Fact::SegmentSkipped { .. }
        | Fact::SceneShown { .. }
        | Fact::SceneReturned
        | Fact::TimerBegun { .. }
        | Fact::TimerRan
        | Fact::TimerPaused
        | Fact::TimerAdjusted { .. }
        | Fact::TimerSet { .. }
        | Fact::TimerRestarted
        | Fact::TimerDropped
        | Fact::DeductionMade { .. }
        | Fact::DeductionRemoved { .. }
        | Fact::OvertimeDismissed { .. }
        | Fact::DrawCommitted { .. }
        | Fact::NumberCalled { .. }
        | Fact::DrawRevealed { .. }
        | Fact::RunningOrderSet { .. }
        | Fact::TieDecided { .. }
        | Fact::VoteOpened
        | Fact::MessageShown { .. }
        | Fact::BoardShown { .. }
        | Fact::VoteClosed
        | Fact::VoteRevealed
        | Fact::ContestFinished { .. } => true,
        Fact::RecusalDeclared { .. }
        | Fact::RecusalWithdrawn { .. }
        | Fact::AbstentionDeclared { .. }
        | Fact::AbstentionWithdrawn { .. }
        | Fact::ScorecardReopened { .. }
        | Fact::ReopeningWithdrawn { .. } => !matches!(by, Some(Actor::Judge(_))),
        _ => false,
    }
}

/// The pitch that a fact is about.
pub fn subject(fact: &Fact) -> Option<PitchId> {
    match fact {
        Fact::PitchStarted { pitch }
        | Fact::QaStarted { pitch }
        | Fact::WindowOpened { pitch }
        | Fact::WindowOpenedEarly { pitch }
        | Fact::WindowClosed { pitch }
        | Fact::CountdownSet { pitch, .. }
        | Fact::AnnouncementBegun { pitch }
        | Fact::PlatesShown { pitch, .. }
        | Fact::PitchRevealed { pitch }
        | Fact::PitchMarkedAbsent { pitch }
        | Fact::PitchWithdrawn { pitch, .. }
        | Fact::PitchBroughtBack { pitch }
        | Fact::DeductionMade { pitch, .. }
        | Fact::DeductionRemoved { pitch, .. }
        | Fact::OvertimeDismissed { pitch, .. }
        | Fact::RecusalDeclared { pitch, .. }
        | Fact::RecusalWithdrawn { pitch, .. }
        | Fact::AbstentionDeclared { pitch, .. }
        | Fact::AbstentionWithdrawn { pitch, .. }
        | Fact::ScorecardReopened { pitch, .. }
        | Fact::ReopeningWithdrawn { pitch, .. } => Some(*pitch),
        _ => None,
    }
}
