//! An expected *no*: one name per refusal, a stable code that pages translate, the parameters its sentence needs.

use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, SegmentId};
use crate::domain::terms::finality::Final;
use crate::domain::terms::life::Day;
use crate::domain::terms::matter::Matter;
use crate::domain::terms::programme::Phase;
use crate::domain::terms::vote::VoteState;

macro_rules! rejections {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident : $kind:ty),+ })? => $code:literal,)+) => {
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Rejection { $($(#[$doc])* $name $({ $($field: $kind),+ })?,)+ }

        impl Rejection {
            /// Every code, for the pages' catalogue and the protocol's document.
            pub const CODES: &[&str] = &[$($code),+];

            pub fn code(&self) -> &'static str {
                match self { $(Rejection::$name $({ $($field: _),+ })? => $code,)+ }
            }

            /// What the sentence needs, as text.
            pub fn params(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Rejection::$name $({ $($field),+ })? => vec![$($((stringify!($field), $field.to_string())),+)?],)+
                }
            }
        }
    };
}

rejections! {
    /// The actor's role has no such command.
    NotAllowed => "not-allowed",
    AlreadyCreated => "already-created",
    NotCreated => "not-created",
    ContestIsFinished => "contest-finished",
    /// The show goes on: what is to be corrected is given at once.
    NotFinished => "not-finished",
    /// It takes two persons: who proposes something after the end does not agree to it.
    SecondPerson => "second-person",
    /// No such proposal waits.
    NoProposal => "no-proposal",
    /// The standings are no longer those that who speaks of them was shown.
    ResultChanged => "result-changed",
    /// The objection period would end before today, in the contest's time zone.
    DayPast { day: Day, today: Day } => "day-past",
    /// It would end more than a year from now.
    DayFar { day: Day, last: Day } => "day-far",
    /// This is open. What would change the standings is settled first, or left for a reason; the end takes the rest with `despite`.
    Unsettled { open: usize, what: String } => "unsettled",
    /// Nothing of this kind is open.
    NotOpen { matter: Matter } => "not-open",
    /// It cannot stay as it is: what settles it is given instead.
    MustBeSettled { matter: Matter } => "must-be-settled",
    /// A text is missing or too long; `field` says which.
    BadText { field: &'static str, max: usize } => "bad-text",
    UnknownZone { zone: String } => "unknown-zone",
    UnknownRound { round: RoundId } => "unknown-round",
    UnknownProject { project: ProjectId } => "unknown-project",
    UnknownJudge { judge: JudgeId } => "unknown-judge",
    UnknownTrack => "unknown-track",
    /// Places are counted by track, and this project has none.
    NoTrack { pitch: PitchId } => "no-track",
    /// Places are counted by track, and the hall knows this one's.
    TrackTold { pitch: PitchId } => "track-told",
    /// The rule has no list of that kind.
    NoSuchList => "no-such-list",
    UnknownPitch { pitch: PitchId } => "unknown-pitch",
    DuplicateProject { project: ProjectId } => "duplicate-project",
    DuplicateName { project: ProjectId } => "duplicate-name",
    /// `what` hangs on it.
    ProjectInUse { project: ProjectId, what: &'static str } => "project-in-use",
    JudgeInUse { judge: JudgeId, what: &'static str } => "judge-in-use",
    DuplicateJudge { judge: JudgeId } => "duplicate-judge",
    TooMany { what: &'static str, max: usize } => "too-many",
    /// Rubric, rule or panel after the first submitted scorecard.
    RuleFrozen => "rule-frozen",
    RubricInvalid { detail: String } => "rubric-invalid",
    RuleInvalid { detail: String } => "rule-invalid",
    RubricMissing => "rubric-missing",
    PanelEmpty => "panel-empty",
    /// The new order must name every project of the round once.
    OrderIncomplete => "order-incomplete",
    /// A pitch that began cannot move.
    OrderFixed { pitch: PitchId } => "order-fixed",
    /// Another pitch is on the stage.
    StageTaken { pitch: PitchId } => "stage-taken",
    WrongPhase { pitch: PitchId, phase: Phase } => "wrong-phase",
    NothingToReveal { pitch: PitchId } => "nothing-to-reveal",
    /// Something else counts of this pitch than what was announced: that is told first.
    CorrectionUnconfirmed { pitch: PitchId } => "correction-unconfirmed",
    DecisionUntold { round: RoundId } => "decision-untold",
    /// The hall was told none.
    NoCorrection => "no-correction",
    ReasonMissing => "reason-missing",
    NotOnPanel { judge: JudgeId } => "not-on-panel",
    Recused { judge: JudgeId } => "recused",
    NotRecused { judge: JudgeId } => "not-recused",
    /// The judge abstains from this pitch.
    Abstained { judge: JudgeId } => "abstained",
    NotAbstained { judge: JudgeId } => "not-abstained",
    /// A scorecard that was given back is still with its judge.
    CorrectionOpen { judge: JudgeId } => "correction-open",
    /// The scorecards are no longer those that the judge was shown.
    SummaryChanged => "summary-changed",
    /// The round is not over.
    RoundNotOver { round: RoundId } => "round-not-over",
    /// No strokes, or too many.
    BadSignature => "bad-signature",
    HasScorecard { judge: JudgeId } => "has-scorecard",
    /// It was disqualified, or withdrew once its score was announced: that is taken back first.
    TakenOut { pitch: PitchId, phase: Phase } => "taken-out",
    /// It is absent or has withdrawn: it is brought back first.
    IsOut { pitch: PitchId, phase: Phase } => "is-out",
    /// Nobody has taken it out.
    NotTakenOut { pitch: PitchId } => "not-taken-out",
    /// It came: who was on the stage withdraws, or is disqualified.
    HasCome { pitch: PitchId } => "has-come",
    WindowNotOpen => "window-not-open",
    WindowClosed => "window-closed",
    /// The scorecard was changed elsewhere; `version` is the newest.
    StaleVersion { version: u32 } => "stale-version",
    /// It is of another run of the pitch than the one that counts.
    OtherAttempt { attempt: u16 } => "other-attempt",
    /// The judge has no scorecard of that run.
    NoEarlierScorecard { judge: JudgeId } => "no-earlier-scorecard",
    MarkMissing { criterion: String } => "mark-missing",
    MarkUnknown { criterion: String } => "mark-unknown",
    MarkOutOfRange { criterion: String, max: String } => "mark-out-of-range",
    MarkOffStep { criterion: String, step: String } => "mark-off-step",
    /// These projects do not share a place that the rule leaves to the chair.
    NotTied => "not-tied",
    /// The rule's tie-breaks do not ask the chair.
    ChairNotAsked => "chair-not-asked",
    UnknownSegment { segment: SegmentId } => "unknown-segment",
    DuplicateSegment { segment: SegmentId } => "duplicate-segment",
    /// A workbook's programme does not overwrite the one that is there.
    ProgrammeExists => "programme-exists",
    /// A number of the programme or the window's policy is out of bounds.
    OutOfBounds { field: &'static str, max: u32 } => "out-of-bounds",
    /// There is no scene to go back to.
    NoSceneBefore => "no-scene-before",
    /// No timer is set, or the stage's own is on.
    NoTimer => "no-timer",
    TimerTaken => "timer-taken",
    /// The first pitches are announced together, and one of them is not over.
    WarmUpOpen => "warm-up-open",
    /// No overtime was measured, or it was decided about.
    NoOvertime => "no-overtime",
    /// The rule has no table for overtime, or nothing is due.
    NothingDue => "nothing-due",
    /// The rule takes no deductions.
    NoDeductions => "no-deductions",
    UnknownDeduction => "unknown-deduction",
    BadSecret => "bad-secret",
    /// Another draw was sealed with it, if only in a rehearsal.
    SecretUsed => "secret-used",
    BadCall => "bad-call",
    /// A draw is under way or done.
    DrawExists => "draw-exists",
    NoDraw => "no-draw",
    DrawIsDone => "draw-done",
    NothingToUndo => "nothing-to-undo",
    /// Something was done after it; the newest comes first.
    NotTheLast { action: u64 } => "not-the-last",
    CannotUndo { why: Final } => "cannot-undo",
    /// The set-up stands while a rehearsal is on.
    Rehearsing => "rehearsing",
    NotRehearsing => "not-rehearsing",
    /// Something has happened that counts; a rehearsal begins only for who knows that.
    HasBegun => "has-begun",
    SegmentOn { segment: SegmentId } => "segment-on",
    /// The score of this pitch is about to be told.
    Announcing { pitch: PitchId } => "announcing",
    /// A draw is under way.
    DrawSealed => "draw-sealed",
    /// It was meant for a rehearsal that is over, or for the contest before one.
    OtherRun => "other-run",
    /// Another host has the wheel.
    NotDriving => "not-driving",
    /// Nothing is different from what already holds.
    NothingChanges => "nothing-changes",
    TimingInvalid { detail: String } => "timing-invalid",
    /// No announcement of this pitch is under way.
    NotAnnounced { pitch: PitchId } => "not-announced",
    /// Steps of a ceremony come one after another.
    NotTheNextStep => "not-the-next-step",
    /// The hall is looking at the plates; what they show stands until the score is in the standings.
    PlatesUp { pitch: PitchId } => "plates-up",
    /// The public standings stand still; scores come with the reveal.
    BoardFrozen { round: RoundId } => "board-frozen",
    /// No place can be told, or there is no award.
    NothingRanked => "nothing-ranked",
    NoReveal => "no-reveal",
    /// What could change the reveal waits until it is over.
    RevealOn => "reveal-on",
    NoVote => "no-vote",
    /// The vote is past that, or not there yet.
    VoteStands { state: VoteState } => "vote-stands",
    /// A share of the formula needs seat codes and the whole round.
    VoteUnfit => "vote-unfit",
    VoteNotOpen => "vote-not-open",
    VoteClosed => "vote-closed",
    /// The code was never issued.
    CodeUnknown => "code-unknown",
    /// Another device has voted with this code.
    CodeUsed => "code-used",
    BadChoice { most: u16 } => "bad-choice",
    /// It was changed as often as it may be.
    BallotFixed => "ballot-fixed",
}
