//! `podium verify`: 0 when everything holds, 1 and the record's number when one byte does not.

use crate::durability::judges::opened;
use crate::durability::process::{BINARY, Server};
use crate::harness::client::card;
use crate::harness::{Hall, Plan, marks, pitch};
use podium::domain::command::Command as Asked;
use podium::domain::decide::give;
use podium::domain::fact::Fact;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, ProjectId, RoundId};
use podium::domain::kernel::time::Millis;
use podium::domain::query::seal;
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::announced::Seal;
use podium::domain::terms::matter::Matter;
use podium::domain::terms::proposal::Correction;
use podium::domain::terms::signature::Strokes;
use podium::journal::record::Entry;
use podium::journal::{self, disk::RealDisk};
use podium::wire::command::ClientCommand as C;
use podium::wire::view::judge::JudgeView;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

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
    let (told, result) = said.split_once("  result of R1: provisional\n").unwrap_or_else(|| panic!("{said}"));
    let (announced, rest) = told.split_once("not announced").unwrap_or_else(|| panic!("{said}"));
    assert!(result.contains("R1-P1: counts 2 80.00, shown 1 80.00\n"), "{said}");
    assert!(result.contains("because R1-P2 was not announced (团队退场)"), "{said}");
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

/// A journal of one project before one judge, as the contest's task writes it; each fact may be altered on its way to the disk.
fn written(data: &Path, commands: &[(Actor, Asked)], alter: impl Fn(&mut Fact)) {
    let mut contest = Contest::default();
    let (mut journal, _) = journal::open(Arc::new(RealDisk), &data.join("journal"), "abc234").unwrap();
    let mut salt = 0_u8;
    for (at, (actor, command)) in commands.iter().enumerate() {
        let now = 1_790_000_000_000 + 1_000 * at as u64;
        let facts = give(&mut contest, *actor, Millis(now), command);
        let mut facts = facts.unwrap_or_else(|no| panic!("{command:?}: {no:?}"));
        facts.iter_mut().for_each(&alter);
        let entry = |fact: &Fact| Entry {
            by: actor.to_string(),
            cmd: None,
            fact: serde_json::value::to_raw_value(fact).unwrap(),
        };
        let mut salts = || {
            salt += 1;
            [salt; 32]
        };
        journal.append(now, facts.iter().map(entry).collect(), &mut salts).unwrap();
    }
}

/// Two projects level, the chair decides and the audience is told: everything that tells standings.
fn evening() -> Vec<(Actor, Asked)> {
    let (host, round, judge) = (Actor::Host, RoundId(1), Actor::Judge(JudgeId(1)));
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 1, projects: 2, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let mut blueprint = plan.blueprint();
    let rule = r#"{"method":"mean","ties":["chair"]}"#;
    (blueprint.chair, blueprint.rule) = (Some(JudgeId(1)), Some(serde_json::from_str(rule).unwrap()));
    let question = r#"{"round":"R1","title":"人气","choices":["P1"],"most":1,"admission":"devices"}"#;
    let mut commands = vec![
        (Actor::Organiser, Asked::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Asked::ImportBlueprint { blueprint }),
        (host, Asked::SetVote { question: serde_json::from_str(question).unwrap() }),
    ];
    for n in [1, 2] {
        let (pitch, marks, comment) = (pitch(n), marks(&[("innovation", "80")]), String::new());
        commands.extend([
            (host, Asked::StartPitch { pitch }),
            (host, Asked::OpenWindow { pitch }),
            (judge, Asked::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment }),
            (host, Asked::CloseWindow { pitch }),
            (host, Asked::RevealPitch { pitch }),
        ]);
    }
    let (order, reason) = (vec![ProjectId(2), ProjectId(1)], "现场讨论".to_owned());
    commands.extend([
        (host, Asked::OpenVote),
        (host, Asked::CloseVote),
        (host, Asked::RevealVote),
        (judge, Asked::DecideTie { round, order, reason }),
        (host, Asked::TellDecisions { round }),
        (host, Asked::FinishContest { despite: true }),
    ]);
    commands
}

fn of_result(commands: &[(Actor, Asked)]) -> String {
    let mut contest = Contest::default();
    for (actor, command) in commands {
        give(&mut contest, *actor, Millis(1_790_000_000_000), command).unwrap();
    }
    seal::of_result(&contest, contest.round(RoundId(1)).unwrap()).digest
}

