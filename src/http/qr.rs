//! `GET /api/qr.svg?d=…`: a QR code of an address of ours, nothing else.

use crate::http::error::ApiError;
use crate::http::state::App;
use crate::wire::error::Refusal;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Deserialize;

/// Longest address that is drawn; a longer one would not be read from 10 m.
const ADDRESS_MAX: usize = 300;

#[derive(Deserialize)]
pub struct Wanted {
    d: String,
}

pub async fn get(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<impl IntoResponse, ApiError> {
    let refused = || ApiError::new(StatusCode::BAD_REQUEST, Refusal::new("not-our-address"));
    let rest = wanted.d.strip_prefix("http://").or_else(|| wanted.d.strip_prefix("https://"));
    let host = rest.and_then(|rest| rest.split(['/', '#', '?']).next()).ok_or_else(refused)?;
    if wanted.d.len() > ADDRESS_MAX || !app.address.is_ours(host) {
        return Err(refused());
    }
    let code = QrCode::with_error_correction_level(&wanted.d, EcLevel::M).map_err(|_| refused())?;
    let picture = code
        .render::<svg::Color>()
        .quiet_zone(true)
        .min_dimensions(256, 256)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], picture))
}
