//! Interest in projects: who wants to talk to whom. People's names and contacts are here and nowhere else: not in a journal, a
//! log or a result. Durable before the call returns; removed for good when somebody asks.

use crate::domain::interest::Interest;
use crate::domain::kernel::ids::{ContestCode, ProjectId};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::open::contained;
use crate::store::value;
use crate::store::writer::Job;

impl Store {
    pub async fn put_interest(&self, contest: &ContestCode, row: &Interest) -> Result<(), StoreError> {
        let key = interest_key(contest, row.id);
        let mut batch = sled::Batch::default();
        batch.insert(key.clone(), value::seal(&key, row)?);
        self.writer.commit(Some(Job { tree: self.interests.clone(), batch })).await
    }

    pub fn interest(&self, contest: &ContestCode, id: u128) -> Result<Option<Interest>, StoreError> {
        let key = interest_key(contest, id);
        let sealed = contained(|| self.interests.get(&key))?;
        Ok(sealed.and_then(|sealed| value::open::<Interest>(&key, &sealed)).map(|row| Interest { id, ..row }))
    }

    /// All of a contest, oldest first.
    pub fn interests(&self, contest: &ContestCode) -> Result<Vec<Interest>, StoreError> {
        let prefix = interest_prefix(contest);
        let mut rows = contained(|| {
            let mut rows = Vec::new();
            for entry in self.interests.scan_prefix(&prefix) {
                let (key, sealed) = entry?;
                let id = key[prefix.len()..].try_into().ok().map(u128::from_be_bytes);
                if let (Some(id), Some(row)) = (id, value::open::<Interest>(&key, &sealed)) {
                    rows.push(Interest { id, ..row });
                }
            }
            Ok(rows)
        })?;
        rows.sort_by_key(|row| (row.at, row.id));
        Ok(rows)
    }

    /// How many a contest has.
    pub fn count_interests(&self, contest: &ContestCode) -> Result<usize, StoreError> {
        let keys = || self.interests.scan_prefix(interest_prefix(contest)).keys();
        contained(|| keys().try_fold(0, |count, key| key.map(|_| count + 1)))
    }

    /// Removes these for good.
    pub async fn remove_interests(&self, contest: &ContestCode, ids: &[u128]) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        ids.iter().for_each(|id| batch.remove(interest_key(contest, *id)));
        self.writer.commit(Some(Job { tree: self.interests.clone(), batch })).await
    }

    /// A team's link: the hash of its token, in place of the one before; `None` ends it.
    pub async fn set_team_link(
        &self,
        contest: &ContestCode,
        project: ProjectId,
        hash: Option<[u8; 32]>,
    ) -> Result<(), StoreError> {
        let key = format!("{contest}/{project}").into_bytes();
        let mut batch = sled::Batch::default();
        match hash {
            Some(hash) => batch.insert(key.clone(), value::seal(&key, &hash)?),
            None => batch.remove(key),
        }
        self.writer.commit(Some(Job { tree: self.team_links.clone(), batch })).await
    }

    /// Projects whose teams have a link, each with its token's hash.
    pub fn team_links(&self, contest: &ContestCode) -> Result<Vec<(ProjectId, [u8; 32])>, StoreError> {
        let prefix = format!("{contest}/");
        contained(|| {
            let mut found = Vec::new();
            for entry in self.team_links.scan_prefix(&prefix) {
                let (key, sealed) = entry?;
                let project =
                    std::str::from_utf8(&key[prefix.len()..]).ok().and_then(|text| text.parse().ok());
                found.extend(project.zip(value::open::<[u8; 32]>(&key, &sealed)));
            }
            Ok(found)
        })
    }
}

fn interest_prefix(contest: &ContestCode) -> Vec<u8> {
    format!("{contest}/").into_bytes()
}

fn interest_key(contest: &ContestCode, id: u128) -> Vec<u8> {
    let mut key = interest_prefix(contest);
    key.extend(id.to_be_bytes());
    key
}
