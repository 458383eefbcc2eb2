//! The audience's share of a score, as a rule has it.

use crate::domain::kernel::points::Points;
use serde::{Deserialize, Serialize};

/// How ballots become points of the same kind as the judges' scores.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// The project with audience rank r gets the r-th of the judges' scores.
    #[default]
    Matched,
    RankPoints,
    ShareOfMax,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Audience {
    /// 0 to 0.5 of the final score.
    pub share: Points,
    pub scale: Scale,
}
