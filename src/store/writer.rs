//! The one durable writer: takes what waits, writes it, one flush and one sync, then answers everyone.
//!
//! sled's `flush` alone does not survive a power cut and `flush_async` deadlocks, so the data file is synced
//! through a handle of our own, by one thread. After an error nothing more is written: a second sync of the same
//! file could succeed without the data being there.

use crate::store::error::StoreError;
use crate::store::open::contained;
use std::fs::File;
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// Jobs that may wait; more wait in their callers.
const WAITING_MAX: usize = 1024;
/// Jobs that share one sync.
const GROUP_MAX: usize = 1024;

/// Changes of one tree that become durable together.
pub(super) struct Job {
    pub tree: sled::Tree,
    pub batch: sled::Batch,
}

/// What must stand under a key of the job's tree for the job to be done.
struct Only {
    key: Vec<u8>,
    value: Option<sled::IVec>,
}

struct Waiting {
    job: Option<Job>,
    only: Option<Only>,
    /// Whether the job was done.
    answer: oneshot::Sender<Result<bool, StoreError>>,
}

#[derive(Debug)]
pub(super) struct Writer {
    /// Taken when the writer ends, which ends its thread.
    jobs: Option<mpsc::Sender<Waiting>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub fn start(engine: sled::Db, data: File) -> Result<Self, StoreError> {
        let (jobs, inbox) = mpsc::channel(WAITING_MAX);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || write_all(&engine, &data, inbox))?;
        Ok(Writer { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Returns when the job is on disk. Without a job: when all that was written before is.
    pub async fn commit(&self, job: Option<Job>) -> Result<(), StoreError> {
        self.wait(job, None).await.map(|_done| ())
    }

    /// Returns true when the job is on disk; false where another value than this one stands under the key by then, and nothing
    /// was written.
    pub async fn commit_if(
        &self,
        key: Vec<u8>,
        value: Option<sled::IVec>,
        job: Job,
    ) -> Result<bool, StoreError> {
        self.wait(Some(job), Some(Only { key, value })).await
    }

    async fn wait(&self, job: Option<Job>, only: Option<Only>) -> Result<bool, StoreError> {
        let (answer, answered) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        jobs.send(Waiting { job, only, answer }).await.map_err(|_| StoreError::Stopped)?;
        answered.await.unwrap_or(Err(StoreError::Stopped))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's writer ended by a panic");
        }
    }
}

fn write_all(engine: &sled::Db, data: &File, mut inbox: mpsc::Receiver<Waiting>) {
    let mut failed: Option<StoreError> = None;
    while let Some(first) = inbox.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP_MAX
            && let Ok(next) = inbox.try_recv()
        {
            group.push(next);
        }
        let outcome = match &failed {
            Some(_) => Err(StoreError::Stopped),
            None => write_group(engine, data, &mut group),
        };
        if let (None, Err(why)) = (&failed, &outcome) {
            tracing::error!(%why, "the store stopped writing");
            failed = Some(why.clone());
        }
        for waiting in group {
            // Who asked may have gone; the change stands all the same. A job that is still there was not done.
            let _ = waiting.answer.send(outcome.clone().map(|()| waiting.job.is_none()));
        }
    }
}

fn write_group(engine: &sled::Db, data: &File, group: &mut [Waiting]) -> Result<(), StoreError> {
    for Waiting { job, only, .. } in group {
        if let (Some(job), Some(only)) = (&job, only)
            && contained(|| job.tree.get(&only.key))? != only.value
        {
            continue;
        }
        if let Some(job) = job.take() {
            contained(|| job.tree.apply_batch(job.batch))?;
        }
    }
    contained(|| engine.flush())?;
    Ok(data.sync_data()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn after_a_failed_sync_nothing_is_acknowledged_and_nothing_more_is_written() {
        let dir = tempfile::tempdir().expect("a folder");
        let engine = sled::open(dir.path()).expect("opens");
        let tree = engine.open_tree("sessions").expect("opens");
        // This device takes writes and refuses to be synced.
        let writer = Writer::start(engine, File::open("/dev/null").expect("opens")).expect("starts");
        let put = |key: &[u8]| {
            let mut batch = sled::Batch::default();
            batch.insert(key, b"value");
            writer.commit(Some(Job { tree: tree.clone(), batch }))
        };
        assert!(matches!(put(b"first").await, Err(StoreError::File(_))));
        for _ in 0..3 {
            assert!(matches!(put(b"later").await, Err(StoreError::Stopped)));
        }
        assert!(matches!(writer.commit(None).await, Err(StoreError::Stopped)));
        assert_eq!(tree.get(b"later").expect("reads"), None);
    }
}
