//! `/c/{code}/ws/public` and `/c/{code}/ws/screen`: what the hall sees. No sign-in.

use super::display::OfDisplay;
use super::line::Upgrade;
use super::purpose::Purpose;
use super::upgrade;
use crate::domain::display::KeyHash;
use crate::http::error::ApiError;
use crate::http::state::App;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

pub async fn public(
    State(app): State<App>,
    Path(code): Path<String>,
    ws: Upgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let channel = handle.channels.public.clone();
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: true, participant: None, display: None }))
}

/// What a display may say of itself in its socket's address.
#[derive(Deserialize)]
pub struct Named {
    /// Its key.
    display: Option<String>,
}

impl Named {
    /// A key that is none is refused at once: our own pages make none like it.
    pub fn key(&self) -> Result<Option<KeyHash>, ApiError> {
        let key = self.display.as_deref().map(str::parse).transpose();
        key.map_err(|_| ApiError::bad_request("bad-display-key"))
    }
}

/// Without a key it is a plain screen.
pub async fn screen(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(named): Query<Named>,
    ws: Upgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let display = named.key()?.map(|key| OfDisplay { key, only: None });
    let channel = handle.channels.screen.clone();
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: false, participant: None, display }))
}
