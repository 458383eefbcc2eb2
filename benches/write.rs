//! What the write path does, end to end: a contest's own task, its journal on a disk, its views. `cargo bench --bench write`.
//!
//! 255 writers at once, each with the next mark as soon as it has its receipt, when the contest is new and when it has a hundred
//! thousand facts; phones that come and go; and an evening, whose last receipts take no longer than its first.

#[path = "evening/mod.rs"]
mod evening;

use evening::{ROUND, about, blueprint, pitch, scorecard};
use podium::clock::Clock;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, PitchId};
use podium::domain::kernel::time::Millis;
use podium::domain::state::round::Round;
use podium::domain::terms::programme::WindowPolicy;
use podium::journal::disk::RealDisk;
use podium::live::handle::Handle;
use podium::live::presence::Guest;
use podium::live::registry::{Deps, Registry};
use podium::store::Store;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The writers: every judge of these, for each of these pitches.
const JUDGES: u16 = 85;
const PITCHES: u16 = 3;
/// Marks that each writer gives in a round of measuring, and in all.
const ROUND_OF_MARKS: u32 = 40;
const MARKS: u32 = 400;
const PHONES: u32 = 10_000;
/// Of the evening: pitches at either end that are measured.
const ENDS: usize = 10;

struct Hall {
    registry: Registry,
    handle: Handle,
    ids: u128,
    asked: Duration,
    _dir: tempfile::TempDir,
}

impl Hall {
    async fn open(projects: u16, judges: u16, criteria: u16) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::open(&dir.path().join("sled"), Millis(1)).expect("opens").store;
        let deps = Deps {
            disk: Arc::new(RealDisk),
            journals: dir.path().join("journal"),
            clock: Clock::system(),
            store,
        };
        let registry = Registry::new(deps);
        let handle = registry.create(about()).await.expect("created");
        let mut hall = Hall { registry, handle, ids: 0, asked: Duration::ZERO, _dir: dir };
        let blueprint = blueprint(projects, judges, criteria);
        hall.give(Actor::Organiser, Command::ImportBlueprint { blueprint }).await;
        hall
    }

    async fn give(&mut self, by: Actor, command: Command) {
        self.ids += 1;
        self.handle.submit(by, CommandId(self.ids), command).await.expect("the command is taken");
    }

    async fn host(&mut self, command: Command) {
        self.give(Actor::Host, command).await;
    }

    /// Waits until everything that was published is out. Asked as if much later each time: an answer holds for a while.
    async fn settle(&mut self) {
        loop {
            self.asked += Duration::from_secs(3_600);
            if self.handle.answers(self.asked).await {
                return;
            }
        }
    }
}

/// Percentile of some times, in milliseconds.
fn at(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100].as_secs_f64() * 1_000.0
}

/// One judge's marks for one pitch, one after another.
async fn writer(
    handle: Handle,
    round: Arc<Round>,
    judge: JudgeId,
    of: PitchId,
    bases: std::ops::Range<u32>,
) -> Vec<Duration> {
    let mut times = Vec::new();
    for base in bases {
        let id = u128::from(judge.0) << 64 | u128::from(of.project.0) << 32 | u128::from(base) | 1 << 96;
        let command = scorecard(&round, of, base, base);
        let began = Instant::now();
        handle.submit(Actor::Judge(judge), CommandId(id), command).await.expect("the mark is taken");
        times.push(began.elapsed());
    }
    times
}

