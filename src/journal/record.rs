//! One record: a JSON line `{prev, salt, body, hash}`; `body` is the exact text that is hashed.
//!
//! leaf = SHA-256("podium/leaf/v1" NUL salt body), hash = SHA-256(prev leaf). A line is compared with its own
//! re-serialisation, so that every byte of the file counts. What a fact means is not known here.

use crate::journal::error::JournalError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The newest version of a record that this program writes and reads.
pub const VERSION: u32 = 1;

/// What a caller wants written.
pub struct Entry {
    pub by: String,
    pub cmd: Option<String>,
    pub fact: Box<RawValue>,
}

/// Where a journal ends: the number and hash of its last record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: [u8; 32],
}

impl Head {
    pub fn hex(&self) -> String {
        hex::encode(self.hash)
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

impl Record {
    pub fn seen(&self) -> Seen<'_> {
        let Record { seq, epoch, at, batch, .. } = *self;
        let (by, cmd) = (Cow::from(&self.by), self.cmd.as_deref().map(Cow::from));
        Seen { v: VERSION, seq, epoch, at, batch, by, cmd, fact: &self.fact }
    }
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    prev: Cow<'a, str>,
    #[serde(borrow)]
    salt: Cow<'a, str>,
    #[serde(borrow)]
    body: Cow<'a, str>,
    #[serde(borrow)]
    hash: Cow<'a, str>,
}

#[derive(Serialize)]
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

/// A record as it stands in its line, for who makes something of it at once and keeps no copy.
#[derive(Deserialize)]
pub struct Seen<'a> {
    v: u32,
    pub seq: u64,
    pub epoch: u32,
    pub at: u64,
    pub batch: (u64, u32),
    #[serde(borrow)]
    pub by: Cow<'a, str>,
    #[serde(borrow)]
    pub cmd: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub fact: &'a RawValue,
}

impl Seen<'_> {
    /// A copy to keep.
    pub fn to_record(&self) -> Record {
        let Seen { seq, epoch, at, batch, fact, .. } = *self;
        let (by, cmd) = (self.by.to_string(), self.cmd.as_ref().map(ToString::to_string));
        Record { seq, epoch, at, batch, by, cmd, fact: fact.to_owned() }
    }
}

/// The part of a body that every version has.
#[derive(Deserialize)]
struct Version {
    v: u32,
}

/// A line whose own hash holds; whether it follows the one before is the walk's business.
pub enum Parsed<T> {
    Intact(Intact<T>),
    /// Written by a later version of this program.
    Newer(u32),
}

pub struct Intact<T> {
    pub seq: u64,
    pub batch: (u64, u32),
    pub prev: [u8; 32],
    pub hash: [u8; 32],
    /// What was made of the record.
    pub made: T,
}

/// A hash or a salt; none that is spelt otherwise than it is written here.
fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let small = !text.bytes().any(|digit| digit.is_ascii_uppercase());
    (small && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
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
    let Entry { by, cmd, fact } = entry;
    let seq = head.seq + 1;
    let body = Body { v: VERSION, seq, epoch: 1, at, batch, by, cmd, fact };
    let body = serde_json::to_string(&body).map_err(JournalError::encode)?;
    let hash = chain(&head.hash, &salt, &body);
    let [prev, salt, said] = [&head.hash, &salt, &hash].map(|bytes| hex::encode(bytes).into());
    let line = Line { prev, salt, body: body.into(), hash: said };
    serde_json::to_writer(&mut *out, &line).map_err(JournalError::encode)?;
    out.push(b'\n');
    Ok(Head { seq, hash })
}

/// Reads one line with its line feed and makes something of its record; `None` where its bytes are not what was written.
pub fn parse<T>(bytes: &[u8], make: impl FnOnce(&Seen) -> T) -> Option<Parsed<T>> {
    let text = bytes.strip_suffix(b"\n")?;
    let line: Line = serde_json::from_slice(text).ok()?;
    if serde_json::to_vec(&line).ok()? != text {
        return None;
    }
    let (prev, hash) = (unhex(&line.prev)?, unhex(&line.hash)?);
    if chain(&prev, &unhex(&line.salt)?, &line.body) != hash {
        return None;
    }
    let Ok(seen) = serde_json::from_str::<Seen>(&line.body) else {
        let version: Version = serde_json::from_str(&line.body).ok()?;
        return (version.v > VERSION).then_some(Parsed::Newer(version.v));
    };
    if seen.v > VERSION {
        return Some(Parsed::Newer(seen.v));
    }
    let Seen { seq, batch, .. } = seen;
    let in_batch = batch.0 <= seq && seq < batch.0.checked_add(u64::from(batch.1))?;
    in_batch.then(|| Parsed::Intact(Intact { seq, batch, prev, hash, made: make(&seen) }))
}
