//! The line to one page: the upgrade to a WebSocket, and messages that leave it piece by piece.
//!
//! A view is one shared text, however many sockets it goes to and however large the contest makes it. What is copied for a
//! socket is the piece that is about to be written, and the next one is only made when the line has taken it. So there is no
//! largest view, and a page that does not read costs the server a piece.

use crate::http::error::ApiError;
use crate::wire::server::FRAGMENT_BYTES_MAX;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

/// Largest message a page may send, in bytes.
const HEARD_BYTES_MAX: usize = 16 * 1024;
/// Bytes of a message that are written at once.
const PIECE: usize = FRAGMENT_BYTES_MAX;
/// Unsent bytes a socket holds at most: a piece, and control frames beside it.
const UNSENT_BYTES_MAX: usize = 2 * PIECE;
/// A page that has not taken a message in this time, and as much again for every eighth piece, is let go; it comes back
/// and gets the newest.
const SEND_MAX: Duration = Duration::from_secs(5);

/// A request that asks for a WebSocket; any other finds nothing here.
pub struct Upgrade {
    upgraded: OnUpgrade,
    response: Response,
}

impl<S: Send + Sync> FromRequestParts<S> for Upgrade {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let mut request = Request::new(());
        request.method_mut().clone_from(&parts.method);
        request.headers_mut().clone_from(&parts.headers);
        let refused = ApiError::not_found;
        let response = create_response(&request).map_err(|_| refused())?.map(|()| Body::empty());
        let upgraded = parts.extensions.remove::<OnUpgrade>().ok_or_else(refused)?;
        Ok(Upgrade { upgraded, response })
    }
}

impl Upgrade {
    /// Answers the upgrade, and has the line once the page has it, too. `reads` is the size of its buffer for what is heard.
    pub fn then<F>(self, reads: usize, run: impl FnOnce(Line) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let Upgrade { upgraded, response } = self;
        tokio::spawn(async move {
            // Nobody is told: the page has gone before its line was there.
            let Ok(upgraded) = upgraded.await else { return };
            let config = WebSocketConfig::default()
                .max_message_size(Some(HEARD_BYTES_MAX))
                .max_frame_size(Some(HEARD_BYTES_MAX))
                .read_buffer_size(reads)
                .write_buffer_size(PIECE)
                .max_write_buffer_size(UNSENT_BYTES_MAX);
            let io = TokioIo::new(upgraded);
            let stream = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
            run(Line { stream }).await;
        });
        response
    }
}

pub struct Line {
    stream: WebSocketStream<TokioIo<Upgraded>>,
}

impl Line {
    /// What the page says next; nothing where the line has ended. Cancel-safe.
    pub async fn hear(&mut self) -> Option<Result<Message, Error>> {
        self.stream.next().await
    }

    /// Says a whole text; `false` when the page is gone or does not take it.
    pub async fn say(&mut self, text: Bytes) -> bool {
        let pieces = u32::try_from(text.len() / PIECE).unwrap_or(u32::MAX);
        let patience = SEND_MAX.saturating_add(SEND_MAX.saturating_mul(pieces) / 8);
        matches!(tokio::time::timeout(patience, self.pieces(text)).await, Ok(Ok(())))
    }

    async fn pieces(&mut self, mut text: Bytes) -> Result<(), Error> {
        let mut kind = Data::Text;
        loop {
            let piece = text.split_to(text.len().min(PIECE));
            let frame = Frame::message(piece, OpCode::Data(kind), text.is_empty());
            self.stream.send(Message::Frame(frame)).await?;
            if text.is_empty() {
                return Ok(());
            }
            kind = Data::Continue;
        }
    }

    /// Says that this is the end; nobody needs to know whether it was heard.
    pub async fn close(&mut self, code: u16, reason: &str) {
        let frame = CloseFrame { code: code.into(), reason: reason.into() };
        let _gone = tokio::time::timeout(SEND_MAX, self.stream.send(Message::Close(Some(frame)))).await;
    }
}
