//! Looking at a store without touching it: an engine writes wherever it is opened, so it gets a copy.

use crate::store::Store;
use crate::store::closed::{self, Left};
use crate::store::error::StoreError;
use crate::store::kept;
use crate::store::open::{self, await_lock};
use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// What was found.
#[derive(Debug)]
pub struct Looked {
    pub left: Left,
    /// The copy, opened, and how many of its values failed their checksum; or why it cannot be read.
    pub opened: Result<(Store, usize), StoreError>,
    // The last field: the store closes before its files go.
    _copy: Private,
}

impl Store {
    /// Looks at the store in `dir` where no server holds it: opens a copy, which goes with the value. Changes nothing in
    /// `dir` or beside it. Blocks.
    pub fn look(dir: &Path) -> Result<Looked, StoreError> {
        // Who starts a server waits for these.
        let _alone = await_lock(dir, |dir| File::open(open::lock_path(dir)))?;
        let files = await_lock(dir, |dir| File::open(dir.join("db")))?;
        let left = closed::how_left(dir)?;
        let copy = Private::make()?;
        let copied = kept::copy_files(dir, &copy.0);
        drop(files);
        let opened = copied.map_err(StoreError::from).and_then(|()| {
            let store = Store::assemble(open::look(&copy.0)?, &copy.0)?;
            Ok((store.drop_damaged()?, store))
        });
        Ok(Looked { left, opened: opened.map(|(damaged, store)| (store, damaged)), _copy: copy })
    }
}

/// A temporary folder for this user's eyes only: the store holds people's names.
#[derive(Debug)]
struct Private(PathBuf);

impl Private {
    fn make() -> io::Result<Self> {
        let name = format!("podium-verify-{:016x}", rand::random::<u64>());
        let dir = std::env::temp_dir().join(name);
        DirBuilder::new().mode(0o700).create(&dir)?;
        Ok(Private(dir))
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        if let Err(why) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(path = %self.0.display(), %why, "a copy of the store stays behind");
        }
    }
}
