//! How the disk under the journals does: the room that is left, and how long a record takes to reach the device.
//!
//! Measured on a scratch file beside the journals, seldom, and by one thread at a time: a disk that hangs must not
//! collect threads. It says nothing of the journals themselves.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// How long a measure stands.
const FRESH: Duration = Duration::from_secs(30);
/// How soon a disk that did not answer is asked again.
const AGAIN: Duration = Duration::from_secs(4);
/// Who asks waits this long at most.
const PATIENCE: Duration = Duration::from_secs(2);
/// The size of a usual record.
const RECORD: [u8; 512] = [b' '; 512];
const TRIES: usize = 5;

/// Nothing where it could not be found out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    pub free_bytes: Option<u64>,
    /// The slowest of a few.
    pub sync: Option<Duration>,
}

/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Gauge {
    dir: PathBuf,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// Until when on the steady clock it stands.
    last: Option<(Duration, Reading)>,
    running: Option<JoinHandle<Reading>>,
}

impl Gauge {
    /// Of the disk that holds `dir`.
    pub fn new(dir: PathBuf) -> Self {
        Gauge { dir, state: Arc::default() }
    }

    /// A reading no older than half a minute. `steady` is a clock that never jumps.
    pub async fn read(&self, steady: impl Fn() -> Duration + Clone + Send + 'static) -> Reading {
        let mut state = self.state.lock().await;
        let now = steady();
        if let Some((_, reading)) = state.last.filter(|(until, _)| now < *until) {
            return reading;
        }
        let (dir, clock) = (self.dir.clone(), steady.clone());
        let measuring = || tokio::task::spawn_blocking(move || measure(&dir, &clock));
        let running = state.running.get_or_insert_with(measuring);
        let (reading, stands) = match tokio::time::timeout(PATIENCE, running).await {
            Ok(done) => {
                state.running = None;
                (done.unwrap_or_default(), FRESH)
            }
            Err(_hangs) => (Reading::default(), AGAIN),
        };
        state.last = Some((steady() + stands, reading));
        reading
    }
}

fn measure(dir: &Path, steady: &dyn Fn() -> Duration) -> Reading {
    let sync = syncs(&dir.join("gauge.scratch"), steady);
    let sync = sync.inspect_err(|error| tracing::warn!(%error, "the disk's sync cannot be measured"));
    Reading { free_bytes: fs2::available_space(dir).ok(), sync: sync.ok() }
}

/// As the journal does it: append, sync the data, wait.
fn syncs(scratch: &Path, steady: &dyn Fn() -> Duration) -> io::Result<Duration> {
    let mut file = File::create(scratch)?;
    let mut slowest = Duration::ZERO;
    for _ in 0..TRIES {
        let began = steady();
        file.write_all(&RECORD)?;
        file.sync_data()?;
        slowest = slowest.max(steady().saturating_sub(began));
    }
    drop(file);
    fs::remove_file(scratch)?;
    Ok(slowest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A clock that is a millisecond later whenever it is asked.
    fn ticking() -> impl Fn() -> Duration + Clone + Send + 'static {
        let now = Arc::new(AtomicU64::new(0));
        move || Duration::from_millis(now.fetch_add(1, Ordering::SeqCst))
    }

    #[tokio::test]
    async fn a_reading_leaves_nothing_behind_and_stands_for_a_while() {
        let dir = tempfile::tempdir().expect("a folder");
        let gauge = Gauge::new(dir.path().to_owned());
        let first = gauge.read(ticking()).await;
        assert_eq!(first.sync, Some(Duration::from_millis(1)));
        assert!(first.free_bytes.is_some_and(|bytes| bytes > 0));
        assert_eq!(fs::read_dir(dir.path()).expect("the folder").count(), 0);
        drop(dir);
        assert_eq!(gauge.read(ticking()).await, first, "not measured again at once");
        let later = || Duration::from_secs(60);
        assert_eq!(gauge.read(later).await.sync, None, "the folder is gone");
    }
}
