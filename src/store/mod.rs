//! What is looked up: contests and projects (projections of the journals), sessions, drafts, names of displays. The only
//! room that knows sled.
//!
//! It knows rows and keys, not rules: a projection is whatever the contest's task hands in with the number of the
//! last fact it saw. Nothing here is the truth; where a value is damaged it counts as absent and is rebuilt or
//! done without.

pub mod address;
pub mod closed;
pub mod displays;
pub mod drafts;
pub mod logos;
pub mod error;
pub mod interests;
pub mod kept;
mod keys;
pub mod looked;
mod names;
pub mod open;
pub mod projections;
pub mod sessions;
pub mod value;
mod writer;

use crate::domain::kernel::time::Millis;
use crate::store::error::StoreError;
use crate::store::kept::Kept;
use crate::store::open::{Repaired, contained};
use crate::store::writer::Writer;
use std::path::Path;
use std::sync::Arc;

/// The open store; clones share it. It closes when the last clone goes.
#[derive(Clone)]
pub struct Store {
    // The writer comes first: it ends, and joins its thread, before the last tree closes.
    writer: Arc<Writer>,
    projections: sled::Tree,
    sessions: sled::Tree,
    drafts: sled::Tree,
    displays: sled::Tree,
    address: sled::Tree,
    interests: sled::Tree,
    team_links: sled::Tree,
}

/// A store, and what was wrong with it.
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    /// What was done with its files before they were opened; nothing where they were as a server closed them.
    pub kept: Option<Kept>,
    pub repaired: Option<Repaired>,
    /// Values that failed their checksum and were dropped, by tree. The projections of contests concerned are
    /// gone as a whole, so that they are rebuilt.
    pub damaged: usize,
}

impl Store {
    /// Opens `dir`, which is made if it is missing. Blocks; files that were not closed or changed since are copied before,
    /// those that cannot be opened are set aside, under names made from `at`; `kept` and `repaired` say so.
    pub fn open(dir: &Path, at: Millis) -> Result<Opened, StoreError> {
        let _alone = open::alone(dir)?;
        let mut kept = kept::before_opening(dir, at)?;
        let (engine, repaired) = open::open_engine(dir, at)?;
        let first = Self::assemble(engine, dir).and_then(|store| Ok((store.drop_damaged()?, store)));
        let (damaged, store, repaired) = match first {
            Ok((damaged, store)) => (damaged, store, repaired),
            Err(StoreError::Engine(why)) => {
                let (engine, repaired) = open::start_fresh(dir, at, why)?;
                (0, Self::assemble(engine, dir)?, repaired)
            }
            Err(why) => return Err(why),
        };
        let settled = kept::after_opening(dir, at, &mut kept, repaired.as_ref(), damaged);
        if let Err(why) = settled {
            tracing::warn!(%why, "the copy of the store keeps the name it has");
        }
        if let Some(kept) = &kept {
            tracing::warn!("{kept}");
        }
        if let Some(repaired) = &repaired {
            tracing::warn!(?repaired, "the store was repaired");
        }
        if damaged > 0 {
            tracing::warn!(damaged, "values of the store failed their checksum and were dropped");
        }
        Ok(Opened { store, kept, repaired, damaged })
    }

    /// Returns when everything written before is on disk.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.writer.commit(None).await
    }

    fn assemble(engine: sled::Db, dir: &Path) -> Result<Self, StoreError> {
        let tree = |name: &str| contained(|| engine.open_tree(name));
        let (projections, sessions, drafts) = (tree("projections")?, tree("sessions")?, tree("drafts")?);
        let (displays, address) = (tree("displays")?, tree("address")?);
        let (interests, team_links) = (tree("interests")?, tree("team-links")?);
        let writer = Arc::new(Writer::start(engine, open::data_file(dir)?)?);
        Ok(Store { writer, projections, sessions, drafts, displays, address, interests, team_links })
    }

    /// Reads every value once: damage is met now, not in the middle of a contest.
    fn drop_damaged(&self) -> Result<usize, StoreError> {
        let projections = drop_damaged_of(&self.projections)?;
        for head in projections.iter().filter_map(|key| keys::head_of(key)) {
            contained(|| self.projections.remove(head))?;
        }
        let mut damaged = projections.len();
        let rest =
            [&self.sessions, &self.drafts, &self.displays, &self.address, &self.interests, &self.team_links];
        for tree in rest {
            damaged += drop_damaged_of(tree)?.len();
        }
        Ok(damaged)
    }
}

/// Removes the values that fail their checksum and names their keys.
fn drop_damaged_of(tree: &sled::Tree) -> Result<Vec<sled::IVec>, StoreError> {
    contained(|| {
        let mut damaged = Vec::new();
        for entry in tree {
            let (key, sealed) = entry?;
            if !value::is_whole(&key, &sealed) {
                tree.remove(&key)?;
                damaged.push(key);
            }
        }
        Ok(damaged)
    })
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
