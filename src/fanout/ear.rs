//! What a page says, read from the bytes of its WebSocket frames (RFC 6455, 5), whole or in parts as they come.
//!
//! An ear holds nothing while nothing is under way, and one message of bounded size otherwise. Every frame is told, fragments
//! that complete nothing as well, so that whoever listens can count them.

use crate::fanout::frame::CONTROL_BYTES_MAX;
use crate::fanout::limits::HEARD_BYTES_MAX;
use std::io::Cursor;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Control, Data, OpCode};

/// What one frame comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    Text(String),
    Binary,
    /// Part of a message that goes on.
    Fragment,
    Ping(Vec<u8>),
    Pong,
    /// The page leaves, with this code.
    Close(u16),
}

/// What no page of ours does, by the close code that it is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Protocol,
    NotText,
    TooLarge,
}

impl Wrong {
    pub fn code(self) -> u16 {
        match self {
            Wrong::Protocol => 1002,
            Wrong::NotText => 1007,
            Wrong::TooLarge => 1009,
        }
    }
}

/// A page that leaves without a code.
const NO_REASON: u16 = 1000;

#[derive(Debug, Default)]
pub struct Ear {
    /// What came of frames that are not taken yet.
    came: Vec<u8>,
    /// Bytes of `came` that were taken.
    taken: usize,
    /// The message under way: whether it is text, and what came of it.
    message: Option<(bool, Vec<u8>)>,
}

impl Ear {
    /// More bytes have come.
    pub fn hear(&mut self, bytes: &[u8]) {
        self.came.drain(..self.taken);
        self.taken = 0;
        self.came.extend_from_slice(bytes);
    }

    /// A message or a frame has begun that has not ended.
    pub fn waits(&self) -> bool {
        self.message.is_some() || self.taken < self.came.len()
    }

    /// The next frame; nothing before more bytes have come.
    ///
    /// # Errors
    /// See [`Wrong`]; what comes after it means nothing.
    pub fn frame(&mut self) -> Result<Option<Said>, Wrong> {
        let mut cursor = Cursor::new(&self.came[self.taken..]);
        let header = match FrameHeader::parse(&mut cursor) {
            Ok(Some((header, length))) => Some((header, length, self.taken + cursor.position() as usize)),
            Ok(None) => None,
            Err(Error::Protocol(_) | Error::Io(_)) | Err(_) => return Err(Wrong::Protocol),
        };
        let Some((header, length, from)) = header else { return Ok(self.rest()) };
        let length = self.fits(&header, length)?;
        let (Some(mask), Some(payload)) = (header.mask, self.came.get_mut(from..from + length)) else {
            return Ok(self.rest());
        };
        payload.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
        let payload = payload.to_vec();
        self.taken = from + length;
        self.takes(&header, payload).map(Some)
    }

    /// Nothing more is here: an ear that waits for nothing holds nothing.
    fn rest(&mut self) -> Option<Said> {
        if self.taken == self.came.len() {
            (self.came, self.taken) = (Vec::new(), 0);
        }
        None
    }

    /// Whether such a frame may come now, before its payload is waited for.
    fn fits(&self, header: &FrameHeader, length: u64) -> Result<usize, Wrong> {
        if header.rsv1 || header.rsv2 || header.rsv3 || header.mask.is_none() {
            return Err(Wrong::Protocol);
        }
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let begun = self.message.as_ref().map(|(_, begun)| begun.len());
        match (header.opcode, begun) {
            (OpCode::Control(_), _) if header.is_final && length <= CONTROL_BYTES_MAX => Ok(length),
            (OpCode::Control(_), _) | (OpCode::Data(Data::Continue), None) => Err(Wrong::Protocol),
            (OpCode::Data(Data::Text | Data::Binary | Data::Reserved(_)), Some(_)) => Err(Wrong::Protocol),
            (OpCode::Data(_), begun) if length > HEARD_BYTES_MAX - begun.unwrap_or(0) => Err(Wrong::TooLarge),
            (OpCode::Data(_), _) => Ok(length),
        }
    }

    fn takes(&mut self, header: &FrameHeader, payload: Vec<u8>) -> Result<Said, Wrong> {
        let (text, message) = match header.opcode {
            OpCode::Control(Control::Ping) => return Ok(Said::Ping(payload)),
            OpCode::Control(Control::Pong) => return Ok(Said::Pong),
            OpCode::Control(_) => return closes(&payload).map(Said::Close),
            OpCode::Data(kind) => match self.message.take() {
                Some((text, mut begun)) => {
                    begun.extend_from_slice(&payload);
                    (text, begun)
                }
                None => (kind == Data::Text, payload),
            },
        };
        if !header.is_final {
            self.message = Some((text, message));
            return Ok(Said::Fragment);
        }
        if !text {
            return Ok(Said::Binary);
        }
        String::from_utf8(message).map(Said::Text).map_err(|_| Wrong::NotText)
    }
}

