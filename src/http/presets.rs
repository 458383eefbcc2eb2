//! Rules of real contests, `presets/*.json`: `/api/presets` lists them, `/api/contests/{code}/preset` sets one.

use crate::domain::command::Command;
use crate::domain::scoring::rule::Rule;
use crate::domain::terms::programme::Timing;
use crate::http::contests::rule_line;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::command;
use crate::http::state::App;
use crate::wire::rest::{PresetLine, SetPreset, SetRanking};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;

const FILES: [&str; 5] = [
    include_str!("../../presets/national.json"),
    include_str!("../../presets/plain-mean.json"),
    include_str!("../../presets/by-criterion.json"),
    include_str!("../../presets/audience-80-20.json"),
    include_str!("../../presets/parallel-rooms.json"),
];

/// A rule with its times, as a file says it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    pub id: String,
    pub name: Name,
    pub timing: Timing,
    pub rule: Rule,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    pub zh: String,
    pub en: String,
}

/// All presets, the commonest first.
pub fn all() -> Result<Vec<Preset>, serde_json::Error> {
    FILES.iter().map(|file| serde_json::from_str(file)).collect()
}

pub async fn list(_: Organiser) -> Result<Json<Vec<PresetLine>>, ApiError> {
    let line = |preset: Preset| PresetLine {
        rule: rule_line(&preset.rule, preset.timing),
        id: preset.id,
        zh: preset.name.zh,
        en: preset.name.en,
    };
    Ok(Json(all().map_err(ApiError::internal)?.into_iter().map(line).collect()))
}

pub async fn set(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(SetPreset { preset }): Json<SetPreset>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let found = all().map_err(ApiError::internal)?.into_iter().find(|one| one.id == preset);
    let Preset { rule, timing, .. } = found.ok_or_else(ApiError::not_found)?;
    let contest = handle.contest();
    let before = contest.show.round_now().ok_or_else(ApiError::not_found)?;
    // Which lists there are is the contest's own.
    let (round, rule) = (before.id, Rule { ranking: before.rule.ranking, ..rule });
    command(&handle, Command::SetRule { round, rule }).await?;
    command(&handle, Command::SetTiming { round, timing }).await
}

/// Which lists there are, until the first scorecard is in.
pub async fn set_ranking(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(SetRanking { ranking }): Json<SetRanking>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let contest = handle.contest();
    let round = contest.show.round_now().ok_or_else(ApiError::not_found)?;
    let rule = Rule { ranking, ..(*round.rule).clone() };
    command(&handle, Command::SetRule { round: round.id, rule }).await
}
