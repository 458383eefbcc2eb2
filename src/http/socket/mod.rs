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
pub mod seat;

use crate::domain::display::Role;
use crate::domain::kernel::actor::Actor;
use crate::fanout::channel::Channel;
use crate::http::state::App;
use crate::live::handle::{ConsolePass, Handle};
use crate::live::presence::Guest;
use crate::wire::error::{Refusal, close};
use axum::response::Response;
use conversation::Talker;
use display::OfDisplay;
use line::Upgrade;
use std::sync::Arc;
use std::time::Duration;

/// Frames a page may send in any ten seconds, control frames included.
const FRAMES_PER_TEN_SECONDS: u32 = 100;
/// Without a word for this long, the line is taken for dead; pages ping every 10 s.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Pause between pushes to phones.
const CROWD_PAUSE: Duration = Duration::from_millis(200);

/// What a socket is for.
pub struct Purpose {
    pub handle: Handle,
    pub channel: Arc<Channel>,
    /// Phones are pushed to at a pace.
    pub crowd: bool,
    pub talker: Option<Talker>,
    pub display: Option<OfDisplay>,
}

impl Purpose {
    fn guest(&self, robot: bool) -> Guest {
        match &self.talker {
            Some(talker) => talker.guest(robot),
            None if self.crowd => Guest::Phone,
            None if self.display.and_then(|display| display.only) == Some(Role::Mc) => Guest::Mc,
            None => Guest::Screen,
        }
    }
}

impl Purpose {
    /// Lists a console, where a host or the organiser sits at this socket.
    async fn open_console(&self, robot: bool) -> Option<ConsolePass> {
        let talker = self.talker.as_ref()?;
        if !matches!(talker.actor, Actor::Host | Actor::Organiser) {
            return None;
        }
        let robot = robot || talker.session.robot;
        Some(self.handle.open_console(talker.session.device.clone(), robot).await)
    }
}

/// Answers the upgrade and runs the socket.
fn upgrade(ws: Upgrade, app: App, purpose: Purpose) -> Response {
    let reads = if purpose.talker.is_some() { 4096 } else { 512 };
    ws.then(reads, move |socket| conversation::run(socket, app, purpose))
}

/// A page without a session is told so over the socket and closed: a refused upgrade would look like a lost line, and
/// the page would come back for ever.
fn turned_away(ws: Upgrade) -> Response {
    ws.then(512, |mut socket| async move {
        conversation::tell_the_end(&mut socket, Refusal::new("signed-out"), close::SIGNED_OUT).await;
    })
}
