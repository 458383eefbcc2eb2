//! What a page says: hello, ping, commands, drafts. Decoding is strict: unknown kinds and fields are refused.

use crate::domain::command::Command;
use crate::domain::ids::{CommandId, JudgeId, PitchId, ProjectId, RoundId};
use crate::domain::points::Points;
use crate::domain::programme::Scene;
use crate::domain::rubric::CriterionId;
use crate::domain::signature::Strokes;
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
    /// A command under an id that the device made; sending it again is harmless.
    Submit {
        #[ts(type = "string")]
        id: CommandId,
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
    /// Pitches whose scorecard came after the window had closed; given back, it comes again by itself.
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

/// The commands a socket may carry. Set-up goes over HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ClientCommand {
    // the host's
    StartPitch {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    StartQa {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    OpenWindow {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    CloseWindow {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    RevealPitch {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    MarkAbsent {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    WithdrawPitch {
        #[ts(type = "string")]
        pitch: PitchId,
        reason: String,
    },
    BringBack {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    SetRunningOrder {
        #[ts(type = "string")]
        round: RoundId,
        #[ts(type = "Array<string>")]
        order: Vec<ProjectId>,
    },
    ShowScene {
        #[ts(as = "SceneName")]
        scene: Scene,
    },
    ReopenScorecard {
        #[ts(type = "string")]
        pitch: PitchId,
        #[ts(type = "string")]
        judge: JudgeId,
        reason: String,
    },
    /// Gives every scorecard of a closed pitch back.
    ReopenWindow {
        #[ts(type = "string")]
        pitch: PitchId,
        reason: String,
    },
    /// What was given back and not submitted again counts as it was.
    WithdrawReopening {
        #[ts(type = "string")]
        pitch: PitchId,
        #[ts(type = "string")]
        judge: JudgeId,
    },
    /// The chair has looked at the scorecards of a closed pitch.
    ConfirmPitch {
        #[ts(type = "string")]
        pitch: PitchId,
    },
    /// The chair's decision about projects that share a place, best first; the chair's own, or recorded by the host.
    DecideTie {
        #[ts(type = "string")]
        round: RoundId,
        #[ts(type = "Array<string>")]
        order: Vec<ProjectId>,
        reason: String,
    },
    FinishContest,
    // a judge's; the host may declare a recusal for one
    SubmitScorecard {
        #[ts(type = "string")]
        pitch: PitchId,
        /// The version of the judge's scorecard that this one builds on; 0 for the first.
        base: u32,
        /// Criterion → mark as a decimal string, `"27.5"`.
        #[ts(type = "Record<string, string>")]
        marks: BTreeMap<CriterionId, Points>,
        #[serde(default)]
        comment: String,
    },
    DeclareRecusal {
        #[ts(type = "string")]
        pitch: PitchId,
        #[ts(type = "string")]
        judge: JudgeId,
        reason: String,
    },
    WithdrawRecusal {
        #[ts(type = "string")]
        pitch: PitchId,
        #[ts(type = "string")]
        judge: JudgeId,
    },
    DeclareAbstention {
        #[ts(type = "string")]
        pitch: PitchId,
        #[ts(type = "string")]
        judge: JudgeId,
        reason: String,
    },
    WithdrawAbstention {
        #[ts(type = "string")]
        pitch: PitchId,
        #[ts(type = "string")]
        judge: JudgeId,
    },
    /// A judge signs all own scorecards of a round that is over.
    SignScorecards {
        #[ts(type = "string")]
        round: RoundId,
        /// Of the summary that the judge was shown.
        digest: String,
        /// Lines of points (x, y) from 0 to 1000.
        #[ts(type = "Array<Array<[number, number]>>")]
        strokes: Strokes,
    },
}

/// The wire's names of the scenes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SceneName {
    Cover,
    Pitch,
    Leaderboard,
    Podium,
    Black,
}

impl From<Scene> for SceneName {
    fn from(scene: Scene) -> Self {
        match scene {
            Scene::Cover => SceneName::Cover,
            Scene::Pitch => SceneName::Pitch,
            Scene::Leaderboard => SceneName::Leaderboard,
            Scene::Podium => SceneName::Podium,
            Scene::Black => SceneName::Black,
        }
    }
}

impl From<SceneName> for Scene {
    fn from(scene: SceneName) -> Self {
        match scene {
            SceneName::Cover => Scene::Cover,
            SceneName::Pitch => Scene::Pitch,
            SceneName::Leaderboard => Scene::Leaderboard,
            SceneName::Podium => Scene::Podium,
            SceneName::Black => Scene::Black,
        }
    }
}

impl From<ClientCommand> for Command {
    fn from(command: ClientCommand) -> Self {
        use ClientCommand as C;
        match command {
            C::StartPitch { pitch } => Command::StartPitch { pitch },
            C::StartQa { pitch } => Command::StartQa { pitch },
            C::OpenWindow { pitch } => Command::OpenWindow { pitch },
            C::CloseWindow { pitch } => Command::CloseWindow { pitch },
            C::RevealPitch { pitch } => Command::RevealPitch { pitch },
            C::MarkAbsent { pitch } => Command::MarkAbsent { pitch },
            C::WithdrawPitch { pitch, reason } => Command::WithdrawPitch { pitch, reason },
            C::BringBack { pitch } => Command::BringBack { pitch },
            C::SetRunningOrder { round, order } => Command::SetRunningOrder { round, order },
            C::ShowScene { scene } => Command::ShowScene { scene },
            C::ReopenScorecard { pitch, judge, reason } => Command::ReopenScorecard { pitch, judge, reason },
            C::DecideTie { round, order, reason } => Command::DecideTie { round, order, reason },
            C::FinishContest => Command::FinishContest,
            C::SubmitScorecard { pitch, base, marks, comment } => {
                Command::SubmitScorecard { pitch, base, marks, comment }
            }
            C::DeclareRecusal { pitch, judge, reason } => Command::DeclareRecusal { pitch, judge, reason },
            C::WithdrawRecusal { pitch, judge } => Command::WithdrawRecusal { pitch, judge },
            C::DeclareAbstention { pitch, judge, reason } => {
                Command::DeclareAbstention { pitch, judge, reason }
            }
            C::WithdrawAbstention { pitch, judge } => Command::WithdrawAbstention { pitch, judge },
            C::ReopenWindow { pitch, reason } => Command::ReopenWindow { pitch, reason },
            C::WithdrawReopening { pitch, judge } => Command::WithdrawReopening { pitch, judge },
            C::ConfirmPitch { pitch } => Command::ConfirmPitch { pitch },
            C::SignScorecards { round, digest, strokes } => {
                Command::SignScorecards { round, digest, strokes }
            }
        }
    }
}
