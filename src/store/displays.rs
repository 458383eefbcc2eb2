//! How the displays of a contest are called and where they are pointed, durable before the call returns.
//!
//! A row knows the hash of a display's key, never the key. Only displays with a name have rows.

use crate::domain::display::{KeyHash, Role};
use crate::domain::kernel::ids::ContestCode;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::open::contained;
use crate::store::value;
use crate::store::writer::Job;
use serde::{Deserialize, Serialize};

/// A named display.
#[derive(Clone, PartialEq, Eq)]
pub struct DisplayRow {
    pub key: KeyHash,
    /// The four characters by which people tell it from others.
    pub code: String,
    pub name: String,
    pub role: Role,
}

/// As it is stored; the key's hash stands in the key of the row.
#[derive(Serialize, Deserialize)]
struct Stored {
    code: String,
    name: String,
    role: String,
}

impl Store {
    /// Puts and removes rows of one contest together; returns when they are on disk.
    pub async fn write_displays(
        &self,
        contest: &ContestCode,
        put: &[DisplayRow],
        removed: &[KeyHash],
    ) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for key in removed {
            batch.remove(display_key(contest, key));
        }
        for row in put {
            let key = display_key(contest, &row.key);
            let (code, name, role) = (row.code.clone(), row.name.clone(), row.role.to_string());
            let sealed = value::seal(&key, &Stored { code, name, role })?;
            batch.insert(key, sealed);
        }
        self.writer.commit(Some(Job { tree: self.displays.clone(), batch })).await
    }

    /// The contest's named displays. A row that is damaged is left out: that display is named again.
    pub fn displays(&self, contest: &ContestCode) -> Result<Vec<DisplayRow>, StoreError> {
        let prefix = display_prefix(contest);
        contained(|| {
            let mut rows = Vec::new();
            for entry in self.displays.scan_prefix(&prefix) {
                let (key, sealed) = entry?;
                match row(&key[prefix.len()..], value::open(&key, &sealed)) {
                    Some(row) => rows.push(row),
                    None => tracing::warn!(%contest, "a display's row is damaged; it has no name any more"),
                }
            }
            Ok(rows)
        })
    }
}

fn row(hash: &[u8], stored: Option<Stored>) -> Option<DisplayRow> {
    let Stored { code, name, role } = stored?;
    Some(DisplayRow { key: KeyHash(hash.try_into().ok()?), code, name, role: role.parse().ok()? })
}

/// The contest's code, `/` and the hash. No code contains `/`.
fn display_key(contest: &ContestCode, key: &KeyHash) -> Vec<u8> {
    [display_prefix(contest).as_slice(), &key.0].concat()
}

fn display_prefix(contest: &ContestCode) -> Vec<u8> {
    format!("{contest}/").into_bytes()
}
