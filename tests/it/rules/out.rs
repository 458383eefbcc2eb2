//! Every state of a pitch by every command that takes it out or brings it back: each works, or is refused with a sentence of its
//! own that says what to do instead.

use super::{Stage, on};
use podium::domain::command::Command;
use podium::domain::decide::decide;
use podium::domain::kernel::actor::Actor;
use podium::domain::query::out;

/// How the first pitch of two comes to stand as it does.
const STATES: &[(&str, &[&str])] = &[
    ("queued", &[]),
    ("absent", &["host misses P1"]),
    ("withdrawn", &["host withdraws P1 because 弃赛"]),
    ("pitching", &["host starts P1"]),
    ("answering", &["host starts P1", "host questions P1"]),
    ("scoring", &["host starts P1", "host opens P1", "judge 1 marks P1 48 32"]),
    ("closed", &["host starts P1", "host opens P1", "judge 1 marks P1 48 32", "host closes P1"]),
    ("plates up", &["=closed", "host announces P1", "host turns P1 turned/1"]),
    ("announced", &["=closed", "host reveals P1"]),
    ("shown on the podium", &["=announced", "host misses P2", "host shows podium"]),
    ("board frozen", &["=announced", "host freezes"]),
    ("reveal on", &["=board frozen", "host misses P2", "host begins-reveal last-to-first"]),
    ("announced and withdrawn", &["=announced", "host withdraws P1 because 放弃"]),
    ("disqualified", &["host disqualifies P1 because 抄袭"]),
    ("disqualified on the stage", &["=pitching", "host disqualifies P1 because 抄袭"]),
    ("disqualified, announced", &["=announced", "host disqualifies P1 because 抄袭"]),
    ("disqualified, and told", &["=disqualified, announced", "host reveals P1"]),
    ("over", &["=shown on the podium", "host finishes despite"]),
    ("over, never came", &["host misses P1", "host misses P2", "host finishes despite"]),
    ("over, disqualified", &["=over", "host proposes disqualify P1 because 抄袭", "auditor agrees"]),
    ("over, disqualified and told", &["=over, disqualified", "host reveals P1"]),
];

/// By state: absent, withdrawn, brought back, run again, disqualified, reinstated, given back, points off, announced.
const TABLE: &[(&str, [&str; 9])] = &[
    (
        "queued",
        [
            "ok",
            "ok",
            "wrong-phase",
            "wrong-phase",
            "ok",
            "not-taken-out",
            "wrong-phase",
            "wrong-phase",
            "wrong-phase",
        ],
    ),
    ("absent", ["is-out", "ok", "ok", "is-out", "ok", "not-taken-out", "is-out", "is-out", "is-out"]),
    ("withdrawn", ["is-out", "is-out", "ok", "is-out", "ok", "not-taken-out", "is-out", "is-out", "is-out"]),
    (
        "pitching",
        ["ok", "ok", "wrong-phase", "ok", "ok", "not-taken-out", "wrong-phase", "ok", "wrong-phase"],
    ),
    (
        "answering",
        ["has-come", "ok", "wrong-phase", "ok", "ok", "not-taken-out", "wrong-phase", "ok", "wrong-phase"],
    ),
    (
        "scoring",
        ["has-come", "ok", "wrong-phase", "ok", "ok", "not-taken-out", "wrong-phase", "ok", "wrong-phase"],
    ),
    ("closed", ["has-come", "ok", "wrong-phase", "ok", "ok", "not-taken-out", "ok", "ok", "ok"]),
    (
        "plates up",
        [
            "has-come",
            "ok",
            "wrong-phase",
            "plates-up",
            "plates-up",
            "not-taken-out",
            "plates-up",
            "plates-up",
            "ok",
        ],
    ),
    (
        "announced",
        ["has-come", "ok", "wrong-phase", "ok", "ok", "not-taken-out", "ok", "ok", "nothing-changes"],
    ),
    (
        "shown on the podium",
        ["has-come", "ok", "wrong-phase", "ok", "ok", "not-taken-out", "ok", "ok", "nothing-changes"],
    ),
    (
        "board frozen",
        ["has-come", "ok", "wrong-phase", "ok", "ok", "not-taken-out", "ok", "ok", "board-frozen"],
    ),
    ("reveal on", ["reveal-on"; 9]),
    (
        "announced and withdrawn",
        ["taken-out", "taken-out", "taken-out", "taken-out", "ok", "ok", "taken-out", "taken-out", "ok"],
    ),
    (
        "disqualified",
        [
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "ok",
            "taken-out",
            "taken-out",
            "taken-out",
        ],
    ),
    (
        "disqualified on the stage",
        [
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "ok",
            "taken-out",
            "taken-out",
            "taken-out",
        ],
    ),
    (
        "disqualified, announced",
        [
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "ok",
            "taken-out",
            "taken-out",
            "ok",
        ],
    ),
    (
        "disqualified, and told",
        [
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "taken-out",
            "ok",
            "taken-out",
            "taken-out",
            "taken-out",
        ],
    ),
    (
        "over",
        [
            "contest-finished",
            "second-person",
            "contest-finished",
            "contest-finished",
            "second-person",
            "second-person",
            "second-person",
            "second-person",
            "nothing-changes",
        ],
    ),
    (
        "over, never came",
        [
            "contest-finished",
            "second-person",
            "contest-finished",
            "contest-finished",
            "second-person",
            "second-person",
            "second-person",
            "second-person",
            "is-out",
        ],
    ),
    (
        "over, disqualified",
        [
            "contest-finished",
            "second-person",
            "contest-finished",
            "contest-finished",
            "second-person",
            "second-person",
            "second-person",
            "second-person",
            "ok",
        ],
    ),
    (
        "over, disqualified and told",
        [
            "contest-finished",
            "second-person",
            "contest-finished",
            "contest-finished",
            "second-person",
            "second-person",
            "second-person",
            "second-person",
            "taken-out",
        ],
    ),
];

