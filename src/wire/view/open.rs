//! Open matters, as the staff's pages list them.

use crate::domain::cue;
use crate::domain::query::corrections;
use crate::domain::query::open;
use crate::domain::state::contest::Contest;
use crate::domain::terms::announced::{Change, Stand};
use crate::domain::terms::matter::Matter;
use crate::wire::command::ClientCommand;
use crate::wire::matter::MatterInfo;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was announced of a pitch, and what counts of it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CorrectionInfo {
    pub old: StandInfo,
    pub new: StandInfo,
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

impl From<Change> for CorrectionInfo {
    fn from(Change { old, new }: Change) -> Self {
        CorrectionInfo { old: old.into(), new: new.into() }
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
        Matter::Corrected { pitch } => corrections::of(contest, pitch).map(Into::into),
        _ => None,
    };
    OpenInfo {
        matter: matter.into(),
        changes: matter.changes_standings(),
        may_stay: matter.can_be_left(),
        left: contest.left.get(&matter).cloned(),
        correction,
        commands: cue::settling(contest, matter).into_iter().filter_map(ClientCommand::of).collect(),
    }
}
