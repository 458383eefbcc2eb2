//! The whole server: open(options) → serve(listener) → shutdown. Used by `serve`, `demo` and the tests alike.

use crate::auth::error::AuthError;
use crate::auth::password::Cost;
use crate::auth::session::Lives;
use crate::auth::token::Random;
use crate::auth::{self, Auth, Foundations};
use crate::clock::Clock;
use crate::http::engines::Engines;
use crate::http::export;
use crate::http::hosts::Address;
use crate::http::panels::Panels;
use crate::http::pictures::Pictures;
use crate::http::state::{App, per_minute};
use crate::journal::disk::Disk;
use crate::journal::gauge::Gauge;
use crate::live::registry::{Deps, Registry};
use crate::robots::fleet::Fleet;
use crate::store::kept::Kept;
use crate::store::logos::Logos;
use crate::store::{Store, closed};
use anyhow::Context;
use axum::Router;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

/// A connection that has not sent its request's head by then is closed.
const HEAD_MAX: Duration = Duration::from_secs(10);
/// Longest request head, in bytes.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// Connections at once; beyond, new ones wait in the listener's queue.
const CONNECTIONS_MAX: usize = 19_900;
/// How often expired sessions are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whether the machine's addresses and its clock are still the same.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How long open connections get to finish when the server stops.
const GRACE: Duration = Duration::from_secs(3);

/// How to open a server.
pub struct Options {
    /// The data folder: `journal`, `sled`, `keys` and `clock.json` stand in it.
    pub data: PathBuf,
    /// The address that pages and QR codes carry; wins over what set-up picks.
    pub public_url: Option<String>,
    pub clock: Clock,
    pub disk: Arc<dyn Disk>,
}

/// An open server that does not listen yet.
pub struct Server {
    app_parts: Parts,
    stop: watch::Sender<bool>,
    sled: PathBuf,
    kept: Option<Kept>,
    /// Those who only look live in engines.
    engines: bool,
}

struct Parts {
    registry: Registry,
    auth: Auth,
    store: Store,
    logos: Logos,
    clock: Clock,
    gauge: Gauge,
    public_url: Option<String>,
}

/// Opens journals and store. Damage that could hide an acknowledged mark is an error that names the record.
pub async fn open(options: Options) -> anyhow::Result<Server> {
    options.clock.resume(&clock_file(&options.data));
    let (sled, at) = (options.data.join("sled"), options.clock.now());
    let dir = sled.clone();
    let opened = tokio::task::spawn_blocking(move || Store::open(&dir, at))
        .await?
        .context("the store cannot be opened")?;
    match open_parts(options, opened.store).await {
        Ok(app_parts) => {
            let stop = watch::Sender::new(false);
            Ok(Server { app_parts, stop, sled, kept: opened.kept, engines: true })
        }
        Err(error) => {
            close_store(sled).await;
            Err(error)
        }
    }
}

async fn open_parts(options: Options, store: Store) -> anyhow::Result<Parts> {
    let Options { data, public_url, clock, disk } = options;
    let journals = data.join("journal");
    let auth = open_auth(&disk, &data, &clock, &store).await.context("the accounts cannot be opened")?;
    let gauge = Gauge::new(journals.clone());
    let logos = Logos::new(&data.join("logos"));
    let registry = Registry::new(Deps { disk, journals, clock: clock.clone(), store: store.clone() });
    let opening = registry.clone();
    let found = tokio::task::spawn_blocking(move || opening.open_all()).await??;
    clock.settle(found.newest, found.under_way);
    clock.keep(&clock_file(&data));
    Ok(Parts { registry, auth, store, logos, clock, gauge, public_url })
}

/// What lets the next start go on by the same clock.
fn clock_file(data: &Path) -> PathBuf {
    data.join("clock.json")
}

/// Marks the store as closed, once nobody holds it any more. Without the mark the next start keeps a copy, no more.
async fn close_store(sled: PathBuf) {
    let closed = tokio::task::spawn_blocking(move || closed::close(&sled)).await;
    match closed {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the store is not marked as closed"),
        Err(error) => tracing::warn!(%error, "the store is not marked as closed"),
    }
}

async fn open_auth(
    disk: &Arc<dyn Disk>,
    data: &Path,
    clock: &Clock,
    store: &Store,
) -> Result<Auth, AuthError> {
    let (log, accounts) = auth::log::open(disk.clone(), &data.join("journal"), clock.clone())?;
    let on = Foundations {
        clock: clock.clone(),
        random: Random::system(),
        store: store.clone(),
        log: Arc::new(log),
        accounts,
    };
    let options = auth::Options { keys: data.join("keys"), lives: Lives::default(), cost: Cost::default() };
    Auth::open(on, options).await
}