fn commands() -> [Command; 9] {
    let (pitch, reason) = (on("P1"), "理由".to_owned());
    [
        Command::MarkAbsent { pitch },
        Command::WithdrawPitch { pitch, reason: reason.clone() },
        Command::BringBack { pitch },
        Command::RunAgain { pitch, reason: reason.clone() },
        Command::Disqualify { pitch, reason: reason.clone() },
        Command::Reinstate { pitch, reason: reason.clone() },
        Command::ReopenScorecard { pitch, judge: "J1".parse().unwrap(), reason: reason.clone() },
        Command::Deduct { pitch, points: "5".parse().unwrap(), reason },
        Command::RevealPitch { pitch },
    ]
}

fn lines(state: &str) -> Vec<&'static str> {
    let (_, lines) = STATES.iter().find(|(name, _)| *name == state).expect("it is a state");
    let more = |line: &&'static str| line.strip_prefix('=').map_or_else(|| vec![*line], lines_of);
    lines.iter().flat_map(more).collect()
}

fn lines_of(state: &'static str) -> Vec<&'static str> {
    lines(state)
}

fn stage(state: &str) -> Stage {
    let given: Vec<&str> = "1 judges 2 projects criteria innovation/60/0.5 market/40/1".split(' ').collect();
    let mut stage = Stage::given(&given, "");
    lines(state).into_iter().for_each(|line| stage.line(line));
    stage
}

#[test]
fn whoever_is_out_or_comes_back_is_told_why_and_what_to_do() {
    assert!(STATES.iter().map(|(name, _)| *name).eq(TABLE.iter().map(|(name, _)| *name)));
    for (state, expected) in TABLE {
        let stage = stage(state);
        for (command, expected) in commands().iter().zip(expected) {
            let said = match decide(&stage.contest, Actor::Host, command) {
                Ok(_) => "ok",
                Err(no) => no.code(),
            };
            assert_eq!(said, *expected, "{state}: {command:?}");
        }
    }
}

/// What the hall is told has become of P1.
fn told(stage: &Stage) -> String {
    let (round, published) = (stage.contest.round(on("P1").round).unwrap(), &stage.contest.published);
    out::phase(&round.pitches[&on("P1").project], published).to_string()
}

/// Whoever was told to be out, by the key or by a frozen board, stays out for the hall until it is told otherwise.
#[test]
fn whoever_is_reinstated_is_out_for_the_hall_until_it_is_told() {
    let board = ["=board frozen", "host disqualifies P1 because 抄袭"];
    let second = ["host starts P2", "host opens P2", "judge 1 marks P2 40 30", "host closes P2"];
    let reveal = ["host begins-reveal last-to-first", "host steps 1", "host steps 2", "host publishes"];
    let frozen = [&board[..], &second, &reveal].concat();
    for way in [&["=disqualified, and told"][..], &frozen] {
        let mut stage = stage("queued");
        let more = |line: &&'static str| line.strip_prefix('=').map_or_else(|| vec![*line], lines_of);
        way.iter().flat_map(more).for_each(|line| stage.line(line));
        assert_eq!(told(&stage), "disqualified", "{way:?}");
        stage.line("host reinstates P1 because 查明");
        assert_eq!(told(&stage), "disqualified", "{way:?}: nobody has told it");
        stage.line("cue: confirm-correction P1");
        stage.line("host presses");
        assert_eq!(told(&stage), "revealed", "{way:?}");
    }
}

/// Disqualified from wherever it stood, and taken back, it stands as it stood: the standings of the others never knew.
#[test]
fn whoever_is_reinstated_stands_as_before() {
    for (state, _) in TABLE.iter().filter(|(_, expected)| expected[4] == "ok") {
        let mut stage = stage(state);
        let before = stage.contest.clone();
        stage.line("host disqualifies P1 because 抄袭");
        let rows = podium::domain::query::result::provisional(
            &stage.contest,
            stage.contest.round(on("P1").round).unwrap(),
        );
        assert!(rows.iter().all(|row| row.pitch != on("P1")), "{state}: it still ranks");
        assert_eq!(before.sealed.cards, stage.contest.sealed.cards, "{state}: its record went");
        stage.line("host reinstates P1 because 查明");
        let (was, now) = (before.pitch(on("P1")).unwrap(), stage.contest.pitch(on("P1")).unwrap());
        // Who was taken from the stage stands closed, with what is in.
        let expected = match *state {
            "pitching" | "answering" | "scoring" => "closed".to_owned(),
            _ => was.phase.to_string(),
        };
        assert_eq!(now.phase.to_string(), expected, "{state}");
        assert_eq!(now.out, was.out, "{state}");
        assert_eq!(
            before.published.reveals, stage.contest.published.reveals,
            "{state}: nobody told the hall"
        );
    }
}
