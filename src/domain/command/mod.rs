//! What people ask for. A command is imperative and may be refused; `decide` turns it into facts or a rejection.
//!
//! One table has them all. A row is a command and what holds for it at any time: who may give it, whether it may be given in a
//! rehearsal, during a reveal and after the end, how a page makes sure that it is meant, and what takes it back.

pub mod blueprint;
pub mod proposal;
pub mod row;

use self::row::Confirm::{self, Held, If, No, Twice};
use self::row::Doubt::{FirstPlate, Missing, Told, Unannounced};
use self::row::Giver::{
    AnyJudge, Audience, Auditor, AuditorOrChair, Host, HostOrChair, HostOrChairOrAuditor, HostOrClock,
    HostOrSelf, Organiser, OrganiserOrChair,
};
use self::row::TakenBack::{Again, Nothing, Undo, With};
use self::row::{AfterEnd, Row};
use crate::domain::command::blueprint::Blueprint;
use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId, ProjectId, RoundId, SegmentId, TrackId};
use crate::domain::kernel::points::Points;
use crate::domain::scoring::rule::Rule;
use crate::domain::terms::about::About;
use crate::domain::terms::life::{Day, Life};
use crate::domain::terms::matter::Matter;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::{Scene, Segment, Timing, WindowPolicy};
use crate::domain::terms::proposal::Correction;
use crate::domain::terms::reveal::{Award, Mode};
use crate::domain::terms::roster::{Judge, Project};
use crate::domain::terms::rubric::{Criterion, CriterionId};
use crate::domain::terms::signature::Strokes;
use crate::domain::terms::vote::{Question, Voter};
use std::collections::BTreeMap;

