//! Interest in projects 合作意向, as phones leave it and the organiser and teams read it.

use crate::domain::interest::{Purpose, State};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `POST /api/contests/{code}/interests`: somebody wants to talk to these teams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LeaveInterest {
    /// 32 hex digits that the device made: the same again is no second entry.
    pub id: String,
    pub name: String,
    pub unit: String,
    /// Phone, e-mail, WeChat: as it was typed.
    pub contact: String,
    #[ts(type = "\"invest\" | \"cooperate\" | \"buy\" | \"settle\" | \"other\"")]
    pub purpose: Purpose,
    #[serde(default)]
    pub words: String,
    /// `P3`
    pub projects: Vec<String>,
    /// It was agreed that the organiser, and the teams where the organiser chooses so, may read this.
    pub consent: bool,
}

/// An entry as the organiser sees it; a team sees it without `note` and other projects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct InterestLine {
    pub id: String,
    /// UTC milliseconds.
    #[ts(type = "number")]
    pub at: u64,
    pub name: String,
    pub unit: String,
    pub contact: String,
    #[ts(type = "\"invest\" | \"cooperate\" | \"buy\" | \"settle\" | \"other\"")]
    pub purpose: Purpose,
    pub words: String,
    pub projects: Vec<String>,
    #[ts(type = "\"new\" | \"contacted\" | \"meeting\" | \"signed\" | \"declined\"")]
    pub state: State,
    pub note: String,
}

/// `PUT /api/contests/{code}/interests/{id}`: how far it has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetInterest {
    #[ts(type = "\"new\" | \"contacted\" | \"meeting\" | \"signed\" | \"declined\"")]
    pub state: State,
    pub note: String,
}

/// All entries, and the projects whose teams have a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Interests {
    pub lines: Vec<InterestLine>,
    pub linked: Vec<String>,
}

/// A team's link, shown this once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TeamLink {
    pub url: String,
}

/// `POST /api/contests/{code}/team`: what a team's link opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenTeam {
    pub token: String,
}

/// What a team reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TeamInterests {
    /// `P3`
    pub project: String,
    pub name: String,
    pub lines: Vec<InterestLine>,
}
