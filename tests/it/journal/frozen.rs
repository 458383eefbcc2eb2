//! A fact's shape is a promise: a journal written once is read for ever, to the same standings.

use podium::domain::ids::RoundId;
use podium::domain::result;
use podium::journal::{self, disk::RealDisk};
use podium::live::actor::replay;
use std::collections::BTreeSet;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_journal_of_the_first_version_still_gives_its_standings() {
    let dir = root().join("tests/fixtures/journal");
    let found = journal::verify(&RealDisk, &dir, "v1").unwrap();
    assert_eq!(found.cut, None);
    let contest = replay(&found.records).unwrap().contest;
    let round = contest.round(RoundId(1)).unwrap();
    let mut shown = format!("{} records, head {}\n", found.head.seq, found.head.hex());
    for row in result::provisional(&contest, round) {
        let place = row.place.map_or("-".into(), |place| place.to_string());
        shown += &format!("{place} {} {} k={}\n", row.pitch, row.score, row.k);
    }
    let frozen = std::fs::read_to_string(dir.join("v1.standings.txt")).unwrap();
    assert_eq!(shown, frozen);
}

/// Facts that came after the first frozen journal, each in a journal of its own: none of them is ever written anew.
#[test]
fn later_facts_are_frozen_beside_it() {
    let dir = root().join("tests/fixtures/journal");
    let found = journal::verify(&RealDisk, &dir, "v1-decisions").unwrap();
    let contest = replay(&found.records).unwrap().contest;
    let round = contest.round(RoundId(1)).unwrap();
    let rows: Vec<_> = result::provisional(&contest, round)
        .into_iter()
        .map(|row| format!("{} {} {}", row.place.unwrap_or(0), row.pitch, row.score))
        .collect();
    assert_eq!(rows, ["1 R1-P2 70.00", "2 R1-P1 70.00"], "the chair has decided");
    assert_eq!(found.head.hex(), std::fs::read_to_string(dir.join("v1-decisions.head.txt")).unwrap().trim());
}

#[test]
fn every_kind_of_fact_stands_in_a_frozen_journal() {
    let source = std::fs::read_to_string(root().join("src/domain/fact.rs")).unwrap();
    let facts = source.split_once("pub enum Fact {").unwrap().1.split_once("\n}").unwrap().0;
    let kinds = facts.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?;
        let name = name.strip_suffix(" {").or_else(|| name.strip_suffix(','))?;
        name.starts_with(|c: char| c.is_ascii_uppercase()).then(|| {
            let kebab = name.chars().enumerate().flat_map(|(at, c)| {
                (at > 0 && c.is_ascii_uppercase()).then_some('-').into_iter().chain([c.to_ascii_lowercase()])
            });
            kebab.collect::<String>()
        })
    });
    let journals = ["v1.jsonl", "v1-decisions.jsonl"];
    let read = |name| std::fs::read_to_string(root().join("tests/fixtures/journal").join(name)).unwrap();
    let journal: String = journals.into_iter().map(read).collect();
    let frozen = |kind: &String| journal.contains(&format!(r#"\"kind\":\"{kind}\""#));
    let missing: BTreeSet<String> = kinds.filter(|kind| !frozen(kind)).collect();
    assert_eq!(missing, BTreeSet::new());
}
