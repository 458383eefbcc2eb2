//! Sessions: who holds which place on which device, until when, and why it ended.
//!
//! The index lives in memory over the store's rows; a session is durable before its token leaves the server. Every
//! session has a watch that wakes its sockets the moment it ends. It knows tokens as hashes, and no rules of pairing.

use crate::auth::error::AuthError;
use crate::auth::seat::{Place, Seat};
use crate::auth::token::{Random, SessionToken, TokenHash};
use crate::clock::Clock;
use crate::domain::kernel::time::Millis;
use crate::store::Store;
use crate::store::sessions::SessionRow;
use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Sessions kept per place, ended ones included (their sockets learn why they ended); the oldest give way.
pub const PER_PLACE_MAX: usize = 64;
/// Longest device label in characters; what a browser says of itself is cut there.
const DEVICE_CHARS_MAX: usize = 120;

/// A session's name: the hash of its token. It lets nobody in.
pub type SessionId = TokenHash;

/// What a request or socket acts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub place: Place,
    /// What the browser says it is.
    pub device: String,
    pub robot: bool,
    pub created: Millis,
    pub expires: Millis,
}

/// Why there is no session, or no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Never was, signed out, expired, or its card was reissued.
    SignedOut,
    /// Another device took the seat.
    SeatTaken,
}

impl Ending {
    pub fn code(self) -> &'static str {
        match self {
            Ending::SignedOut => "signed-out",
            Ending::SeatTaken => "seat-taken",
        }
    }
}

impl FromStr for Ending {
    type Err = AuthError;
    fn from_str(text: &str) -> Result<Self, AuthError> {
        match text {
            "seat-taken" => Ok(Ending::SeatTaken),
            "signed-out" => Ok(Ending::SignedOut),
            _ => Err(AuthError::SignedOut),
        }
    }
}

/// How long sessions live at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lives {
    pub organiser: Duration,
    pub seat: Duration,
}

impl Default for Lives {
    fn default() -> Self {
        Lives { organiser: Duration::from_secs(7 * 24 * 3600), seat: Duration::from_secs(72 * 3600) }
    }
}

impl Lives {
    pub fn of(&self, seat: Seat) -> Duration {
        match seat {
            Seat::Organiser => self.organiser,
            Seat::Host | Seat::Mc | Seat::Auditor | Seat::Judge(_) => self.seat,
        }
    }
}

/// A session to be.
#[derive(Debug, Clone)]
pub(super) struct Newcomer {
    pub place: Place,
    pub device: String,
    pub robot: bool,
    /// The card that lets it in; none with a password.
    pub card: Option<TokenHash>,
    /// The sessions that its browser has already.
    pub beside: Vec<SessionId>,
}

#[derive(Debug)]
pub struct Sessions {
    store: Store,
    clock: Clock,
    random: Random,
    lives: Lives,
    index: Mutex<Index>,
}

#[derive(Debug, Default)]
struct Index {
    entries: HashMap<SessionId, Entry>,
    /// Oldest first.
    places: BTreeMap<Place, Vec<SessionId>>,
}

#[derive(Debug)]
struct Entry {
    session: Session,
    card: Option<TokenHash>,
    /// Forgotten with the process: a socket that comes back brings its browser's cookies.
    beside: Vec<SessionId>,
    /// Sockets hold the receiving ends.
    ended: watch::Sender<Option<Ending>>,
}

impl Sessions {
    /// Takes up the sessions of the store. One whose card is no longer `card_of` its place, or whose time is over,
    /// is dropped: the store may have lost the row that ended it, the accounts have not. So is one of a robot without a
    /// card: the robot went with the server.
    pub(super) async fn load(
        store: Store,
        clock: Clock,
        random: Random,
        lives: Lives,
        card_of: impl Fn(&Place) -> Option<TokenHash>,
    ) -> Result<Self, AuthError> {
        let now = clock.now();
        let mut rows = store.sessions()?;
        rows.sort_by_key(|row| (row.created, row.token_hash));
        let (mut index, mut dropped) = (Index::default(), Vec::new());
        for row in rows {
            let key = row.token_hash;
            let current = |entry: &Entry| match entry.card {
                None => !entry.session.robot,
                card => card == card_of(&entry.session.place),
            };
            match Entry::from_row(row) {
                Some(entry) if entry.session.expires > now && current(&entry) => index.insert(entry),
                _ => dropped.push(key),
            }
        }
        if !dropped.is_empty() {
            store.write_sessions(&[], &dropped).await?;
        }
        Ok(Sessions { store, clock, random, lives, index: Mutex::new(index) })
    }

