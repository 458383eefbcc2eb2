//! `/api/contests/{code}/robots`: judges that robots play. Each connects to this server by a socket, as a tablet does.

use crate::auth::error::AuthError;
use crate::auth::seat::Place;
use crate::domain::kernel::ids::{ContestCode, JudgeId};
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::pairing::driven;
use crate::http::state::App;
use crate::live::error::SubmitError;
use crate::robots::client::Browser;
use crate::robots::judge::{Chair, Play};
use crate::robots::pace::Pace;
use crate::wire::error::Refusal;
use crate::wire::robots::{Robots, SetRobots};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rand::RngExt;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::watch;

/// Robots of one contest.
const ROBOTS_MAX: usize = 99;
/// Shortest and longest step, in milliseconds.
const PACE_MS_MIN: u32 = 200;
const PACE_MS_MAX: u32 = 60_000;

/// Robots judge in rehearsals only. Asked when they are chosen and after every fact: when it no longer holds, they end.
fn may_play(contest: &Contest) -> Result<(), Rejection> {
    if contest.rehearsal.is_some() { Ok(()) } else { Err(Rejection::NotRehearsing) }
}

pub async fn get(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
) -> Result<Json<Robots>, ApiError> {
    let (handle, _) = driven(&app, &presented, &code)?;
    Ok(Json(app.robots.report(handle.code.as_str())))
}

/// Robots play these judges and no others; where a person has the seat, none does.
pub async fn put(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Json(body): Json<SetRobots>,
) -> Result<Json<Robots>, ApiError> {
    let (handle, _) = driven(&app, &presented, &code)?;
    let judges = chosen(&handle.contest(), &body)?;
    if judges.is_empty() {
        stop(&app, &handle.code).await?;
        return Ok(Json(app.robots.report(handle.code.as_str())));
    }
    let code = handle.code.as_str();
    let _turn = app.robots.turn().await;
    let contest = handle.contest();
    may_play(&contest).map_err(refused)?;
    let seats = judges.iter().map(ToString::to_string).collect();
    let change = app.robots.choose(code, play(&body, app.robots.play(code)), &seats);
    if let Some(begun) = change.begun {
        let run = contest.run;
        let over = handle.until(move |contest| may_play(contest).is_err() || contest.run != run);
        tokio::spawn(watch_over(app.clone(), handle.code.clone(), begun, over));
    }
    app.auth.unseat_robots(&handle.code, &ids(&change.left)).await?;
    for judge in ids(&change.empty) {
        begin(&app, &handle.code, judge).await?;
    }
    Ok(Json(app.robots.report(code)))
}

/// Ends the robots of this contest.
pub async fn end(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
) -> Result<StatusCode, ApiError> {
    let (handle, _) = driven(&app, &presented, &code)?;
    stop(&app, &handle.code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends every robot of a contest and its session.
pub async fn stop(app: &App, code: &ContestCode) -> Result<(), AuthError> {
    let _turn = app.robots.turn().await;
    let seats = app.robots.dismiss(code.as_str());
    app.auth.unseat_robots(code, &ids(&seats)).await
}

/// Ends the robots with their rehearsal.
async fn watch_over(
    app: App,
    code: ContestCode,
    mut begun: watch::Receiver<Play>,
    over: impl Future<Output = ()> + Send,
) {
    let dismissed = async { while begun.changed().await.is_ok() {} };
    tokio::select! {
        () = over => {}
        () = dismissed => return,
        () = app.stopping() => return,
    }
    if let Err(error) = stop(&app, &code).await {
        tracing::error!(contest = %code, %error, "robots' sessions were not ended");
    }
}

/// Seats a robot and lets it play.
async fn begin(app: &App, code: &ContestCode, judge: JudgeId) -> Result<(), ApiError> {
    let (seat, since) = (judge.to_string(), app.clock.now().0);
    let token = match app.auth.seat_robot(code, judge).await {
        Err(AuthError::SeatTaken) => {
            app.robots.stay_aside(code.as_str(), &seat, since);
            return Ok(());
        }
        token => token?,
    };
    let cookie = app.cookies().pair(&Place::judge(code.clone(), judge), &token);
    let browser = Browser::new(&app.address.local()).map_err(ApiError::internal)?.with_cookie(cookie);
    app.robots.enter(Chair { browser, contest: code.to_string(), seat }, since);
    Ok(())
}

/// The judges of the panel that the body names.
fn chosen(contest: &Contest, body: &SetRobots) -> Result<BTreeSet<JudgeId>, ApiError> {
    if !(PACE_MS_MIN..=PACE_MS_MAX).contains(&body.pace_ms) {
        let refusal = Refusal::new("pace-out-of-range").with("min", PACE_MS_MIN).with("max", PACE_MS_MAX);
        return Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, refusal));
    }
    if body.judges.len() > ROBOTS_MAX {
        return Err(refused(Rejection::TooMany { what: "robots", max: ROBOTS_MAX }));
    }
    let panel = contest.show.round_now().map(|round| round.panel.as_slice()).unwrap_or_default();
    let judge = |text: &String| {
        let unknown =
            |_| ApiError::new(StatusCode::CONFLICT, Refusal::new("unknown-seat").with("seat", text));
        let judge: JudgeId = text.parse().map_err(unknown)?;
        if panel.contains(&judge) { Ok(judge) } else { Err(refused(Rejection::NotOnPanel { judge })) }
    };
    body.judges.iter().map(judge).collect()
}

/// Faults go on under their seed until another one is given.
fn play(body: &SetRobots, now: Option<Play>) -> Play {
    let seed = || body.seed.or(now.and_then(|play| play.faults)).unwrap_or_else(|| rand::rng().random());
    let pace = Pace(Duration::from_millis(u64::from(body.pace_ms)));
    Play { pace, faults: body.faults.then(seed) }
}

fn ids<'a>(seats: impl IntoIterator<Item = &'a String>) -> Vec<JudgeId> {
    seats.into_iter().filter_map(|seat| seat.parse().ok()).collect()
}

fn refused(rejection: Rejection) -> ApiError {
    SubmitError::Rejected(rejection).into()
}
