//! One record: a JSON line `{prev, salt, body, hash}`; `body` is the exact text that is hashed.

use crate::journal::error::JournalError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::path::Path;

pub const VERSION: u32 = 1;

pub struct Entry {
    pub by: String,
    pub cmd: Option<String>,
    pub fact: String,
}

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

pub struct Record {
    pub seq: u64,
    pub epoch: u32,
    pub at: u64,
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (at, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(out)
}

fn chain(prev: &[u8; 32], salt: &[u8; 32], body: &str) -> [u8; 32] {
    let leaf = Sha256::new().chain_update(b"podium/leaf/v1\0").chain_update(salt).chain_update(body).finalize();
    Sha256::new().chain_update(prev).chain_update(leaf).finalize().into()
}

pub fn write(
    out: &mut Vec<u8>,
    head: &Head,
    at: u64,
    batch: (u64, u32),
    entry: &Entry,
    salt: [u8; 32],
) -> Result<Head, JournalError> {
    let fact = RawValue::from_string(entry.fact.clone()).map_err(JournalError::encode)?;
    let seq = head.seq + 1;
    let body = Body { v: VERSION, seq, epoch: 1, at, batch, by: entry.by.clone(), cmd: entry.cmd.clone(), fact };
    let body = serde_json::to_string(&body).map_err(JournalError::encode)?;
    let hash = chain(&head.hash, &salt, &body);
    let line = Line { prev: hex(&head.hash), salt: hex(&salt), body, hash: hex(&hash) };
    serde_json::to_writer(&mut *out, &line).map_err(JournalError::encode)?;
    out.push(b'\n');
    Ok(Head { seq, hash })
}

/// Records of whole batches, the head after them, and how many bytes they take.
pub fn read_all(path: &Path, bytes: &[u8]) -> Result<(Vec<Record>, Head, usize), JournalError> {
    let (mut records, mut head, mut at) = (Vec::new(), Head::default(), 0);
    let (mut whole, mut whole_head, mut whole_records) = (0, Head::default(), 0);
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|b| *b == b'\n').map(|n| at + n + 1);
        let parsed = end.and_then(|end| line(&bytes[at..end], &head));
        let Some((record, next)) = parsed else {
            let later = end.is_some_and(|end| bytes[end..].contains(&b'\n'));
            if later {
                let (path, why) = (path.display().to_string(), "its bytes do not match its hash".into());
                return Err(JournalError::Damaged { path, record: head.seq + 1, offset: at as u64, why });
            }
            break;
        };
        at = end.unwrap_or(bytes.len());
        head = next;
        let last = record.batch.0 + u64::from(record.batch.1) - 1 == record.seq;
        records.push(record);
        if last {
            (whole, whole_head, whole_records) = (at, head.clone(), records.len());
        }
    }
    records.truncate(whole_records);
    Ok((records, whole_head, whole))
}

fn line(bytes: &[u8], head: &Head) -> Option<(Record, Head)> {
    let line: Line = serde_json::from_slice(bytes).ok()?;
    let mut again = serde_json::to_vec(&line).ok()?;
    again.push(b'\n');
    let body: Body = serde_json::from_str(&line.body).ok()?;
    let hash = chain(&head.hash, &unhex(&line.salt)?, &line.body);
    let fits = again == bytes
        && unhex(&line.prev)? == head.hash
        && unhex(&line.hash)? == hash
        && body.v == VERSION
        && body.seq == head.seq + 1;
    let Body { seq, epoch, at, batch, by, cmd, fact, .. } = body;
    fits.then_some((Record { seq, epoch, at, batch, by, cmd, fact }, Head { seq, hash }))
}
