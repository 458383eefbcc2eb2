//! How the store was left. A mark beside its folder says with which bytes a server closed it: written once the engine has
//! let go of its files, removed before an engine takes them again. A store without a mark was not closed; one that
//! differs from its mark was changed since, by a disk, a tool or a hand.

use crate::store::error::StoreError;
use crate::store::open::{alone, await_lock, is_circumstance, parent, sync_directory};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// How a store was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// There is no store yet.
    Nothing,
    /// Every byte is as it was when a server closed it.
    Closed,
    /// The last server was killed, or its machine lost power.
    NotClosed,
    /// It was closed, and is not what it was then.
    Changed,
}

impl std::fmt::Display for Left {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Left::Nothing => "there is no store",
            Left::Closed => "the store was closed",
            Left::NotClosed => "the store was not closed by the last server",
            Left::Changed => "the store was changed since it was closed",
        })
    }
}

/// Every file of the store, by its path in it, with the SHA-256 of its bytes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    files: BTreeMap<String, String>,
}

/// Marks the store in `dir` as closed; waits until its engine has let go of it. Blocks.
pub fn close(dir: &Path) -> Result<(), StoreError> {
    let _alone = alone(dir)?;
    let _files = await_lock(dir, |dir| File::open(dir.join("db")))?;
    for file in files(dir)? {
        File::open(file)?.sync_all()?;
    }
    let json = serde_json::to_vec_pretty(&mark_of(dir)?).map_err(io::Error::other)?;
    let written = dir.with_file_name(format!("{}.new", mark_name(dir)));
    let mut file = File::create(&written)?;
    file.write_all(&json)?;
    file.sync_all()?;
    fs::rename(written, mark_path(dir))?;
    sync_directory(parent(dir))
}

/// How the store in `dir` was left. Writes nothing.
pub(super) fn how_left(dir: &Path) -> Result<Left, StoreError> {
    let is_empty = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(why) if why.kind() == ErrorKind::NotFound => true,
        Err(why) => return Err(why.into()),
    };
    if is_empty {
        return Ok(Left::Nothing);
    }
    let mark = match fs::read(mark_path(dir)) {
        Ok(json) => serde_json::from_slice::<Mark>(&json).ok(),
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(Left::NotClosed),
        Err(why) => return Err(why.into()),
    };
    match mark_of(dir) {
        Ok(now) if mark.as_ref() == Some(&now) => Ok(Left::Closed),
        Err(why) if is_circumstance(&why) => Err(why.into()),
        // What cannot be read any more is not what it was.
        Ok(_) | Err(_) => Ok(Left::Changed),
    }
}

/// From now on the store counts as not closed, also after a power cut.
pub(super) fn unmark(dir: &Path) -> Result<(), StoreError> {
    match fs::remove_file(mark_path(dir)) {
        Ok(()) => sync_directory(parent(dir)),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(()),
        Err(why) => Err(why.into()),
    }
}

/// All files below `dir`.
pub(super) fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => found.extend(files(&entry.path())?),
            false => found.push(entry.path()),
        }
    }
    Ok(found)
}

fn mark_of(dir: &Path) -> io::Result<Mark> {
    let named = |file: PathBuf| {
        let name = file.strip_prefix(dir).unwrap_or(&file).to_string_lossy().into_owned();
        Ok((name, sum(&file)?))
    };
    let files = files(dir)?.into_iter().map(named).collect::<io::Result<_>>()?;
    Ok(Mark { files })
}

fn sum(file: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut piece) = (File::open(file)?, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => hash.update(&piece[..read]),
        }
    }
    Ok(hex::encode(hash.finalize()))
}

fn mark_path(dir: &Path) -> PathBuf {
    dir.with_file_name(mark_name(dir))
}

fn mark_name(dir: &Path) -> String {
    format!("{}.closed", dir.file_name().unwrap_or_default().to_string_lossy())
}
