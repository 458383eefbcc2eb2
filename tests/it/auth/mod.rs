//! Auth: cards, passwords, sessions, and how guessing is slowed.

mod doors;
mod guessing;
mod organiser;
mod pairing;
mod robots;
mod second;
mod secrets;
mod sessions;

use podium::auth::accounts::{AccountFact, AccountLog, Accounts, Appending};
use podium::auth::card::IssuedCard;
use podium::auth::error::AuthError;
use podium::auth::password::Cost;
use podium::auth::seat::{Place, Seat};
use podium::auth::session::Lives;
use podium::auth::token::{Random, SessionToken};
use podium::auth::{Auth, Entered, Foundations, Options, Visitor};
use podium::clock::{Clock, Hand};
use podium::domain::kernel::ids::{ContestCode, JudgeId};
use podium::domain::kernel::time::Millis;
use podium::store::Store;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::sync::Semaphore;

const START: Millis = Millis(1_700_000_000_000);
const PASSWORD: &str = "correct horse 亮分";
/// Next to nothing, so that tests can guess a lot; the real cost has tests of its own.
const CHEAP: Cost = Cost { memory_kib: 8, passes: 1 };

/// An accounts journal in memory that can fail, or be held back.
#[derive(Clone)]
struct MemoryLog {
    facts: Arc<Mutex<Vec<AccountFact>>>,
    fails: Arc<Mutex<bool>>,
    /// Appends asked for, finished or not.
    asked: Arc<AtomicUsize>,
    /// One permit for each append; plenty unless a test takes them.
    gate: Arc<Semaphore>,
}

impl MemoryLog {
    fn new() -> Self {
        let gate = Arc::new(Semaphore::new(1000));
        MemoryLog { facts: Arc::default(), fails: Arc::default(), asked: Arc::default(), gate }
    }

    fn facts(&self) -> Vec<AccountFact> {
        self.facts.lock().expect("whole").clone()
    }

    fn set_failing(&self, fails: bool) {
        *self.fails.lock().expect("whole") = fails;
    }
}

impl AccountLog for MemoryLog {
    fn append(&self, _by: &str, facts: Vec<AccountFact>) -> Appending<'_> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let _permit = self.gate.acquire().await.expect("open");
            if *self.fails.lock().expect("whole") {
                return Err(AuthError::Log("the disk is full".into()));
            }
            self.facts.lock().expect("whole").extend(facts);
            Ok(())
        })
    }
}

/// A server's auth with a manual clock, that can be restarted.
struct Hall {
    auth: Auth,
    clock: Clock,
    hand: Hand,
    log: MemoryLog,
    store: Option<Store>,
    dir: TempDir,
    cost: Cost,
}

impl Hall {
    async fn new() -> Self {
        Self::with_cost(CHEAP).await
    }

    async fn with_cost(cost: Cost) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let (clock, hand) = Clock::manual(START);
        let log = MemoryLog::new();
        let store = Store::open(&dir.path().join("sled"), START).expect("opens").store;
        let auth = Self::open(&dir, &clock, &store, &log, cost).await.expect("opens");
        Hall { auth, clock, hand, log, store: Some(store), dir, cost }
    }

    async fn open(
        dir: &TempDir,
        clock: &Clock,
        store: &Store,
        log: &MemoryLog,
        cost: Cost,
    ) -> Result<Auth, AuthError> {
        let on = Foundations {
            clock: clock.clone(),
            random: Random::system(),
            store: store.clone(),
            log: Arc::new(log.clone()),
            accounts: Accounts::from_facts(&log.facts()),
        };
        Auth::open(on, Options { keys: dir.path().join("keys"), lives: Lives::default(), cost }).await
    }

    /// Stops and starts: only the disk and the journal remain.
    async fn restart(self) -> Self {
        let Hall { auth, clock, hand, log, store, dir, cost } = self;
        drop((auth, store));
        let store = Store::open(&dir.path().join("sled"), START).expect("opens").store;
        let auth = Self::open(&dir, &clock, &store, &log, cost).await.expect("opens");
        Hall { auth, clock, hand, log, store: Some(store), dir, cost }
    }

    async fn claim(&self) -> Entered {
        let token = self.auth.claim_token().expect("unclaimed").reveal();
        self.auth.claim(&token, PASSWORD, &visitor(1)).await.expect("claims")
    }

    async fn card(&self, place: &Place) -> IssuedCard {
        self.issue(place, false).await
    }

    async fn issue(&self, place: &Place, reusable: bool) -> IssuedCard {
        let cards = self.auth.issue_cards(std::slice::from_ref(place), reusable, "organiser").await;
        cards.expect("issues").pop().expect("one card")
    }

    async fn pair(&self, card: &IssuedCard) -> Entered {
        self.auth.pair(&card.token.reveal(), None, false, &visitor(1)).await.expect("pairs")
    }

    async fn type_pin(&self, place: &Place, pin: &str, visitor: &Visitor) -> Result<Entered, AuthError> {
        let contest = place.contest().expect("a contest's seat");
        self.auth.pair_typed(contest, place.seat(), pin, visitor).await
    }
}

fn contest() -> ContestCode {
    "7k2m9x".parse().expect("a contest code")
}

fn judge(number: u16) -> Place {
    Place::judge(contest(), JudgeId(number))
}

fn host() -> Place {
    Place::host(contest())
}

fn auditor() -> Place {
    Place::auditor(contest())
}

/// A device without cookies at address 10.0.0.n.
fn visitor(n: u8) -> Visitor {
    Visitor { presented: Vec::new(), address: IpAddr::V4(Ipv4Addr::new(10, 0, 0, n)), device: "iPad".into() }
}

fn with_cookie(token: &Option<SessionToken>) -> Visitor {
    Visitor { presented: token.iter().cloned().collect(), ..visitor(1) }
}

/// A PIN that is not the card's.
fn wrong_pin(card: &IssuedCard) -> &'static str {
    if card.pin.reveal() == "000000" { "000001" } else { "000000" }
}

/// The code of the refusal, `ok` where there was none.
fn code<T>(answer: &Result<T, AuthError>) -> &'static str {
    answer.as_ref().err().map_or("ok", AuthError::code)
}

#[test]
fn places_are_spelt_one_way() {
    for text in ["organiser", "7k2m9x-host", "7k2m9x-auditor", "7k2m9x-J3"] {
        assert_eq!(text.parse::<Place>().map(|place| place.to_string()), Ok(text.into()));
    }
    for bad in
        ["", "host", "J3", "7k2m9x-organiser", "7k2m9x", "7k2m9x-J03", "7k2m9x-j3", "7K2M9X-host", "-host"]
    {
        assert!(bad.parse::<Place>().is_err(), "{bad:?} was taken for a place");
    }
    assert!(Place::new(None, Seat::Host).is_none() && Place::new(Some(contest()), Seat::Organiser).is_none());
    assert!(Place::organiser().reaches(&contest()) && host().reaches(&contest()));
    assert!(!host().reaches(&"other1".replace('o', "0").parse().expect("a code")));
}
