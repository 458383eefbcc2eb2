//! `/api/contests/{code}/import`: a list, looked at or taken in as far as it was ticked. `/api/template.xlsx`: an empty one.

use crate::domain::command::Command;
use crate::domain::command::blueprint::Blueprint;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{JudgeId, ProjectId};
use crate::domain::query::difference::{self, Difference, Line, Numbered};
use crate::domain::query::ties_to;
use crate::domain::state::contest::Contest;
use crate::http::contests::rule_line;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::command;
use crate::http::programme;
use crate::http::state::App;
use crate::http::ticked;
use crate::sheets::answers::{Answers, ColumnMeans, SheetMeans};
use crate::sheets::columns::Field;
use crate::sheets::error::SheetError;
use crate::sheets::findings::Remark;
use crate::sheets::guard;
use crate::sheets::headings::Kind;
use crate::sheets::roster::origin::Origin;
use crate::sheets::roster::{self, Read, RosterFile};
use crate::sheets::template;
use crate::wire::error::Refusal;
use crate::wire::import::{
    FieldChange, GoneLine, ImportAnswers, ImportChange, ImportColumn, ImportPreview, ImportRow, ImportSheet,
    ImportTable,
};
use crate::wire::rest::{JudgeLine, PlaceProblem, ProjectLine};
use crate::wire::view::parts::criterion_info;
use axum::Json;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::Deserialize;
use std::sync::LazyLock;

/// Most rows of a table that the page is shown; all are read.
const ROWS_SHOWN: usize = 200;

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
    let Upload { name, bytes, answers } = upload_of(upload).await?;
    let said = meant(&answers);
    let read = tokio::task::spawn_blocking(move || roster::look(&name, &bytes, &said)).await;
    let (file, errors) = read.map_err(ApiError::internal)?;
    let contest = handle.contest();
    let numbered = |origins: &[Origin]| origins.first().is_some_and(|origin| origin.numbered);
    let numbered = Numbered { projects: numbered(&file.projects), judges: numbered(&file.judges) };
    let difference = difference::of(&contest, &file.blueprint, numbered);
    let mut preview = preview(&file, &difference, &contest);
    preview.errors = errors.iter().map(place).collect();
    preview.base = ticked::base(&contest);
    if !errors.is_empty() {
        return if dry_run { Ok(Json(preview)) } else { Err(ApiError::places(preview.errors)) };
    }
    if !dry_run && !answers.base.is_empty() && answers.base != preview.base {
        return Err(ApiError::new(StatusCode::CONFLICT, Refusal::new("import-outdated")));
    }
    let wanted = Command::ImportBlueprint {
        blueprint: ticked::blueprint(&file.blueprint, &difference, &contest, &answers),
    };
    // Asked of the rules without being given: what would be refused is told before anything is.
    match crate::live::rehearse(&contest, &wanted) {
        Ok(facts) => {
            if let (Some(line), Some(method)) = (&mut preview.rule, facts.iter().find_map(method)) {
                line.method = method;
            }
            preview.segments = facts.iter().flat_map(ticked::segments).map(programme::line).collect();
        }
        Err(refused) if dry_run => preview.refused = Some(ApiError::from(refused).refusal),
        Err(refused) => return Err(refused.into()),
    }
    if !dry_run {
        command(&handle, wanted).await?;
        preview.done = true;
    }
    Ok(Json(preview))
}

struct Upload {
    name: String,
    bytes: Vec<u8>,
    answers: ImportAnswers,
}

/// The method of a rule that a fact sets.
fn method(fact: &Fact) -> Option<String> {
    let Fact::RuleSet { rule, .. } = fact else { return None };
    Some(rule.method.name().to_owned())
}

