//! `GET /api/contests/{code}/preflight`: what the server knows before the doors open and no console can see.

use crate::domain::preflight::{clock_behind, findings};
use crate::http::assets;
use crate::http::contests::card_lines;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::pairing::driven;
use crate::http::state::App;
use crate::wire::preflight::{DiskState, FindingLine, Preflight};
use axum::Json;
use axum::extract::{Path, State};

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
) -> Result<Json<Preflight>, ApiError> {
    let (handle, _) = driven(&app, &presented, &code)?;
    let clock = app.clock.clone();
    let disk = app.gauge.read(move || clock.steady()).await;
    let micros = |sync: std::time::Duration| u64::try_from(sync.as_micros()).unwrap_or(u64::MAX);
    let (contest, now) = (handle.contest(), app.clock.now());
    Ok(Json(Preflight {
        now: now.0,
        clock_behind: clock_behind(&contest, app.clock.wall()),
        disk: DiskState { free_bytes: disk.free_bytes, sync_us: disk.sync.map(micros) },
        address: app.address.state(),
        // An evening can do without an MC's card, and without the auditor's until it is over.
        cards: card_lines(&app, &handle, &contest)
            .into_iter()
            .filter(|card| card.issued || !matches!(card.seat.as_str(), "mc" | "auditor"))
            .collect(),
        builds: assets::builds(),
        findings: findings(&contest).into_iter().map(FindingLine::from).collect(),
        checks: handle.checks.all(),
    }))
}
