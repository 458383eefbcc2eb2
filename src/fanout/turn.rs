//! An engine's thread: it waits for its sockets, its letters and its channels, and gives each of them its turn.

use crate::fanout::frame;
use crate::fanout::guest::{Letter, Newcomer, Post, Seat, Taking};
use crate::fanout::manners::Manners;
use crate::fanout::room::Room;
use crate::fanout::socket::{Around, Socket, Stage, Step};
use crate::fanout::stopping::Stopping;
use crate::fanout::wheel::Wheel;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use slab::Slab;
use socket2::SockRef;
use std::collections::{BTreeMap, VecDeque};
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The bell's.
pub const BELL: Token = Token(usize::MAX);
/// Members that are pushed to before the others are asked again.
const PUSHED_AT_ONCE: usize = 128;
pub struct Turn {
    manners: Manners,
    post: Arc<Post>,
    began: Instant,
    now: u64,
    sockets: Slab<Box<Socket>>,
    /// Sockets so far; tells those apart that had the same index.
    serial: u64,
    /// By the address of the channel, which the room holds.
    rooms: BTreeMap<usize, Room>,
    wheel: Wheel,
    /// Who had more to say than one turn allows.
    again: VecDeque<usize>,
    buffer: Vec<u8>,
    stopping: Option<Stopping>,
}

impl Turn {
    pub fn new(manners: Manners, post: Arc<Post>) -> Self {
        Turn {
            manners,
            post,
            began: Instant::now(),
            now: 0,
            sockets: Slab::new(),
            serial: 0,
            rooms: BTreeMap::new(),
            wheel: Wheel::new(),
            again: VecDeque::new(),
            buffer: vec![0; 16 * 1024],
            stopping: None,
        }
    }

