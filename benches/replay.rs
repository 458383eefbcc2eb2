//! How long a start takes, and how much memory: reading, verifying and replaying journals, and the first views of everybody.
//! `cargo bench --bench replay` prints both for a long evening and for a million records. Each start is a process of its own,
//! because the memory it takes at most is the process's.

#[path = "evening/mod.rs"]
mod evening;

use evening::{ROUND, about, blueprint, pitch, scorecard};
use podium::clock::Clock;
use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::decide::decide;
use podium::domain::fact::Fact;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId};
use podium::domain::kernel::time::{Millis, Stamp};
use podium::domain::state::contest::Contest;
use podium::journal::Journal;
use podium::journal::disk::RealDisk;
use podium::journal::record::Entry;
use podium::live::registry::{Deps, Registry};
use podium::store::Store;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CODE: &str = "abc234";
/// Where the process that starts finds its journal.
const START: &str = "PODIUM_BENCH_START";
const RECORDS: u64 = 1_000_000;
const BATCH: usize = 500;

/// An evening on its way into a journal.
struct Evening {
    contest: Contest,
    journal: Journal,
    batch: Vec<Entry>,
    commands: u128,
}

impl Evening {
    fn new(dir: &Path, (projects, judges, criteria): (u16, u16, u16)) -> Self {
        let (journal, _) = podium::journal::open(Arc::new(RealDisk), dir, CODE).expect("opens");
        let mut evening = Evening { contest: Contest::default(), journal, batch: Vec::new(), commands: 0 };
        let code = CODE.parse().expect("a code");
        evening.give(Actor::Organiser, &Command::CreateContest { code, about: about() });
        let blueprint = blueprint(projects, judges, criteria);
        evening.give(Actor::Organiser, &Command::ImportBlueprint { blueprint });
        evening
    }

    fn give(&mut self, by: Actor, command: &Command) {
        for fact in decide(&self.contest, by, command).expect("the command is taken") {
            self.note(by, &fact);
        }
    }

    fn note(&mut self, by: Actor, fact: &Fact) {
        let seq = self.contest.seq + 1;
        apply(&mut self.contest, fact, Stamp { seq, at: Millis(seq), by: Some(by) });
        self.commands += 1;
        let fact = serde_json::value::to_raw_value(fact).expect("a fact");
        let cmd = Some(CommandId(self.commands << 64).to_string());
        self.batch.push(Entry { by: by.to_string(), cmd, fact });
        if self.batch.len() == BATCH {
            self.write();
        }
    }

    fn write(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        if !batch.is_empty() {
            self.journal.append(self.contest.seq, batch, &mut rand::random).expect("written");
        }
    }

    /// Every pitch opened, scored by everybody `times`, closed, announced.
    fn play(&mut self, projects: u16, judges: u16, times: u32) {
        for n in 1..=projects {
            self.give(Actor::Host, &Command::StartPitch { pitch: pitch(n) });
            self.give(Actor::Host, &Command::OpenWindow { pitch: pitch(n) });
            for base in 0..times {
                for judge in 1..=judges {
                    let round = self.contest.round(ROUND).expect("the round");
                    let seed = u32::from(n) * 7 + u32::from(judge) * 3 + base;
                    let command = scorecard(round, pitch(n), base, seed);
                    self.give(Actor::Judge(JudgeId(judge)), &command);
                }
            }
            self.give(Actor::Host, &Command::CloseWindow { pitch: pitch(n) });
            self.give(Actor::Host, &Command::BeginAnnouncement { pitch: pitch(n) });
            self.give(Actor::Host, &Command::RevealPitch { pitch: pitch(n) });
        }
        self.write();
    }
}

/// The memory that this process took at most, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).map_or(0, |kib| kib / 1_024)
}

/// In the process that starts: until the contest is there, and until its task answers.
fn start(dir: &Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let sled = tempfile::tempdir().expect("a folder");
        let store = Store::open(&sled.path().join("sled"), Millis(1)).expect("opens").store;
        let journals = dir.to_owned();
        let deps = Deps { disk: Arc::new(RealDisk), journals, clock: Clock::system(), store };
        let began = Instant::now();
        let registry = Registry::new(deps);
        registry.open_all().expect("the journal is sound");
        let replayed = began.elapsed().as_secs_f64();
        let handle = registry.get(&CODE.parse().expect("a code")).expect("the contest");
        // Asked as if much later each time: an answer holds for a while.
        let mut asked = 0;
        while !handle.answers(Duration::from_secs(asked)).await {
            asked += 3_600;
        }
        let answered = began.elapsed().as_secs_f64();
        println!("{} | {replayed:.2} | {answered:.2} | {}", handle.contest().seq, peak());
    });
}

fn measure(size @ (projects, judges, criteria): (u16, u16, u16), times: u32) {
    let dir = tempfile::tempdir().expect("a folder");
    Evening::new(dir.path(), size).play(projects, judges, times);
    let bytes = std::fs::metadata(dir.path().join(format!("{CODE}.jsonl"))).map_or(0, |file| file.len());
    print!("{projects} × {judges} × {criteria} | {} | ", bytes >> 20);
    std::io::Write::flush(&mut std::io::stdout()).expect("told");
    let program = std::env::current_exe().expect("this program");
    let status = std::process::Command::new(program).env(START, dir.path()).status().expect("started");
    assert!(status.success(), "the start failed");
}

fn main() {
    if let Some(dir) = std::env::var_os(START) {
        return start(Path::new(&dir));
    }
    println!(
        "projects × judges × criteria | MiB on disk | records | s to replay | s to the first answer | MiB at most"
    );
    measure((100, 15, 8), 1);
    measure((999, 15, 8), 1);
    let times = u32::try_from(RECORDS / (100 * 15)).expect("so many");
    measure((100, 15, 8), times);
}
