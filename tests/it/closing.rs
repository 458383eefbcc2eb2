//! What a start does with a store that the last server did not close, or that was changed since; and that looking changes nothing.

use crate::durability::process::{BINARY, Server};
use crate::harness::{Hall, Left, start};
use podium::clock::Clock;
use podium::domain::interest::{Interest, Purpose, State};
use podium::domain::kernel::ids::ProjectId;
use podium::domain::kernel::time::Millis;
use podium::journal::disk::RealDisk;
use podium::store::closed::{self, Left as Found};
use podium::store::kept::Kept;
use podium::store::{Opened, Store};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

const GUESTS: usize = 100;

/// A contest whose guests left entries, closed by its server.
async fn left() -> Left {
    let hall = Hall::open().await;
    for id in 0..GUESTS as u128 {
        let row = Interest {
            id,
            at: 1,
            name: format!("来访者 {id}"),
            unit: "太湖产业基金".into(),
            contact: "+86 510 0000 0000".into(),
            purpose: Purpose::Invest,
            words: "想约下周".into(),
            projects: vec![ProjectId(1)],
            state: State::New,
            note: String::new(),
        };
        hall.serving().app.store.put_interest(&hall.code, &row).await.unwrap();
    }
    hall.leave().await
}

/// Every folder and every file with its bytes, by its path.
fn everything(dir: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            found.extend(everything(&path).into_iter().map(|(below, bytes)| (name.join(below), bytes)));
            found.insert(name, None);
        } else {
            found.insert(name, Some(fs::read(&path).unwrap()));
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for (path, bytes) in everything(from) {
        match bytes {
            Some(bytes) => {
                fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
                fs::write(to.join(path), bytes).unwrap();
            }
            None => fs::create_dir_all(to.join(path)).unwrap(),
        }
    }
}

/// One bit of what sled has written, turned.
fn flip(data: &Path, random: &mut ChaCha8Rng) {
    let db = data.join("sled/db");
    let mut bytes = fs::read(&db).unwrap();
    let used = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    bytes[random.random_range(0..used)] ^= 1 << random.random_range(0..8);
    fs::write(&db, bytes).unwrap();
}

/// The folders beside the store whose names begin like this.
fn aside(data: &Path, name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries
        .filter(|path| path.file_name().is_some_and(|own| own.to_string_lossy().starts_with(name)))
        .collect();
    found.sort();
    found
}

/// Exit code and what was printed.
fn verify(data: &Path) -> (Option<i32>, String) {
    let output = Command::new(BINARY).arg("verify").arg("--data").arg(data).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test]
async fn verify_changes_no_byte_and_says_whether_it_could_read_the_store() {
    let left = left().await;
    let cases = tempfile::tempdir().unwrap();
    let case = |name: &str| {
        let data = cases.path().join(name);
        copy(left.dir.path(), &data);
        data
    };
    let mut random = ChaCha8Rng::seed_from_u64(4);
    let mut folders = vec![(case("healthy"), Some(0), "projection: in step")];
    for n in 0..12 {
        let data = case(&format!("flipped-{n}"));
        flip(&data, &mut random);
        folders.push((data, Some(1), "changed since it was closed"));
    }
    let data = case("truncated");
    fs::File::options().write(true).open(data.join("sled/db")).unwrap().set_len(1_000).unwrap();
    folders.push((data, Some(1), "changed since it was closed"));
    let data = case("without-its-data");
    fs::remove_file(data.join("sled/db")).unwrap();
    folders.push((data, Some(1), "changed since it was closed"));
    let data = case("missing");
    fs::remove_dir_all(data.join("sled")).unwrap();
    folders.push((data, Some(0), "projection not checked: there is no store"));
    let data = case("killed");
    Server::start(&data).kill();
    folders.push((data, Some(0), "not closed"));
    let data = case("killed-and-spoilt");
    Server::start(&data).kill();
    fs::write(data.join("sled/conf"), "this is not a configuration of any kind").unwrap();
    folders.push((data, Some(1), "the store cannot be read"));
    for (data, code, says) in folders {
        let before = everything(&data);
        let (ended, said) = verify(&data);
        assert_eq!(everything(&data), before, "{}: {said}", data.display());
        assert_eq!(ended, code, "{}: {said}", data.display());
        assert!(said.contains(says), "{}: {said}", data.display());
    }
}

