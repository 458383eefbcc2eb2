//! Displays on the wire: what one says of itself, what it is told, how the console lists it.

use crate::domain::display::{DisplayId, Role};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a display shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DisplayRole {
    /// Whatever the host shows the hall.
    Program,
    Leaderboard,
    /// The speaker's clock.
    Timer,
    /// The MC's page.
    Mc,
    /// A lower third on a transparent ground: who is on stage.
    Overlay,
    /// The newest score, on a transparent ground.
    OverlayScore,
    /// The first five, on a transparent ground.
    OverlayTop,
    /// Whatever another one shows.
    Clone,
}

impl From<Role> for DisplayRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Program => DisplayRole::Program,
            Role::Leaderboard => DisplayRole::Leaderboard,
            Role::Timer => DisplayRole::Timer,
            Role::Mc => DisplayRole::Mc,
            Role::Overlay => DisplayRole::Overlay,
            Role::OverlayScore => DisplayRole::OverlayScore,
            Role::OverlayTop => DisplayRole::OverlayTop,
            Role::Clone(_) => DisplayRole::Clone,
        }
    }
}

/// The host's word to a display, said once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DisplayWord {
    /// Show large who you are.
    Identify,
    /// Load the page again.
    Reload,
}

/// What a display knows of its own window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Viewport {
    /// CSS pixels.
    pub width: u16,
    pub height: u16,
    pub fullscreen: bool,
    /// Another window or tab lies over it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub hidden: bool,
}

/// A display in the console's list: one that has a name, or is connected without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DisplayInfo {
    /// Four characters that the display shows, too.
    pub code: String,
    /// Absent until the host has named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
    pub role: DisplayRole,
    /// The display that a clone follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub of: Option<String>,
    /// Pages that are open with its key; 0 while it is away.
    pub sockets: u32,
    /// Since when it is connected, UTC milliseconds; absent while it is away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub since: Option<u64>,
    /// When its last page left; absent while it is here, and where it has not been since the server started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub seen: Option<u64>,
    /// Of the page that was opened last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub viewport: Option<Viewport>,
}

/// `PUT /api/contests/{code}/displays/{display}`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetDisplay {
    pub name: String,
    pub role: DisplayRole,
    /// The display that a clone follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub of: Option<String>,
}

impl SetDisplay {
    /// The role; nothing for a clone that does not say of which display.
    pub fn role(&self) -> Option<Role> {
        Some(match self.role {
            DisplayRole::Program => Role::Program,
            DisplayRole::Leaderboard => Role::Leaderboard,
            DisplayRole::Timer => Role::Timer,
            DisplayRole::Mc => Role::Mc,
            DisplayRole::Overlay => Role::Overlay,
            DisplayRole::OverlayScore => Role::OverlayScore,
            DisplayRole::OverlayTop => Role::OverlayTop,
            DisplayRole::Clone => Role::Clone(self.of.as_ref()?.parse::<DisplayId>().ok()?),
        })
    }
}
