//! What a request proves about itself: its session cookies, the organiser's session, where it comes from.

use crate::auth::Visitor;
use crate::auth::seat::Place;
use crate::auth::session::{Session, SessionId};
use crate::auth::token::SessionToken;
use crate::http::error::ApiError;
use crate::http::state::App;
use crate::live::handle::Handle;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The session tokens that the request carries, by place.
pub struct Presented {
    pub tokens: Vec<(Place, SessionToken)>,
}

impl Presented {
    /// The live session of this very place, if the request carries one.
    pub fn session(&self, app: &App, place: &Place) -> Option<Session> {
        let (_, token) = self.tokens.iter().find(|(of, _)| of == place)?;
        app.auth.sessions().of_token(token).ok().filter(|session| session.place == *place)
    }

    /// Lets the host's and the organiser's sessions through.
    pub fn drives(&self, app: &App, handle: &Handle) -> Result<(), ApiError> {
        let places = [Place::host(handle.code.clone()), Place::organiser()];
        let may = places.iter().any(|place| self.session(app, place).is_some());
        if may { Ok(()) } else { Err(ApiError::signed_out()) }
    }

    /// Somebody with a seat of ours asks.
    pub fn seated(&self, app: &App) -> bool {
        let live = |(place, _): &(Place, SessionToken)| self.session(app, place).is_some();
        self.tokens.iter().any(live)
    }

    /// The auditor's session of this contest.
    pub fn audits(&self, app: &App, handle: &Handle) -> bool {
        self.session(app, &Place::auditor(handle.code.clone())).is_some()
    }

    /// The sessions whose cookies the request has, live or not.
    pub fn sessions(&self) -> Vec<SessionId> {
        self.tokens.iter().map(|(_, token)| token.hash()).collect()
    }

    /// Who asks, as far as the request shows.
    pub fn visitor(self, caller: Caller) -> Visitor {
        let presented = self.tokens.into_iter().map(|(_, token)| token).collect();
        Visitor { presented, address: caller.address, device: caller.device }
    }
}

impl FromRequestParts<App> for Presented {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let cookies = app.cookies();
        let headers = parts.headers.get_all(header::COOKIE).iter();
        let lines = headers.filter_map(|value| value.to_str().ok());
        Ok(Presented { tokens: lines.flat_map(|line| cookies.read(line)).collect() })
    }
}

/// The request carries the organiser's live session.
pub struct Organiser;

impl FromRequestParts<App> for Organiser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let presented = match Presented::from_request_parts(parts, app).await {
            Ok(presented) => presented,
            Err(never) => match never {},
        };
        let session = presented.session(app, &Place::organiser());
        session.map(|_| Organiser).ok_or_else(ApiError::signed_out)
    }
}

/// Where the request comes from, and what the device says it is.
pub struct Caller {
    pub address: IpAddr,
    pub device: String,
}

/// Longest device label that is taken; the browser's name and version stand at its end.
const DEVICE_CHARS_MAX: usize = 200;

impl FromRequestParts<App> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<SocketAddr>().map(SocketAddr::ip);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
        let device = crate::domain::kernel::names::clean(agent).chars().take(DEVICE_CHARS_MAX).collect();
        Ok(Caller { address: peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), device })
    }
}
