//! What a contest looks like: its theme, an accent colour of the organiser's, a logo.

use crate::domain::rejection::Rejection;
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

impl Look {
    /// The same look where its accent is a colour. Whether it can be read is asked where it is set.
    pub fn checked(&self) -> Result<Look, Rejection> {
        let accent = self.accent.as_ref().map(|accent| accent.to_ascii_lowercase());
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let colour = |text: &String| text.len() == 7 && text.strip_prefix('#').is_some_and(digits);
        if accent.as_ref().is_some_and(|accent| !colour(accent)) {
            return Err(Rejection::BadText { field: "accent", max: 7 });
        }
        Ok(Look { accent, ..self.clone() })
    }
}
