//! The host's console: the whole evening, who is missing, what the hall sees and what it would see.

use super::board::{AwardLine, BoardInfo, RevealInfo};
use super::cockpit::{self, ActionInfo, CueInfo, PreviewInfo, WindowInfo};
use super::judge::judge_info;
use super::public::{Revealed, contest_info, order, project_infos, rows, stage, standing_rows};
use super::stage::{DrawInfo, SegmentInfo, TimerInfo};
use super::{ContestInfo, JudgeInfo, PhaseName, Presence, Progress, ProjectInfo, StageInfo, StandingRow};
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::query::corrections;
use crate::domain::query::result;
use crate::domain::query::signature;
use crate::domain::scoring::rule::Tie;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::{Deducted, Pitch};
use crate::domain::state::round::Round;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// A judge's scorecard as the host sees it: that it is there, not what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HostCard {
    pub version: u32,
    pub reopened: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HostPitch {
    pub phase: PhaseName,
    #[ts(type = "number")]
    pub since: u64,
    /// Judge → scorecard.
    pub cards: BTreeMap<String, HostCard>,
    /// Judge → reason.
    pub recused: BTreeMap<String, String>,
    /// Judge → reason.
    pub abstained: BTreeMap<String, String>,
    /// Judge → the reason why the scorecard was given back, or why a judge without one was let in.
    pub reopened: BTreeMap<String, String>,
    /// The chair has confirmed the scorecards as they are.
    pub confirmed: bool,
    /// What a reveal would show; only after the window closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub score: Option<String>,
    /// How long the pitch took, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub ran_ms: Option<u64>,
    /// Overtime that nobody has decided about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub overtime: Option<OvertimeInfo>,
    /// Why overtime was dismissed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub dismissed: Option<String>,
    pub deductions: Vec<DeductionInfo>,
    /// One of the first pitches, announced together; one of them is not over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub warm_up: bool,
    /// Something else counts than what was announced: it waits for the host's confirmation.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub corrected: bool,
}

/// Measured overtime and what the rule's table takes for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OvertimeInfo {
    #[ts(type = "number")]
    pub over_ms: u64,
    /// Absent where the rule has no table, or nothing is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub points: Option<String>,
}

/// Points taken off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeductionInfo {
    /// Its number: the journal's, of its fact.
    #[ts(type = "number")]
    pub deduction: u64,
    pub points: String,
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub over_ms: Option<u64>,
}

/// The host's console.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HostView {
    pub contest: ContestInfo,
    pub round: String,
    pub scene: crate::wire::command::SceneName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub join: Option<String>,
    pub projects: BTreeMap<String, ProjectInfo>,
    pub judges: BTreeMap<String, JudgeInfo>,
    /// Judges of this round's panel, in seat order.
    pub panel: Vec<String>,
    pub order: Vec<String>,
    pub pitches: BTreeMap<String, HostPitch>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stage: Option<StageInfo>,
    /// The first queued pitch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<String>,
    /// The rule's tie-breaks ask the chair.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub chair_decides: bool,
    /// Judge → the signature under the own scorecards still holds.
    pub signed: BTreeMap<String, bool>,
    /// What the hall sees.
    pub standings: Vec<StandingRow>,
    /// Closed and revealed pitches: what the hall would see if all were revealed.
    pub provisional: Vec<StandingRow>,
    pub presence: Presence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub timer: Option<TimerInfo>,
    /// These are no facts: a rehearsal is on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub rehearsal: bool,
    /// The parts of the programme that are no pitches.
    pub segments: Vec<SegmentInfo>,
    /// The programme in order: segments and pitches.
    pub items: Vec<String>,
    /// The segment that is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub segment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub draw: Option<DrawInfo>,
    /// The plates, as the hall sees them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plates: Option<super::plates::PlatesInfo>,
    /// 封榜.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub frozen: bool,
    /// A reveal that is on, as the hall sees it; and what comes next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub board: Option<BoardInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reveal: Option<RevealInfo>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<AwardLine>>")]
    pub awards: Vec<AwardLine>,
    /// Changes with every beginning and end of a rehearsal.
    #[serde(default)]
    pub run: u32,
    /// The next cue and those that follow it.
    pub cues: Vec<CueInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub preview: Option<PreviewInfo>,
    /// The scene that the way back leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub back: Option<crate::wire::command::SceneName>,
    /// What the end leaves open, while the key leads there, and after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<super::ending::MissingInfo>>")]
    pub missing: Vec<super::ending::MissingInfo>,
    /// What the host's side did, newest first.
    pub history: Vec<ActionInfo>,
    pub window: WindowInfo,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub vote: Option<super::vote::VoteBox>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub turned: Option<super::board::TurnedTo>,
    /// Tracks that a leaderboard can be of.
    pub tracks: Vec<super::board::TrackInfo>,
    /// Signed today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<super::stage::SigningInfo>>")]
    pub signings: Vec<super::stage::SigningInfo>,
    /// The newest word to the hall.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub message: Vec<String>,
}

