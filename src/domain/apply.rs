//! `apply`: what a fact does to the state. It cannot fail: `decide` has said yes before the fact was written, and a
//! journal is verified before it is replayed. A fact about something unknown changes nothing.

use crate::domain::contest::{Contest, Reveal, Round, Scorecard};
use crate::domain::fact::Fact;
use crate::domain::ids::{PitchId, RoundId};
use crate::domain::programme::{Phase, Pitch, RevealPolicy, Scene};
use crate::domain::signature::Signature;
use crate::domain::time::{Millis, Stamp};

/// Folds one fact into the contest.
pub fn apply(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    contest.seq = stamp.seq;
    match fact {
        Fact::ContestCreated { .. }
        | Fact::AboutChanged { .. }
        | Fact::RoundAdded { .. }
        | Fact::TrackAdded { .. }
        | Fact::ProjectAdded { .. }
        | Fact::ProjectChanged { .. }
        | Fact::JudgeAdded { .. }
        | Fact::JudgeChanged { .. } => set_up(contest, fact, stamp),
        Fact::PanelSet { round, .. }
        | Fact::RubricSet { round, .. }
        | Fact::RuleSet { round, .. }
        | Fact::TimingSet { round, .. }
        | Fact::RunningOrderSet { round, .. }
        | Fact::TieDecided { round, .. }
        | Fact::ScorecardsSigned { round, .. } => set_round(contest, *round, fact, stamp),
        Fact::PitchStarted { pitch } => {
            enter(contest, *pitch, Phase::Pitching, stamp.at);
            contest.show.current = Some(*pitch);
            contest.show.scene = Scene::Pitch;
        }
        Fact::QaStarted { pitch } => enter(contest, *pitch, Phase::Qa, stamp.at),
        Fact::WindowOpened { pitch } => {
            enter(contest, *pitch, Phase::Scoring, stamp.at);
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.confirmed = false;
            }
        }
        Fact::WindowClosed { pitch } => {
            enter(contest, *pitch, Phase::Closed, stamp.at);
            // What was given back and not submitted again counts as it was.
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.reopened.clear();
            }
        }
        Fact::PitchMarkedAbsent { pitch } => enter(contest, *pitch, Phase::Absent, stamp.at),
        Fact::PitchWithdrawn { pitch, .. } => enter(contest, *pitch, Phase::Withdrawn, stamp.at),
        Fact::PitchBroughtBack { pitch } => enter(contest, *pitch, Phase::Queued, stamp.at),
        Fact::PitchRevealed { pitch } => {
            enter(contest, *pitch, Phase::Revealed, stamp.at);
            publish(contest, *pitch);
        }
        Fact::SceneShown { scene } => contest.show.scene = *scene,
        Fact::ContestFinished => contest.show.finished = true,
        Fact::ScorecardSubmitted { .. }
        | Fact::ScorecardReopened { .. }
        | Fact::ReopeningWithdrawn { .. } => score(contest, fact, stamp),
        Fact::RecusalDeclared { pitch, judge, reason } => {
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.recused.insert(*judge, reason.clone());
            }
        }
        Fact::RecusalWithdrawn { pitch, judge } => {
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.recused.remove(judge);
            }
        }
        Fact::AbstentionDeclared { pitch, judge, reason } => {
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.abstained.insert(*judge, reason.clone());
            }
        }
        Fact::AbstentionWithdrawn { pitch, judge } => {
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.abstained.remove(judge);
            }
        }
        Fact::PitchConfirmed { pitch } => {
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.confirmed = true;
            }
        }
    }
}

fn set_up(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    match fact {
        Fact::ContestCreated { code, about } => {
            contest.code = Some(code.clone());
            contest.created_at = stamp.at;
            contest.show.about = about.clone();
        }
        Fact::AboutChanged { about } => contest.show.about = about.clone(),
        Fact::RoundAdded { round, name } => {
            contest.show.rounds.insert(*round, Round::new(*round, name.clone()));
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
        _ => {}
    }
}

fn set_round(contest: &mut Contest, round: RoundId, fact: &Fact, stamp: Stamp) {
    let Some(round) = contest.show.rounds.get_mut(&round) else { return };
    match fact {
        Fact::PanelSet { judges, chair, .. } => {
            round.panel = judges.clone();
            round.chair = *chair;
        }
        Fact::TieDecided { order, .. } => round.decisions.push(order.clone()),
        Fact::ScorecardsSigned { judge, digest, strokes, .. } => {
            let signature = Signature { digest: digest.clone(), strokes: strokes.clone(), at: stamp.at };
            round.signatures.insert(*judge, signature);
        }
        Fact::RubricSet { criteria, .. } => round.criteria = criteria.clone(),
        Fact::RuleSet { rule, .. } => round.rule = rule.clone(),
        Fact::TimingSet { timing, .. } => round.timing = *timing,
        Fact::RunningOrderSet { order, .. } => {
            round.order = order.clone();
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
                marks: marks.clone(),
                comment: comment.clone(),
                seq: stamp.seq,
            };
            let key = (*pitch, *judge);
            if let Some(before) = contest.sealed.cards.insert(key, card) {
                contest.sealed.earlier.entry(key).or_default().push(before);
            }
            if let Some(round) = contest.show.rounds.get_mut(&pitch.round) {
                round.frozen = true;
            }
            if let Some(state) = pitch_mut(contest, *pitch) {
                state.reopened.remove(judge);
                state.confirmed = false;
            }
            if contest.show.about.reveal == RevealPolicy::Live {
                publish(contest, *pitch);
            }
        }
        Fact::ScorecardReopened { pitch, judge, reason } => {
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.reopened.insert(*judge, reason.clone());
                pitch.confirmed = false;
            }
        }
        Fact::ReopeningWithdrawn { pitch, judge } => {
            if let Some(pitch) = pitch_mut(contest, *pitch) {
                pitch.reopened.remove(judge);
            }
        }
        _ => {}
    }
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
    match contest.published.reveals.iter_mut().find(|reveal| reveal.pitch == pitch) {
        Some(reveal) => reveal.cards = cards,
        None => contest.published.reveals.push(Reveal { pitch, cards }),
    }
}

fn enter(contest: &mut Contest, pitch: PitchId, phase: Phase, at: Millis) {
    if let Some(pitch) = pitch_mut(contest, pitch) {
        pitch.phase = phase;
        pitch.since = at;
    }
}

fn pitch_mut(contest: &mut Contest, id: PitchId) -> Option<&mut Pitch> {
    contest.show.rounds.get_mut(&id.round)?.pitches.get_mut(&id.project)
}
