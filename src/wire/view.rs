//! What each audience sees. The only redaction point: public views are made from `Show`, `Published` and the judges'
//! names (`domain/state`), types that hold nothing unrevealed, so that a sealed mark cannot get here by mistake.

pub mod board;
pub mod chair;
pub mod cockpit;
pub mod ending;
pub mod host;
pub mod judge;
pub mod mc;
pub mod plates;
pub mod public;
pub mod stage;
pub mod vote;

use crate::wire::client::DeviceInfo;
use board::BoardInfo;
use chair::ChairView;
use plates::PlatesInfo;
use serde::{Deserialize, Serialize};
use stage::{DrawInfo, SegmentInfo, TimerInfo};
use std::collections::BTreeMap;
use ts_rs::TS;
use vote::VoteInfo;

/// A pitch's life as pages know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PhaseName {
    Queued,
    Pitching,
    Qa,
    Scoring,
    Closed,
    Revealed,
    Absent,
    Withdrawn,
}

/// What the contest is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ContestInfo {
    pub code: String,
    pub title: String,
    pub subtitle: String,
    pub venue: String,
    /// IANA zone of all times shown.
    pub zone: String,
    /// Public standings follow every mark.
    pub live: bool,
    pub finished: bool,
    #[ts(type = "\"tech\" | \"gold\" | \"light\"")]
    #[serde(default)]
    pub theme: crate::domain::terms::look::Theme,
    /// `#rrggbb`, in place of the theme's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub accent: Option<String>,
    /// Where the logo is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub logo: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProjectInfo {
    pub number: u16,
    pub name: String,
    pub short: String,
    /// The track's name; empty without one.
    pub track: String,
    pub unit: String,
    pub presenter: String,
}

/// The pitch on stage, or the last one that was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StageInfo {
    /// `R1-P3`
    pub pitch: String,
    pub phase: PhaseName,
    /// When the phase began, UTC milliseconds.
    #[ts(type = "number")]
    pub since: u64,
    /// Planned seconds of the phase; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub planned_secs: Option<u32>,
    /// Scorecards in; absent before the window opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub progress: Option<Progress>,
    /// Scorecards are taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub open: bool,
    /// When the window closes by itself, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub closes_at: Option<u64>,
    /// Its score comes next: the plates are up, face down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub announcing: bool,
}

/// k of n judges. Recused judges are not among the n.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    pub k: u32,
    pub n: u32,
}

/// A row of standings. Equal places are shared places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandingRow {
    pub pitch: String,
    /// Absent where the project is not ranked (fewer scorecards than the rule asks for).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<u32>,
    /// Its place before the newest change of the hall's standings; absent where it had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub was: Option<u32>,
    /// Decimal string, `"84.13"`.
    pub score: String,
    /// Scorecards that counted.
    pub k: u32,
}

/// Phones: what the host has revealed, and what is on stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublicView {
    pub contest: ContestInfo,
    /// Pitch → project.
    pub projects: BTreeMap<String, ProjectInfo>,
    /// Pitches in running order.
    pub order: Vec<String>,
    pub phases: BTreeMap<String, PhaseName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stage: Option<StageInfo>,
    /// Revealed pitches only, best first.
    pub standings: Vec<StandingRow>,
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
    /// The plates of the pitch that is announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plates: Option<PlatesInfo>,
    /// 封榜: the standings stand still until they are told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub frozen: bool,
    /// A reveal that is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub board: Option<BoardInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub vote: Option<VoteInfo>,
    /// Which leaderboard it is, where it is not all of it at the newest score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub turned: Option<board::TurnedTo>,
    /// Signed today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<stage::SigningInfo>>")]
    pub signings: Vec<stage::SigningInfo>,
    /// A word to the hall, one or two lines; empty while it is not on the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub message: Vec<String>,
}

/// The big screen: the public's view and which scene is on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ScreenView {
    pub scene: crate::wire::command::SceneName,
    /// Address for phones; absent while only loopback is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub join: Option<String>,
    pub show: PublicView,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CriterionInfo {
    pub id: String,
    pub name: String,
    /// What the marks mean.
    pub scale: String,
    /// Highest mark, decimal string.
    pub max: String,
    /// Grid of the marks, decimal string; absent where any two-decimal mark fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<String>,
    pub weight: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JudgeInfo {
    pub number: u16,
    pub name: String,
    pub unit: String,
    pub chair: bool,
}

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
    pub contest: ContestInfo,
    /// This judge's id, `J3`.
    pub judge: String,
    pub me: JudgeInfo,
    pub criteria: Vec<CriterionInfo>,
    pub projects: BTreeMap<String, ProjectInfo>,
    pub order: Vec<String>,
    pub phases: BTreeMap<String, PhaseName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stage: Option<StageInfo>,
    /// Pitch → own scorecard.
    pub cards: BTreeMap<String, MyCard>,
    /// Pitch → reason of the own recusal.
    pub recused: BTreeMap<String, String>,
    /// Pitch → the host's reason for giving the scorecard back; it can be submitted until it is.
    pub reopened: BTreeMap<String, String>,
    /// Pitch → reason of the own abstention.
    pub abstained: BTreeMap<String, String>,
    /// Pitches whose scorecard can be handed in now, given back ones apart.
    pub open: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub timer: Option<TimerInfo>,
    /// These are no facts: a rehearsal is on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub rehearsal: bool,
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

/// The host's word to a judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nudge {
    pub what: crate::wire::client::NudgeName,
    #[ts(type = "number")]
    pub at: u64,
}

/// Who is connected. Not facts: it lives and dies with the sockets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Presence {
    /// Judge → seat.
    pub judges: BTreeMap<String, SeatPresence>,
    pub screens: u32,
    pub phones: u32,
    pub hosts: u32,
    /// A person (not a robot) has acted as host since the server started.
    pub person_hosts: bool,
    /// Displays that have a name or are connected, by id.
    #[serde(default)]
    pub displays: BTreeMap<String, crate::wire::display::DisplayInfo>,
    /// The address that cards and tablets have is no longer this machine's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub address_moved: bool,
    /// Every console that is open.
    #[serde(default)]
    pub consoles: Vec<ConsolePresence>,
    /// MC pages that are open, and whether the MC is ready for the next cue.
    #[serde(default)]
    pub mcs: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub mc_ready: bool,
}

/// One open console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConsolePresence {
    /// The socket's number; the console knows its own from its hello.
    pub hand: u32,
    pub device: String,
    pub robot: bool,
    /// It has the wheel: the others' commands are refused until they take it over.
    pub drives: bool,
    /// When it last gave a command, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub acted: Option<u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeatPresence {
    pub sockets: u32,
    pub robot: bool,
    /// What the device last said of itself, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub device: Option<DeviceInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub seen: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub nudge: Option<Nudge>,
}
