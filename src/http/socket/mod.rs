//! One socket: a hello, then the audience's frames outwards and, for judges and hosts, commands inwards.
//!
//! One task per connection. Outwards there is no queue: the subscriber hands over what is missing when the socket can
//! take it, at most five times a second to the crowd, and it leaves in pieces. Inwards everything is bounded: size, rate,
//! commands in flight.

pub mod conversation;
pub mod display;
pub mod draft;
pub mod feed;
pub mod line;
pub mod purpose;
pub mod seat;

use crate::http::state::App;
use crate::wire::error::{Refusal, close};
use axum::response::Response;
use line::Upgrade;
use purpose::Purpose;

/// Answers the upgrade and runs the socket.
fn upgrade(ws: Upgrade, app: App, purpose: Purpose) -> Response {
    let reads = if purpose.participant.is_some() { 4096 } else { 512 };
    ws.then(reads, move |socket| conversation::run(socket, app, purpose))
}

/// A page without a session is told so over the socket and closed: a refused upgrade would look like a lost line, and
/// the page would come back for ever.
fn turned_away(ws: Upgrade) -> Response {
    ws.then(512, |mut socket| async move {
        conversation::tell_the_end(&mut socket, Refusal::new("signed-out"), close::SIGNED_OUT).await;
    })
}
