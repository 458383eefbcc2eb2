//! Spectators: sockets that follow a server, one thread for all of them.

use crate::{micros, say, text};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use podium::fanout::frame;
use std::io::{BufRead, ErrorKind, Read, Write};
use std::time::Duration;

/// Comes so many at the same moment.
const AT_ONCE: usize = 50;

struct Spectator {
    stream: TcpStream,
    came: Vec<u8>,
    greeted: bool,
}

/// Follows with `n` sockets, of which so many of a hundred never read; answers each number with the times at which half of the others
/// had that frame, and the last.
pub fn watch(n: usize, bytes: usize, stalled: usize, place: &[&str]) {
    let mut poll = Poll::new().expect("an epoll");
    let (address, path) = (place[0].parse().expect("an address"), place[1]);
    let mut all: Vec<Spectator> = Vec::with_capacity(n);
    while all.len() < n {
        let from = all.len();
        for at in from..n.min(from + AT_ONCE) {
            all.push(come(&poll, at, address, path));
        }
        if path != "-" {
            greet(&mut poll, &mut all, from);
        }
    }
    let reading = n - n * stalled / 100;
    for quiet in &mut all[reading..] {
        poll.registry().deregister(&mut quiet.stream).expect("quiet");
    }
    say("ready");
    for line in std::io::stdin().lock().lines() {
        let number = line.expect("a line").parse().expect("a number");
        let due = frame::texts(&[text(number, bytes).into()], 32 * 1024);
        say("expected");
        let mut times = Vec::with_capacity(reading);
        let mut events = Events::with_capacity(1_024);
        while times.len() < reading {
            poll.poll(&mut events, Some(Duration::from_secs(30))).expect("events");
            assert!(!events.is_empty(), "{} of {reading} have {number}", times.len());
            for event in &events {
                times.extend(all[event.token().0].hear(&due).then(micros));
            }
        }
        say(&format!("{} {}", times[reading / 2], times[reading - 1]));
    }
}

fn come(poll: &Poll, at: usize, address: std::net::SocketAddr, path: &str) -> Spectator {
    // The handshake blocks: it is not what is measured.
    let mut stream = std::net::TcpStream::connect(address).expect("connected");
    if path != "-" {
        let hello = format!(r#"{{"kind":"hello","protocol":{}}}"#, podium::wire::PROTOCOL);
        let mut said = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        .into_bytes();
        said.extend([0x81, 0x80 | hello.len() as u8, 0, 0, 0, 0]);
        said.extend(hello.as_bytes());
        stream.write_all(&said).expect("asked");
    }
    stream.set_nonblocking(true).expect("waits for nobody");
    let mut stream = TcpStream::from_std(stream);
    poll.registry().register(&mut stream, Token(at), Interest::READABLE).expect("registered");
    Spectator { stream, came: Vec::new(), greeted: path == "-" }
}

/// Until everybody has a picture.
fn greet(poll: &mut Poll, all: &mut [Spectator], from: usize) {
    let mut events = Events::with_capacity(1_024);
    while all[from..].iter().any(|one| !one.greeted) {
        poll.poll(&mut events, Some(Duration::from_secs(30))).expect("events");
        assert!(!events.is_empty(), "nobody is greeted");
        for event in &events {
            let one = &mut all[event.token().0];
            one.read();
            let text = String::from_utf8_lossy(&one.came);
            if let Some(at) = text.find(r#""kind":"snapshot""#)
                && text[at..].ends_with("}}")
            {
                (one.greeted, one.came) = (true, Vec::new());
            }
        }
    }
}

impl Spectator {
    fn read(&mut self) {
        let mut buffer = [0; 16 * 1024];
        loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => panic!("a spectator was sent away"),
                Ok(n) => self.came.extend_from_slice(&buffer[..n]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// True when exactly what is due has come.
    fn hear(&mut self, due: &[u8]) -> bool {
        self.read();
        assert!(due.starts_with(&self.came), "another frame has come than was due");
        let whole = self.came.len() == due.len();
        if whole {
            self.came.clear();
        }
        whole && !due.is_empty()
    }
}
