//! The pages: `/` and `/judge`, `/host`, `/screen`, `/timer`, `/overlay`, `/organise`, `/check`, `/mc`, `/auditor`, `/print`, `/draw`; the same under
//! `/c/{code}`.

use crate::http::assets;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, Response};

/// The page of this name; `audience` is the index.
fn page(name: &str, request: &HeaderMap) -> Response<Body> {
    assets::serve(&format!("{name}.html"), request)
}

pub async fn audience(request: HeaderMap) -> Response<Body> {
    page("index", &request)
}

pub async fn judge(request: HeaderMap) -> Response<Body> {
    page("judge", &request)
}

pub async fn host(request: HeaderMap) -> Response<Body> {
    page("host", &request)
}

pub async fn screen(request: HeaderMap) -> Response<Body> {
    page("screen", &request)
}

pub async fn mc(request: HeaderMap) -> Response<Body> {
    page("mc", &request)
}

pub async fn auditor(request: HeaderMap) -> Response<Body> {
    page("auditor", &request)
}

pub async fn overlay(request: HeaderMap) -> Response<Body> {
    page("overlay", &request)
}

pub async fn draw(request: HeaderMap) -> Response<Body> {
    page("draw", &request)
}

pub async fn timer(request: HeaderMap) -> Response<Body> {
    page("timer", &request)
}

pub async fn organise(request: HeaderMap) -> Response<Body> {
    page("organise", &request)
}

pub async fn check(request: HeaderMap) -> Response<Body> {
    page("check", &request)
}

pub async fn print(request: HeaderMap) -> Response<Body> {
    page("print", &request)
}

pub async fn interest(request: HeaderMap) -> Response<Body> {
    page("interest", &request)
}

pub async fn asset(Path(path): Path<String>, request: HeaderMap) -> Response<Body> {
    assets::serve(&format!("assets/{path}"), &request)
}

pub async fn mark(request: HeaderMap) -> Response<Body> {
    assets::serve("mark.svg", &request)
}

pub async fn manifest(request: HeaderMap) -> Response<Body> {
    assets::serve("judge.webmanifest", &request)
}

pub async fn worker(request: HeaderMap) -> Response<Body> {
    assets::serve("judge-worker.js", &request)
}

pub async fn film(request: HeaderMap) -> Response<Body> {
    assets::serve("awake.mp4", &request)
}
