//! Who may come in: accounts, cards, sessions, and how guessing is slowed.
//!
//! It knows seats and their names, not what a seat may do; that is decided where commands are. Requests, headers
//! and status codes belong to `http`; the journal's file belongs to `journal` and is reached through `AccountLog`.

pub mod accounts;
pub mod card;
pub mod cookie;
pub mod error;
pub mod log;
mod pairing;
pub mod password;
pub mod robot;
pub mod seat;
mod second;
pub mod session;
pub mod sign_in;
pub mod throttle;
pub mod token;

use crate::auth::accounts::{AccountFact, AccountLog, Accounts, new_instance};
use crate::auth::cookie::Cookies;
use crate::auth::error::AuthError;
use crate::auth::pairing::PairingWindows;
use crate::auth::password::{Cost, Hasher, Pepper};
use crate::auth::session::{Lives, Session, Sessions};
use crate::auth::throttle::Throttle;
use crate::auth::token::{ClaimToken, Random, SessionToken};
use crate::clock::Clock;
use crate::domain::kernel::ids::ContestCode;
use crate::store::Store;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

/// What auth stands on.
pub struct Foundations {
    pub clock: Clock,
    pub random: Random,
    pub store: Store,
    pub log: Arc<dyn AccountLog>,
    /// The fold of all facts that `log` already holds.
    pub accounts: Accounts,
}

#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of key files, apart from the data they protect.
    pub keys: PathBuf,
    pub lives: Lives,
    pub cost: Cost,
}

/// Who asks, as far as the request shows.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Tokens in the request's cookies.
    pub presented: Vec<SessionToken>,
    pub address: IpAddr,
    /// What the browser says it is; shown to the host.
    pub device: String,
}

/// Somebody was let in.
#[derive(Debug, Clone)]
pub struct Entered {
    pub session: Session,
    /// For the cookie; absent where the device has its cookie already.
    pub token: Option<SessionToken>,
}

/// The whole of auth; clones share it.
#[derive(Clone)]
pub struct Auth(Arc<Inner>);

struct Inner {
    clock: Clock,
    random: Random,
    hasher: Hasher,
    throttle: Throttle,
    sessions: Sessions,
    log: Arc<dyn AccountLog>,
    accounts: RwLock<Accounts>,
    /// Held from append to apply: the state follows the log's order.
    recording: tokio::sync::Mutex<()>,
    /// Held while it is looked who sits where and while that changes.
    seating: tokio::sync::Mutex<()>,
    windows: PairingWindows,
    claim: ClaimToken,
    instance: String,
}

impl Auth {
    /// Takes up accounts and sessions. Names the instance at its first start.
    pub async fn open(on: Foundations, options: Options) -> Result<Self, AuthError> {
        let Foundations { clock, random, store, log, mut accounts } = on;
        let pepper = Pepper::load(&options.keys, accounts.hold_secrets(), &random)?;
        let hasher = Hasher::new(pepper, options.cost, random.clone())?;
        if accounts.instance().is_none() {
            let named = AccountFact::InstanceNamed { instance: new_instance(&random) };
            log.append("auth", vec![named.clone()]).await?;
            accounts.apply(&named);
        }
        let instance = accounts.instance().unwrap_or_default().to_owned();
        let throttle = Throttle::new(clock.clone());
        accounts.locked().iter().for_each(|(place, with_card)| throttle.exhaust(place, *with_card));
        let card_of = |place: &_| accounts.card(place).map(|card| card.token);
        let sessions = Sessions::load(store, clock.clone(), random.clone(), options.lives, card_of).await?;
        Ok(Auth(Arc::new(Inner {
            claim: ClaimToken::random(&random),
            clock,
            random,
            hasher,
            throttle,
            sessions,
            log,
            accounts: RwLock::new(accounts),
            recording: tokio::sync::Mutex::new(()),
            seating: tokio::sync::Mutex::new(()),
            windows: PairingWindows::default(),
            instance,
        })))
    }

    pub fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// This server's name in cookies.
    pub fn instance(&self) -> &str {
        &self.0.instance
    }

    /// The rules of this server's cookies.
    pub fn cookies(&self, secure: bool) -> Cookies {
        Cookies::new(&self.0.instance, secure)
    }

    /// The contest that the bare paths show, where the organiser has chosen one.
    pub fn current_contest(&self) -> Option<ContestCode> {
        self.accounts().current().cloned()
    }

    pub async fn choose_contest(&self, contest: &ContestCode) -> Result<(), AuthError> {
        let fact = AccountFact::CurrentContestChosen { contest: contest.clone() };
        self.record("organiser", vec![fact]).await
    }

    fn accounts(&self) -> RwLockReadGuard<'_, Accounts> {
        self.0.accounts.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes facts durable, then applies them.
    async fn record(&self, by: &str, facts: Vec<AccountFact>) -> Result<(), AuthError> {
        let (auth, by) = (self.clone(), by.to_owned());
        self.finish(async move {
            let _turn = auth.0.recording.lock().await;
            auth.0.log.append(&by, facts.clone()).await?;
            let mut accounts = auth.0.accounts.write().unwrap_or_else(PoisonError::into_inner);
            facts.iter().for_each(|fact| accounts.apply(fact));
            Ok(())
        })
        .await
    }

    /// Runs `work` to its end even if the asking request goes away: what is durable must reach the memory.
    async fn finish<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, AuthError>> + Send + 'static,
    ) -> Result<T, AuthError> {
        tokio::spawn(work).await.unwrap_or_else(|why| Err(AuthError::Log(why.to_string())))
    }
}

impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Auth").field("instance", &self.0.instance).finish_non_exhaustive()
    }
}
