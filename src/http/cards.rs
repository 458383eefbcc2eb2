//! `/api/contests/{code}/cards`: cards of the host, the MC, the auditor and the judges, shown once.

use crate::auth::seat::{Place, Seat};
use crate::domain::state::contest::Contest;
use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::state::App;
use crate::live::handle::Handle;
use crate::wire::error::Refusal;
use crate::wire::rest::{FreshCard, IssueCards};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// Issues cards of these seats anew; what they had before ends.
pub async fn issue(
    _: Organiser,
    State(app): State<App>,
    Path(code): Path<String>,
    Json(IssueCards { seats }): Json<IssueCards>,
) -> Result<Json<Vec<FreshCard>>, ApiError> {
    let handle = app.contest(&code)?;
    let contest = handle.contest();
    let places = seats.iter().map(|seat| place(&handle, seat)).collect::<Result<Vec<_>, _>>()?;
    let cards = app.auth.issue_cards(&places, false, "organiser").await?;
    let fresh: BTreeSet<_> = places.iter().map(Place::seat).collect();
    remember_address(&app, fresh.len() > contest.judges.len()).await;
    // A machine without a network has no address but its own; the card then works on this machine.
    let base = app.address.base();
    let fresh = cards.iter().map(|card| FreshCard {
        seat: card.place.seat().to_string(),
        name: name(&contest, card.place.seat()),
        url: link(&base, card.place.seat(), &card.token.reveal()),
        pin: card.pin.reveal().to_owned(),
    });
    Ok(Json(fresh.collect()))
}

/// What these cards carry is missed when it goes, also after a restart.
async fn remember_address(app: &App, all: bool) {
    let Some(url) = app.address.give_out(all) else { return };
    app.tell_address().await;
    if let Err(error) = app.store.put_address(&url).await {
        tracing::warn!(%error, "the address on the cards is not remembered");
    }
}

/// The contest's place that a page names, `host` or `J3`.
pub fn place(handle: &Handle, text: &str) -> Result<Place, ApiError> {
    let unknown = || ApiError::new(StatusCode::CONFLICT, Refusal::new("unknown-seat").with("seat", text));
    let seat: Seat = text.parse().map_err(|_| unknown())?;
    if let Seat::Judge(judge) = seat
        && !handle.contest().judges.contains_key(&judge)
    {
        return Err(unknown());
    }
    Place::new(Some(handle.code.clone()), seat).ok_or_else(unknown)
}

/// The pairing address of a card: the token stands in the fragment, which browsers do not send.
pub fn link(base: &str, seat: Seat, token: &str) -> String {
    let page = match seat {
        Seat::Organiser => "organise",
        Seat::Host => "host",
        Seat::Mc => "mc",
        Seat::Auditor => "auditor",
        Seat::Judge(_) => "judge",
    };
    format!("{}/{page}#{token}", base.trim_end_matches('/'))
}

fn name(contest: &Contest, seat: Seat) -> String {
    match seat {
        Seat::Judge(judge) => contest.judges.get(&judge).map(|judge| judge.name.clone()).unwrap_or_default(),
        Seat::Organiser | Seat::Host | Seat::Mc | Seat::Auditor => String::new(),
    }
}
