//! Walking a journal: which records count, what is torn, what is damaged.
//!
//! A batch counts when it is whole. A write that a power cut tore leaves a prefix of the last batch, or zeros where a page
//! never came: that was not acknowledged and is cut. Everything else that does not match its hash is damage and refused:
//! what follows it, or it itself, may have been acknowledged.

use crate::journal::error::JournalError;
use crate::journal::record::{Head, Intact, Parsed, Record, VERSION, parse};
use std::path::Path;

/// So many zeros in a row were never written by us: a page that did not reach the disk.
const ZEROS: usize = 64;

/// The records of all whole batches, the head after them, and how many bytes they take.
pub struct Walk {
    pub records: Vec<Record>,
    pub head: Head,
    pub whole: usize,
}

pub fn walk(path: &Path, bytes: &[u8]) -> Result<Walk, JournalError> {
    let (mut records, mut head, mut at) = (Vec::new(), Head::default(), 0);
    let mut done = Walk { records: Vec::new(), head: head.clone(), whole: 0 };
    let mut batch = (1, 0);
    while at < bytes.len() {
        let damaged = |why: &str| {
            let (path, why) = (path.display().to_string(), why.to_owned());
            JournalError::Damaged { path, record: head.seq + 1, offset: at as u64, why }
        };
        let Some(end) = line_end(bytes, at) else {
            // Without its line feed: torn, or the line feed itself is damaged.
            let with_feed = [&bytes[at..bytes.len() - 1], b"\n"].concat();
            if parse(&with_feed).is_some() {
                return Err(damaged("its line feed is damaged"));
            }
            break;
        };
        let intact = match parse(&bytes[at..end]) {
            Some(Parsed::Newer(version)) => {
                let (path, record) = (path.display().to_string(), head.seq + 1);
                return Err(JournalError::Newer { path, record, version, known: VERSION });
            }
            Some(Parsed::Intact(intact)) => *intact,
            None if later_batch(bytes, end, current(&head, batch)) => {
                return Err(damaged("its bytes do not match its hash, and records after it are intact"));
            }
            None if zeros(&bytes[at..]) => break,
            None => return Err(damaged("its bytes do not match its hash")),
        };
        let Intact { record, prev, hash } = intact;
        if prev != head.hash || record.seq != head.seq + 1 || !follows(&record, batch) {
            return Err(damaged("it does not follow the record before it"));
        }
        at = end;
        head = Head { seq: record.seq, hash };
        batch = record.batch;
        let last = batch.0 + u64::from(batch.1) - 1 == record.seq;
        records.push(record);
        if last {
            done.records.append(&mut records);
            (done.head, done.whole) = (head.clone(), at);
        }
    }
    Ok(done)
}

/// The first record of the batch that the record after `head` belongs to.
fn current(head: &Head, batch: (u64, u32)) -> u64 {
    let next = batch.0 + u64::from(batch.1);
    if head.seq + 1 < next { batch.0 } else { next }
}

/// A record goes on with the batch before it, or begins one where that ended.
fn follows(record: &Record, before: (u64, u32)) -> bool {
    let next = before.0 + u64::from(before.1);
    if record.seq < next { record.batch == before } else { record.seq == next && record.batch.0 == next }
}

/// The end of the line at `at`, its line feed included.
fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    bytes[at..].iter().position(|byte| *byte == b'\n').map(|length| at + length + 1)
}

/// True where an intact record of a batch later than the one that begins at `first` stands behind `at`: only the last
/// batch can be torn.
fn later_batch(bytes: &[u8], mut at: usize, first: u64) -> bool {
    while let Some(end) = line_end(bytes, at) {
        match parse(&bytes[at..end]) {
            Some(Parsed::Intact(intact)) if intact.record.batch.0 > first => return true,
            Some(Parsed::Newer(_)) => return true,
            _ => at = end,
        }
    }
    false
}

fn zeros(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte != 0).any(|run| run.len() >= ZEROS)
}
