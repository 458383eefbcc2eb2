//! What the end leaves open, as the console lists it.

use super::cockpit::CueName;
use crate::domain::query::ending;
use crate::domain::state::contest::Contest;
use crate::domain::terms::ending::Missing;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MissingInfo {
    pub what: MissingName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pitch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub judge: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MissingName {
    NeverCame,
    Unscored,
    Unannounced,
    GivenBack,
    Signature,
}

impl From<Missing> for MissingInfo {
    fn from(missing: Missing) -> Self {
        let (what, pitch, judge) = match missing {
            Missing::NeverCame { pitch } => (MissingName::NeverCame, Some(pitch), None),
            Missing::Unscored { pitch } => (MissingName::Unscored, Some(pitch), None),
            Missing::Unannounced { pitch } => (MissingName::Unannounced, Some(pitch), None),
            Missing::GivenBack { pitch, judge } => (MissingName::GivenBack, Some(pitch), Some(judge)),
            Missing::Signature { round: _, judge } => (MissingName::Signature, None, Some(judge)),
        };
        MissingInfo { what, pitch: pitch.map(|id| id.to_string()), judge: judge.map(|id| id.to_string()) }
    }
}

/// Before the end it is of interest when the key leads there; afterwards it says what is still to be done.
pub fn missing(contest: &Contest, next: Option<CueName>) -> Vec<MissingInfo> {
    if !contest.show.finished && next != Some(CueName::FinishDespite) {
        return Vec::new();
    }
    ending::missing(contest).into_iter().map(MissingInfo::from).collect()
}
