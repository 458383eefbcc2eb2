//! One record: a JSON line `{prev, salt, body, hash}`; `body` is the exact text that is hashed.
//!
//! leaf = SHA-256("podium/leaf/v1" NUL salt body), hash = SHA-256(prev leaf). A line is read only as it would be
//! written again, so that every byte of the file counts. What a fact means is not known here.

use crate::journal::error::JournalError;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The newest version of a record that this program writes and reads.
pub const VERSION: u32 = 1;

/// Digits of a hash or a salt.
const HEX: usize = 64;

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

#[derive(Serialize)]
struct Line<'a> {
    prev: &'a str,
    salt: &'a str,
    body: &'a str,
    hash: &'a str,
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
    let plain = text.len() == 2 * bytes.len() && !text.bytes().any(|digit| digit.is_ascii_uppercase());
    (plain && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}

/// The text that is written so between the quotes of a line; `None` where it is written otherwise than here.
fn unescape(written: &str) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    loop {
        let (plain, escaped) =
            rest.split_once('\\').map_or((rest, None), |(plain, rest)| (plain, Some(rest)));
        if plain.bytes().any(|byte| byte == b'"' || byte < b' ') {
            return None;
        }
        text.push_str(plain);
        let Some(escaped) = escaped else { return Some(text) };
        let (kind, behind) = escaped.split_at_checked(1)?;
        let (one, behind) = match kind {
            "\"" | "\\" => (char::from(*kind.as_bytes().first()?), behind),
            "b" => ('\x08', behind),
            "t" => ('\t', behind),
            "n" => ('\n', behind),
            "f" => ('\x0c', behind),
            "r" => ('\r', behind),
            "u" => {
                let (digits, behind) = behind.split_at_checked(4)?;
                (control(digits)?, behind)
            }
            _ => return None,
        };
        text.push(one);
        rest = behind;
    }
}

/// A control character that has no letter of its own.
fn control(digits: &str) -> Option<char> {
    let small = digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    let byte = u8::from_str_radix(digits, 16).ok().filter(|byte| small && *byte < b' ')?;
    (!matches!(byte, 0x08..=0x0a | 0x0c | 0x0d)).then_some(char::from(byte))
}

/// The parts of a line, where it is written as `write` writes it: every byte counts.
fn parts(text: &str) -> Option<[&str; 4]> {
    let rest = text.strip_prefix(r#"{"prev":""#)?;
    let (prev, rest) = rest.split_at_checked(HEX)?;
    let (salt, rest) = rest.strip_prefix(r#"","salt":""#)?.split_at_checked(HEX)?;
    let rest = rest.strip_prefix(r#"","body":""#)?.strip_suffix(r#""}"#)?;
    let (body, hash) = rest.split_at_checked(rest.len().checked_sub(HEX)?)?;
    Some([prev, salt, body.strip_suffix(r#"","hash":""#)?, hash])
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
    let [prev, salt, own] = [&head.hash, &salt, &hash].map(hex::encode);
    let line = Line { prev: &prev, salt: &salt, body: &body, hash: &own };
    serde_json::to_writer(&mut *out, &line).map_err(JournalError::encode)?;
    out.push(b'\n');
    Ok(Head { seq, hash })
}

/// Reads one line with its line feed and makes something of its record; `None` where its bytes are not what was written.
pub fn parse<T>(bytes: &[u8], make: impl FnOnce(&Seen) -> T) -> Option<Parsed<T>> {
    let text = bytes.strip_suffix(b"\n")?;
    let [prev, salt, body, hash] = parts(std::str::from_utf8(text).ok()?)?;
    let (prev, hash, body) = (unhex(prev)?, unhex(hash)?, unescape(body)?);
    if chain(&prev, &unhex(salt)?, &body) != hash {
        return None;
    }
    let Ok(seen) = serde_json::from_str::<Seen>(&body) else {
        let version: Version = serde_json::from_str(&body).ok()?;
        return (version.v > VERSION).then_some(Parsed::Newer(version.v));
    };
    if seen.v > VERSION {
        return Some(Parsed::Newer(seen.v));
    }
    let Seen { seq, batch, .. } = seen;
    let in_batch = batch.0 <= seq && seq < batch.0.checked_add(u64::from(batch.1))?;
    in_batch.then(|| Parsed::Intact(Intact { seq, batch, prev, hash, made: make(&seen) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let quoted = serde_json::to_string(text).expect("a text");
        quoted[1..quoted.len() - 1].to_owned()
    }

    #[test]
    fn every_character_is_read_back_as_it_is_written() {
        let all: String = (0..0x3000).filter_map(char::from_u32).collect();
        assert_eq!(unescape(&written(&all)).as_deref(), Some(&*all));
    }

    #[test]
    fn what_would_be_written_otherwise_is_no_text() {
        for text in [
            r#"""#, r"\", r"\/", r"\u0041", r"\u000a", r"\u000A", r"\u001F", r"\u+01", r"\u00", r"\x", "\n",
            "\u{1}", r"\é",
        ] {
            assert_eq!(unescape(text), None, "{text:?}");
        }
        assert_eq!(unescape(r"\u001f\u0000é\n").as_deref(), Some("\u{1f}\0é\n"));
    }

    proptest! {
        /// Whatever a line says, it is read only where serde would write the very same line of what serde reads in it.
        #[test]
        fn a_line_is_read_where_it_would_be_written_so(text in r#"([a-f0-9"\\/unrtb{}: é\n]|\\u00[01][0-9a-fA-F])*"#) {
            let read = serde_json::from_str::<String>(&format!("\"{text}\"")).ok();
            let same = read.filter(|read| written(read) == text);
            prop_assert_eq!(unescape(&text), same);
        }
    }

    #[test]
    fn a_hash_with_a_prefix_is_none() {
        let digits = "0".repeat(HEX);
        assert!(unhex(&digits).is_some());
        assert_eq!(unhex(&format!("0x{digits}")), None);
    }
}
