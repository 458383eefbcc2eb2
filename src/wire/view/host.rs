//! The host's console: the whole evening, who is missing, what the hall sees and what it would see.

use super::cockpit::{self, ActionInfo, CueInfo, WindowInfo};
use super::life::{self, OutcomeInfo};
use super::open::OpenInfo;
use super::parts::{JudgeInfo, Part, StandingRow, judge_info, judges_of};
use super::picture::Picture;
use super::presence::Presence;
use super::preview::PreviewInfo;
use super::public::PublicView;
use super::reveal::{self, AwardLine, RevealProgress, TrackInfo};
use super::vote::{self, BallotCount};
use crate::domain::query::open;
use crate::domain::query::out;
use crate::domain::scoring::field::Ranking;
use crate::domain::scoring::rule::Tie;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::{Deducted, Pitch};
use crate::domain::state::round::Round;
use crate::domain::state::run::PastRun;
use crate::domain::terms::programme::Phase;
use crate::wire::notes::Note;
use crate::wire::phase::PhaseName;
use crate::wire::scene::SceneName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A pitch as the host sees it: which scorecards are there, not what they say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HostPitch {
    /// Judge → the version of the scorecard.
    pub cards: BTreeMap<String, u32>,
    pub recused: Vec<String>,
    pub abstained: Vec<String>,
    /// Judges whose scorecard was given back, or who were let in without one.
    pub reopened: Vec<String>,
    /// Judges whose scorecard came after the window had closed, and of whom nobody has said whether it counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub late: Vec<String>,
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
    /// Runs before this one, oldest first; they count for nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<RunInfo>>")]
    pub runs: Vec<RunInfo>,
    /// It was taken out as it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub out: Option<OutInfo>,
    /// What has become of it, where the hall was not told: it is out, or stands again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub untold: Option<PhaseName>,
}

/// Disqualified, or withdrawn once its score was announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutInfo {
    pub phase: PhaseName,
    pub reason: String,
}

/// A run of a pitch that counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunInfo {
    pub attempt: u16,
    /// The hall was told its score.
    pub announced: bool,
    /// Judges whose scorecard of it is kept.
    pub judges: Vec<String>,
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
    #[ts(as = "PublicView")]
    pub hall: Part<PublicView>,
    pub round: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub join: Option<String>,
    pub judges: BTreeMap<String, JudgeInfo>,
    /// Judges of this round's panel, in seat order.
    pub panel: Vec<String>,
    pub pitches: BTreeMap<String, HostPitch>,
    /// The rule's tie-breaks ask the chair.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub chair_decides: bool,
    /// Judge → the signature under the own scorecards still holds.
    pub signed: BTreeMap<String, bool>,
    /// Closed and revealed pitches: what the hall would see if all were revealed.
    #[ts(as = "Vec<StandingRow>")]
    pub provisional: Part<Vec<StandingRow>>,
    /// What is to be known about these.
    #[ts(as = "Vec<Note>")]
    pub notes: Part<Vec<Note>>,
    pub presence: Presence,
    /// How far a reveal is, and what comes next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reveal_progress: Option<RevealProgress>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<AwardLine>>")]
    pub awards: Vec<AwardLine>,
    /// Changes with every beginning and end of a rehearsal.
    #[serde(default)]
    pub run: u32,
    /// The next cue and those that follow it.
    #[ts(as = "Vec<CueInfo>")]
    pub cues: Part<Vec<CueInfo>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub preview: Option<PreviewInfo>,
    /// The scene that the way back leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub back: Option<SceneName>,
    /// Open matters that are due; everything that the end leaves open, while the key leads there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<OpenInfo>>")]
    pub open: Vec<OpenInfo>,
    /// How far the result is, once the round is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<OutcomeInfo>")]
    pub outcome: Option<Part<OutcomeInfo>>,
    /// What the host's side did, newest first.
    pub history: Vec<ActionInfo>,
    pub window: WindowInfo,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ballots: Option<BallotCount>,
    /// Which lists there are; absent where there is one, of all.
    #[serde(default, skip_serializing_if = "Ranking::is_usual")]
    #[ts(optional, as = "Option<crate::wire::rest::RankingName>")]
    pub ranking: Ranking,
    /// Tracks that a leaderboard can be of.
    pub tracks: Vec<TrackInfo>,
    /// The newest message to the hall, whether it is on the screen or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub message: Vec<String>,
}

