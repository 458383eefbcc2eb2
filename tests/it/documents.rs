//! What the documents say is so: links lead somewhere, both READMEs tell the same, words and options are the program's.

use crate::durability::process::BINARY;
use podium::domain::kernel::time::Millis;
use podium::domain::scoring::overtime::OvertimeRule;
use podium::domain::state::contest::Contest;
use podium::papers::source::Source;
use podium::papers::tables::tables;
use podium::papers::words::Lang;
use podium::sheets::headings::Kind;
use podium::sheets::overtime;
use podium::sheets::roster::programme::position;
use podium::sheets::topic::TOPICS;
use podium::sheets::vocabulary::{CHOICES, METHODS, SEGMENTS, Said, TIES, segment, set};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn text(path: &str) -> String {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(at).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const PAGES: [&str; 13] = [
    "README.md",
    "README.zh.md",
    "ARCHITECTURE.md",
    "docs/operations.md",
    "docs/scoring.md",
    "docs/scoring.zh.md",
    "docs/papers.md",
    "docs/papers.zh.md",
    "docs/protocol.md",
    "CONTRIBUTING.md",
    "docs/glossary.md",
    "SECURITY.md",
    "CHANGELOG.md",
];

const SCORING: [&str; 2] = ["docs/scoring.md", "docs/scoring.zh.md"];

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

/// The glossary's Chinese is what pages and Chinese documents say.
#[test]
fn pages_say_the_glossary_s_words() {
    let mut pages = vec![text("README.zh.md"), text("docs/scoring.zh.md")];
    for part in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src/text")).unwrap() {
        let chinese = part.unwrap().path().join("zh.json");
        pages.extend(std::fs::read_to_string(chinese));
    }
    assert!(pages.len() > 8, "{} pages", pages.len());
    let glossary = text("docs/glossary.md");
    let sections = glossary.split("<!-- words -->").skip(1).flat_map(|rest| {
        let rows = rest.trim_start().lines().take_while(|line| line.starts_with('|')).skip(2);
        rows.map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>())
    });
    let mut words = BTreeSet::new();
    for row in sections {
        assert!(pages.iter().any(|page| page.contains(&row[2])), "no page says {} for {}", row[2], row[1]);
        assert!(words.insert(row[1].clone()), "{} stands twice", row[1]);
    }
    assert!(words.len() > 50, "{} words", words.len());
}

