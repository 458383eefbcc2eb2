//! Rows of sessions, durable before the call returns.
//!
//! A row knows the hash of a token, never the token. What a seat may do and when a session ends is decided in
//! `auth`; here it is kept.

use crate::domain::kernel::ids::ContestCode;
use crate::domain::kernel::time::Millis;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::open::contained;
use crate::store::value;
use crate::store::writer::Job;
use serde::{Deserialize, Serialize};

/// SHA-256 of a session's token.
pub type SessionKey = [u8; 32];

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Stands in the key of the row.
    #[serde(skip)]
    pub token_hash: SessionKey,
    /// Absent for the organiser, who belongs to all contests.
    pub contest: Option<ContestCode>,
    /// `organiser`, `host` or `J3`.
    pub seat: String,
    /// What the browser says it is, for the host's list of devices.
    pub device: String,
    pub robot: bool,
    /// The card that let it in (hash of its token); a reissued card leaves its sessions behind.
    pub card: Option<String>,
    pub created: Millis,
    pub expires: Millis,
    /// Why it ended before its time.
    pub ended: Option<String>,
}

impl std::fmt::Debug for SessionRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionRow")
            .field("contest", &self.contest)
            .field("seat", &self.seat)
            .field("robot", &self.robot)
            .field("expires", &self.expires)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Puts and removes rows together; returns when they are on disk.
    pub async fn write_sessions(&self, put: &[SessionRow], removed: &[SessionKey]) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        for key in removed {
            batch.remove(key);
        }
        for row in put {
            let sealed = value::seal(&row.token_hash, row)?;
            batch.insert(&row.token_hash, sealed);
        }
        self.writer.commit(Some(Job { tree: self.sessions.clone(), batch })).await
    }

    /// All rows. A damaged one is left out: that session has ended.
    pub fn sessions(&self) -> Result<Vec<SessionRow>, StoreError> {
        contained(|| {
            let mut rows = Vec::new();
            for entry in self.sessions.iter() {
                let (key, sealed) = entry?;
                match (SessionKey::try_from(key.as_ref()), value::open::<SessionRow>(&key, &sealed)) {
                    (Ok(token_hash), Some(row)) => rows.push(SessionRow { token_hash, ..row }),
                    _ => tracing::warn!("a session's row is damaged; the session has ended"),
                }
            }
            Ok(rows)
        })
    }
}
