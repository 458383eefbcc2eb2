//! A channel: the newest view, the last few deltas, their numbers.

use crate::fanout::bell::Bell;
use bytes::Bytes;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::watch;

/// Deltas that are kept for who reconnects; older ones are replaced by the snapshot.
const DELTAS_KEPT: usize = 64;

/// The newest view of a channel, encoded when somebody asks for it whole: most who listen never do.
pub trait Newest: Send + Sync {
    /// Its frame, and the number that stands in it.
    fn snapshot(&self) -> (u32, Bytes);
}

/// Frames of one audience. Written by one publisher, read by any number of subscribers.
pub struct Channel {
    frames: Mutex<Frames>,
    newest: watch::Sender<u32>,
    /// Of the engines that have sockets which follow it.
    bells: Mutex<Vec<Weak<Bell>>>,
}

/// What leads from one frame to the newest.
#[derive(Debug, PartialEq, Eq)]
pub enum Missed {
    /// The deltas in between; none where there is nothing new.
    Deltas(Vec<Bytes>),
    /// Too many are missing.
    Whole(Bytes),
}

#[derive(Default)]
struct Frames {
    /// Number of the newest frame; 0 before the first.
    n: u32,
    view: Option<Arc<dyn Newest>>,
    /// Contiguous, the newest last; its number is `n`.
    deltas: VecDeque<Bytes>,
}

impl Default for Channel {
    fn default() -> Self {
        Channel { frames: Mutex::default(), newest: watch::Sender::new(0), bells: Mutex::default() }
    }
}

impl Channel {
    /// Number of the newest frame; 0 before the first.
    pub fn n(&self) -> u32 {
        self.frames().n
    }

    /// Publishes frame `n() + 1`. `delta` leads there from the frame before; without it, subscribers get the snapshot.
    pub fn publish(&self, view: &Arc<dyn Newest>, delta: Option<Bytes>) {
        let n = {
            let mut frames = self.frames();
            frames.n += 1;
            frames.view = Some(view.clone());
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
        let bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        bells.iter().filter_map(Weak::upgrade).for_each(|bell| bell.ring());
    }

    /// Rings this bell after every frame, as long as somebody else holds it.
    pub(super) fn rings(&self, bell: &Arc<Bell>) {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        bells.retain(|known| known.strong_count() > 0 && !std::ptr::eq(known.as_ptr(), Arc::as_ptr(bell)));
        bells.push(Arc::downgrade(bell));
    }

    /// Rings this bell no more.
    pub(super) fn rings_not(&self, bell: &Arc<Bell>) {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        bells.retain(|known| !std::ptr::eq(known.as_ptr(), Arc::as_ptr(bell)));
    }

    /// The newest snapshot's frame; nothing before the first.
    pub fn snapshot(&self) -> Option<Bytes> {
        let view = self.frames().view.clone();
        view.map(|view| view.snapshot().1)
    }

    /// What leads from `since` to now, and the number reached.
    pub(super) fn after(&self, since: Option<u32>) -> (u32, Missed) {
        let view = {
            let frames = self.frames();
            let missing = since.and_then(|since| frames.n.checked_sub(since)).map(|missing| missing as usize);
            match missing {
                Some(missing) if missing <= frames.deltas.len() => {
                    let first = frames.deltas.len() - missing;
                    return (frames.n, Missed::Deltas(frames.deltas.iter().skip(first).cloned().collect()));
                }
                _ => frames.view.clone(),
            }
        };
        // Encoded outside the lock, and never older than what was seen inside it.
        view.map_or((0, Missed::Deltas(Vec::new())), |view| {
            let (n, snapshot) = view.snapshot();
            (n, Missed::Whole(snapshot))
        })
    }

    pub(super) fn watch(&self) -> watch::Receiver<u32> {
        self.newest.subscribe()
    }

    fn frames(&self) -> MutexGuard<'_, Frames> {
        // Each critical section leaves the frames whole, so that a poisoned lock still holds good ones.
        self.frames.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
