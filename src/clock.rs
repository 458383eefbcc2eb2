//! Time: the only place that reads it.
//!
//! Three readings. `now` is the evening's clock (UTC): facts are stamped by it, pages go by it, lives end by it. It was set by
//! the machine's clock once and from then on counts what has really passed, so that nobody who sets the machine's time
//! (a person, NTP) changes a countdown, a timer, an overtime or a session. `wall` is the machine's clock, for who asks how
//! the two differ. `steady` is what has passed since this clock was made.
//!
//! The evening's clock outlives the server: `clock.json` in the data folder says how far it is ahead of the time since the
//! machine was started, and which start that was. It is set anew, by the machine's clock, when the machine has been started
//! again, and when a server starts while no contest is under way; never earlier than what a contest has on record.

pub mod day;
mod kept;
pub mod limit;

use crate::domain::kernel::time::Millis;
use kept::Kept;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::Notify;

/// A clock that is handed to whoever needs the time; clones read the same clock.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Evening>);

#[derive(Debug)]
struct Evening {
    machine: Machine,
    /// The machine's age when this clock was made.
    made: Duration,
    /// The evening's clock minus the machine's age, milliseconds.
    ahead: AtomicI64,
    /// The machine's clock minus the evening's when they were last compared, milliseconds.
    apart: AtomicI64,
}

/// What a machine tells of time.
#[derive(Debug)]
enum Machine {
    System { started: Instant },
    Manual(Arc<Hands>),
}

#[derive(Debug)]
struct Hands {
    wall: AtomicU64,
    age: AtomicU64,
    starts: AtomicU64,
    moved: Notify,
}

/// How often a waiting system clock is looked at, in milliseconds.
const LOOK_MS: u64 = 1_000;
/// The machine's clock was set when it has moved by more than this against what has passed, in milliseconds.
const JUMP_MS: u64 = 1_000;
/// Farther apart than this, in milliseconds, the evening's clock is set anew where nothing is under way.
const APART_MS: u64 = 60_000;
/// The year 10000: no clock shows it.
const END_MS: u64 = 253_402_300_800_000;

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Clock::on(Machine::System { started: Instant::now() })
    }

    /// A clock that stands still until its hand is moved.
    pub fn manual(start: Millis) -> (Self, Hand) {
        let hand = Hand(Arc::new(Hands {
            wall: AtomicU64::new(start.0),
            age: AtomicU64::new(0),
            starts: AtomicU64::new(1),
            moved: Notify::new(),
        }));
        (hand.clock(), hand)
    }

    fn on(machine: Machine) -> Self {
        let (made, apart) = (machine.age(), AtomicI64::new(0));
        let ahead = AtomicI64::new(signed(machine.wall().0) - millis(made));
        Clock(Arc::new(Evening { machine, made, ahead, apart }))
    }

    /// The evening's clock in UTC milliseconds. While a server runs it never jumps.
    pub fn now(&self) -> Millis {
        let now = self.0.ahead.load(Ordering::SeqCst).saturating_add(millis(self.0.machine.age()));
        Millis(u64::try_from(now).unwrap_or(0))
    }

    /// The machine's clock in UTC milliseconds. It jumps when somebody sets the machine's time.
    pub fn wall(&self) -> Millis {
        self.0.machine.wall()
    }

    /// Resolves when the evening's clock shows `at` or later.
    pub async fn until(&self, at: Millis) {
        loop {
            let moved = match &self.0.machine {
                Machine::System { .. } => None,
                Machine::Manual(hands) => Some(hands.moved.notified()),
            };
            let left = at.0.saturating_sub(self.now().0);
            if left == 0 {
                return;
            }
            match moved {
                Some(moved) => moved.await,
                // Looked at again and again: a timer does not count the machine's sleep.
                None => tokio::time::sleep(Duration::from_millis(left.min(LOOK_MS))).await,
            }
        }
    }

    /// Time since this clock was made; it never goes back.
    pub fn steady(&self) -> Duration {
        self.0.machine.age().saturating_sub(self.0.made)
    }

    /// How far the machine's clock was set since this was last asked, in milliseconds; nothing where it was not.
    pub fn jump(&self) -> Option<i64> {
        let apart = self.apart();
        let by = apart.saturating_sub(self.0.apart.swap(apart, Ordering::SeqCst));
        (by.unsigned_abs() > JUMP_MS).then_some(by)
    }

    /// Goes on by the clock of the server before this one, if the machine has not been started again since.
    pub fn resume(&self, file: &Path) {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => {
                return tracing::warn!(%error, "the kept clock cannot be read; the machine's clock holds");
            }
        };
        match serde_json::from_str::<Kept>(&text) {
            Ok(kept) if !kept.is_whole() => {
                tracing::warn!("the kept clock is damaged; the machine's clock holds");
            }
            Ok(kept) if self.0.machine.boot().as_ref() != Some(&kept.boot) => {}
            Ok(Kept { ahead_ms, .. }) if self.shows(ahead_ms) => self.set(ahead_ms),
            Ok(Kept { ahead_ms, .. }) => {
                tracing::warn!(ahead_ms, "the kept clock shows no time; the machine's clock holds");
            }
            Err(error) => {
                tracing::warn!(%error, "the kept clock is not understood; the machine's clock holds")
            }
        }
    }

    /// Where nothing is `under_way` the machine's clock is taken over; never earlier than the `newest` record.
    pub fn settle(&self, newest: Millis, under_way: bool) {
        let by_ms = self.apart();
        if by_ms.unsigned_abs() > APART_MS && under_way {
            tracing::warn!(
                by_ms,
                "the machine's clock was set: the evening goes on by the clock it began with"
            );
        } else if by_ms.unsigned_abs() > APART_MS {
            tracing::warn!(
                by_ms,
                "the machine's clock was set: it is taken over, as no contest is under way"
            );
            self.set(self.0.ahead.load(Ordering::SeqCst).saturating_add(by_ms));
        }
        let late_ms = signed(newest.0).saturating_sub(signed(self.now().0));
        if late_ms > 0 {
            tracing::warn!(
                late_ms,
                "the machine's clock is earlier than the newest record, which is taken for the time"
            );
            self.set(self.0.ahead.load(Ordering::SeqCst).saturating_add(late_ms));
        }
    }

    /// Leaves the clock to the server after this one. Without it that one goes by the machine's clock.
    pub fn keep(&self, file: &Path) {
        let Some(boot) = self.0.machine.boot() else { return };
        let kept = Kept::new(boot, self.0.ahead.load(Ordering::SeqCst));
        let fresh = file.with_extension("fresh");
        let written = serde_json::to_vec(&kept)
            .map_err(std::io::Error::from)
            .and_then(|json| std::fs::write(&fresh, json))
            .and_then(|()| std::fs::rename(&fresh, file));
        if let Err(error) = written {
            tracing::warn!(%error, "the clock cannot be kept: after a restart the machine's clock holds");
        }
    }

    /// The machine's clock minus the evening's, milliseconds.
    fn apart(&self) -> i64 {
        signed(self.wall().0).saturating_sub(signed(self.now().0))
    }

    fn shows(&self, ahead: i64) -> bool {
        let now = ahead.saturating_add(millis(self.0.machine.age()));
        u64::try_from(now).is_ok_and(|now| now < END_MS)
    }

    fn set(&self, ahead: i64) {
        self.0.ahead.store(ahead, Ordering::SeqCst);
        self.0.apart.store(self.apart(), Ordering::SeqCst);
    }
}