    /// Until everybody has been told that the server stops, or nobody holds the engine any more.
    pub fn run(mut self, poll: &mut Poll) {
        let mut events = Events::with_capacity(1_024);
        loop {
            match poll.poll(&mut events, self.rest()) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    tracing::error!(%error, "an engine cannot wait for its sockets");
                    std::thread::sleep(Duration::from_millis(50));
                }
            }
            self.now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
            for event in events.iter().filter(|event| event.token() != BELL) {
                self.event(poll, event.token().0, event.is_writable());
            }
            if self.post.bell.has_rung() && !self.letters(poll) {
                return;
            }
            for _ in 0..self.again.len() {
                self.next_again(poll);
            }
            self.push(poll);
            self.look(poll);
            if self.stop(poll) {
                return;
            }
        }
    }

    /// How long nothing is to be done.
    fn rest(&self) -> Option<Duration> {
        if self.stopping.is_some() {
            return Some(Duration::from_millis(1));
        }
        let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let waiting = self.rooms.values().filter(|room| room.wants());
        let push = waiting.map(|room| if room.left > 0 { now } else { room.next }).min();
        let again = (!self.again.is_empty()).then_some(now);
        let wheel = (!self.sockets.is_empty()).then(|| self.wheel.next());
        let next = [push, again, wheel].into_iter().flatten().min()?;
        Some(Duration::from_millis(next.saturating_sub(now)))
    }

    /// What was sent to the engine; false where it is to end at once.
    fn letters(&mut self, poll: &Poll) -> bool {
        for letter in self.post.take() {
            match letter {
                Letter::Come(newcomer) => self.come(poll, newcomer),
                Letter::Take { index, serial, taking } => self.take(poll, index, serial, taking),
                Letter::Word { index, serial } => {
                    if let Some((socket, around)) = self.socket(index).filter(|(it, _)| it.serial == serial) {
                        let step = socket.word(&around);
                        self.after(poll, index, step);
                    }
                }
                Letter::End => {
                    let all = self.sockets.iter().map(|(index, _)| index).collect();
                    self.stopping = Some(Stopping::of(all, self.now));
                }
                Letter::Vanish => return false,
            }
        }
        true
    }

    fn socket(&mut self, index: usize) -> Option<(&mut Box<Socket>, Around<'_>)> {
        let around = Around { manners: &self.manners, now: self.now };
        self.sockets.get_mut(index).map(|socket| (socket, around))
    }

    fn come(&mut self, poll: &Poll, newcomer: Newcomer) {
        let Newcomer { stream, came, guest, channel } = newcomer;
        let _larger = SockRef::from(&stream).set_send_buffer_size(self.manners.send_buffer);
        let mut stream = TcpStream::from_std(stream);
        let entry = self.sockets.vacant_entry();
        let index = entry.key();
        let both = Interest::READABLE | Interest::WRITABLE;
        if let Err(error) = poll.registry().register(&mut stream, Token(index), both) {
            tracing::warn!(%error, "an engine cannot take a socket");
            return;
        }
        self.serial += 1;
        let room = Arc::as_ptr(&channel) as usize;
        let mut socket = Box::new(Socket::new(stream, self.serial, room, guest, self.now));
        socket.came(&came);
        socket.tick = self.wheel.put(index, socket.due());
        entry.insert(socket);
        let bell = &self.post.bell;
        let room = self.rooms.entry(room).or_insert_with(|| {
            channel.rings(bell);
            Room::new(channel)
        });
        room.sockets += 1;
        if let Some(stopping) = &mut self.stopping {
            stopping.add(index);
        }
        self.listen(poll, index);
    }

    /// A page takes its seat: it is greeted, gets what it misses, and is heard again.
    fn take(&mut self, poll: &Poll, index: usize, serial: u64, taking: Taking) {
        let Taking { guest, greeting, since } = taking;
        let around = Around { manners: &self.manners, now: self.now };
        let Some(socket) = self.sockets.get_mut(index) else { return };
        if socket.serial != serial || socket.stage != Stage::Coming {
            return;
        }
        socket.take(guest, since);
        let greeting = frame::texts(&greeting, around.manners.piece);
        let step = socket.say(greeting, &around);
        let Some(room) = self.rooms.get_mut(&socket.room) else { return };
        socket.place = room.add(index);
        // Before anything that the page is answered from now on.
        let step = if step == Step::Gone { step } else { push_to(socket, room, &around) };
        self.after(poll, index, step);
        self.listen(poll, index);
    }

    fn event(&mut self, poll: &Poll, index: usize, writable: bool) {
        if writable && let Some((socket, around)) = self.socket(index) {
            let step = socket.flush(&around);
            self.after(poll, index, step);
        }
        // Who has had a turn waits for the next one.
        if self.sockets.get(index).is_some_and(|socket| !socket.queued) {
            self.listen(poll, index);
        }
    }

    fn next_again(&mut self, poll: &Poll) {
        let Some(index) = self.again.pop_front() else { return };
        if let Some(socket) = self.sockets.get_mut(index) {
            socket.queued = false;
            self.listen(poll, index);
        }
    }

    fn queue(&mut self, index: usize) {
        if let Some(socket) = self.sockets.get_mut(index)
            && !std::mem::replace(&mut socket.queued, true)
        {
            self.again.push_back(index);
        }
    }

    fn listen(&mut self, poll: &Poll, index: usize) {
        loop {
            let Some(socket) = self.sockets.get_mut(index) else { return };
            let around = Around { manners: &self.manners, now: self.now };
            let seat = Seat { post: self.post.clone(), index, serial: socket.serial };
            let step = socket.listen(&mut self.buffer, &seat, &around);
            let goes_on = matches!(step, Step::Follows(_));
            self.after(poll, index, step);
            if !goes_on {
                return;
            }
        }
    }

    /// What a step of a socket comes to.
    fn after(&mut self, poll: &Poll, index: usize, step: Step) {
        match step {
            Step::Gone => return self.remove(poll, index),
            Step::Again => self.queue(index),
            Step::Follows(since) => self.follow(poll, index, since),
            Step::Ready => self.ready(poll, index),
            Step::Rests => {}
        }
        let Some(socket) = self.sockets.get(index) else { return };
        if socket.stage == Stage::Leaving {
            self.leaves(index);
            if self.stopping.is_some() && self.sockets[index].is_ready() {
                return self.remove(poll, index);
            }
        }
        let Some(socket) = self.sockets.get_mut(index) else { return };
        let due = socket.due();
        if due.div_ceil(1_000) < socket.tick {
            socket.tick = self.wheel.put(index, due);
        }
    }

    /// It has taken what it had not: it gets what it has missed meanwhile, and is heard again.
    fn ready(&mut self, poll: &Poll, index: usize) {
        let Some((socket, around)) = self.socket(index) else { return };
        let step = if socket.has_word() { socket.word(&around) } else { Step::Rests };
        let (unread, seated) = (socket.unread, socket.stage == Stage::Seated);
        if step == Step::Gone {
            return self.remove(poll, index);
        }
        if seated {
            self.catch_up(poll, index);
        }
        if unread {
            self.queue(index);
        }
    }

    /// It wants to follow from somewhere else; whoever is pushed to at a pace waits for the next push.
    fn follow(&mut self, poll: &Poll, index: usize, since: Option<u32>) {
        let Some(socket) = self.sockets.get_mut(index) else { return };
        socket.at = since;
        if self.manners.pause.is_zero() {
            return self.catch_up(poll, index);
        }
        if let Some(room) = self.rooms.get_mut(&socket.room) {
            room.again = true;
        }
    }

    /// What it misses is said at once.
    fn catch_up(&mut self, poll: &Poll, index: usize) {
        let around = Around { manners: &self.manners, now: self.now };
        let Some(socket) = self.sockets.get_mut(index) else { return };
        let Some(room) = self.rooms.get_mut(&socket.room) else { return };
        if socket.stage != Stage::Seated || !socket.is_ready() {
            return;
        }
        let step = push_to(socket, room, &around);
        self.after(poll, index, step);
    }

    /// The room goes on without it.
    fn leaves(&mut self, index: usize) {
        let Some(socket) = self.sockets.get(index) else { return };
        let (key, place) = (socket.room, socket.place);
        let Some(room) = self.rooms.get_mut(&key) else { return };
        for (moved, place) in room.remove(index, place) {
            self.sockets[moved].place = place;
        }
    }

    fn remove(&mut self, poll: &Poll, index: usize) {
        if !self.sockets.contains(index) {
            return;
        }
        self.leaves(index);
        let mut socket = self.sockets.remove(index);
        let _gone = poll.registry().deregister(&mut socket.stream);
        let key = socket.room;
        drop(socket);
        let Some(room) = self.rooms.get_mut(&key) else { return };
        room.sockets -= 1;
        if room.sockets == 0 {
            room.channel().rings_not(&self.post.bell);
            self.rooms.remove(&key);
        }
    }

    /// Pushes what is new to those who have their seats, a part of them at a time.
    fn push(&mut self, poll: &Poll) {
        let keys: Vec<usize> =
            self.rooms.iter().filter(|(_, room)| room.wants()).map(|(key, _)| *key).collect();
        for key in keys {
            self.push_room(poll, key);
        }
    }

    fn push_room(&mut self, poll: &Poll, key: usize) {
        for _ in 0..PUSHED_AT_ONCE {
            let Some(room) = self.rooms.get_mut(&key) else { return };
            if room.left == 0 {
                if !room.wants() || room.next > self.now {
                    return;
                }
                room.begin(self.now);
            }
            if let Some(at) = room.left.checked_sub(1) {
                room.left = at;
                let index = room.members[at];
                let around = Around { manners: &self.manners, now: self.now };
                let socket = &mut self.sockets[index];
                let step = if socket.is_ready() { push_to(socket, room, &around) } else { Step::Rests };
                // Nothing to be done is the rule.
                if step == Step::Gone || !self.sockets[index].is_ready() {
                    self.after(poll, index, step);
                }
            }
            let Some(room) = self.rooms.get_mut(&key) else { return };
            if room.left == 0 {
                let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
                let pause = u64::try_from(self.manners.pause.as_millis()).unwrap_or(u64::MAX);
                return room.end(now, pause);
            }
        }
    }

    /// Looks at those whose deadline may have come.
    fn look(&mut self, poll: &Poll) {
        for (tick, index) in self.wheel.turn(self.now) {
            let Some((socket, around)) = self.socket(index).filter(|(socket, _)| socket.tick == tick) else {
                continue;
            };
            let step = socket.overdue(&around);
            socket.tick = u64::MAX;
            self.after(poll, index, step);
        }
    }

    /// Tells the next ones that the server stops; true once nobody is left to be told.
    fn stop(&mut self, poll: &Poll) -> bool {
        let Some(stopping) = &mut self.stopping else { return false };
        let (next, late) = (stopping.next(self.now), stopping.is_late(self.now));
        for index in next {
            if let Some((socket, around)) = self.socket(index) {
                let farewell = around.manners.stops.clone();
                let step = socket.leave(&farewell, &around);
                self.after(poll, index, step);
            }
        }
        self.sockets.is_empty() || late
    }
}

/// What a member misses, from where it is to the newest frame.
fn push_to(socket: &mut Socket, room: &mut Room, around: &Around) -> Step {
    if socket.at == Some(room.channel().n()) {
        return Step::Rests;
    }
    let Some((to, frames)) = room.missing(socket.at, around.manners.piece) else { return Step::Gone };
    socket.at = Some(to);
    if frames.is_empty() { Step::Rests } else { socket.say(frames, around) }
}
