//! `/api/contests/{code}/chair`: which judge of the panel is its chair, until the first scorecard is in.

use crate::domain::command::Command;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::command;
use crate::http::state::App;
use crate::wire::error::Refusal;
use crate::wire::rest::SetChair;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

pub async fn set(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(SetChair { chair }): Json<SetChair>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let contest = handle.contest();
    let round = contest.show.round_now().ok_or_else(ApiError::not_found)?;
    let unknown =
        |seat: &str| ApiError::new(StatusCode::CONFLICT, Refusal::new("unknown-seat").with("seat", seat));
    let chair = chair.map(|chair| chair.parse().map_err(|_| unknown(&chair))).transpose()?;
    command(&handle, Command::SetPanel { round: round.id, judges: round.panel.to_vec(), chair }).await
}