async fn writers() {
    let mut hall = Hall::open(PITCHES, JUDGES, 5).await;
    // The first pitches are open together until the last of them closes.
    let policy = WindowPolicy { warm_up: PITCHES, ..WindowPolicy::default() };
    hall.give(Actor::Organiser, Command::SetWindowPolicy { round: ROUND, policy }).await;
    for n in 1..=PITCHES {
        hall.host(Command::StartPitch { pitch: pitch(n) }).await;
        hall.host(Command::OpenWindow { pitch: pitch(n) }).await;
        if n < PITCHES {
            hall.host(Command::CloseWindow { pitch: pitch(n) }).await;
        }
    }
    let round = Arc::new(hall.handle.contest().round(ROUND).expect("the round").clone());
    println!("{} writers of one contest | marks/s | receipt p50 ms | p99 ms", u32::from(JUDGES * PITCHES));
    for from in (0..MARKS).step_by(ROUND_OF_MARKS as usize) {
        let began = Instant::now();
        let mut writers = tokio::task::JoinSet::new();
        for (judge, of) in (1..=JUDGES).flat_map(|judge| (1..=PITCHES).map(move |of| (judge, of))) {
            let (handle, round) = (hall.handle.clone(), round.clone());
            let bases = from..from + ROUND_OF_MARKS;
            writers.spawn(writer(handle, round, JudgeId(judge), pitch(of), bases));
        }
        let mut times = writers.join_all().await.concat();
        let facts = hall.handle.contest().seq;
        let rate = times.len() as f64 / began.elapsed().as_secs_f64();
        println!("to {facts} facts | {rate:.0} | {:.2} | {:.2}", at(&mut times, 50), at(&mut times, 99));
        hall.settle().await;
    }
    // One at a time, in the contest that has them all.
    let mut times =
        writer(hall.handle.clone(), round.clone(), JudgeId(1), pitch(1), MARKS..MARKS + 100).await;
    println!("one writer after them | | {:.2} | {:.2}", at(&mut times, 50), at(&mut times, 99));
    hall.registry.close().await;
}

async fn phones() {
    let mut hall = Hall::open(100, 15, 8).await;
    let began = Instant::now();
    let mut here = Vec::new();
    for _ in 0..PHONES {
        here.push(hall.handle.join(Guest::Phone).await);
    }
    drop(here);
    hall.settle().await;
    let each = began.elapsed().as_secs_f64() * 1_000.0 / f64::from(PHONES * 2);
    println!("a phone comes or goes, 100 × 15 × 8: {each:.4} ms");
    hall.registry.close().await;
}

/// What one write of a record's size and its `fdatasync` takes here.
fn disk() -> f64 {
    let dir = tempfile::tempdir().expect("a folder");
    let mut file = std::fs::File::create(dir.path().join("disk")).expect("a file");
    let mut times: Vec<_> = (0..200)
        .map(|_| {
            let began = Instant::now();
            file.write_all(&[b'x'; 700]).and_then(|()| file.sync_data()).expect("written");
            began.elapsed()
        })
        .collect();
    at(&mut times, 50)
}

async fn evening(projects: u16, judges: u16, criteria: u16) {
    let mut hall = Hall::open(projects, judges, criteria).await;
    let round = Arc::new(hall.handle.contest().round(ROUND).expect("the round").clone());
    let mut receipts: Vec<Vec<Duration>> = Vec::new();
    for n in 1..=projects {
        hall.host(Command::StartPitch { pitch: pitch(n) }).await;
        hall.host(Command::OpenWindow { pitch: pitch(n) }).await;
        hall.settle().await;
        let mut judging = tokio::task::JoinSet::new();
        for judge in 1..=judges {
            judging.spawn(writer(hall.handle.clone(), round.clone(), JudgeId(judge), pitch(n), 0..1));
        }
        receipts.push(judging.join_all().await.concat());
        hall.host(Command::CloseWindow { pitch: pitch(n) }).await;
        hall.host(Command::BeginAnnouncement { pitch: pitch(n) }).await;
        hall.host(Command::RevealPitch { pitch: pitch(n) }).await;
    }
    let (mut first, mut last) =
        (receipts[..ENDS].concat(), receipts[usize::from(projects) - ENDS..].concat());
    println!(
        "{projects} × {judges} × {criteria}, receipt p50 (p99): first {ENDS} pitches {:.2} ({:.2}) ms, last {ENDS} {:.2} ({:.2}) ms; one fdatasync {:.2} ms",
        at(&mut first, 50),
        at(&mut first, 99),
        at(&mut last, 50),
        at(&mut last, 99),
        disk(),
    );
    hall.registry.close().await;
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        evening(100, 15, 8).await;
        phones().await;
        writers().await;
    });
}
