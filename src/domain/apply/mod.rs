//! `apply`: what a fact does to the state. It cannot fail: `decide` has said yes before the fact was written, and a
//! journal is verified before it is replayed. A fact about something unknown changes nothing.

mod movement;
mod plates;
mod reveal;
mod stage;
mod undo;
mod vote;

use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{PitchId, RoundId, SegmentId};
use crate::domain::kernel::points::Points;
use crate::domain::kernel::shared::Shared;
use crate::domain::kernel::time::Stamp;
use crate::domain::query::result;
use crate::domain::scoring::lot;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::{Contest, Rehearsal};
use crate::domain::state::draw::{self, Draw};
use crate::domain::state::history::History;
use crate::domain::state::pitch::{Deducted, Pitch, Reveal};
use crate::domain::state::round::Round;
use crate::domain::state::signature::Signature;
use crate::domain::state::tables::Row;
use crate::domain::terms::programme::{Phase, RevealPolicy, Scene};
use crate::domain::terms::rubric::CriterionId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folds one fact into the contest.
pub fn apply(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    let look = undo::look(contest, fact, stamp.by);
    let standings = movement::look(contest, fact);
    let crowned = podium(contest, fact);
    contest.seq = stamp.seq;
    fold(contest, fact, stamp);
    if let Some((round, rows)) = crowned {
        // A podium of other standings was not shown yet, unless it is on the screen.
        let shown = contest.show.stage.scene == Scene::Podium || public(contest, round) == Some(rows);
        contest.show.stage.podium &= shown;
    }
    plates::settle(contest);
    if matches!(fact, Fact::BoardThawed { .. } | Fact::ActionUndone { .. }) {
        catch_up(contest);
    }
    movement::note(contest, standings);
    undo::note(contest, fact, stamp, look);
}

fn fold(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    match fact {
        Fact::ContestCreated { .. }
        | Fact::AboutChanged { .. }
        | Fact::RoundAdded { .. }
        | Fact::TrackAdded { .. }
        | Fact::ProjectAdded { .. }
        | Fact::ProjectChanged { .. }
        | Fact::JudgeAdded { .. }
        | Fact::JudgeChanged { .. }
        | Fact::ProgrammeSet { .. } => set_up(contest, fact, stamp),
        Fact::PanelSet { round, .. }
        | Fact::RubricSet { round, .. }
        | Fact::RuleSet { round, .. }
        | Fact::TimingSet { round, .. }
        | Fact::WindowPolicySet { round, .. }
        | Fact::RunningOrderSet { round, .. }
        | Fact::TieDecided { round, .. }
        | Fact::ScorecardsSigned { round, .. } => set_round(contest, *round, fact, stamp),
        Fact::DrawCommitted { .. } | Fact::NumberCalled { .. } | Fact::DrawRevealed { .. } => {
            draw(contest, fact, stamp);
        }
        Fact::ContestFinished { .. } => finish(contest),
        Fact::ActionUndone { action } => undo::undo(contest, *action, stamp.at),
        Fact::RehearsalBegun => {
            let before = Arc::new(contest.clone());
            contest.run = rehearsal_run(contest);
            contest.rehearsal = Some(Rehearsal { seq: stamp.seq, since: stamp.at, before });
            contest.show.rehearsal = true;
            contest.history = History::default();
        }
        Fact::RehearsalWiped => wipe(contest, stamp),
        Fact::ScorecardSubmitted { .. }
        | Fact::ScorecardReopened { .. }
        | Fact::ReopeningWithdrawn { .. } => score(contest, fact, stamp),
        Fact::RecusalDeclared { pitch, .. }
        | Fact::RecusalWithdrawn { pitch, .. }
        | Fact::AbstentionDeclared { pitch, .. }
        | Fact::AbstentionWithdrawn { pitch, .. } => {
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                stand_aside(pitch, fact);
            }
            let told = contest.pitch(*pitch).is_none_or(|pitch| pitch.phase == Phase::Revealed);
            if !told && contest.sealed.of(*pitch).next().is_some() {
                follow(contest, *pitch);
            }
        }
        Fact::PitchConfirmed { pitch } => {
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                pitch.confirmed = true;
            }
        }
        Fact::DeductionMade { pitch, .. }
        | Fact::DeductionRemoved { pitch, .. }
        | Fact::OvertimeDismissed { pitch, .. } => {
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                deduct(pitch, fact, stamp);
            }
        }
        Fact::VoteSet { .. }
        | Fact::SeatCodesIssued { .. }
        | Fact::VoteOpened
        | Fact::BallotCast { .. }
        | Fact::VoteClosed
        | Fact::VoteRevealed => vote::fold(contest, fact, stamp),
        Fact::PitchRevealed { pitch } => {
            stage::fold(contest, fact, stamp);
            publish(contest, *pitch);
        }
        _ => stage::fold(contest, fact, stamp),
    }
}