async fn upload_of(mut upload: Multipart) -> Result<Upload, ApiError> {
    let unreadable = |_| ApiError::bad_request("upload-unreadable");
    let (mut file, mut answers) = (None, ImportAnswers::default());
    while let Some(field) = upload.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("file") => {
                let name = field.file_name().unwrap_or("upload.xlsx").to_owned();
                let bytes = match field.bytes().await {
                    Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                        return Err(ApiError::places(vec![place(&guard::too_large(usize::MAX))]));
                    }
                    bytes => bytes.map_err(unreadable)?,
                };
                file = Some((name, bytes.to_vec()));
            }
            Some("answers") => {
                let text = field.text().await.map_err(unreadable)?;
                answers =
                    serde_json::from_str(&text).map_err(|_| ApiError::bad_request("upload-unreadable"))?;
            }
            _ => {}
        }
    }
    let (name, bytes) = file.ok_or_else(|| ApiError::bad_request("upload-missing"))?;
    Ok(Upload { name, bytes, answers })
}

/// What a person said, as far as it is anything that can be said.
fn meant(answers: &ImportAnswers) -> Answers {
    let sheet = |one: &crate::wire::import::SheetAnswer| SheetMeans {
        sheet: one.sheet.clone(),
        kind: Kind::of_word(&one.means),
    };
    let column = |one: &crate::wire::import::ColumnAnswer| {
        let (kind, field) = (Kind::of_word(&one.kind)?, Field::of_word(&one.means)?);
        let (sheet, column, heading) = (one.sheet.clone(), one.column.clone(), one.heading.clone());
        Some(ColumnMeans { kind, sheet, column, heading, field })
    };
    Answers {
        encoding: Some(answers.encoding.clone()).filter(|encoding| !encoding.is_empty()),
        hidden: answers.hidden,
        blank_tracks: answers.blank_tracks,
        sheets: answers.sheets.iter().map(sheet).collect(),
        columns: answers.columns.iter().filter_map(column).collect(),
    }
}