/// A server that listens.
pub struct Serving {
    pub app: App,
    pub address: SocketAddr,
    /// What was done with the store's files before they were opened.
    pub kept: Option<Kept>,
    sled: PathBuf,
    stop: watch::Sender<bool>,
    accepting: tokio::task::JoinHandle<()>,
    sweeping: tokio::task::JoinHandle<()>,
    looking: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Gives every socket a task, as those have whose line is not plain TCP.
    #[must_use]
    pub fn with_tasks_only(mut self) -> Self {
        self.engines = false;
        self
    }

    /// Begins to answer on `listener`.
    pub async fn serve(self, listener: TcpListener) -> anyhow::Result<Serving> {
        let Server { app_parts, stop, sled, kept, engines } = self;
        let Parts { registry, auth, store, logos, clock, gauge, public_url } = app_parts;
        let address = listener.local_addr()?;
        // An empty setting is none: compose files hand on variables that nobody set.
        let public_url = public_url.filter(|url| !url.trim().is_empty());
        let given =
            store.address().inspect_err(|error| tracing::warn!(%error, "the given address is unknown"));
        let own = Arc::new(Address::new(address, public_url, given.ok().flatten()));
        let robots = Fleet::new(stop.subscribe());
        let [reports, guests, drawings] = [(); 3].map(|()| per_minute(&clock));
        let engines = engines.then(Engines::start).transpose().context("no thread for the audience")?;
        let engines = engines.map(Arc::new);
        let app = App {
            registry,
            auth,
            store,
            logos,
            clock,
            address: own,
            gauge,
            robots,
            panels: Panels::default(),
            exports: export::turns(),
            reports,
            guests,
            drawings,
            pictures: Pictures::default(),
            stop: stop.subscribe(),
            engines,
        };
        app.tell_address().await;
        let looking = tokio::spawn(look(app.clone(), stop.subscribe()));
        let sweeping = tokio::spawn(sweep(app.clone(), stop.subscribe()));
        let accepting = tokio::spawn(accept(listener, crate::http::routes(app.clone()), stop.subscribe()));
        Ok(Serving { app, address, kept, sled, stop, accepting, sweeping, looking })
    }
}

impl Serving {
    /// The address to open in a browser on this machine.
    pub fn url(&self) -> String {
        self.app.address.local()
    }

    /// Tells every socket to come back later, finishes requests, lets the contests' tasks end, flushes and closes the store.
    pub async fn shutdown(self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        if let Some(engines) = &self.app.engines {
            engines.close().await;
        }
        self.accepting.await?;
        self.sweeping.await?;
        self.looking.await?;
        self.app.registry.close().await;
        self.app.store.flush().await.context("the store cannot be flushed")?;
        drop(self.app);
        close_store(self.sled).await;
        Ok(())
    }
}

/// Ends sessions whose time is over, and with them their sockets.
async fn sweep(app: App, mut stop: watch::Receiver<bool>) {
    let mut minutes = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = minutes.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        match app.auth.sessions().sweep().await {
            Ok(0) => {}
            Ok(ended) => tracing::info!(ended, "sessions expired"),
            Err(error) => tracing::warn!(%error, "expired sessions were not swept"),
        }
    }
}

/// Notices when the machine's addresses change, and tells the consoles; and when its clock is set, which changes nothing.
async fn look(app: App, mut stop: watch::Receiver<bool>) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        if let Some(by_ms) = app.clock.jump() {
            tracing::warn!(
                by_ms,
                "the machine's clock was set; countdowns, timers, overtime, sessions and the times written down go on as before"
            );
        }
        let address = app.address.clone();
        if tokio::task::spawn_blocking(move || address.look()).await.unwrap_or(false) {
            let state = app.address.state();
            tracing::warn!(shown = ?state.shown, was = ?state.was, "the machine's address has changed");
            app.tell_address().await;
        }
    }
}

async fn accept(listener: TcpListener, routes: Router, mut stop: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let permit = room.clone().acquire_owned().await;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = connection(stream, peer, routes.clone(), stop.clone());
                tokio::spawn(async move {
                    connection.await;
                    drop(permit);
                });
            }
            Err(error) => {
                // Out of descriptors or memory: wait for connections to end rather than spin.
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    let everyone = u32::try_from(CONNECTIONS_MAX).unwrap_or(u32::MAX);
    let _late = tokio::time::timeout(GRACE, room.acquire_many(everyone)).await;
}

async fn connection(stream: TcpStream, peer: SocketAddr, routes: Router, mut stop: watch::Receiver<bool>) {
    let _slower = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(peer);
        routes.clone().oneshot(request)
    });
    let serving = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(serving);
    let stopped = async move {
        let _server_gone = stop.wait_for(|stop| *stop).await;
    };
    let early = tokio::select! {
        finished = serving.as_mut() => Some(finished),
        () = stopped => None,
    };
    let finished = match early {
        Some(finished) => finished,
        None => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = finished {
        tracing::debug!(%error, "a connection ended early");
    }
}
