//! Where this server is reached: the hosts that are ours, the address that QR codes carry.
//!
//! A QR code never shows loopback. When the address that was
//! given out is no longer the machine's, cards and open tablets lead nowhere (a tablet's marks belong to its origin): the
//! console is told at once.

use crate::http::error::ApiError;
use crate::wire::error::Refusal;
use crate::wire::preflight::AddressState;
use axum::http::{StatusCode, Uri};
use std::net::{IpAddr, SocketAddr};
use std::sync::{PoisonError, RwLock};

/// The hosts and addresses of one server.
pub struct Address {
    /// Where the listener is bound; only what it answers on is offered.
    bound: SocketAddr,
    /// Given with `--public-url`; wins over everything.
    fixed: Option<String>,
    now: RwLock<Now>,
}

/// What was given out, and what became of it.
#[derive(Debug, Clone, Default)]
struct Now {
    /// The address that cards and open tablets have.
    home: Option<String>,
    /// The address for new QR codes.
    shown: Option<String>,
    /// `home` is no address of this machine any more.
    moved: bool,
    /// The machine's addresses, as of the last look: requests do not ask the system.
    machine: Vec<IpAddr>,
}

impl Address {
    /// `given` is what cards of an earlier start carry.
    pub fn new(bound: SocketAddr, fixed: Option<String>, given: Option<String>) -> Self {
        let now = Now { home: given.filter(|_| fixed.is_none()), ..Now::default() };
        let address = Address { bound, fixed, now: RwLock::new(now) };
        address.look();
        address
    }

    /// The address for phones and tablets: the fixed one, else the one given out or picked while it is here, else one of
    /// the machine's own. As of the last look.
    pub fn public(&self) -> Option<String> {
        self.now().shown
    }

    /// What a link or a QR code begins with: [`Address::public`], else this machine's own; no slash at its end.
    pub fn base(&self) -> String {
        let base = self.public().unwrap_or_else(|| self.local());
        base.trim_end_matches('/').to_owned()
    }

    /// Looks at the machine's addresses again; true when something became different. Blocks.
    pub fn look(&self) -> bool {
        self.found(interfaces());
        self.settle(&self.choices())
    }

    fn found(&self, machine: Vec<IpAddr>) {
        self.now.write().unwrap_or_else(PoisonError::into_inner).machine = machine;
    }

    fn settle(&self, here: &[String]) -> bool {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let before = (now.shown.clone(), now.moved);
        if let Some(fixed) = &self.fixed {
            // A name, or a proxy's address, is no address of this machine and is not missed; an own one is.
            let plain = fixed.trim_end_matches('/').to_owned();
            if here.contains(&plain) {
                now.home = Some(plain);
            }
            now.moved = now.home.as_ref().is_some_and(|home| !here.contains(home));
            now.shown = Some(fixed.clone());
        } else {
            let guess = guess(here, now.home.as_deref());
            now.home = now.home.take().or_else(|| guess.clone());
            now.moved = now.home.as_ref().is_some_and(|home| !here.contains(home));
            let home = now.home.clone().filter(|_| !now.moved);
            // Without any network the last one stands: it is the one that may come back.
            now.shown = home.or(guess).or_else(|| now.shown.take());
        }
        before != (now.shown.clone(), now.moved)
    }

    /// The address that cards carry is no longer this machine's.
    pub fn moved(&self) -> bool {
        self.now().moved
    }

    /// Where this server is to be reached, and whether that still holds.
    pub fn state(&self) -> AddressState {
        let Now { home, shown, moved, .. } = self.now();
        AddressState {
            shown,
            was: home.filter(|_| moved),
            here: self.choices(),
            fixed: self.fixed.is_some(),
            moved,
        }
    }

    /// What cards that are printed now carry, to be remembered; `all` were printed anew. Nothing where it is fixed, or where
    /// other cards still carry an address that has gone.
    pub fn give_out(&self, all: bool) -> Option<String> {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let url = now.shown.clone().filter(|_| self.fixed.is_none() && (all || !now.moved))?;
        now.home = Some(url.clone());
        drop(now);
        self.settle(&self.choices());
        Some(url)
    }

    fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The address on this machine: loopback, where the listener answers on it.
    pub fn local(&self) -> String {
        let ip = self.bound.ip();
        let host = if ip.is_unspecified() { "127.0.0.1".to_owned() } else { ip.to_string() };
        let host = if host.contains(':') { format!("[{host}]") } else { host };
        format!("http://{host}:{}", self.bound.port())
    }

