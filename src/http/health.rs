//! `GET /healthz`: answers once the store and every journal are open; a contest whose task answers nothing is named.

use crate::http::state::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::future::join_all;
use serde::Serialize;

#[derive(Serialize)]
pub struct Health {
    status: &'static str,
    version: &'static str,
    contests: usize,
    /// Codes of contests that answer nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    silent: Vec<String>,
}

pub async fn healthz(State(app): State<App>) -> (StatusCode, Json<Health>) {
    let (all, now) = (app.registry.all(), app.clock.steady());
    let answers = join_all(all.iter().map(|handle| handle.answers(now))).await;
    let silent = all.iter().zip(answers).filter(|(_, answers)| !answers);
    let silent: Vec<String> = silent.map(|(handle, _)| handle.code.to_string()).collect();
    let (code, status) =
        if silent.is_empty() { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "silent") };
    (code, Json(Health { status, version: env!("CARGO_PKG_VERSION"), contests: all.len(), silent }))
}
