//! Among whom a rule ranks, and how it speaks of who is not among them.

use serde::{Deserialize, Serialize};

/// How the hall hears of a project that was disqualified.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Naming {
    /// 取消资格
    #[default]
    Named,
    /// It is left out, and nobody says why.
    LeftOut,
}

/// Which lists there are of a round: places, and what decides between equal scores, are counted within each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ranking {
    /// One, of all.
    #[default]
    Overall,
    /// One of each track.
    ByTrack,
    /// One of each track, and one of all.
    Both,
}

impl Ranking {
    /// Whoever has no track has no place.
    pub fn has_tracks(self) -> bool {
        match self {
            Ranking::Overall => false,
            Ranking::ByTrack | Ranking::Both => true,
        }
    }

    /// What nobody changed is not written down.
    pub fn is_usual(&self) -> bool {
        *self == Ranking::default()
    }
}

impl Naming {
    /// What nobody changed is not written down.
    pub fn is_usual(&self) -> bool {
        *self == Naming::default()
    }
}
