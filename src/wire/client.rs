//! What a page says: hello, ping, commands, drafts. Decoding is strict: unknown kinds and fields are refused.

use crate::domain::kernel::ids::{CommandId, JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::terms::rubric::CriterionId;
use crate::wire::attempt::{first, is_first};
use crate::wire::command::ClientCommand;
use crate::wire::display::Viewport;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A frame sent by a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ClientFrame {
    /// First frame of every socket. `since` asks for what came after frame `n` of feed `feed`.
    Hello {
        protocol: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        since: Option<Since>,
        /// A rehearsal or demo client, not a person.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        robot: bool,
    },
    /// Heartbeat; the answer carries `t` back and the server's clock.
    Ping {
        #[ts(type = "number")]
        t: u64,
    },
    /// A command under an id that the device made; sending it again is harmless. `run` is the contest's run that the
    /// device saw when the command was made: what was meant for a rehearsal counts in no other run.
    Submit {
        #[ts(type = "string")]
        id: CommandId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        run: Option<u32>,
        command: ClientCommand,
    },
    /// A judge's unfinished marks, kept so that a dead tablet can be replaced. Never a fact. Answered by `draft-kept`, or
    /// by the `draft` that stands there when another device has kept a newer one than `rev`.
    Draft {
        #[ts(type = "string")]
        pitch: PitchId,
        #[ts(type = "Record<string, string>")]
        marks: BTreeMap<CriterionId, Points>,
        #[serde(default)]
        comment: String,
        /// For the judge alone.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        note: String,
        /// The version of the scorecard that the marks change; 0 before the first.
        #[serde(default, skip_serializing_if = "is_zero")]
        #[ts(optional, as = "Option<u32>")]
        base: u32,
        /// The number of the kept draft that this one follows; 0 for none.
        #[serde(default, skip_serializing_if = "is_zero")]
        #[ts(optional, as = "Option<u32>")]
        rev: u32,
        /// Which run of the pitch they are of; absent for the first.
        #[serde(default = "first", skip_serializing_if = "is_first")]
        #[ts(optional, as = "Option<u16>")]
        attempt: u16,
        /// The contest's run that the marks belong to.
        #[serde(default, skip_serializing_if = "is_zero")]
        #[ts(optional, as = "Option<u32>")]
        run: u32,
        /// Which tablet this is, so that it knows its own drafts again.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(optional, as = "Option<String>")]
        tablet: String,
    },
    /// How a judge's device is doing; with every ping and whenever something changes.
    Device { device: DeviceInfo },
    /// The host's word to one judge. Not a fact.
    Nudge {
        #[ts(type = "string")]
        judge: JudgeId,
        what: NudgeName,
    },
    /// A host takes the wheel over: only one drives.
    TakeWheel,
    /// The MC is ready, or is not any more.
    Ready { ready: bool },
    /// A display's window, for the console; once after the hello and when it changes.
    Viewport { viewport: Viewport },
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What a tablet knows of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeviceInfo {
    /// Scorecards, drafts and declarations that the server does not have yet.
    pub unsent: u32,
    /// Round trip of the last ping, milliseconds.
    pub rtt_ms: u32,
    /// Server's clock minus the device's, milliseconds.
    #[ts(type = "number")]
    pub offset_ms: i64,
    /// Percent; absent where the browser does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub battery: Option<u8>,
    /// On its cable; absent also where the browser does not tell.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub charging: bool,
    /// What keeps the screen on.
    pub awake: Awake,
    /// Which build of the page is running.
    pub page: String,
    /// The judge asks for somebody to come.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub help: bool,
    /// Of tablets of before: what came too late is reported by a command.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub late: Vec<PitchId>,
    /// Pitches whose scorecard the judge asks to have back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub asks: Vec<PitchId>,
}

/// What keeps a tablet's screen on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Awake {
    /// Nothing: the device's own time-out rules.
    #[default]
    Nothing,
    WakeLock,
    /// A silent film, where the browser has no wake lock (plain http).
    Film,
}

/// What the host says to a judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum NudgeName {
    /// Please submit.
    Submit,
    /// Somebody is coming.
    Coming,
}

/// Where a client left off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Since {
    pub feed: String,
    pub n: u32,
}
