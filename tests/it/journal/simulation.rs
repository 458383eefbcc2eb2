//! Seeded evenings on the crashing disk: whatever was acknowledged is there after every power cut, once, in order.

use super::crashing::{CrashingDisk, salt};
use crate::chance::runs;
use podium::journal::record::Entry;
use podium::journal::{self, Journal};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::value::RawValue;
use std::path::Path;
use std::sync::Arc;

/// What went wrong in an evening.
struct Loss {
    /// An acknowledged record is missing, rather than anything else.
    acknowledged: bool,
    what: String,
}

fn wrong(what: String) -> Loss {
    Loss { acknowledged: false, what }
}

struct Evening {
    disk: CrashingDisk,
    rng: ChaCha8Rng,
    /// Facts in the order of their numbers; those up to `acknowledged` were.
    facts: Vec<String>,
    acknowledged: usize,
    written: u64,
}

impl Evening {
    /// Opens the journal and compares what it holds with what was acknowledged.
    fn open(&mut self) -> Result<Option<Journal>, Loss> {
        let disk = Arc::new(self.disk.clone());
        let (journal, found) = match journal::open(disk, Path::new("/data"), "contest") {
            Ok(opened) => opened,
            Err(journal::error::JournalError::Io { .. }) => return Ok(None),
            Err(error) => return Err(wrong(error.to_string())),
        };
        let present = found.records.len();
        if present < self.acknowledged {
            let what = format!("{present} records, {} were acknowledged", self.acknowledged);
            return Err(Loss { acknowledged: true, what });
        }
        if present > self.facts.len() {
            return Err(wrong(format!("{present} records, {} were written", self.facts.len())));
        }
        for (record, fact) in found.records.iter().zip(&self.facts) {
            if record.fact.get() != fact {
                return Err(wrong(format!("record {} is not what was written", record.seq)));
            }
        }
        // In doubt until now: present though never acknowledged, or gone.
        self.facts.truncate(present);
        self.acknowledged = present;
        Ok(Some(journal))
    }

    /// Appends batches until the disk says no; false when it never did.
    fn append(&mut self, journal: &mut Journal) -> bool {
        for _ in 0..self.rng.random_range(1..12) {
            if self.rng.random_bool(0.05) {
                self.disk.fail_next_sync();
            }
            let length = self.rng.random_range(1..6);
            let mut batch = Vec::new();
            for _ in 0..length {
                self.written += 1;
                let padding = "x".repeat(self.rng.random_range(0..700));
                batch.push(format!(r#"{{"n":{},"padding":"{padding}"}}"#, self.written));
            }
            self.facts.extend(batch.iter().cloned());
            let entry = |fact| {
                let fact = RawValue::from_string(fact).unwrap();
                Entry { by: "J1".into(), cmd: None, fact }
            };
            let mut rng = ChaCha8Rng::seed_from_u64(self.rng.random());
            let entries = batch.into_iter().map(entry).collect();
            if journal.append(self.written, entries, &mut || salt(&mut rng)).is_err() {
                return true;
            }
            self.acknowledged = self.facts.len();
        }
        false
    }
}

fn evening(seed: u64, lying: bool) -> Result<usize, Loss> {
    let disk = CrashingDisk::new(seed, lying);
    let rng = ChaCha8Rng::seed_from_u64(seed ^ 0x5eed);
    let mut evening = Evening { disk, rng, facts: Vec::new(), acknowledged: 0, written: 0 };
    for _ in 0..6 {
        let calls = evening.rng.random_range(0..40);
        evening.disk.arm(calls);
        let mut stays_on = false;
        // A failed sync without a power cut: opened again at once, as the contest's task does.
        while !stays_on {
            let Some(mut journal) = evening.open()? else { break };
            stays_on = !evening.append(&mut journal);
        }
        evening.disk.restart();
    }
    evening.open()?;
    Ok(evening.acknowledged)
}

#[test]
fn evenings_of_power_cuts_lose_nothing_acknowledged() {
    let mut acknowledged = 0;
    let seeds = runs(400, 2_000);
    for seed in 0..seeds {
        acknowledged += evening(seed, false).unwrap_or_else(|loss| panic!("seed {seed}: {}", loss.what));
    }
    assert!(
        acknowledged as u64 > 10 * seeds,
        "the evenings were too short to mean anything: {acknowledged} records"
    );
}

#[test]
fn without_the_sync_acknowledged_records_are_lost_and_the_simulation_sees_it() {
    let lost = (0..200).filter(|seed| evening(*seed, true).is_err_and(|loss| loss.acknowledged));
    assert!(lost.count() > 100);
}
