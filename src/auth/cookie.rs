//! How a session's token travels: the names and the lines of cookies.
//!
//! A cookie is named after the instance and the place, so that one browser can hold several seats and two
//! servers on one address do not take each other's (cookies know no port). Text in, text out: headers belong
//! to `http`.

use crate::auth::seat::Place;
use crate::auth::token::SessionToken;
use cookie::{Cookie, SameSite};
use std::time::Duration;

/// Cookies of ours that are looked at in one request; a browser never needs more.
const PRESENTED_MAX: usize = 64;

/// The rules of this server's cookies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookies {
    prefix: String,
    secure: bool,
}

impl Cookies {
    /// `instance` tells this server from others; `secure` is for TLS and adds `__Host-` and `Secure`.
    pub fn new(instance: &str, secure: bool) -> Self {
        let host = if secure { "__Host-" } else { "" };
        Cookies { prefix: format!("{host}podium-{instance}-"), secure }
    }

    pub fn name(&self, place: &Place) -> String {
        format!("{}{place}", self.prefix)
    }

    /// What a client with this cookie sends: `name=value`.
    pub fn pair(&self, place: &Place, token: &SessionToken) -> String {
        format!("{}={}", self.name(place), token.reveal())
    }

    /// The value of a `Set-Cookie` header.
    pub fn set(&self, place: &Place, token: &SessionToken, life: Duration) -> String {
        self.line(place, &token.reveal(), life)
    }

    /// The value of a `Set-Cookie` header that takes the cookie away.
    pub fn clear(&self, place: &Place) -> String {
        self.line(place, "", Duration::ZERO)
    }

    /// The tokens in a `Cookie` header that bear our names; everything else is passed over.
    pub fn read(&self, header: &str) -> Vec<(Place, SessionToken)> {
        let ours = Cookie::split_parse(header).flatten().filter_map(|one| {
            let place = one.name().strip_prefix(&self.prefix)?.parse().ok()?;
            Some((place, one.value().parse().ok()?))
        });
        ours.take(PRESENTED_MAX).collect()
    }

    fn line(&self, place: &Place, value: &str, life: Duration) -> String {
        let line =
            Cookie::build((self.name(place), value)).path("/").http_only(true).same_site(SameSite::Strict);
        let life = cookie::time::Duration::try_from(life).unwrap_or(cookie::time::Duration::MAX);
        let line = line.max_age(life);
        if self.secure { line.secure(true).to_string() } else { line.to_string() }
    }
}
