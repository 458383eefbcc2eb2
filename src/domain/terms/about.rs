//! What a contest is called, where and when it is, how it looks and how it reveals.

use crate::domain::terms::look::Look;
use crate::domain::terms::programme::RevealPolicy;
use serde::{Deserialize, Serialize};

/// What a contest is called and how it reveals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub venue: String,
    /// IANA name of the one time zone in which times are shown.
    pub zone: String,
    #[serde(default)]
    pub reveal: RevealPolicy,
    #[serde(default)]
    pub look: Look,
}
