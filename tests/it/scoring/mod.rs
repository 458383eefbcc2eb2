//! The scoring engine against reference cases, properties and the mistakes people make.

mod own;
mod properties;
mod published;
mod statements;
mod ties;

use num_rational::BigRational;
use podium::domain::kernel::points::Points;
use podium::domain::scoring::judging::{Judging, OwnCard};
use podium::domain::scoring::rule::Rule;
use podium::domain::scoring::standings::Standings;
use podium::domain::terms::rubric::Criterion;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

pub fn own(name: &str) -> Value {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scoring").join(name);
    serde_json::from_slice(&std::fs::read(&at).unwrap_or_else(|error| panic!("{name}: {error}"))).unwrap()
}

/// A published case, read in place; `None`, said aloud, where the folder is not there.
pub fn published(name: &str) -> Option<Value> {
    let folder = std::env::var("PODIUM_REFERENCE_CASES");
    let folder = folder.unwrap_or_else(|_| "../shared/data/scoring/published".into());
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name);
    let Ok(bytes) = std::fs::read(&at) else {
        use std::io::Write;
        let line = format!("SKIPPED: published scoring case {name}: not in PODIUM_REFERENCE_CASES\n");
        std::io::stderr().lock().write_all(line.as_bytes()).unwrap();
        return None;
    };
    Some(serde_json::from_slice(&bytes).unwrap())
}

/// `"1201/15"`, `"84.13"`, `7` or `7.5` as a fraction.
pub fn ratio(value: &Value) -> BigRational {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.contains('/') {
        return text.parse().unwrap();
    }
    let points: Points = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    BigRational::new(points.ticks().into(), Points::TICKS.into())
}

pub fn points(value: &Value) -> Points {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

pub fn criterion(at: usize, max: Points, weight: u32) -> Criterion {
    let id = format!("c{}", at + 1).parse().unwrap();
    Criterion { id, name: String::new(), max, weight, step: None, scale: String::new() }
}

pub fn whole(points: i64) -> Points {
    Points::whole(points).unwrap()
}

/// A judging from marks by project, judge and criterion.
pub fn judging(rule: Rule, criteria: Vec<Criterion>, marks: &[(&str, Vec<Vec<Points>>)]) -> Judging {
    let mut judging = Judging { rule, criteria, ..Judging::default() };
    for (project, cards) in marks {
        for (at, card) in cards.iter().enumerate() {
            let judge = format!("J{}", at + 1);
            give(&mut judging, project, &judge, card);
        }
    }
    judging
}

pub fn give(judging: &mut Judging, project: &str, judge: &str, marks: &[Points]) {
    let marks = judging.criteria.iter().map(|c| c.id.clone()).zip(marks.iter().copied());
    let marks: BTreeMap<_, _> = marks.collect();
    let (project, judge) = (judging.project(project), judging.judge(judge));
    judging.cards.push(OwnCard { project, judge, marks });
}

/// Place, project, score.
pub fn rows(judging: &Judging, standings: &Standings) -> Vec<(u32, String, String)> {
    let row = |row: &podium::domain::scoring::standings::Standing| {
        (row.place, judging.projects[row.project].clone(), row.score.clone())
    };
    standings.ranked.iter().map(row).collect()
}
