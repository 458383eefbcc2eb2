//! What happens on the stage: a pitch's life, the segments around the pitches, the scene of the big screen, the planned
//! times, and when scorecards are taken.

use crate::domain::kernel::ids::SegmentId;
use crate::domain::terms::plates::Turning;
use crate::domain::terms::reveal::Mode;
use serde::{Deserialize, Serialize};

/// A pitch's life: queued → pitching → Q&A → scoring → closed → revealed; or absent, withdrawn, disqualified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    Queued,
    Pitching,
    Qa,
    Scoring,
    Closed,
    Revealed,
    Absent,
    Withdrawn,
    Disqualified,
}

impl Phase {
    /// It takes part in nothing that ranks.
    pub fn is_out(self) -> bool {
        matches!(self, Phase::Absent | Phase::Withdrawn | Phase::Disqualified)
    }

    /// The judges have had their say.
    pub fn is_scored(self) -> bool {
        matches!(self, Phase::Closed | Phase::Revealed)
    }

    /// The team stands on the stage, or its window is still open.
    pub fn holds_the_stage(self) -> bool {
        matches!(self, Phase::Pitching | Phase::Qa | Phase::Scoring)
    }
}

/// When scorecards of a round are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowPolicy {
    #[serde(default)]
    pub opens: Opens,
    #[serde(default)]
    pub closes: Closes,
    #[serde(default)]
    pub late: Late,
    /// So many first pitches are scored and announced together; their scorecards can be changed until the last of them closes.
    #[serde(default)]
    pub warm_up: u16,
    /// A score is announced only when so many later pitches have closed.
    #[serde(default)]
    pub announce_after: u16,
    /// How the judges' plates turn when it is.
    #[serde(default)]
    pub plates: Turning,
    /// The board freezes before so many last pitches; 0: it does not by itself.
    #[serde(default)]
    pub freeze: u16,
    /// How it is told in the end.
    #[serde(default)]
    pub reveal: Mode,
}

/// When a pitch's window opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opens {
    WithPitch,
    AtQa,
    #[default]
    ByHand,
}

/// When it closes, once the team has left the stage. The host may close it at any time before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closes {
    #[default]
    ByHand,
    WhenAllIn,
    /// By itself after so many seconds.
    After(u32),
}

/// What happens to a scorecard that comes after closing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Late {
    /// Refused; the host may give it back.
    #[default]
    Refused,
    /// A judge's first scorecard is still taken, until the score is announced.
    UntilAnnounced,
}

/// Most segments of one programme.
pub const SEGMENTS_MAX: usize = 99;
/// Most names that one segment shows.
pub const NAMES_MAX: usize = 40;
/// Longest countdown of a window, in seconds.
pub const COUNTDOWN_SECS_MAX: u32 = 3_600;

/// A part of the programme that is no pitch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub id: SegmentId,
    pub kind: SegmentKind,
    pub title: String,
    /// Names on the screen, a line each.
    #[serde(default)]
    pub names: Vec<String>,
    /// Planned seconds; 0 without a timer.
    #[serde(default)]
    pub secs: u32,
    /// So many pitches of the running order come before it; `None`: after all of them.
    #[serde(default)]
    pub after: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// 开场
    Opening,
    /// 揭牌
    Unveiling,
    /// 颁发聘书
    Appointment,
    /// 签约
    Signing,
    /// 推介
    Presentation,
    /// 抽签
    Draw,
    /// 茶歇
    Break,
    /// 颁奖
    Awards,
    Other,
}

impl SegmentKind {
    pub const ALL: [SegmentKind; 9] = [
        SegmentKind::Opening,
        SegmentKind::Unveiling,
        SegmentKind::Appointment,
        SegmentKind::Signing,
        SegmentKind::Presentation,
        SegmentKind::Draw,
        SegmentKind::Break,
        SegmentKind::Awards,
        SegmentKind::Other,
    ];
}

