//! A page that speaks in bytes: what it sends is what a test says, and it reads frames as they come.

use crate::harness::Hall;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

pub const FIN: u8 = 0x80;
pub const TEXT: u8 = 1;
pub const BINARY: u8 = 2;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;
pub const PONG: u8 = 10;

/// A masked frame whose first byte is this.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    frame_of(first, payload.len() as u64, payload)
}

/// The same, with a length that may be a lie.
pub fn frame_of(first: u8, length: u64, payload: &[u8]) -> Vec<u8> {
    let mask = [0xa5, 0x17, 0x3c, 0x80];
    let mut out = match length {
        short @ ..126 => vec![first, 0x80 | short as u8],
        long @ ..65_536 => [&[first, 0x80 | 126][..], &(long as u16).to_be_bytes()].concat(),
        long => [&[first, 0x80 | 127][..], &long.to_be_bytes()].concat(),
    };
    out.extend(mask);
    out.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    out
}

pub fn text(text: &str) -> Vec<u8> {
    frame(FIN | TEXT, text.as_bytes())
}

pub fn hello() -> Vec<u8> {
    text(&format!(r#"{{"kind":"hello","protocol":{}}}"#, podium::wire::PROTOCOL))
}

/// A frame of the server's, its fragments joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub kind: u8,
    pub payload: Vec<u8>,
}

impl Told {
    pub fn text(&self) -> &str {
        assert_eq!(self.kind, TEXT, "{self:?}");
        std::str::from_utf8(&self.payload).unwrap()
    }

    /// The close code.
    pub fn code(&self) -> u16 {
        assert_eq!(self.kind, CLOSE, "{self:?}");
        u16::from_be_bytes([self.payload[0], self.payload[1]])
    }
}

pub struct Raw {
    pub stream: TcpStream,
    came: Vec<u8>,
}

impl Raw {
    /// Opens a socket of the hall and says `more` in the same breath as the handshake.
    pub async fn open(hall: &Hall, path: &str, cookie: &str, more: &[u8]) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        Raw::through(socket, hall, path, cookie, more).await
    }

    /// A phone.
    pub async fn phone(hall: &Hall) -> Self {
        Raw::open(hall, &format!("/c/{}/ws/public", hall.code), "", b"").await
    }

    /// A phone that has its picture.
    pub async fn greeted(hall: &Hall) -> Self {
        let mut phone = Raw::phone(hall).await;
        phone.say(&hello()).await;
        phone.is_greeted().await;
        phone
    }

    pub async fn through(socket: TcpSocket, hall: &Hall, path: &str, cookie: &str, more: &[u8]) -> Self {
        let address = hall.serving().address;
        let mut stream = socket.connect(address).await.unwrap();
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{cookie}\r\n"
        );
        stream.write_all(&[head.as_bytes(), more].concat()).await.unwrap();
        let mut raw = Raw { stream, came: Vec::new() };
        let end = loop {
            if let Some(at) = raw.came.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break at + 4;
            }
            assert!(raw.read().await, "no answer");
        };
        let head = String::from_utf8(raw.came.drain(..end).collect()).unwrap();
        assert!(head.starts_with("HTTP/1.1 101"), "{head}");
        assert!(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{head}");
        raw
    }

    /// What the server takes; it may have closed the line.
    pub async fn say(&mut self, bytes: &[u8]) {
        let _closed = self.stream.write_all(bytes).await;
    }

    async fn read(&mut self) -> bool {
        let mut part = [0; 16 * 1024];
        let reading = self.stream.read(&mut part);
        let read =
            tokio::time::timeout(Duration::from_secs(40), reading).await.expect("something comes in time");
        let n = read.unwrap_or(0);
        self.came.extend_from_slice(&part[..n]);
        n > 0
    }

    fn frame(&mut self) -> Option<(bool, Told)> {
        let (first, second) = (*self.came.first()?, *self.came.get(1)?);
        assert_eq!((first & 0x70, second & 0x80), (0, 0), "a server's frame is plain");
        let (from, length) = match second {
            126 => (4, usize::from(u16::from_be_bytes(*self.came.get(2..)?.first_chunk()?))),
            127 => (10, u64::from_be_bytes(*self.came.get(2..)?.first_chunk()?) as usize),
            short => (2, usize::from(short)),
        };
        let payload = self.came.get(from..from + length)?.to_vec();
        self.came.drain(..from + length);
        Some((first & FIN != 0, Told { kind: first & 0x0f, payload }))
    }

    /// The next frame; nothing once the server has closed the line.
    pub async fn hear(&mut self) -> Option<Told> {
        let mut begun: Option<Told> = None;
        loop {
            let Some((last, told)) = self.frame() else {
                if !self.read().await {
                    assert!(self.came.is_empty() && begun.is_none(), "it ends in the middle of a frame");
                    return None;
                }
                continue;
            };
            if told.kind >= CLOSE {
                assert!(last, "a control frame is whole");
                return Some(told);
            }
            assert_eq!(told.kind == 0, begun.is_some(), "fragments follow each other");
            let whole = match begun.take() {
                Some(before) => Told { kind: before.kind, payload: [before.payload, told.payload].concat() },
                None => told,
            };
            if last {
                return Some(whole);
            }
            begun = Some(whole);
        }
    }

    pub async fn is_greeted(&mut self) {
        assert!(self.hear().await.unwrap().text().contains(r#""kind":"hello""#));
        assert!(self.hear().await.unwrap().text().contains(r#""kind":"snapshot""#));
    }

    /// Everything until the line is closed.
    pub async fn rest(&mut self) -> Vec<Told> {
        let mut all = Vec::new();
        while let Some(told) = self.hear().await {
            all.push(told);
        }
        all
    }

    /// The line is closed with this code, and before it this refusal is told, if one is.
    pub async fn ends_with(&mut self, code: u16, refusal: Option<&str>, case: &str) {
        let mut all = self.rest().await;
        let close = all.pop().unwrap_or_else(|| panic!("{case}: closed without a frame"));
        assert_eq!((close.kind, close.code()), (CLOSE, code), "{case}: {all:?}");
        let told =
            all.iter().rev().find(|told| told.kind == TEXT && told.text().contains(r#""kind":"ended""#));
        match refusal {
            Some(refusal) => {
                let told = told.unwrap_or_else(|| panic!("{case}: nothing was told"));
                assert!(told.text().contains(refusal), "{case}: {}", told.text());
            }
            None => assert_eq!(told, None, "{case}"),
        }
    }
}
