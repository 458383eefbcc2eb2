//! `/api/contests/{code}/scorecards/{pitch}`: the panel's scorecards of one closed pitch, for its chair and the auditor. Their views say of which
//! pitches there are some and when they have changed; what they say is asked for here.

use crate::auth::seat::Place;
use crate::domain::kernel::ids::PitchId;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::state::App;
use crate::wire::view::chair::{self, ChairPitch};
use axum::Json;
use axum::extract::{Path, State};

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path((code, pitch)): Path<(String, String)>,
) -> Result<Json<ChairPitch>, ApiError> {
    let handle = app.contest(&code)?;
    let id: PitchId = pitch.parse().map_err(|_| ApiError::not_found())?;
    let contest = handle.contest();
    if presented.audits(&app, &handle) {
        return chair::audited(&contest, id).map(Json).ok_or_else(ApiError::not_found);
    }
    let chair = contest.round(id.round).and_then(|round| round.chair).ok_or_else(ApiError::not_found)?;
    let place = Place::judge(handle.code.clone(), chair);
    presented.session(&app, &place).ok_or_else(ApiError::not_found)?;
    chair::pitch(&contest, id, chair).map(Json).ok_or_else(ApiError::not_found)
}
