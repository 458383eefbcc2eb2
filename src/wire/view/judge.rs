//! One judge's tablet: the pitch on stage and the judge's own scorecards, nobody else's.

use super::public::{contest_info, order, phases, project_infos, stage, standing_rows};
use super::{ChairView, CriterionInfo, JudgeInfo, JudgeView, MyCard};
use crate::domain::contest::{Contest, Round, Scorecard};
use crate::domain::ids::JudgeId;
use crate::domain::programme::{Phase, Pitch};
use crate::domain::result;
use crate::domain::rubric::Criterion;
use crate::domain::scoring::rule::Tie;
use std::collections::BTreeMap;

/// `None` when the contest has no such judge.
pub fn judge(contest: &Contest, id: JudgeId) -> Option<JudgeView> {
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
        chair: chair(contest, round, id),
    })
}

/// Before the last window is closed it would sway the chair's own marks.
fn chair(contest: &Contest, round: &Round, id: JudgeId) -> Option<ChairView> {
    (round.chair == Some(id) && round.is_over()).then(|| ChairView {
        round: round.id.to_string(),
        provisional: standing_rows(result::provisional(contest, round)),
        decides: round.rule.chain(&round.criteria).contains(&Tie::Chair),
    })
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
        let open = pitch.phase == Phase::Scoring || pitch.reopened.contains_key(&judge);
        Some((pitch.id.to_string(), my_card(round, card, !open)))
    };
    round.pitches.values().filter_map(card).collect()
}

fn my_card(round: &Round, card: &Scorecard, locked: bool) -> MyCard {
    MyCard {
        version: card.version,
        marks: card.marks.iter().map(|(id, mark)| (id.to_string(), mark.to_string())).collect(),
        comment: card.comment.clone(),
        total: result::card_total(round, card),
        locked,
    }
}
