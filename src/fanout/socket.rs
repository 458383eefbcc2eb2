//! One socket of an engine: what it has not sent, what it has half heard, when it is given up.

use crate::fanout::ear::{Ear, Said};
use crate::fanout::frame;
use crate::fanout::guest::{Answer, Farewell, Guest, Seat};
use crate::fanout::limits::{
    FAREWELL_BYTES_MAX, FAREWELL_MAX, HELLO_MAX, MESSAGE_MAX, Pace, SILENCE_MAX, patience,
};
use crate::fanout::manners::Manners;
use bytes::{Buf, Bytes};
use mio::net::TcpStream;
use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Texts that wait behind an unfinished one; beyond, the page is not heard until it has taken them.
const UNSENT_MAX: usize = 4;
/// Bytes that are read from one page before the others have their turn.
const HEARD_AT_ONCE: usize = 16 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It has not said who it is.
    Fresh,
    /// It has, and its seat is made ready.
    Coming,
    Seated,
    /// It has been told to go: what it says now is passed over.
    Leaving,
}

/// What comes of listening, or of sending.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing more for now.
    Rests,
    /// There may be more to hear; the others first.
    Again,
    /// It follows from here on.
    Follows(Option<u32>),
    /// It has taken everything.
    Ready,
    Gone,
}

struct Unsent {
    queue: VecDeque<Bytes>,
    since: u64,
    until: u64,
}

pub struct Socket {
    pub stream: TcpStream,
    pub serial: u64,
    /// Names its room, and its place there while it is seated.
    pub room: usize,
    pub place: usize,
    /// The newest frame that it has, or will have once what is unsent has left.
    pub at: Option<u32>,
    pub stage: Stage,
    /// The tick at which the wheel looks at it.
    pub tick: u64,
    guest: Option<Box<dyn Guest>>,
    ear: Ear,
    unsent: Option<Box<Unsent>>,
    pace: Pace,
    heard: u64,
    /// Of its stage, and of the message that has begun.
    until: u64,
    whole_until: u64,
    /// It may have said more that has not been read, or is to hear a word.
    pub unread: bool,
    /// It is heard again soon.
    pub queued: bool,
    word: bool,
    /// Bytes that it has said since it was told to go.
    idle_talk: usize,
}

/// What a socket needs to be dealt with.
pub struct Around<'a> {
    pub manners: &'a Manners,
    pub now: u64,
}

