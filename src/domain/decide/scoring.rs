//! Scorecards, and ties that the rule leaves to the chair.

use super::guard::{host_or_chair, optional, pitch, reason, round, takes_part};
use super::plates::wait;
use super::stage::expect;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use crate::domain::kernel::names::TEXT_CHARS_MAX;
use crate::domain::kernel::points::Points;
use crate::domain::query::{corrections, result};
use crate::domain::rejection::Rejection;
use crate::domain::scoring::rule::{Rule, Tie};
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::{Closes, Phase};
use crate::domain::terms::rubric::{self, CriterionId, MarkProblem, RubricProblem};
use std::collections::{BTreeMap, BTreeSet};

/// A judge submits or amends the own scorecard while the window is open, or after it was given back.
pub fn submit(
    contest: &Contest,
    actor: Actor,
    (id, attempt): (PitchId, u16),
    base: u32,
    marks: &BTreeMap<CriterionId, Points>,
    comment: &str,
) -> Result<Vec<Fact>, Rejection> {
    let (judge, round, state) = own(contest, actor, (id, attempt))?;
    wait(contest, id)?;
    let card = contest.sealed.cards.get(&(id, judge));
    let given_back = state.reopened.contains_key(&judge);
    // Two persons have given it back; nothing else comes in any more.
    if contest.show.finished && !given_back {
        return Err(Rejection::ContestIsFinished);
    }
    match state.phase {
        _ if round.is_open(state) => {}
        Phase::Closed if card.is_none() && contest.takes_late(round, state) => {}
        Phase::Closed | Phase::Revealed if given_back => {}
        Phase::Closed | Phase::Revealed => return Err(Rejection::WindowClosed),
        Phase::Disqualified => return Err(Rejection::TakenOut { pitch: id, phase: state.phase }),
        Phase::Queued | Phase::Pitching | Phase::Qa | Phase::Scoring | Phase::Absent | Phase::Withdrawn => {
            return Err(Rejection::WindowNotOpen);
        }
    }
    let newest = card.map_or(0, |card| card.version);
    if base != newest {
        return Err(Rejection::StaleVersion { version: newest });
    }
    if round.criteria.is_empty() {
        return Err(Rejection::RubricInvalid { detail: RubricProblem::NoWeight.to_string() });
    }
    rubric::check(&round.criteria, marks).map_err(refuse_mark)?;
    let comment = optional(comment, "comment", TEXT_CHARS_MAX)?;
    if card.is_some_and(|card| !given_back && card.marks == *marks && card.comment == comment) {
        return Err(Rejection::NothingChanges);
    }
    let submitted =
        Fact::ScorecardSubmitted { pitch: id, judge, version: newest + 1, marks: marks.clone(), comment };
    // A window in which everybody's was in before was opened again: somebody wants to change something.
    let closes = round.window.closes == Closes::WhenAllIn
        && state.phase == Phase::Scoring
        && contest.all_in_with(id, Some(judge))
        && !contest.all_in(id);
    let closed = closes.then_some(Fact::WindowClosed { pitch: id });
    Ok(std::iter::once(submitted).chain(closed).collect())
}

/// A judge's scorecard was refused: its window had closed. It is told once a run, and stands until somebody has answered.
pub fn report_late(
    contest: &Contest,
    actor: Actor,
    (id, attempt): (PitchId, u16),
) -> Result<Vec<Fact>, Rejection> {
    let (judge, round, state) = own(contest, actor, (id, attempt))?;
    expect(state, &[Phase::Closed, Phase::Revealed])?;
    let first = !contest.sealed.cards.contains_key(&(id, judge));
    let is_taken = state.reopened.contains_key(&judge) || (first && contest.takes_late(round, state));
    if is_taken || state.late.contains_key(&judge) {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::ScorecardCameLate { pitch: id, judge }])
}

/// A judge's own scorecard of this run: who gives it, and of which pitch it is.
fn own(
    contest: &Contest,
    actor: Actor,
    (id, attempt): (PitchId, u16),
) -> Result<(JudgeId, &Round, &Pitch), Rejection> {
    let Actor::Judge(judge) = actor else { return Err(Rejection::NotAllowed) };
    let (round, state) = pitch(contest, id)?;
    if !round.panel.contains(&judge) {
        return Err(Rejection::NotOnPanel { judge });
    }
    // However late it comes: what a judge saw in one run is no mark for another.
    if attempt != state.attempt {
        return Err(Rejection::OtherAttempt { attempt: state.attempt });
    }
    takes_part(state, judge)?;
    Ok((judge, round, state))
}

fn refuse_mark(problem: MarkProblem) -> Rejection {
    match problem {
        MarkProblem::Missing { criterion } => Rejection::MarkMissing { criterion: criterion.to_string() },
        MarkProblem::Unknown { criterion } => Rejection::MarkUnknown { criterion: criterion.to_string() },
        MarkProblem::OutOfRange { criterion, max, .. } => {
            Rejection::MarkOutOfRange { criterion: criterion.to_string(), max: max.to_string() }
        }
        MarkProblem::OffStep { criterion, step, .. } => {
            Rejection::MarkOffStep { criterion: criterion.to_string(), step: step.to_string() }
        }
    }
}

/// The chair's decision, given by the chair or recorded by the host: these projects share a place up to the step at
/// which the rule asks the chair. A later decision about the same projects replaces an earlier one.
pub fn decide_tie(
    contest: &Contest,
    actor: Actor,
    id: RoundId,
    order: &[ProjectId],
    why: &str,
) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    host_or_chair(round, actor)?;
    let reason = reason(why)?;
    let mut chain = round.rule.chain(&round.criteria);
    let asked = chain.iter().position(|step| *step == Tie::Chair).ok_or(Rejection::ChairNotAsked)?;
    chain.truncate(asked);
    let rule = Rule { ties: Some(chain), ..(*round.rule).clone() };
    let before = Round { rule: rule.into(), ..round.clone() };
    let named: BTreeSet<ProjectId> = order.iter().copied().collect();
    let tied = before.lists().into_iter().any(|list| {
        let Ok(computed) = result::of_closed(contest, &before, list) else { return false };
        computed.standings.table.places().into_iter().any(|place| {
            let projects = place.class.projects.iter().map(|&at| computed.pitches[at].project);
            named == projects.collect()
        })
    });
    if !tied || order.len() < 2 || named.len() != order.len() {
        return Err(Rejection::NotTied);
    }
    if round.decisions.last().is_some_and(|last| last == order) {
        return Err(Rejection::NothingChanges);
    }
    let mut after = round.clone();
    after.decide_tie(order, true);
    let untold = corrections::decision_is_untold(contest, &after);
    Ok(vec![Fact::TieDecided { round: id, order: order.to_vec(), reason, untold, seal: None }])
}
