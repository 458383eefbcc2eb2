//! ARCHITECTURE.md's layer tables hold: imports, forbidden words, order, one row per module, no root re-exports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

struct Layer {
    module: String,
    may_import: BTreeSet<String>,
    forbidden: Vec<String>,
}

struct Source {
    /// Relative to the root of its tree, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or("");
        first.split('.').next().unwrap_or("")
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn table(tree: &str) -> Vec<Layer> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, after) = page.split_once(&format!("<!-- layers: {tree} -->")).expect("the table is marked");
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = after.lines().skip(3).take_while(|line| line.starts_with('|'));
    let layers = rows.map(|line| {
        let cells: Vec<&str> = line.split('|').collect();
        let module = words(cells[1]).remove(0);
        Layer { module, may_import: words(cells[2]).into_iter().collect(), forbidden: words(cells[3]) }
    });
    layers.collect()
}

fn sources(tree: &str, endings: &[&str]) -> Vec<Source> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let (base, mut found) = (root().join(tree), Vec::new());
    walk(&base, &mut found);
    found.sort();
    let fits = |path: &PathBuf| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    let read = |path: PathBuf| Source {
        path: path.strip_prefix(&base).unwrap().to_string_lossy().replace('\\', "/"),
        text: fs::read_to_string(path).unwrap(),
    };
    found.into_iter().filter(fits).map(read).collect()
}

/// The code without line comments; strings stay, since a forbidden word in them would be just as odd.
fn code(text: &str) -> String {
    let bare = |line: &str| match line.trim_start().starts_with("//") {
        true => String::new(),
        false => line.split(" // ").next().unwrap_or("").to_owned(),
    };
    text.lines().map(bare).collect::<Vec<_>>().join("\n")
}

fn contains_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(part);
        let after = text[at + word.len()..].chars().next().is_some_and(part);
        let open_end = word.ends_with(|c: char| !part(c));
        !before && (open_end || !after)
    })
}

/// The module that each path names whose prefix is `crate::`, or enough `super::` to reach the root.
fn rust_imports(source: &Source) -> BTreeSet<String> {
    imports_under("crate::", source)
}

/// One level deeper: what the paths into `domain` name.
fn floor_imports(source: &Source) -> BTreeSet<String> {
    imports_under("crate::domain::", source)
}

fn imports_under(root: &str, source: &Source) -> BTreeSet<String> {
    let (text, mut found) = (code(&source.text), BTreeSet::new());
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    for (at, prefix) in text.match_indices(root) {
        found.insert(name(&text[at + prefix.len()..]));
    }
    let depth = source.path.trim_end_matches("/mod.rs").split('/').count();
    let up = "super::".repeat(depth);
    for (at, prefix) in text.match_indices(&up) {
        let last = !text[at + prefix.len()..].starts_with("super::");
        let first = !text[..at].ends_with("super::");
        if first && last {
            found.insert(name(&text[at + prefix.len()..]));
        }
    }
    found
}

fn web_imports(source: &Source) -> BTreeSet<String> {
    let quoted = |line: &str| {
        let (_, rest) = line
            .split_once("from '")
            .or_else(|| line.split_once("import '"))
            .or_else(|| line.split_once("import('"))?;
        rest.split('\'').next().filter(|path| path.starts_with('.')).map(str::to_owned)
    };
    let resolve = |import: String| {
        let mut at: Vec<&str> = source.path.split('/').collect();
        at.pop();
        for part in import.split('/') {
            match part {
                "." => {}
                ".." => drop(at.pop()),
                part => at.push(part),
            }
        }
        at.first().map(|first| first.split('.').next().unwrap_or("").to_owned())
    };
    source.text.lines().filter_map(quoted).filter_map(resolve).collect()
}

fn violations(
    layers: &[Layer],
    sources: &[Source],
    imports: impl Fn(&Source) -> BTreeSet<String>,
) -> Vec<String> {
    let rows: BTreeMap<&str, &Layer> = layers.iter().map(|layer| (layer.module.as_str(), layer)).collect();
    let mut found = Vec::new();
    for (at, layer) in layers.iter().enumerate() {
        for import in &layer.may_import {
            if !layers[..at].iter().any(|above| above.module == *import) {
                found.push(format!("the table lets {} import {import}, which is not above it", layer.module));
            }
        }
        if !sources.iter().any(|source| source.module() == layer.module) {
            found.push(format!("the table names {}, which is not there", layer.module));
        }
    }
    for source in sources {
        let Some(layer) = rows.get(source.module()) else {
            found.push(format!("{} is in no layer", source.path));
            continue;
        };
        for import in imports(source) {
            let other = rows.contains_key(import.as_str()) && import != layer.module;
            if other && !layer.may_import.contains(&import) {
                found.push(format!("{} imports {import}", source.path));
            }
        }
        let text = code(&source.text);
        for word in layer.forbidden.iter().filter(|word| contains_word(&text, word)) {
            found.push(format!("{} contains {word}", source.path));
        }
    }
    found
}

