//! The address that printed cards carry, so that a machine that wakes up elsewhere can say that they lead nowhere.

use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::open::contained;
use crate::store::value;
use crate::store::writer::Job;

const KEY: &[u8] = b"given-out";

impl Store {
    pub async fn put_address(&self, url: &str) -> Result<(), StoreError> {
        let mut batch = sled::Batch::default();
        batch.insert(KEY, value::seal(KEY, &url)?);
        self.writer.commit(Some(Job { tree: self.address.clone(), batch })).await
    }

    pub fn address(&self) -> Result<Option<String>, StoreError> {
        let sealed = contained(|| self.address.get(KEY))?;
        Ok(sealed.and_then(|sealed| value::open(KEY, &sealed)))
    }
}
