//! One row per fact: what it is about, what is to be done about it besides applying it.

use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId, RoundId, SegmentId};
use crate::domain::terms::finality::Final::{self, Decided, Shown};
use crate::domain::terms::vote::VoteState;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its name in the journal, and the code of the sentence that tells it in the history.
    pub kind: &'static str,
    /// The pitch that it is about.
    pub pitch: Option<PitchId>,
    pub undo: Undo,
    pub stands: Stands,
    pub moves: Moves,
    /// Something else counts of the pitch, or may: what was left open about it is open again.
    pub counts_anew: bool,
    /// A result that was confirmed before speaks of something else than what counts now, or of other people.
    pub unseats: bool,
}

/// What an undo of it puts back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// Nothing: the host's history does not list it.
    Unlisted,
    /// The stage, and the pitch that it is about.
    Stage,
    /// How this judge stands to the pitch. What judges declare themselves is theirs, and not listed.
    Judge(JudgeId),
    /// What was taken off the pitch, or dismissed.
    Deductions,
    Order(RoundId),
    /// The numbers that the hall has called.
    Called(RoundId),
    /// Whether the board stands still.
    Frozen(RoundId, bool),
    /// The stage; and no reveal is on.
    Reveal,
    /// The stage, and the vote in this state.
    Vote(VoteState),
    /// The run before this one, with all that belongs to it.
    Run,
    /// The scorecard that was taken over for this judge goes.
    TakenOver(JudgeId),
}

/// From when on it stands for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Never,
    Always(Final),
    OnceVoted,
    /// A scorecard of the pitch is in.
    OnceScored,
    /// This judge's scorecard is: it would vanish with a recusal that comes back.
    OnceScoredBy(JudgeId),
    /// What was given back to this judge has come in again.
    OnceHandedIn(JudgeId),
    /// This judge has changed what was taken over.
    OnceAmended(JudgeId),
    OnceProjectsCame(RoundId),
    /// The programme no longer has the segment.
    OnceGone(SegmentId),
}

/// Which of the hall's standings it can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moves {
    Nothing,
    /// By the pitch's score.
    Score(PitchId),
    /// By the pitch's score, where the standings follow every mark.
    Mark(PitchId),
    Board(RoundId),
    Tie(RoundId),
    /// Those of the vote's round.
    Counts,
    /// An undo: those that the hall is looking at.
    Unknown,
}

/// A row of most facts: it moves no standings.
fn row(kind: &'static str, pitch: Option<PitchId>, undo: Undo, stands: Stands) -> Row {
    Row { kind, pitch, undo, stands, moves: Moves::Nothing, counts_anew: false, unseats: false }
}

impl Row {
    fn moving(self, moves: Moves) -> Row {
        Row { moves, ..self }
    }

    fn counting_anew(self) -> Row {
        Row { counts_anew: true, ..self }
    }

    fn unseating(self) -> Row {
        Row { unseats: true, ..self }
    }

    /// The host's history lists it when `by` has caused it.
    pub fn is_action(&self, by: Option<Actor>) -> bool {
        match self.undo {
            Undo::Unlisted => false,
            Undo::Judge(_) => !matches!(by, Some(Actor::Judge(_))),
            Undo::Run
            | Undo::TakenOver(_)
            | Undo::Stage
            | Undo::Deductions
            | Undo::Order(_)
            | Undo::Called(_)
            | Undo::Frozen(..)
            | Undo::Reveal
            | Undo::Vote(_) => true,
        }
    }
}

