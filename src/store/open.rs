//! Opening the store whatever state its files are in: try, set bad snapshots aside, else start fresh.
//!
//! Everything here can be rebuilt or done without (projections from the journals, sessions by pairing again), so
//! damage never keeps the server from starting; it is set aside, not deleted, and reported.

use crate::domain::kernel::time::Millis;
use crate::store::error::StoreError;
use crate::store::names::free_name;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

const CACHE_BYTES: u64 = 64 * 1024 * 1024;
/// A process that just ended may hold the lock for a moment; longer than this it is alive.
const LOCK_TRIES: u32 = 60;
/// The tree, and the one key in it, that an opened engine is proven by.
const PROOF: &[u8] = b"proof";
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// What had to be done to open the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repaired {
    /// sled's snapshots did not fit its data and were set aside; what its log still proves is there.
    SnapshotsAside { files: Vec<PathBuf> },
    /// The directory could not be opened. It was moved away whole and a fresh one was started.
    StartedFresh { quarantined: PathBuf, why: String },
}

/// Why one attempt failed: damage is set aside, circumstances (a full disk, missing rights) are not.
enum Failure {
    Damage(String),
    Circumstance(String),
}

/// The engine on `dir`, and what was done to get there. `at` names the quarantine.
pub(super) fn open_engine(dir: &Path, at: Millis) -> Result<(sled::Db, Option<Repaired>), StoreError> {
    fs::create_dir_all(dir)?;
    drop(await_lock(dir, data_file)?);
    let (engine, repaired) = match attempt(dir).and_then(|engine| proven(engine, dir)) {
        Ok(engine) => (engine, None),
        Err(Failure::Circumstance(why)) => return Err(unopenable(dir, why)),
        Err(Failure::Damage(why)) => repair(dir, at, why)?,
    };
    sync_files(dir)?;
    Ok((engine, repaired))
}

/// The engine opened once more, and what was written to it in between is there. One damaged bit can leave an engine that
/// opens and takes writes without complaint, and has lost them when it is next opened.
fn proven(engine: sled::Db, dir: &Path) -> Result<sled::Db, Failure> {
    let said: [u8; 16] = rand::random();
    let write = || engine.open_tree(PROOF)?.insert(PROOF, &said).and_then(|_| engine.flush());
    tried(write)?;
    drop(engine);
    // Nobody else opens it meanwhile: who still holds it is the engine that has just been let go.
    await_lock(dir, data_file).map_err(|why| match why {
        StoreError::InUse { .. } => Failure::Damage("it does not let go of its files".to_owned()),
        other => Failure::Circumstance(other.to_string()),
    })?;
    let engine = attempt(dir)?;
    let found = tried(|| engine.open_tree(PROOF)?.get(PROOF))?;
    if found.is_some_and(|found| found == said) {
        Ok(engine)
    } else {
        Err(Failure::Damage("what is written to it is gone when it is opened again".to_owned()))
    }
}

/// Runs `work` on the engine; a panic inside it becomes an error, because damaged pages make sled panic.
pub(super) fn contained<T>(work: impl FnOnce() -> Result<T, sled::Error>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(why)) => Err(StoreError::Engine(why.to_string())),
        Err(panic) => Err(StoreError::Engine(panic_text(panic.as_ref()))),
    }
}

/// The engine's data file, opened for syncing: sled's own flush does not reach the disk.
pub(super) fn data_file(dir: &Path) -> io::Result<File> {
    File::options().read(true).write(true).open(dir.join("db"))
}

/// Moves the whole directory away and starts a fresh one in its place.
pub(super) fn start_fresh(
    dir: &Path,
    at: Millis,
    why: String,
) -> Result<(sled::Db, Option<Repaired>), StoreError> {
    let quarantined = free_name(dir, "bad", at);
    fs::rename(dir, &quarantined)?;
    sync_directory(parent(dir))?;
    fs::create_dir_all(dir)?;
    match attempt(dir) {
        Ok(engine) => {
            sync_files(dir)?;
            Ok((engine, Some(Repaired::StartedFresh { quarantined, why })))
        }
        Err(Failure::Damage(again) | Failure::Circumstance(again)) => Err(unopenable(dir, again)),
    }
}

