//! No file imports itself, directly or through others: neither in `src` nor in `web/src`.

use crate::architecture::{Source, code, rust, sources};
use std::collections::{BTreeMap, BTreeSet};

/// Who imports whom, by path.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// The circles' files, along the imports of one of them; none where there is no circle.
fn circle(graph: &Graph) -> Vec<String> {
    let mut left = graph.clone();
    // Who imports nobody that is left is in no circle.
    loop {
        let ends: Vec<String> = left
            .iter()
            .filter(|(_, to)| !to.iter().any(|to| left.contains_key(to)))
            .map(|(at, _)| at.clone())
            .collect();
        if ends.is_empty() {
            break;
        }
        ends.iter().for_each(|end| drop(left.remove(end)));
    }
    let mut way: Vec<String> = left.keys().next().cloned().into_iter().collect();
    while let Some(at) = way.last() {
        let next =
            left[at].iter().find(|to| left.contains_key(*to)).expect("it leads to one that is left").clone();
        if let Some(from) = way.iter().position(|one| *one == next) {
            return way.split_off(from);
        }
        way.push(next);
    }
    way
}

/// `a::{b, c::{self, d}}` → `a::b`, `a::c`, `a::c::d`
fn expand(tree: &str) -> Vec<String> {
    let Some((head, group)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or("").trim().to_owned()];
    };
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in group[..group.rfind('}').unwrap_or(group.len())].chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            c => parts.last_mut().expect("there is one").push(c),
        }
    }
    let within = |part: &String| expand(part.trim()).into_iter().map(|path| format!("{}{path}", head.trim()));
    parts.iter().filter(|part| !part.trim().is_empty()).flat_map(within).collect()
}

/// Every path that the text names, in `use` and in between; what its tests name is no part of the program.
fn paths(text: &str) -> Vec<String> {
    let text = code(text);
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
    let mut found = Vec::new();
    let mut rest = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let start = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(super) ");
        let Some(tree) = start.strip_prefix("use ") else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        let mut tree = tree.to_owned();
        while !tree.contains(';') {
            tree.push_str(lines.next().unwrap_or(";"));
        }
        found.extend(expand(tree.split(';').next().unwrap_or("")));
    }
    let named = rest.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    found.extend(named.filter(|path| path.contains("::")).map(str::to_owned));
    found
}

fn rust_graph(sources: &[Source]) -> Graph {
    let module = |path: &str| {
        let plain = path.trim_end_matches(".rs").trim_end_matches("/mod").to_owned();
        plain.split('/').map(str::to_owned).collect::<Vec<_>>()
    };
    let files: BTreeMap<Vec<String>, &str> =
        sources.iter().map(|source| (module(&source.path), source.path.as_str())).collect();
    let resolve = |base: &[String], path: &str| {
        let mut parts = path.split("::").map(|part| part.trim().to_owned()).peekable();
        let mut at = match parts.peek()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => base.to_vec(),
            child => {
                let own = [base, &[child.to_owned()]].concat();
                files.contains_key(&own).then(|| base.to_vec())?
            }
        };
        while let Some(step) = parts.next_if(|part| ["crate", "self", "super"].contains(&part.as_str())) {
            if step == "super" {
                at.pop();
            }
        }
        at.extend(parts);
        while !at.is_empty() && !files.contains_key(&at) {
            at.pop();
        }
        files.get(&at).map(|file| (*file).to_owned())
    };
    let imports = |source: &Source| {
        let base = module(&source.path);
        let found = paths(&source.text).into_iter().filter_map(|path| resolve(&base, &path));
        (source.path.clone(), found.filter(|to| *to != source.path).collect())
    };
    sources.iter().map(imports).collect()
}

fn web_graph(sources: &[Source]) -> Graph {
    let known: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let imports = |source: &Source| {
        let named = ["from '", "import '", "import('"].into_iter().flat_map(|before| {
            source.text.match_indices(before).map(move |(at, _)| &source.text[at + before.len()..])
        });
        let named = named.filter_map(|rest| rest.split('\'').next()).filter(|path| path.starts_with('.'));
        let resolve = |path: &str| {
            let mut at: Vec<&str> = source.path.split('/').collect();
            at.pop();
            for part in path.split('/') {
                match part {
                    "." => {}
                    ".." => drop(at.pop()),
                    part => at.push(part),
                }
            }
            let plain = at.join("/");
            let endings = ["", ".ts", ".svelte.ts"].map(|ending| format!("{plain}{ending}"));
            endings.into_iter().find(|path| known.contains(path.as_str()))
        };
        (source.path.clone(), named.filter_map(resolve).collect())
    };
    sources.iter().map(imports).collect()
}

#[test]
fn no_file_imports_itself_through_others() {
    assert_eq!(circle(&rust_graph(&rust())), Vec::<String>::new());
    assert_eq!(circle(&web_graph(&sources("web/src", &[".ts", ".svelte"]))), Vec::<String>::new());
}

#[test]
fn a_circle_is_named() {
    let of = |files: &[(&str, &str)]| {
        let source = |(path, text): &(&str, &str)| Source { path: (*path).into(), text: (*text).into() };
        files.iter().map(source).collect::<Vec<_>>()
    };
    let tries = [
        ("use crate::a::B;", "use crate::b::{self, C};"),
        ("fn f() { super::a::g() }", "use super::{b::C, other};"),
        ("use crate::{\n    a::{B,\n D},\n};", "type X = crate::b::C;"),
    ];
    for (b, a) in tries {
        let graph = rust_graph(&of(&[("a.rs", a), ("b.rs", b), ("c/mod.rs", "use crate::a;")]));
        assert_eq!(circle(&graph), ["a.rs", "b.rs"], "{a} {b}");
    }
    let child = of(&[("a/mod.rs", "mod b;\nfn f() { b::g() }"), ("a/b.rs", "use super::f;")]);
    assert_eq!(circle(&rust_graph(&child)), ["a/b.rs", "a/mod.rs"]);
    let tests = of(&[("a.rs", "use crate::b;"), ("b.rs", "#[cfg(test)]\nmod tests {\n    use crate::a;\n}")]);
    assert_eq!(circle(&rust_graph(&tests)), Vec::<String>::new());
    let web = of(&[
        ("ui/A.svelte", "import {\n  b,\n} from '../state/b'"),
        ("state/b.svelte.ts", "const c = await import('../model/c')"),
        ("model/c.ts", "import type A from '../ui/A.svelte'"),
    ]);
    assert_eq!(circle(&web_graph(&web)), ["model/c.ts", "ui/A.svelte", "state/b.svelte.ts"]);
}
