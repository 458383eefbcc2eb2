//! What the panel's chair sees beside the own scorecards: which pitches have closed, and the standings once every pitch is over. The
//! panel's scorecards are asked for one pitch at a time: all of them would be a view without a bound.

use super::life::OutcomeInfo;
use super::open::OpenInfo;
use super::parts::{JudgeInfo, Part, StandingRow, judge_info, marks, reasons};
use super::picture::Picture;
use crate::analysis::spread::Spread;
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::query::result;
use crate::domain::scoring::rule::Tie;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::state::run::PastRun;
use crate::wire::notes::Note;
use crate::wire::phase::PhaseName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use ts_rs::TS;

/// What the panel's chair sees of pitches whose window has closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChairView {
    pub round: String,
    /// Once every pitch is over: as all would be revealed. Before, it would sway the chair's own marks.
    #[ts(as = "Vec<StandingRow>")]
    pub provisional: Part<Vec<StandingRow>>,
    /// What is to be known about these.
    #[ts(as = "Vec<Note>")]
    pub notes: Part<Vec<Note>>,
    /// The rule's tie-breaks ask the chair.
    pub decides: bool,
    /// Every pitch of the round is over.
    pub over: bool,
    /// Judge → who it is.
    pub judges: BTreeMap<String, JudgeInfo>,
    /// Once every pitch is over: open matters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<OpenInfo>>")]
    pub open: Vec<OpenInfo>,
    /// Once every pitch is over: how far the result is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<OutcomeInfo>")]
    pub outcome: Option<Part<OutcomeInfo>>,
    /// Pitches whose scorecards the chair may ask for.
    pub pitches: BTreeMap<String, ChairLine>,
}

/// A closed pitch, in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChairLine {
    /// The chair has confirmed the scorecards as they are.
    pub confirmed: bool,
    /// Another text once something of its scorecards is another: ask for them again.
    pub stamp: String,
    /// It takes part in nothing that ranks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub out: Option<PhaseName>,
}

/// The scorecards of one closed pitch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChairPitch {
    pub cards: BTreeMap<String, ChairCard>,
    /// Judge → reason.
    pub recused: BTreeMap<String, String>,
    /// Judge → reason.
    pub abstained: BTreeMap<String, String>,
    /// Judge → the reason why the scorecard was given back; it is not in again yet.
    pub reopened: BTreeMap<String, String>,
    /// Judges without a scorecard and without a reason.
    pub missing: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub spread: Option<SpreadInfo>,
    /// Runs before this one, oldest first; they count for nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<ChairRun>>")]
    pub runs: Vec<ChairRun>,
}

/// The scorecards of a run of the pitch that counts for nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChairRun {
    pub attempt: u16,
    /// Why it was run again; empty where it was withdrawn or absent in between.
    pub reason: String,
    pub cards: BTreeMap<String, ChairVersion>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChairCard {
    pub version: u32,
    pub marks: BTreeMap<String, String>,
    pub comment: String,
    pub total: String,
    /// More than ten points from the median of the others.
    pub far: bool,
    /// Versions before this one, oldest first.
    pub earlier: Vec<ChairVersion>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChairVersion {
    pub version: u32,
    pub marks: BTreeMap<String, String>,
    pub total: String,
}

/// How far the totals of one pitch lie apart, in points of 100; for display only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SpreadInfo {
    pub low: f64,
    pub high: f64,
    pub mean: f64,
    pub median: f64,
    /// Standard deviation (n − 1).
    pub deviation: f64,
}

/// `None` for who is not the chair, and before a window has closed.
pub fn chair(contest: &Contest, round: &Round, id: JudgeId, picture: &Picture) -> Option<ChairView> {
    if round.chair != Some(id) {
        return None;
    }
    let over = contest.is_over(round);
    let closed = round.pitches.values().filter(|pitch| shows(pitch, id));
    let pitches = lines(contest, round, closed);
    let info = |judge: &JudgeId| Some((judge.to_string(), judge_info(contest, round, *judge)?));
    (over || !pitches.is_empty()).then(|| ChairView {
        round: round.id.to_string(),
        provisional: if over { picture.provisional.clone() } else { Part::new(Vec::new()) },
        notes: if over { picture.notes.clone() } else { Part::new(Vec::new()) },
        decides: round.rule.chain(&round.criteria).contains(&Tie::Chair),
        over,
        judges: round.panel.iter().filter_map(info).collect(),
        open: if over { picture.open.clone() } else { Vec::new() },
        outcome: picture.outcome.clone().filter(|_| over),
        pitches,
    })
}

