//! A damaged journal is refused with the record's number; a torn one is cut. Nothing is ever changed in silence.

use super::crashing::salt;
use podium::journal::disk::RealDisk;
use podium::journal::error::JournalError;
use podium::journal::record::Entry;
use podium::journal::{self, Replay};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::value::RawValue;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// Batches of 1, 2, 3, 1, 2, 3 … records.
fn written(dir: &Path, batches: u64) -> (Vec<u8>, Vec<String>) {
    let (mut journal, _) = journal::open(Arc::new(RealDisk), dir, "contest").unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut facts = Vec::new();
    for batch in 0..batches {
        let entries: Vec<Entry> =
            (0..=batch % 3).map(|at| entry("J1", format!(r#"{{"batch":{batch},"at":{at}}}"#))).collect();
        facts.extend(entries.iter().map(|entry| entry.fact.get().to_owned()));
        journal.append(batch, entries, &mut || salt(&mut rng)).unwrap();
    }
    (fs::read(dir.join("contest.jsonl")).unwrap(), facts)
}

fn entry(by: &str, fact: String) -> Entry {
    Entry { by: by.into(), cmd: None, fact: RawValue::from_string(fact).unwrap() }
}

fn walk(dir: &Path, bytes: &[u8]) -> Result<Replay, JournalError> {
    fs::write(dir.join("contest.jsonl"), bytes).unwrap();
    journal::verify(&RealDisk, dir, "contest")
}

fn facts(replay: &Replay) -> Vec<&str> {
    replay.records.iter().map(|record| record.fact.get()).collect()
}

#[test]
fn every_flipped_bit_of_every_byte_is_refused_and_the_record_is_named() {
    let dir = TempDir::new().unwrap();
    let (bytes, _) = written(dir.path(), 6);
    for at in 0..bytes.len() {
        let record = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
        let mut bad = bytes.clone();
        bad[at] ^= 1 << (at % 8);
        match walk(dir.path(), &bad) {
            Err(JournalError::Damaged { record: named, .. }) => assert_eq!(named, record, "byte {at}"),
            Err(other) => panic!("byte {at}: {other}"),
            Ok(_) => panic!("byte {at}: not seen"),
        }
    }
}

#[test]
fn a_torn_tail_is_cut_to_the_last_whole_batch_at_every_byte() {
    let dir = TempDir::new().unwrap();
    let (bytes, all) = written(dir.path(), 6);
    let before = fs::read(dir.path().join("contest.jsonl")).unwrap().len();
    let last_batch = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .nth(all.len() - 4)
        .map(|(at, _)| at + 1)
        .unwrap();
    for end in last_batch + 1..before {
        let found = walk(dir.path(), &bytes[..end]).unwrap();
        assert_eq!(facts(&found), all[..all.len() - 3], "cut at {end}");
        assert_eq!(found.cut.unwrap().bytes, (end - last_batch) as u64);
    }
    // A page of the last batch that never came: zeros.
    let mut zeroed = bytes.clone();
    zeroed[last_batch + 100..last_batch + 400].fill(0);
    assert_eq!(facts(&walk(dir.path(), &zeroed).unwrap()), all[..all.len() - 3]);
    // Opening cuts the file itself, and what is appended follows.
    fs::write(dir.path().join("contest.jsonl"), &bytes[..before - 10]).unwrap();
    let (mut journal, found) = journal::open(Arc::new(RealDisk), dir.path(), "contest").unwrap();
    assert_eq!(found.cut.unwrap().records, 2);
    let entry = entry("host", r#""again""#.into());
    journal.append(99, vec![entry], &mut || [9; 32]).unwrap();
    let found = journal::verify(&RealDisk, dir.path(), "contest").unwrap();
    assert_eq!((found.cut.as_ref(), facts(&found).last().copied()), (None, Some(r#""again""#)));
}

#[test]
fn zeros_truncation_in_the_middle_doubled_and_moved_records_are_refused() {
    let dir = TempDir::new().unwrap();
    let (bytes, all) = written(dir.path(), 30);
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    let refused = |bad: Vec<u8>, what: String| match walk(dir.path(), &bad) {
        Err(JournalError::Damaged { record, .. }) => assert!(record <= all.len() as u64, "{what}"),
        Err(other) => panic!("{what}: {other}"),
        Ok(found) => panic!("{what}: {} records", found.head.seq),
    };
    for round in 0..300 {
        let at = rng.random_range(0..lines.len() - 6);
        let other = rng.random_range(at + 1..lines.len() - 5);
        let mut doubled = lines.clone();
        doubled.insert(at, lines[at]);
        refused(doubled.concat(), format!("{round}: line {at} twice"));
        let mut gone = lines.clone();
        gone.remove(at);
        refused(gone.concat(), format!("{round}: line {at} gone"));
        let mut moved = lines.clone();
        moved.swap(at, other);
        refused(moved.concat(), format!("{round}: lines {at} and {other} changed places"));
        let mut zeroed = bytes.clone();
        let start: usize = lines[..at].iter().map(|line| line.len()).sum();
        let length = rng.random_range(64..600);
        zeroed[start + 3..start + 3 + length].fill(0);
        refused(zeroed, format!("{round}: {length} zeros in line {at}"));
    }
}

#[test]
fn a_record_of_a_later_version_is_refused_as_such() {
    use sha2::{Digest, Sha256};
    let dir = TempDir::new().unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let body = r#"{"v":2,"something":"else"}"#;
    let leaf =
        Sha256::new().chain_update(b"podium/leaf/v1\0").chain_update([1; 32]).chain_update(body).finalize();
    let hash = Sha256::new().chain_update([0; 32]).chain_update(leaf).finalize();
    let body = serde_json::to_string(body).unwrap();
    let (zero, salt, hash) = (hex(&[0; 32]), hex(&[1; 32]), hex(&hash));
    let line = format!("{{\"prev\":\"{zero}\",\"salt\":\"{salt}\",\"body\":{body},\"hash\":\"{hash}\"}}\n");
    let refused = walk(dir.path(), line.as_bytes()).err().map(|error| error.to_string()).unwrap();
    assert!(
        refused.ends_with("record 1 has format version 2; this program knows versions up to 1"),
        "{refused}"
    );
}
