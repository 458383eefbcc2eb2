//! A journal read from its end: what a page of it costs follows the page, not the journal.

use crate::journal::disk::Disk;
use crate::journal::error::JournalError;
use crate::journal::record::{Parsed, Record, VERSION, parse};
use std::io::{self, Read};
use std::path::Path;

/// Whole records that follow each other.
pub struct Stretch {
    /// Oldest first, each with the byte that it begins at.
    pub records: Vec<(u64, Record)>,
    /// The byte that the first of them begins at; 0 where nothing lies before it.
    pub from: u64,
}

/// The records that end before byte `before` (the newest where it is `None`): so many bytes of them, and one record at least. Works
/// beside a running server; what is being written at the end is not among them.
pub fn back(
    disk: &dyn Disk,
    dir: &Path,
    name: &str,
    before: Option<u64>,
    bytes: u64,
) -> Result<Stretch, JournalError> {
    let path = super::path_of(dir, name);
    let failed = |why| JournalError::io("read", &path, why);
    let size = disk.size(&path).map_err(failed)?;
    let end = before.unwrap_or(size).min(size);
    let mut bytes = bytes;
    loop {
        let start = end.saturating_sub(bytes);
        let read = piece(disk, &path, start.saturating_sub(1), end).map_err(failed)?;
        // The byte before tells whether a record begins here.
        let skipped =
            if start == 0 { Some(0) } else { read.iter().position(|byte| *byte == b'\n').map(|at| at + 1) };
        let first = start.saturating_sub(1);
        match skipped {
            Some(at) if at < read.len() || start == 0 => return whole(&path, &read[at..], first + at as u64),
            _ => bytes = bytes.saturating_mul(2),
        }
    }
}

fn piece(disk: &dyn Disk, path: &Path, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = disk.read_from(path, from)?.unwrap_or_else(|| Box::new(io::empty()));
    file.take(to.saturating_sub(from)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn whole(path: &Path, bytes: &[u8], from: u64) -> Result<Stretch, JournalError> {
    let (mut records, mut at) = (Vec::new(), from);
    for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")) {
        match parse(line, |seen| seen.to_record()) {
            Some(Parsed::Intact(intact)) => records.push((at, intact.made)),
            Some(Parsed::Newer(version)) => {
                let path = path.display().to_string();
                return Err(JournalError::Newer { path, record: 0, version, known: VERSION });
            }
            None => {
                let (path, why) = (path.display().to_string(), "its bytes do not match its hash".to_owned());
                return Err(JournalError::Damaged { path, record: 0, offset: at, why });
            }
        }
        at += line.len() as u64;
    }
    Ok(Stretch { records, from })
}
