//! `/api/contests/{code}/programme` and `…/window`: the parts of the evening that are no pitches, and when scorecards are
//! taken. The host's side may change them during the show, too.

use crate::domain::command::Command;
use crate::domain::terms::programme::Segment;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::give::command;
use crate::http::state::App;
use crate::wire::plan::{SegmentLine, SetProgramme};
use crate::wire::view::cockpit::WindowInfo;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

pub async fn set(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(SetProgramme { segments }): Json<SetProgramme>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    presented.drives(&app, &handle)?;
    let segments: Option<Vec<_>> = segments.into_iter().map(segment).collect();
    let segments = segments.ok_or_else(|| ApiError::bad_request("bad-number"))?;
    command(&handle, Command::SetProgramme { segments }).await
}

/// A segment as set-up shows it.
pub fn line(segment: &Segment) -> SegmentLine {
    let Segment { id, kind, title, names, secs, after } = segment.clone();
    SegmentLine { id: id.to_string(), kind, title, names, secs, after }
}

fn segment(line: SegmentLine) -> Option<Segment> {
    let SegmentLine { id, kind, title, names, secs, after } = line;
    Some(Segment { id: id.parse().ok()?, kind, title, names, secs, after })
}

pub async fn set_window(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(window): Json<WindowInfo>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    presented.drives(&app, &handle)?;
    let round = handle.contest().show.round_now().map(|round| round.id).ok_or_else(ApiError::not_found)?;
    command(&handle, Command::SetWindowPolicy { round, policy: window.into() }).await
}
