//! The largest contests: every audience's socket takes its view, however large that is, and goes on from there.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, START, marks, picture, pitch};
use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::command::blueprint::{Blueprint, BlueprintProject};
use podium::domain::decide::give;
use podium::domain::fact::Fact;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::names::{NAME_CHARS_MAX, SHORT_CHARS_MAX, TEXT_CHARS_MAX};
use podium::domain::kernel::points::Points;
use podium::domain::kernel::time::Stamp;
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::roster::{Judge, Project};
use podium::domain::terms::rubric::{Criterion, CriterionId};
use podium::journal::disk::RealDisk;
use podium::journal::record::Entry;
use podium::wire::command::ClientCommand as C;
use podium::wire::server::largest;
use podium::wire::view;
use podium::wire::view::judge::Memo;
use podium::wire::view::presence::Presence;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const PROJECTS: u16 = 240;
const JUDGES: u16 = 15;
const CRITERIA: [(&str, &str, &str); 8] = [
    ("innovation", "20", "0.5"),
    ("market", "20", "0.5"),
    ("team", "10", "0.5"),
    ("finance", "10", "0.5"),
    ("technology", "10", "0.5"),
    ("plan", "10", "0.5"),
    ("social", "10", "0.5"),
    ("pitch", "10", "0.5"),
];

/// What was decided, on the way into a journal.
struct Evening {
    contest: Contest,
    entries: Vec<Entry>,
}

impl Evening {
    fn give(&mut self, by: Actor, command: &Command) {
        let facts = give(&mut self.contest, by, START, command);
        for fact in facts.unwrap_or_else(|no| panic!("{command:?}: {no:?}")) {
            let fact = serde_json::value::to_raw_value(&fact).unwrap();
            self.entries.push(Entry { by: by.to_string(), cmd: None, fact });
        }
    }

    /// Long names; every pitch but the last is over, where the first two judges' scorecards are missing.
    fn play(&mut self) {
        let judges = (1..=JUDGES).map(JudgeId).collect();
        let panel = Command::SetPanel { round: RoundId(1), judges, chair: Some(JudgeId(1)) };
        self.give(Actor::Organiser, &panel);
        for project in self.contest.show.projects.values().cloned().collect::<Vec<_>>() {
            let (name, unit) = (format!("{}{}", project.name, "长".repeat(110)), "某".repeat(110));
            let project = Project { name, unit, presenter: "张三、李四".repeat(20), ..project };
            self.give(Actor::Organiser, &Command::ChangeProject { project });
        }
        let given: Vec<_> = CRITERIA.iter().map(|(id, ..)| (*id, "7.5")).collect();
        let (marks, comment) = (marks(&given), "评".repeat(300));
        for pitch in (1..=PROJECTS).map(pitch) {
            let last = pitch.project.0 == PROJECTS;
            self.give(Actor::Host, &Command::StartPitch { pitch });
            self.give(Actor::Host, &Command::OpenWindow { pitch });
            for judge in (if last { 3 } else { 1 }..=JUDGES).map(JudgeId) {
                let (marks, comment) = (marks.clone(), comment.clone());
                let command = Command::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment };
                self.give(Actor::Judge(judge), &command);
            }
            if !last {
                self.give(Actor::Host, &Command::CloseWindow { pitch });
            }
        }
    }

    fn write(self, data: &Path, code: &str) {
        let (mut journal, _) =
            podium::journal::open(Arc::new(RealDisk), &data.join("journal"), code).unwrap();
        let mut entries = self.entries.into_iter().peekable();
        while entries.peek().is_some() {
            journal.append(START.0, entries.by_ref().take(500).collect(), &mut || [7; 32]).unwrap();
        }
    }
}

fn progress(view: &Value) -> Option<u64> {
    // A phone sees the hall and nothing beside it.
    let hall = view.get("hall").unwrap_or(view);
    hall["stage"]["progress"]["k"].as_u64()
}