/// The code of a page that leaves.
fn closes(payload: &[u8]) -> Result<u16, Wrong> {
    let Some((code, reason)) = payload.split_first_chunk::<2>() else {
        return if payload.is_empty() { Ok(NO_REASON) } else { Err(Wrong::Protocol) };
    };
    let code = u16::from_be_bytes(*code);
    if !CloseCode::from(code).is_allowed() {
        return Err(Wrong::Protocol);
    }
    std::str::from_utf8(reason).map(|_| code).map_err(|_| Wrong::NotText)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIN: u8 = 0x80;

    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [0x11, 0x22, 0x33, 0x44];
        let mut out = match payload.len() {
            short @ ..126 => vec![first, 0x80 | short as u8],
            long => [&[first, 0x80 | 126][..], &(long as u16).to_be_bytes()].concat(),
        };
        out.extend(mask);
        out.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        out
    }

    fn all(bytes: &[u8], at_once: usize) -> Result<Vec<Said>, Wrong> {
        let (mut ear, mut said) = (Ear::default(), Vec::new());
        for part in bytes.chunks(at_once) {
            ear.hear(part);
            while let Some(frame) = ear.frame()? {
                said.push(frame);
            }
        }
        assert!(!ear.waits() && ear.came.capacity() == 0, "it holds something");
        Ok(said)
    }

    #[test]
    fn frames_are_read_whole_and_byte_by_byte() {
        let bytes = [
            frame(FIN | 1, "你好".as_bytes()),
            frame(1, &"评".as_bytes()[..2]),
            frame(FIN | 9, b"p"),
            frame(0, b""),
            frame(FIN, &"评".as_bytes()[2..]),
            frame(FIN | 2, &[0xff]),
            frame(FIN | 10, b""),
            frame(FIN | 1, &[b'a'; 16 * 1024]),
            frame(FIN | 8, &[0x03, 0xe9]),
            frame(FIN | 8, b""),
        ]
        .concat();
        for at_once in [1, 2, 7, 100_000] {
            let said = all(&bytes, at_once).unwrap();
            let long = "a".repeat(16 * 1024);
            let expected = [
                Said::Text("你好".into()),
                Said::Fragment,
                Said::Ping(b"p".to_vec()),
                Said::Fragment,
                Said::Text("评".into()),
                Said::Binary,
                Said::Pong,
                Said::Text(long),
                Said::Close(1001),
                Said::Close(1000),
            ];
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn what_breaks_the_protocol_has_its_code() {
        let unmasked = vec![FIN | 1, 1, b'a'];
        let huge = [&[FIN | 1, 0x80 | 127][..], &u64::MAX.to_be_bytes(), &[0; 4]].concat();
        let grows = [frame(1, &[b'a'; 16_000]), frame(FIN, &[b'a'; 400])].concat();
        let cases: [(Vec<u8>, u16); 20] = [
            (unmasked, 1002),
            (frame(FIN | 0x41, b"a"), 1002),
            (frame(FIN | 0x21, b"a"), 1002),
            (frame(FIN | 0x11, b"a"), 1002),
            (frame(FIN | 3, b"a"), 1002),
            (frame(FIN | 7, b"a"), 1002),
            (frame(FIN | 11, b""), 1002),
            (frame(FIN, b"a"), 1002),
            (frame(0, b"a"), 1002),
            ([frame(1, b"a"), frame(FIN | 1, b"b")].concat(), 1002),
            ([frame(2, b"a"), frame(1, b"b")].concat(), 1002),
            (frame(9, b"a"), 1002),
            (frame(FIN | 9, &[0; 126]), 1002),
            (frame(FIN | 8, b"a"), 1002),
            (frame(FIN | 8, &999_u16.to_be_bytes()), 1002),
            (frame(FIN | 8, &1005_u16.to_be_bytes()), 1002),
            (frame(FIN | 8, &[0x03, 0xe8, 0xff]), 1007),
            (frame(FIN | 1, &[0xc3, 0x28]), 1007),
            (huge, 1009),
            (grows, 1009),
        ];
        for (bytes, code) in cases {
            for at_once in [1, 100_000] {
                let wrong = all(&bytes, at_once).expect_err("taken");
                assert_eq!(wrong.code(), code, "{:?}", &bytes[..bytes.len().min(12)]);
            }
        }
    }
}
