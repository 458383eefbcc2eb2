//! `/api/contests/{code}/pairing`: pairing by PIN for ten minutes, and letting in again whom guessing has shut out.

use crate::auth::seat::Place;
use crate::http::cards::place;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::state::App;
use crate::live::handle::Handle;
use crate::wire::rest::{ApprovePairing, DismissPairing, Pairing, ShowPairing};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

/// The contest, for its host or the organiser; and who of them asks.
pub fn driven(app: &App, presented: &Presented, code: &str) -> Result<(Handle, &'static str), ApiError> {
    let handle = app.contest(code)?;
    let may = [(Place::host(handle.code.clone()), "host"), (Place::organiser(), "organiser")];
    let by = may.into_iter().find(|(place, _)| presented.session(app, place).is_some());
    by.map(|(_, by)| (handle, by)).ok_or_else(ApiError::signed_out)
}

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
) -> Result<Json<Pairing>, ApiError> {
    let (handle, _) = driven(&app, &presented, &code)?;
    let left = app.auth.pairing_left(&handle.code);
    let asking = app.auth.asking_approval(&handle.code);
    let seats = asking.iter().map(|place| place.seat().to_string());
    Ok(Json(Pairing {
        left_secs: left.map(|left| u32::try_from(left.as_secs()).unwrap_or(u32::MAX)),
        alarm: app.auth.pairing_alarm(),
        asking: seats.filter(|seat| place(&handle, seat).is_ok()).collect(),
    }))
}

pub async fn show(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(ShowPairing { open }): Json<ShowPairing>,
) -> Result<StatusCode, ApiError> {
    let (handle, _) = driven(&app, &presented, &code)?;
    app.auth.show_pairing(&handle.code, open);
    Ok(StatusCode::NO_CONTENT)
}

pub async fn approve(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(ApprovePairing { seat }): Json<ApprovePairing>,
) -> Result<StatusCode, ApiError> {
    let (handle, by) = driven(&app, &presented, &code)?;
    match seat {
        Some(seat) => app.auth.approve_pairing(&place(&handle, &seat)?, by).await?,
        None => app.auth.approve_all_pairing(),
    }
    Ok(StatusCode::NO_CONTENT)
}

pub async fn dismiss(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(DismissPairing { seat }): Json<DismissPairing>,
) -> Result<StatusCode, ApiError> {
    let (handle, _) = driven(&app, &presented, &code)?;
    app.auth.dismiss_asking(&place(&handle, &seat)?);
    Ok(StatusCode::NO_CONTENT)
}