fn ms(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Socket {
    pub fn new(stream: TcpStream, serial: u64, room: usize, guest: Box<dyn Guest>, now: u64) -> Self {
        Socket {
            stream,
            serial,
            room,
            place: 0,
            at: None,
            stage: Stage::Fresh,
            tick: 0,
            guest: Some(guest),
            ear: Ear::default(),
            unsent: None,
            pace: Pace::default(),
            heard: now,
            until: now + ms(HELLO_MAX),
            whole_until: u64::MAX,
            unread: false,
            queued: false,
            word: false,
            idle_talk: 0,
        }
    }

    /// What came before the engine had it.
    pub fn came(&mut self, bytes: &[u8]) {
        self.ear.hear(bytes);
    }

    pub fn take(&mut self, guest: Box<dyn Guest>, since: Option<u32>) {
        (self.guest, self.at) = (Some(guest), since);
        (self.stage, self.until) = (Stage::Seated, u64::MAX);
    }

    /// It has a word to hear that had to wait.
    pub fn has_word(&self) -> bool {
        self.word
    }

    /// It owes nothing: a push may begin.
    pub fn is_ready(&self) -> bool {
        self.unsent.is_none()
    }

    /// When something is to be done about it at the latest.
    pub fn due(&self) -> u64 {
        let unsent = self.unsent.as_ref().map(|unsent| unsent.until);
        let silence = match (self.stage, unsent) {
            (Stage::Seated, None) => self.heard + ms(SILENCE_MAX),
            (Stage::Fresh | Stage::Coming | Stage::Seated | Stage::Leaving, _) => u64::MAX,
        };
        self.until.min(self.whole_until).min(silence).min(unsent.unwrap_or(u64::MAX))
    }

    /// What is overdue ends it: who has not said a word is told so.
    pub fn overdue(&mut self, around: &Around) -> Step {
        match self.stage {
            _ if self.due() > around.now => Step::Rests,
            Stage::Fresh if self.until <= around.now && self.is_ready() => {
                self.leave(&around.manners.silent, around)
            }
            Stage::Fresh | Stage::Coming | Stage::Seated | Stage::Leaving => Step::Gone,
        }
    }

    /// Hears what the page says until there is nothing more, or the others have their turn.
    pub fn listen(&mut self, buffer: &mut [u8], seat: &Seat, around: &Around) -> Step {
        let mut left = HEARD_AT_ONCE;
        loop {
            match self.understand(seat, around) {
                Step::Rests => {}
                step => return step,
            }
            let waits = self.unsent.as_ref().is_some_and(|unsent| unsent.queue.len() > UNSENT_MAX);
            if self.stage == Stage::Coming || (waits && self.stage == Stage::Seated) {
                self.unread = true;
                return Step::Rests;
            }
            if left == 0 {
                return Step::Again;
            }
            let most = left.min(buffer.len());
            match self.stream.read(&mut buffer[..most]) {
                Ok(0) => return Step::Gone,
                Ok(n) if self.stage == Stage::Leaving => {
                    self.idle_talk += n;
                    if self.idle_talk > FAREWELL_BYTES_MAX {
                        return Step::Gone;
                    }
                    left -= n;
                }
                Ok(n) => {
                    self.ear.hear(&buffer[..n]);
                    left -= n;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.unread = false;
                    return Step::Rests;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Step::Gone,
            }
        }
    }

    /// Takes the frames that are whole.
    fn understand(&mut self, seat: &Seat, around: &Around) -> Step {
        while matches!(self.stage, Stage::Fresh | Stage::Seated) {
            let said = match self.ear.frame() {
                Ok(None) => break,
                Ok(Some(said)) => said,
                Err(wrong) => return self.leave(&Farewell::silent(wrong.code()), around),
            };
            match self.answer(said, seat, around) {
                Step::Rests => {}
                step => return step,
            }
        }
        let waits = self.ear.waits() && matches!(self.stage, Stage::Fresh | Stage::Seated);
        self.whole_until = match self.whole_until {
            _ if !waits => u64::MAX,
            u64::MAX => around.now + ms(MESSAGE_MAX),
            until => until,
        };
        Step::Rests
    }

    fn answer(&mut self, said: Said, seat: &Seat, around: &Around) -> Step {
        let Around { manners, now } = around;
        if !self.pace.allows(*now) {
            return self.leave(&manners.noisy, around);
        }
        let text = match said {
            Said::Text(text) => text,
            Said::Fragment => return Step::Rests,
            Said::Pong => {
                self.heard = *now;
                return Step::Rests;
            }
            Said::Ping(payload) => {
                self.heard = *now;
                return self.say(frame::pong(&payload), around);
            }
            Said::Binary => return self.leave(&manners.binary, around),
            Said::Close(code) => return self.leave(&Farewell::silent(code), around),
        };
        self.heard = *now;
        let Some(guest) = self.guest.as_mut() else { return Step::Gone };
        match catch_unwind(AssertUnwindSafe(|| guest.hears(&text, seat.clone()))) {
            Ok(Answer::Nothing) => Step::Rests,
            Ok(Answer::Say(text)) => self.say(frame::texts(&[text], manners.piece), around),
            Ok(Answer::Follow(since)) => Step::Follows(since),
            Ok(Answer::Comes) => {
                (self.stage, self.until) = (Stage::Coming, now + ms(HELLO_MAX));
                Step::Rests
            }
            Ok(Answer::End(farewell)) => self.leave(&farewell, around),
            Err(_panic) => {
                tracing::error!("what a page said could not be answered; its line is closed");
                Step::Gone
            }
        }
    }

    /// There is a word for it, which is said once it has taken what was said before.
    pub fn word(&mut self, around: &Around) -> Step {
        self.word = !self.is_ready();
        if self.word || self.stage != Stage::Seated {
            return Step::Rests;
        }
        let guest = self.guest.as_mut();
        match catch_unwind(AssertUnwindSafe(|| guest.and_then(|guest| guest.word()))) {
            Ok(Some(text)) => self.say(frame::texts(&[text], around.manners.piece), around),
            Ok(None) => Step::Rests,
            Err(_panic) => Step::Gone,
        }
    }

    /// Says these frames, or what can be said of them now; `Gone` where the line is cut.
    pub fn say(&mut self, mut frames: Bytes, around: &Around) -> Step {
        if let Some(unsent) = &mut self.unsent {
            unsent.queue.push_back(frames);
            return Step::Rests;
        }
        let until = around.now + ms(patience(frames.len(), around.manners.piece));
        if !self.write(&mut frames) {
            return Step::Gone;
        }
        if !frames.is_empty() {
            let (queue, since) = (VecDeque::from([frames]), around.now);
            self.unsent = Some(Box::new(Unsent { queue, since, until }));
        }
        Step::Rests
    }

    /// Goes on with what is unsent.
    pub fn flush(&mut self, around: &Around) -> Step {
        if self.is_ready() {
            return Step::Rests;
        }
        while let Some(mut unsent) = self.unsent.take() {
            let Some(mut frames) = unsent.queue.pop_front() else { break };
            if !self.write(&mut frames) {
                return Step::Gone;
            }
            if !frames.is_empty() {
                unsent.queue.push_front(frames);
                self.unsent = Some(unsent);
                return Step::Rests;
            }
            let Some(next) = unsent.queue.front() else {
                // Nobody listened meanwhile, and a large view on a slow line takes its time.
                self.heard += around.now.saturating_sub(unsent.since);
                break;
            };
            unsent.until = around.now + ms(patience(next.len(), around.manners.piece));
            self.unsent = Some(unsent);
        }
        if self.stage == Stage::Leaving {
            return self.hang_up();
        }
        Step::Ready
    }

    /// Writes what the line takes now; false where it is cut.
    fn write(&mut self, frames: &mut Bytes) -> bool {
        while !frames.is_empty() {
            match self.stream.write(frames) {
                Ok(0) => return false,
                Ok(n) => frames.advance(n),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
        true
    }

    /// Says the last word. What it says itself is heard no more, and read for a while only so that the word arrives.
    pub fn leave(&mut self, farewell: &Farewell, around: &Around) -> Step {
        if self.stage == Stage::Leaving {
            return Step::Rests;
        }
        (self.stage, self.until) = (Stage::Leaving, around.now + ms(FAREWELL_MAX));
        (self.guest, self.ear, self.whole_until) = (None, Ear::default(), u64::MAX);
        if let Some(unsent) = &mut self.unsent {
            // What has not been begun is not said any more.
            unsent.queue.truncate(1);
            self.until = self.until.max(unsent.until);
        }
        match self.say(farewell.frames(around.manners.piece), around) {
            Step::Gone => Step::Gone,
            _ if self.is_ready() => self.hang_up(),
            _ => Step::Rests,
        }
    }

    fn hang_up(&mut self) -> Step {
        match self.stream.shutdown(Shutdown::Write) {
            Ok(()) => Step::Rests,
            Err(_) => Step::Gone,
        }
    }
}
