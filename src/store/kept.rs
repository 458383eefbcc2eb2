//! Copies of the store as it was found: made before an engine opens what may be damaged, because opening repairs, and a
//! repair may throw away what a person could still have read.

use crate::domain::kernel::time::Millis;
use crate::store::closed::{self, Left};
use crate::store::error::StoreError;
use crate::store::names::{beside, free_name};
use crate::store::open::{Repaired, await_lock, data_file, parent, sync_directory};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Copies of stores that were not closed and then opened well; older ones go.
pub const KEPT_MAX: usize = 3;
/// What a copy leaves free on the disk: the journals come first.
const ROOM_LEFT: u64 = 128 * 1024 * 1024;

/// What was done with a store before it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub left: Left,
    /// Where its bytes are as they were found, or why there was no copy.
    pub copy: Result<PathBuf, String>,
}

impl std::fmt::Display for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Kept { left, copy } = self;
        match copy {
            Ok(path) => write!(f, "{left}; as it was found it is kept in {}", path.display()),
            Err(why) => write!(f, "{left}, and could not be kept as it was before it was opened: {why}"),
        }
    }
}

/// Keeps the store in `dir` as it is, unless it is as a server closed it; then takes its mark away. A store that was
/// changed and cannot be copied is moved away: that takes no room.
pub(super) fn before_opening(dir: &Path, at: Millis) -> Result<Option<Kept>, StoreError> {
    let _files = await_lock(dir, data_file)?;
    let left = closed::how_left(dir)?;
    let kept = match left {
        Left::Nothing | Left::Closed => None,
        Left::NotClosed => Some(copy(dir, "kept", at).inspect(|copy| remove_old(dir, copy))),
        Left::Changed => Some(copy(dir, "bad", at).or_else(|_| moved(dir, at))),
    };
    closed::unmark(dir)?;
    Ok(kept.map(|copy| Kept { left, copy: copy.map_err(|why| why.to_string()) }))
}

/// After the opening: a copy of a store that did not check is never removed, and takes the place of what was left of it.
pub(super) fn after_opening(
    dir: &Path,
    at: Millis,
    kept: &mut Option<Kept>,
    repaired: Option<&Repaired>,
    damaged: usize,
) -> Result<(), StoreError> {
    let Some(Kept { copy: Ok(copy), .. }) = kept else { return Ok(()) };
    let to = match repaired {
        Some(Repaired::StartedFresh { quarantined, .. }) if quarantined != copy => {
            fs::remove_dir_all(quarantined)?;
            quarantined.clone()
        }
        Some(_) => free_name(dir, "bad", at),
        None if damaged > 0 => free_name(dir, "bad", at),
        None => return Ok(()),
    };
    fs::rename(&*copy, &to)?;
    *copy = to;
    sync_directory(parent(dir))
}

/// Every file of `from` under `to`, on disk when this returns.
pub(super) fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir(&target)?;
            copy_files(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            File::open(&target)?.sync_all()?;
        }
    }
    File::open(to)?.sync_all()
}

fn copy(dir: &Path, kind: &str, at: Millis) -> io::Result<PathBuf> {
    let mut bytes = ROOM_LEFT;
    for file in closed::files(dir)? {
        bytes += file.metadata()?.len();
    }
    if fs2::available_space(dir)? < bytes {
        return Err(ErrorKind::StorageFull.into());
    }
    // Under its own name only when it is whole.
    let (unfinished, whole) = (beside(dir, "copying"), free_name(dir, kind, at));
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir(&unfinished)?;
    fs::set_permissions(&unfinished, dir.metadata()?.permissions())?;
    let copied = copy_files(dir, &unfinished).and_then(|()| fs::rename(&unfinished, &whole));
    if let Err(why) = copied {
        // The room is needed more than a part of a copy.
        let _stays = fs::remove_dir_all(&unfinished);
        return Err(why);
    }
    File::open(parent(dir))?.sync_all()?;
    Ok(whole)
}

fn moved(dir: &Path, at: Millis) -> io::Result<PathBuf> {
    let to = free_name(dir, "bad", at);
    fs::rename(dir, &to)?;
    File::open(parent(dir))?.sync_all()?;
    Ok(to)
}

/// Leaves the newest copies of stores that opened well, this one among them.
fn remove_old(dir: &Path, newest: &Path) {
    let begins = format!("{}.kept-", dir.file_name().unwrap_or_default().to_string_lossy());
    let entries = fs::read_dir(parent(dir)).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_one = |path: &PathBuf| {
        path != newest && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&begins))
    };
    let mut others: Vec<PathBuf> = entries.filter(is_one).collect();
    others.sort();
    let old = others.len().saturating_sub(KEPT_MAX - 1);
    for path in &others[..old] {
        if let Err(why) = fs::remove_dir_all(path) {
            tracing::warn!(path = %path.display(), %why, "an old copy of the store could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_time_and_are_never_taken_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("sled");
        let name = || free_name(&dir, "bad", Millis(1_700_000_000_000));
        let first = name();
        assert_eq!(first, folder.path().join("sled.bad-20231114T221320Z"));
        fs::create_dir(&first).expect("makes");
        assert_eq!(name(), folder.path().join("sled.bad-20231114T221320Z-2"));
    }
}
