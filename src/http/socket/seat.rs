//! `/c/{code}/ws/host` and `/c/{code}/ws/judge/{seat}`: people who act. The actor comes from the session.

use super::conversation::Talker;
use super::{Purpose, turned_away, upgrade};
use crate::auth::seat::{Place, Seat};
use crate::domain::command::Actor;
use crate::domain::ids::JudgeId;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::state::App;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::response::Response;

/// The host's own session, or the organiser's.
pub async fn host(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    ws: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let session = presented
        .session(&app, &Place::host(handle.code.clone()))
        .or_else(|| presented.session(&app, &Place::organiser()));
    let Some(session) = session else { return Ok(turned_away(ws)) };
    let actor = if session.place.seat() == Seat::Organiser { Actor::Organiser } else { Actor::Host };
    let channel = handle.channels.host.clone();
    let talker = Some(Talker { actor, session });
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: false, talker }))
}

/// The MC's session; the host's side may look, too.
pub async fn mc(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    ws: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let places = [Place::mc(handle.code.clone()), Place::host(handle.code.clone()), Place::organiser()];
    let session = places.iter().find_map(|place| presented.session(&app, place));
    let Some(session) = session else { return Ok(turned_away(ws)) };
    let channel = handle.channels.mc.clone();
    let talker = Some(Talker { actor: Actor::Mc, session });
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: false, talker }))
}

/// One judge's session, the one of this very seat.
pub async fn judge(
    State(app): State<App>,
    presented: Presented,
    Path((code, seat)): Path<(String, String)>,
    ws: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let judge: JudgeId = seat.parse().map_err(|_| ApiError::not_found())?;
    let session = presented.session(&app, &Place::judge(handle.code.clone(), judge));
    let Some(session) = session else { return Ok(turned_away(ws)) };
    let channel = handle.channels.judge(judge);
    let talker = Some(Talker { actor: Actor::Judge(judge), session });
    Ok(upgrade(ws, app, Purpose { handle, channel, crowd: false, talker }))
}