    /// This machine's addresses on its networks that the listener answers on, loopback left out; as of the last look.
    pub fn choices(&self) -> Vec<String> {
        let answers = |ip: &IpAddr| self.bound.ip().is_unspecified() || *ip == self.bound.ip();
        let mut addresses: Vec<IpAddr> =
            self.now().machine.into_iter().filter(|ip| !ip.is_loopback() && answers(ip)).collect();
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
        let machine = || self.now.read().unwrap_or_else(PoisonError::into_inner);
        let own_ip =
            || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || machine().machine.contains(&ip));
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

    pub fn pick(&self, url: &str) -> Result<String, ApiError> {
        let refused = || ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, Refusal::new("address-unknown"));
        let (url, here) = (url.trim_end_matches('/').to_owned(), self.choices());
        if !here.contains(&url) {
            return Err(refused());
        }
        self.now.write().unwrap_or_else(PoisonError::into_inner).home = Some(url.clone());
        self.settle(&here);
        Ok(url)
    }
}

/// The likeliest of these: the one most like the address before, in the machine's order.
fn guess(here: &[String], before: Option<&str>) -> Option<String> {
    let like = |url: &str| {
        let pairs = before.unwrap_or_default().bytes().zip(url.bytes());
        pairs.take_while(|(a, b)| a == b).count()
    };
    let best = here.iter().enumerate().max_by_key(|(at, url)| (like(url), std::cmp::Reverse(*at)));
    best.map(|(_, url)| url.clone())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_hosts_and_origins_pass() {
        let address =
            Address::new(SocketAddr::from(([0, 0, 0, 0], 7300)), Some("https://podium.example".into()), None);
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
        address.found(vec![IpAddr::from([192, 168, 1, 5])]);
        assert!(address.is_ours("192.168.1.5:7300") && !address.is_ours("192.168.1.6:7300"));
        assert!(address.is_own_origin("https://podium.example", "podium.example"));
        assert!(!address.is_own_origin("https://podium.example", "127.0.0.1:7300"));
    }

    const OLD: &str = "http://192.168.1.5:7300";
    const NEW: &str = "http://192.168.1.9:7300";

    fn here(urls: &[&str]) -> Vec<String> {
        urls.iter().map(|url| (*url).to_owned()).collect()
    }

    /// Without interfaces of the test's machine: nothing answers on this address.
    fn nowhere(fixed: Option<&str>, given: Option<&str>) -> Address {
        let bound = SocketAddr::from(([192, 0, 2, 1], 7300));
        Address::new(bound, fixed.map(str::to_owned), given.map(str::to_owned))
    }

    fn settled(address: &Address, urls: &[&str]) -> (Option<String>, bool) {
        address.settle(&here(urls));
        (address.public(), address.moved())
    }

    fn is(shown: &str, moved: bool) -> (Option<String>, bool) {
        (Some(shown.to_owned()), moved)
    }

    #[test]
    fn an_address_that_goes_is_missed_and_the_likeliest_takes_its_place() {
        let address = nowhere(None, None);
        assert_eq!((address.public(), address.moved()), (None, false), "no network yet");
        assert_eq!(settled(&address, &[OLD]), is(OLD, false));
        assert!(!address.settle(&here(&["http://10.0.0.1:7300", OLD])), "another network changes nothing");
        assert_eq!(settled(&address, &["http://10.0.0.1:7300", NEW]), is(NEW, true));
        assert_eq!(address.state().was.as_deref(), Some(OLD));
        assert_eq!(settled(&address, &[]), is(NEW, true), "the cable is out");
        assert_eq!(settled(&address, &[OLD, NEW]), is(OLD, false), "it is back");
        assert_eq!(address.state().was, None);
    }

    #[test]
    fn cards_of_an_earlier_start_are_missed_until_all_are_printed_anew() {
        let address = nowhere(None, Some(OLD));
        assert_eq!(settled(&address, &[NEW]), is(NEW, true));
        assert_eq!(address.give_out(false), None, "one new card does not make the others right");
        assert!(address.moved());
        assert_eq!(address.give_out(true).as_deref(), Some(NEW));
        assert_eq!(settled(&address, &[NEW]), is(NEW, false));
        assert!(address.pick(OLD).is_err(), "only what is here can be picked");
    }

    #[test]
    fn a_fixed_address_is_missed_only_where_it_was_this_machines_own() {
        let proxied = nowhere(Some("https://podium.example"), Some(OLD));
        assert_eq!(settled(&proxied, &[NEW]), is("https://podium.example", false));
        let own = nowhere(Some("http://192.168.1.5:7300/"), None);
        assert_eq!(settled(&own, &[OLD]), is("http://192.168.1.5:7300/", false));
        assert_eq!(settled(&own, &[NEW]), is("http://192.168.1.5:7300/", true));
        assert_eq!(own.give_out(true), None);
    }
}
