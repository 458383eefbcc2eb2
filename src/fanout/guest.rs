//! Who sits at a socket of an engine, as far as the engine asks, and what may be said to the engine about a seat.

use crate::fanout::bell::Bell;
use crate::fanout::channel::Channel;
use crate::fanout::frame;
use bytes::Bytes;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads what a page says. Asked on the engine's thread, where nobody may wait. Dropped when the page has gone.
pub trait Guest: Send {
    /// The page has said a text.
    fn hears(&mut self, text: &str, seat: Seat) -> Answer;

    /// What this page alone is to know now; asked after [`Seat::ring`].
    fn word(&mut self) -> Option<Bytes> {
        None
    }
}

/// What comes of a text.
pub enum Answer {
    Nothing,
    /// A text for this page.
    Say(Bytes),
    /// The page follows its channel from this frame on, or from the newest snapshot.
    Follow(Option<u32>),
    /// The page has said who it is; it is heard again once it has taken its seat, by [`Seat::take`].
    Comes,
    End(Farewell),
}

/// The last text, where there is one, and the close code.
#[derive(Debug, Clone, Default)]
pub struct Farewell {
    pub text: Option<Bytes>,
    pub code: u16,
    pub reason: String,
}

impl Farewell {
    /// Without a word.
    pub fn silent(code: u16) -> Self {
        Farewell { code, ..Farewell::default() }
    }

    /// As frames, the text in pieces of at most so many bytes.
    pub fn frames(&self, piece: usize) -> Bytes {
        let mut out = Vec::new();
        self.text.iter().for_each(|text| frame::text(text, piece, &mut out));
        out.extend_from_slice(&frame::close(self.code, &self.reason));
        out.into()
    }
}

/// What an engine is told; there are at most a few letters for each socket.
pub(super) enum Letter {
    Come(Newcomer),
    Take {
        index: usize,
        serial: u64,
        taking: Taking,
    },
    Word {
        index: usize,
        serial: u64,
    },
    /// Everybody leaves.
    End,
    /// Nobody is told.
    Vanish,
}

/// A line that has become a WebSocket.
pub(super) struct Newcomer {
    pub stream: TcpStream,
    /// What came behind the handshake.
    pub came: Bytes,
    pub guest: Box<dyn Guest>,
    pub channel: Arc<Channel>,
}

/// How a page takes its seat.
pub struct Taking {
    /// Who reads what it says from now on.
    pub guest: Box<dyn Guest>,
    /// What it is told first.
    pub greeting: Vec<Bytes>,
    /// From which frame on it follows its channel; from the newest snapshot without one.
    pub since: Option<u32>,
}

/// The way to an engine; a letter to one that has ended is dropped.
pub(super) struct Post {
    pub bell: Arc<Bell>,
    letters: Mutex<Option<Vec<Letter>>>,
}

impl Post {
    pub fn new(bell: Arc<Bell>) -> Self {
        Post { bell, letters: Mutex::new(Some(Vec::new())) }
    }

    pub fn send(&self, letter: Letter) {
        // What is not taken is dropped after the lock: a guest that goes may write to somebody.
        let refused = match &mut *self.letters.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(letters) => {
                letters.push(letter);
                None
            }
            None => Some(letter),
        };
        drop(refused);
        self.bell.ring();
    }

    pub fn take(&self) -> Vec<Letter> {
        let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        letters.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Nobody reads letters any more.
    pub fn close(&self) {
        let unread = self.letters.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(unread);
    }
}

/// One socket, from outside. It may have gone: then nothing happens.
#[derive(Clone)]
pub struct Seat {
    pub(super) post: Arc<Post>,
    pub(super) index: usize,
    pub(super) serial: u64,
}

impl Seat {
    /// The page is greeted, follows its channel and is heard again.
    pub fn take(&self, taking: Taking) {
        self.post.send(Letter::Take { index: self.index, serial: self.serial, taking });
    }

    /// There is a word for this page.
    pub fn ring(&self) {
        self.post.send(Letter::Word { index: self.index, serial: self.serial });
    }
}
