//! What a page may do, and how long it may take: the same for sockets with a task and for those in an engine.

use std::time::Duration;

/// Largest message a page may send, in bytes.
pub const HEARD_BYTES_MAX: usize = 16 * 1024;
/// Frames a page may send in any ten seconds, fragments and control frames included.
pub const FRAMES_PER_TEN_SECONDS: u32 = 100;
/// A page says who it is by then.
pub const HELLO_MAX: Duration = Duration::from_secs(10);
/// A message that has begun ends by then.
pub const MESSAGE_MAX: Duration = Duration::from_secs(10);
/// Without a word for this long, the line is taken for dead; pages ping every 10 s.
pub const SILENCE_MAX: Duration = Duration::from_secs(30);
/// Pause between pushes to phones.
pub const CROWD_PAUSE: Duration = Duration::from_millis(200);
/// A page that has not taken a message in this time, and as much again for every eighth piece, is let go; it comes back
/// and gets the newest.
const SEND_MAX: Duration = Duration::from_secs(5);
/// How long a line that was closed is listened to for the page's own close, and how much.
pub const FAREWELL_MAX: Duration = Duration::from_secs(2);
pub const FAREWELL_BYTES_MAX: usize = 256 * 1024;

/// How long a page may take for so many bytes, which leave in pieces of this size.
pub fn patience(bytes: usize, piece: usize) -> Duration {
    let pieces = u32::try_from(bytes / piece).unwrap_or(u32::MAX);
    SEND_MAX.saturating_add(SEND_MAX.saturating_mul(pieces) / 8)
}

/// Counts the frames of the current ten seconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pace {
    /// Milliseconds.
    began: u64,
    frames: u32,
}

impl Pace {
    /// One more frame, at this time in milliseconds; false where it is one too many.
    pub fn allows(&mut self, now: u64) -> bool {
        if now.saturating_sub(self.began) > 10_000 {
            *self = Pace { began: now, frames: 0 };
        }
        self.frames = self.frames.saturating_add(1);
        self.frames <= FRAMES_PER_TEN_SECONDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_frames_in_ten_seconds_and_more_after_them() {
        let mut pace = Pace::default();
        assert!((0..100).all(|at| pace.allows(5_000 + at)));
        assert!(!pace.allows(10_000));
        assert!(pace.allows(10_001));
    }

    #[test]
    fn a_large_message_has_more_time() {
        assert_eq!(patience(2_048, 32_768), Duration::from_secs(5));
        assert_eq!(patience(16 * 32_768, 32_768), Duration::from_secs(15));
    }
}