impl Fact {
    #[rustfmt::skip] // a table
    pub fn row(&self) -> Row {
        use Moves::{Board, Counts, Mark, Score, Tie, Unknown};
        use Stands::{Always, Never, OnceAmended, OnceGone, OnceHandedIn, OnceProjectsCame, OnceScored, OnceScoredBy, OnceVoted};
        use Undo::{Called, Deductions, Frozen, Judge, Order, Reveal, Run, Stage, TakenOver, Unlisted, Vote};
        match self {
            // kind, pitch, what an undo puts back, when it stands for good; which standings it moves, where it does
            Fact::ContestCreated { .. } => row("contest-created", None, Unlisted, Never),
            Fact::AboutChanged { .. } => row("about-changed", None, Unlisted, Never),
            Fact::RoundAdded { .. } => row("round-added", None, Unlisted, Never),
            Fact::TrackAdded { .. } => row("track-added", None, Unlisted, Never),
            Fact::ProjectAdded { .. } => row("project-added", None, Unlisted, Never),
            Fact::ProjectChanged { .. } => row("project-changed", None, Unlisted, Never).unseating(),
            Fact::ProjectRemoved { .. } => row("project-removed", None, Unlisted, Never),
            Fact::JudgeRemoved { .. } => row("judge-removed", None, Unlisted, Never),
            Fact::JudgeAdded { .. } => row("judge-added", None, Unlisted, Never),
            Fact::JudgeChanged { .. } => row("judge-changed", None, Unlisted, Never).unseating(),
            Fact::PanelSet { .. } => row("panel-set", None, Unlisted, Never),
            Fact::RubricSet { .. } => row("rubric-set", None, Unlisted, Never),
            Fact::RuleSet { .. } => row("rule-set", None, Unlisted, Never),
            Fact::TimingSet { .. } => row("timing-set", None, Unlisted, Never),
            Fact::RunningOrderSet { round, .. } => row("running-order-set", None, Order(*round), OnceProjectsCame(*round)),
            Fact::PitchStarted { pitch } => row("pitch-started", Some(*pitch), Stage, OnceScored),
            Fact::QaStarted { pitch } => row("qa-started", Some(*pitch), Stage, Never),
            Fact::WindowOpened { pitch } => row("window-opened", Some(*pitch), Stage, Never),
            Fact::WindowClosed { pitch } => row("window-closed", Some(*pitch), Stage, Never).counting_anew(),
            Fact::PitchRevealed { pitch, .. } => row("pitch-revealed", Some(*pitch), Stage, Always(Shown)).moving(Score(*pitch)),
            Fact::PitchMarkedAbsent { pitch } => row("pitch-marked-absent", Some(*pitch), Stage, Never).unseating(),
            Fact::PitchWithdrawn { pitch, .. } => row("pitch-withdrawn", Some(*pitch), Stage, Never).unseating(),
            Fact::PitchBroughtBack { pitch, attempt: None } => row("pitch-brought-back", Some(*pitch), Stage, Never).unseating(),
            Fact::PitchBroughtBack { pitch, attempt: Some(_) } => row("pitch-brought-back", Some(*pitch), Run, OnceScored).unseating(),
            Fact::PitchDisqualified { pitch, .. } => row("pitch-disqualified", Some(*pitch), Stage, Never).unseating(),
            Fact::PitchReinstated { pitch, .. } => row("pitch-reinstated", Some(*pitch), Stage, Never).unseating(),
            Fact::PitchRunAgain { pitch, .. } => row("pitch-run-again", Some(*pitch), Run, OnceScored).moving(Score(*pitch)).unseating(),
            Fact::ScorecardTakenOver { pitch, judge, .. } => row("scorecard-taken-over", Some(*pitch), TakenOver(*judge), OnceAmended(*judge)).moving(Mark(*pitch)).unseating(),
            Fact::SceneShown { .. } => row("scene-shown", None, Stage, Never),
            Fact::ContestFinished { .. } => row("contest-finished", None, Stage, Always(Decided)),
            Fact::ScorecardSubmitted { pitch, .. } => row("scorecard-submitted", Some(*pitch), Unlisted, Never).moving(Mark(*pitch)).counting_anew().unseating(),
            Fact::ScorecardReopened { pitch, judge, .. } => row("scorecard-reopened", Some(*pitch), Judge(*judge), OnceHandedIn(*judge)).counting_anew(),
            Fact::ScorecardCameLate { pitch, .. } => row("scorecard-came-late", Some(*pitch), Unlisted, Never),
            Fact::TieDecided { untold: true, .. } => row("tie-decided", None, Stage, Always(Decided)).unseating(),
            Fact::TieDecided { round, .. } => row("tie-decided", None, Stage, Always(Decided)).moving(Tie(*round)).unseating(),
            Fact::DecisionsTold { round, .. } => row("decisions-told", None, Stage, Always(Shown)).moving(Tie(*round)),
            Fact::RecusalDeclared { pitch, judge, .. } => row("recusal-declared", Some(*pitch), Judge(*judge), Never).counting_anew().unseating(),
            Fact::RecusalWithdrawn { pitch, judge } => row("recusal-withdrawn", Some(*pitch), Judge(*judge), OnceScoredBy(*judge)).counting_anew().unseating(),
            Fact::AbstentionDeclared { pitch, judge, .. } => row("abstention-declared", Some(*pitch), Judge(*judge), Never).counting_anew().unseating(),
            Fact::AbstentionWithdrawn { pitch, judge } => row("abstention-withdrawn", Some(*pitch), Judge(*judge), OnceScoredBy(*judge)).counting_anew().unseating(),
            Fact::ReopeningWithdrawn { pitch, judge } => row("reopening-withdrawn", Some(*pitch), Judge(*judge), Never),
            Fact::PitchConfirmed { pitch } => row("pitch-confirmed", Some(*pitch), Unlisted, Never),
            Fact::ProgrammeSet { .. } => row("programme-set", None, Unlisted, Never),
            Fact::WindowPolicySet { .. } => row("window-policy-set", None, Unlisted, Never),
            Fact::SegmentStarted { segment } => row("segment-started", None, Stage, OnceGone(*segment)),
            Fact::SegmentSkipped { segment } => row("segment-skipped", None, Stage, OnceGone(*segment)),
            Fact::SceneReturned => row("scene-returned", None, Stage, Never),
            Fact::WindowOpenedEarly { pitch } => row("window-opened-early", Some(*pitch), Stage, Never),
            Fact::CountdownSet { pitch, .. } => row("countdown-set", Some(*pitch), Stage, Never),
            Fact::AnnouncementBegun { pitch } => row("announcement-begun", Some(*pitch), Stage, Never),
            Fact::TimerBegun { .. } => row("timer-begun", None, Stage, Never),
            Fact::TimerRan => row("timer-ran", None, Stage, Never),
            Fact::TimerPaused => row("timer-paused", None, Stage, Never),
            Fact::TimerAdjusted { .. } => row("timer-adjusted", None, Stage, Never),
            Fact::TimerSet { .. } => row("timer-set", None, Stage, Never),
            Fact::TimerRestarted => row("timer-restarted", None, Stage, Never),
            Fact::TimerDropped => row("timer-dropped", None, Stage, Never),
            Fact::DeductionMade { pitch, .. } => row("deduction-made", Some(*pitch), Deductions, Never).counting_anew().unseating(),
            Fact::DeductionRemoved { pitch, .. } => row("deduction-removed", Some(*pitch), Deductions, Never).counting_anew().unseating(),
            Fact::OvertimeDismissed { pitch, .. } => row("overtime-dismissed", Some(*pitch), Deductions, Never),
            Fact::DrawCommitted { .. } => row("draw-committed", None, Stage, Always(Shown)),
            Fact::NumberCalled { round, .. } => row("number-called", None, Called(*round), Never),
            Fact::DrawRevealed { .. } => row("draw-revealed", None, Stage, Always(Shown)),
            Fact::ActionUndone { .. } => row("action-undone", None, Unlisted, Never).moving(Unknown),
            Fact::RehearsalBegun => row("rehearsal-begun", None, Unlisted, Never),
            Fact::RehearsalWiped => row("rehearsal-wiped", None, Unlisted, Never),
            Fact::ScorecardsSigned { .. } => row("scorecards-signed", None, Unlisted, Never),
            Fact::PlatesShown { pitch, .. } => row("plates-shown", Some(*pitch), Stage, Always(Shown)),
            Fact::AwardsSet { .. } => row("awards-set", None, Unlisted, Never),
            Fact::BoardFrozen { round } => row("board-frozen", None, Frozen(*round, false), Never).moving(Board(*round)),
            Fact::BoardThawed { round, .. } => row("board-thawed", None, Frozen(*round, true), Never).moving(Board(*round)),
            Fact::RevealBegun { .. } => row("reveal-begun", None, Reveal, Never),
            Fact::RevealStepped { .. } => row("reveal-stepped", None, Stage, Always(Shown)),
            Fact::RevealEnded { .. } => row("reveal-ended", None, Stage, Always(Decided)),
            Fact::BoardPublished { round, .. } => row("board-published", None, Stage, Always(Shown)).moving(Board(*round)),
            Fact::VoteSet { .. } => row("vote-set", None, Unlisted, Never),
            Fact::SeatCodesIssued { .. } => row("seat-codes-issued", None, Unlisted, Never),
            Fact::VoteOpened => row("vote-opened", None, Vote(VoteState::Ready), OnceVoted),
            Fact::BallotCast { .. } => row("ballot-cast", None, Unlisted, Never),
            Fact::VoteClosed => row("vote-closed", None, Vote(VoteState::Open), Never),
            Fact::BoardShown { .. } => row("board-shown", None, Stage, Never),
            Fact::SigningAnnounced { .. } => row("signing-announced", None, Unlisted, Never),
            Fact::SigningWithdrawn { .. } => row("signing-withdrawn", None, Unlisted, Never),
            Fact::MessageShown { .. } => row("message-shown", None, Stage, Never),
            Fact::CurtainDrawn { segment } => row("curtain-drawn", None, Stage, OnceGone(*segment)),
            Fact::PodiumStepped { .. } => row("podium-stepped", None, Stage, Never),
            Fact::MatterLeft { .. } => row("matter-left", None, Unlisted, Never),
            Fact::ResultConfirmed { .. } => row("result-confirmed", None, Unlisted, Never),
            Fact::ResultMadeOfficial { .. } => row("result-made-official", None, Unlisted, Never),
            Fact::ResultPublished { .. } => row("result-published", None, Unlisted, Never),
            Fact::StepTakenBack { .. } => row("step-taken-back", None, Unlisted, Never),
            Fact::CorrectionProposed { .. } => row("correction-proposed", None, Unlisted, Never),
            Fact::CorrectionAgreed { .. } => row("correction-agreed", None, Unlisted, Never),
            Fact::CorrectionRefused { .. } => row("correction-refused", None, Unlisted, Never),
            Fact::CorrectionWithdrawn { .. } => row("correction-withdrawn", None, Unlisted, Never),
            Fact::VoteRevealed { .. } => row("vote-revealed", None, Stage, Always(Shown)).moving(Counts).unseating(),
        }
    }
}
