//! All contests of this instance: opened from their journals at start, created on demand, each with its own task that is
//! started again from the journal when it fails.

use crate::clock::Clock;
use crate::domain::command::Command;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{CommandId, ContestCode};
use crate::domain::kernel::time::Millis;
use crate::domain::state::contest::Contest;
use crate::domain::terms::about::About;
use crate::journal::commit::Committer;
use crate::journal::disk::Disk;
use crate::journal::error::JournalError;
use crate::journal::record::Seen;
use crate::live::actor::{Replayed, Task, Told, UnknownFact};
use crate::live::displays::Displays;
use crate::live::error::SubmitError;
use crate::live::handle::{BALLOTS, Handle, MAILBOX};
use crate::live::presence::Guests;
use crate::live::projector;
use crate::live::publish::{Channels, Publisher};
use crate::live::views::Views;
use crate::store::Store;
use rand::RngExt;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// How long tasks get to end when the server stops.
const CLOSE_MAX: Duration = Duration::from_secs(2);

/// What every contest's task needs.
#[derive(Clone)]
pub struct Deps {
    pub disk: Arc<dyn Disk>,
    /// `DATA/journal`
    pub journals: PathBuf,
    pub clock: Clock,
    pub store: Store,
}

/// Why a contest cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("contest {code}: {source}")]
    Journal { code: String, source: JournalError },
    #[error("contest {code}: {source}")]
    Fact { code: String, source: UnknownFact },
    #[error(
        "contest {code}: the store has seen {applied} records, the journal holds {journal}: the journal was rolled back"
    )]
    RolledBack { code: String, applied: u64, journal: u64 },
}

/// What the clock has to know of the contests that are not finished.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// When the newest of their records was written.
    pub newest: Millis,
    pub under_way: bool,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Registry {
    deps: Deps,
    contests: Arc<Mutex<BTreeMap<ContestCode, Handle>>>,
    /// The address for phones, and whether the one given out before has gone.
    join: Arc<Mutex<(Option<String>, bool)>>,
    tasks: Arc<Mutex<JoinSet<()>>>,
}

impl Registry {
    pub fn new(deps: Deps) -> Self {
        Registry { deps, contests: Arc::default(), join: Arc::default(), tasks: Arc::default() }
    }

    /// Opens every contest that has a journal. Blocks.
    ///
    /// # Errors
    /// The first journal that is damaged or not understood; its contest's code is named.
    pub fn open_all(&self) -> Result<Found, OpenError> {
        let names = crate::journal::names(&*self.deps.disk, &self.deps.journals)
            .map_err(|source| OpenError::Journal { code: "*".into(), source })?;
        let mut found = Found::default();
        for code in names.iter().filter_map(|name| name.parse::<ContestCode>().ok()) {
            let (committer, replayed) = open_journal(&self.deps, &code)?;
            if !replayed.contest.show.finished {
                found.newest = found.newest.max(replayed.last_at);
                found.under_way |= replayed.contest.is_under_way();
            }
            self.spawn(code, committer, replayed);
        }
        Ok(found)
    }

    pub fn get(&self, code: &ContestCode) -> Option<Handle> {
        self.contests().get(code).cloned()
    }

    /// Where the journals are.
    pub fn journals(&self) -> (&Arc<dyn Disk>, &Path) {
        (&self.deps.disk, &self.deps.journals)
    }

    pub fn all(&self) -> Vec<Handle> {
        self.contests().values().cloned().collect()
    }

    /// Creates a contest under a fresh code.
    ///
    /// # Errors
    /// The rules' refusal of `about`, or `Unavailable` when the journal cannot be made.
    pub async fn create(&self, about: About) -> Result<Handle, SubmitError> {
        let code = loop {
            let code = ContestCode::from_random(rand::rng().random());
            if self.get(&code).is_none() {
                break code;
            }
        };
        // Asked of the rules before a file is made, so that a refusal leaves nothing behind.
        let command = Command::CreateContest { code: code.clone(), about };
        crate::domain::decide::decide(&Contest::default(), Actor::Organiser, &command)
            .map_err(SubmitError::Rejected)?;
        let (committer, replayed) = open_journal_aside(&self.deps, &code).await.map_err(|error| {
            tracing::error!(%error, "a contest's journal cannot be created");
            SubmitError::Unavailable
        })?;
        let handle = self.spawn(code, committer, replayed);
        let id = CommandId(rand::rng().random());
        handle.submit(Actor::Organiser, id, command).await?;
        Ok(handle)
    }

    /// The address for phones, shown on screens; `moved` warns the consoles.
    pub async fn set_join_address(&self, join: Option<String>, moved: bool) {
        *self.join.lock().unwrap_or_else(PoisonError::into_inner) = (join, moved);
        for handle in self.all() {
            let (join, moved) = self.join_of(&handle.code);
            handle.set_join_address(join, moved).await;
        }
    }

    /// Lets every contest's task end and its projection catch up. Who still holds a handle is not waited for long.
    pub async fn close(&self) {
        self.contests().clear();
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        if tokio::time::timeout(CLOSE_MAX, tasks.join_all()).await.is_err() {
            tracing::warn!("a contest's task did not end in time; its journal is whole all the same");
        }
    }

    fn join_of(&self, code: &ContestCode) -> (Option<String>, bool) {
        let (base, moved) = self.join.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (base.map(|base| format!("{}/c/{code}/", base.trim_end_matches('/'))), moved)
    }

