//! What a page may ask of a contest over its socket: the wire's twin of the domain's commands. Set-up goes over HTTP.

mod twins;

use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, SegmentId, TrackId};
use crate::domain::kernel::points::Points;
use crate::domain::terms::life::{Day, Life};
use crate::domain::terms::matter::Matter;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::Scene;
use crate::domain::terms::proposal::Correction;
use crate::domain::terms::reveal::{Award, Mode};
use crate::domain::terms::rubric::CriterionId;
use crate::domain::terms::signature::Strokes;
use crate::wire::attempt::{first, is_first};
use crate::wire::life::{LifeName, ProposedCorrection};
use crate::wire::matter::MatterInfo;
pub use crate::wire::scene::SceneName;
use crate::wire::view::plates::PlateStepName;
use crate::wire::view::reveal::{AwardLine, ModeName};
use serde::{Deserialize, Serialize};

/// The commands a socket may carry. Set-up goes over HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ClientCommand {
    StartPitch {
        pitch: PitchId,
    },
    StartQa {
        pitch: PitchId,
    },
    OpenWindow {
        pitch: PitchId,
    },
    CloseWindow {
        pitch: PitchId,
    },
    RevealPitch {
        pitch: PitchId,
    },
    MarkAbsent {
        pitch: PitchId,
    },
    WithdrawPitch {
        pitch: PitchId,
        reason: String,
    },
    BringBack {
        pitch: PitchId,
    },
    Disqualify {
        pitch: PitchId,
        reason: String,
    },
    /// It stands as it stood before it was taken out.
    Reinstate {
        pitch: PitchId,
        reason: String,
    },
    RunAgain {
        pitch: PitchId,
        reason: String,
    },
    TakeOver {
        pitch: PitchId,
        judge: JudgeId,
        attempt: u16,
        reason: String,
    },
    SetRunningOrder {
        round: RoundId,
        order: Vec<ProjectId>,
    },
    ShowScene {
        #[ts(as = "SceneName")]
        scene: Scene,
    },
    ReopenScorecard {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    /// Gives every scorecard of a closed pitch back.
    ReopenWindow {
        pitch: PitchId,
        reason: String,
    },
    /// What was given back and not submitted again counts as it was.
    WithdrawReopening {
        pitch: PitchId,
        judge: JudgeId,
    },
    /// The chair has looked at the scorecards of a closed pitch.
    ConfirmPitch {
        pitch: PitchId,
    },
    /// The chair's decision about projects that share a place, best first; the chair's own, or recorded by the host.
    DecideTie {
        round: RoundId,
        order: Vec<ProjectId>,
        reason: String,
    },
    /// The scene before this one; nothing is taken back.
    ShowBefore,
    StartSegment {
        segment: SegmentId,
    },
    DrawCurtain {
        #[ts(type = "string")]
        segment: SegmentId,
    },
    #[rustfmt::skip]
    StepPodium { to: u16 },
    SkipSegment {
        segment: SegmentId,
    },
    /// Takes the newest action back; `action` is its number in the history.
    Undo {
        #[ts(type = "number")]
        action: u64,
    },
    BeginRehearsal {
        /// Although something has happened that counts.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        despite: bool,
    },
    /// Wipes everything since the rehearsal began.
    EndRehearsal,
    BeginTimer {
        label: String,
        secs: u32,
    },
    RunTimer,
    PauseTimer,
    AdjustTimer {
        secs: i32,
    },
    SetTimer {
        left_secs: u32,
    },
    RestartTimer,
    DropTimer,
    /// Takes scorecards while the team is still on the stage.
    OpenEarly {
        pitch: PitchId,
    },
    /// The window closes by itself so many seconds from now; without seconds by hand again.
    SetCountdown {
        pitch: PitchId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        secs: Option<u32>,
    },
    /// The pitch's plates, face down: its score comes next.
    BeginAnnouncement {
        pitch: PitchId,
    },
    /// Awards of the round; the reveal can go by them.
    SetAwards {
        round: RoundId,
        #[ts(as = "Vec<AwardLine>")]
        awards: Vec<Award>,
    },
    /// 封榜: the public standings stand still.
    FreezeBoard {
        round: RoundId,
    },
    /// What was decided about ties that the hall knows.
    TellDecisions {
        round: RoundId,
    },
    ThawBoard {
        round: RoundId,
    },
    BeginReveal {
        round: RoundId,
        #[ts(as = "ModeName")]
        mode: Mode,
    },
    /// So many steps of the reveal are shown: one more, or fewer.
    StepReveal {
        round: RoundId,
        to: u16,
    },
    EndReveal {
        round: RoundId,
    },
    /// The official standings, after the last step.
    PublishBoard {
        round: RoundId,
    },
    /// The plates one step on, or any step back.
    ShowPlates {
        pitch: PitchId,
        #[ts(as = "PlateStepName")]
        step: PlateStep,
    },
    /// Takes off what the rule's table says for the measured overtime.
    ConfirmOvertime {
        pitch: PitchId,
    },
    DismissOvertime {
        pitch: PitchId,
        reason: String,
    },
    Deduct {
        pitch: PitchId,
        /// Points of the final score, as a decimal string.
        #[ts(type = "string")]
        points: Points,
        reason: String,
    },
    RemoveDeduction {
        pitch: PitchId,
        /// The deduction's number.
        #[ts(type = "number")]
        deduction: u64,
        reason: String,
    },
    /// `secret`: 64 hex digits that the host's device made; the hall sees their SHA-256.
    CommitDraw {
        round: RoundId,
        secret: String,
    },
    CallNumber {
        round: RoundId,
        number: String,
    },
    RevealDraw {
        round: RoundId,
    },
    /// `despite`: whatever is missing.
    FinishContest {
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        despite: bool,
    },
    /// An open matter stays as it is: final standings no longer wait for it.
    LeaveOpen {
        #[ts(as = "MatterInfo")]
        matter: Matter,
        reason: String,
    },
    SubmitScorecard {
        pitch: PitchId,
        /// Which run of the pitch it is of; absent for the first.
        #[serde(default = "first", skip_serializing_if = "is_first")]
        #[ts(optional, as = "Option<u16>")]
        attempt: u16,
        /// The version of the judge's scorecard that this one builds on; 0 for the first.
        base: u32,
        /// Criterion → mark as a decimal string, `"27.5"`.
        #[ts(type = "Record<string, string>")]
        marks: std::collections::BTreeMap<CriterionId, Points>,
        #[serde(default)]
        comment: String,
    },
    /// A scorecard of this run was refused because the window had closed.
    ReportLate {
        pitch: PitchId,
        #[serde(default = "first", skip_serializing_if = "is_first")]
        #[ts(optional, as = "Option<u16>")]
        attempt: u16,
    },
    DeclareRecusal {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    WithdrawRecusal {
        pitch: PitchId,
        judge: JudgeId,
    },
    DeclareAbstention {
        pitch: PitchId,
        #[serde(default = "first", skip_serializing_if = "is_first")]
        #[ts(optional, as = "Option<u16>")]
        attempt: u16,
        judge: JudgeId,
        reason: String,
    },
    WithdrawAbstention {
        pitch: PitchId,
        judge: JudgeId,
    },
    /// A judge signs all own scorecards of a round that is over.
    SignScorecards {
        round: RoundId,
        /// Of the summary that the judge was shown.
        digest: String,
        /// Lines of points (x, y) from 0 to 1000.
        #[ts(type = "Array<Array<[number, number]>>")]
        strokes: Strokes,
    },
    /// The auditor has looked the result over; `digest` is of the standings that were seen, here and below.
    ConfirmResult {
        round: RoundId,
        digest: String,
    },
    MakeOfficial {
        round: RoundId,
        digest: String,
    },
    /// Objections are taken until the end of the day `until`, `2026-12-05`.
    PublishResult {
        round: RoundId,
        digest: String,
        #[ts(type = "string")]
        until: Day,
    },
    /// Takes this step back, and what followed it.
    TakeBackStep {
        round: RoundId,
        #[ts(as = "LifeName")]
        step: Life,
        reason: String,
    },
    /// After the end: what is given once a second person agrees.
    Propose {
        #[ts(as = "ProposedCorrection")]
        correction: Correction,
        reason: String,
    },
    /// `proposal` is its number.
    AgreeTo {
        #[ts(type = "number")]
        proposal: u64,
    },
    RefuseProposal {
        #[ts(type = "number")]
        proposal: u64,
        reason: String,
    },
    WithdrawProposal {
        #[ts(type = "number")]
        proposal: u64,
    },
    /// A word to the hall, one or two lines.
    ShowMessage {
        lines: Vec<String>,
    },
    /// The leaderboard of one track (`T2`) or of all, and its page; page 0 is the one with the newest score.
    ShowBoard {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional, type = "string")]
        track: Option<TrackId>,
        page: u16,
    },
    /// Signed today, as the hall may know it: never a person's name or contact.
    AnnounceSigning {
        project: ProjectId,
        partner: String,
    },
    WithdrawSigning {
        project: ProjectId,
        partner: String,
    },
    OpenVote,
    CloseVote,
    RevealVote,
}
