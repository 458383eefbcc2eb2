//! `/c/{code}/ws/public` and `/c/{code}/ws/screen`: what the hall sees. No sign-in.

use super::{Purpose, upgrade};
use crate::http::error::ApiError;
use crate::http::state::App;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::response::Response;

pub async fn public(
    State(app): State<App>,
    Path(code): Path<String>,
    ws: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let channel = handle.channels.public.clone();
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: true, talker: None }))
}

pub async fn screen(
    State(app): State<App>,
    Path(code): Path<String>,
    ws: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let channel = handle.channels.screen.clone();
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: false, talker: None }))
}