fn place(error: &SheetError) -> PlaceProblem {
    let refusal = Refusal::new(error.code);
    PlaceProblem {
        sheet: error.sheet.clone(),
        row: error.row.unwrap_or(0),
        column: error.column.clone().unwrap_or_default(),
        refusal: error.params.iter().fold(refusal, |refusal, (key, value)| refusal.with(key, value)),
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

fn preview(file: &RosterFile, difference: &Difference, contest: &Contest) -> ImportPreview {
    let blueprint = &file.blueprint;
    let rows = blueprint.projects.iter().zip(&difference.projects).zip(&file.projects);
    let (projects, project_changes) =
        rows.map(|((row, line), origin)| (project_line(row, line, blueprint), change(line, origin))).unzip();
    let rows = blueprint.judges.iter().zip(&difference.judges).zip(&file.judges);
    let (judges, judge_changes) = rows
        .map(|((row, line), origin)| {
            let chair = blueprint.chair == Some(row.id);
            let (id, number) = (line.id.to_string(), line.id.0);
            let judge = JudgeLine { id, number, name: row.name.clone(), unit: row.unit.clone(), chair };
            (judge, change(line, origin))
        })
        .unzip();
    let first = contest.show.rounds.values().next();
    let chair = first.and_then(|round| round.chair).and_then(|chair| contest.judges.get(&chair));
    let named =
        blueprint.judges.iter().zip(&difference.judges).find(|(row, _)| blueprint.chair == Some(row.id));
    let replaced = chair.filter(|was| named.is_some_and(|(_, line)| line.id != was.id));
    ImportPreview {
        projects,
        project_changes,
        judges,
        judge_changes,
        gone: gone(difference, contest),
        reordered: difference.order.is_some(),
        criteria: blueprint.criteria.iter().map(criterion_info).collect(),
        rule: blueprint.rule.as_ref().map(|rule| rule_line(rule, blueprint.timing.unwrap_or_default())),
        chair_was: replaced.map(|was| was.name.clone()),
        window: blueprint.window.map(Into::into),
        parts: ticked::parts(blueprint, contest),
        sheets: file.sheets.iter().map(sheet).collect(),
        tables: file.tables.iter().map(table).collect(),
        skipped: file.skipped.iter().map(remark).collect(),
        guesses: file.guesses.iter().map(remark).collect(),
        ..ImportPreview::default()
    }
}

fn project_line(
    row: &crate::domain::command::blueprint::BlueprintProject,
    line: &Line<ProjectId>,
    blueprint: &Blueprint,
) -> ProjectLine {
    let track = row.track.and_then(|at| blueprint.tracks.get(at)).cloned().unwrap_or_default();
    ProjectLine {
        id: line.id.to_string(),
        number: line.id.0,
        name: row.name.clone(),
        short: row.short.clone(),
        track,
        unit: row.unit.clone(),
        presenter: row.presenter.clone(),
        say: row.say.clone(),
        code: row.code.clone(),
    }
}

fn change<Id: ToString>(line: &Line<Id>, origin: &Origin) -> ImportChange {
    let field = |(field, was, says): &(&'static str, String, String)| FieldChange {
        field: (*field).to_owned(),
        was: was.clone(),
        says: says.clone(),
    };
    ImportChange {
        id: line.id.to_string(),
        sheet: origin.sheet.clone(),
        row: origin.row,
        cells: origin.cells.clone(),
        known: line.known,
        fields: line.fields.iter().map(field).collect(),
    }
}

/// What the list no longer names, with what hangs on it.
fn gone(difference: &Difference, contest: &Contest) -> Vec<GoneLine> {
    let held = |what: Option<&'static str>| what.unwrap_or_default().to_owned();
    let project = |id: &ProjectId| {
        let name = contest.show.projects.get(id).map(|one| one.name.clone()).unwrap_or_default();
        GoneLine { id: id.to_string(), name, held_by: held(ties_to::project(contest, *id)) }
    };
    let judge = |id: &JudgeId| {
        let name = contest.judges.get(id).map(|one| one.name.clone()).unwrap_or_default();
        GoneLine { id: id.to_string(), name, held_by: held(ties_to::judge(contest, *id)) }
    };
    difference.gone_projects.iter().map(project).chain(difference.gone_judges.iter().map(judge)).collect()
}

fn sheet(sheet: &roster::Sheet) -> ImportSheet {
    let means = sheet.kind.map(Kind::word).unwrap_or_default().to_owned();
    ImportSheet { sheet: sheet.name.clone(), means, hidden: sheet.hidden }
}

fn table(table: &Read) -> ImportTable {
    let column = |one: &crate::sheets::table::Column| ImportColumn {
        column: one.letters(),
        heading: one.heading.clone(),
        means: one.field.word().to_owned(),
        by_hand: one.by_hand,
    };
    let row = |(row, cells): &(u32, Vec<String>)| ImportRow { row: *row, cells: cells.clone() };
    ImportTable {
        sheet: table.sheet.clone(),
        kind: table.kind.word().to_owned(),
        heading: table.heading,
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().take(ROWS_SHOWN).map(row).collect(),
        more: u32::try_from(table.rows.len().saturating_sub(ROWS_SHOWN)).unwrap_or(u32::MAX),
    }
}

#[derive(Deserialize)]
pub struct Language {
    #[serde(default)]
    lang: String,
}

pub async fn template(Query(Language { lang }): Query<Language>) -> Result<impl IntoResponse, ApiError> {
    /// Each is made once: anybody may ask for it, as often as they like.
    static CHINESE: LazyLock<Bytes> =
        LazyLock::new(|| template::template(template::Language::Chinese).into());
    static ENGLISH: LazyLock<Bytes> =
        LazyLock::new(|| template::template(template::Language::English).into());
    let bytes = if lang == "en" { ENGLISH.clone() } else { CHINESE.clone() };
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"podium-template.xlsx\""),
    ];
    Ok((headers, bytes))
}
