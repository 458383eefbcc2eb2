//! What people ask for. A command is imperative and may be refused; `decide` turns it into facts or a rejection.

use crate::domain::board::{Award, Mode};
use crate::domain::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, SegmentId, TrackId};
use crate::domain::look::Look;
use crate::domain::plates::PlateStep;
use crate::domain::points::Points;
use crate::domain::programme::{RevealPolicy, Scene, Segment, Timing, WindowPolicy};
use crate::domain::roster::{Judge, Project};
use crate::domain::rubric::{Criterion, CriterionId};
use crate::domain::scoring::rule::Rule;
use crate::domain::signature::Strokes;
use crate::domain::vote::{Question, Voter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Who acts. Comes from the authenticated session, never from the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    Organiser,
    Host,
    Judge(JudgeId),
    /// The MC reads and never acts: every command is refused.
    Mc,
    /// The server's clock: closes a window whose countdown has run out.
    Clock,
    /// Somebody in the hall with a phone; casts ballots and nothing else.
    Audience,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Organiser => f.write_str("organiser"),
            Actor::Host => f.write_str("host"),
            Actor::Judge(judge) => write!(f, "judge:{judge}"),
            Actor::Mc => f.write_str("mc"),
            Actor::Clock => f.write_str("clock"),
            Actor::Audience => f.write_str("audience"),
        }
    }
}

impl FromStr for Actor {
    type Err = crate::domain::ids::NotAnId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match (text, text.strip_prefix("judge:")) {
            ("organiser", _) => Ok(Actor::Organiser),
            ("host", _) => Ok(Actor::Host),
            ("mc", _) => Ok(Actor::Mc),
            ("clock", _) => Ok(Actor::Clock),
            ("audience", _) => Ok(Actor::Audience),
            (_, Some(judge)) => judge.parse().map(Actor::Judge),
            _ => Err(Self::Err { text: text.to_owned(), expected: "an actor" }),
        }
    }
}

/// What a contest is called and how it reveals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub venue: String,
    /// IANA name of the one time zone in which times are shown.
    pub zone: String,
    #[serde(default)]
    pub reveal: RevealPolicy,
    #[serde(default)]
    pub look: Look,
}

/// A whole set-up at once, as a workbook brings it. All or nothing.
/// A part that is `None` or empty is left as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blueprint {
    /// In the order of their first appearance; a project names its track by position here.
    pub tracks: Vec<String>,
    pub projects: Vec<BlueprintProject>,
    pub judges: Vec<Judge>,
    pub chair: Option<JudgeId>,
    pub criteria: Vec<Criterion>,
    pub rule: Option<Rule>,
    pub timing: Option<Timing>,
    pub window: Option<WindowPolicy>,
    pub segments: Vec<BlueprintSegment>,
}

/// A segment by the place that the workbook gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlueprintSegment {
    pub segment: Segment,
    /// It comes before this project, wherever that stands in the running order; else `segment.after` holds.
    pub before: Option<ProjectId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlueprintProject {
    pub id: ProjectId,
    pub name: String,
    /// Proposed from the name where the workbook has none.
    pub short: String,
    /// Index into [`Blueprint::tracks`].
    pub track: Option<usize>,
    pub unit: String,
    pub presenter: String,
    /// How the MC says the names.
    pub say: String,
}

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