/// Closed pitches as a list.
pub(super) fn lines<'a>(
    contest: &Contest,
    round: &Round,
    closed: impl Iterator<Item = &'a Pitch>,
) -> BTreeMap<String, ChairLine> {
    let line = |pitch: &Pitch| ChairLine {
        confirmed: pitch.confirmed,
        stamp: stamp(contest, round, pitch),
        out: pitch.out.as_ref().map(|_| pitch.phase.into()),
    };
    closed.map(|pitch| (pitch.id.to_string(), line(pitch))).collect()
}

/// The scorecards of one closed pitch, for the auditor.
pub fn audited(contest: &Contest, id: PitchId) -> Option<ChairPitch> {
    let round = contest.round(id.round)?;
    let pitch = round.pitches.get(&id.project);
    let closed = pitch.filter(|pitch| pitch.was_scored())?;
    Some(chair_pitch(contest, round, closed))
}

/// The scorecards of one closed pitch, for the chair of its round; `None` for anybody else.
pub fn pitch(contest: &Contest, id: PitchId, judge: JudgeId) -> Option<ChairPitch> {
    let round = contest.round(id.round).filter(|round| round.chair == Some(judge))?;
    let pitch = round.pitches.get(&id.project).filter(|pitch| shows(pitch, judge))?;
    Some(chair_pitch(contest, round, pitch))
}

/// A chair whose own scorecard was given back does not look at the others' meanwhile.
fn shows(pitch: &Pitch, chair: JudgeId) -> bool {
    pitch.was_scored() && !(pitch.phase.is_scored() && pitch.reopened.contains_key(&chair))
}

/// Of everything that [`chair_pitch`] is made from and that changes once a window has closed.
fn stamp(contest: &Contest, round: &Round, pitch: &Pitch) -> String {
    let mut hasher = DefaultHasher::new();
    for judge in round.panel.iter() {
        judge.0.hash(&mut hasher);
    }
    for (judge, card) in contest.sealed.of(pitch.id) {
        (judge.0, card.seq).hash(&mut hasher);
    }
    for (at, reasons) in [&pitch.recused, &pitch.abstained, &pitch.reopened].into_iter().enumerate() {
        for (judge, why) in reasons {
            (at, judge.0, why).hash(&mut hasher);
        }
    }
    if pitch.attempt > 1 {
        pitch.attempt.hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn chair_pitch(contest: &Contest, round: &Round, pitch: &Pitch) -> ChairPitch {
    let expected: Vec<JudgeId> = round.expected(pitch).collect();
    let cards: Vec<_> = contest.sealed.of(pitch.id).filter(|(judge, _)| expected.contains(judge)).collect();
    let totals: Vec<String> = cards.iter().map(|(_, card)| result::card_total(round, card)).collect();
    // Without a total there is nothing to compare.
    let numbers: Option<Vec<f64>> = totals.iter().map(|total| total.parse().ok()).collect();
    let spread = numbers.and_then(|numbers| Spread::of(&numbers));
    let missing = expected.iter().filter(|judge| cards.iter().all(|(id, _)| id != *judge));
    ChairPitch {
        missing: missing.map(ToString::to_string).collect(),
        cards: cards
            .iter()
            .zip(&totals)
            .enumerate()
            .map(|(at, ((judge, card), total))| {
                let far = spread.as_ref().is_some_and(|spread| spread.far.get(at) == Some(&true));
                (judge.to_string(), chair_card(contest, round, pitch, (*judge, card), total, far))
            })
            .collect(),
        recused: reasons(&pitch.recused),
        abstained: reasons(&pitch.abstained),
        reopened: reasons(&pitch.reopened),
        runs: contest.sealed.runs(pitch.id).iter().map(|run| chair_run(round, run)).collect(),
        spread: spread.map(|spread| SpreadInfo {
            low: spread.low,
            high: spread.high,
            mean: spread.mean,
            median: spread.median,
            deviation: spread.deviation,
        }),
    }
}

fn chair_card(
    contest: &Contest,
    round: &Round,
    pitch: &Pitch,
    (judge, card): (JudgeId, &Scorecard),
    total: &str,
    far: bool,
) -> ChairCard {
    let earlier = contest.sealed.cards.earlier(pitch.id, judge);
    ChairCard {
        version: card.version,
        marks: marks(card),
        comment: card.comment.clone(),
        total: total.to_owned(),
        far,
        earlier: earlier.into_iter().map(|card| version(round, card)).collect(),
    }
}

fn version(round: &Round, card: &Scorecard) -> ChairVersion {
    ChairVersion { version: card.version, marks: marks(card), total: result::card_total(round, card) }
}

fn chair_run(round: &Round, run: &PastRun) -> ChairRun {
    let cards = run.cards.iter().map(|(judge, card)| (judge.to_string(), version(round, card)));
    ChairRun { attempt: run.pitch.attempt, reason: run.reason.clone(), cards: cards.collect() }
}