/// What was given back and has not come in again counts as it was: its judge can sign.
fn finish(contest: &mut Contest) {
    contest.show.finished = true;
    let rounds = contest.show.rounds.values_mut();
    rounds.flat_map(|round| round.pitches.values_mut()).for_each(|pitch| pitch.reopened.clear());
}

/// Odd, as it was when the contest itself still had another number after each: a tablet may keep something of such a one.
fn rehearsal_run(contest: &Contest) -> u32 {
    u32::try_from(contest.rehearsed.len()).map_or(u32::MAX, |over| over.saturating_mul(2).saturating_add(1))
}

/// The contest as it was before the rehearsal; only the numbers of facts go on, and what secrets were used.
fn wipe(contest: &mut Contest, stamp: Stamp) {
    let Some(rehearsal) = contest.rehearsal.take() else { return };
    let used = contest.sealed.secrets.values().map(|secret| lot::commitment(secret)).collect::<Vec<_>>();
    *contest = Arc::unwrap_or_clone(rehearsal.before);
    contest.rehearsed.push((rehearsal.seq, stamp.seq));
    contest.spent.extend(used);
    contest.seq = stamp.seq;
}

fn draw(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    let (Fact::DrawCommitted { round: id, .. }
    | Fact::NumberCalled { round: id, .. }
    | Fact::DrawRevealed { round: id }) = fact
    else {
        return;
    };
    let Some(round) = contest.show.rounds.get_mut(id) else { return };
    let round = &mut **round;
    match (fact, &mut round.draw) {
        (Fact::DrawCommitted { secret, projects, .. }, draw) => {
            *draw = Some(Shared::new(Draw {
                hash: lot::commitment(secret),
                committed: stamp.at,
                called: Vec::new(),
                projects: projects.clone(),
                secret: None,
                order: Vec::new(),
            }));
            contest.sealed.secrets.insert(*id, secret.clone());
        }
        (Fact::NumberCalled { number, .. }, Some(draw)) => draw.called.push(number.clone()),
        (Fact::DrawRevealed { .. }, Some(draw)) => {
            let Some(secret) = contest.sealed.secrets.get(id) else { return };
            draw.secret = Some(secret.clone());
            draw.order = draw::order(secret, &draw.called, &draw.projects);
            round.order = draw::placed(&round.order, &draw.order).into();
        }
        _ => {}
    }
}

fn stand_aside(pitch: &mut Pitch, fact: &Fact) {
    match fact {
        Fact::RecusalDeclared { judge, reason, .. } => {
            pitch.recused.insert(*judge, reason.clone());
        }
        Fact::RecusalWithdrawn { judge, .. } => {
            pitch.recused.remove(judge);
        }
        Fact::AbstentionDeclared { judge, reason, .. } => {
            pitch.abstained.insert(*judge, reason.clone());
        }
        Fact::AbstentionWithdrawn { judge, .. } => {
            pitch.abstained.remove(judge);
        }
        _ => {}
    }
}

