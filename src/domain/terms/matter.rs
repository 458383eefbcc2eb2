//! Something of a contest that is unsettled.

use crate::domain::kernel::ids::{JudgeId, PitchId, RoundId, TrackId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something unsettled, and whose it is. The journal names it where the end or a decision leaves it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Matter {
    /// It is in the running order and was never on the stage.
    NeverCame { pitch: PitchId },
    /// Its window has closed, and no scorecard of it counts.
    Unscored { pitch: PitchId },
    /// Something counts of it that the hall was not told.
    Unannounced { pitch: PitchId },
    /// The scorecard was given back and has not come in again: it counts as it was.
    GivenBack { pitch: PitchId, judge: JudgeId },
    /// The scorecard came after the window had closed, and nobody has said whether it counts.
    CameLate { pitch: PitchId, judge: JudgeId },
    /// The judge has not signed, or has signed something else than what counts.
    Signature { round: RoundId, judge: JudgeId },
    /// Something else counts of it than what was announced.
    Corrected { pitch: PitchId },
    /// Its window has closed with fewer scorecards than the rule ranks.
    TooFew { pitch: PitchId },
    /// Measured overtime for which the rule takes something off, and nobody has decided.
    Overtime { pitch: PitchId },
    /// Projects share this place, and the rule asks the chair.
    Tied {
        round: RoundId,
        place: u32,
        /// Of the track's list; absent: of all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        track: Option<TrackId>,
    },
    /// A tie was decided of which the hall knows the places as they were before.
    Decided { round: RoundId },
    /// The audience has a share of the score, which is not in.
    Audience { round: RoundId },
    /// The board stands still, and what counts is not told.
    Frozen { round: RoundId },
    /// The standings that were published come out otherwise by today's arithmetic.
    Rescored { round: RoundId },
    /// A correction after the end waits for a second person.
    Proposed { proposal: u64 },
    /// Its project has no track, and places are counted by track: it cannot begin.
    Untracked { pitch: PitchId },
}

impl Matter {
    /// The pitch that it is about.
    pub fn pitch(self) -> Option<PitchId> {
        match self {
            Matter::NeverCame { pitch }
            | Matter::Unscored { pitch }
            | Matter::Unannounced { pitch }
            | Matter::GivenBack { pitch, .. }
            | Matter::CameLate { pitch, .. }
            | Matter::Corrected { pitch }
            | Matter::TooFew { pitch }
            | Matter::Overtime { pitch }
            | Matter::Untracked { pitch } => Some(pitch),
            Matter::Signature { .. }
            | Matter::Tied { .. }
            | Matter::Decided { .. }
            | Matter::Audience { .. }
            | Matter::Frozen { .. }
            | Matter::Rescored { .. }
            | Matter::Proposed { .. } => None,
        }
    }

    /// The round that it is about; `None`: any.
    pub fn round(self) -> Option<RoundId> {
        match self {
            Matter::Signature { round, .. }
            | Matter::Tied { round, .. }
            | Matter::Decided { round }
            | Matter::Audience { round }
            | Matter::Frozen { round }
            | Matter::Rescored { round } => Some(round),
            Matter::NeverCame { .. }
            | Matter::Unscored { .. }
            | Matter::Unannounced { .. }
            | Matter::GivenBack { .. }
            | Matter::CameLate { .. }
            | Matter::Corrected { .. }
            | Matter::TooFew { .. }
            | Matter::Overtime { .. }
            | Matter::Untracked { .. }
            | Matter::Proposed { .. } => self.pitch().map(|pitch| pitch.round),
        }
    }

    /// Once it is settled the hall may see other standings.
    pub fn changes_standings(self) -> bool {
        // Who has no track has not begun.
        !matches!(self, Matter::NeverCame { .. } | Matter::Signature { .. } | Matter::Untracked { .. })
    }

    /// It may stay as it is, for a reason that somebody gives: a result is made official without a signature that way. What one
    /// press settles is settled; what is missing at the end is named by it.
    pub fn can_be_left(self) -> bool {
        match self {
            Matter::Unscored { .. }
            | Matter::Unannounced { .. }
            | Matter::TooFew { .. }
            | Matter::CameLate { .. }
            | Matter::Overtime { .. }
            | Matter::Tied { .. }
            | Matter::Audience { .. }
            | Matter::Signature { .. }
            | Matter::Rescored { .. } => true,
            Matter::NeverCame { .. }
            | Matter::Untracked { .. }
            | Matter::GivenBack { .. }
            | Matter::Proposed { .. }
            | Matter::Corrected { .. }
            | Matter::Decided { .. }
            | Matter::Frozen { .. } => false,
        }
    }
}

impl fmt::Display for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Matter::NeverCame { pitch } => write!(f, "{pitch} never came"),
            Matter::Unscored { pitch } => write!(f, "{pitch} has no scorecard"),
            Matter::Unannounced { pitch } => write!(f, "{pitch} was not announced"),
            Matter::GivenBack { pitch, judge } => write!(f, "{pitch} {judge} was given back"),
            Matter::CameLate { pitch, judge } => write!(f, "{pitch} {judge} came too late"),
            Matter::Signature { round, judge } => write!(f, "{round} {judge} has not signed"),
            Matter::Corrected { pitch } => write!(f, "{pitch} was corrected"),
            Matter::TooFew { pitch } => write!(f, "{pitch} has too few scorecards"),
            Matter::Overtime { pitch } => write!(f, "{pitch} was over time"),
            Matter::Tied { round, place, track: None } => write!(f, "{round} place {place} is shared"),
            Matter::Tied { round, place, track: Some(track) } => {
                write!(f, "{round} place {place} of {track} is shared")
            }
            Matter::Decided { round } => write!(f, "{round} a decided tie was not told"),
            Matter::Audience { round } => write!(f, "{round} waits for the audience"),
            Matter::Frozen { round } => write!(f, "{round} is frozen"),
            Matter::Rescored { round } => write!(f, "{round} comes out otherwise"),
            Matter::Untracked { pitch } => write!(f, "{pitch} has no track"),
            Matter::Proposed { proposal } => write!(f, "correction {proposal} waits for a second person"),
        }
    }
}
