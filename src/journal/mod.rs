//! Facts on disk: one append-only file per contest, hash-chained, one write and one sync per batch. Never interprets a fact.

pub mod back;
pub mod commit;
pub mod cut;
pub mod disk;
pub mod error;
pub mod gauge;
pub mod record;
mod walk;

use crate::journal::cut::Cut;
use crate::journal::disk::{AppendFile, Disk};
use crate::journal::error::JournalError;
use crate::journal::record::{Entry, Head, Record, Seen};
use crate::journal::walk::{Walk, walk};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;

/// What a journal held when it was opened.
pub struct Replay {
    pub records: Vec<Record>,
    pub head: Head,
    pub cut: Option<Cut>,
}

/// An open journal: the only writer of its file.
pub struct Journal {
    file: Box<dyn AppendFile>,
    path: PathBuf,
    head: Head,
    failed: bool,
}

/// What an append came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    pub first: u64,
    pub last: u64,
    pub head: Head,
}

const SUFFIX: &str = "jsonl";
/// What is copied at once.
const PIECE: u64 = 4 << 20;
/// So much is on its way to the device at once: the last sync of a long copy has little left to do.
const SYNC_EVERY: u64 = 64 << 20;

fn path_of(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!("{name}.{SUFFIX}"))
}

/// Names of the journals in `dir`.
pub fn names(disk: &dyn Disk, dir: &Path) -> Result<Vec<String>, JournalError> {
    let files = disk.list(dir).map_err(|error| JournalError::io("list", dir, error))?;
    let suffix = format!(".{SUFFIX}");
    Ok(files.iter().filter_map(|file| file.strip_suffix(&suffix)).map(str::to_owned).collect())
}

/// Walks a journal without opening it for writing; works beside a running server.
pub fn verify(disk: &dyn Disk, dir: &Path, name: &str) -> Result<Replay, JournalError> {
    let mut records = Vec::new();
    let Walk { head, cut, .. } =
        seen(disk, &path_of(dir, name), &|seen: &Seen| seen.to_record(), |one| records.push(one), |_| ())?;
    Ok(Replay { records, head, cut })
}

/// Opens or creates a journal; for one that is short.
pub fn open(disk: Arc<dyn Disk>, dir: &Path, name: &str) -> Result<(Journal, Replay), JournalError> {
    let mut records = Vec::new();
    let (journal, cut) = open_and(disk, dir, name, &|seen: &Seen| seen.to_record(), |one| records.push(one))?;
    let head = journal.head.clone();
    Ok((journal, Replay { records, head, cut }))
}

/// Opens or creates a journal. `take` gets, in order, what `make` made of its records, of which no copy is kept.
///
/// Its whole batches are copied into a fresh file, which is synced and takes the old one's place: a descriptor that once
/// failed to sync, or a torn tail, is never written to again. The copy follows the walk, at its side.
pub fn open_and<T: Send>(
    disk: Arc<dyn Disk>,
    dir: &Path,
    name: &str,
    make: &(impl Fn(&Seen) -> T + Sync),
    take: impl FnMut(T),
) -> Result<(Journal, Option<Cut>), JournalError> {
    disk.create_dir(dir).map_err(|error| JournalError::io("create", dir, error))?;
    let path = path_of(dir, name);
    let (walked, file) = thread::scope(|scope| {
        let (walked, sound) = mpsc::channel();
        let copied = scope.spawn(|| copy(&*disk, &path, sound));
        // Where nobody listens, the copy failed and says so itself.
        let walk = seen(&*disk, &path, make, take, |end| _ = walked.send(end));
        drop(walked);
        (walk, copied.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let Walk { head, cut, .. } = walked.inspect_err(|_| drop(disk.remove(&beside(&path))))?;
    let file = file
        .and_then(|file| put_in_place(&*disk, &path, file))
        .map_err(|error| JournalError::io("copy into a fresh file", &path, error))?;
    Ok((Journal { file, path, head, failed: false }, cut))
}

fn seen<T: Send>(
    disk: &dyn Disk,
    path: &Path,
    make: &(impl Fn(&Seen) -> T + Sync),
    take: impl FnMut(T),
    sound: impl FnMut(u64),
) -> Result<Walk, JournalError> {
    let file = disk.read(path).map_err(|error| JournalError::io("read", path, error))?;
    walk(path, file.unwrap_or_else(|| Box::new(io::empty())), make, take, sound)
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("fresh")
}

/// Copies so much of the journal as is found to be sound; nothing is written before that is known.
fn copy(disk: &dyn Disk, path: &Path, sound: mpsc::Receiver<u64>) -> io::Result<Box<dyn AppendFile>> {
    let Ok(mut end) = sound.recv() else { return Err(io::ErrorKind::InvalidData.into()) };
    let mut file = disk.create(&beside(path))?;
    let mut old = disk.read(path)?.unwrap_or_else(|| Box::new(io::empty()));
    let (mut at, mut synced, mut piece) = (0, 0, Vec::new());
    loop {
        while at < end {
            piece.clear();
            at += old.by_ref().take(PIECE.min(end - at)).read_to_end(&mut piece)? as u64;
            if piece.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            file.append(&piece)?;
        }
        if at - synced >= SYNC_EVERY {
            file.sync_data()?;
            synced = at;
        }
        match sound.recv() {
            Ok(further) => end = further,
            Err(mpsc::RecvError) => return Ok(file),
        }
    }
}

/// Syncs, renames, syncs the folder: at every moment one of the two files is there, whole.
fn put_in_place(
    disk: &dyn Disk,
    path: &Path,
    mut file: Box<dyn AppendFile>,
) -> io::Result<Box<dyn AppendFile>> {
    file.sync_data()?;
    disk.rename(&beside(path), path)?;
    disk.sync_dir(path.parent().unwrap_or(Path::new(".")))?;
    Ok(file)
}

impl Journal {
    /// One write, one sync. After an error the journal takes nothing more: open it again.
    pub fn append(
        &mut self,
        at: u64,
        entries: Vec<Entry>,
        salt: &mut dyn FnMut() -> [u8; 32],
    ) -> Result<Appended, JournalError> {
        if self.failed {
            return Err(JournalError::Stopped);
        }
        let first = self.head.seq + 1;
        let length = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        let (mut head, mut bytes) = (self.head.clone(), Vec::new());
        for entry in entries {
            head = record::write(&mut bytes, &head, at, (first, length), entry, salt())?;
        }
        let written = self.file.append(&bytes).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            self.failed = true;
            return Err(JournalError::io("append to", &self.path, error));
        }
        self.head = head.clone();
        Ok(Appended { first, last: head.seq, head })
    }
}
