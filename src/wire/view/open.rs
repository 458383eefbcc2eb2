//! Open matters, as the staff's pages list them.

use super::parts;
use crate::domain::kernel::ids::PitchId;
use crate::domain::query::corrections;
use crate::domain::query::open;
use crate::domain::scoring::field::Ranking;
use crate::domain::settling;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::announced::{Change, Stand};
use crate::domain::terms::matter::Matter;
use crate::domain::terms::programme::Phase;
use crate::wire::command::ClientCommand;
use crate::wire::matter::MatterInfo;
use crate::wire::phase::PhaseName;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was announced of a pitch, and what counts of it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CorrectionInfo {
    pub old: StandInfo,
    pub new: StandInfo,
    /// It is out, and so it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub out: Option<PhaseName>,
    /// The hall was told that it is out, in this way, and it stands again: that is why there is no old score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub back: Option<PhaseName>,
    /// Its places are those within its track.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub by_track: bool,
}

/// A score and a place; absent where the rule gives none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandInfo {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub score: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<u32>,
}

impl CorrectionInfo {
    /// Of a pitch that is in this phase now, and was out in that one for the hall.
    pub(super) fn of(Change { old, new }: Change, round: &Round, phase: Phase, was: Option<Phase>) -> Self {
        let out = phase.is_out().then(|| parts::named(round, phase));
        let back = was.filter(|_| out.is_none()).map(|was| parts::named(round, was));
        let by_track = round.rule.ranking == Ranking::ByTrack;
        CorrectionInfo { old: old.into(), new: new.into(), out, back, by_track }
    }

    /// Where it is open.
    pub(super) fn open(contest: &Contest, pitch: PitchId) -> Option<Self> {
        let (round, state) = contest.round(pitch.round).zip(contest.pitch(pitch))?;
        let was = contest.published.out.get(&pitch).copied();
        Some(Self::of(corrections::of(contest, pitch)?, round, state.phase, was))
    }
}

impl From<Stand> for StandInfo {
    fn from(Stand { score, place }: Stand) -> Self {
        StandInfo { score, place }
    }
}

/// An open matter, its effect, and what settles it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct OpenInfo {
    pub matter: MatterInfo,
    /// Final standings wait for it.
    pub changes: bool,
    /// It may stay as it is, for a reason.
    pub may_stay: bool,
    /// Why it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub left: Option<String>,
    /// Of `corrected`: what was announced, and what counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub correction: Option<CorrectionInfo>,
    /// Commands of the host that settle it now, without a word to add.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<ClientCommand>>")]
    pub commands: Vec<ClientCommand>,
}

/// Matters that the staff's pages list at once; the rest is counted.
pub const LISTED: usize = 40;

/// What is open now. Towards the end (`all`) everything that it would leave open.
pub fn listed(contest: &Contest, matters: &[Matter], all: bool) -> Vec<OpenInfo> {
    let worth = |matter: &&Matter| all || open::due(contest, **matter);
    matters.iter().filter(worth).take(LISTED).map(|matter| info(contest, *matter)).collect()
}

fn info(contest: &Contest, matter: Matter) -> OpenInfo {
    let correction = match matter {
        Matter::Corrected { pitch } => CorrectionInfo::open(contest, pitch),
        _ => None,
    };
    OpenInfo {
        matter: matter.into(),
        changes: matter.changes_standings(),
        may_stay: matter.can_be_left(),
        left: contest.left.get(&matter).cloned(),
        correction,
        commands: settling::commands(contest, matter).into_iter().filter_map(ClientCommand::of).collect(),
    }
}
