//! `/api/pair`: a card takes a seat. `/api/pair/typed`: without the QR code, while the host shows pairing.

use crate::http::account::{cookie, seat};
use crate::http::error::ApiError;
use crate::http::extract::{Caller, Presented};
use crate::http::state::App;
use crate::wire::rest;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;

pub async fn with_card(
    State(app): State<App>,
    presented: Presented,
    caller: Caller,
    Json(body): Json<rest::Pair>,
) -> Result<(HeaderMap, Json<rest::Seat>), ApiError> {
    let visitor = presented.visitor(caller);
    let entered = app.auth.pair(&body.token, body.pin.as_deref(), body.robot, &visitor).await?;
    Ok((cookie(&app, &entered)?, Json(seat(&entered.session.place))))
}

pub async fn typed(
    State(app): State<App>,
    presented: Presented,
    caller: Caller,
    Json(body): Json<rest::PairTyped>,
) -> Result<(HeaderMap, Json<rest::Seat>), ApiError> {
    // What is no code and no seat is as wrong as a wrong PIN, and as slow.
    let wrong = || ApiError::from(crate::auth::error::AuthError::WrongPin);
    let contest = body.contest.parse().map_err(|_| wrong())?;
    let of = body.seat.parse().map_err(|_| wrong())?;
    let visitor = presented.visitor(caller);
    let entered = app.auth.pair_typed(&contest, of, &body.pin, &visitor).await?;
    Ok((cookie(&app, &entered)?, Json(seat(&entered.session.place))))
}
