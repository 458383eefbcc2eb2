//! `GET /api/qr.svg?d=…`: a QR code of an address of ours, nothing else.
//! Without a session an address may have so many new ones drawn in a minute.

use crate::http::error::ApiError;
use crate::http::extract::{Caller, Presented};
use crate::http::state::App;
use crate::wire::error::Refusal;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

/// Longest address that is drawn; a longer one would not be read from 10 m.
const ADDRESS_MAX: usize = 300;

#[derive(Deserialize)]
pub struct Wanted {
    d: String,
}

pub async fn get(
    State(app): State<App>,
    caller: Caller,
    presented: Presented,
    Query(wanted): Query<Wanted>,
) -> Result<impl IntoResponse, ApiError> {
    let refused = || ApiError::new(StatusCode::BAD_REQUEST, Refusal::new("not-our-address"));
    let rest = wanted.d.strip_prefix("http://").or_else(|| wanted.d.strip_prefix("https://"));
    let host = rest.and_then(|rest| rest.split(['/', '#', '?']).next()).ok_or_else(refused)?;
    if wanted.d.len() > ADDRESS_MAX || !app.address.is_ours(host) {
        return Err(refused());
    }
    let picture = match app.pictures.known(&wanted.d) {
        Some(picture) => picture,
        None => {
            // Hundreds of cards are printed at once by those who run the evening.
            if !presented.seated(&app) {
                app.drawings.admit(caller.address).map_err(|wait| ApiError::later("slow-down", wait))?;
            }
            app.pictures.draw(wanted.d).await.map_err(ApiError::internal)?.ok_or_else(refused)?
        }
    };
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture))
}
