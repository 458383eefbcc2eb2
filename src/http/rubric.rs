//! `/api/contests/{code}/rubric`: the organiser's change of what is marked, until the first scorecard is in.

use crate::domain::command::Command;
use crate::domain::terms::rubric::Criterion;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::command;
use crate::http::state::App;
use crate::wire::rest::SetRubric;
use crate::wire::view::parts::CriterionInfo;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

pub async fn set(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(SetRubric { criteria }): Json<SetRubric>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let round = handle.contest().show.round_now().map(|round| round.id).ok_or_else(ApiError::not_found)?;
    let criteria = criteria.into_iter().map(criterion).collect::<Option<Vec<_>>>();
    let criteria = criteria.ok_or_else(|| ApiError::bad_request("bad-number"))?;
    command(&handle, Command::SetRubric { round, criteria }).await
}

fn criterion(info: CriterionInfo) -> Option<Criterion> {
    let CriterionInfo { id, name, scale, max, step, weight } = info;
    let step = step.map(|step| step.parse()).transpose().ok()?;
    Some(Criterion { id: id.parse().ok()?, name, max: max.parse().ok()?, weight, step, scale })
}
