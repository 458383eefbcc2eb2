//! What can go wrong in the store, in the store's own words.

use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    #[error("the store {path} is in use by another process")]
    InUse { path: PathBuf },
    #[error("the store {path} cannot be opened: {why}")]
    Unopenable { path: PathBuf, why: String },
    #[error("a value of {bytes} bytes is over the store's bound of {max}")]
    TooLarge { bytes: usize, max: usize },
    #[error("projection of {contest} is at {stored}, ahead of {given}")]
    Ahead { contest: String, stored: u64, given: u64 },
    #[error("the store stopped writing after an error; restart the server")]
    Stopped,
    #[error("the storage engine failed: {0}")]
    Engine(String),
    #[error("a file of the store failed: {0}")]
    File(#[source] Arc<std::io::Error>),
}

impl From<std::io::Error> for StoreError {
    fn from(why: std::io::Error) -> Self {
        StoreError::File(Arc::new(why))
    }
}