/// `None` before the contest is created.
pub fn host(contest: &Contest, presence: &Presence, join: Option<&str>) -> Option<HostView> {
    let code = contest.code.as_ref()?;
    let show = &contest.show;
    let round = show.round_now()?;
    let revealed = Revealed::of(code, contest, progress(contest));
    let provisional = standing_rows(result::provisional(contest, round));
    let known = Known {
        scores: provisional.iter().map(|row| (row.pitch.as_str(), row.score.as_str())).collect(),
        corrected: corrections::open(contest).collect(),
    };
    let pitch = |pitch: &Pitch| (pitch.id.to_string(), host_pitch(contest, round, pitch, &known));
    let pitches = round.pitches.values().map(pitch).collect();
    let info = |id| Some((format!("{id}"), judge_info(contest, round, id)?));
    Some(HostView {
        contest: contest_info(code, show),
        round: round.id.to_string(),
        scene: show.stage.scene.into(),
        join: join.map(str::to_owned),
        projects: project_infos(show, round),
        judges: contest.judges.keys().copied().filter_map(info).collect(),
        panel: round.panel.iter().map(ToString::to_string).collect(),
        order: order(round),
        pitches,
        stage: stage(show, progress(contest)),
        next: round.next().map(|id| id.to_string()),
        signed: signed(contest, round),
        chair_decides: round.rule.chain(&round.criteria).contains(&Tie::Chair),
        standings: rows(round, &contest.published),
        provisional,
        presence: presence.clone(),
        timer: super::stage::timer(show),
        rehearsal: show.rehearsal,
        segments: super::stage::segments(show),
        items: super::stage::items(show, round),
        segment: show.stage.segment.map(|(id, _)| id.to_string()),
        draw: super::stage::draw(round),
        plates: super::plates::plates(&revealed, round),
        frozen: round.board_frozen,
        board: super::board::board(show, round, &contest.published),
        reveal: super::board::reveal(contest),
        awards: round.awards.iter().map(Into::into).collect(),
        run: contest.run,
        cues: cockpit::cues(contest),
        preview: cockpit::preview(contest),
        back: cockpit::back(contest),
        missing: super::ending::missing(contest),
        history: cockpit::history(contest),
        window: round.window.into(),
        vote: super::vote::staff(contest),
        turned: super::board::turned(&contest.show),
        tracks: super::board::tracks(&contest.show),
        signings: super::stage::signings(&contest.show),
        message: contest.show.stage.message.clone(),
    })
}

/// k of n of the current pitch.
pub fn progress(contest: &Contest) -> Option<Progress> {
    let pitch = contest.pitch(contest.show.stage.current?)?;
    let (k, n) = contest.progress(pitch);
    Some(Progress { k, n })
}

/// Judge → reason.
pub(super) fn reasons(map: &BTreeMap<JudgeId, String>) -> BTreeMap<String, String> {
    map.iter().map(|(judge, why)| (judge.to_string(), why.clone())).collect()
}

/// Who has signed, and whose signature a later change has voided.
fn signed(contest: &Contest, round: &Round) -> BTreeMap<String, bool> {
    let holds = |judge| signature::digest(contest, round, judge);
    let signatures = round.signatures.iter();
    signatures.map(|(judge, signed)| (judge.to_string(), signed.digest == holds(*judge))).collect()
}

/// Overtime that waits for somebody's word, with what the rule's table takes.
fn overtime(round: &Round, pitch: &Pitch) -> Option<OvertimeInfo> {
    let over_ms = pitch.overtime()?;
    let points = round.rule.overtime_points(over_ms).map(|points| points.to_string());
    Some(OvertimeInfo { over_ms, points })
}

pub(super) fn deduction(one: &Deducted) -> DeductionInfo {
    let Deducted { seq, points, reason, over_ms } = one;
    DeductionInfo { deduction: *seq, points: points.to_string(), reason: reason.clone(), over_ms: *over_ms }
}

/// What is looked up for each pitch and computed once.
struct Known<'a> {
    /// Pitch → what a reveal would show.
    scores: BTreeMap<&'a str, &'a str>,
    corrected: BTreeSet<PitchId>,
}

fn host_pitch(contest: &Contest, round: &Round, pitch: &Pitch, known: &Known) -> HostPitch {
    let id = pitch.id.to_string();
    let card = |version, reopened| HostCard { version, reopened };
    HostPitch {
        phase: pitch.phase.into(),
        since: pitch.since.0,
        cards: contest
            .sealed
            .of(pitch.id)
            .map(|(judge, state)| {
                (judge.to_string(), card(state.version, pitch.reopened.contains_key(&judge)))
            })
            .collect(),
        recused: reasons(&pitch.recused),
        abstained: reasons(&pitch.abstained),
        reopened: reasons(&pitch.reopened),
        confirmed: pitch.confirmed,
        score: known.scores.get(id.as_str()).map(|score| (*score).to_owned()),
        ran_ms: pitch.ran.map(|ran| ran.spent_ms),
        overtime: overtime(round, pitch),
        dismissed: pitch.dismissed.clone(),
        deductions: pitch.deductions.iter().map(deduction).collect(),
        warm_up: round.warms_up(pitch.id.project),
        corrected: known.corrected.contains(&pitch.id),
    }
}
