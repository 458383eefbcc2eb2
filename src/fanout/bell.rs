//! Wakes an engine's thread; ringing twice wakes it once.

use mio::Waker;
use std::sync::atomic::{AtomicBool, Ordering};

pub struct Bell {
    waker: Waker,
    rung: AtomicBool,
}

impl Bell {
    pub fn new(waker: Waker) -> Self {
        Bell { waker, rung: AtomicBool::new(false) }
    }

    pub fn ring(&self) {
        if !self.rung.swap(true, Ordering::AcqRel)
            && let Err(error) = self.waker.wake()
        {
            tracing::error!(%error, "an engine does not wake; it looks once a second");
        }
    }

    /// Whether it has rung since it was asked last. Asked before looking at what it was rung for.
    pub fn has_rung(&self) -> bool {
        self.rung.swap(false, Ordering::AcqRel)
    }
}