fn confirmed() -> Vec<(Actor, Asked)> {
    let mut commands = evening();
    let (round, digest) = (RoundId(1), of_result(&commands));
    let (matter, reason) = (Matter::Signature { round, judge: JudgeId(1) }, "出差".to_owned());
    commands.extend([
        (Actor::Auditor, Asked::ConfirmResult { round, digest: digest.clone() }),
        (Actor::Judge(JudgeId(1)), Asked::LeaveOpen { matter, reason }),
        (Actor::Judge(JudgeId(1)), Asked::MakeOfficial { round, digest: digest.clone() }),
        (Actor::Host, Asked::PublishResult { round, digest, until: "2026-12-05".parse().unwrap() }),
    ]);
    commands
}

/// Each fact that tells standings, and each step of a result, is recomputed: one that says something else is named.
#[test]
fn a_broken_seal_is_named_with_its_record() {
    type Broken = fn(&mut Fact);
    fn to_zero(seal: &mut Seal) {
        seal.digest = "0".repeat(64);
    }
    let kinds: [(&str, Broken); 6] = [
        ("pitch-revealed", |fact| {
            if let Fact::PitchRevealed { seal: Some(seal), .. } = fact {
                to_zero(seal)
            }
        }),
        ("vote-revealed", |fact| {
            if let Fact::VoteRevealed { seal: Some(seal) } = fact {
                to_zero(seal)
            }
        }),
        ("decisions-told", |fact| {
            if let Fact::DecisionsTold { seal: Some(seal), .. } = fact {
                to_zero(seal)
            }
        }),
        ("result-confirmed", |fact| {
            if let Fact::ResultConfirmed { seal, .. } = fact {
                to_zero(seal)
            }
        }),
        ("result-made-official", |fact| {
            if let Fact::ResultMadeOfficial { seal, .. } = fact {
                to_zero(seal)
            }
        }),
        ("result-published", |fact| {
            if let Fact::ResultPublished { seal, .. } = fact {
                to_zero(seal)
            }
        }),
    ];
    let sound = tempfile::TempDir::new().unwrap();
    written(sound.path(), &confirmed(), |_| {});
    let (code, said) = verify(sound.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("announcements: 7 recomputed"), "{said}");
    let text = std::fs::read_to_string(sound.path().join("journal/abc234.jsonl")).unwrap();
    for (kind, broken) in kinds {
        let dir = tempfile::TempDir::new().unwrap();
        written(dir.path(), &confirmed(), broken);
        let (code, said) = verify(dir.path());
        let is = |line: &str| line.contains(&format!(r#"\"kind\":\"{kind}\""#));
        let record = text.lines().position(is).unwrap() + 1;
        assert_eq!(code, Some(1), "{kind}: {said}");
        assert!(
            said.contains(&format!("FAILED: record {record}: the standings told there")),
            "{kind}: {said}"
        );
    }
}

#[test]
fn the_result_is_printed_with_who_said_so_and_what_the_hall_was_shown_otherwise() {
    let dir = tempfile::TempDir::new().unwrap();
    written(dir.path(), &confirmed(), |_| {});
    let (_, said) = verify(dir.path());
    assert!(said.contains("result of R1: published, objections until 2026-12-05"), "{said}");
    assert!(said.contains("    confirmed: auditor at 2026-09-21 "), "{said}");
    assert!(said.contains("    official: judge:J1 at "), "{said}");
    let official = said.split_once("official standings:\n").unwrap().1;
    assert!(official.starts_with("    1     80.00  P2"), "{said}");
    // Two persons correct it afterwards; the hall is told later.
    let mut commands = confirmed();
    let correction = Correction::Deduct { pitch: pitch(2), points: "5".parse().unwrap() };
    commands.push((Actor::Host, Asked::Propose { correction, reason: "材料不实".into() }));
    let mut contest = Contest::default();
    for (actor, command) in &commands {
        give(&mut contest, *actor, Millis(1), command).unwrap();
    }
    commands.push((Actor::Auditor, Asked::AgreeTo { proposal: contest.seq }));
    let dir = tempfile::TempDir::new().unwrap();
    written(dir.path(), &commands, |_| {});
    let (code, said) = verify(dir.path());
    assert_eq!(code, Some(0), "the correction explains it: {said}");
    assert!(said.contains("result of R1: provisional\n"), "{said}");
    assert!(said.contains("these steps do not hold: the standings are others now"), "{said}");
    assert!(said.contains("R1-P2: counts 2 75.00, shown 1 80.00"), "{said}");
    assert!(said.contains("because R1-P2 was corrected"), "{said}");
    assert!(said.contains("agreed: auditor at "), "{said}");
    // What stands as announced is not called unannounced.
    assert!(!said.contains("not announced"), "{said}");
    let otherwise = said.split_once("  announced as above, and counted otherwise since:\n").unwrap().1;
    assert!(otherwise.starts_with("    2     75.00  P2"), "{said}");
}
