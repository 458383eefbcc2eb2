//! How long a start takes: reading, verifying and replaying a journal of a hundred thousand records.

use criterion::{Criterion, criterion_group, criterion_main};
use podium::domain::command::Command;
use podium::domain::command::blueprint::Blueprint;
use podium::domain::decide::decide;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::time::{Millis, Stamp};
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::journal::disk::RealDisk;
use podium::journal::record::Entry;
use podium::live::actor::replay;
use podium::sheets::roster::read_roster;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

const RECORDS: u64 = 100_000;

/// A contest whose judges hand in again and again.
struct Evening {
    contest: Contest,
    entries: Vec<Entry>,
}

impl Evening {
    fn give(&mut self, by: Actor, command: &Command) {
        for fact in decide(&self.contest, by, command).expect("the command is taken") {
            let seq = self.entries.len() as u64 + 1;
            podium::domain::apply::apply(&mut self.contest, &fact, Stamp { seq, at: Millis(seq), by: None });
            let fact = serde_json::to_string(&fact).expect("a fact");
            self.entries.push(Entry { by: by.to_string(), cmd: None, fact });
        }
    }
}

fn evening() -> Vec<Entry> {
    let workbook = std::fs::read("demo/suxiang-2024.xlsx").expect("the demo's workbook");
    let blueprint: Blueprint = read_roster("suxiang-2024.xlsx", &workbook).expect("it is read").blueprint;
    let mut evening = Evening { contest: Contest::default(), entries: Vec::new() };
    let about = About { title: "replay".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    evening
        .give(Actor::Organiser, &Command::CreateContest { code: "abc234".parse().expect("a code"), about });
    let criteria = blueprint.criteria.clone();
    evening.give(Actor::Organiser, &Command::ImportBlueprint { blueprint });
    let pitch = PitchId { round: RoundId(1), project: ProjectId(1) };
    evening.give(Actor::Host, &Command::StartPitch { pitch });
    evening.give(Actor::Host, &Command::OpenWindow { pitch });
    let mut base = 0;
    while (evening.entries.len() as u64) < RECORDS {
        for judge in 1..=7 {
            let mark = (base % 10) as i64;
            let marks = criteria
                .iter()
                .map(|criterion| (criterion.id.clone(), mark.to_string().parse().expect("a mark")));
            let marks = marks.collect();
            let command = Command::SubmitScorecard { pitch, base, marks, comment: String::new() };
            evening.give(Actor::Judge(JudgeId(judge)), &command);
        }
        base += 1;
    }
    evening.entries
}

fn write(at: &Path) {
    let (mut journal, _) = podium::journal::open(Arc::new(RealDisk), at, "abc234").expect("opens");
    let mut entries = evening().into_iter().peekable();
    while entries.peek().is_some() {
        let batch: Vec<_> = entries.by_ref().take(500).collect();
        journal.append(1, batch, &mut || [7; 32]).expect("written");
    }
}

fn start(criterion: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path());
    let mut group = criterion.benchmark_group("start");
    group.sample_size(10);
    group.bench_function("100,000 records", |bencher| {
        bencher.iter(|| {
            let found = podium::journal::verify(&RealDisk, dir.path(), "abc234").expect("sound");
            black_box(replay(&found.records).expect("understood").contest.seq)
        });
    });
    group.finish();
}

criterion_group!(benches, start);
criterion_main!(benches);
