//! The accounts' journal: `journal/accounts.jsonl`, the same file format as a contest's, never exported.

use crate::auth::accounts::{AccountFact, AccountLog, Accounts, Appending};
use crate::auth::error::AuthError;
use crate::clock::Clock;
use crate::journal::commit::Committer;
use crate::journal::disk::Disk;
use crate::journal::record::{Entry, Record};
use std::path::Path;
use std::sync::Arc;

/// The journal's name in its folder; no contest's code can be spelt so (it has a `u`).
pub const NAME: &str = "accounts";

/// Appends account facts through the journal's committer.
pub struct JournalLog {
    committer: Committer,
    clock: Clock,
}

/// Opens the accounts' journal and folds what it holds.
///
/// # Errors
/// Damage, or a record that is no account fact; the record's number is named.
pub fn open(disk: Arc<dyn Disk>, journals: &Path, clock: Clock) -> Result<(JournalLog, Accounts), AuthError> {
    let failed = |why: &dyn std::fmt::Display| AuthError::Log(why.to_string());
    let (journal, found) = crate::journal::open(disk, journals, NAME).map_err(|why| failed(&why))?;
    if let Some(cut) = &found.cut {
        tracing::warn!(bytes = cut.bytes, "an unfinished write at the end of the accounts' journal was cut");
    }
    let accounts = fold(&found.records)?;
    let committer = Committer::spawn(journal, rand::random).map_err(|why| failed(&why))?;
    Ok((JournalLog { committer, clock }, accounts))
}

/// The accounts that verified records add up to.
///
/// # Errors
/// The first record that is no account fact.
pub fn fold(records: &[Record]) -> Result<Accounts, AuthError> {
    let mut accounts = Accounts::default();
    for record in records {
        let fact: AccountFact = serde_json::from_str(record.fact.get())
            .map_err(|why| AuthError::Log(format!("record {} is no account fact: {why}", record.seq)))?;
        accounts.apply(&fact);
    }
    Ok(accounts)
}

impl AccountLog for JournalLog {
    fn append(&self, by: &str, facts: Vec<AccountFact>) -> Appending<'_> {
        let by = by.to_owned();
        Box::pin(async move {
            let failed = |why: &dyn std::fmt::Display| AuthError::Log(why.to_string());
            let entry = |fact: &AccountFact| {
                let fact = serde_json::value::to_raw_value(fact).map_err(|why| failed(&why))?;
                Ok(Entry { by: by.clone(), cmd: None, fact })
            };
            let entries = facts.iter().map(entry).collect::<Result<Vec<_>, AuthError>>()?;
            let appended = self.committer.append(self.clock.now().0, entries).await;
            appended.map(|_| ()).map_err(|why| failed(&why))
        })
    }
}
