//! One task per contest owns its state: it receives, decides and applies to a working copy, writes, acknowledges,
//! publishes, in that order, always. Nothing leaves the task before its facts are durable. It knows no sockets.

pub mod actor;
pub mod batch;
pub mod checks;
pub mod dedupe;
pub mod displays;
pub mod due;
pub mod error;
pub mod feed;
pub mod handle;
pub mod message;
pub mod presence;
pub mod projector;
pub mod publish;
pub mod pulse;
pub mod registry;
pub mod views;
pub mod wheel;

use crate::domain::command::Command;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::state::contest::Contest;

/// Asks the rules what the organiser's command would bring about now, and gives nothing.
///
/// # Errors
/// The refusal that the command would meet.
pub fn rehearse(contest: &Contest, command: &Command) -> Result<Vec<Fact>, error::SubmitError> {
    crate::domain::decide::decide(contest, Actor::Organiser, command).map_err(error::SubmitError::Rejected)
}
