//! The organiser's way in and out, and what this browser may do: `/api/{me,current,claim,login,logout}`.

use crate::auth::seat::{Place, Seat};
use crate::auth::{Entered, Visitor};
use crate::http::error::ApiError;
use crate::http::extract::{Caller, Presented};
use crate::http::state::App;
use crate::wire::rest;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;

pub async fn me(State(app): State<App>, presented: Presented) -> Json<rest::Me> {
    let live = |(place, _): &(Place, _)| presented.session(&app, place).is_some();
    let seats: Vec<_> = presented.tokens.iter().filter(|held| live(held)).map(|(place, _)| place).collect();
    Json(rest::Me {
        unclaimed: !app.auth.claimed(),
        organiser: seats.iter().any(|place| place.seat() == Seat::Organiser),
        current: app.current().map(|handle| handle.code.to_string()),
        seats: seats.iter().filter_map(|place| place.contest().map(|_| seat(place))).collect(),
    })
}

#[derive(Serialize)]
pub struct Current {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

pub async fn current(State(app): State<App>) -> Json<Current> {
    Json(Current { code: app.current().map(|handle| handle.code.to_string()) })
}

pub async fn claim(
    State(app): State<App>,
    presented: Presented,
    caller: Caller,
    Json(body): Json<rest::Claim>,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    let visitor: Visitor = presented.visitor(caller);
    let entered = app.auth.claim(&body.token, &body.password, &visitor).await?;
    Ok((StatusCode::NO_CONTENT, cookie(&app, &entered)?))
}

pub async fn login(
    State(app): State<App>,
    presented: Presented,
    caller: Caller,
    Json(body): Json<rest::Login>,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    let visitor = presented.visitor(caller);
    let entered = app.auth.login(&body.password, &visitor).await?;
    Ok((StatusCode::NO_CONTENT, cookie(&app, &entered)?))
}

/// Signs the organiser out; seats stay with their tablets.
pub async fn logout(
    State(app): State<App>,
    presented: Presented,
) -> Result<(StatusCode, HeaderMap), ApiError> {
    let place = Place::organiser();
    if let Some(session) = presented.session(&app, &place) {
        app.auth.sign_out(session.id).await?;
    }
    Ok((StatusCode::NO_CONTENT, set_cookie(&app.cookies().clear(&place))?))
}

/// The cookie of a fresh session; nothing where the device has it already.
pub fn cookie(app: &App, entered: &Entered) -> Result<HeaderMap, ApiError> {
    let Some(token) = &entered.token else { return Ok(HeaderMap::new()) };
    let place = &entered.session.place;
    let life = app.auth.sessions().lives().of(place.seat());
    set_cookie(&app.cookies().set(place, token, life))
}

fn set_cookie(line: &str) -> Result<HeaderMap, ApiError> {
    let value = HeaderValue::from_str(line).map_err(ApiError::internal)?;
    Ok(HeaderMap::from_iter([(header::SET_COOKIE, value)]))
}

/// A seat and the page to open.
pub fn seat(place: &Place) -> rest::Seat {
    let contest = place.contest().map(ToString::to_string).unwrap_or_default();
    let page = match place.seat() {
        Seat::Organiser => "/organise".to_owned(),
        Seat::Host => format!("/c/{contest}/host"),
        Seat::Mc => format!("/c/{contest}/mc"),
        Seat::Auditor => format!("/c/{contest}/auditor"),
        Seat::Judge(judge) => format!("/c/{contest}/judge?seat={judge}"),
    };
    rest::Seat { contest, seat: place.seat().to_string(), page }
}