fn repair(dir: &Path, at: Millis, why: String) -> Result<(sled::Db, Option<Repaired>), StoreError> {
    let files = set_snapshots_aside(dir, at)?;
    if !files.is_empty()
        && let Ok(engine) = attempt(dir).and_then(|engine| proven(engine, dir))
    {
        return Ok((engine, Some(Repaired::SnapshotsAside { files })));
    }
    start_fresh(dir, at, why)
}

/// One opening at a time, as long as what is returned lives: an engine is let go and opened again while it is proven or
/// repaired, and would else be another's in between.
pub(super) fn alone(dir: &Path) -> Result<Option<File>, StoreError> {
    fs::create_dir_all(parent(dir))?;
    await_lock(dir, |dir| File::options().create(true).truncate(false).write(true).open(lock_path(dir)))
}

/// The file that is locked by who opens the store, marks it or looks at it.
pub(super) fn lock_path(dir: &Path) -> PathBuf {
    dir.with_file_name(format!("{}.lock", dir.file_name().unwrap_or_default().to_string_lossy()))
}

/// Waits until no other process holds this file, and has it then; `None` where there is none. Without this a lock could be
/// taken for damage.
pub(super) fn await_lock(
    dir: &Path,
    file: impl Fn(&Path) -> io::Result<File>,
) -> Result<Option<File>, StoreError> {
    for _ in 0..LOCK_TRIES {
        let file = match file(dir) {
            Ok(file) => file,
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(why.into()),
        };
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(why)) => return Err(why.into()),
        }
    }
    Err(StoreError::InUse { path: dir.to_owned() })
}

/// Opens what is there and repairs nothing; for looking at a copy.
pub(super) fn look(dir: &Path) -> Result<sled::Db, StoreError> {
    contained(|| config(dir).open())
}

fn config(dir: &Path) -> sled::Config {
    sled::Config::new().path(dir).cache_capacity(CACHE_BYTES).flush_every_ms(None)
}

fn attempt(dir: &Path) -> Result<sled::Db, Failure> {
    // No flusher thread of sled's own: it would hold the lock at an immediate reopen, and who writes here flushes.
    let config = config(dir);
    tried(|| config.open())
}

/// What the engine did, or why not.
fn tried<T>(work: impl FnOnce() -> Result<T, sled::Error>) -> Result<T, Failure> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(sled::Error::Io(why))) if is_circumstance(&why) => Err(Failure::Circumstance(why.to_string())),
        Ok(Err(why)) => Err(Failure::Damage(why.to_string())),
        Err(panic) => Err(Failure::Damage(panic_text(panic.as_ref()))),
    }
}

pub(super) fn is_circumstance(why: &io::Error) -> bool {
    matches!(
        why.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::OutOfMemory
            | ErrorKind::Interrupted
    )
}

fn set_snapshots_aside(dir: &Path, at: Millis) -> Result<Vec<PathBuf>, StoreError> {
    let mut moved = Vec::new();
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name();
        let Some(name) = name.to_str().filter(|name| name.starts_with("snap.")) else { continue };
        let aside = dir.join(format!("aside-{}.{name}", at.0));
        fs::rename(dir.join(name), &aside)?;
        moved.push(aside);
    }
    Ok(moved)
}

/// Makes the files' names and first contents durable; sled never does.
fn sync_files(dir: &Path) -> Result<(), StoreError> {
    for name in ["conf", "db"] {
        File::open(dir.join(name))?.sync_all()?;
    }
    sync_directory(dir)?;
    sync_directory(parent(dir))
}

pub(super) fn sync_directory(dir: &Path) -> Result<(), StoreError> {
    Ok(File::open(dir)?.sync_all()?)
}

pub(super) fn parent(dir: &Path) -> &Path {
    dir.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn unopenable(dir: &Path, why: String) -> StoreError {
    StoreError::Unopenable { path: dir.to_owned(), why }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("it panicked").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_no_damage_and_a_panic_is() {
        let full = || Err::<(), _>(sled::Error::Io(ErrorKind::StorageFull.into()));
        assert!(matches!(tried(full), Err(Failure::Circumstance(_))));
        let torn = || Err::<(), _>(sled::Error::Io(ErrorKind::UnexpectedEof.into()));
        assert!(matches!(tried(torn), Err(Failure::Damage(_))));
        assert!(matches!(tried(|| -> Result<(), _> { panic!("torn") }), Err(Failure::Damage(_))));
    }
}