    fn contests(&self) -> MutexGuard<'_, BTreeMap<ContestCode, Handle>> {
        self.contests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spawn(&self, code: ContestCode, committer: Committer, replayed: Replayed) -> Handle {
        let (mailbox, messages) = mpsc::channel(MAILBOX);
        let (durable, seen) = watch::channel(Arc::new(replayed.contest.clone()));
        let (shown, all_seen) = watch::channel(0);
        let channels = Arc::new(Channels::default());
        let feed = hex::encode(rand::rng().random::<[u8; 8]>());
        let (store, clock) = (self.deps.store.clone(), self.deps.clock.clone());
        let displays = Arc::new(Displays::open(code.clone(), store, clock));
        let handle = Handle {
            code: code.clone(),
            channels: channels.clone(),
            feed: feed.into(),
            displays: displays.clone(),
            checks: Arc::default(),
            hands: Arc::default(),
            pulse: Arc::default(),
            ballots: Arc::new(tokio::sync::Semaphore::new(BALLOTS)),
            mailbox,
            durable: seen.clone(),
            shown: all_seen,
        };
        let (join, moved) = self.join_of(&code);
        let mut guests = Guests::new(displays);
        guests.address_moved(moved);
        let task = Task {
            messages,
            durable,
            shown,
            publisher: Publisher::new(channels),
            guests,
            views: Views::default(),
            join,
            clock: self.deps.clock.clone(),
        };
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.spawn(projector::follow(self.deps.store.clone(), code.clone(), seen));
        tasks.spawn(supervise(self.deps.clone(), code.clone(), task, committer, replayed));
        drop(tasks);
        self.contests().insert(code, handle.clone());
        handle
    }
}

fn open_journal(deps: &Deps, code: &ContestCode) -> Result<(Committer, Replayed), OpenError> {
    let journal_error = |source| OpenError::Journal { code: code.to_string(), source };
    let mut replayed = Ok(Replayed::default());
    let (journal, cut) = crate::journal::open_and(
        deps.disk.clone(),
        &deps.journals,
        code.as_str(),
        &|seen: &Seen| Told::by(seen),
        |told| {
            match (&mut replayed, told) {
                (Ok(state), Ok(told)) => state.take(told),
                (Ok(_), Err(unknown)) => replayed = Err(unknown),
                // The first one is named.
                (Err(_), _) => {}
            }
        },
    )
    .map_err(journal_error)?;
    if let Some(cut) = &cut {
        tracing::warn!(contest = %code, bytes = cut.bytes, records = cut.records, "an unfinished write at the journal's end was cut; nothing in it was acknowledged");
    }
    let replayed = replayed.map_err(|source| OpenError::Fact { code: code.to_string(), source })?;
    let applied = deps.store.applied_seq(code).unwrap_or_else(|error| {
        tracing::warn!(contest = %code, %error, "the store's projection cannot be read; it is rebuilt");
        None
    });
    if let Some(applied) = applied.filter(|applied| *applied > replayed.contest.seq) {
        return Err(OpenError::RolledBack { code: code.to_string(), applied, journal: replayed.contest.seq });
    }
    let committer = Committer::spawn(journal, || rand::rng().random()).map_err(journal_error)?;
    Ok((committer, replayed))
}

/// The same off the threads that answer everybody: it reads the whole journal and copies it.
async fn open_journal_aside(deps: &Deps, code: &ContestCode) -> Result<(Committer, Replayed), OpenError> {
    let (deps, of) = (deps.clone(), code.clone());
    tokio::task::spawn_blocking(move || open_journal(&deps, &of)).await.unwrap_or_else(|error| {
        Err(OpenError::Journal { code: code.to_string(), source: JournalError::encode(error) })
    })
}

/// How long a contest's task that failed waits before it starts again: ever longer while it fails again soon.
#[derive(Default)]
struct Patience {
    last: Duration,
}

impl Patience {
    const FIRST: Duration = Duration::from_millis(50);
    const MOST: Duration = Duration::from_secs(5);
    /// Who has run so long has got over it.
    const SOUND: Duration = Duration::from_secs(60);

    /// After so long without a failure.
    fn next(&mut self, ran: Duration) -> Duration {
        let again = ran < Self::SOUND && !self.last.is_zero();
        self.last = if again { (self.last * 2).min(Self::MOST) } else { Self::FIRST };
        self.last
    }
}

/// Runs the task; after a failure of the journal or a panic starts it again from the journal, ever more patiently.
async fn supervise(
    deps: Deps,
    code: ContestCode,
    mut task: Task,
    mut committer: Committer,
    mut replayed: Replayed,
) {
    let mut patience = Patience::default();
    loop {
        let began = Instant::now();
        // Messages stay in the mailbox while the task is down; it is bounded, and who finds it full is told.
        let run = async {
            let result = std::panic::AssertUnwindSafe(task.run(replayed, &committer));
            futures_util::FutureExt::catch_unwind(result).await
        };
        match run.await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => {
                tracing::error!(contest = %code, %error, "the journal failed; the contest starts again from it");
            }
            Err(_panic) => {
                tracing::error!(contest = %code, "the contest's task panicked; it starts again from the journal");
            }
        }
        committer.stop().await;
        let mut ran = began.elapsed();
        (committer, replayed) = loop {
            // Before the first try, too: what fails at once again does not do so in a loop.
            tokio::time::sleep(patience.next(ran)).await;
            match open_journal_aside(&deps, &code).await {
                Ok(opened) => break opened,
                Err(error) => tracing::error!(contest = %code, %error, "the journal cannot be opened yet"),
            }
            ran = Duration::ZERO;
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_again_soon_waits_ever_longer() {
        let mut patience = Patience::default();
        let mut after = |secs| patience.next(Duration::from_secs(secs)).as_millis();
        assert_eq!([after(3), after(0), after(0)], [50, 100, 200]);
        assert_eq!((0..10).map(|_| after(1)).max(), Some(5_000));
        assert_eq!([after(60), after(0)], [50, 100], "it has run soundly in between");
    }
}
