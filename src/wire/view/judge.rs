//! One judge's tablet: the pitch on stage and the judge's own scorecards, nobody else's.

use super::public::{contest_info, order, phases, project_infos, stage};
use super::{CriterionInfo, JudgeInfo, JudgeView, MyCard, Presence, SignatureInfo, Summary};
use crate::domain::kernel::ids::JudgeId;
use crate::domain::query::result;
use crate::domain::query::signature;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::rubric::Criterion;
use std::collections::BTreeMap;

/// `None` when the contest has no such judge.
pub fn judge(contest: &Contest, id: JudgeId, presence: &Presence) -> Option<JudgeView> {
    let code = contest.code.as_ref()?;
    let show = &contest.show;
    let round = show.round_now()?;
    Some(JudgeView {
        contest: contest_info(code, show),
        judge: id.to_string(),
        me: judge_info(contest, round, id)?,
        criteria: round.criteria.iter().map(criterion_info).collect(),
        projects: project_infos(show, round),
        order: order(round),
        phases: phases(round),
        stage: stage(show, None),
        cards: cards(contest, round, id),
        recused: own(round, |pitch| &pitch.recused, id),
        reopened: own(round, |pitch| &pitch.reopened, id),
        abstained: own(round, |pitch| &pitch.abstained, id),
        open: open(contest, round, id),
        timer: super::stage::timer(show),
        rehearsal: show.rehearsal,
        run: contest.run,
        summary: summary(contest, round, id),
        nudge: presence.judges.get(&id.to_string()).and_then(|seat| seat.nudge),
        chair: super::chair::chair(contest, round, id),
    })
}

/// Where this judge can hand a scorecard in.
fn open(contest: &Contest, round: &Round, id: JudgeId) -> Vec<String> {
    let takes = |pitch: &&Pitch| {
        let aside = pitch.recused.contains_key(&id) || pitch.abstained.contains_key(&id);
        let first = !contest.sealed.cards.contains_key(&(pitch.id, id));
        !aside && (round.is_open(pitch) || (first && contest.takes_late(round, pitch)))
    };
    let pitches = round.order.iter().filter_map(|project| round.pitches.get(project));
    pitches.filter(|_| round.panel.contains(&id)).filter(takes).map(|pitch| pitch.id.to_string()).collect()
}

/// A judge signs when nothing more will come: every pitch is over, and no scorecard was given back.
fn summary(contest: &Contest, round: &Round, id: JudgeId) -> Option<Summary> {
    let with_judge = round.pitches.values().any(|pitch| pitch.reopened.contains_key(&id));
    if !contest.is_over(round) || with_judge || !round.panel.contains(&id) {
        return None;
    }
    let digest = signature::digest(contest, round, id);
    let signature = round.signatures.get(&id).map(|signed| SignatureInfo {
        at: signed.at.0,
        holds: signed.digest == digest,
        strokes: signed.strokes.clone(),
    });
    Some(Summary { round: round.id.to_string(), digest, signature })
}

pub(super) fn judge_info(contest: &Contest, round: &Round, id: JudgeId) -> Option<JudgeInfo> {
    contest.judges.get(&id).map(|judge| JudgeInfo {
        number: id.0,
        name: judge.name.clone(),
        unit: judge.unit.clone(),
        chair: round.chair == Some(id),
    })
}

pub fn criterion_info(criterion: &Criterion) -> CriterionInfo {
    CriterionInfo {
        id: criterion.id.to_string(),
        name: criterion.name.clone(),
        scale: criterion.scale.clone(),
        max: criterion.max.to_string(),
        step: criterion.step.map(|step| step.to_string()),
        weight: criterion.weight,
    }
}

/// Pitch → text, for the pitches whose map names this judge.
fn own(
    round: &Round,
    map: impl Fn(&Pitch) -> &BTreeMap<JudgeId, String>,
    judge: JudgeId,
) -> BTreeMap<String, String> {
    let entry = |pitch: &Pitch| Some((pitch.id.to_string(), map(pitch).get(&judge)?.clone()));
    round.pitches.values().filter_map(entry).collect()
}

fn cards(contest: &Contest, round: &Round, judge: JudgeId) -> BTreeMap<String, MyCard> {
    let card = |pitch: &Pitch| {
        let card = contest.sealed.cards.get(&(pitch.id, judge))?;
        let open = round.is_open(pitch) || pitch.reopened.contains_key(&judge);
        Some((pitch.id.to_string(), my_card(round, card, !open)))
    };
    round.pitches.values().filter_map(card).collect()
}

fn my_card(round: &Round, card: &Scorecard, locked: bool) -> MyCard {
    MyCard {
        version: card.version,
        marks: marks(card),
        comment: card.comment.clone(),
        total: result::card_total(round, card),
        locked,
        seq: card.seq,
    }
}

/// Criterion → mark as a decimal string.
pub(super) fn marks(card: &Scorecard) -> BTreeMap<String, String> {
    card.marks.iter().map(|(id, mark)| (id.to_string(), mark.to_string())).collect()
}
