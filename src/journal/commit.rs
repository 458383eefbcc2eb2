//! The committer: one thread that owns the journal's file.

use crate::journal::error::JournalError;
use crate::journal::record::Entry;
use crate::journal::{Appended, Journal};
use std::sync::mpsc;
use tokio::sync::oneshot;

struct Job {
    at: u64,
    entries: Vec<Entry>,
    done: oneshot::Sender<Result<Appended, JournalError>>,
}

pub struct Committer {
    jobs: Option<mpsc::SyncSender<Job>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Committer {
    pub fn spawn(
        mut journal: Journal,
        mut salt: impl FnMut() -> [u8; 32] + Send + 'static,
    ) -> Result<Self, JournalError> {
        let (jobs, waiting) = mpsc::sync_channel::<Job>(64);
        let run = move || {
            while let Ok(job) = waiting.recv() {
                let _gone = job.done.send(journal.append(job.at, job.entries, &mut salt));
            }
        };
        let thread =
            std::thread::Builder::new().name("journal".into()).spawn(run).map_err(JournalError::encode)?;
        Ok(Committer { jobs: Some(jobs), thread: Some(thread) })
    }

    pub async fn append(&self, at: u64, entries: Vec<Entry>) -> Result<Appended, JournalError> {
        let (done, result) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(JournalError::Stopped)?;
        jobs.try_send(Job { at, entries, done }).map_err(|_| JournalError::Stopped)?;
        result.await.map_err(|_| JournalError::Stopped)?
    }

    /// Ends the thread and closes the file.
    pub async fn stop(mut self) {
        self.jobs.take();
        if let Some(thread) = self.thread.take() {
            let _ended = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}
