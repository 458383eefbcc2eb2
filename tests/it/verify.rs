//! `podium verify`: 0 when everything holds, 1 and the record's number when one byte does not.

use crate::durability::judges::opened;
use crate::durability::process::{BINARY, Server};
use crate::harness::client::card;
use crate::harness::{Hall, Plan, pitch};
use podium::domain::kernel::ids::RoundId;
use podium::domain::terms::matter::Matter;
use podium::domain::terms::signature::Strokes;
use podium::wire::command::ClientCommand as C;
use podium::wire::view::judge::JudgeView;
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

/// One pitch is announced, one is closed and better, nobody scored the third, the fourth never came; the judge signs after the end.
#[tokio::test]
async fn what_was_announced_is_printed_apart_from_what_was_not() {
    let criteria = vec![("innovation", "100", "1")];
    let hall = Hall::with(Plan { judges: 1, projects: 4, criteria, ..Plan::default() }).await;
    let (mut host, mut judge) = (hall.host().await, hall.judge(1).await);
    for (n, mark) in [(1, Some("80")), (2, Some("90")), (3, None)] {
        host.does(C::StartPitch { pitch: pitch(n) }).await;
        host.does(C::OpenWindow { pitch: pitch(n) }).await;
        if let Some(mark) = mark {
            judge.does(card(pitch(n), 0, &[("innovation", mark)])).await;
        }
        host.does(C::CloseWindow { pitch: pitch(n) }).await;
        if n == 1 {
            host.does(C::RevealPitch { pitch: pitch(n) }).await;
        }
    }
    assert_eq!(host.refused(C::FinishContest { despite: false }).await, "unsettled");
    assert_eq!(host.refused(C::FinishContest { despite: true }).await, "unsettled");
    for matter in [Matter::Unannounced { pitch: pitch(2) }, Matter::Unscored { pitch: pitch(3) }] {
        host.does(C::LeaveOpen { matter, reason: "团队退场".into() }).await;
    }
    host.does(C::FinishContest { despite: true }).await;
    let signs = |view: &JudgeView| view.hall.contest.finished && view.summary.is_some();
    let view: JudgeView = judge.until("the list to sign, after the end", signs).await;
    let (digest, strokes) = (view.summary.unwrap().digest, Strokes(vec![vec![(1, 1), (9, 9)]]));
    judge.does(C::SignScorecards { round: RoundId(1), digest, strokes }).await;
    drop((host, judge));
    let (code, said) = verify(hall.leave().await.dir.path());
    assert_eq!(code, Some(0), "{said}");
    let (announced, rest) = said.split_once("not announced").unwrap_or_else(|| panic!("{said}"));
    assert!(announced.contains("    1     80.00  P1") && !announced.contains("P2"), "{said}");
    assert!(rest.contains("    —     90.00  P2") && !rest.contains("80.00"), "{said}");
    assert!(rest.contains("closed without a scorecard: P3"), "{said}");
    let open = "finished; open: R1-P2 was not announced, R1-P3 has no scorecard, R1-P4 never came\n";
    assert!(rest.contains(open), "{said}");
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