impl Machine {
    fn wall(&self) -> Millis {
        match self {
            Machine::System { .. } => Millis(
                SystemTime::now()
                    .duration_since(SystemTime::UNIX_EPOCH)
                    .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX)),
            ),
            Machine::Manual(hands) => Millis(hands.wall.load(Ordering::SeqCst)),
        }
    }

    /// What has passed since the machine was started; where the system does not tell, since this clock was made.
    fn age(&self) -> Duration {
        match self {
            Machine::System { started } => since_start().unwrap_or_else(|| started.elapsed()),
            Machine::Manual(hands) => Duration::from_millis(hands.age.load(Ordering::SeqCst)),
        }
    }

    /// Names the machine's start that `age` counts from.
    fn boot(&self) -> Option<String> {
        match self {
            Machine::System { .. } => {
                since_start()?;
                let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
                Some(id.trim().to_owned())
            }
            Machine::Manual(hands) => Some(format!("start {}", hands.starts.load(Ordering::SeqCst))),
        }
    }
}

/// The time since the machine was started, its sleep included.
#[cfg(target_os = "linux")]
fn since_start() -> Option<Duration> {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    Some(Duration::new(u64::try_from(now.tv_sec).ok()?, u32::try_from(now.tv_nsec).ok()?))
}

#[cfg(not(target_os = "linux"))]
fn since_start() -> Option<Duration> {
    None
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

/// Moves a manual clock.
#[derive(Debug, Clone)]
pub struct Hand(Arc<Hands>);

impl Hand {
    /// The clock of a server that is started on this machine now.
    pub fn clock(&self) -> Clock {
        Clock::on(Machine::Manual(self.0.clone()))
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.0.wall.fetch_add(ms, Ordering::SeqCst);
        self.0.age.fetch_add(ms, Ordering::SeqCst);
        self.0.moved.notify_waiters();
    }

    /// Sets the machine's clock, forwards or back, as somebody at the machine might; no time passes.
    pub fn set(&self, to: Millis) {
        self.0.wall.store(to.0, Ordering::SeqCst);
        self.0.moved.notify_waiters();
    }

    /// Starts the machine again; no server runs on it meanwhile.
    pub fn start_machine(&self) {
        self.0.age.store(0, Ordering::SeqCst);
        self.0.starts.fetch_add(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;
    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn setting_the_machines_clock_lets_no_time_pass() {
        let (clock, hand) = Clock::manual(Millis(10_000));
        hand.advance(2 * SECOND);
        assert_eq!(clock.jump(), None);
        for to in [Millis(500), Millis(HOUR), Millis(u64::MAX), Millis(0)] {
            hand.set(to);
            assert_eq!((clock.now(), clock.steady(), clock.wall()), (Millis(12_000), 2 * SECOND, to));
        }
        assert_eq!(clock.jump(), Some(-12_000), "told once, by how much");
        hand.advance(SECOND);
        assert_eq!((clock.jump(), clock.now()), (None, Millis(13_000)));
    }

    #[test]
    fn the_system_clock_is_in_this_century() {
        let clock = Clock::system();
        assert!(clock.now() > Millis(1_700_000_000_000));
        assert!(clock.now().0.abs_diff(clock.wall().0) < 1_000);
        assert!(clock.steady() < Duration::from_secs(60));
    }

    #[test]
    fn a_server_of_the_same_start_goes_on_by_the_kept_clock() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clock.json");
        let (first, hand) = Clock::manual(Millis(5 * HOUR));
        first.resume(&file);
        first.keep(&file);
        hand.advance(2 * SECOND);
        hand.set(Millis(HOUR));
        let second = hand.clock();
        assert_eq!(second.now(), Millis(HOUR), "by the machine's clock, until it knows better");
        second.resume(&file);
        assert_eq!((second.now(), second.steady(), second.jump()), (first.now(), Duration::ZERO, None));
        // A machine that was started again counts from anew.
        hand.start_machine();
        let third = hand.clock();
        third.resume(&file);
        assert_eq!(third.now(), Millis(HOUR));
    }

    #[test]
    fn the_systems_clock_is_kept_and_taken_up() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clock.json");
        let clock = Clock::system();
        if clock.0.machine.boot().is_none() {
            return println!("skipped: this system does not name its start");
        }
        clock.set(clock.0.ahead.load(Ordering::SeqCst) - signed(HOUR));
        clock.keep(&file);
        let next = Clock::system();
        next.resume(&file);
        assert!(next.now().0.abs_diff(clock.now().0) < 1_000 && next.wall().0 - next.now().0 > HOUR - 1_000);
    }

    #[test]
    fn a_kept_clock_that_is_not_understood_is_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clock.json");
        let (clock, _hand) = Clock::manual(Millis(HOUR));
        let texts: [&[u8]; 8] = [
            b"",
            b"{",
            b"null",
            b"\xff\xfe",
            br#"{"boot":"start 1"}"#,
            br#"{"boot":"start 1","ahead_ms":"7"}"#,
            br#"{"boot":"start 1","ahead_ms":1e99}"#,
            br#"{"boot":"start 1","ahead_ms":7,"check":"0123"}"#,
        ];
        let far = |ahead_ms| serde_json::to_vec(&Kept::new("start 1".to_owned(), ahead_ms)).unwrap();
        let mut flipped = far(7);
        let digit = flipped.iter().position(|byte| *byte == b'7').unwrap();
        flipped[digit] = b'6';
        let kept = [far(i64::MAX), far(-1), flipped];
        for text in texts.into_iter().map(<[u8]>::to_vec).chain(kept) {
            std::fs::write(&file, &text).unwrap();
            clock.resume(&file);
            assert_eq!(clock.now(), Millis(HOUR), "{}", String::from_utf8_lossy(&text));
        }
        clock.resume(dir.path());
        clock.keep(&dir.path().join("nowhere").join("clock.json"));
        assert_eq!(clock.now(), Millis(HOUR), "no folder, no file: no harm");
    }

    #[test]
    fn the_machines_clock_is_taken_over_between_evenings_only() {
        let (clock, hand) = Clock::manual(Millis(5 * HOUR));
        hand.set(Millis(6 * HOUR));
        clock.settle(Millis(4 * HOUR), true);
        assert_eq!(clock.now(), Millis(5 * HOUR));
        clock.settle(Millis(4 * HOUR), false);
        assert_eq!((clock.now(), clock.jump()), (Millis(6 * HOUR), None));
        hand.set(Millis(6 * HOUR + 59_000));
        clock.settle(Millis(4 * HOUR), false);
        assert_eq!(clock.now(), Millis(6 * HOUR), "not for less than a minute");
        hand.set(Millis(2 * HOUR));
        clock.settle(Millis(4 * HOUR), false);
        assert_eq!(clock.now(), Millis(4 * HOUR), "not before what is on record");
    }
}
