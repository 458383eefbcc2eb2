//! One judge's tablet: the hall, and the judge's own scorecards, nobody else's.

use super::chair::{self, ChairView};
use super::parts::{CriterionInfo, JudgeInfo, Part, judge_info, marks};
use super::picture::Picture;
use super::presence::{Nudge, Presence};
use super::public::PublicView;
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::shared::Shared;
use crate::domain::query::result;
use crate::domain::scoring::rule::Rule;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::rubric::Criterion;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A judge's own scorecard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MyCard {
    pub version: u32,
    pub marks: BTreeMap<String, String>,
    pub comment: String,
    /// 0–100, two decimals, decimal string.
    pub total: String,
    /// The window is closed; it counts as it is.
    pub locked: bool,
    /// The journal's number of this version.
    #[ts(type = "number")]
    pub seq: u64,
}

/// One judge's tablet: own scorecards only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JudgeView {
    #[ts(as = "PublicView")]
    pub hall: Part<PublicView>,
    /// This judge's id, `J3`.
    pub judge: String,
    pub me: JudgeInfo,
    #[ts(as = "Vec<CriterionInfo>")]
    pub criteria: Part<Vec<CriterionInfo>>,
    /// Pitch → own scorecard.
    #[ts(as = "BTreeMap<String, MyCard>")]
    pub cards: BTreeMap<String, Part<MyCard>>,
    /// Pitch → reason of the own recusal.
    pub recused: BTreeMap<String, String>,
    /// Pitch → the host's reason for giving the scorecard back; it can be submitted until it is.
    pub reopened: BTreeMap<String, String>,
    /// Pitches of this run for which the own scorecard came too late, and the host knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub late: Vec<String>,
    /// Pitch → reason of the own abstention.
    pub abstained: BTreeMap<String, String>,
    /// Pitches whose scorecard can be handed in now, given back ones apart.
    pub open: Vec<String>,
    /// Changes with every beginning and end of a rehearsal.
    #[serde(default)]
    pub run: u32,
    /// Once every pitch is over: what the judge signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub summary: Option<Summary>,
    /// The host's last word to this judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub nudge: Option<Nudge>,
    /// The chair's alone, once a window has closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub chair: Option<ChairView>,
}

/// The judge's scorecards of a round that is over, as they would be signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Summary {
    pub round: String,
    /// SHA-256, in hex, of the scorecards as text (docs/protocol.md).
    pub digest: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub signature: Option<SignatureInfo>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SignatureInfo {
    #[ts(type = "number")]
    pub at: u64,
    /// Nothing has changed since.
    pub holds: bool,
    /// Lines of points (x, y) from 0 to 1000.
    #[ts(type = "Array<Array<[number, number]>>")]
    pub strokes: crate::domain::terms::signature::Strokes,
}

/// Scorecards as they were last made into a part of their judge's view: one that is as it was is not made again.
#[derive(Default)]
pub struct Memo(BTreeMap<(JudgeId, PitchId), (Inputs, Part<MyCard>)>);

/// What the part of a view is made from.
struct Inputs {
    card: Shared<Scorecard>,
    criteria: Shared<Vec<Criterion>>,
    rule: Shared<Rule>,
    locked: bool,
}

impl Inputs {
    fn are(&self, other: &Inputs) -> bool {
        self.card.same(&other.card)
            && self.criteria.same(&other.criteria)
            && self.rule.same(&other.rule)
            && self.locked == other.locked
    }
}

impl Memo {
    fn card(
        &mut self,
        round: &Round,
        pitch: &Pitch,
        judge: JudgeId,
        card: &Shared<Scorecard>,
    ) -> Part<MyCard> {
        let inputs = Inputs {
            card: card.clone(),
            criteria: round.criteria.clone(),
            rule: round.rule.clone(),
            locked: !round.is_open(pitch) && !pitch.reopened.contains_key(&judge),
        };
        let known = self.0.get(&(judge, pitch.id)).filter(|(made, _)| made.are(&inputs));
        known.map(|(_, part)| part.clone()).unwrap_or_else(|| {
            let part = Part::new(my_card(round, card, inputs.locked));
            self.0.insert((judge, pitch.id), (inputs, part.clone()));
            part
        })
    }
}

/// `None` when the contest has no such judge.
pub fn judge(
    contest: &Contest,
    picture: &Picture,
    id: JudgeId,
    presence: &Presence,
    memo: &mut Memo,
) -> Option<JudgeView> {
    let round = contest.show.round_now()?;
    // Of who is recused there is no scorecard, whatever was handed in before.
    let judged = round.pitches.values().filter(|pitch| !pitch.recused.contains_key(&id));
    let cards = judged.filter_map(|pitch| {
        let card = contest.sealed.cards.get(&(pitch.id, id))?;
        Some((pitch.id.to_string(), memo.card(round, pitch, id, card)))
    });
    Some(JudgeView {
        hall: picture.hall.clone(),
        judge: id.to_string(),
        me: judge_info(contest, round, id)?,
        criteria: picture.criteria.clone(),
        cards: cards.collect(),
        recused: own(round, |pitch| &pitch.recused, id),
        reopened: own(round, |pitch| &pitch.reopened, id),
        late: late(round, id),
        abstained: own(round, |pitch| &pitch.abstained, id),
        open: open(contest, round, id),
        run: contest.run,
        summary: summary(contest, round, id, picture),
        nudge: presence.judges.get(&id.to_string()).and_then(|seat| seat.nudge),
        chair: chair::chair(contest, round, id, picture),
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

fn late(round: &Round, judge: JudgeId) -> Vec<String> {
    let told = round.pitches.values().filter(|pitch| pitch.late.contains_key(&judge));
    told.map(|pitch| pitch.id.to_string()).collect()
}

/// A judge signs when nothing more will come: every pitch is over, and no scorecard was given back.
fn summary(contest: &Contest, round: &Round, id: JudgeId, picture: &Picture) -> Option<Summary> {
    if !contest.is_over(round) || round.waits_for(id) || !round.panel.contains(&id) {
        return None;
    }
    let digest = picture.digests.get(&id)?.clone();
    let signature = round.signatures.get(&id).map(|signed| SignatureInfo {
        at: signed.at.0,
        holds: signed.digest == digest,
        strokes: signed.strokes.clone(),
    });
    Some(Summary { round: round.id.to_string(), digest, signature })
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
