//! `/api/contests/{code}/interests` and `…/team`: somebody in the hall wants to talk to a team. Names and contacts are read by the
//! organiser, and by a team whose link the organiser has made; they are in the store alone.

use crate::auth::token::{CardToken, Random, TokenHash};
use crate::domain::interest::{Interest, State as Stands};
use crate::domain::kernel::ids::ProjectId;
use crate::domain::kernel::names;
use crate::http::error::ApiError;
use crate::http::extract::{Caller, Organiser};
use crate::http::state::App;
use crate::live::handle::Handle;
use crate::sheets::interests::workbook;
use crate::sheets::template::Language;
use crate::wire::error::Refusal;
use crate::wire::interests::{
    InterestLine, Interests, LeaveInterest, OpenTeam, SetInterest, TeamInterests, TeamLink,
};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

/// Entries of a contest; then the organiser removes some, or the next contest begins.
pub const ENTRIES_MAX: usize = 5_000;
const NAME_MAX: usize = 60;
const UNIT_MAX: usize = 120;
const CONTACT_MAX: usize = 120;
const WORDS_MAX: usize = 300;
const PROJECTS_MAX: usize = 20;

/// Takes an entry; the answer comes when it is on disk.
pub async fn leave(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    Json(body): Json<LeaveInterest>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let row = checked(&handle, body, app.clock.now().0)?;
    if app.store.interest(&handle.code, row.id).map_err(ApiError::internal)?.is_some() {
        return Ok(StatusCode::NO_CONTENT);
    }
    app.guests.admit(caller.address).map_err(|wait| ApiError::later("interests-later", wait))?;
    if app.store.count_interests(&handle.code).map_err(ApiError::internal)? >= ENTRIES_MAX {
        return Err(ApiError::new(StatusCode::CONFLICT, Refusal::new("interests-full")));
    }
    app.store.put_interest(&handle.code, &row).await.map_err(ApiError::internal)?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn list(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<Interests>, ApiError> {
    let handle = app.contest(&code)?;
    let rows = app.store.interests(&handle.code).map_err(ApiError::internal)?;
    let linked = app.store.team_links(&handle.code).map_err(ApiError::internal)?;
    Ok(Json(Interests {
        lines: rows.iter().map(line).collect(),
        linked: linked.iter().map(|(project, _)| project.to_string()).collect(),
    }))
}

#[derive(Deserialize)]
pub struct Words {
    lang: Option<String>,
}

/// The whole list as a workbook; every cell is text.
pub async fn export(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Query(words): Query<Words>,
) -> Result<impl IntoResponse, ApiError> {
    let handle = app.contest(&code)?;
    let contest = handle.contest();
    let rows = app.store.interests(&handle.code).map_err(ApiError::internal)?;
    let name = |project: ProjectId| contest.show.projects.get(&project).map(|one| one.short.clone());
    let language = if words.lang.as_deref() == Some("en") { Language::English } else { Language::Chinese };
    let bytes = workbook(&rows, &contest.show.about.zone, language, name).map_err(ApiError::internal)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let name = format!("attachment; filename=\"interests-{}.xlsx\"", handle.code);
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes))
}

