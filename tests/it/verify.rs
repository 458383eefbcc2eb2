//! `podium verify`: 0 when everything holds, 1 and the record's number when one byte does not.

use crate::durability::judges::opened;
use crate::durability::process::{BINARY, Server};
use std::path::Path;
use std::process::Command;

/// Exit code and what was printed.
fn verify(data: &Path) -> (Option<i32>, String) {
    let output = Command::new(BINARY).arg("verify").arg("--data").arg(data).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test]
async fn a_sound_folder_verifies_and_one_flipped_byte_does_not() {
    let (left, _) = opened(3).await;
    let data = left.dir.path();
    let (code, said) = verify(data);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(&format!("{}: ", left.code)) && said.contains(", head "), "{said}");
    assert!(said.contains("projection: in step"), "{said}");

    let path = data.join(format!("journal/{}.jsonl", left.code));
    let sound = std::fs::read(&path).unwrap();
    let second_line = sound.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let third_line = second_line + sound[second_line..].iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut flipped = sound.clone();
    flipped[third_line - 10] ^= 1;
    std::fs::write(&path, &flipped).unwrap();
    let (code, said) = verify(data);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("FAILED") && said.contains("record 2"), "{said}");

    std::fs::write(&path, &sound).unwrap();
    assert_eq!(verify(data).0, Some(0), "whole again");
    std::fs::write(&path, &sound[..second_line]).unwrap();
    let (code, said) = verify(data);
    assert_eq!(code, Some(1), "the store has seen more than the journal holds: {said}");
    assert!(said.contains("rolled back"), "{said}");
}

#[tokio::test]
async fn beside_a_running_server_the_journals_are_checked_and_the_projection_is_said_not_to_be() {
    let (left, _) = opened(1).await;
    let server = Server::start(left.dir.path());
    let (code, said) = verify(left.dir.path());
    server.stop();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("projection not checked"), "{said}");
    assert!(!said.contains("in step"), "{said}");
}

#[test]
fn an_empty_folder_is_no_success() {
    let dir = tempfile::TempDir::new().unwrap();
    assert_eq!(verify(dir.path()).0, Some(1));
}
