//! What people ask for. A command is imperative and may be refused; `decide` turns it into facts or a rejection.

pub mod blueprint;

use crate::domain::command::blueprint::Blueprint;
use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, SegmentId, TrackId};
use crate::domain::kernel::points::Points;
use crate::domain::scoring::rule::Rule;
use crate::domain::terms::about::About;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::{Scene, Segment, Timing, WindowPolicy};
use crate::domain::terms::reveal::{Award, Mode};
use crate::domain::terms::roster::{Judge, Project};
use crate::domain::terms::rubric::{Criterion, CriterionId};
use crate::domain::terms::signature::Strokes;
use crate::domain::terms::vote::{Question, Voter};
use std::collections::BTreeMap;

/// A request to change the contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    // set-up
    CreateContest {
        code: ContestCode,
        about: About,
    },
    ChangeAbout {
        about: About,
    },
    ImportBlueprint {
        blueprint: Blueprint,
    },
    // roster
    ChangeProject {
        project: Project,
    },
    ChangeJudge {
        judge: Judge,
    },
    SetPanel {
        round: RoundId,
        judges: Vec<JudgeId>,
        chair: Option<JudgeId>,
    },
    SetRunningOrder {
        round: RoundId,
        order: Vec<ProjectId>,
    },
    // rules
    SetRubric {
        round: RoundId,
        criteria: Vec<Criterion>,
    },
    SetRule {
        round: RoundId,
        rule: Rule,
    },
    SetTiming {
        round: RoundId,
        timing: Timing,
    },
    SetProgramme {
        segments: Vec<Segment>,
    },
    SetWindowPolicy {
        round: RoundId,
        policy: WindowPolicy,
    },
    /// The chair's decision about projects that share a place, best first.
    DecideTie {
        round: RoundId,
        order: Vec<ProjectId>,
        reason: String,
    },
    // stage
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
    ShowScene {
        scene: Scene,
    },
    /// The scene before this one; nothing is taken back.
    ShowBefore,
    StartSegment {
        segment: SegmentId,
    },
    SkipSegment {
        segment: SegmentId,
    },
    /// `despite`: whatever is missing.
    FinishContest {
        despite: bool,
    },
    /// Takes the newest action back; it is named so that a late press takes nothing else back.
    Undo {
        action: u64,
    },
    /// `despite`: although something has happened that counts.
    BeginRehearsal {
        despite: bool,
    },
    /// Wipes everything since the rehearsal began.
    EndRehearsal,
    // timer
    /// A timer of the host's own, under these words.
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
    // window
    OpenEarly {
        pitch: PitchId,
    },
    SetCountdown {
        pitch: PitchId,
        secs: Option<u32>,
    },
    // announcing
    SetAwards {
        round: RoundId,
        awards: Vec<Award>,
    },
    FreezeBoard {
        round: RoundId,
    },
    ThawBoard {
        round: RoundId,
    },
    BeginReveal {
        round: RoundId,
        mode: Mode,
    },
    /// Shows so many steps of the reveal: one more, or fewer.
    StepReveal {
        round: RoundId,
        to: u16,
    },
    /// Breaks the reveal off; nothing more is shown.
    EndReveal {
        round: RoundId,
    },
    PublishBoard {
        round: RoundId,
    },
    /// The plates of the pitch that is announced, one step on or any step back.
    ShowPlates {
        pitch: PitchId,
        step: PlateStep,
    },
    BeginAnnouncement {
        pitch: PitchId,
    },
    ConfirmOvertime {
        pitch: PitchId,
    },
    DismissOvertime {
        pitch: PitchId,
        reason: String,
    },
    Deduct {
        pitch: PitchId,
        points: Points,
        reason: String,
    },
    RemoveDeduction {
        pitch: PitchId,
        deduction: u64,
        reason: String,
    },
    // draw
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
    // scoring
    SubmitScorecard {
        pitch: PitchId,
        /// The version this one builds on; 0 for the first.
        base: u32,
        marks: BTreeMap<CriterionId, Points>,
        comment: String,
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
        judge: JudgeId,
        reason: String,
    },
    WithdrawAbstention {
        pitch: PitchId,
        judge: JudgeId,
    },
    // correction
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
    /// The judge signs all own scorecards of a round that is over.
    SignScorecards {
        round: RoundId,
        /// Of what the judge was shown.
        digest: String,
        strokes: Strokes,
    },
    /// A word to the hall: one or two lines.
    ShowMessage {
        lines: Vec<String>,
    },
    /// The leaderboard: of one track or of all, this page of it; page 0 is the one with the newest score.
    ShowBoard {
        track: Option<TrackId>,
        page: u16,
    },
    /// Signed today, told to the hall: a project, and who it signed with as the hall may know it.
    AnnounceSigning {
        project: ProjectId,
        partner: String,
    },
    WithdrawSigning {
        project: ProjectId,
        partner: String,
    },
    // the audience's vote
    SetVote {
        question: Question,
    },
    /// Hashes of codes that were made for it.
    IssueSeatCodes {
        codes: Vec<Voter>,
    },
    OpenVote,
    CloseVote,
    RevealVote,
    CastBallot {
        code: Option<Voter>,
        device: Voter,
        choices: Vec<ProjectId>,
    },
}
