//! Rank stability of an evening of twelve projects and seven judges: every draw of judges, each ranked by the rule.

use criterion::{Criterion, criterion_group, criterion_main};
use podium::analysis::stability::stability;
use podium::domain::kernel::points::Points;
use podium::domain::scoring::grid::Grid;
use podium::domain::scoring::rule::Rule;
use podium::domain::scoring::table::{Extras, Table};
use podium::domain::terms::rubric::Criterion as Of;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;

fn evening() -> Table {
    let maxima = [30, 25, 20, 15, 10];
    let criterion = |(at, max): (usize, &i64)| Of {
        id: format!("c{}", at + 1).parse().expect("an id"),
        name: String::new(),
        max: Points::whole(*max).expect("points"),
        weight: u32::try_from(*max).expect("a weight"),
        step: None,
        scale: String::new(),
    };
    let criteria: Vec<Of> = maxima.iter().enumerate().map(criterion).collect();
    let mut chance = ChaCha8Rng::seed_from_u64(3);
    let mut grid = Grid::new(&criteria, 12, 7).expect("a rubric");
    for project in 0..12 {
        for judge in 0..7 {
            let card: Vec<i64> =
                maxima.iter().map(|max| chance.random_range(*max..=2 * *max) * 5_000).collect();
            grid.set(project, judge, Some(&card), 1);
        }
    }
    let ids = (1..=12).map(|at| format!("P{at}")).collect();
    Table::new(Rule::default(), criteria, grid, Extras { ids, ..Extras::default() }).expect("a ranking")
}

fn draws(criterion: &mut Criterion) {
    let table = evening();
    let mut group = criterion.benchmark_group("rank stability");
    group.bench_function("12 × 7, all draws", |bencher| bencher.iter(|| black_box(stability(&table, ""))));
    group.finish();
}

criterion_group!(benches, draws);
criterion_main!(benches);
