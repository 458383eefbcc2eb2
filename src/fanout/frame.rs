//! What the server says, as the bytes of WebSocket frames (RFC 6455, 5.2). They are not masked, so that the same bytes serve everybody.

use bytes::Bytes;
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

/// Longest payload of a control frame.
pub const CONTROL_BYTES_MAX: usize = 125;

/// A text in fragments of at most `piece` bytes: the header of each, and its part of the text.
pub fn pieces(text: &[u8], piece: usize) -> impl Iterator<Item = (Vec<u8>, &[u8])> {
    let mut rest = Some(text);
    let mut kind = Data::Text;
    std::iter::from_fn(move || {
        let (now, later) = rest.map(|rest| rest.split_at(rest.len().min(piece)))?;
        rest = (!later.is_empty()).then_some(later);
        let header = header(OpCode::Data(kind), later.is_empty(), now.len());
        kind = Data::Continue;
        Some((header, now))
    })
}

/// Puts a text behind `out`, in fragments of at most `piece` bytes.
pub fn text(text: &[u8], piece: usize, out: &mut Vec<u8>) {
    for (header, part) in pieces(text, piece) {
        out.extend_from_slice(&header);
        out.extend_from_slice(part);
    }
}

/// These texts, one after the other.
pub fn texts(all: &[Bytes], piece: usize) -> Bytes {
    let headers = |bytes: &Bytes| 10 * (bytes.len() / piece + 1);
    let mut out = Vec::with_capacity(all.iter().map(|bytes| bytes.len() + headers(bytes)).sum());
    all.iter().for_each(|bytes| text(bytes, piece, &mut out));
    out.into()
}

/// The answer to a ping.
pub fn pong(payload: &[u8]) -> Bytes {
    control(Control::Pong, payload)
}

/// The last frame; a reason that is too long for it is cut.
pub fn close(code: u16, reason: &str) -> Bytes {
    let end = (0..=CONTROL_BYTES_MAX - 2).rev().find(|end| reason.is_char_boundary(*end)).unwrap_or(0);
    let payload = [&code.to_be_bytes(), &reason.as_bytes()[..end]].concat();
    control(Control::Close, &payload)
}

fn control(kind: Control, payload: &[u8]) -> Bytes {
    let mut out = header(OpCode::Control(kind), true, payload.len());
    out.extend_from_slice(payload);
    out.into()
}

fn header(opcode: OpCode, is_final: bool, length: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(10);
    let header = FrameHeader { is_final, opcode, ..FrameHeader::default() };
    // A vector takes everything.
    let _written = header.format(length as u64, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_leaves_in_pieces() {
        let mut out = Vec::new();
        text(b"hello", 2, &mut out);
        assert_eq!(out, [&[0x01, 2][..], b"he", &[0x00, 2], b"ll", &[0x80, 1], b"o"].concat());
        out.clear();
        text(b"", 2, &mut out);
        assert_eq!(out, [0x81, 0]);
        out.clear();
        text(&[b'a'; 300], 32_768, &mut out);
        assert_eq!(out[..4], [0x81, 126, 1, 44]);
        assert_eq!(
            texts(&[Bytes::from("a"), Bytes::from("b")], 9),
            Bytes::from(&[0x81, 1, b'a', 0x81, 1, b'b'][..])
        );
    }

    #[test]
    fn control_frames_are_whole_and_short() {
        assert_eq!(pong(b"x"), Bytes::from(&[0x8a, 1, b'x'][..]));
        assert_eq!(close(1012, "so"), Bytes::from(&[0x88, 4, 0x03, 0xf4, b's', b'o'][..]));
        let long = close(1000, &"评".repeat(100));
        assert_eq!((long.len(), long[1]), (2 + 2 + 123, 125));
    }
}
