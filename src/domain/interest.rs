//! Interest in projects 合作意向: somebody in the hall wants to talk to a team. No fact: it can be removed for good.

use crate::domain::kernel::ids::ProjectId;
use serde::{Deserialize, Serialize};

/// One entry; `id` was made by the device that left it, so that sending it twice is as good as once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interest {
    #[serde(skip)]
    pub id: u128,
    /// UTC milliseconds.
    pub at: u64,
    pub name: String,
    pub unit: String,
    pub contact: String,
    pub purpose: Purpose,
    pub words: String,
    pub projects: Vec<ProjectId>,
    pub state: State,
    /// The organiser's own.
    pub note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    Invest,
    Cooperate,
    Buy,
    Settle,
    Other,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    #[default]
    New,
    Contacted,
    Meeting,
    Signed,
    Declined,
}
