//! Contests and their pitch projects as the journals left them: rows with the number of the last fact applied.
//!
//! All rows of a contest and their `applied_seq` change in one batch. They are not flushed one by one; after a
//! power cut they may be behind, which `applied_seq` tells, and the journal brings them up again.

use crate::domain::kernel::ids::{ContestCode, ProjectId};
use crate::domain::kernel::time::Millis;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::keys::{CONTEST, PROJECT};
use crate::store::open::contained;
use crate::store::value;
use serde::{Deserialize, Serialize};

/// One contest. `applied_seq` is the last fact of its journal that these rows show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestRow {
    pub code: ContestCode,
    pub title: String,
    pub projects: u32,
    pub judges: u32,
    pub finished: bool,
    pub created_at: Millis,
    pub applied_seq: u64,
}

/// One pitch project of a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectRow {
    pub id: ProjectId,
    pub name: String,
    pub short: String,
    pub track: String,
    pub unit: String,
    pub presenter: String,
}

impl Store {
    /// Puts the contest's row and the changed projects, all or nothing. Going back is refused: that is a rolled
    /// back journal, or two tasks on one contest.
    pub fn apply(
        &self,
        contest: &ContestRow,
        put: &[ProjectRow],
        removed: &[ProjectId],
    ) -> Result<(), StoreError> {
        if let Some(stored) = self.applied_seq(&contest.code)?
            && stored > contest.applied_seq
        {
            let (contest, given) = (contest.code.to_string(), contest.applied_seq);
            return Err(StoreError::Ahead { contest, stored, given });
        }
        let mut batch = sled::Batch::default();
        for &id in removed {
            batch.remove(project_key(&contest.code, id));
        }
        self.write_rows(batch, contest, put)
    }

    /// Replaces everything known of a contest, whatever stood there.
    pub fn rebuild(&self, contest: &ContestRow, projects: &[ProjectRow]) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for key in self.project_keys(&contest.code)? {
            batch.remove(key);
        }
        self.write_rows(batch, contest, projects)
    }

    /// Forgets a contest whose journal is gone.
    pub fn forget(&self, code: &ContestCode) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for key in self.project_keys(code)? {
            batch.remove(key);
        }
        batch.remove(contest_key(code));
        contained(|| self.projections.apply_batch(batch))
    }

    /// The number of the last fact that the contest's rows show; `None` asks for a rebuild.
    pub fn applied_seq(&self, code: &ContestCode) -> Result<Option<u64>, StoreError> {
        Ok(self.contest(code)?.map(|row| row.applied_seq))
    }

    pub fn contest(&self, code: &ContestCode) -> Result<Option<ContestRow>, StoreError> {
        let key = contest_key(code);
        let sealed = contained(|| self.projections.get(&key))?;
        Ok(sealed.and_then(|sealed| whole(&key, &sealed)))
    }

    /// All contests, by code.
    pub fn contests(&self) -> Result<Vec<ContestRow>, StoreError> {
        self.rows(&[CONTEST])
    }

    pub fn project(&self, code: &ContestCode, id: ProjectId) -> Result<Option<ProjectRow>, StoreError> {
        let key = project_key(code, id);
        let sealed = contained(|| self.projections.get(&key))?;
        Ok(sealed.and_then(|sealed| whole(&key, &sealed)))
    }

    /// The contest's projects by number.
    pub fn projects(&self, code: &ContestCode) -> Result<Vec<ProjectRow>, StoreError> {
        self.rows(&projects_prefix(code))
    }

    fn write_rows(
        &self,
        mut batch: sled::Batch,
        contest: &ContestRow,
        projects: &[ProjectRow],
    ) -> Result<(), StoreError> {
        for project in projects {
            let key = project_key(&contest.code, project.id);
            let sealed = value::seal(&key, project)?;
            batch.insert(key, sealed);
        }
        let key = contest_key(&contest.code);
        let sealed = value::seal(&key, contest)?;
        batch.insert(key, sealed);
        contained(|| self.projections.apply_batch(batch))
    }

    fn project_keys(&self, code: &ContestCode) -> Result<Vec<sled::IVec>, StoreError> {
        contained(|| self.projections.scan_prefix(projects_prefix(code)).keys().collect())
    }

    fn rows<T: serde::de::DeserializeOwned>(&self, prefix: &[u8]) -> Result<Vec<T>, StoreError> {
        contained(|| {
            let entries = self.projections.scan_prefix(prefix);
            entries
                .filter_map(|entry| match entry {
                    Ok((key, sealed)) => whole(&key, &sealed).map(Ok),
                    Err(why) => Some(Err(why)),
                })
                .collect()
        })
    }
}

fn contest_key(code: &ContestCode) -> Vec<u8> {
    [&[CONTEST], code.as_str().as_bytes()].concat()
}

/// `p<code>/` and the number, big end first: the store's order is the projects' order. No code contains `/`.
fn project_key(code: &ContestCode, id: ProjectId) -> Vec<u8> {
    [projects_prefix(code).as_slice(), &id.0.to_be_bytes()].concat()
}

fn projects_prefix(code: &ContestCode) -> Vec<u8> {
    [&[PROJECT], code.as_str().as_bytes(), b"/"].concat()
}

/// The row, or nothing and a line in the log: damage is never shown as data.
fn whole<T: serde::de::DeserializeOwned>(key: &[u8], sealed: &[u8]) -> Option<T> {
    let row = value::open(key, sealed);
    if row.is_none() {
        tracing::warn!(key = %key.escape_ascii(), "a value of the store is damaged and counts as absent");
    }
    row
}
