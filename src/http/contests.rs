//! `/api/contests`: create, list, look at, change. Every change is a command to the contest's task.

use crate::auth::seat::Place;
use crate::domain::command::Command;
use crate::domain::scoring::rule::Trim;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::about::About;
use crate::domain::terms::look::Look;
use crate::domain::terms::programme::{Phase, RevealPolicy};
use crate::domain::terms::roster::{Judge, Project};
use crate::http::contrast;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::give::{command, planned};
use crate::http::state::App;
use crate::http::{programme, timing};
use crate::live::handle::Handle;
use crate::wire::error::Refusal;
use crate::wire::rest::{
    AboutBody, CardLine, ContestDetail, ContestLine, Created, JudgeLine, MakeCurrent, ProjectLine,
    RecusalLine, RuleLine,
};
use crate::wire::view;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

pub async fn list(_: Organiser, State(app): State<App>) -> Json<Vec<ContestLine>> {
    let current = app.current().map(|handle| handle.code);
    let line = |handle: Handle| {
        let contest = handle.contest();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        ContestLine {
            code: handle.code.to_string(),
            title: contest.show.about.title.clone(),
            projects: count(contest.show.projects.len()),
            judges: count(contest.judges.len()),
            finished: contest.show.finished,
            current: current.as_ref() == Some(&handle.code),
        }
    };
    Json(app.registry.all().into_iter().map(line).collect())
}

pub async fn create(
    _: Organiser,
    State(app): State<App>,
    Json(body): Json<AboutBody>,
) -> Result<(StatusCode, Json<Created>), ApiError> {
    let handle = app.create(about(body, None)?).await?;
    Ok((StatusCode::CREATED, Json(Created { code: handle.code.to_string() })))
}