fn rust() -> Vec<Source> {
    let root = ["lib.rs", "main.rs"];
    sources("src", &[".rs"]).into_iter().filter(|source| !root.contains(&source.path.as_str())).collect()
}

fn floors() -> Vec<Source> {
    sources("src/domain", &[".rs"]).into_iter().filter(|source| source.path != "mod.rs").collect()
}

/// Tests and declarations may look around: they are not shipped.
fn web() -> Vec<Source> {
    let shipped = |source: &Source| !source.path.ends_with(".test.ts") && source.path.contains('/');
    sources("web/src", &[".ts", ".svelte", ".css", ".json"]).into_iter().filter(shipped).collect()
}

#[test]
fn arrows_never_point_up() {
    assert_eq!(violations(&table("src"), &rust(), rust_imports), Vec::<String>::new());
    assert_eq!(violations(&table("src/domain"), &floors(), floor_imports), Vec::<String>::new());
    assert_eq!(violations(&table("web/src"), &web(), web_imports), Vec::<String>::new());
}

#[test]
fn an_upward_import_is_found() {
    let tries = [
        (
            "domain/state/contest.rs",
            "use crate::live::handle::Handle;",
            "domain/state/contest.rs imports live",
        ),
        ("journal/mod.rs", "fn f() { crate::store::open() }", "journal/mod.rs imports store"),
        ("clock.rs", "use super::http::mod_;", "clock.rs imports http"),
        ("domain/decide/mod.rs", "use super::super::wire::view;", "domain/decide/mod.rs imports wire"),
        ("domain/kernel/points.rs", "let share: f64 = 0.5;", "domain/kernel/points.rs contains f64"),
        ("http/state.rs", "use sled::Db;", "http/state.rs contains sled::"),
        ("common/mod.rs", "", "common/mod.rs is in no layer"),
    ];
    for (path, line, expected) in tries {
        let mut all = rust();
        all.push(Source { path: path.into(), text: line.into() });
        assert_eq!(violations(&table("src"), &all, rust_imports), [expected], "{line}");
    }
    let floors_tries = [
        ("terms/vote.rs", "use crate::domain::state::vote::Vote;", "terms/vote.rs imports state"),
        ("query/due.rs", "fn f() { crate::domain::apply::apply() }", "query/due.rs imports apply"),
        ("state/round.rs", "use super::super::decide::decide;", "state/round.rs imports decide"),
        ("query/result.rs", "fn f(contest: &mut Contest) {}", "query/result.rs contains &mut Contest"),
        ("other.rs", "", "other.rs is in no layer"),
    ];
    for (path, line, expected) in floors_tries {
        let mut all = floors();
        all.push(Source { path: path.into(), text: line.into() });
        assert_eq!(violations(&table("src/domain"), &all, floor_imports), [expected], "{line}");
    }
    let mut all = web();
    all.push(Source { path: "net/socket.ts".into(), text: "import { t } from '../state/contest'".into() });
    assert_eq!(violations(&table("web/src"), &all, web_imports), ["net/socket.ts imports state"]);
}

#[test]
fn a_table_with_an_arrow_up_is_refused() {
    let mut layers = table("src");
    layers[0].may_import.insert("cli".into());
    assert_eq!(
        violations(&layers, &rust(), rust_imports),
        ["the table lets domain import cli, which is not above it"]
    );
}

#[test]
fn the_roots_name_their_modules_in_layer_order_and_nothing_else() {
    for (tree, file) in [("src", "src/lib.rs"), ("src/domain", "src/domain/mod.rs")] {
        let lib = fs::read_to_string(root().join(file)).unwrap();
        let named: Vec<&str> =
            lib.lines().filter(|line| !line.starts_with("//!") && !line.is_empty()).collect();
        let expected: Vec<String> =
            table(tree).iter().map(|layer| format!("pub mod {};", layer.module)).collect();
        assert_eq!(named, expected, "{file}");
    }
}

#[test]
fn only_live_and_verify_decide_and_apply() {
    let caller = |source: &&Source| {
        let text = code(&source.text);
        text.contains("domain::decide") || text.contains("domain::apply")
    };
    let all = rust();
    let outside = all.iter().filter(caller).filter(|source| {
        !source.path.starts_with("domain/")
            && !source.path.starts_with("live/")
            && source.path != "cli/verify.rs"
    });
    assert_eq!(outside.map(|source| source.path.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn every_module_says_what_it_is_and_no_file_is_long() {
    for source in rust() {
        assert!(source.text.starts_with("//!"), "src/{} does not begin with what it is", source.path);
        let lines = source.text.lines().count();
        assert!(lines <= 400, "src/{} has {lines} lines", source.path);
    }
    for source in sources("web/src", &[".ts", ".svelte"]) {
        let generated = source.path == "wire/types.ts";
        let lines = source.text.lines().count();
        assert!(generated || lines <= 420, "web/src/{} has {lines} lines", source.path);
    }
}
