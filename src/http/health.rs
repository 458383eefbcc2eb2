//! `GET /healthz`: answers once the store and every journal are open.

use crate::http::state::App;
use axum::Json;
use axum::extract::State;
use serde::Serialize;

#[derive(Serialize)]
pub struct Health {
    status: &'static str,
    version: &'static str,
    contests: usize,
}

pub async fn healthz(State(app): State<App>) -> Json<Health> {
    let contests = app.registry.all().len();
    Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), contests })
}
