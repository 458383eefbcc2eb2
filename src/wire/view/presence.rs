//! Who is connected, as the console sees it.

use crate::wire::client::{DeviceInfo, NudgeName};
use crate::wire::display::DisplayInfo;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The host's word to a judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nudge {
    pub what: NudgeName,
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
    pub displays: BTreeMap<String, DisplayInfo>,
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
    pub console: u32,
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
