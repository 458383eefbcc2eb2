//! `POST /api/contests/{code}/checks`: a device tells what it found on `/check`. Open to anybody in the hall: bounded,
//! taken as text, kept in memory only.

use crate::domain::kernel::names;
use crate::http::error::ApiError;
use crate::http::extract::Caller;
use crate::http::state::App;
use crate::wire::error::Refusal;
use crate::wire::preflight::{
    CheckBody, CheckLine, CheckResult, LABEL_CHARS_MAX, LevelName, REASON_BYTES_MAX,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// Largest report, in bytes.
pub const REPORT_BYTES_MAX: usize = 4 * 1024;

pub async fn report(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Json(body): Json<CheckBody>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    app.reports.admit(caller.address).map_err(|wait| ApiError::later("slow-down", wait))?;
    let bad = |field| {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Refusal::new("bad-check").with("field", field))
    };
    let label = names::optional(&body.label, LABEL_CHARS_MAX).map_err(|_| bad("label"))?;
    let level = checked(&body.results).ok_or_else(|| bad("results"))?;
    if body.measured.battery.is_some_and(|percent| percent > 100) {
        return Err(bad("battery"));
    }
    let line = CheckLine {
        label,
        agent: caller.device,
        address: caller.address.to_canonical().to_string(),
        at: app.clock.now().0,
        level,
        results: body.results,
        measured: body.measured,
    };
    handle.checks.keep(body.device, line);
    Ok(StatusCode::NO_CONTENT)
}

/// The worst level of these results; nothing where they are none, a test stands twice, or a reason is no code.
fn checked(results: &[CheckResult]) -> Option<LevelName> {
    let tests: BTreeSet<_> = results.iter().map(|result| result.test).collect();
    let is_code = |reason: &str| {
        (1..=REASON_BYTES_MAX).contains(&reason.len())
            && reason.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let sound = tests.len() == results.len() && results.iter().all(|result| is_code(&result.reason));
    results.iter().map(|result| result.level).max().filter(|_| sound)
}