fn deduct(pitch: &mut Pitch, fact: &Fact, stamp: Stamp) {
    match fact {
        Fact::DeductionMade { points, reason, over_ms, .. } => pitch.deductions.push(Deducted {
            seq: stamp.seq,
            points: *points,
            reason: reason.clone(),
            over_ms: *over_ms,
        }),
        Fact::DeductionRemoved { deduction, .. } => pitch.deductions.retain(|one| one.seq != *deduction),
        Fact::OvertimeDismissed { reason, .. } => pitch.dismissed = Some(reason.clone()),
        _ => {}
    }
}

fn set_up(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    match fact {
        Fact::ContestCreated { code, about } => {
            contest.code = Some(code.clone());
            contest.created_at = stamp.at;
            contest.show.about = about.clone().into();
        }
        Fact::AboutChanged { about } => contest.show.about = about.clone().into(),
        Fact::RoundAdded { round, name } => {
            contest.show.rounds.insert(*round, Round::new(*round, name.clone()).into());
        }
        Fact::TrackAdded { track } => {
            contest.show.tracks.insert(track.id, track.clone());
        }
        Fact::ProjectAdded { project } | Fact::ProjectChanged { project } => {
            contest.show.projects.insert(project.id, project.clone());
        }
        Fact::JudgeAdded { judge } | Fact::JudgeChanged { judge } => {
            contest.judges.insert(judge.id, judge.clone());
        }
        Fact::ProgrammeSet { segments } => {
            contest.show.segments = segments.clone().into();
            // A segment that is put in later may get the number of one that was taken out; it has not been yet.
            let kept = |id: &SegmentId| segments.iter().any(|segment| segment.id == *id);
            contest.show.stage.past.retain(kept);
        }
        _ => {}
    }
}

fn set_round(contest: &mut Contest, round: RoundId, fact: &Fact, stamp: Stamp) {
    let Some(round) = contest.show.rounds.get_mut(&round) else { return };
    match fact {
        Fact::PanelSet { judges, chair, .. } => {
            round.panel = judges.clone().into();
            round.chair = *chair;
        }
        Fact::TieDecided { order, .. } => round.decisions.push(order.clone()),
        Fact::ScorecardsSigned { judge, digest, strokes, .. } => {
            let signature = Signature { digest: digest.clone(), strokes: strokes.clone(), at: stamp.at };
            round.signatures.insert(*judge, signature);
        }
        Fact::RubricSet { criteria, .. } => round.criteria = criteria.clone().into(),
        Fact::RuleSet { rule, .. } => round.rule = rule.clone().into(),
        Fact::TimingSet { timing, .. } => round.timing = *timing,
        Fact::WindowPolicySet { policy, .. } => round.window = *policy,
        Fact::RunningOrderSet { order, .. } => {
            round.order = order.clone().into();
            for project in order {
                let id = PitchId { round: round.id, project: *project };
                round.pitches.entry(*project).or_insert_with(|| Pitch::queued(id));
            }
        }
        _ => {}
    }
}

fn score(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    match fact {
        Fact::ScorecardSubmitted { pitch, judge, version, marks, comment } => {
            let card = Scorecard {
                version: *version,
                marks: of_rubric(contest.round(pitch.round), marks),
                comment: comment.clone(),
                seq: stamp.seq,
            };
            contest.sealed.cards.insert((*pitch, *judge), card.into());
            // What is so already is not set again: it would copy the round.
            if let Some(round) = contest.show.rounds.get_mut(&pitch.round).filter(|round| !round.frozen) {
                round.frozen = true;
            }
            let changes = |state: &Pitch| state.confirmed || state.reopened.contains_key(judge);
            if contest.pitch(*pitch).is_some_and(changes)
                && let Some(state) = contest.pitch_mut(*pitch)
            {
                state.reopened.remove(judge);
                state.confirmed = false;
            }
            follow(contest, *pitch);
        }
        Fact::ScorecardReopened { pitch, judge, reason } => {
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                pitch.reopened.insert(*judge, reason.clone());
                pitch.confirmed = false;
            }
        }
        Fact::ReopeningWithdrawn { pitch, judge } => {
            if let Some(pitch) = contest.pitch_mut(*pitch) {
                pitch.reopened.remove(judge);
            }
        }
        _ => {}
    }
}

