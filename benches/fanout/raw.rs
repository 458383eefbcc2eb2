//! The least that a push can cost: one thread, an epoll, finished bytes, a write to each socket.

use crate::{micros, say, text, usage};
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token, Waker};
use podium::fanout::frame;
use std::io::{ErrorKind, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const LISTENER: Token = Token(usize::MAX);
const ASKED: Token = Token(usize::MAX - 1);

struct Spectator {
    stream: TcpStream,
    /// Bytes that it has not taken; like any server's, its pushes are joined.
    unsent: Vec<u8>,
}

pub fn serve(bytes: usize) {
    let mut poll = Poll::new().expect("an epoll");
    let mut listener = TcpListener::bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE).expect("registered");
    let waker = Waker::new(poll.registry(), ASKED).expect("a waker");
    let (asked, questions) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            asked.send(line.expect("a line")).expect("heard");
            waker.wake().expect("woken");
        }
        drop(asked);
        waker.wake().expect("woken");
    });
    let mut spectators: Vec<Option<Spectator>> = Vec::new();
    let (mut events, mut n) = (Events::with_capacity(1_024), 0);
    loop {
        poll.poll(&mut events, Some(Duration::from_secs(1))).expect("events");
        for event in &events {
            match event.token() {
                LISTENER => accept(&poll, &listener, &mut spectators),
                ASKED => {}
                Token(at) => attend(&mut spectators[at], event.is_readable()),
            }
        }
        if !answer(&questions, &listener, &mut spectators, &mut n, bytes) {
            return;
        }
    }
}

fn accept(poll: &Poll, listener: &TcpListener, spectators: &mut Vec<Option<Spectator>>) {
    while let Ok((mut stream, _)) = listener.accept() {
        let _slower = stream.set_nodelay(true);
        let at = spectators.iter().position(Option::is_none).unwrap_or(spectators.len());
        let both = Interest::READABLE | Interest::WRITABLE;
        poll.registry().register(&mut stream, Token(at), both).expect("registered");
        if at == spectators.len() {
            spectators.push(None);
        }
        spectators[at] = Some(Spectator { stream, unsent: Vec::new() });
    }
}

fn attend(spectator: &mut Option<Spectator>, readable: bool) {
    let Some(it) = spectator else { return };
    let mut buffer = [0; 512];
    let gone = readable
        && match it.stream.read(&mut buffer) {
            Ok(n) => n == 0,
            Err(error) => error.kind() != ErrorKind::WouldBlock,
        };
    if gone {
        *spectator = None;
        return;
    }
    let unsent = std::mem::take(&mut it.unsent);
    if !unsent.is_empty() {
        push(it, &unsent);
    }
}

fn push(it: &mut Spectator, bytes: &[u8]) {
    if !it.unsent.is_empty() {
        return;
    }
    let written = it.stream.write(bytes).unwrap_or(0);
    if written < bytes.len() {
        it.unsent = bytes[written..].to_vec();
    }
}

/// Answers what was asked; false at the end.
fn answer(
    questions: &Receiver<String>,
    listener: &TcpListener,
    spectators: &mut [Option<Spectator>],
    n: &mut u32,
    bytes: usize,
) -> bool {
    use std::sync::mpsc::TryRecvError;
    loop {
        match questions.try_recv().as_deref() {
            Ok("where") => say(&format!("{} -", listener.local_addr().expect("an address"))),
            Ok("number") => say(&n.to_string()),
            Ok("push") => {
                *n += 1;
                let finished = frame::texts(&[text(*n, bytes).into()], 32 * 1024);
                say(&micros().to_string());
                spectators.iter_mut().flatten().for_each(|it| push(it, &finished));
            }
            Ok(_) => {
                let (resident, cpu) = usage();
                say(&format!("{resident} {cpu}"));
            }
            Err(TryRecvError::Empty) => return true,
            Err(TryRecvError::Disconnected) => return false,
        }
    }
}
