//! `/c/{code}/ws/public` and `/c/{code}/ws/screen`: what the hall sees. No sign-in.

use super::{Purpose, upgrade};
use crate::http::error::ApiError;
use crate::http::state::App;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

pub async fn public(
    State(app): State<App>,
    Path(code): Path<String>,
    ws: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let channel = handle.channels.public.clone();
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: true, talker: None, display: None }))
}

/// What a screen may say of itself in its address.
#[derive(Deserialize)]
pub struct Named {
    /// A display's key. Without one it is a plain screen.
    display: Option<String>,
}

/// A key that is none is refused at once: our own pages make none like it.
pub async fn screen(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(Named { display }): Query<Named>,
    ws: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let display = display.map(|key| key.parse()).transpose();
    let display = display.map_err(|_| ApiError::bad_request("bad-display-key"))?;
    let channel = handle.channels.screen.clone();
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: false, talker: None, display }))
}