/// `None` before the contest is created.
pub fn host(
    contest: &Contest,
    picture: &Picture,
    presence: &Presence,
    join: Option<&str>,
) -> Option<HostView> {
    let show = &contest.show;
    let round = show.round_now()?;
    // What a reveal would show of each pitch.
    let scores = picture.provisional.iter().map(|row| (row.pitch.as_str(), row.score.as_str())).collect();
    let pitch = |pitch: &Pitch| (pitch.id.to_string(), host_pitch(contest, round, pitch, &scores));
    let info = |id| Some((format!("{id}"), judge_info(contest, round, id)?));
    Some(HostView {
        hall: picture.hall.clone(),
        round: round.id.to_string(),
        join: join.map(str::to_owned),
        judges: contest.judges.keys().copied().filter_map(info).collect(),
        panel: round.panel.iter().map(ToString::to_string).collect(),
        pitches: round.pitches.values().map(pitch).collect(),
        signed: life::signed(round, &picture.digests),
        chair_decides: round.rule.chain(&round.criteria).contains(&Tie::Chair),
        provisional: picture.provisional.clone(),
        notes: picture.notes.clone(),
        presence: presence.clone(),
        reveal_progress: picture.reveal.clone(),
        awards: round.awards.iter().map(Into::into).collect(),
        run: contest.run,
        cues: picture.cues.clone(),
        preview: picture.preview.clone(),
        back: cockpit::back(contest),
        open: picture.open.clone(),
        outcome: picture.outcome.clone(),
        history: cockpit::history(contest),
        window: round.window.into(),
        ballots: vote::ballots(contest),
        ranking: round.rule.ranking,
        tracks: reveal::tracks(show),
        message: show.stage.message.clone(),
    })
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

fn run_info(run: &PastRun) -> RunInfo {
    RunInfo {
        attempt: run.pitch.attempt,
        announced: run.pitch.phase == Phase::Revealed,
        judges: run.cards.iter().map(|(judge, _)| judge.to_string()).collect(),
    }
}

fn host_pitch(contest: &Contest, round: &Round, pitch: &Pitch, scores: &BTreeMap<&str, &str>) -> HostPitch {
    let id = pitch.id.to_string();
    let cards = contest.sealed.of(pitch.id).map(|(judge, card)| (judge.to_string(), card.version));
    HostPitch {
        cards: cards.collect(),
        recused: judges_of(&pitch.recused),
        abstained: judges_of(&pitch.abstained),
        reopened: judges_of(&pitch.reopened),
        late: open::late_to_answer(contest, round, pitch).map(|judge| judge.to_string()).collect(),
        confirmed: pitch.confirmed,
        score: scores.get(id.as_str()).map(|score| (*score).to_owned()),
        ran_ms: pitch.ran.map(|ran| ran.spent_ms),
        overtime: overtime(round, pitch),
        dismissed: pitch.dismissed.clone(),
        deductions: pitch.deductions.iter().map(deduction).collect(),
        warm_up: round.warms_up(pitch.id.project),
        runs: contest.sealed.runs(pitch.id).iter().map(|run| run_info(run)).collect(),
        out: out_info(pitch),
        untold: (out::phase(pitch, &contest.published) != pitch.phase).then(|| pitch.phase.into()),
    }
}

pub(super) fn out_info(pitch: &Pitch) -> Option<OutInfo> {
    pitch.out.as_ref().map(|out| OutInfo { phase: pitch.phase.into(), reason: out.reason.clone() })
}
