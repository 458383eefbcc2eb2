//! The organiser's commands over HTTP.

use crate::domain::command::Command;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::CommandId;
use crate::domain::rejection::Rejection;
use crate::http::error::ApiError;
use crate::live::error::SubmitError;
use crate::live::handle::Handle;
use axum::http::StatusCode;
use rand::RngExt;

/// Gives an organiser's command.
pub async fn command(handle: &Handle, command: Command) -> Result<StatusCode, ApiError> {
    let id = CommandId(rand::rng().random());
    handle.submit(Actor::Organiser, id, command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is declared before the show would be wiped with a rehearsal that is on.
pub async fn planned(handle: &Handle, planned: Command) -> Result<StatusCode, ApiError> {
    if handle.contest().rehearsal.is_some() {
        return Err(SubmitError::Rejected(Rejection::Rehearsing).into());
    }
    command(handle, planned).await
}