/// A sign of life of every page: making such views takes a debug build its time.
async fn alive(all: &mut [(&str, Client)]) {
    for (_, client) in all {
        client.socket.ping().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_and_forty_projects_before_fifteen_judges_reach_everybody() {
    let mut hall = Hall::with(Plan {
        judges: JUDGES,
        projects: PROJECTS,
        criteria: CRITERIA.to_vec(),
        ..Plan::default()
    })
    .await;
    let mut evening = Evening { contest: (*hall.contest()).clone(), entries: Vec::new() };
    evening.play();
    let code = hall.code.to_string();
    hall.restart_after(|data| evening.write(data, &code)).await;

    let (chair, judge, host) = (hall.judge(1).await, hall.judge(2).await, hall.host().await);
    let (phone, screen, mc) = (hall.phone().await, hall.screen().await, hall.mc().await);
    let mut all: [(&str, Client); 6] = [
        ("phone", phone),
        ("screen", screen),
        ("mc", mc),
        ("host", host),
        ("judge", judge),
        ("chair", chair),
    ];
    for at in 0..all.len() {
        alive(&mut all).await;
        let (who, client) = &mut all[at];
        let view: Value = client.until(&format!("{who}'s view"), |_: &Value| true).await;
        let bytes = view.to_string().len();
        println!("{who}: {bytes} bytes");
        // More than what used to close a socket; the chair's does not grow with the panel any more.
        assert!(*who != "host" || bytes > 256 * 1024, "{who}: {bytes} bytes are no large view");
        assert_eq!(client.kinds, ["snapshot"]);
    }
    let marks: Vec<_> = CRITERIA.iter().map(|(id, ..)| (*id, "8")).collect();
    for (at, k) in [(4, 14), (5, 15)] {
        alive(&mut all).await;
        all[at].1.does(card(pitch(PROJECTS), 0, &marks)).await;
        for other in 0..4 {
            alive(&mut all).await;
            let (who, client) = &mut all[other];
            client.until(&format!("{k} scorecards at {who}"), |view: &Value| progress(view) == Some(k)).await;
        }
        let own = |view: &Value| !view["cards"][pitch(PROJECTS).to_string()].is_null();
        all[at].1.until("the own scorecard", own).await;
    }
    alive(&mut all).await;
    let [.., (_, host), _, (_, chair)] = &mut all;
    host.does(C::CloseWindow { pitch: pitch(PROJECTS) }).await;
    let closed = |view: &Value| !view["chair"]["pitches"][pitch(PROJECTS).to_string()].is_null();
    chair.until("the last pitch", closed).await;
    chair.does(C::ConfirmPitch { pitch: pitch(PROJECTS) }).await;
    for (who, client) in &all {
        assert!(client.kinds.iter().skip(1).all(|kind| *kind == "delta") && client.kinds.len() > 1, "{who}");
    }
    drop(all);
    hall.end().await;
}

/// A text of so many characters, each as long as characters are.
fn long(chars: usize) -> String {
    "𠀀".repeat(chars)
}

/// Projects and judges of a contest with the longest texts, numbered up to the last numbers.
#[derive(Clone, Copy)]
struct Size(u16, u16);

impl Size {
    fn projects(self) -> impl Iterator<Item = u16> {
        1_000 - self.0..=999
    }

    fn panel(self) -> impl Iterator<Item = u16> {
        100 - self.1..=99
    }

    fn blueprint(self) -> Blueprint {
        let project = |n| BlueprintProject {
            id: ProjectId(n),
            name: format!("{n:03}{}", long(NAME_CHARS_MAX - 3)),
            short: format!("{n:03}{}", long(SHORT_CHARS_MAX - 3)),
            track: Some(0),
            unit: long(NAME_CHARS_MAX),
            presenter: long(NAME_CHARS_MAX),
            say: long(NAME_CHARS_MAX),
            code: String::new(),
        };
        let judge = |n| Judge { id: JudgeId(n), name: long(NAME_CHARS_MAX), unit: long(NAME_CHARS_MAX) };
        let criterion = |n: u32| Criterion {
            id: format!("criterion-{n}").parse().unwrap(),
            name: long(NAME_CHARS_MAX),
            max: "100".parse().unwrap(),
            weight: 5,
            step: Some("0.1".parse().unwrap()),
            scale: long(TEXT_CHARS_MAX),
        };
        Blueprint {
            projects: self.projects().map(project).collect(),
            judges: self.panel().map(judge).collect(),
            chair: self.panel().last().map(JudgeId),
            tracks: vec![long(NAME_CHARS_MAX)],
            criteria: (1..=20).map(criterion).collect(),
            ..Blueprint::default()
        }
    }

    /// Everybody has judged everything, and everything is revealed, with points taken off; then all of it is given back, with the
    /// longest reasons. Both states.
    fn played(self) -> [Contest; 2] {
        let mut evening = Evening { contest: Contest::default(), entries: Vec::new() };
        let about = About {
            title: long(NAME_CHARS_MAX),
            subtitle: long(NAME_CHARS_MAX),
            venue: long(NAME_CHARS_MAX),
            zone: "Asia/Shanghai".into(),
            ..About::default()
        };
        let create = Command::CreateContest { code: "abc234".parse().unwrap(), about };
        evening.give(Actor::Organiser, &create);
        evening.give(Actor::Organiser, &Command::ImportBlueprint { blueprint: self.blueprint() });
        let criteria = evening.contest.round(RoundId(1)).unwrap().criteria.clone();
        let marks: BTreeMap<_, _> =
            criteria.iter().map(|criterion| (criterion.id.clone(), "66.6".parse().unwrap())).collect();
        for pitch in self.projects().map(pitch) {
            evening.give(Actor::Host, &Command::StartPitch { pitch });
            evening.give(Actor::Host, &Command::OpenWindow { pitch });
            for judge in self.panel().map(JudgeId) {
                evening.hand_in(pitch, judge, &marks);
            }
            evening.give(Actor::Host, &Command::CloseWindow { pitch });
            let (points, reason) = ("0.5".parse().unwrap(), long(TEXT_CHARS_MAX));
            evening.give(Actor::Host, &Command::Deduct { pitch, points, reason });
            evening.give(Actor::Host, &Command::RevealPitch { pitch });
        }
        let revealed = evening.contest.clone();
        for pitch in self.projects().map(pitch) {
            evening.give(Actor::Host, &Command::ReopenWindow { pitch, reason: long(TEXT_CHARS_MAX) });
        }
        [revealed, evening.contest]
    }
}

impl Evening {
    /// By its fact: to decide about a hundred thousand takes its time.
    fn hand_in(&mut self, pitch: PitchId, judge: JudgeId, marks: &BTreeMap<CriterionId, Points>) {
        let (marks, comment) = (marks.clone(), long(TEXT_CHARS_MAX));
        let fact = Fact::ScorecardSubmitted { pitch, judge, version: 1, marks, comment };
        let stamp = Stamp { seq: self.contest.seq + 1, at: START, by: Some(Actor::Judge(judge)) };
        apply(&mut self.contest, &fact, stamp);
    }
}

/// Every audience, and the largest that its frames may be.
const AUDIENCES: [(&str, usize); 7] = [
    ("public", largest::PUBLIC),
    ("screen", largest::SCREEN),
    ("host", largest::HOST),
    ("auditor", largest::AUDITOR),
    ("mc", largest::MC),
    ("judge", largest::JUDGE),
    ("chair", largest::JUDGE),
];

/// Bytes of each audience's view.
fn sizes(contest: &Contest) -> [usize; 7] {
    let (presence, picture) = (Presence::default(), picture(contest));
    let judges = || contest.judges.keys().copied();
    let of_judge =
        |id| text(&view::judge::judge(contest, &picture, id, &presence, &mut Memo::default()).unwrap());
    [
        text(&picture.hall),
        text(&view::public::screen(&picture.hall, None)),
        text(&view::host::host(contest, &picture, &presence, None).unwrap()),
        text(&view::auditor::auditor(contest, &picture).unwrap()),
        text(&view::mc::mc(contest, &picture, false).unwrap()),
        of_judge(judges().next().unwrap()),
        of_judge(judges().next_back().unwrap()),
    ]
}

fn text(view: &impl serde::Serialize) -> usize {
    serde_json::to_vec(view).unwrap().len()
}

/// The largest views are found from those of four small contests: a view has something for each project, for each judge and for each
/// pair of them, and nothing that grows faster.
#[test]
fn no_view_of_the_largest_contest_is_larger_than_its_frames_may_be() {
    let (few, many) = ((6, 4), (12, 8));
    let [a, b, c, d] = [(few.0, few.1), (many.0, few.1), (few.0, many.1), (many.0, many.1)]
        .map(|(projects, judges)| Size(projects, judges).played().map(|state| sizes(&state)));
    let grow = |n: i64, few: u16, many: u16| (n - i64::from(few), i64::from(many - few));
    let ((p, dp), (j, dj)) = (grow(999, few.0, many.0), grow(99, few.1, many.1));
    for state in 0..2 {
        for (at, (who, max)) in AUDIENCES.into_iter().enumerate() {
            let [a, b, c, d] = [a, b, c, d].map(|sizes| i64::try_from(sizes[state][at]).unwrap());
            // What is cut where it is long does not shrink by more of it.
            let pair = (d - b - c + a).max(0);
            let bytes = a + (b - a) * p / dp + (c - a) * j / dj + pair * p * j / (dp * dj);
            println!("{who}: {} KiB of {}", bytes / 1_024, max / 1_024);
            // A frame is its view, its kind and its number.
            assert!(bytes > a && bytes + 64 < i64::try_from(max).unwrap(), "{who}: {bytes}");
        }
    }
}

/// The same, made whole: minutes and gigabytes.
#[test]
#[ignore = "makes the largest contest there is: PODIUM_WEB=skip cargo test --release --test it -- --ignored largest"]
fn every_view_of_the_largest_contest_is_made() {
    for state in Size(999, 99).played() {
        for ((who, max), bytes) in AUDIENCES.into_iter().zip(sizes(&state)) {
            println!("{who}: {} KiB of {}", bytes / 1_024, max / 1_024);
            assert!(bytes + 64 < max, "{who}: {bytes}");
        }
    }
}
