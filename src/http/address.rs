//! Where this server is reached: the hosts that are ours, the address that QR codes carry.
//!
//! `GET /api/address` lists the machine's addresses, `PUT` picks one. A QR code never shows loopback.

use crate::http::error::ApiError;
use crate::http::extract::Organiser;
use crate::http::state::App;
use crate::wire::error::Refusal;
use crate::wire::rest;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use std::net::{IpAddr, SocketAddr};
use std::sync::{PoisonError, RwLock};

/// The hosts and addresses of one server.
pub struct Address {
    /// Where the listener is bound; only what it answers on is offered.
    bound: SocketAddr,
    /// Given with `--public-url`; wins over everything.
    fixed: Option<String>,
    /// Picked in set-up.
    picked: RwLock<Option<String>>,
}

impl Address {
    pub fn new(bound: SocketAddr, fixed: Option<String>) -> Self {
        Address { bound, fixed, picked: RwLock::new(None) }
    }

    /// The address for phones and tablets: the fixed one, the picked one, else the first of the machine's own.
    pub fn public(&self) -> Option<String> {
        let picked = || self.picked.read().unwrap_or_else(PoisonError::into_inner).clone();
        self.fixed.clone().or_else(picked).or_else(|| self.choices().into_iter().next())
    }

    /// The address on this machine: loopback, where the listener answers on it.
    pub fn local(&self) -> String {
        let ip = self.bound.ip();
        let host = if ip.is_unspecified() { "127.0.0.1".to_owned() } else { ip.to_string() };
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        format!("http://{host}:{}", self.bound.port())
    }

    /// This machine's addresses on its networks that the listener answers on, loopback left out.
    pub fn choices(&self) -> Vec<String> {
        let answers = |ip: &IpAddr| self.bound.ip().is_unspecified() || *ip == self.bound.ip();
        let mut addresses: Vec<IpAddr> =
            interfaces().into_iter().filter(|ip| !ip.is_loopback() && answers(ip)).collect();
        addresses.sort_by_key(|ip| (ip.is_ipv6(), *ip));
        addresses
            .into_iter()
            .filter(|ip| ip.is_ipv4())
            .map(|ip| format!("http://{ip}:{}", self.bound.port()))
            .collect()
    }

    /// `host` (with or without a port) names this server.
    pub fn is_ours(&self, host: &str) -> bool {
        let Some(name) = host_name(host) else { return false };
        let known = ["localhost", "podium.local"].contains(&name.as_str());
        let fixed = || self.fixed.as_deref().and_then(authority_of).and_then(|a| host_name(&a));
        let own_ip = || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || interfaces().contains(&ip));
        known || fixed() == Some(name.clone()) || own_ip()
    }

    /// `origin` is the origin of a page that this server served under `host`.
    pub fn is_own_origin(&self, origin: &str, host: &str) -> bool {
        if origin == format!("http://{host}") {
            return true;
        }
        // Behind a proxy that speaks TLS the page's scheme is the public address's.
        self.fixed.as_deref().is_some_and(|fixed| {
            authority_of(fixed).as_deref() == Some(host) && fixed.trim_end_matches('/') == origin
        })
    }

    /// Whether pages are served under https, as far as the fixed address says.
    pub fn is_secure(&self) -> bool {
        self.fixed.as_deref().is_some_and(|fixed| fixed.starts_with("https://"))
    }

    fn pick(&self, url: &str) -> Result<(), ApiError> {
        let refused = || ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Refusal::new("address-unknown"));
        let url = url.trim_end_matches('/').to_owned();
        if !self.choices().contains(&url) {
            return Err(refused());
        }
        *self.picked.write().unwrap_or_else(PoisonError::into_inner) = Some(url);
        Ok(())
    }
}

fn interfaces() -> Vec<IpAddr> {
    let found =
        if_addrs::get_if_addrs().inspect_err(|error| tracing::warn!(%error, "no interfaces are listed"));
    found.unwrap_or_default().into_iter().map(|interface| interface.ip()).collect()
}

fn authority_of(url: &str) -> Option<String> {
    url.parse::<Uri>().ok()?.authority().map(|authority| authority.as_str().to_ascii_lowercase())
}

/// The host without its port, IPv6 without its brackets.
fn host_name(host: &str) -> Option<String> {
    let authority: axum::http::uri::Authority = host.parse().ok()?;
    if authority.as_str().contains('@') {
        return None;
    }
    Some(authority.host().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase())
}

pub async fn get(_: Organiser, State(app): State<App>) -> Json<rest::Address> {
    Json(rest::Address { public: app.address.public(), choices: app.address.choices() })
}

pub async fn put(
    _: Organiser,
    State(app): State<App>,
    Json(body): Json<rest::Address>,
) -> Result<StatusCode, ApiError> {
    app.address.pick(body.public.as_deref().unwrap_or(""))?;
    app.registry.set_join_address(app.address.public()).await;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_hosts_and_origins_pass() {
        let address =
            Address::new(SocketAddr::from(([0, 0, 0, 0], 7300)), Some("https://podium.example".into()));
        for host in [
            "localhost",
            "localhost:7300",
            "127.0.0.1:7300",
            "[::1]:7300",
            "podium.local:1",
            "podium.example",
        ] {
            assert!(address.is_ours(host), "{host} is ours");
        }
        for host in
            ["evil.example", "127.0.0.1.evil.example", "podium.example.evil", "user@localhost", "", "8.8.8.8"]
        {
            assert!(!address.is_ours(host), "{host:?} is not ours");
        }
        let own = |origin| address.is_own_origin(origin, "127.0.0.1:7300");
        assert!(own("http://127.0.0.1:7300"));
        let foreign = [
            "null",
            "",
            "http://127.0.0.1",
            "http://127.0.0.1:7301",
            "https://127.0.0.1:7300",
            "http://127.0.0.1:7300/",
            "http://localhost:7300",
            "http://127.0.0.1:7300.evil.example",
            "http://evil.example",
            "HTTP://127.0.0.1:7300",
            "ws://127.0.0.1:7300",
        ];
        for origin in foreign {
            assert!(!own(origin), "{origin:?} is foreign");
        }
        assert!(address.is_own_origin("https://podium.example", "podium.example"));
        assert!(!address.is_own_origin("https://podium.example", "127.0.0.1:7300"));
    }
}
