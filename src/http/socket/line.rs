//! The line to one page: the upgrade to a WebSocket, and messages that leave it piece by piece.
//!
//! A view is one shared text, however many sockets it goes to and however large the contest makes it. What is copied for a
//! socket is the piece that is about to be written, and the next one is only made when the line has taken it. So there is no
//! largest view, and a page that does not read costs the server a piece.

use crate::fanout::ear::{Ear, Said, Wrong};
use crate::fanout::frame;
use crate::fanout::guest::Farewell;
use crate::fanout::limits::{FAREWELL_BYTES_MAX, FAREWELL_MAX, MESSAGE_MAX, patience};
use crate::http::error::ApiError;
use crate::wire::error::close;
use crate::wire::server::FRAGMENT_BYTES_MAX;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use bytes::Bytes;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::handshake::server::create_response;
use tokio_tungstenite::tungstenite::http::Request;

/// Bytes of a message that are written at once.
const PIECE: usize = FRAGMENT_BYTES_MAX;

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
    /// Answers the upgrade, and has what carries the line once the page has the answer, too.
    pub fn upgraded<F>(self, run: impl FnOnce(Upgraded) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        let Upgrade { upgraded, response } = self;
        tokio::spawn(async move {
            // Nobody is told: the page has gone before its line was there.
            let Ok(upgraded) = upgraded.await else { return };
            run(upgraded).await;
        });
        response
    }

    /// The same for a line with a task. `reads` is the size of its buffer for what is heard.
    pub fn then<F>(self, reads: usize, run: impl FnOnce(Line) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send,
    {
        self.upgraded(move |upgraded| run(Line::on(upgraded, reads)))
    }
}

/// The socket itself, and what came of it already, where nothing but TCP carries the line.
pub fn plain(upgraded: Upgraded) -> Result<io::Result<(std::net::TcpStream, Bytes)>, Box<Upgraded>> {
    let parts = upgraded.downcast::<TokioIo<TcpStream>>().map_err(Box::new)?;
    Ok(parts.io.into_inner().into_std().map(|stream| (stream, parts.read_buf)))
}

/// A line with a task of its own.
pub struct Line {
    io: TokioIo<Upgraded>,
    ear: Ear,
    buffer: Box<[u8]>,
    /// When the message that has begun is to be whole.
    whole_until: Option<Instant>,
}

impl Line {
    pub fn on(upgraded: Upgraded, reads: usize) -> Self {
        let buffer = vec![0; reads].into();
        Line { io: TokioIo::new(upgraded), ear: Ear::default(), buffer, whole_until: None }
    }

    /// What the page says next, frame by frame; nothing where the line has ended, or a message does not. Cancel-safe.
    pub async fn hear(&mut self) -> Option<Result<Said, Wrong>> {
        loop {
            match self.ear.frame() {
                Ok(Some(said)) => return Some(Ok(said)),
                Ok(None) => {}
                Err(wrong) => return Some(Err(wrong)),
            }
            self.whole_until = match self.whole_until {
                _ if !self.ear.waits() => None,
                None => Some(Instant::now() + MESSAGE_MAX),
                until => until,
            };
            let reading = self.io.read(&mut self.buffer);
            let read = match self.whole_until {
                Some(until) => timeout_at(until, reading).await.ok()?,
                None => reading.await,
            };
            let n = read.ok().filter(|n| *n > 0)?;
            self.ear.hear(&self.buffer[..n]);
        }
    }

    /// Says a whole text; `false` when the page is gone or does not take it.
    pub async fn say(&mut self, text: Bytes) -> bool {
        matches!(timeout(patience(text.len(), PIECE), self.pieces(&text)).await, Ok(Ok(())))
    }

    async fn pieces(&mut self, text: &[u8]) -> io::Result<()> {
        for (mut piece, part) in frame::pieces(text, PIECE) {
            piece.extend_from_slice(part);
            self.io.write_all(&piece).await?;
        }
        self.io.flush().await
    }

    /// Answers a ping; `false` as above.
    pub async fn pong(&mut self, payload: &[u8]) -> bool {
        self.write(&frame::pong(payload)).await
    }

    /// Says the last word, and reads on for a moment only so that it arrives; who comes back soon is not waited for.
    pub async fn close(&mut self, farewell: &Farewell) {
        let written = self.write(&farewell.frames(PIECE)).await && self.io.shutdown().await.is_ok();
        if !written || farewell.code == close::RESTART {
            return;
        }
        let rest = async {
            let mut passed = 0;
            while let Ok(n @ 1..) = self.io.read(&mut self.buffer).await {
                passed += n;
                if passed > FAREWELL_BYTES_MAX {
                    return;
                }
            }
        };
        let _late = timeout(FAREWELL_MAX, rest).await;
    }

    async fn write(&mut self, frames: &[u8]) -> bool {
        matches!(timeout(patience(frames.len(), PIECE), self.io.write_all(frames)).await, Ok(Ok(())))
    }
}