#[tokio::test]
async fn a_start_keeps_a_store_that_was_changed_as_it_found_it() {
    let left = left().await;
    let cases = tempfile::tempdir().unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let mut lost = 0;
    for n in 0..60 {
        let data = cases.path().join(n.to_string());
        copy(left.dir.path(), &data);
        flip(&data, &mut random);
        let before = everything(&data.join("sled"));
        let serving = start(&data, Clock::system(), Arc::new(RealDisk)).await;
        lost += usize::from(serving.app.store.count_interests(&left.code).unwrap() < GUESTS);
        serving.shutdown().await.unwrap();
        let kept = aside(&data, "sled.bad-");
        assert!(kept.iter().any(|kept| everything(kept) == before), "run {n}: {kept:?}");
        fs::remove_dir_all(&data).unwrap();
    }
    assert!(lost > 0, "no flipped bit cost an entry: this tested nothing");
}

#[tokio::test]
async fn a_start_keeps_a_store_that_was_not_closed_and_says_so() {
    let left = left().await;
    let data = left.dir.path();
    assert_eq!(aside(data, "sled."), [data.join("sled.closed"), data.join("sled.lock")], "a new folder");
    Server::start(data).stop();
    assert_eq!(aside(data, "sled.kept-"), Vec::<PathBuf>::new(), "it was closed");
    Server::start(data).kill();
    let before = everything(&data.join("sled"));
    let mut child = Command::new(BINARY)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(said.next().unwrap().unwrap().starts_with("listening "));
    let kept = aside(data, "sled.kept-");
    assert_eq!(kept.len(), 1);
    assert_eq!(everything(&kept[0]), before);
    let name = kept[0].file_name().unwrap().to_string_lossy().into_owned();
    let line = said.next().unwrap().unwrap();
    assert!(line.contains(&name) && line.contains("was not closed"), "{line}");
    child.kill().unwrap();
    child.wait().unwrap();
    let log = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
    assert!(log.contains(&name), "{log}");
    for _ in 0..5 {
        Server::start(data).kill();
    }
    assert_eq!(aside(data, "sled.kept-").len(), 3, "the newest three");
}

#[test]
fn a_store_that_cannot_be_copied_is_opened_all_the_same_or_moved_away_and_that_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sled");
    let open = || Store::open(&path, Millis(1_700_000_000_000)).unwrap();
    let Opened { store, kept, .. } = open();
    assert_eq!(kept, None, "a new one");
    drop(store);
    fs::write(dir.path().join("sled.copying"), "in the way").unwrap();
    let Opened { store, kept, .. } = open();
    let kept = kept.expect("it was not closed");
    assert!(matches!(&kept, Kept { left: Found::NotClosed, copy: Err(_) }), "{kept:?}");
    assert!(kept.to_string().contains("could not be kept"), "{kept}");
    drop(store);
    closed::close(&path).unwrap();
    fs::write(path.join("more"), "not ours").unwrap();
    let before = everything(&path);
    let Opened { kept, .. } = open();
    let Some(Kept { left: Found::Changed, copy: Ok(copy) }) = kept else { panic!("{kept:?}") };
    assert_eq!(everything(&copy), before);
    assert!(!path.join("more").exists(), "a new one was begun");
}

#[test]
fn what_turns_out_to_be_damaged_is_kept_for_good_and_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sled");
    let open = || Store::open(&path, Millis(1_700_000_000_000)).unwrap();
    drop(open().store);
    fs::write(path.join("conf"), "this is not a configuration of any kind").unwrap();
    let before = everything(&path);
    let Opened { store, kept, repaired, .. } = open();
    assert!(repaired.is_some());
    let Some(Kept { left: Found::NotClosed, copy: Ok(copy) }) = kept else { panic!("{kept:?}") };
    assert_eq!(aside(dir.path(), "sled.bad-"), std::slice::from_ref(&copy));
    assert_eq!(everything(&copy), before, "as it was found, not as the repair left it");
    drop(store);
    for _ in 0..5 {
        drop(open().store);
    }
    assert_eq!(aside(dir.path(), "sled.kept-").len(), 3);
    assert!(copy.exists());
}
