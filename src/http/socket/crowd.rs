//! Those who only look, phones and screens: their sockets leave the web server after the handshake and live in an engine.

use super::display::Display;
use super::line::Upgrade;
use super::purpose::Purpose;
use super::words;
use super::{conversation, line};
use crate::clock::Clock;
use crate::fanout::guest::{Answer, Guest, Seat, Taking};
use crate::http::state::App;
use crate::live::handle::{Handle, Pass};
use crate::wire::PROTOCOL;
use crate::wire::client::{ClientFrame, Since};
use crate::wire::error::close;
use crate::wire::server::ServerFrame;
use axum::response::Response;
use bytes::Bytes;
use std::sync::Arc;
use tokio::task::AbortHandle;

/// Answers the upgrade; the page gets a place in an engine, or a task where its line is not plain TCP.
pub fn seat(ws: Upgrade, app: App, purpose: Purpose) -> Response {
    ws.upgraded(move |upgraded| async move {
        let Some(engines) = app.engines.clone() else {
            return conversation::run(line::Line::on(upgraded, 512), app, purpose).await;
        };
        match line::plain(upgraded) {
            Ok(Ok((stream, came))) => {
                let engine = engines.of(purpose.crowd);
                let (clock, channel) = (app.clock.clone(), purpose.channel.clone());
                let arrival = Arrival { clock, purpose: Some(purpose) };
                engine.serve(stream, came, Box::new(arrival), channel);
            }
            Ok(Err(error)) => tracing::debug!(%error, "a line was gone at once"),
            Err(upgraded) => conversation::run(line::Line::on(*upgraded, 512), app, purpose).await,
        }
    })
}

/// A page that has not said who it is.
struct Arrival {
    clock: Clock,
    purpose: Option<Purpose>,
}

impl Guest for Arrival {
    fn hears(&mut self, text: &str, seat: Seat) -> Answer {
        let (since, robot) = match words::hello(text) {
            Ok(hello) => hello,
            Err(farewell) => return Answer::End(farewell),
        };
        let Some(purpose) = self.purpose.take() else { return Answer::Nothing };
        // Whoever counts may have to be waited for; the engine waits for nobody.
        tokio::spawn(take_seat(purpose, self.clock.clone(), since, robot, seat));
        Answer::Comes
    }
}

async fn take_seat(purpose: Purpose, clock: Clock, since: Option<Since>, robot: bool, seat: Seat) {
    let handle = purpose.handle.clone();
    // In this order: the letters of the pass show the console a list that the display is in, and later is not.
    let mut display = Display::at(&handle, purpose.display);
    let pass = handle.join(purpose.guest(robot)).await;
    let (feed, now) = (handle.feed.clone(), clock.now().0);
    let hello = ServerFrame::Hello { protocol: PROTOCOL, feed: feed.to_string(), now, console: None };
    let greeting = [Some(hello), display.greeting()].iter().flatten().filter_map(words::text).collect();
    let since = since_of(since, &feed);
    let words = display.rings({
        let seat = seat.clone();
        move || seat.ring()
    });
    let shown = words.map(|words| Box::new(Shown { display, handle, words }));
    let guest = Box::new(Spectator { clock, feed, shown, _pass: pass });
    seat.take(Taking { guest, greeting, since });
}

/// A number of another feed means nothing here.
fn since_of(since: Option<Since>, feed: &str) -> Option<u32> {
    since.filter(|since| since.feed == feed).map(|since| since.n)
}

/// A page that has its seat. The fields go in this order: first it is off the list, then it is not counted.
struct Spectator {
    clock: Clock,
    feed: Arc<str>,
    shown: Option<Box<Shown>>,
    _pass: Pass,
}

/// The page is a display's.
struct Shown {
    display: Display,
    handle: Handle,
    /// Rings when there is a word for it.
    words: AbortHandle,
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.words.abort();
    }
}

impl Guest for Spectator {
    fn hears(&mut self, text: &str, _: Seat) -> Answer {
        match serde_json::from_str(text) {
            Ok(ClientFrame::Ping { t }) => {
                let pong = ServerFrame::Pong { t, now: self.clock.now().0 };
                words::text(&pong).map_or(Answer::Nothing, Answer::Say)
            }
            Ok(ClientFrame::Hello { since, .. }) => Answer::Follow(since_of(since, &self.feed)),
            // Spectators say nothing but hello and ping, and displays how their window is.
            Ok(frame) => self.aside(frame),
            Err(_) => Answer::End(words::bad_frame()),
        }
    }

    fn word(&mut self) -> Option<Bytes> {
        let frame = self.shown.as_mut()?.display.news()?;
        words::text(&frame)
    }
}

impl Spectator {
    fn aside(&self, frame: ClientFrame) -> Answer {
        let nobody = Display::default();
        let (display, handle) = match &self.shown {
            Some(shown) => (&shown.display, Some(shown.handle.clone())),
            None => (&nobody, None),
        };
        match display.hear(frame) {
            Ok(false) => Answer::Nothing,
            Ok(true) => {
                if let Some(handle) = handle {
                    tokio::spawn(async move { handle.displays_changed().await });
                }
                Answer::Nothing
            }
            Err(refusal) => Answer::End(words::told(refusal, close::POLICY)),
        }
    }
}
