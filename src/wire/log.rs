//! The journal for people, page by page, newest first.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogPage {
    /// Newest first.
    pub lines: Vec<LogLine>,
    /// Ask with this for what lies before; absent at the beginning. A page may be short, or empty, although more lies before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub before: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogLine {
    #[ts(type = "number")]
    pub record: u64,
    #[ts(type = "number")]
    pub at: u64,
    /// The person's name.
    pub who: String,
    /// `setup`, `stage`, `scoring`, `correction`, `announcing`, `vote`, `result`
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub project: Option<String>,
    /// In the language asked for.
    pub what: String,
    /// Of a rehearsal: it counts for nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub rehearsal: bool,
}
