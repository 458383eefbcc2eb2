//! What every handler can reach. Handlers parse, authenticate, ask and format; they decide nothing and write nothing.

use crate::auth::Auth;
use crate::auth::cookie::Cookies;
use crate::clock::Clock;
use crate::clock::limit::Limit;
use crate::domain::kernel::ids::ContestCode;
use crate::domain::terms::about::About;
use crate::http::engines::Engines;
use crate::http::error::ApiError;
use crate::http::hosts::Address;
use crate::http::panels::Panels;
use crate::http::pictures::Pictures;
use crate::journal::gauge::Gauge;
use crate::live::handle::Handle;
use crate::live::registry::Registry;
use crate::robots::fleet::Fleet;
use crate::store::Store;
use crate::store::logos::Logos;
use governor::Quota;
use std::num::NonZeroU32;
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};

/// What one address may send within a minute, without a session: a hall may stand behind one router.
pub const PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// For one kind of what is sent.
pub fn per_minute(clock: &Clock) -> Arc<Limit> {
    Arc::new(Limit::new(Quota::per_minute(PER_MINUTE), clock.clone()))
}

/// Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub registry: Registry,
    pub auth: Auth,
    pub store: Store,
    pub logos: Logos,
    pub clock: Clock,
    pub address: Arc<Address>,
    /// Of the disk under the journals.
    pub gauge: Gauge,
    pub robots: Fleet,
    /// Panels' statistics that were asked for last.
    pub panels: Panels,
    /// Turns at making what leaves the hall.
    pub exports: Arc<Semaphore>,
    /// How often anybody in the hall may report a device, and leave an interest.
    pub reports: Arc<Limit>,
    pub guests: Arc<Limit>,
    /// And ask for a QR code that nobody has asked for lately.
    pub drawings: Arc<Limit>,
    pub pictures: Pictures,
    /// Becomes true when the server stops.
    pub stop: watch::Receiver<bool>,
    /// Own the sockets of those who only look; without them everybody has a task.
    pub engines: Option<Arc<Engines>>,
}

impl App {
    /// The contest under this code.
    pub fn contest(&self, code: &str) -> Result<Handle, ApiError> {
        let code: ContestCode = code.parse().map_err(|_| ApiError::not_found())?;
        self.registry.get(&code).ok_or_else(ApiError::not_found)
    }

    /// The contest that the bare paths show: the one chosen, else the newest.
    pub fn current(&self) -> Option<Handle> {
        let chosen = self.auth.current_contest().and_then(|code| self.registry.get(&code));
        chosen.or_else(|| self.registry.all().into_iter().max_by_key(|handle| handle.contest().created_at))
    }

    /// Creates a contest. The bare paths go on showing what they show: a new contest only where there was none.
    pub async fn create(&self, about: About) -> Result<Handle, ApiError> {
        let chosen = || self.auth.current_contest().is_some_and(|code| self.registry.get(&code).is_some());
        if let Some(current) = self.current().filter(|_| !chosen()) {
            self.auth.choose_contest(&current.code).await?;
        }
        let handle = self.registry.create(about).await?;
        if !chosen() {
            self.auth.choose_contest(&handle.code).await?;
        }
        Ok(handle)
    }

    /// The rules of this server's cookies.
    pub fn cookies(&self) -> Cookies {
        self.auth.cookies(self.address.is_secure())
    }

    /// Tells every contest where it is reached, and whether cards and tablets still know.
    pub async fn tell_address(&self) {
        self.registry.set_join_address(self.address.public(), self.address.moved()).await;
    }

    /// Waits until the server stops.
    pub async fn stopping(&self) {
        let mut stop = self.stop.clone();
        if stop.wait_for(|stop| *stop).await.is_err() {
            // The server itself is gone: that is stopping, too.
        }
    }
}
