//! What a contest looks like: its theme, an accent colour of the organiser's, a logo.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// 科技蓝
    #[default]
    Tech,
    /// 红金
    Gold,
    Light,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    #[serde(default)]
    pub theme: Theme,
    /// `#rrggbb`; without one the theme's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// SHA-256 of the logo's file, 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
}