#[test]
fn both_readmes_have_the_same_commands_and_pictures() {
    let blocks = |page: &str| -> Vec<String> {
        text(page).split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
    };
    assert_eq!(blocks("README.md"), blocks("README.zh.md"));
    assert_eq!(blocks("README.md")[0], "cargo run --release -- demo\n");
    let targets = |page: &str| -> BTreeSet<String> {
        let others = links(page).into_iter().filter(|link| !link.starts_with("README"));
        others.map(|link| link.replace(".zh.md", ".md")).collect()
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
    for page in SCORING {
        assert_eq!(table(page, "topics"), topics, "{page}");
    }
    let methods: Vec<Vec<String>> = METHODS
        .iter()
        .map(|(method, drop, words)| vec![method.name().to_owned(), drop.to_string(), words.join(", ")])
        .collect();
    for page in SCORING {
        assert_eq!(table(page, "methods"), methods, "{page}");
    }
}

#[test]
fn the_other_words_are_listed_and_each_is_taken() {
    let mut choices = Vec::new();
    for (topic, of_topic) in CHOICES {
        for (words, _) in *of_topic {
            choices.push(vec![words.join(", ")]);
            for word in *words {
                assert_eq!(set(*topic, word, &mut Said::default()), Ok(()), "{word}");
            }
        }
    }
    let ties: Vec<Vec<String>> =
        TIES.iter().map(|(tie, words)| vec![tie.to_string(), words.join(", ")]).collect();
    for page in SCORING {
        let listed: Vec<Vec<String>> =
            table(page, "choices").into_iter().map(|row| row[1..].to_vec()).collect();
        assert_eq!(listed, choices, "{page}");
        assert_eq!(table(page, "ties"), ties, "{page}");
    }
}

#[test]
fn the_words_of_a_programme_are_listed_and_each_is_taken() {
    let rows = table("docs/operations.md", "programme");
    let words = |at: usize| rows[at][1].split(['、', ',', ';']).map(str::trim).collect::<Vec<_>>();
    let kinds: Vec<_> = words(0).into_iter().map(|word| segment(word).expect(word).0).collect();
    let all: Vec<_> = SEGMENTS.iter().map(|(kind, _, _)| *kind).collect();
    assert_eq!(kinds, [all.clone(), all].concat(), "every kind in Chinese, then in English");
    let places = words(4);
    assert_eq!(places.len(), 8);
    places.into_iter().for_each(|place| assert!(position(place).is_some(), "{place}"));
    for row in &rows {
        row[0].split(", ").for_each(|heading| assert!(Kind::Programme.field(heading).is_some(), "{heading}"));
    }
}

/// The report on the n-th document of a page, which the page's n-th table begins.
fn example(page: &str, n: usize) -> serde_json::Value {
    let text = text(page);
    let block = |kind: &str| {
        let found = text.split(&format!("```{kind}\n")).nth(n + 1);
        found.unwrap_or_else(|| panic!("{page} has no {kind} {n}")).split("```").next().unwrap()
    };
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("example.json");
    std::fs::write(&file, block("json")).unwrap();
    let output = Command::new(BINARY).arg("tally").arg(&file).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with(block("text")), "{page}: {said}");
    let output = Command::new(BINARY).args(["tally", "--json"]).arg(&file).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_worked_example_of_scoring_is_what_tally_says() {
    for page in SCORING {
        let report = example(page, 0);
        let exact = |at: usize| report["standings"][at]["explain"]["judged"]["exact"].as_str().unwrap();
        assert_eq!((exact(0), exact(1)), ("517/6", "517/6"));
        assert_eq!(report["standings"][1]["exact"], "257/3");
        for number in ["517/6", "257/3", "86.17", "85.67", "84.5"] {
            assert!(text(page).contains(number), "{page} {number}");
        }
    }
}

#[test]
fn what_the_pages_say_of_overtime_is_what_a_rule_proposes() {
    for page in SCORING {
        let report = example(page, 1);
        let taken = |at: usize| report["standings"][at]["explain"]["deductions"].clone();
        assert_eq!(taken(0), json!([]));
        assert_eq!(taken(1), json!([{"points": "1", "reason": "overtime 0:47"}]));
        let by_units = json!({"grace_secs": 10, "unit_secs": 30, "per_unit": "0.5", "cap": "2"});
        let step = |over: u32, points: &str| json!({"over_secs": over, "points": points});
        let in_steps = json!({"steps": [step(10, "0.2"), step(30, "0.5"), step(60, "1")]});
        let rows = table(page, "overtime");
        assert_eq!(rows.len(), 6);
        for (column, written) in [by_units, in_steps].into_iter().enumerate() {
            let overtime: OvertimeRule = serde_json::from_value(written).unwrap();
            for row in &rows {
                let over = overtime::seconds(&row[0]).unwrap().into();
                assert_eq!(overtime.points(over).to_string(), row[column + 1], "{page} {row:?}");
            }
        }
        for steps in ["10 秒 0.2; 30 秒 0.5", "10 s 0.2; 30 s 0.5", "无"] {
            assert!(text(page).contains(&format!("`{steps}`")), "{page} {steps}");
            assert!(overtime::steps(steps).is_ok(), "{steps}");
        }
    }
}

/// Every sheet of the workbook, by its names in both languages.
#[test]
fn the_sheets_of_the_workbook_are_listed() {
    let contest = Contest::default();
    let of = |lang| {
        let source = Source { contest: &contest, facts: &[], head: String::new(), now: Millis(0), lang };
        tables(&source).into_iter().map(|table| (table.key, table.name)).collect::<Vec<_>>()
    };
    let both = of(Lang::Zh).into_iter().zip(of(Lang::En));
    let sheets: Vec<[String; 2]> =
        both.map(|((key, zh), (_, en))| [key.to_owned(), format!("{zh} · {en}")]).collect();
    for page in ["docs/papers.md", "docs/papers.zh.md"] {
        let listed = table(page, "sheets");
        let listed: Vec<[String; 2]> = listed.iter().map(|row| [row[0].clone(), row[1].clone()]).collect();
        assert_eq!(listed, sheets, "{page}");
    }
}
