//! The pages: embedded at build time, pre-compressed by the page build, served with an ETag.
//!
//! Files under `assets/` carry a hash in their name and never change; pages are asked for again every time.

use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::IntoResponse;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "$PODIUM_WEB_DIST"]
struct Files;

/// The embedded file under this path, in the best encoding that the browser takes.
pub fn serve(path: &str, request: &HeaderMap) -> Response<Body> {
    let Some((file, encoding)) = find(path, request) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let hash = file.metadata.sha256_hash();
    let etag = format!("\"{}\"", hex::encode(&hash[..12]));
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = is_known(request, &etag);
    let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type(path))
        .header(header::CACHE_CONTROL, cache)
        .header(header::VARY, "accept-encoding")
        .header(header::ETAG, etag);
    if let Some(encoding) = encoding {
        response = response.header(header::CONTENT_ENCODING, encoding);
    }
    let body = match file.data {
        _ if known => Body::empty(),
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    response.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The browser has this one: it says so in a list, and a proxy may have made its tags weak.
fn is_known(request: &HeaderMap, etag: &str) -> bool {
    let tags = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = tags.flat_map(|value| value.split(',')).map(str::trim);
    tags.any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// Names of the scripts that the pages load, without `.js`: each holds the hash of its content.
pub fn builds() -> Vec<String> {
    let scripts = Files::iter().filter_map(|path| {
        path.strip_prefix("assets/").and_then(|name| name.strip_suffix(".js")).map(str::to_owned)
    });
    scripts.collect()
}

fn find(path: &str, request: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let takes = |encoding: &str| {
        let header = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        header.split(',').any(|one| {
            let mut parts = one.split(';').map(str::trim);
            parts.next() == Some(encoding)
                && !parts.any(|q| matches!(q, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if takes(encoding)
            && let Some(file) = Files::get(&format!("{path}.{suffix}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Files::get(path).map(|file| (file, None))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "mp4" => "video/mp4",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_has_is_not_sent_again() {
        let answer = |tags: &[&str]| {
            let mut request = HeaderMap::new();
            for tag in tags {
                request.append(header::IF_NONE_MATCH, tag.parse().unwrap());
            }
            serve("index.html", &request)
        };
        let first = answer(&[]);
        assert_eq!(first.status(), StatusCode::OK);
        let etag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        let weak = format!("W/{etag}");
        for tags in
            [&[&*etag][..], &[&*weak], &[&format!("\"other\", {weak}")], &["\"other\"", &*etag], &["*"]]
        {
            assert_eq!(answer(tags).status(), StatusCode::NOT_MODIFIED, "{tags:?}");
        }
        for tags in ["\"other\"", "W/\"other\"", &etag[1..]] {
            assert_eq!(answer(&[tags]).status(), StatusCode::OK, "{tags:?}");
        }
    }
}