/// `Name { fields } => [who, in a rehearsal, during a reveal, after the end, confirmed, taken back by],`
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident : $kind:ty),+ })?
        => [$who:expr, $rehearsal:ident, $reveal:ident, $end:ident, $confirm:expr, $back:expr],)+) => {
        /// A request to change the contest.
        #[expect(clippy::large_enum_variant, reason = "an import comes a few times an evening")]
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Command { $($(#[$doc])* $name $({ $($field: $kind),+ })?,)+ }

        impl Command {
            /// What every command is called, in the table's order.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// What takes two persons once the show is over.
            pub fn by_two() -> impl Iterator<Item = &'static str> {
                let all = [$((stringify!($name), after_end!($end))),+];
                all.into_iter().filter(|(_, end)| *end == AfterEnd::ByTwo).map(|(name, _)| name)
            }

            /// What holds for it at any time.
            #[allow(unused_variables)]
            pub fn row(&self) -> Row {
                match self {
                    $(Command::$name $({ $($field),+ })? => Row {
                        name: stringify!($name),
                        given_by: $who,
                        allowed_in_rehearsal: yes_or_no!($rehearsal),
                        allowed_during_reveal: yes_or_no!($reveal),
                        after_end: after_end!($end),
                        confirm: $confirm,
                        taken_back: $back,
                    },)+
                }
            }
        }
    };
}

macro_rules! yes_or_no {
    (yes) => {
        true
    };
    (no) => {
        false
    };
}

/// Once the show is over: `no`, `yes`, or by `two` persons.
macro_rules! after_end {
    (no) => {
        AfterEnd::No
    };
    (yes) => {
        AfterEnd::Yes
    };
    (two) => {
        AfterEnd::ByTwo
    };
}

commands! {
    // set-up
    CreateContest { code: ContestCode, about: About } => [Organiser, no, no, no, No, Nothing],
    ChangeAbout { about: About } => [Organiser, no, yes, no, No, Again],
    ImportBlueprint { blueprint: Blueprint } => [Organiser, no, no, no, No, Nothing],

    // roster
    ChangeProject { project: Project } => [Organiser, no, yes, yes, No, Again],
    ChangeJudge { judge: Judge } => [Organiser, no, yes, yes, No, Again],
    SetPanel { round: RoundId, judges: Vec<JudgeId>, chair: Option<JudgeId> }
        => [Organiser, no, no, no, No, Again],
    SetRunningOrder { round: RoundId, order: Vec<ProjectId> } => [Host, yes, no, no, No, Undo],

    // rules
    SetRubric { round: RoundId, criteria: Vec<Criterion> } => [Organiser, no, no, no, No, Again],
    SetRule { round: RoundId, rule: Rule } => [Organiser, no, no, no, No, Again],
    SetTiming { round: RoundId, timing: Timing } => [Organiser, no, no, no, No, Again],
    SetProgramme { segments: Vec<Segment> } => [Host, no, yes, no, No, Again],
    SetWindowPolicy { round: RoundId, policy: WindowPolicy } => [Host, no, no, no, No, Again],
    /// The chair's decision about projects that share a place, best first.
    DecideTie { round: RoundId, order: Vec<ProjectId>, reason: String }
        => [HostOrChair, yes, no, two, No, Nothing],

    // stage
    StartPitch { pitch: PitchId } => [Host, yes, no, no, No, Undo],
    StartQa { pitch: PitchId } => [Host, yes, no, no, No, Undo],
    OpenWindow { pitch: PitchId } => [Host, yes, no, no, No, Undo],
    CloseWindow { pitch: PitchId } => [HostOrClock, yes, no, no, If(Missing(*pitch)), Undo],
    RevealPitch { pitch: PitchId } => [Host, yes, no, yes, If(Unannounced(*pitch)), Nothing],
    MarkAbsent { pitch: PitchId } => [Host, yes, no, no, No, Undo],
    /// Once its score was announced the hall is told that it is out.
    WithdrawPitch { pitch: PitchId, reason: String } => [Host, yes, no, two, If(Told(*pitch)), Undo],
    /// 取消资格: at any time, also after the end. It takes part in nothing that ranks; its record stays.
    Disqualify { pitch: PitchId, reason: String } => [Host, yes, no, two, Held, With("Reinstate")],
    /// It stands as it stood before it was disqualified, or before it withdrew once its score was announced.
    Reinstate { pitch: PitchId, reason: String } => [Host, yes, no, two, Held, Undo],
    /// Who has been on the stage comes again with an empty run.
    BringBack { pitch: PitchId } => [Host, yes, no, no, No, Undo],
    /// 重新路演: the run so far is kept and counts for nothing; what was announced of it is taken back.
    RunAgain { pitch: PitchId, reason: String } => [Host, yes, no, no, No, Undo],
    /// A judge's scorecard of an earlier run counts in this one, too: its judge has seen everything.
    TakeOver { pitch: PitchId, judge: JudgeId, attempt: u16, reason: String } => [Host, yes, no, no, No, Undo],
    ShowScene { scene: Scene } => [Host, yes, yes, yes, scene_confirm(*scene), Undo],
    /// The scene before this one; nothing is taken back.
    ShowBefore => [Host, yes, yes, yes, No, With("ShowScene")],
    StartSegment { segment: SegmentId } => [Host, yes, yes, no, No, Undo],
    /// 揭牌: the curtain of the segment that is on opens.
    DrawCurtain { segment: SegmentId } => [Host, yes, yes, no, No, Undo],
    /// Shows so many of the podium's places, from the last; all of them: the champion.
    StepPodium { to: u16 } => [Host, yes, yes, yes, podium_confirm(*to), Undo],
    SkipSegment { segment: SegmentId } => [Host, yes, yes, no, No, Undo],
    /// `despite`: whatever is missing.
    FinishContest { despite: bool } => [Host, yes, no, no, end_confirm(*despite), Nothing],
    /// An open matter stays as it is: final standings no longer wait for it.
    LeaveOpen { matter: Matter, reason: String } => [HostOrChair, yes, no, yes, Held, Nothing],
    /// Takes the newest action back; it is named so that a late press takes nothing else back.
    Undo { action: u64 } => [Host, yes, yes, no, No, Nothing],
    /// `despite`: although something has happened that counts.
    BeginRehearsal { despite: bool } => [Host, no, no, no, No, With("EndRehearsal")],
    /// Wipes everything since the rehearsal began.
    EndRehearsal => [Host, yes, yes, yes, No, Nothing],

    // timer
    /// A timer of the host's own, under these words.
    BeginTimer { label: String, secs: u32 } => [Host, yes, yes, no, No, Undo],
    RunTimer => [Host, yes, yes, no, No, Undo],
    PauseTimer => [Host, yes, yes, no, No, Undo],
    AdjustTimer { secs: i32 } => [Host, yes, yes, no, No, Undo],
    SetTimer { left_secs: u32 } => [Host, yes, yes, no, No, Undo],
    RestartTimer => [Host, yes, yes, no, No, Undo],
    DropTimer => [Host, yes, yes, no, No, Undo],

    // window
    OpenEarly { pitch: PitchId } => [Host, yes, no, no, No, Undo],
    SetCountdown { pitch: PitchId, secs: Option<u32> } => [Host, yes, no, no, No, Undo],

    // announcing
    SetAwards { round: RoundId, awards: Vec<Award> } => [Host, yes, no, no, No, Again],
    FreezeBoard { round: RoundId } => [Host, yes, no, no, No, Undo],
    ThawBoard { round: RoundId } => [Host, yes, no, no, No, Undo],
    BeginReveal { round: RoundId, mode: Mode } => [Host, yes, no, no, No, Undo],
    /// Shows so many steps of the reveal: one more, or fewer.
    StepReveal { round: RoundId, to: u16 } => [Host, yes, yes, no, No, Again],
    /// Breaks the reveal off; nothing more is shown.
    EndReveal { round: RoundId } => [Host, yes, yes, no, Twice, Nothing],
    /// The hall is shown what was decided about ties that it knows.
    TellDecisions { round: RoundId } => [Host, yes, no, yes, Twice, Nothing],
    PublishBoard { round: RoundId } => [Host, yes, yes, no, Twice, Nothing],
    /// The plates of the pitch that is announced, one step on or any step back.
    ShowPlates { pitch: PitchId, step: PlateStep } => [Host, yes, no, no, If(FirstPlate(*pitch)), Again],
    BeginAnnouncement { pitch: PitchId } => [Host, yes, no, no, No, Undo],
    /// Takes off what the rule's table says for the measured overtime.
    ConfirmOvertime { pitch: PitchId } => [Host, yes, no, two, No, Undo],
    DismissOvertime { pitch: PitchId, reason: String } => [Host, yes, no, two, No, Undo],
    Deduct { pitch: PitchId, points: Points, reason: String } => [Host, yes, no, two, No, Undo],
    RemoveDeduction { pitch: PitchId, deduction: u64, reason: String } => [Host, yes, no, two, No, Undo],

    // draw
    CommitDraw { round: RoundId, secret: String } => [Host, yes, no, no, No, Nothing],
    CallNumber { round: RoundId, number: String } => [Host, yes, no, no, No, Undo],
    RevealDraw { round: RoundId } => [Host, yes, no, no, Twice, Nothing],

    // scoring
    /// `attempt`: the run of the pitch that it is of. `base`: the version that it builds on; 0 for the first.
    SubmitScorecard { pitch: PitchId, attempt: u16, base: u32, marks: BTreeMap<CriterionId, Points>, comment: String }
        => [AnyJudge, yes, no, yes, No, Again],
    /// A scorecard was refused because the window had closed: somebody decides about it.
    ReportLate { pitch: PitchId, attempt: u16 } => [AnyJudge, yes, yes, no, No, Nothing],
    DeclareRecusal { pitch: PitchId, judge: JudgeId, reason: String }
        => [HostOrChair, yes, no, two, No, With("WithdrawRecusal")],
    WithdrawRecusal { pitch: PitchId, judge: JudgeId } => [HostOrChair, yes, no, two, No, Undo],
    DeclareAbstention { pitch: PitchId, attempt: u16, judge: JudgeId, reason: String }
        => [HostOrSelf(*judge), yes, no, no, No, With("WithdrawAbstention")],
    WithdrawAbstention { pitch: PitchId, judge: JudgeId } => [HostOrSelf(*judge), yes, no, no, No, Undo],

    // correction
    ReopenScorecard { pitch: PitchId, judge: JudgeId, reason: String }
        => [HostOrChair, yes, no, two, No, With("WithdrawReopening")],
    /// Gives every scorecard of a closed pitch back.
    ReopenWindow { pitch: PitchId, reason: String } => [HostOrChair, yes, no, no, No, Undo],
    /// What was given back and not submitted again counts as it was.
    WithdrawReopening { pitch: PitchId, judge: JudgeId } => [HostOrChair, yes, no, two, No, Undo],
    /// The chair has looked at the scorecards of a closed pitch.
    ConfirmPitch { pitch: PitchId } => [AnyJudge, yes, yes, yes, No, Nothing],
    /// The judge signs all own scorecards of a round that is over; `digest` is of what the judge was shown.
    SignScorecards { round: RoundId, digest: String, strokes: Strokes } => [AnyJudge, yes, yes, yes, No, Nothing],

    // the result; `digest` is of the standings that who gives it was shown
    /// 复核: a second person has looked it over.
    ConfirmResult { round: RoundId, digest: String } => [Auditor, yes, no, yes, Twice, With("TakeBackStep")],
    /// 正式: by the chair, with every signature, or a reason for each that is missing.
    MakeOfficial { round: RoundId, digest: String } => [OrganiserOrChair, yes, no, yes, Twice, With("TakeBackStep")],
    /// 公布: objections are taken until the end of this day.
    PublishResult { round: RoundId, digest: String, until: Day }
        => [HostOrChair, yes, no, yes, Twice, With("TakeBackStep")],
    /// Takes this step back, and what followed it.
    TakeBackStep { round: RoundId, step: Life, reason: String } => [HostOrChairOrAuditor, yes, no, yes, Held, Nothing],
    /// After the end: what one person would give is given once a second one agrees.
    Propose { correction: Correction, reason: String } => [HostOrChair, yes, no, yes, Twice, With("WithdrawProposal")],
    AgreeTo { proposal: u64 } => [AuditorOrChair, yes, no, yes, Held, Nothing],
    RefuseProposal { proposal: u64, reason: String } => [AuditorOrChair, yes, no, yes, No, Nothing],
    WithdrawProposal { proposal: u64 } => [HostOrChair, yes, no, yes, No, Nothing],

    // the hall
    /// A word to the hall: one or two lines.
    ShowMessage { lines: Vec<String> } => [Host, yes, yes, no, No, Undo],
    /// The leaderboard: of one track or of all, this page of it; page 0 is the one with the newest score.
    ShowBoard { track: Option<TrackId>, page: u16 } => [Host, yes, yes, yes, No, Undo],
    /// Signed today, told to the hall: a project, and who it signed with as the hall may know it.
    AnnounceSigning { project: ProjectId, partner: String }
        => [Host, yes, yes, no, No, With("WithdrawSigning")],
    WithdrawSigning { project: ProjectId, partner: String }
        => [Host, yes, yes, no, No, With("AnnounceSigning")],

    // the audience's vote
    SetVote { question: Question } => [Host, no, no, no, No, Again],
    /// Hashes of codes that were made for it.
    IssueSeatCodes { codes: Vec<Voter> } => [Host, no, no, no, No, Nothing],
    OpenVote => [Host, yes, no, no, No, Undo],
    CloseVote => [HostOrClock, yes, yes, no, Twice, Undo],
    RevealVote => [Host, yes, no, no, Twice, Nothing],
    CastBallot { code: Option<Voter>, device: Voter, choices: Vec<ProjectId> }
        => [Audience, yes, yes, no, No, Again],
}

/// The winners are shown once.
fn scene_confirm(scene: Scene) -> Confirm {
    if scene == Scene::Podium { Twice } else { No }
}

/// Its first place begins it.
fn podium_confirm(to: u16) -> Confirm {
    if to == 1 { Twice } else { No }
}

/// What is missing stays so.
fn end_confirm(despite: bool) -> Confirm {
    if despite { Held } else { Twice }
}
