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

impl Naming {
    /// What nobody changed is not written down.
    pub fn is_usual(&self) -> bool {
        *self == Naming::default()
    }
}
