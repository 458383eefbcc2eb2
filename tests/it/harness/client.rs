//! A page as a test sees it: a socket, a mirror of its view, answers to its commands.

use super::marks;
use podium::domain::kernel::ids::{CommandId, PitchId};
use podium::robots::client::{Browser, Heard, Socket};
use podium::robots::mirror::Mirror;
use podium::wire::client::{ClientFrame, Since};
use podium::wire::command::ClientCommand;
use podium::wire::error::Refusal;
use podium::wire::server::ServerFrame;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::time::Duration;

/// Nothing on loopback takes this long.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Client {
    pub socket: Socket,
    pub mirror: Mirror,
    pub feed: String,
    /// Number of the last frame folded.
    pub n: u32,
    /// Kinds of the frames that built the view since the last hello.
    pub kinds: Vec<&'static str>,
    pub ended: Option<Refusal>,
    answers: VecDeque<ServerFrame>,
    pongs: u32,
}

/// What a command came to.
pub type Answer = Result<u64, Refusal>;

impl Client {
    pub async fn open(browser: &Browser, path: &str) -> Self {
        Client::on(browser.socket(path).await.unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    pub fn on(socket: Socket) -> Self {
        Client {
            socket,
            mirror: Mirror::default(),
            feed: String::new(),
            n: 0,
            kinds: Vec::new(),
            ended: None,
            answers: VecDeque::new(),
            pongs: 0,
        }
    }

    /// Hears one frame and folds it; `false` when the socket has closed.
    pub async fn step(&mut self) -> bool {
        let heard = tokio::time::timeout(PATIENCE, self.socket.hear()).await.expect("a frame comes in time");
        let frame = match heard {
            Ok(Heard::Frame(frame)) => frame,
            Ok(Heard::Closed(_)) | Err(_) => return false,
        };
        match &frame {
            ServerFrame::Hello { feed, .. } => self.feed.clone_from(feed),
            ServerFrame::Snapshot { n, .. } => (self.n, _) = (*n, self.kinds.push("snapshot")),
            ServerFrame::Delta { n, .. } => (self.n, _) = (*n, self.kinds.push("delta")),
            ServerFrame::Receipt { .. } | ServerFrame::Refused { .. } => {
                self.answers.push_back(frame.clone())
            }
            ServerFrame::Ended { refusal } => self.ended = Some(refusal.clone()),
            ServerFrame::Pong { .. } => self.pongs += 1,
            ServerFrame::BadFrame { .. }
            | ServerFrame::Draft { .. }
            | ServerFrame::DraftKept { .. }
            | ServerFrame::Display { .. } => {}
        }
        self.mirror.fold(&frame).expect("frames have no gaps");
        true
    }

    /// Waits until the view satisfies `is`; says what was waited for when it never does.
    pub async fn until<V: DeserializeOwned + std::fmt::Debug>(
        &mut self,
        what: &str,
        is: impl Fn(&V) -> bool,
    ) -> V {
        let end = tokio::time::Instant::now() + PATIENCE;
        loop {
            let view = self.mirror.view::<V>();
            if let Some(view) = view.filter(|view| is(view)) {
                return view;
            }
            let left = end.saturating_duration_since(tokio::time::Instant::now());
            let stepped = tokio::time::timeout(left, self.step()).await;
            match stepped {
                Ok(true) => {}
                Ok(false) => panic!("the socket closed while waiting for: {what}"),
                Err(_) => panic!("not seen in time: {what}; last view {:#?}", self.mirror.view::<V>()),
            }
        }
    }

    /// Gives a command under this id and waits for its answer.
    pub async fn give_as(&mut self, id: CommandId, command: ClientCommand) -> Answer {
        self.try_give_as(id, command).await.expect("an answer before the socket closes")
    }

    /// Gives a command; `None` where the line is lost before the answer.
    pub async fn try_give_as(&mut self, id: CommandId, command: ClientCommand) -> Option<Answer> {
        self.socket.say(&ClientFrame::Submit { id, run: None, command }).await.ok()?;
        self.answer(id).await
    }

    /// The answer to a command that was given under this id.
    pub async fn answer(&mut self, id: CommandId) -> Option<Answer> {
        let wanted = id.to_string();
        loop {
            while let Some(answer) = self.answers.pop_front() {
                match answer {
                    ServerFrame::Receipt { id, seq, .. } if id == wanted => return Some(Ok(seq)),
                    ServerFrame::Refused { id, refusal } if id == wanted => return Some(Err(refusal)),
                    _ => {}
                }
            }
            if !self.step().await {
                return None;
            }
        }
    }

    pub async fn give(&mut self, command: ClientCommand) -> Answer {
        self.give_as(CommandId(rand::random()), command).await
    }

    /// Gives a command that must be taken.
    pub async fn does(&mut self, command: ClientCommand) -> u64 {
        let shown = format!("{command:?}");
        self.give(command).await.unwrap_or_else(|refusal| panic!("{shown} was refused: {refusal:?}"))
    }

    pub async fn refused(&mut self, command: ClientCommand) -> String {
        let shown = format!("{command:?}");
        self.give(command).await.expect_err(&shown).code
    }

    pub async fn hello_again(&mut self, since: Option<Since>) {
        self.kinds.clear();
        let hello = ClientFrame::Hello { protocol: podium::wire::PROTOCOL, since, robot: true };
        self.socket.say(&hello).await.unwrap();
    }

    /// Says a word and waits until the server has heard it.
    pub async fn is_heard(&mut self) {
        let before = self.pongs;
        self.socket.say(&ClientFrame::Ping { t: 1 }).await.unwrap();
        while self.pongs == before {
            assert!(self.step().await, "the socket closed");
        }
    }

    /// Hears until the socket closes; why, if it was said.
    pub async fn until_closed(&mut self) -> Option<Refusal> {
        while self.step().await {}
        self.ended.clone()
    }
}

/// A scorecard with these marks.
pub fn card(pitch: PitchId, base: u32, pairs: &[(&str, &str)]) -> ClientCommand {
    ClientCommand::SubmitScorecard { pitch, attempt: 1, base, marks: marks(pairs), comment: String::new() }
}
