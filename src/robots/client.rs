//! A client as a page is one: pairs over HTTP, keeps its cookie, talks over a WebSocket.

use crate::wire::PROTOCOL;
use crate::wire::client::ClientFrame;
use crate::wire::command::ClientCommand;
use crate::wire::rest;
use crate::wire::server::{FRAGMENT_BYTES_MAX, ServerFrame};
use anyhow::{Context, bail};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use rand::RngExt;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// No answer takes this long: a server that is busy for a minute is not there.
const ANSWER_MAX: Duration = Duration::from_secs(60);

/// One browser: an address and the cookies it holds.
#[derive(Debug, Clone)]
pub struct Browser {
    /// `127.0.0.1:7300`
    pub host: String,
    cookies: Vec<String>,
}

/// A socket, after its hello.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
}

/// What a socket brings next.
#[derive(Debug)]
pub enum Heard {
    Frame(ServerFrame),
    /// The server closed, with its code.
    Closed(Option<u16>),
}

impl Browser {
    /// A browser without cookies for a server at `url`, `http://127.0.0.1:7300`.
    pub fn new(url: &str) -> anyhow::Result<Self> {
        let host = url.strip_prefix("http://").context("robots speak plain http")?;
        let host = host.split(['/', '#']).next().unwrap_or(host).to_owned();
        Ok(Browser { host, cookies: Vec::new() })
    }

    /// The browser with this cookie, `name=value`, too.
    pub fn with_cookie(mut self, pair: String) -> Self {
        self.cookies.push(pair);
        self
    }

    /// The cookies it holds, as it sends them.
    pub fn cookie(&self) -> String {
        self.cookies.join("; ")
    }

    /// Takes a seat with the token of a pairing link.
    pub async fn pair(&mut self, token: &str) -> anyhow::Result<rest::Seat> {
        let body = rest::Pair { token: token.to_owned(), pin: None, robot: true };
        let (status, body) =
            self.request(Method::POST, "/api/pair", Some(serde_json::to_vec(&body)?)).await?;
        if status != 200 {
            bail!("pairing was refused: {status} {}", String::from_utf8_lossy(&body));
        }
        Ok(serde_json::from_slice(&body)?)
    }

    /// One request on a connection of its own; cookies are sent and kept.
    ///
    /// # Errors
    /// The server is not there, or does not answer in time.
    pub async fn request(
        &mut self,
        method: Method,
        path: &str,
        json: Option<Vec<u8>>,
    ) -> anyhow::Result<(u16, Bytes)> {
        timeout(ANSWER_MAX, self.asked(method, path, json))
            .await
            .with_context(|| format!("no answer: {path}"))?
    }

    async fn asked(
        &mut self,
        method: Method,
        path: &str,
        json: Option<Vec<u8>>,
    ) -> anyhow::Result<(u16, Bytes)> {
        let stream = TcpStream::connect(&self.host).await?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        let driver = tokio::spawn(connection);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host)
            .header(header::ORIGIN, format!("http://{}", self.host))
            .header(header::COOKIE, self.cookie())
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(json.unwrap_or_default())))?;
        let response = sender.send_request(request).await?;
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().unwrap_or("").to_owned();
            let name = pair.split('=').next().unwrap_or("").to_owned();
            self.cookies.retain(|held| held.split('=').next() != Some(&name));
            self.cookies.push(pair);
        }
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes();
        drop(sender);
        driver.abort();
        Ok((status, body))
    }

    /// Opens a socket and says hello as a robot.
    ///
    /// # Errors
    /// The server is not there, refuses, or does not answer in time.
    pub async fn socket(&self, path: &str) -> anyhow::Result<Socket> {
        timeout(ANSWER_MAX, self.opened(path)).await.with_context(|| format!("no answer: {path}"))?
    }

    async fn opened(&self, path: &str) -> anyhow::Result<Socket> {
        let mut request = format!("ws://{}{path}", self.host).into_client_request()?;
        let headers = request.headers_mut();
        headers.insert("origin", HeaderValue::from_str(&format!("http://{}", self.host))?);
        headers.insert("cookie", HeaderValue::from_str(&self.cookie())?);
        let stream = TcpStream::connect(&self.host).await?;
        stream.set_nodelay(true)?;
        let config =
            WebSocketConfig::default().max_message_size(None).max_frame_size(Some(FRAGMENT_BYTES_MAX));
        let (stream, _) = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await?;
        let mut socket = Socket { stream };
        socket.say(&ClientFrame::Hello { protocol: PROTOCOL, since: None, robot: true }).await?;
        Ok(socket)
    }
}

impl Socket {
    pub async fn say(&mut self, frame: &ClientFrame) -> anyhow::Result<()> {
        let text = serde_json::to_string(frame)?;
        Ok(self.stream.send(Message::text(text)).await?)
    }

    /// Gives a command under a fresh id.
    pub async fn submit(&mut self, command: ClientCommand) -> anyhow::Result<()> {
        let id = fresh_id()?;
        self.say(&ClientFrame::Submit { id, run: None, command }).await
    }

    /// The next frame, or the end. Cancel-safe.
    pub async fn hear(&mut self) -> anyhow::Result<Heard> {
        loop {
            return match self.stream.next().await {
                Some(Ok(Message::Text(text))) => Ok(Heard::Frame(serde_json::from_str(&text)?)),
                Some(Ok(Message::Close(frame))) => Ok(Heard::Closed(frame.map(|frame| frame.code.into()))),
                Some(Ok(_)) => continue,
                Some(Err(error)) => Err(error.into()),
                None => Ok(Heard::Closed(None)),
            };
        }
    }

    /// A sign of life; the server hangs up on who is silent for long.
    pub async fn ping(&mut self) -> anyhow::Result<()> {
        self.say(&ClientFrame::Ping { t: 0 }).await
    }
}

/// A command id as a device makes it: 128 random bits.
pub fn fresh_id<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>() -> anyhow::Result<T> {
    Ok(format!("{:032x}", rand::rng().random::<u128>()).parse()?)
}
