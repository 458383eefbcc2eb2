//! What an announcing fact says of what the hall was told with it.

use serde::{Deserialize, Serialize};

/// A pitch's score and place among those that the hall knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    /// Absent where the rule gives none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
}

/// 更正: what had been announced of a pitch, and what is in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub old: Stand,
    pub new: Stand,
}

/// The standings that the hall knows from here on, and the arithmetic that made them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// `scoring::VERSION` of the day.
    pub scorer: u32,
    /// SHA-256, in hex, of their rows.
    pub digest: String,
}
