//! docs/protocol.md names every route, frame, command, close code and refusal that the source has, and no other.

use crate::frames::variants;
use podium::domain::rejection::Rejection;
use podium::wire::client::ClientFrame;
use podium::wire::command::ClientCommand;
use podium::wire::error::close;
use podium::wire::server::{ServerFrame, largest};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(path.as_ref()))
        .unwrap_or_else(|error| panic!("{:?}: {error}", path.as_ref()))
}

/// First cells of the table after `<!-- name -->`, without their backquotes.
fn listed(name: &str) -> BTreeSet<String> {
    let page = text("docs/protocol.md");
    let mark = format!("<!-- {name} -->");
    let (_, after) = page.split_once(&mark).unwrap_or_else(|| panic!("docs/protocol.md has no {mark}"));
    let rows = after.trim_start().lines().take_while(|line| line.starts_with('|')).skip(2);
    let first = rows.map(|row| row.trim_matches('|').split('|').next().unwrap_or("").trim().replace('`', ""));
    first.collect()
}

/// Every `.route("…", get(…).post(…))` as `GET /…`, those of the API under `/api`.
fn routes() -> BTreeSet<String> {
    let source = text("src/http/mod.rs");
    let api =
        source.split("let api = ").nth(1).unwrap().split("Router::new()\n        .merge").next().unwrap();
    let mut routes = BTreeSet::new();
    for part in source.split(".route(").skip(1) {
        let path = part.split('"').nth(1).unwrap();
        let methods = part.split_once(", ").unwrap().1.lines().next().unwrap();
        let prefix = if api.contains(&format!(".route(\"{path}\"")) { "/api" } else { "" };
        for (call, verb) in
            [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("delete(", "DELETE"), ("any(", "GET")]
        {
            if methods.contains(call) {
                routes.insert(format!("{verb} {prefix}{path}"));
            }
        }
    }
    routes
}

fn rust_files(at: PathBuf) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(path));
        } else {
            files.push(path);
        }
    }
    files
}

/// Codes besides the rules' own: those that http, live and auth make.
fn other_refusals() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for layer in ["src/http", "src/live", "src/auth"] {
        for path in rust_files(root().join(layer)) {
            let source = std::fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap();
            for mark in ["Refusal::new(\"", "bad_request(\"", "refuse(\"", "later(\""] {
                codes.extend(
                    source.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()),
                );
            }
            if path.ends_with("error.rs") && layer != "src/http" {
                let arms =
                    source.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
                codes.extend(arms.filter(|code| code != "storage-failed"));
            }
        }
    }
    codes
}

#[test]
fn the_page_names_every_route() {
    assert!(routes().len() > 25);
    assert_eq!(listed("routes"), routes());
}

#[test]
fn the_page_names_every_frame_and_command() {
    assert_eq!(listed("client-frames"), variants::<ClientFrame>("kind"));
    assert_eq!(listed("server-frames"), variants::<ServerFrame>("kind"));
    assert_eq!(listed("commands"), variants::<ClientCommand>("do"));
}

#[test]
fn the_page_names_the_largest_size_of_every_view() {
    let page = text("docs/protocol.md");
    let (_, after) = page.split_once("<!-- sizes -->").unwrap();
    let rows = after.trim_start().lines().take_while(|line| line.starts_with('|')).skip(2);
    let sizes: BTreeSet<String> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
            format!("{} {}", cells[1], cells[2])
        })
        .collect();
    let says = |socket: &str, bytes: usize| format!("{socket} {} MiB", bytes / 1_024 / 1_024);
    let expected = [
        says("public", largest::PUBLIC),
        says("screen", largest::SCREEN),
        says("mc", largest::MC),
        says("judge", largest::JUDGE),
        says("host", largest::HOST),
        says("auditor", largest::AUDITOR),
    ];
    assert_eq!(sizes, expected.into_iter().collect());
}

#[test]
fn the_page_names_every_refusal_and_close_code() {
    let rules: BTreeSet<String> = Rejection::CODES.iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(listed("rejections"), rules);
    let others = other_refusals();
    assert_eq!(listed("refusals"), &others - &rules);
    let codes = [
        close::POLICY,
        close::RESTART,
        close::TRY_LATER,
        close::SIGNED_OUT,
        close::FORBIDDEN,
        close::SEAT_TAKEN,
    ];
    assert_eq!(listed("close-codes"), codes.iter().map(u16::to_string).collect());
    assert!(text("docs/protocol.md").contains(&format!("protocol version {}", podium::wire::PROTOCOL)));
}
