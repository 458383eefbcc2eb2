//! Standings from the marks up, and one mark at a time in a contest far larger than any.
//!
//! `cargo bench --bench scoring`; it also prints how much memory the large table takes (Linux).

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use podium::domain::kernel::points::Points;
use podium::domain::scoring::grid::Grid;
use podium::domain::scoring::rule::Rule;
use podium::domain::scoring::table::{Extras, Table};
use podium::domain::terms::rubric::Criterion as Of;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;

const CRITERIA: usize = 8;

fn criteria() -> Vec<Of> {
    let criterion = |at: usize| Of {
        id: format!("c{at}").parse().expect("an id"),
        name: String::new(),
        max: Points::whole([30, 25, 20, 15, 10][at % 5]).expect("points"),
        weight: [30, 25, 20, 15, 10][at % 5],
        step: None,
        scale: String::new(),
    };
    (1..=CRITERIA).map(criterion).collect()
}

/// Marks in half points, by project, judge and criterion.
fn marks(projects: usize, judges: usize) -> Vec<i64> {
    let mut chance = ChaCha8Rng::seed_from_u64(7);
    let criteria = criteria();
    let mark = |at: usize| chance.random_range(0..=criteria[at % CRITERIA].max.ticks() / 5_000) * 5_000;
    (0..projects * judges * CRITERIA).map(mark).collect()
}

fn filled(projects: usize, judges: usize, marks: &[i64]) -> Grid {
    let mut grid = Grid::new(&criteria(), projects, judges).expect("a rubric");
    for (at, card) in marks.chunks(CRITERIA).enumerate() {
        grid.set(at / judges, at % judges, Some(card), at as u64);
    }
    grid
}

fn extras(projects: usize) -> Extras {
    Extras { ids: (0..projects).map(|at| format!("P{at}")).collect(), ..Extras::default() }
}

fn full(criterion: &mut Criterion) {
    let (projects, judges) = (100, 15);
    let marks = marks(projects, judges);
    let empty = Table::new(Rule::default(), criteria(), filled(projects, judges, &[]), extras(projects));
    let mut table = empty.expect("a table");
    let mut group = criterion.benchmark_group("standings");
    group.bench_function("100 × 15 × 8, from the marks", |bencher| {
        bencher.iter(|| {
            for (at, card) in marks.chunks(CRITERIA).enumerate() {
                table.grid.set(at / judges, at % judges, Some(card), at as u64);
            }
            table.recompute().expect("a ranking");
            black_box(table.places().len())
        });
    });
    group.finish();
}

fn incremental(criterion: &mut Criterion) {
    let (projects, judges) = (10_000, 30);
    let before = resident();
    let marks = marks(projects, judges);
    let table = Table::new(Rule::default(), criteria(), filled(projects, judges, &marks), extras(projects));
    let mut table = table.expect("a table");
    if let (Some(before), Some(after)) = (before, resident()) {
        println!("memory at 10,000 × 30 × 8: {} MiB, the input's copy included", (after - before) / 1024);
    }
    let mut chance = ChaCha8Rng::seed_from_u64(11);
    let mut group = criterion.benchmark_group("incremental");
    group.bench_function("10,000 × 30 × 8, one mark", |bencher| {
        bencher.iter_batched(
            || {
                let (project, judge) = (chance.random_range(0..projects), chance.random_range(0..judges));
                let mut card = table_marks(&marks, project * judges + judge);
                card[chance.random_range(0..CRITERIA)] = chance.random_range(0..=20) * 5_000;
                (project, judge, card)
            },
            |(project, judge, card)| table.set(project, judge, Some(&card), 1).expect("a ranking"),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn table_marks(marks: &[i64], card: usize) -> [i64; CRITERIA] {
    let mut found = [0; CRITERIA];
    found.copy_from_slice(&marks[card * CRITERIA..(card + 1) * CRITERIA]);
    found
}

/// Resident memory in KiB.
fn resident() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

criterion_group!(benches, full, incremental);
criterion_main!(benches);
