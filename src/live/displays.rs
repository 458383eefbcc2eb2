//! The displays of one contest: who is connected, what the host has called it, where it is pointed. No facts: names stay
//! in the store, the rest is gone with the server.
//!
//! It is kept beside the contest's task, not in it: a name waits for the disk, and the contest must not wait with it.
//! Sockets and the console's routes come here; the task reads the list when it publishes to the console.

use crate::clock::Clock;
use crate::domain::display::{self, DISPLAYS_MAX, DisplayId, KeyHash, Refused, Role, Roles};
use crate::domain::kernel::ids::ContestCode;
use crate::domain::kernel::time::Millis;
use crate::store::Store;
use crate::store::displays::DisplayRow;
use crate::store::error::StoreError;
use crate::wire::display::{DisplayInfo, DisplayWord, Viewport};
use crate::wire::server::ServerFrame;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// Why a display was not changed.
#[derive(Debug, thiserror::Error)]
pub enum DisplayError {
    /// Neither named nor connected.
    #[error("no such display")]
    Unknown,
    #[error("refused: {0:?}")]
    Refused(Refused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub struct Displays {
    contest: ContestCode,
    store: Store,
    clock: Clock,
    known: Mutex<Known>,
    /// Held while a change is decided and written, so that the next one is decided on what it made.
    changing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    displays: BTreeMap<KeyHash, Display>,
    /// Sockets so far; names the next one.
    sockets: u64,
}

/// A display that has a name or a socket.
struct Display {
    code: String,
    named: Option<(String, Role)>,
    sockets: BTreeMap<u64, Socket>,
    seen: Option<Millis>,
    told: watch::Sender<Told>,
}

struct Socket {
    since: Millis,
    viewport: Option<Viewport>,
}

/// What a display's pages know. Words are counted: a page says the frame when the count has moved.
#[derive(Clone, PartialEq, Eq)]
struct Told {
    code: String,
    name: Option<String>,
    role: Role,
    identify: u32,
    reload: u32,
}

impl Display {
    fn new(code: String, named: Option<(String, Role)>) -> Self {
        let told = Told { code: code.clone(), name: None, role: Role::Program, identify: 0, reload: 0 };
        Display { code, named, sockets: BTreeMap::new(), seen: None, told: watch::Sender::new(told) }
    }

    fn info(&self) -> DisplayInfo {
        let role = self.named.as_ref().map_or(Role::Program, |(_, role)| *role);
        let of = if let Role::Clone(of) = role { Some(of.to_string()) } else { None };
        DisplayInfo {
            code: self.code.clone(),
            name: self.named.as_ref().map(|(name, _)| name.clone()),
            role: role.into(),
            of,
            sockets: u32::try_from(self.sockets.len()).unwrap_or(u32::MAX),
            since: self.sockets.values().next().map(|socket| socket.since.0),
            seen: self.seen.filter(|_| self.sockets.is_empty()).map(|at| at.0),
            viewport: self.sockets.values().next_back().and_then(|socket| socket.viewport),
        }
    }
}

impl Known {
    fn roles(&self) -> Roles {
        let named = self.displays.iter().filter_map(|(key, one)| Some((key.id(), one.named.as_ref()?.1)));
        named.collect()
    }

    fn find(&self, id: DisplayId) -> Option<KeyHash> {
        self.displays.keys().find(|key| key.id() == id).copied()
    }

    fn row(&self, key: KeyHash, name: String, role: Role) -> Option<DisplayRow> {
        let code = self.displays.get(&key)?.code.clone();
        Some(DisplayRow { key, code, name, role })
    }

    /// The rows to write so that `id` has this name and role.
    fn named(&self, id: DisplayId, name: &str, role: Role) -> Result<DisplayRow, DisplayError> {
        let key = self.find(id).ok_or(DisplayError::Unknown)?;
        let name = display::name(name).map_err(DisplayError::Refused)?;
        display::may_point(&self.roles(), id, role).map_err(DisplayError::Refused)?;
        self.row(key, name, role).ok_or(DisplayError::Unknown)
    }

    /// The display to forget, and the rows of those that followed it: they show the hall's picture.
    fn without(&self, id: DisplayId) -> Result<(KeyHash, Vec<DisplayRow>), DisplayError> {
        let key = self.find(id).ok_or(DisplayError::Unknown)?;
        let roles = self.roles();
        let follower = |id| {
            let key = self.find(id)?;
            self.row(key, self.displays.get(&key)?.named.as_ref()?.0.clone(), Role::Program)
        };
        Ok((key, display::followers(&roles, id).filter_map(follower).collect()))
    }

    fn put(&mut self, rows: Vec<DisplayRow>) {
        for DisplayRow { key, code, name, role } in rows {
            self.displays.entry(key).or_insert_with(|| Display::new(code, None)).named = Some((name, role));
        }
        self.tell();
    }

    fn forget(&mut self, key: KeyHash) {
        if let Some(one) = self.displays.get_mut(&key) {
            one.named = None;
        }
        self.drop_strangers();
    }

    /// Who is gone and has no name was never here.
    fn drop_strangers(&mut self) {
        self.displays.retain(|_, one| one.named.is_some() || !one.sockets.is_empty());
    }

    /// Tells every display what it is called and shows now; who knows it already hears nothing.
    fn tell(&mut self) {
        let roles = self.roles();
        for (key, one) in &self.displays {
            let name = one.named.as_ref().map(|(name, _)| name.clone());
            let role = display::shown(&roles, key.id());
            one.told.send_if_modified(|told| {
                let changed = (&told.name, told.role) != (&name, role);
                if changed {
                    (told.name, told.role) = (name, role);
                }
                changed
            });
        }
    }
}

impl Displays {
    /// With the names that the store has kept.
    pub fn open(contest: ContestCode, store: Store, clock: Clock) -> Self {
        let rows = store.displays(&contest).unwrap_or_else(|error| {
            tracing::warn!(%contest, %error, "the names of the displays cannot be read");
            Vec::new()
        });
        let mut known = Known::default();
        known.put(rows);
        Displays { contest, store, clock, known: Mutex::new(known), changing: tokio::sync::Mutex::default() }
    }

    /// A page with this key is open for as long as what is returned lives. Nothing where too many are known already: then
    /// it is a screen like any other.
    pub fn connect(self: &Arc<Self>, key: KeyHash) -> Option<Connected> {
        let since = self.clock.now();
        let mut known = self.known();
        if !known.displays.contains_key(&key) {
            if known.displays.len() >= DISPLAYS_MAX {
                tracing::warn!(contest = %self.contest, max = DISPLAYS_MAX, "a display is not listed: too many are known");
                return None;
            }
            let code = key.code(|code| known.displays.values().any(|one| one.code == code));
            known.displays.insert(key, Display::new(code, None));
        }
        known.sockets += 1;
        let socket = known.sockets;
        let one = known.displays.get_mut(&key)?;
        one.sockets.insert(socket, Socket { since, viewport: None });
        let told = one.told.subscribe();
        let words = (told.borrow().identify, told.borrow().reload);
        Some(Connected { displays: self.clone(), key, socket, told, words })
    }

    /// What the display with this key shows; nothing where the host has not named it.
    pub fn role(&self, key: &KeyHash) -> Option<Role> {
        let known = self.known();
        known.displays.get(key)?.named.as_ref()?;
        Some(display::shown(&known.roles(), key.id()))
    }

    /// The console's list.
    pub fn view(&self) -> BTreeMap<String, DisplayInfo> {
        self.known().displays.iter().map(|(key, one)| (key.id().to_string(), one.info())).collect()
    }

    /// Names a display and points it.
    ///
    /// # Errors
    /// See [`DisplayError`]; after one nothing has changed.
    pub async fn set(&self, id: DisplayId, name: &str, role: Role) -> Result<(), DisplayError> {
        let _turn = self.changing.lock().await;
        let row = self.known().named(id, name, role)?;
        let rows = vec![row];
        self.store.write_displays(&self.contest, &rows, &[]).await?;
        self.known().put(rows);
        Ok(())
    }

    /// Takes a display's name away; while it is connected it stays in the list as a new one.
    ///
    /// # Errors
    /// See [`DisplayError`]; after one nothing has changed.
    pub async fn forget(&self, id: DisplayId) -> Result<(), DisplayError> {
        let _turn = self.changing.lock().await;
        let (key, rows) = self.known().without(id)?;
        self.store.write_displays(&self.contest, &rows, &[key]).await?;
        let mut known = self.known();
        known.forget(key);
        known.put(rows);
        Ok(())
    }

    /// Says a word to every page of a display.
    ///
    /// # Errors
    /// There is no such display.
    pub fn say(&self, id: DisplayId, word: DisplayWord) -> Result<(), DisplayError> {
        let known = self.known();
        let one = known.find(id).and_then(|key| known.displays.get(&key)).ok_or(DisplayError::Unknown)?;
        one.told.send_modify(|told| {
            let count = match word {
                DisplayWord::Identify => &mut told.identify,
                DisplayWord::Reload => &mut told.reload,
            };
            *count = count.wrapping_add(1);
        });
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Each critical section leaves the list whole, so that a poisoned lock still holds a good one.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One open page of a display.
pub struct Connected {
    displays: Arc<Displays>,
    key: KeyHash,
    socket: u64,
    told: watch::Receiver<Told>,
    /// The words that were said before.
    words: (u32, u32),
}

impl Connected {
    /// What the display shows at this moment.
    pub fn role(&self) -> Role {
        self.told.borrow().role
    }

    /// What the page is to know now.
    pub fn frame(&mut self) -> ServerFrame {
        let Told { code, name, role, identify, reload } = self.told.borrow_and_update().clone();
        // A page that loads again forgets the other word.
        let word = match self.words {
            (_, before) if before != reload => Some(DisplayWord::Reload),
            (before, _) if before != identify => Some(DisplayWord::Identify),
            _ => None,
        };
        self.words = (identify, reload);
        ServerFrame::Display { code, name, role: role.into(), word }
    }

    /// The next frame, once there is something new. Cancel-safe.
    pub async fn next(&mut self) -> ServerFrame {
        if self.told.changed().await.is_err() {
            // A display stays known while a page of it is open; a closed watch cannot be.
            std::future::pending::<()>().await;
        }
        self.frame()
    }

    /// The next frame, if there is something new.
    pub fn news(&mut self) -> Option<ServerFrame> {
        let is_new = self.told.has_changed().unwrap_or(false);
        is_new.then(|| self.frame())
    }

    /// Rings whenever there is something new, until it is aborted.
    pub fn rings(&self, ring: impl Fn() + Send + 'static) -> AbortHandle {
        let mut told = self.told.clone();
        let ringing = async move {
            while told.changed().await.is_ok() {
                ring();
            }
        };
        tokio::spawn(ringing).abort_handle()
    }

    /// The page has told how its window is; true when that is new.
    pub fn viewport(&self, viewport: Viewport) -> bool {
        let mut known = self.displays.known();
        let one = known.displays.get_mut(&self.key);
        let Some(socket) = one.and_then(|one| one.sockets.get_mut(&self.socket)) else { return false };
        socket.viewport.replace(viewport) != Some(viewport)
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        let at = self.displays.clock.now();
        let mut known = self.displays.known();
        if let Some(one) = known.displays.get_mut(&self.key) {
            one.sockets.remove(&self.socket);
            one.seen = Some(at);
        }
        known.drop_strangers();
    }
}
