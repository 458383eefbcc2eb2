//! What every socket says alike: the last word, and what comes of the first.

use crate::fanout::guest::Farewell;
use crate::wire::PROTOCOL;
use crate::wire::client::{ClientFrame, Since};
use crate::wire::error::{Refusal, close};
use crate::wire::server::ServerFrame;
use bytes::Bytes;

/// A frame as text; nothing where it does not encode, which would be a bug.
pub fn text(frame: &ServerFrame) -> Option<Bytes> {
    let text = serde_json::to_vec(frame);
    text.inspect_err(|error| tracing::error!(%error, "a frame does not encode")).ok().map(Bytes::from)
}

/// The page is told why its socket ends.
pub fn told(refusal: Refusal, code: u16) -> Farewell {
    let reason = refusal.code.clone();
    Farewell { text: text(&ServerFrame::Ended { refusal }), code, reason }
}

pub fn bad_frame() -> Farewell {
    told(Refusal::new("bad-frame"), close::POLICY)
}

pub fn too_many_frames() -> Farewell {
    told(Refusal::new("too-many-frames"), close::POLICY)
}

pub fn hello_missing() -> Farewell {
    told(Refusal::new("hello-missing"), close::POLICY)
}

pub fn restarting() -> Farewell {
    told(Refusal::new("restarting"), close::RESTART)
}

/// What a page says first: where it left off, and whether it is a robot.
pub fn hello(text: &str) -> Result<(Option<Since>, bool), Farewell> {
    match serde_json::from_str(text) {
        Ok(ClientFrame::Hello { protocol: PROTOCOL, since, robot }) => Ok((since, robot)),
        Ok(ClientFrame::Hello { .. }) => {
            let refusal = Refusal::new("protocol-differs").with("protocol", PROTOCOL);
            Err(told(refusal, close::POLICY))
        }
        _ => Err(bad_frame()),
    }
}
