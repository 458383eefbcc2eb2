//! The pre-flight: what a device finds out about itself on `/check`, and what the server knows that no console sees.

use crate::domain::kernel::ids::CommandId;
use crate::domain::preflight::{Finding, Level};
use crate::wire::rest::CardLine;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Longest label of a report, in characters.
pub const LABEL_CHARS_MAX: usize = 40;
/// Longest code of a reason, in bytes.
pub const REASON_BYTES_MAX: usize = 40;

/// `info` is worth knowing, neither good nor bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LevelName {
    Info,
    Green,
    Amber,
    Red,
}

impl From<Level> for LevelName {
    fn from(level: Level) -> Self {
        match level {
            Level::Info => LevelName::Info,
            Level::Green => LevelName::Green,
            Level::Amber => LevelName::Amber,
            Level::Red => LevelName::Red,
        }
    }
}

/// What `/check` tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CheckName {
    /// The server answers over HTTP, and it is this server.
    Server,
    /// A WebSocket opens and answers.
    Socket,
    /// How far the device's clock is off.
    Clock,
    /// What is kept in the browser comes back.
    Keep,
    /// Size and orientation.
    Screen,
    Touch,
    /// What the pages need of the browser.
    Browser,
    /// What can keep the screen on.
    Awake,
    Battery,
    /// https or plain http.
    Secure,
}

/// How one try came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckResult {
    pub test: CheckName,
    pub level: LevelName,
    /// A stable code in lower case, the page's key.
    pub reason: String,
}

/// `POST /api/contests/{code}/checks`: a device tells how it is. Kept in memory, never a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CheckBody {
    /// The browser's own mark: a newer report of the same takes the older one's place.
    #[ts(type = "string")]
    pub device: CommandId,
    /// What the tester calls it, up to 40 characters.
    #[serde(default)]
    pub label: String,
    /// Each test once.
    pub results: Vec<CheckResult>,
    #[serde(default)]
    pub measured: Measures,
}

/// Figures of a check, where there are any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// Median and worst of the pings, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rtt_ms: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub worst_ms: Option<u32>,
    /// Pings without an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lost: Option<u8>,
    /// Server's clock minus the device's, milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub offset_ms: Option<i64>,
    /// Of the window, in CSS pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub width: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub height: Option<u16>,
    /// Percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub battery: Option<u8>,
}

/// A report as the console gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckLine {
    pub label: String,
    /// What the browser says it is.
    pub agent: String,
    /// Where it came from.
    pub address: String,
    #[ts(type = "number")]
    pub at: u64,
    /// The worst of its results.
    pub level: LevelName,
    pub results: Vec<CheckResult>,
    pub measured: Measures,
}

/// Something found in the set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FindingLine {
    pub code: String,
    pub level: LevelName,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    pub params: BTreeMap<String, String>,
}

impl From<Finding> for FindingLine {
    fn from(finding: Finding) -> Self {
        let params = finding.params.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        FindingLine { code: finding.code.to_owned(), level: finding.level.into(), params }
    }
}

/// The disk under the journals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiskState {
    /// Room for this program; absent where the system does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub free_bytes: Option<u64>,
    /// How long a record takes to reach the device, microseconds: the slowest of a few, measured within the last half
    /// minute. Absent where the disk did not answer in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub sync_us: Option<u64>,
}

/// Where the server is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddressState {
    /// In QR codes; absent while only loopback is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub shown: Option<String>,
    /// What cards and open tablets have, where that is no address of this machine any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub was: Option<String>,
    /// This machine's own.
    pub here: Vec<String>,
    /// Set with `--public-url`.
    pub fixed: bool,
    pub moved: bool,
}

/// `GET /api/contests/{code}/preflight`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Preflight {
    /// The server's clock, and whether something of the contest happened later than that.
    #[ts(type = "number")]
    pub now: u64,
    pub clock_behind: bool,
    pub disk: DiskState,
    pub address: AddressState,
    /// The host's card and those of all judges.
    pub cards: Vec<CardLine>,
    /// Names of the scripts that this server's pages load: a device that runs another has an old page.
    pub builds: Vec<String>,
    /// Worst first.
    pub findings: Vec<FindingLine>,
    /// Newest first.
    pub checks: Vec<CheckLine>,
}
