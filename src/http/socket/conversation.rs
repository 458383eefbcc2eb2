//! The socket's loop: what comes in, what goes out, and what ends it.

use super::display::Display;
use super::draft::{self, Draft};
use super::line::Line;
use super::purpose::{Participant, Purpose};
use super::words;
use crate::auth::error::AuthError;
use crate::auth::session::Ending;
use crate::domain::command::Command;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::CommandId;
use crate::fanout::ear::{Said, Wrong};
use crate::fanout::guest::Farewell;
use crate::fanout::limits::{CROWD_PAUSE, HELLO_MAX, Pace, SILENCE_MAX};
use crate::fanout::subscriber::Subscriber;
use crate::http::state::App;
use crate::live::dedupe::Receipt;
use crate::live::error::SubmitError;
use crate::live::handle::Handle;
use crate::live::wheel::Hand;
use crate::wire::PROTOCOL;
use crate::wire::client::{ClientFrame, DeviceInfo, Since};
use crate::wire::error::{Refusal, close};
use crate::wire::server::ServerFrame;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Commands one socket may have in flight.
const IN_FLIGHT_MAX: usize = 32;
/// Longest name of a page's build.
const PAGE_CHARS_MAX: usize = 64;

/// Why the loop ends, and what the page is told.
enum End {
    /// The page left or its line is dead.
    Gone,
    Told(Farewell),
}

fn end(refusal: Refusal, code: u16) -> End {
    End::Told(words::told(refusal, code))
}

/// Answers that wait for the disk.
type InFlight = FuturesUnordered<BoxFuture<'static, ServerFrame>>;

/// Runs one socket until it ends.
pub async fn run(mut socket: Line, app: App, purpose: Purpose) {
    let end = match hello(&mut socket, &app).await {
        Ok((since, robot)) => {
            // In this order: the letters of the pass show the console a list that the display is in, and later is not.
            let display = Display::at(&purpose.handle, purpose.display);
            let pass = purpose.handle.join(purpose.guest(robot)).await;
            let console = purpose.open_console(robot).await;
            let hand = console.as_ref().map(|console| console.hand);
            let conversation = Conversation::new(&app, &purpose, since, robot, hand, display);
            let end = conversation.run(&mut socket).await;
            drop((pass, console));
            end
        }
        Err(end) => end,
    };
    if let End::Told(farewell) = end {
        socket.close(&farewell).await;
    }
}

/// Waits for the page's hello: where it left off, and whether it is a robot.
async fn hello(socket: &mut Line, app: &App) -> Result<(Option<Since>, bool), End> {
    let (deadline, began, mut pace) = (Instant::now() + HELLO_MAX, Instant::now(), Pace::default());
    loop {
        let said = tokio::select! {
            said = socket.hear() => said,
            () = sleep_until(deadline) => return Err(End::Told(words::hello_missing())),
            () = app.stopping() => return Err(End::Told(words::restarting())),
        };
        if !pace.allows(ms(began.elapsed())) {
            return Err(End::Told(words::too_many_frames()));
        }
        if let Some(text) = plain(socket, said).await? {
            return words::hello(&text).map_err(End::Told);
        }
    }
}

/// The text that was said; what else comes is dealt with.
async fn plain(socket: &mut Line, said: Option<Result<Said, Wrong>>) -> Result<Option<String>, End> {
    match said {
        Some(Ok(Said::Text(text))) => Ok(Some(text)),
        Some(Ok(Said::Ping(payload))) => sent(socket.pong(&payload).await).map(|()| None),
        Some(Ok(Said::Pong | Said::Fragment)) => Ok(None),
        Some(Ok(Said::Binary)) => Err(End::Told(words::bad_frame())),
        Some(Ok(Said::Close(code))) => Err(End::Told(Farewell::silent(code))),
        Some(Err(wrong)) => Err(End::Told(Farewell::silent(wrong.code()))),
        None => Err(End::Gone),
    }
}

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

struct Conversation<'a> {
    app: &'a App,
    handle: &'a Handle,
    purpose: &'a Purpose,
    robot: bool,
    /// This console's number.
    hand: Option<Hand>,
    subscriber: Subscriber,
    in_flight: InFlight,
    display: Display,
    began: Instant,
    heard: Instant,
    next_push: Instant,
    pace: Pace,
}

impl<'a> Conversation<'a> {
    fn new(
        app: &'a App,
        purpose: &'a Purpose,
        since: Option<Since>,
        robot: bool,
        hand: Option<Hand>,
        display: Display,
    ) -> Self {
        let now = Instant::now();
        Conversation {
            app,
            handle: &purpose.handle,
            purpose,
            robot,
            hand,
            subscriber: subscribe(purpose, since),
            in_flight: FuturesUnordered::new(),
            display,
            began: now,
            heard: now,
            next_push: now,
            pace: Pace::default(),
        }
    }

