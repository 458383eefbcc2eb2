//! `/api/contests/{code}/import`: a workbook, looked at or taken in whole. `/api/template.xlsx`: an empty one.

use crate::domain::command::Command;
use crate::domain::command::blueprint::Blueprint;
use crate::domain::fact::Fact;
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Segment;
use crate::http::contests::rule_line;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::command;
use crate::http::programme;
use crate::http::state::App;
use crate::sheets::error::SheetError;
use crate::sheets::findings::Remark;
use crate::sheets::guard;
use crate::sheets::roster::{self, RosterFile};
use crate::sheets::template;
use crate::wire::error::Refusal;
use crate::wire::rest::{ImportPreview, JudgeLine, PlaceProblem, ProjectLine};
use crate::wire::view::parts::criterion_info;
use axum::Json;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Options {
    #[serde(default)]
    dry_run: bool,
}

pub async fn workbook(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Query(Options { dry_run }): Query<Options>,
    upload: Multipart,
) -> Result<Json<ImportPreview>, ApiError> {
    let handle = app.contest(&code)?;
    let (name, bytes) = file(upload).await?;
    let read = tokio::task::spawn_blocking(move || roster::read_roster(&name, &bytes)).await;
    let RosterFile { blueprint, skipped, .. } = read
        .map_err(ApiError::internal)?
        .map_err(|errors| ApiError::places(errors.iter().map(place).collect()))?;
    let mut preview = preview(&blueprint);
    preview.skipped = skipped.iter().map(remark).collect();
    // Asked of the rules without being given: what would be refused is refused now.
    let wanted = Command::ImportBlueprint { blueprint };
    let contest = handle.contest();
    let facts = crate::live::rehearse(&contest, &wanted)?;
    if let (Some(line), Some(method)) = (&mut preview.rule, facts.iter().find_map(method)) {
        line.method = method;
    }
    preview.chair_was = facts.iter().find_map(|fact| replaced_chair(&contest, fact));
    preview.segments = facts.iter().flat_map(segments).map(programme::line).collect();
    if !dry_run {
        command(&handle, wanted).await?;
        preview.done = true;
    }
    Ok(Json(preview))
}

/// The name of the chair whom a fact puts another in the place of.
fn replaced_chair(contest: &Contest, fact: &Fact) -> Option<String> {
    let Fact::PanelSet { round, chair, .. } = fact else { return None };
    let was = contest.round(*round)?.chair.filter(|was| Some(*was) != *chair)?;
    contest.judges.get(&was).map(|judge| judge.name.clone())
}

/// The method of a rule that a fact sets.
fn method(fact: &Fact) -> Option<String> {
    let Fact::RuleSet { rule, .. } = fact else { return None };
    Some(rule.method.name().to_owned())
}

/// The programme that a fact sets, each segment at its place.
fn segments(fact: &Fact) -> &[Segment] {
    match fact {
        Fact::ProgrammeSet { segments } => segments,
        _ => &[],
    }
}

async fn file(mut upload: Multipart) -> Result<(String, Vec<u8>), ApiError> {
    let unreadable = |_| ApiError::bad_request("upload-unreadable");
    while let Some(field) = upload.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or("upload.xlsx").to_owned();
            return match field.bytes().await {
                Ok(bytes) => Ok((name, bytes.to_vec())),
                Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                    Err(ApiError::places(vec![place(&guard::too_large(usize::MAX))]))
                }
                Err(error) => Err(unreadable(error)),
            };
        }
    }
    Err(ApiError::bad_request("upload-missing"))
}

fn place(error: &SheetError) -> PlaceProblem {
    let mut refusal = Refusal::new(error.code);
    for (key, value) in &error.params {
        refusal = refusal.with(key, value);
    }
    PlaceProblem {
        sheet: error.sheet.clone(),
        row: error.row.unwrap_or(0),
        column: error.column.clone().unwrap_or_default(),
        refusal,
    }
}

fn remark(remark: &Remark) -> PlaceProblem {
    let refusal = Refusal::new(remark.code);
    PlaceProblem {
        sheet: remark.sheet.clone(),
        row: remark.row.unwrap_or(0),
        column: remark.column.clone().unwrap_or_default(),
        refusal: remark.params.iter().fold(refusal, |refusal, (key, value)| refusal.with(key, value)),
    }
}

fn preview(blueprint: &Blueprint) -> ImportPreview {
    let track = |at: Option<usize>| at.and_then(|at| blueprint.tracks.get(at)).cloned().unwrap_or_default();
    let projects = blueprint.projects.iter().map(|project| ProjectLine {
        id: project.id.to_string(),
        number: project.id.0,
        name: project.name.clone(),
        short: project.short.clone(),
        track: track(project.track),
        unit: project.unit.clone(),
        presenter: project.presenter.clone(),
        say: project.say.clone(),
        code: project.code.clone(),
    });
    let judges = blueprint.judges.iter().map(|judge| JudgeLine {
        id: judge.id.to_string(),
        number: judge.id.0,
        name: judge.name.clone(),
        unit: judge.unit.clone(),
        chair: blueprint.chair == Some(judge.id),
    });
    ImportPreview {
        done: false,
        projects: projects.collect(),
        judges: judges.collect(),
        criteria: blueprint.criteria.iter().map(criterion_info).collect(),
        rule: blueprint.rule.as_ref().map(|rule| rule_line(rule, blueprint.timing.unwrap_or_default())),
        chair_was: None,
        segments: Vec::new(),
        window: blueprint.window.map(Into::into),
        skipped: Vec::new(),
    }
}

#[derive(Deserialize)]
pub struct Language {
    #[serde(default)]
    lang: String,
}

pub async fn template(Query(Language { lang }): Query<Language>) -> Result<impl IntoResponse, ApiError> {
    let language = if lang == "en" { template::Language::English } else { template::Language::Chinese };
    let bytes = template::template(language);
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"podium-template.xlsx\""),
    ];
    Ok((headers, bytes))
}