pub async fn detail(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<ContestDetail>, ApiError> {
    let handle = app.contest(&code)?;
    let contest = handle.contest();
    Ok(Json(describe(&app, &handle, &contest)))
}

pub async fn change_about(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(body): Json<AboutBody>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    // The logo has an address of its own, and stays.
    let logo = handle.contest().show.about.look.logo.clone();
    command(&handle, Command::ChangeAbout { about: about(body, logo)? }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    order: Vec<String>,
}

pub async fn set_order(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(body): Json<Order>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let round = handle.contest().show.round_now().map(|round| round.id).ok_or_else(ApiError::not_found)?;
    let parsed: Result<Vec<_>, _> = body.order.iter().map(|id| id.parse()).collect();
    let order = parsed.map_err(|_| ApiError::bad_request("order-incomplete"))?;
    planned(&handle, Command::SetRunningOrder { round, order }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectBody {
    name: String,
    short: String,
    #[serde(default)]
    track: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    presenter: String,
    #[serde(default)]
    say: String,
    /// Absent: as it is.
    code: Option<String>,
}

pub async fn change_project(
    _: Organiser,
    State(app): State<App>,
    Path((code, id)): Path<(String, String)>,
    Json(body): Json<ProjectBody>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let contest = handle.contest();
    let track = contest.show.tracks.values().find(|track| track.name == body.track).map(|track| track.id);
    if track.is_none() && !body.track.is_empty() {
        return Err(ApiError::new(StatusCode::CONFLICT, Refusal::new("unknown-track")));
    }
    let ProjectBody { name, short, unit, presenter, say, code, .. } = body;
    let was = contest.show.projects.get(&id).map(|project| project.code.clone());
    let code = code.or(was).unwrap_or_default();
    let project = Project { id, name, short, track, unit, presenter, say, code };
    command(&handle, Command::ChangeProject { project }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeBody {
    name: String,
    #[serde(default)]
    unit: String,
}

pub async fn change_judge(
    _: Organiser,
    State(app): State<App>,
    Path((code, id)): Path<(String, String)>,
    Json(JudgeBody { name, unit }): Json<JudgeBody>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    command(&handle, Command::ChangeJudge { judge: Judge { id, name, unit } }).await
}

pub async fn make_current(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(MakeCurrent { displace }): Json<MakeCurrent>,
) -> Result<StatusCode, ApiError> {
    let handle = app.contest(&code)?;
    let others = app.current().filter(|current| current.code != handle.code);
    if let Some(running) = others.map(|other| other.contest()).filter(|other| other.is_running() && !displace)
    {
        let refusal = Refusal::new("contest-running").with("title", &running.show.about.title);
        return Err(ApiError::new(StatusCode::CONFLICT, refusal));
    }
    app.auth.choose_contest(&handle.code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/contests/{code}/public`: the phones' view, for who has no socket.
pub async fn public(State(app): State<App>, Path(code): Path<String>) -> Result<impl IntoResponse, ApiError> {
    let view = app.contest(&code)?.public().await.ok_or_else(ApiError::not_found)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], view))
}

fn about(body: AboutBody, logo: Option<String>) -> Result<About, ApiError> {
    let AboutBody { title, subtitle, venue, zone, live, theme, accent, .. } = body;
    if jiff::tz::TimeZone::get(&zone).is_err() {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            Refusal::new("unknown-zone").with("zone", zone.chars().take(64).collect::<String>()),
        ));
    }
    if let Some(found) = accent.as_deref().and_then(|accent| contrast::least(accent, theme))
        && found < contrast::LEAST
    {
        let refusal = Refusal::new("accent-pale").with("contrast", format!("{found:.1}"));
        return Err(ApiError::new(StatusCode::CONFLICT, refusal));
    }
    let reveal = if live { RevealPolicy::Live } else { RevealPolicy::PerPitch };
    Ok(About { title, subtitle, venue, zone, reveal, look: Look { theme, accent, logo } })
}

fn describe(app: &App, handle: &Handle, contest: &Contest) -> ContestDetail {
    let show = &contest.show;
    let round = show.round_now();
    ContestDetail {
        code: handle.code.to_string(),
        about: AboutBody {
            title: show.about.title.clone(),
            subtitle: show.about.subtitle.clone(),
            venue: show.about.venue.clone(),
            zone: show.about.zone.clone(),
            live: show.about.reveal == RevealPolicy::Live,
            theme: show.about.look.theme,
            accent: show.about.look.accent.clone(),
            logo: view::parts::logo(&handle.code, show),
        },
        rules_locked: round.is_some_and(|round| round.rules_frozen),
        finished: show.finished,
        rehearsal: show.rehearsal,
        projects: show
            .projects
            .values()
            .map(|project| project_line(project, show.track_name(project)))
            .collect(),
        cards: card_lines(app, handle, contest),
        judges: contest.judges.values().map(|judge| judge_line(judge, round)).collect(),
        criteria: round
            .map(|r| r.criteria.iter().map(view::parts::criterion_info).collect())
            .unwrap_or_default(),
        rule: round.map(|round| rule_line(&round.rule, round.timing)).unwrap_or_default(),
        pitches: round.map(view::parts::order).unwrap_or_default(),
        timing: round.map(timing::body).unwrap_or_default(),
        vote: view::vote::vote(&contest.show, &contest.published),
        ballots: view::vote::ballots(contest),
        recusals: round.map(recusal_lines).unwrap_or_default(),
        segments: show.segments.iter().map(programme::line).collect(),
        window: round.map(|round| round.window).unwrap_or_default().into(),
    }
}

/// The host's, the MC's and the auditor's card, and those of all judges.
pub fn card_lines(app: &App, handle: &Handle, contest: &Contest) -> Vec<CardLine> {
    let line = |place: Place, name: &str| {
        let state = app.auth.card_state(&place);
        let (seat, name) = (place.seat().to_string(), name.to_owned());
        CardLine { seat, name, issued: state.issued, taken: state.taken }
    };
    let judges = contest.judges.values();
    let judges = judges.map(|judge| line(Place::judge(handle.code.clone(), judge.id), &judge.name));
    let code = || handle.code.clone();
    let staff = [Place::host(code()), Place::mc(code()), Place::auditor(code())];
    staff.into_iter().map(|place| line(place, "")).chain(judges).collect()
}

fn recusal_lines(round: &Round) -> Vec<RecusalLine> {
    let pitches = round.order.iter().filter_map(|project| round.pitches.get(project));
    let lines = pitches.flat_map(|pitch| pitch.recused.iter().map(move |(judge, why)| (pitch, judge, why)));
    lines
        .map(|(pitch, judge, why)| RecusalLine {
            pitch: pitch.id.to_string(),
            judge: judge.to_string(),
            reason: why.clone(),
            open: !matches!(pitch.phase, Phase::Closed | Phase::Revealed),
        })
        .collect()
}

pub fn project_line(project: &Project, track: &str) -> ProjectLine {
    ProjectLine {
        id: project.id.to_string(),
        number: project.id.0,
        name: project.name.clone(),
        short: project.short.clone(),
        track: track.to_owned(),
        unit: project.unit.clone(),
        presenter: project.presenter.clone(),
        say: project.say.clone(),
        code: project.code.clone(),
    }
}

fn judge_line(judge: &Judge, round: Option<&Round>) -> JudgeLine {
    JudgeLine {
        id: judge.id.to_string(),
        number: judge.id.0,
        name: judge.name.clone(),
        unit: judge.unit.clone(),
        chair: round.is_some_and(|round| round.chair == Some(judge.id)),
    }
}

pub fn rule_line(
    rule: &crate::domain::scoring::rule::Rule,
    timing: crate::domain::terms::programme::Timing,
) -> RuleLine {
    RuleLine {
        method: rule.method.name().to_owned(),
        drop: rule.drop,
        decimals: rule.decimals,
        trim: match rule.trim {
            Trim::Judge => "judge".to_owned(),
            Trim::Criterion => "criterion".to_owned(),
        },
        audience: rule.audience.share.to_string(),
        ranking: rule.ranking,
        pitch_secs: timing.pitch_secs,
        qa_secs: timing.qa_secs,
    }
}