/// The marks by the rubric's own ids, of which all scorecards then share the text.
fn of_rubric(round: Option<&Round>, marks: &BTreeMap<CriterionId, Points>) -> BTreeMap<CriterionId, Points> {
    let criteria = round.map_or(&[][..], |round| &round.criteria);
    let own =
        |id: &CriterionId| criteria.iter().map(|criterion| &criterion.id).find(|own| *own == id).cloned();
    marks.iter().map(|(id, mark)| (own(id).unwrap_or_else(|| id.clone()), *mark)).collect()
}

/// Where the standings follow every mark, a board that is no longer frozen has some to follow.
fn catch_up(contest: &mut Contest) {
    let marked: Vec<PitchId> = contest.sealed.cards.pitches().collect();
    marked.into_iter().for_each(|pitch| follow(contest, pitch));
}

/// Where the standings follow every mark they follow this pitch. Of a score that was told they follow the marks alone: who
/// stands aside and what is taken off is a correction then, which somebody confirms.
fn follow(contest: &mut Contest, id: PitchId) {
    let frozen = contest.round(id.round).is_none_or(|round| round.board_frozen);
    if contest.show.about.reveal != RevealPolicy::Live || frozen {
        return;
    }
    let shown = contest.published.reveals.iter().find(|reveal| reveal.pitch == id);
    let told = contest.pitch(id).filter(|pitch| pitch.phase == Phase::Revealed);
    let Some((shown, pitch)) = shown.zip(told) else { return publish(contest, id) };
    let known = |judge| shown.cards.iter().any(|(of, _)| *of == judge) || !pitch.recused.contains_key(&judge);
    let cards = contest.sealed.of(id).filter(|(judge, _)| known(*judge));
    let cards = cards.map(|(judge, card)| (judge, card.clone())).collect();
    let told = Reveal { pitch: id, cards, deductions: shown.deductions.clone() };
    show(contest, told);
}

/// The standings of which a podium was shown, before a fact that may change them.
fn podium(contest: &Contest, fact: &Fact) -> Option<(RoundId, Vec<Row>)> {
    let round = match fact {
        Fact::PitchRevealed { pitch } => pitch.round,
        Fact::TieDecided { round, .. } => *round,
        Fact::VoteRevealed => contest.show.vote.as_ref()?.question.round,
        _ => return None,
    };
    // Most often there was none: then nothing is computed.
    let shown = contest.show.stage.podium.then_some(round)?;
    Some((round, public(contest, shown)?))
}

fn public(contest: &Contest, round: RoundId) -> Option<Vec<Row>> {
    contest.round(round).map(|round| result::public(round, &contest.published))
}

/// Copies the pitch's scorecards, as they are now, into what the public may know.
fn publish(contest: &mut Contest, pitch: PitchId) {
    let Some(state) = contest.pitch(pitch) else { return };
    let cards = contest
        .sealed
        .of(pitch)
        .filter(|(judge, _)| !state.recused.contains_key(judge))
        .map(|(judge, card)| (judge, card.clone()))
        .collect();
    let deductions = state.deductions.clone();
    show(contest, Reveal { pitch, cards, deductions });
}

fn show(contest: &mut Contest, new: Reveal) {
    match contest.published.reveals.iter_mut().find(|reveal| reveal.pitch == new.pitch) {
        Some(reveal) => *reveal = new.into(),
        None => contest.published.reveals.push(new.into()),
    }
}
