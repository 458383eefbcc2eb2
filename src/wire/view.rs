//! What each audience sees. The only redaction point: public views are made from `Show` and `Published` (`domain/contest`),
//! types that hold nothing unrevealed, so that a sealed mark cannot get here by mistake.

pub mod host;
pub mod judge;
pub mod public;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

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
}

/// The big screen: the public's view and which scene is on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ScreenView {
    pub scene: crate::wire::client::SceneName,
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
    /// The chair's alone, once every pitch is over: the standings to confirm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub chair: Option<ChairView>,
}

/// What the chair confirms at the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChairView {
    pub round: String,
    /// As all would be revealed.
    pub provisional: Vec<StandingRow>,
    /// The rule's tie-breaks ask the chair.
    pub decides: bool,
}

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
    /// What a reveal would show; only after the window closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub score: Option<String>,
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
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeatPresence {
    pub sockets: u32,
    pub robot: bool,
}

/// The host's console.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HostView {
    pub contest: ContestInfo,
    pub round: String,
    pub scene: crate::wire::client::SceneName,
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
    /// What the hall sees.
    pub standings: Vec<StandingRow>,
    /// Closed and revealed pitches: what the hall would see if all were revealed.
    pub provisional: Vec<StandingRow>,
    pub presence: Presence,
}
