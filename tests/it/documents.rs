//! What the documents say is so: links lead somewhere, both READMEs tell the same, words and options are the program's.

use crate::durability::process::BINARY;
use podium::sheets::vocabulary::{CHOICES, METHODS, TIES, TOPICS, set};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn text(path: &str) -> String {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(at).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const PAGES: [&str; 7] = [
    "README.md",
    "README.zh.md",
    "ARCHITECTURE.md",
    "docs/operations.md",
    "docs/scoring.md",
    "docs/protocol.md",
    "docs/contributing.md",
];

/// Targets of `[…](target)`.
fn links(page: &str) -> Vec<String> {
    text(page).split("](").skip(1).map(|rest| rest.split(')').next().unwrap().to_owned()).collect()
}

/// Rows of the table after `<!-- name -->`: cells without backquotes.
fn table(page: &str, name: &str) -> Vec<Vec<String>> {
    let text = text(page);
    let (_, after) =
        text.split_once(&format!("<!-- {name} -->")).unwrap_or_else(|| panic!("{page} has no {name}"));
    let rows = after.trim_start().lines().take_while(|line| line.starts_with('|')).skip(2);
    let cells =
        |row: &str| row[1..row.len() - 1].split('|').map(|cell| cell.trim().replace('`', "")).collect();
    rows.map(cells).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut seen = 0;
    for page in PAGES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        for link in links(page).into_iter().filter(|link| !link.starts_with("http")) {
            let target = folder.parent().unwrap().join(link.split('#').next().unwrap());
            assert!(target.exists(), "{page} links to {link}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} links");
}

#[test]
fn both_readmes_have_the_same_commands_and_pictures() {
    let blocks = |page: &str| -> Vec<String> {
        text(page).split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
    };
    assert_eq!(blocks("README.md"), blocks("README.zh.md"));
    assert_eq!(blocks("README.md")[0], "cargo run --release -- demo\n");
    let targets = |page: &str| -> BTreeSet<String> {
        links(page).into_iter().filter(|link| !link.starts_with("README")).collect()
    };
    assert_eq!(targets("README.md"), targets("README.zh.md"));
    let version = text("Cargo.toml").split("rust-version = \"").nth(1).unwrap()[..4].to_owned();
    let node = text("web/package.json")
        .split("\"node\": \">=")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    for page in ["README.md", "README.zh.md"] {
        assert!(text(page).contains(&format!("Rust {version}")), "{page}");
        assert!(text(page).contains(&format!("Node {node}")), "{page}");
    }
}

#[test]
fn the_settings_are_the_programs() {
    let output = Command::new(BINARY).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let rows = table("docs/operations.md", "settings");
    let offered: BTreeSet<&str> =
        help.split_whitespace().filter(|word| word.starts_with("--") && *word != "--help").collect();
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<BTreeSet<_>>(), offered);
    for row in rows {
        let line = help.lines().find(|line| line.contains(&format!("{} ", row[0]))).unwrap();
        assert!(line.contains(&format!("[env: {}=]", row[1])), "{line}");
        assert!(row[2].is_empty() || line.contains(&format!("[default: {}]", row[2])), "{line}");
    }
}

#[test]
fn the_words_of_a_rule_sheet_are_listed() {
    let topics: Vec<Vec<String>> =
        TOPICS.iter().map(|(_, words)| vec![words[0].to_owned(), words.join(", ")]).collect();
    assert_eq!(table("docs/scoring.md", "topics"), topics);
    let methods: Vec<Vec<String>> = METHODS
        .iter()
        .map(|(method, drop, words)| vec![method.name().to_owned(), drop.to_string(), words.join(", ")])
        .collect();
    assert_eq!(table("docs/scoring.md", "methods"), methods);
}

#[test]
fn the_other_words_are_listed_and_each_is_taken() {
    let listed: Vec<Vec<String>> =
        table("docs/scoring.md", "choices").into_iter().map(|row| row[1..].to_vec()).collect();
    let mut choices = Vec::new();
    for (topic, of_topic) in CHOICES {
        for (words, _) in *of_topic {
            choices.push(vec![words.join(", ")]);
            for word in *words {
                let (mut rule, mut timing) = Default::default();
                assert_eq!(set(*topic, word, &mut rule, &mut timing), Ok(()), "{word}");
            }
        }
    }
    assert_eq!(listed, choices);
    let ties: Vec<Vec<String>> =
        TIES.iter().map(|(tie, words)| vec![tie.to_string(), words.join(", ")]).collect();
    assert_eq!(table("docs/scoring.md", "ties"), ties);
}
