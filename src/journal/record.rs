//! One record: a JSON line `{prev, salt, body, hash}`; `body` is the exact text that is hashed.
//!
//! leaf = SHA-256("podium/leaf/v1" NUL salt body), hash = SHA-256(prev leaf). A line is compared with its own
//! re-serialisation, so that every byte of the file counts. What a fact means is not known here.

use crate::journal::error::JournalError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// The newest version of a record that this program writes and reads.
pub const VERSION: u32 = 1;

/// What a caller wants written.
pub struct Entry {
    pub by: String,
    pub cmd: Option<String>,
    pub fact: String,
}

/// Where a journal ends: the number and hash of its last record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: [u8; 32],
}

impl Head {
    pub fn hex(&self) -> String {
        hex(&self.hash)
    }
}

/// A record that was verified.
#[derive(Debug, Clone)]
pub struct Record {
    pub seq: u64,
    pub epoch: u32,
    pub at: u64,
    /// Number of the first record of its batch, and the batch's length.
    pub batch: (u64, u32),
    pub by: String,
    pub cmd: Option<String>,
    pub fact: Box<RawValue>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    prev: String,
    salt: String,
    body: String,
    hash: String,
}

#[derive(Serialize, Deserialize)]
struct Body {
    v: u32,
    seq: u64,
    epoch: u32,
    at: u64,
    batch: (u64, u32),
    by: String,
    cmd: Option<String>,
    fact: Box<RawValue>,
}

/// The part of a body that every version has.
#[derive(Deserialize)]
struct Version {
    v: u32,
}

/// A line whose own hash holds; whether it follows the one before is the walk's business.
pub enum Parsed {
    Intact(Box<Intact>),
    /// Written by a later version of this program.
    Newer(u32),
}

pub struct Intact {
    pub record: Record,
    pub prev: [u8; 32],
    pub hash: [u8; 32],
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digit = |c: u8| DIGITS.iter().position(|d| *d == c).and_then(|at| u8::try_from(at).ok());
    let mut out = [0; 32];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != out.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in out.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(out)
}

fn chain(prev: &[u8; 32], salt: &[u8; 32], body: &str) -> [u8; 32] {
    let leaf =
        Sha256::new().chain_update(b"podium/leaf/v1\0").chain_update(salt).chain_update(body).finalize();
    Sha256::new().chain_update(prev).chain_update(leaf).finalize().into()
}

/// Appends the line of `entry` to `out`; the head after it.
pub fn write(
    out: &mut Vec<u8>,
    head: &Head,
    at: u64,
    batch: (u64, u32),
    entry: Entry,
    salt: [u8; 32],
) -> Result<Head, JournalError> {
    let fact = RawValue::from_string(entry.fact).map_err(JournalError::encode)?;
    let seq = head.seq + 1;
    let body = Body { v: VERSION, seq, epoch: 1, at, batch, by: entry.by, cmd: entry.cmd, fact };
    let body = serde_json::to_string(&body).map_err(JournalError::encode)?;
    let hash = chain(&head.hash, &salt, &body);
    let line = Line { prev: hex(&head.hash), salt: hex(&salt), body, hash: hex(&hash) };
    serde_json::to_writer(&mut *out, &line).map_err(JournalError::encode)?;
    out.push(b'\n');
    Ok(Head { seq, hash })
}

/// Reads one line with its line feed; `None` where its bytes are not what was written.
pub fn parse(bytes: &[u8]) -> Option<Parsed> {
    let text = bytes.strip_suffix(b"\n")?;
    let line: Line = serde_json::from_slice(text).ok()?;
    if serde_json::to_vec(&line).ok()? != text {
        return None;
    }
    let (prev, hash) = (unhex(&line.prev)?, unhex(&line.hash)?);
    if chain(&prev, &unhex(&line.salt)?, &line.body) != hash {
        return None;
    }
    let version: Version = serde_json::from_str(&line.body).ok()?;
    if version.v > VERSION {
        return Some(Parsed::Newer(version.v));
    }
    let Body { seq, epoch, at, batch, by, cmd, fact, .. } = serde_json::from_str(&line.body).ok()?;
    let in_batch = batch.0 <= seq && seq < batch.0.checked_add(u64::from(batch.1))?;
    let record = Record { seq, epoch, at, batch, by, cmd, fact };
    in_batch.then(|| Parsed::Intact(Box::new(Intact { record, prev, hash })))
}
