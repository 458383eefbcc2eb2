//! `GET /api/address` lists the machine's addresses, `PUT` picks one.

use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::state::App;
use crate::wire::preflight::AddressState;
use crate::wire::rest;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

pub async fn get(_: Organiser, State(app): State<App>) -> Json<rest::Address> {
    let AddressState { shown, was, here, .. } = app.address.state();
    Json(rest::Address { public: shown, choices: here, was })
}

pub async fn put(
    _: Organiser,
    State(app): State<App>,
    Json(body): Json<rest::Address>,
) -> Result<StatusCode, ApiError> {
    let picked = app.address.pick(body.public.as_deref().unwrap_or(""))?;
    app.tell_address().await;
    // The choice holds all the same; only the next start would not know of it.
    if let Err(error) = app.store.put_address(&picked).await {
        tracing::warn!(%error, "the picked address is not remembered");
    }
    Ok(StatusCode::NO_CONTENT)
}
