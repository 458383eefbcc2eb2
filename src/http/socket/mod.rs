//! One socket: a hello, then the audience's frames outwards and, for judges and hosts, commands inwards.
//!
//! Who acts has a task. Those who only look live in an engine, and have a task only where their line is not plain TCP.
//! Outwards there is no queue: the subscriber hands over what is missing when the socket can take it, at most five times a
//! second to the crowd, and it leaves in pieces. Inwards everything is bounded: size, rate, time, commands in flight.

pub mod conversation;
pub mod crowd;
pub mod display;
pub mod draft;
pub mod feed;
pub mod line;
pub mod purpose;
pub mod seat;
pub mod words;

use crate::http::state::App;
use crate::wire::error::{Refusal, close};
use axum::response::Response;
use line::Upgrade;
use purpose::Purpose;

/// Answers the upgrade and runs the socket.
fn upgrade(ws: Upgrade, app: App, purpose: Purpose) -> Response {
    if purpose.only_looks() {
        return crowd::seat(ws, app, purpose);
    }
    ws.then(4096, move |socket| conversation::run(socket, app, purpose))
}

/// A page without a session is told so over the socket and closed: a refused upgrade would look like a lost line, and
/// the page would come back for ever.
fn turned_away(ws: Upgrade) -> Response {
    ws.then(512, |mut socket| async move {
        socket.close(&words::told(Refusal::new("signed-out"), close::SIGNED_OUT)).await;
    })
}