    async fn run(mut self, socket: &mut Line) -> End {
        if !self.greet(socket).await {
            return End::Gone;
        }
        loop {
            let may_push = Instant::now() >= self.next_push;
            let step = tokio::select! {
                said = socket.hear() => self.incoming(socket, said).await,
                frames = self.subscriber.next(), if may_push => self.push(socket, frames).await,
                () = sleep_until(self.next_push), if !may_push => Ok(()),
                Some(answer) = self.in_flight.next(), if !self.in_flight.is_empty() => {
                    sent(send_frame(socket, &answer).await)
                }
                frame = self.display.changed() => {
                    sent(send_frame(socket, &frame).await).and_then(|()| self.stays())
                }
                end = ended(self.purpose.participant.as_ref(), self.app) => Err(end),
                () = self.app.stopping() => Err(End::Told(words::restarting())),
                () = sleep_until(self.heard + SILENCE_MAX) => Err(End::Gone),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn greet(&mut self, socket: &mut Line) -> bool {
        let now = self.app.clock.now().0;
        let feed = self.handle.feed.to_string();
        let hello = ServerFrame::Hello { protocol: PROTOCOL, feed, now, console: self.hand };
        if !send_frame(socket, &hello).await {
            return false;
        }
        if let Some(frame) = self.display.greeting()
            && !send_frame(socket, &frame).await
        {
            return false;
        }
        let Some(Participant { actor: Actor::Judge(judge), .. }) = self.purpose.participant else {
            return true;
        };
        for draft in draft::all(self.app, &self.handle.code, &self.handle.contest(), judge) {
            if !send_frame(socket, &draft).await {
                return false;
            }
        }
        true
    }

    fn stays(&self) -> Result<(), End> {
        self.display.stays().map_err(|refusal| end(refusal, close::FORBIDDEN))
    }

    async fn push(&mut self, socket: &mut Line, frames: Vec<Bytes>) -> Result<(), End> {
        self.stays()?;
        let began = Instant::now();
        for frame in frames {
            sent(socket.say(frame).await)?;
        }
        // Nobody listened meanwhile, and a large view on a slow line takes its time.
        self.heard += began.elapsed();
        if self.purpose.crowd {
            self.next_push = Instant::now() + CROWD_PAUSE;
        }
        Ok(())
    }

    async fn incoming(&mut self, socket: &mut Line, said: Option<Result<Said, Wrong>>) -> Result<(), End> {
        if !self.pace.allows(ms(self.began.elapsed())) {
            return Err(End::Told(words::too_many_frames()));
        }
        // Part of a message is no word yet.
        if !matches!(said, Some(Ok(Said::Fragment))) {
            self.heard = Instant::now();
        }
        let Some(text) = plain(socket, said).await? else { return Ok(()) };
        match serde_json::from_str::<ClientFrame>(&text) {
            Ok(frame) => self.frame(socket, frame).await,
            Err(error) => bad_frame(socket, self.purpose, &error).await,
        }
    }

    async fn frame(&mut self, socket: &mut Line, frame: ClientFrame) -> Result<(), End> {
        match (frame, &self.purpose.participant) {
            (ClientFrame::Ping { t }, _) => {
                let pong = ServerFrame::Pong { t, now: self.app.clock.now().0 };
                sent(send_frame(socket, &pong).await)
            }
            (ClientFrame::Hello { since, .. }, _) => {
                self.subscriber = subscribe(self.purpose, since);
                Ok(())
            }
            (ClientFrame::Submit { id, run, command }, Some(participant)) => {
                if self.in_flight.len() >= IN_FLIGHT_MAX {
                    return sent(send_frame(socket, &answer(id, Err(SubmitError::Overloaded))).await);
                }
                self.submit(participant.clone(), id, run, command.into())
            }
            (frame, Some(participant)) => self.aside(socket, frame, participant.actor).await,
            // Spectators say nothing but hello and ping, and displays how their window is.
            (frame, None) => {
                if self.display.hear(frame).map_err(|refusal| end(refusal, close::POLICY))? {
                    self.handle.displays_changed().await;
                }
                Ok(())
            }
        }
    }

    /// What is no fact: a draft, a device's state, a word to a judge.
    async fn aside(&mut self, socket: &mut Line, frame: ClientFrame, actor: Actor) -> Result<(), End> {
        let handle = self.handle.clone();
        match (frame, actor) {
            (
                ClientFrame::Draft { pitch, marks, comment, note, base, attempt, rev, run, tablet },
                Actor::Judge(judge),
            ) => {
                let draft = Draft { marks, comment, note, base, attempt, rev, run, tablet };
                // A page has one draft of a pitch under way; who sends more waits here.
                while self.in_flight.len() >= IN_FLIGHT_MAX {
                    if let Some(answer) = self.in_flight.next().await {
                        sent(send_frame(socket, &answer).await)?;
                    }
                }
                let app = self.app.clone();
                self.in_flight.push(Box::pin(draft::keep(app, handle, judge, pitch, draft)));
            }
            (ClientFrame::Device { device }, Actor::Judge(judge)) => {
                let page = device.page.chars().filter(char::is_ascii_graphic).take(PAGE_CHARS_MAX).collect();
                handle.device(judge, DeviceInfo { page, ..device }).await;
            }
            (ClientFrame::Nudge { judge, what }, Actor::Host | Actor::Organiser) => {
                handle.nudge(judge, what).await;
            }
            (ClientFrame::TakeWheel, Actor::Host | Actor::Organiser) => {
                if let Some(hand) = self.hand {
                    handle.take_wheel(hand).await;
                }
            }
            (ClientFrame::Ready { ready }, Actor::Mc) => handle.mc_ready(ready).await,
            _ => {
                let refusal = Refusal::new("not-allowed");
                return sent(send_frame(socket, &ServerFrame::BadFrame { refusal }).await);
            }
        }
        Ok(())
    }

    /// Who agrees is not who could have proposed it.
    fn is_the_first_person(&self, participant: &Participant, command: &Command) -> bool {
        let agrees = matches!((participant.actor, command), (Actor::Judge(_), Command::AgreeTo { .. }));
        agrees && self.app.auth.proposes(&participant.session, &participant.beside)
    }

    fn submit(
        &mut self,
        participant: Participant,
        id: CommandId,
        run: Option<u32>,
        command: Command,
    ) -> Result<(), End> {
        if let Err(ending) = self.app.auth.sessions().check(&participant.session.id) {
            return Err(told(ending));
        }
        if self.is_the_first_person(&participant, &command) {
            let refusal = Refusal::new(AuthError::SecondPerson.code());
            let refused = ServerFrame::Refused { id: id.to_string(), refusal };
            self.in_flight.push(Box::pin(std::future::ready(refused)));
            return Ok(());
        }
        let hosts = matches!(participant.actor, Actor::Host | Actor::Organiser);
        let person = hosts && !self.robot && !participant.session.robot;
        let (handle, hand) = (self.handle.clone(), self.hand);
        self.in_flight.push(Box::pin(async move {
            if person {
                handle.person_acted_as_host().await;
            }
            answer(id, handle.submit_from(participant.actor, id, command, run, hand).await)
        }));
        Ok(())
    }
}

/// A frame that cannot be read is answered with the place; a spectator that sends one is no page of ours.
async fn bad_frame(socket: &mut Line, purpose: &Purpose, error: &serde_json::Error) -> Result<(), End> {
    if purpose.participant.is_none() {
        return Err(End::Told(words::bad_frame()));
    }
    let place = format!("{}:{}", error.line(), error.column());
    let refusal = Refusal::new("bad-frame").with("place", place);
    sent(send_frame(socket, &ServerFrame::BadFrame { refusal }).await)
}

/// A number of another feed means nothing here.
fn subscribe(purpose: &Purpose, since: Option<Since>) -> Subscriber {
    let since = since.filter(|since| *since.feed == *purpose.handle.feed).map(|since| since.n);
    Subscriber::new(purpose.channel.clone(), since)
}

/// Waits for the end of the participant's session; for ever where there is none.
async fn ended(participant: Option<&Participant>, app: &App) -> End {
    let Some(participant) = participant else { return std::future::pending().await };
    told(app.auth.sessions().ended(&participant.session.id).await)
}

fn told(ending: Ending) -> End {
    match ending {
        Ending::SeatTaken => end(Refusal::new("seat-taken-over"), close::SEAT_TAKEN),
        Ending::SignedOut => end(Refusal::new("signed-out"), close::SIGNED_OUT),
    }
}

fn answer(id: CommandId, result: Result<Receipt, SubmitError>) -> ServerFrame {
    let id = id.to_string();
    match result {
        Ok(receipt) => ServerFrame::Receipt { id, seq: receipt.seq, at: receipt.at.0 },
        Err(SubmitError::Rejected(rejection)) => {
            ServerFrame::Refused { id, refusal: Refusal::from(&rejection) }
        }
        Err(error) => ServerFrame::Refused { id, refusal: Refusal::new(error.code()) },
    }
}

fn sent(sent: bool) -> Result<(), End> {
    if sent { Ok(()) } else { Err(End::Gone) }
}

async fn send_frame(socket: &mut Line, frame: &ServerFrame) -> bool {
    let Some(text) = words::text(frame) else { return false };
    socket.say(text).await
}
