//! Refusals as the page gets them (a code and its parameters, never prose) and the close codes of sockets.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A *no*: `code` is the key under which the page finds its sentence, `params` fill it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    pub code: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    pub params: BTreeMap<String, String>,
}

impl Refusal {
    pub fn new(code: &str) -> Self {
        Refusal { code: code.to_owned(), params: BTreeMap::new() }
    }

    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.params.insert(key.to_owned(), value.to_string());
        self
    }
}

impl From<&crate::domain::rejection::Rejection> for Refusal {
    fn from(rejection: &crate::domain::rejection::Rejection) -> Self {
        let params = rejection.params().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Refusal { code: rejection.code().to_owned(), params }
    }
}

/// Close codes. 4401, 4403 and 4409 mean: do not come back by yourself.
pub mod close {
    /// The frame breaks the protocol.
    pub const POLICY: u16 = 1008;
    /// The server stops; come back after a moment.
    pub const RESTART: u16 = 1012;
    /// Too busy; come back after a moment.
    pub const TRY_LATER: u16 = 1013;
    /// No session, or it was ended.
    pub const SIGNED_OUT: u16 = 4401;
    /// The session may not be here.
    pub const FORBIDDEN: u16 = 4403;
    /// Another device has taken this seat.
    pub const SEAT_TAKEN: u16 = 4409;
}
