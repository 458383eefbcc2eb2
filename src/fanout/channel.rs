//! A channel: the newest snapshot, the last few deltas, their numbers.

use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Deltas that are kept for who reconnects; older ones are replaced by the snapshot.
const DELTAS_KEPT: usize = 64;

/// Frames of one audience. Written by one publisher, read by any number of subscribers.
pub struct Channel {
    frames: Mutex<Frames>,
    newest: watch::Sender<u32>,
}

struct Frames {
    /// Number of the snapshot and of the newest delta; 0 before the first.
    n: u32,
    snapshot: Bytes,
    /// Contiguous, the newest last; its number is `n`.
    deltas: VecDeque<Bytes>,
}

impl Default for Channel {
    fn default() -> Self {
        let frames = Frames { n: 0, snapshot: Bytes::new(), deltas: VecDeque::new() };
        Channel { frames: Mutex::new(frames), newest: watch::Sender::new(0) }
    }
}

impl Channel {
    /// Number of the newest frame; 0 before the first.
    pub fn n(&self) -> u32 {
        self.frames().n
    }

    /// Publishes the view as of frame `n() + 1`. `delta` leads there from the frame before; without it, subscribers get
    /// the snapshot.
    pub fn publish(&self, snapshot: Bytes, delta: Option<Bytes>) {
        let n = {
            let mut frames = self.frames();
            frames.n += 1;
            frames.snapshot = snapshot;
            match delta {
                Some(delta) => {
                    if frames.deltas.len() == DELTAS_KEPT {
                        frames.deltas.pop_front();
                    }
                    frames.deltas.push_back(delta);
                }
                None => frames.deltas.clear(),
            }
            frames.n
        };
        self.newest.send_replace(n);
    }

    /// Frames that lead from `since` to now: nothing, the missing deltas, or the snapshot; and the number reached.
    pub(super) fn after(&self, since: Option<u32>) -> (u32, Vec<Bytes>) {
        let frames = self.frames();
        let missing = since.and_then(|since| frames.n.checked_sub(since)).map(|missing| missing as usize);
        let out = match missing {
            Some(0) => Vec::new(),
            Some(missing) if missing <= frames.deltas.len() => {
                frames.deltas.iter().skip(frames.deltas.len() - missing).cloned().collect()
            }
            _ if frames.n == 0 => Vec::new(),
            _ => vec![frames.snapshot.clone()],
        };
        (frames.n, out)
    }

    pub(super) fn watch(&self) -> watch::Receiver<u32> {
        self.newest.subscribe()
    }

    fn frames(&self) -> MutexGuard<'_, Frames> {
        // Each critical section leaves the frames whole, so that a poisoned lock still holds good ones.
        self.frames.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
