//! What happened: the only thing that is stored. A variant or field is never altered or removed once a journal may hold it.

pub mod row;
pub mod seal;

use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, SegmentId, TrackId};
use crate::domain::kernel::points::Points;
use crate::domain::scoring::rule::Rule;
use crate::domain::terms::about::About;
use crate::domain::terms::announced::{Change, Seal};
use crate::domain::terms::life::{Day, Life};
use crate::domain::terms::matter::Matter;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::{Scene, Segment, Timing, WindowPolicy};
use crate::domain::terms::proposal::Correction;
use crate::domain::terms::reveal::{Award, Mode};
use crate::domain::terms::roster::{Judge, Project, Track};
use crate::domain::terms::rubric::{Criterion, CriterionId};
use crate::domain::terms::signature::Strokes;
use crate::domain::terms::vote::{Question, Voter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[rustfmt::skip] // a table
pub enum Fact {
    ContestCreated {
        code: ContestCode,
        about: About,
    },
    AboutChanged { about: About },
    RoundAdded {
        round: RoundId,
        name: String,
    },
    TrackAdded { track: Track },
    ProjectAdded { project: Project },
    ProjectChanged { project: Project },
    /// It had nothing that anything hung on.
    ProjectRemoved { project: ProjectId },
    JudgeRemoved { judge: JudgeId },
    JudgeAdded { judge: Judge },
    JudgeChanged { judge: Judge },
    PanelSet {
        round: RoundId,
        judges: Vec<JudgeId>,
        chair: Option<JudgeId>,
    },
    RubricSet {
        round: RoundId,
        criteria: Vec<Criterion>,
    },
    RuleSet {
        round: RoundId,
        rule: Rule,
        /// Nobody named its method: it is the panel's, and another one once the panel has another size.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        method_by_panel: bool,
    },
    TimingSet {
        round: RoundId,
        timing: Timing,
    },
    RunningOrderSet {
        round: RoundId,
        order: Vec<ProjectId>,
    },
    PitchStarted { pitch: PitchId },
    QaStarted { pitch: PitchId },
    WindowOpened { pitch: PitchId },
    WindowClosed { pitch: PitchId },
    PitchRevealed {
        pitch: PitchId,
        /// It had been announced, and comes out otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        correction: Option<Change>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal: Option<Seal>,
    },
    PitchMarkedAbsent { pitch: PitchId },
    PitchWithdrawn {
        pitch: PitchId,
        reason: String,
    },
    PitchBroughtBack {
        pitch: PitchId,
        /// It has been on the stage: another run begins, and this is its number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attempt: Option<u16>,
    },
    PitchDisqualified { pitch: PitchId, reason: String },
    PitchReinstated { pitch: PitchId, reason: String },
    /// The run so far is kept and counts for nothing.
    PitchRunAgain {
        pitch: PitchId,
        /// The number of the run that begins.
        attempt: u16,
        reason: String,
    },
    /// The judge's scorecard of that earlier run counts in this one, too.
    ScorecardTakenOver {
        pitch: PitchId,
        judge: JudgeId,
        attempt: u16,
        reason: String,
    },
    SceneShown { scene: Scene },
    ContestFinished {
        /// What it left open.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        missing: Vec<Matter>,
    },
    ScorecardSubmitted {
        pitch: PitchId,
        judge: JudgeId,
        version: u32,
        marks: BTreeMap<CriterionId, Points>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        comment: String,
    },
    ScorecardReopened {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    /// It was not taken; nothing of it is kept but that it came.
    ScorecardCameLate {
        pitch: PitchId,
        judge: JudgeId,
    },
    TieDecided {
        round: RoundId,
        order: Vec<ProjectId>,
        reason: String,
        /// The hall knows these places as shared, or otherwise decided: it is told by a fact of its own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        untold: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal: Option<Seal>,
    },
    /// The hall is told what was decided about ties that it knows.
    DecisionsTold {
        round: RoundId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal: Option<Seal>,
    },
    RecusalDeclared {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    RecusalWithdrawn {
        pitch: PitchId,
        judge: JudgeId,
    },
    AbstentionDeclared {
        pitch: PitchId,
        judge: JudgeId,
        reason: String,
    },
    AbstentionWithdrawn {
        pitch: PitchId,
        judge: JudgeId,
    },
    ReopeningWithdrawn {
        pitch: PitchId,
        judge: JudgeId,
    },
    PitchConfirmed { pitch: PitchId },
    /// The whole programme's segments.
    ProgrammeSet { segments: Vec<Segment> },
    WindowPolicySet {
        round: RoundId,
        policy: WindowPolicy,
    },
    SegmentStarted { segment: SegmentId },
    /// It will not take place.
    SegmentSkipped { segment: SegmentId },
    /// The screen went back to the scene before.
    SceneReturned,
    /// Scorecards are taken while the team is still on the stage.
    WindowOpenedEarly { pitch: PitchId },
    /// The window closes by itself so many seconds from now; `None`: by hand again.
    CountdownSet {
        pitch: PitchId,
        secs: Option<u32>,
    },
    /// The pitch's plates are up, face down: its score comes next.
    AnnouncementBegun { pitch: PitchId },
    /// A timer of the host's own; it runs.
    TimerBegun {
        label: String,
        secs: u32,
    },
    TimerRan,
    TimerPaused,
    TimerAdjusted { secs: i32 },
    /// So much is left, whatever ran.
    TimerSet { left_secs: u32 },
    TimerRestarted,
    TimerDropped,
    /// Points were taken off; `over_ms` where it was for overtime.
    DeductionMade {
        pitch: PitchId,
        points: Points,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        over_ms: Option<u64>,
    },
    DeductionRemoved {
        pitch: PitchId,
        /// The journal's number of the fact that made it.
        deduction: u64,
        reason: String,
    },
    OvertimeDismissed {
        pitch: PitchId,
        reason: String,
    },
    DrawCommitted {
        round: RoundId,
        /// 64 hex digits; the hall sees its hash.
        secret: String,
        projects: Vec<ProjectId>,
        /// Each project's track, where places are counted by track: it is drawn among its own. Empty: all are drawn together.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tracks: Vec<Option<TrackId>>,
    },
    NumberCalled {
        round: RoundId,
        number: String,
    },
    /// The secret was told, and the order drawn from it stands.
    DrawRevealed { round: RoundId },
    /// The action whose fact has this number was taken back.
    ActionUndone { action: u64 },
    /// What follows is a rehearsal, until it ends.
    RehearsalBegun,
    /// Everything since the rehearsal began counts for nothing.
    RehearsalWiped,
    ScorecardsSigned {
        round: RoundId,
        judge: JudgeId,
        digest: String,
        strokes: Strokes,
    },
    /// The hall was shown the plates up to this step, or less again.
    PlatesShown {
        pitch: PitchId,
        step: PlateStep,
    },
    AwardsSet {
        round: RoundId,
        awards: Vec<Award>,
    },
    /// The public standings stand still from here on.
    BoardFrozen { round: RoundId },
    BoardThawed {
        round: RoundId,
        /// What was decided meanwhile about ties that the hall knows is told by a fact of its own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        untold: bool,
    },
    RevealBegun {
        round: RoundId,
        mode: Mode,
    },
    /// So many of its steps are shown.
    RevealStepped {
        round: RoundId,
        to: u16,
    },
    RevealEnded { round: RoundId },
    /// Everything is public: the standings are the official ones.
    BoardPublished {
        round: RoundId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal: Option<Seal>,
    },
    /// What the audience is asked.
    VoteSet { question: Question },
    /// Hashes of seat codes; the codes themselves are on paper alone.
    SeatCodesIssued { codes: Vec<Voter> },
    VoteOpened,
    /// A ballot, or another one in the place of this voter's last.
    BallotCast {
        voter: Voter,
        device: Voter,
        choices: Vec<ProjectId>,
    },
    VoteClosed,
    /// The leaderboard was turned to a track or a page.
    BoardShown {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        track: Option<TrackId>,
        page: u16,
    },
    SigningAnnounced {
        project: ProjectId,
        partner: String,
    },
    SigningWithdrawn {
        project: ProjectId,
        partner: String,
    },
    /// A word to the hall, on the screen.
    MessageShown { lines: Vec<String> },
    CurtainDrawn { segment: SegmentId },
    PodiumStepped { to: u16 },
    /// The counts became public.
    VoteRevealed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal: Option<Seal>,
    },
    /// 复核: somebody who can edit nothing has looked these standings over.
    ResultConfirmed {
        round: RoundId,
        seal: Seal,
    },
    /// 正式: the chair says that these standings stand.
    ResultMadeOfficial {
        round: RoundId,
        seal: Seal,
    },
    /// 公布: whoever objects does so until the end of this day.
    ResultPublished {
        round: RoundId,
        seal: Seal,
        until: Day,
    },
    /// The step, and what followed it, no longer stands.
    StepTakenBack {
        round: RoundId,
        step: Life,
        reason: String,
    },
    /// After the end, one person would correct this; its number names it.
    CorrectionProposed {
        correction: Correction,
        reason: String,
    },
    /// A second person agrees: what was proposed happens next.
    CorrectionAgreed { proposal: u64 },
    CorrectionRefused { proposal: u64, reason: String },
    CorrectionWithdrawn { proposal: u64 },
    /// An open matter stays as it is, for this reason.
    MatterLeft {
        matter: Matter,
        reason: String,
    },
}