/// Planned seconds of a pitch, and how its timer runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    pub pitch_secs: u32,
    pub qa_secs: u32,
    /// With so many seconds left; 0 for none.
    #[serde(default = "first_warning")]
    pub first_warning_secs: u32,
    #[serde(default = "second_warning")]
    pub second_warning_secs: u32,
    /// The timer waits for a hand; else it starts with the pitch.
    #[serde(default)]
    pub by_hand: bool,
}

fn first_warning() -> u32 {
    60
}

fn second_warning() -> u32 {
    30
}

/// Longest pitch, Q&A or warning, in seconds.
pub const TIMING_SECS_MAX: u32 = 7_200;

/// Why times are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimingProblem {
    #[error("a pitch has 1 to {TIMING_SECS_MAX} seconds, not {0}")]
    Pitch(u32),
    #[error("questions have at most {TIMING_SECS_MAX} seconds (0: there are none), not {0}")]
    Qa(u32),
    #[error("a warning comes at most {TIMING_SECS_MAX} seconds before the end, not {0}")]
    Warning(u32),
    #[error("the second warning comes after the first: fewer than {first} seconds left, not {second}")]
    WarningOrder { first: u32, second: u32 },
}

impl Timing {
    /// Whether these times make sense.
    pub fn check(&self) -> Result<(), TimingProblem> {
        let Timing { pitch_secs, qa_secs, first_warning_secs: first, second_warning_secs: second, .. } =
            *self;
        let planned = 1..=TIMING_SECS_MAX;
        match () {
            () if !planned.contains(&pitch_secs) => Err(TimingProblem::Pitch(pitch_secs)),
            () if qa_secs > TIMING_SECS_MAX => Err(TimingProblem::Qa(qa_secs)),
            () if first.max(second) > TIMING_SECS_MAX => Err(TimingProblem::Warning(first.max(second))),
            () if first > 0 && second >= first => Err(TimingProblem::WarningOrder { first, second }),
            () => Ok(()),
        }
    }
}

impl Default for Timing {
    /// The common national form: 8 + 7 minutes, warnings one minute and half a minute before the end.
    fn default() -> Self {
        Timing {
            pitch_secs: 480,
            qa_secs: 420,
            first_warning_secs: first_warning(),
            second_warning_secs: second_warning(),
            by_hand: false,
        }
    }
}

/// What the big screen shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// Title, QR code, short address.
    #[default]
    Cover,
    /// Follows the pitch on stage: on stage, Q&A, scoring k of n, its score once revealed.
    Pitch,
    /// Who comes next.
    OnDeck,
    /// The segment that is on.
    Segment,
    Timer,
    Draw,
    Leaderboard,
    Podium,
    Black,
    /// The standings, told step by step.
    Reveal,
    /// The audience's vote: its question, and its counts once revealed.
    Vote,
    /// A word to the hall.
    Message,
    /// The organiser's logo and title.
    Logo,
    /// What was signed today.
    Signed,
    /// 更正: what was announced of a pitch, and what counts.
    Correction,
}

impl Scene {
    /// It shows who stands where.
    pub fn tells_standings(self) -> bool {
        matches!(self, Scene::Leaderboard | Scene::Podium)
    }
}

/// When numbers become public.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevealPolicy {
    /// A pitch's score and its place among the revealed become public when the host reveals it.
    #[default]
    PerPitch,
    /// Public standings follow every mark; for informal contests, chosen knowingly.
    Live,
}

impl std::fmt::Display for Phase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Phase::Queued => "queued",
            Phase::Pitching => "pitching",
            Phase::Qa => "qa",
            Phase::Scoring => "scoring",
            Phase::Closed => "closed",
            Phase::Revealed => "revealed",
            Phase::Absent => "absent",
            Phase::Withdrawn => "withdrawn",
            Phase::Disqualified => "disqualified",
        })
    }
}