pub async fn change(
    _: Organiser,
    State(app): State<App>,
    Path((code, id)): Path<(String, String)>,
    Json(SetInterest { state, note }): Json<SetInterest>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let id = number(&id)?;
    let known = app.store.interest(&handle.code, id).map_err(ApiError::internal)?;
    let note = names::optional(&note, WORDS_MAX).map_err(|_| bad("note"))?;
    let row = Interest { state, note, ..known.ok_or_else(ApiError::not_found)? };
    app.store.put_interest(&handle.code, &row).await.map_err(ApiError::internal)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes one entry for good.
pub async fn remove(
    _: Organiser,
    State(app): State<App>,
    Path((code, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    app.store.remove_interests(&handle.code, &[number(&id)?]).await.map_err(ApiError::internal)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes all of them for good.
pub async fn remove_all(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let rows = app.store.interests(&handle.code).map_err(ApiError::internal)?;
    let ids: Vec<u128> = rows.iter().map(|row| row.id).collect();
    app.store.remove_interests(&handle.code, &ids).await.map_err(ApiError::internal)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link for a project's team; the one before ends.
pub async fn link(
    _: Organiser,
    State(app): State<App>,
    Path((code, project)): Path<(String, String)>,
) -> Result<Json<TeamLink>, ApiError> {
    let handle = app.contest(&code)?;
    let project = known(&handle, &project)?;
    let token = CardToken::random(&Random::system());
    let TokenHash(hash) = token.hash();
    app.store.set_team_link(&handle.code, project, Some(hash)).await.map_err(ApiError::internal)?;
    let url = format!("{}/c/{}/interest#team={}", app.address.base(), handle.code, token.reveal());
    Ok(Json(TeamLink { url }))
}

pub async fn unlink(
    _: Organiser,
    State(app): State<App>,
    Path((code, project)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let project = known(&handle, &project)?;
    app.store.set_team_link(&handle.code, project, None).await.map_err(ApiError::internal)?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a team's link opens: the entries of its project, without the organiser's notes and without other projects.
pub async fn team(
    State(app): State<App>,
    Path(code): Path<String>,
    Json(OpenTeam { token }): Json<OpenTeam>,
) -> Result<Json<TeamInterests>, ApiError> {
    let handle = app.contest(&code)?;
    let token: CardToken = token.parse().map_err(|_| ApiError::not_found())?;
    let TokenHash(hash) = token.hash();
    let links = app.store.team_links(&handle.code).map_err(ApiError::internal)?;
    let project = links.iter().find(|(_, known)| *known == hash).map(|(project, _)| *project);
    let project = project.ok_or_else(ApiError::not_found)?;
    let name = handle.contest().show.projects.get(&project).map(|one| one.name.clone());
    let rows = app.store.interests(&handle.code).map_err(ApiError::internal)?;
    let own = rows.iter().filter(|row| row.projects.contains(&project)).map(|row| InterestLine {
        note: String::new(),
        projects: vec![project.to_string()],
        ..line(row)
    });
    Ok(Json(TeamInterests {
        project: project.to_string(),
        name: name.unwrap_or_default(),
        lines: own.collect(),
    }))
}

fn checked(handle: &Handle, body: LeaveInterest, at: u64) -> Result<Interest, ApiError> {
    let LeaveInterest { id, name, unit, contact, purpose, words, projects, consent } = body;
    if !consent {
        return Err(bad("consent"));
    }
    let text = |text: &str, max, field| names::name(text, max).map_err(|_| bad(field));
    let mut wanted = projects.iter().map(|text| known(handle, text)).collect::<Result<Vec<_>, _>>()?;
    wanted.sort_unstable();
    wanted.dedup();
    if wanted.is_empty() || wanted.len() > PROJECTS_MAX {
        return Err(bad("projects"));
    }
    Ok(Interest {
        id: number(&id)?,
        at,
        name: text(&name, NAME_MAX, "name")?,
        unit: names::optional(&unit, UNIT_MAX).map_err(|_| bad("unit"))?,
        contact: text(&contact, CONTACT_MAX, "contact")?,
        purpose,
        words: names::optional(&words, WORDS_MAX).map_err(|_| bad("words"))?,
        projects: wanted,
        state: Stands::New,
        note: String::new(),
    })
}

fn known(handle: &Handle, text: &str) -> Result<ProjectId, ApiError> {
    let project: Option<ProjectId> = text.parse().ok();
    let there = |project: &ProjectId| handle.contest().show.projects.contains_key(project);
    project.filter(there).ok_or_else(|| bad("projects"))
}

fn number(id: &str) -> Result<u128, ApiError> {
    let digits = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let value = digits.then(|| u128::from_str_radix(id, 16).ok()).flatten();
    value.ok_or_else(|| bad("id"))
}

fn bad(field: &str) -> ApiError {
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Refusal::new("bad-interest").with("field", field))
}

fn line(row: &Interest) -> InterestLine {
    InterestLine {
        id: format!("{:032x}", row.id),
        at: row.at,
        name: row.name.clone(),
        unit: row.unit.clone(),
        contact: row.contact.clone(),
        purpose: row.purpose,
        words: row.words.clone(),
        projects: row.projects.iter().map(ToString::to_string).collect(),
        state: row.state,
        note: row.note.clone(),
    }
}
