//! Builds the pages in `web/` and tells the crate where they are, so that one cargo command is enough.
//!
//! Order of preference: a stub when asked for (`PODIUM_WEB=skip`, docs.rs), the packaged `web/dist` when there are no
//! sources, else `npm ci` (only when the lock file is newer than what is installed) and `npm run build`.

use std::path::{Path, PathBuf};
use std::process::{Command, exit};
use std::time::SystemTime;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-env-changed=PODIUM_WEB");
    println!("cargo:rerun-if-env-changed=DOCS_RS");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| ".".into()));
    let web = root.join("web");
    let dist = web.join("dist");
    if env::var_os("DOCS_RS").is_some() || env::var("PODIUM_WEB").is_ok_and(|value| value == "skip") {
        return hand_over(&stub());
    }
    if !web.join("package.json").is_file() {
        return if dist.join("index.html").is_file() { hand_over(&dist) } else { hand_over(&stub()) };
    }
    let watched = [
        "src",
        "public",
        "pages.json",
        "package-lock.json",
        "vite.config.ts",
        "svelte.config.js",
        "tsconfig.json",
    ];
    for watched in watched {
        let path = web.join(watched);
        if path.exists() {
            println!("cargo:rerun-if-changed={}", path.display());
        }
    }
    for entry in fs::read_dir(&web).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "html") {
            println!("cargo:rerun-if-changed={}", entry.path().display());
        }
    }
    if let Err(problem) = build(&web) {
        let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
        if may_use_old(release, dist.join("index.html").is_file()) {
            println!("cargo:warning=the pages were not rebuilt ({problem}); the existing web/dist is used");
        } else {
            eprintln!("The pages in web/ cannot be built: {problem}");
            eprintln!(
                "Install Node.js 20.19 or newer with npm, or set PODIUM_WEB=skip for a server without pages."
            );
            exit(1);
        }
    }
    hand_over(&dist);
}

/// Pages that were built before stand in for those that cannot be built, but never in what is shipped.
pub fn may_use_old(release: bool, there: bool) -> bool {
    there && !release
}

/// The names of the pages: one list for this file and for Vite.
pub fn pages() -> impl Iterator<Item = &'static str> {
    include_str!("web/pages.json").split('"').skip(1).step_by(2)
}

fn hand_over(dist: &Path) {
    println!("cargo:rustc-env=PODIUM_WEB_DIST={}", dist.display());
}

/// Pages that say that there are none.
fn stub() -> PathBuf {
    let dir = PathBuf::from(env::var("OUT_DIR").unwrap_or_else(|_| ".".into())).join("web");
    let page =
        "<!doctype html><meta charset=utf-8><title>Podium</title><p>This build carries no pages.</p>\n";
    let write = |name: &str| fs::write(dir.join(name).with_extension("html"), page);
    if let Err(error) = fs::create_dir_all(&dir).and_then(|()| pages().try_for_each(write)) {
        eprintln!("The stub page cannot be written: {error}");
        exit(1);
    }
    dir
}

fn build(web: &Path) -> Result<(), String> {
    let lock = modified(&web.join("package-lock.json"));
    let installed = modified(&web.join("node_modules/.package-lock.json"));
    if installed.is_none() || lock > installed {
        npm(web, &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])?;
    }
    npm(web, &["run", "build"])
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}

/// Runs npm with its output captured: a stray `cargo:` line must not reach cargo.
fn npm(web: &Path, args: &[&str]) -> Result<(), String> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program)
        .args(args)
        .current_dir(web)
        .output()
        .map_err(|error| format!("npm cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let tail: Vec<_> = text.lines().rev().take(15).collect();
    let tail: Vec<_> = tail.into_iter().rev().collect();
    Err(format!("npm {} failed:\n{}", args.join(" "), tail.join("\n")))
}
