//! `/api/contests/{code}/statistics`: how far the panel agrees, each judge beside it, how sure the first places are. For host,
//! organiser and auditor once scorecards are closed, for the chair once every pitch is over, for nobody else: no judge is swayed by it.

use crate::auth::seat::Place;
use crate::domain::kernel::ids::TrackId;
use crate::domain::state::contest::Contest;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::state::App;
use crate::live::handle::Handle;
use crate::wire::statistics::Statistics;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Wanted {
    /// What takes seconds, too.
    #[serde(default)]
    all: bool,
    /// Of this track's list, where tracks rank.
    track: Option<String>,
}

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Query(Wanted { all, track }): Query<Wanted>,
) -> Result<impl IntoResponse, ApiError> {
    let handle = app.contest(&code)?;
    let contest = handle.contest();
    if !sees(&app, &presented, &handle, &contest) {
        return Err(ApiError::not_found());
    }
    let wanted = if all { Statistics::Bearable } else { Statistics::Cheap };
    let track = track.map(|track| track.parse()).transpose().map_err(|_| ApiError::not_found())?;
    let known =
        |track: &TrackId| contest.show.round_now().is_some_and(|round| round.lists().contains(&Some(*track)));
    if track.as_ref().is_some_and(|track| !known(track)) {
        return Err(ApiError::not_found());
    }
    let text = app.panels.of(contest, track, wanted).await.map_err(ApiError::internal)?;
    Ok(([(CONTENT_TYPE, "application/json")], text))
}

fn sees(app: &App, presented: &Presented, handle: &Handle, contest: &Contest) -> bool {
    let over = contest.show.round_now().filter(|round| contest.is_over(round));
    let chair = over.and_then(|round| round.chair).map(|chair| Place::judge(handle.code.clone(), chair));
    let chairs = chair.is_some_and(|place| presented.session(app, &place).is_some());
    chairs || presented.audits(app, handle) || presented.drives(app, handle).is_ok()
}
