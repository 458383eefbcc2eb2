//! `/api/contests/{code}/logo`: the organiser's logo. The set-up page draws whatever picture it was given anew as a PNG;
//! nothing else is taken, so that nothing but a picture can be served.

use crate::domain::command::Command;
use crate::domain::terms::about::About;
use crate::domain::terms::look::Look;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::command;
use crate::http::state::App;
use crate::wire::error::Refusal;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Largest file, and side of the picture in pixels: phones have to unpack it.
pub const LOGO_BYTES_MAX: usize = 512 * 1024;
const SIDE_MAX: u32 = 2_048;

pub async fn get(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let logo = app.contest(&code)?.contest().show.about.look.logo.clone().ok_or_else(ApiError::not_found)?;
    let tag = format!("\"{}\"", &logo[..16]);
    // Its address carries its name: it can be kept for ever.
    let kept =
        [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "public, max-age=31536000, immutable".into())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let logos = app.logos.clone();
    let read = tokio::task::spawn_blocking(move || logos.read(&logo)).await.map_err(ApiError::internal)?;
    let bytes = read.map_err(|_| ApiError::not_found())?;
    Ok((kept, [(header::CONTENT_TYPE, "image/png")], bytes).into_response())
}

pub async fn put(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    bytes: Bytes,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    if !is_picture(&bytes) {
        return Err(ApiError::new(StatusCode::BAD_REQUEST, Refusal::new("bad-picture")));
    }
    let logos = app.logos.clone();
    let keep = tokio::task::spawn_blocking(move || logos.keep(&bytes)).await.map_err(ApiError::internal)?;
    let logo = Some(keep.map_err(ApiError::internal)?);
    set(&handle.contest().show.about.clone(), &handle, logo).await
}

pub async fn remove(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    set(&handle.contest().show.about.clone(), &handle, None).await
}

async fn set(
    about: &About,
    handle: &crate::live::handle::Handle,
    logo: Option<String>,
) -> Result<StatusCode, ApiError> {
    let look = Look { logo, ..about.look.clone() };
    command(handle, Command::ChangeAbout { about: About { look, ..about.clone() } }).await
}

/// A PNG whose sides are no longer than is stated: its signature, and the chunk that comes first.
fn is_picture(bytes: &[u8]) -> bool {
    let side =
        |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    let fits = |side: Option<u32>| side.is_some_and(|side| (1..=SIDE_MAX).contains(&side));
    bytes.len() <= LOGO_BYTES_MAX
        && bytes.starts_with(b"\x89PNG\r\n\x1a\n")
        && bytes.get(12..16) == Some(b"IHDR")
        && fits(side(16))
        && fits(side(20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_png_of_a_fitting_size_is_a_picture() {
        let png = |w: u32, h: u32| {
            let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
            bytes.extend(w.to_be_bytes());
            bytes.extend(h.to_be_bytes());
            bytes
        };
        assert!(is_picture(&png(1, 2_048)));
        for wrong in [png(0, 9), png(9, 2_049), png(9, 9)[..20].to_vec(), b"<svg></svg>".to_vec(), Vec::new()]
        {
            assert!(!is_picture(&wrong));
        }
        let mut large = png(9, 9);
        large.resize(LOGO_BYTES_MAX + 1, 0);
        assert!(!is_picture(&large));
    }
}
