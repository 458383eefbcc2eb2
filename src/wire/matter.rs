//! An open matter by its name, as commands and views speak of it.

use crate::domain::terms::matter::Matter;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that is unsettled; what it is about by what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MatterInfo {
    pub what: MatterName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pitch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub judge: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub round: Option<String>,
    /// The place that is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<u32>,
    /// The track in whose list it is shared (`T2`); absent in that of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
    /// The proposal's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub proposal: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MatterName {
    NeverCame,
    Unscored,
    Unannounced,
    GivenBack,
    CameLate,
    Signature,
    Corrected,
    TooFew,
    Overtime,
    Tied,
    Decided,
    Audience,
    Frozen,
    Rescored,
    Proposed,
    Untracked,
}

impl From<Matter> for MatterInfo {
    fn from(matter: Matter) -> Self {
        let (what, judge, round, place) = match matter {
            Matter::NeverCame { .. } => (MatterName::NeverCame, None, None, None),
            Matter::Unscored { .. } => (MatterName::Unscored, None, None, None),
            Matter::Unannounced { .. } => (MatterName::Unannounced, None, None, None),
            Matter::Corrected { .. } => (MatterName::Corrected, None, None, None),
            Matter::TooFew { .. } => (MatterName::TooFew, None, None, None),
            Matter::Overtime { .. } => (MatterName::Overtime, None, None, None),
            Matter::GivenBack { judge, .. } => (MatterName::GivenBack, Some(judge), None, None),
            Matter::CameLate { judge, .. } => (MatterName::CameLate, Some(judge), None, None),
            Matter::Signature { round, judge } => (MatterName::Signature, Some(judge), Some(round), None),
            Matter::Tied { round, place, .. } => (MatterName::Tied, None, Some(round), Some(place)),
            Matter::Decided { round } => (MatterName::Decided, None, Some(round), None),
            Matter::Audience { round } => (MatterName::Audience, None, Some(round), None),
            Matter::Frozen { round } => (MatterName::Frozen, None, Some(round), None),
            Matter::Rescored { round } => (MatterName::Rescored, None, Some(round), None),
            Matter::Proposed { .. } => (MatterName::Proposed, None, None, None),
            Matter::Untracked { .. } => (MatterName::Untracked, None, None, None),
        };
        MatterInfo {
            what,
            pitch: matter.pitch().map(|id| id.to_string()),
            judge: judge.map(|id| id.to_string()),
            round: round.map(|id| id.to_string()),
            place,
            track: if let Matter::Tied { track: Some(track), .. } = matter {
                Some(track.to_string())
            } else {
                None
            },
            proposal: if let Matter::Proposed { proposal } = matter { Some(proposal) } else { None },
        }
    }
}
