//! The steps in which the judges' plates turn.

use serde::{Deserialize, Serialize};

/// How the plates of a round turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turning {
    /// There is no ceremony: the score comes at once.
    None,
    #[default]
    Together,
    OneByOne,
}

/// What the hall has been shown of the plates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlateStep {
    /// So many, in the order of the seats; 0: face down again.
    Turned(u16),
    /// What the rule leaves out is struck.
    Struck,
    /// The score stands, with what was taken off.
    Scored,
}