    pub fn lives(&self) -> Lives {
        self.lives
    }

    /// The live session of a cookie's token.
    pub fn of_token(&self, token: &SessionToken) -> Result<Session, Ending> {
        self.check(&token.hash())
    }

    /// The session, if it is still alive; asked before every command.
    pub fn check(&self, id: &SessionId) -> Result<Session, Ending> {
        let now = self.clock.now();
        self.lock().entries.get(id).ok_or(Ending::SignedOut)?.alive(now)
    }

    /// Resolves when the session ends; at once if it has. Expiry wakes at the next `sweep`.
    pub fn ended(&self, id: &SessionId) -> impl Future<Output = Ending> + Send + use<> {
        let watch = self.lock().entries.get(id).map(|entry| entry.ended.subscribe());
        async move {
            let Some(mut watch) = watch else { return Ending::SignedOut };
            let ended = watch.wait_for(Option::is_some).await.map(|ending| *ending);
            ended.ok().flatten().unwrap_or(Ending::SignedOut)
        }
    }

    /// Live sessions at a place, oldest first.
    pub fn at(&self, place: &Place) -> Vec<Session> {
        let now = self.clock.now();
        self.lock().at(place).filter_map(|entry| entry.alive(now).ok()).collect()
    }

    /// Sessions at a place, those that have ended and are not forgotten included.
    pub(super) fn ever_at(&self, place: &Place) -> Vec<Session> {
        self.lock().at(place).map(|entry| entry.session.clone()).collect()
    }

    /// The device of a person that holds the place.
    pub fn holder(&self, place: &Place) -> Option<Session> {
        self.at(place).into_iter().find(|session| !session.robot)
    }

    /// Whether this device holds or has held the place.
    pub fn knows(&self, id: &SessionId, place: &Place) -> bool {
        self.lock().entries.get(id).is_some_and(|entry| entry.session.place == *place && !entry.session.robot)
    }

    /// One of the two came to a browser that had the other.
    pub(super) fn share_a_browser(&self, one: &SessionId, other: &SessionId) -> bool {
        let index = self.lock();
        let came = |to: &SessionId, had: &SessionId| {
            index.entries.get(to).is_some_and(|entry| entry.beside.contains(had))
        };
        came(one, other) || came(other, one)
    }

    /// Makes a session and ends those it replaces, durable together.
    pub(super) async fn create(
        &self,
        newcomer: Newcomer,
        replaced: &[SessionId],
    ) -> Result<(Session, SessionToken), AuthError> {
        let token = SessionToken::random(&self.random);
        let entry = self.entry(newcomer, token.hash());
        let (mut rows, crowded) = {
            let index = self.lock();
            let rows = index.rows_ended(replaced, Ending::SeatTaken);
            (rows, index.crowded(&entry.session.place))
        };
        rows.push(entry.row(None));
        self.store.write_sessions(&rows, &crowded.iter().map(|id| id.0).collect::<Vec<_>>()).await?;
        let session = entry.session.clone();
        let mut index = self.lock();
        index.end(replaced, Ending::SeatTaken);
        index.remove(&crowded);
        index.insert(entry);
        Ok((session, token))
    }

    /// Ends sessions: at once for this process, and durably when this returns.
    pub(super) async fn end(&self, ids: &[SessionId], why: Ending) -> Result<(), AuthError> {
        let rows = {
            let mut index = self.lock();
            let rows = index.rows_ended(ids, why);
            index.end(ids, why);
            rows
        };
        if rows.is_empty() { Ok(()) } else { Ok(self.store.write_sessions(&rows, &[]).await?) }
    }

    /// Ends every session that came in by a card of these places.
    pub(super) async fn end_of_cards(&self, places: &[Place]) -> Result<(), AuthError> {
        let ids: Vec<_> = {
            let index = self.lock();
            let entries = places.iter().flat_map(|place| index.at(place));
            entries.filter(|entry| entry.card.is_some()).map(|entry| entry.session.id).collect()
        };
        self.end(&ids, Ending::SignedOut).await
    }

    /// Ends the sessions of robots that came to these places without a card.
    pub(super) async fn end_robots(&self, places: &[Place]) -> Result<(), AuthError> {
        let ids: Vec<_> = {
            let index = self.lock();
            let entries = places.iter().flat_map(|place| index.at(place));
            let robots = entries.filter(|entry| entry.session.robot && entry.card.is_none());
            robots.map(|entry| entry.session.id).collect()
        };
        self.end(&ids, Ending::SignedOut).await
    }

