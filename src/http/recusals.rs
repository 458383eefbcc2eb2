//! `/api/contests/{code}/recusals/{pitch}/{judge}`: conflicts of interest that the organiser declares before the show.

use crate::domain::command::Command;
use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::planned;
use crate::http::state::App;
use crate::wire::rest::DeclareRecusal;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

fn ids(pitch: &str, judge: &str) -> Result<(PitchId, JudgeId), ApiError> {
    let pitch = pitch.parse().map_err(|_| ApiError::not_found())?;
    Ok((pitch, judge.parse().map_err(|_| ApiError::not_found())?))
}

pub async fn declare(
    _: Organiser,
    State(app): State<App>,
    Path((code, pitch, judge)): Path<(String, String, String)>,
    Json(DeclareRecusal { reason }): Json<DeclareRecusal>,
) -> Result<StatusCode, ApiError> {
    let (pitch, judge) = ids(&pitch, &judge)?;
    planned(&app.contest(&code)?, Command::DeclareRecusal { pitch, judge, reason }).await
}

pub async fn withdraw(
    _: Organiser,
    State(app): State<App>,
    Path((code, pitch, judge)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    let (pitch, judge) = ids(&pitch, &judge)?;
    planned(&app.contest(&code)?, Command::WithdrawRecusal { pitch, judge }).await
}
