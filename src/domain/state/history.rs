//! What the host's side did, with what an undo of it puts back.

use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{ProjectId, RoundId};
use crate::domain::kernel::shared::Shared;
use crate::domain::kernel::time::Millis;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::stage::Stage;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Oldest first.
    pub actions: Vec<Shared<Action>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// The journal's number of the fact.
    pub seq: u64,
    pub at: Millis,
    pub by: Option<Actor>,
    pub fact: Fact,
    pub undone: bool,
    pub before: Before,
}

/// What an undo puts back.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    pub stage: Stage,
    pub pitch: Option<Pitch>,
    pub order: Option<(RoundId, Vec<ProjectId>)>,
    pub called: usize,
}