    /// Forgets what has expired and wakes its sockets. Called every minute or so; returns how many.
    pub async fn sweep(&self) -> Result<usize, AuthError> {
        let now = self.clock.now();
        let expired: Vec<_> = {
            let mut index = self.lock();
            let over = index.entries.values().filter(|entry| entry.session.expires <= now);
            let expired: Vec<_> = over.map(|entry| entry.session.id).collect();
            index.end(&expired, Ending::SignedOut);
            index.remove(&expired);
            expired
        };
        if !expired.is_empty() {
            self.store.write_sessions(&[], &expired.iter().map(|id| id.0).collect::<Vec<_>>()).await?;
        }
        Ok(expired.len())
    }

    fn entry(&self, newcomer: Newcomer, id: SessionId) -> Entry {
        let created = self.clock.now();
        let life = u64::try_from(self.lives.of(newcomer.place.seat()).as_millis()).unwrap_or(u64::MAX);
        let device =
            crate::domain::kernel::names::clean(&newcomer.device).chars().take(DEVICE_CHARS_MAX).collect();
        let expires = Millis(created.0.saturating_add(life));
        let session = Session { id, place: newcomer.place, device, robot: newcomer.robot, created, expires };
        Entry { session, card: newcomer.card, beside: newcomer.beside, ended: watch::Sender::new(None) }
    }

    fn lock(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    fn at(&self, place: &Place) -> impl Iterator<Item = &Entry> {
        self.places.get(place).into_iter().flatten().filter_map(|id| self.entries.get(id))
    }

    fn insert(&mut self, entry: Entry) {
        self.places.entry(entry.session.place.clone()).or_default().push(entry.session.id);
        self.entries.insert(entry.session.id, entry);
    }

    fn end(&mut self, ids: &[SessionId], why: Ending) {
        for entry in ids.iter().filter_map(|id| self.entries.get(id)) {
            entry.ended.send_if_modified(|ended| {
                let first = ended.is_none();
                ended.get_or_insert(why);
                first
            });
        }
    }

    fn remove(&mut self, ids: &[SessionId]) {
        for id in ids {
            let Some(entry) = self.entries.remove(id) else { continue };
            if let Some(at) = self.places.get_mut(&entry.session.place) {
                at.retain(|other| other != id);
            }
        }
        self.places.retain(|_, at| !at.is_empty());
    }

    /// Rows of those among `ids` that are alive, as they will stand once ended.
    fn rows_ended(&self, ids: &[SessionId], why: Ending) -> Vec<SessionRow> {
        let entries = ids.iter().filter_map(|id| self.entries.get(id));
        entries.filter(|entry| entry.ended.borrow().is_none()).map(|entry| entry.row(Some(why))).collect()
    }

    /// Who gives way to one more session at `place`: ended ones first, then the oldest.
    fn crowded(&self, place: &Place) -> Vec<SessionId> {
        let mut all: Vec<_> = self.at(place).collect();
        all.sort_by_key(|entry| entry.ended.borrow().is_none());
        let over = (all.len() + 1).saturating_sub(PER_PLACE_MAX);
        all.iter().take(over).map(|entry| entry.session.id).collect()
    }
}

impl Entry {
    fn alive(&self, now: Millis) -> Result<Session, Ending> {
        match *self.ended.borrow() {
            Some(ending) => Err(ending),
            None if self.session.expires <= now => Err(Ending::SignedOut),
            None => Ok(self.session.clone()),
        }
    }

    fn row(&self, ended: Option<Ending>) -> SessionRow {
        let session = &self.session;
        SessionRow {
            token_hash: session.id.0,
            contest: session.place.contest().cloned(),
            seat: session.place.seat().to_string(),
            device: session.device.clone(),
            robot: session.robot,
            card: self.card.map(|card| card.to_string()),
            created: session.created,
            expires: session.expires,
            ended: ended.map(|ending| ending.code().to_owned()),
        }
    }

    fn from_row(row: SessionRow) -> Option<Self> {
        let place = Place::new(row.contest, row.seat.parse().ok()?)?;
        let card = row.card.map(|text| text.parse()).transpose().ok()?;
        let ended = row.ended.map(|text| text.parse()).transpose().ok()?;
        let (created, expires) = (row.created, row.expires);
        let id = TokenHash(row.token_hash);
        let session = Session { id, place, device: row.device, robot: row.robot, created, expires };
        Some(Entry { session, card, beside: Vec::new(), ended: watch::Sender::new(ended) })
    }
}
