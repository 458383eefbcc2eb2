//! `/c/{code}/ws/{host,mc,auditor}` and `/c/{code}/ws/judge/{seat}`: people who act. The actor comes from the session.

use super::display::OfDisplay;
use super::feed::Named;
use super::line::Upgrade;
use super::purpose::Participant;
use super::purpose::Purpose;
use super::{turned_away, upgrade};
use crate::auth::seat::{Place, Seat};
use crate::auth::session::Session;
use crate::domain::display::Role;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::JudgeId;
use crate::fanout::channel::Channel;
use crate::http::error::ApiError;
use crate::http::extract::Presented;
use crate::http::state::App;
use crate::live::handle::Handle;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use std::sync::Arc;

/// The host's own session, or the organiser's.
pub async fn host(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    ws: Upgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let session = presented
        .session(&app, &Place::host(handle.code.clone()))
        .or_else(|| presented.session(&app, &Place::organiser()));
    let organises = |session: &Session| session.place.seat() == Seat::Organiser;
    let actor = if session.as_ref().is_some_and(organises) { Actor::Organiser } else { Actor::Host };
    let channel = handle.channels.host.clone();
    Ok(sit(ws, app, handle, channel, participant(&presented, actor, session)))
}

fn participant(presented: &Presented, actor: Actor, session: Option<Session>) -> Option<Participant> {
    session.map(|session| Participant { actor, session, beside: presented.sessions().into() })
}

/// Who has the session takes part; nobody else is let in.
fn sit(
    ws: Upgrade,
    app: App,
    handle: Handle,
    channel: Arc<Channel>,
    participant: Option<Participant>,
) -> Response {
    if participant.is_none() {
        return turned_away(ws);
    }
    upgrade(ws, app, Purpose { handle, channel, crowd: false, participant, display: None })
}

/// The MC's session; the host's side may look, too, and a display that the host has pointed here, for as long as it is.
pub async fn mc(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    Query(named): Query<Named>,
    ws: Upgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let places = [Place::mc(handle.code.clone()), Place::host(handle.code.clone()), Place::organiser()];
    let channel = handle.channels.mc.clone();
    let only = Some(Role::Mc);
    if let Some(key) = named.key()? {
        if handle.displays.role(&key) != only {
            return Ok(turned_away(ws));
        }
        let display = Some(OfDisplay { key, only });
        return Ok(upgrade(ws, app, Purpose { handle, channel, crowd: false, participant: None, display }));
    }
    let session = places.iter().find_map(|place| presented.session(&app, place));
    Ok(sit(ws, app, handle, channel, participant(&presented, Actor::Mc, session)))
}

/// The auditor's own session. The host's side has its own pages, and does not sit here.
pub async fn auditor(
    State(app): State<App>,
    presented: Presented,
    Path(code): Path<String>,
    ws: Upgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let session = presented.session(&app, &Place::auditor(handle.code.clone()));
    let channel = handle.channels.auditor.clone();
    Ok(sit(ws, app, handle, channel, participant(&presented, Actor::Auditor, session)))
}

/// One judge's session, the one of this very seat.
pub async fn judge(
    State(app): State<App>,
    presented: Presented,
    Path((code, seat)): Path<(String, String)>,
    ws: Upgrade,
) -> Result<Response, ApiError> {
    let handle = app.contest(&code)?;
    let judge: JudgeId = seat.parse().map_err(|_| ApiError::not_found())?;
    let session = presented.session(&app, &Place::judge(handle.code.clone(), judge));
    let channel = handle.channels.judge(judge);
    let actor = Actor::Judge(judge);
    Ok(sit(ws, app, handle, channel, participant(&presented, actor, session)))
}
