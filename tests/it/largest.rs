//! The largest contests: every audience's socket takes its view, however large that is, and goes on from there.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, START, marks, pitch};
use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::command::blueprint::{Blueprint, BlueprintProject};
use podium::domain::decide::decide;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, ProjectId, RoundId};
use podium::domain::kernel::time::Stamp;
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::roster::{Judge, Project};
use podium::domain::terms::rubric::Criterion;
use podium::journal::disk::RealDisk;
use podium::journal::record::Entry;
use podium::wire::command::ClientCommand as C;
use podium::wire::view::{self, Presence, public::Revealed};
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
        for fact in decide(&self.contest, by, command).unwrap_or_else(|no| panic!("{command:?}: {no:?}")) {
            let stamp = Stamp { seq: self.contest.seq + 1, at: START, by: Some(by) };
            apply(&mut self.contest, &fact, stamp);
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
            let (name, unit) = (format!("{}{}", project.name, "长".repeat(50)), "某".repeat(40));
            let project = Project { name, unit, presenter: "张三、李四".into(), ..project };
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
                let command = Command::SubmitScorecard { pitch, base: 0, marks, comment };
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
    // The screen has the hall's picture beside what is its own.
    let hall = view.get("show").unwrap_or(view);
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
        // What used to close a socket.
        assert!(
            !["host", "chair"].contains(who) || bytes > 256 * 1024,
            "{who}: {bytes} bytes are no large view"
        );
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

/// Longest text that a page's engine takes: 2^29 − 24 characters.
const PAGE_MAX: u64 = 512 * 1024 * 1024;

/// A contest with the longest texts, so many of its last projects judged by so many of its last judges, all revealed.
fn longest(projects: u16, judges: u16) -> Contest {
    let long = |chars: usize| "𠀀".repeat(chars);
    let mut evening = Evening { contest: Contest::default(), entries: Vec::new() };
    let about = About {
        title: long(120),
        subtitle: long(120),
        venue: long(120),
        zone: "Asia/Shanghai".into(),
        ..About::default()
    };
    evening.give(Actor::Organiser, &Command::CreateContest { code: "abc234".parse().unwrap(), about });
    let project = |n| BlueprintProject {
        id: ProjectId(n),
        name: format!("{n:03}{}", long(117)),
        short: format!("{n:03}{}", long(17)),
        track: Some(0),
        unit: long(120),
        presenter: long(120),
        say: long(120),
    };
    let judge = |n| Judge { id: JudgeId(n), name: long(120), unit: long(120) };
    let criterion = |n: u32| Criterion {
        id: format!("criterion-{n}").parse().unwrap(),
        name: long(120),
        max: "100".parse().unwrap(),
        weight: 2 + n % 2,
        step: Some("0.1".parse().unwrap()),
        scale: long(2_000),
    };
    let panel: Vec<_> = (100 - judges..=99).collect();
    let blueprint = Blueprint {
        projects: (1_000 - projects..=999).map(project).collect(),
        judges: panel.iter().copied().map(judge).collect(),
        chair: panel.last().copied().map(JudgeId),
        tracks: vec![long(120)],
        criteria: (1..=40).map(criterion).collect(),
        ..Blueprint::default()
    };
    let marks: BTreeMap<_, _> =
        blueprint.criteria.iter().map(|criterion| (criterion.id.clone(), "66.6".parse().unwrap())).collect();
    evening.give(Actor::Organiser, &Command::ImportBlueprint { blueprint });
    for pitch in (1_000 - projects..=999).map(pitch) {
        evening.give(Actor::Host, &Command::StartPitch { pitch });
        evening.give(Actor::Host, &Command::OpenWindow { pitch });
        for judge in panel.iter().copied().map(JudgeId) {
            let (marks, comment) = (marks.clone(), "评".repeat(300));
            evening.give(Actor::Judge(judge), &Command::SubmitScorecard { pitch, base: 0, marks, comment });
        }
        evening.give(Actor::Host, &Command::CloseWindow { pitch });
        evening.give(Actor::Host, &Command::RevealPitch { pitch });
    }
    evening.contest
}

/// Bytes of each audience's view: public, screen, host, MC, judge, chair.
fn sizes(contest: &Contest) -> [i64; 6] {
    let (code, presence) = (contest.code.as_ref().unwrap(), Presence::default());
    let revealed = Revealed::of(code, contest, None);
    let judges = || contest.judges.keys().copied();
    let of_judge = |id| text(&view::judge::judge(contest, id, &presence).unwrap());
    [
        text(&view::public::public(&revealed)),
        text(&view::public::screen(&revealed, None)),
        text(&view::host::host(contest, &presence, None).unwrap()),
        text(&view::mc::mc(contest, false).unwrap()),
        of_judge(judges().next().unwrap()),
        of_judge(judges().next_back().unwrap()),
    ]
}

fn text(view: &impl serde::Serialize) -> i64 {
    serde_json::to_vec(view).unwrap().len() as i64
}

/// A view of 999 projects and 99 judges is too large to be made in a test: it has one part for each project, one for each
/// judge and one for each pair of them, which are found from four small contests.
#[test]
fn the_largest_views_are_messages_that_a_page_takes() {
    let (few, many) = ((6, 4), (12, 8));
    let [a, b, c, d] = [(few.0, few.1), (many.0, few.1), (few.0, many.1), (many.0, many.1)]
        .map(|(projects, judges)| sizes(&longest(projects, judges)));
    let grow = |n: i64, few: u16, many: u16| (n - i64::from(few), i64::from(many - few));
    let ((p, dp), (j, dj)) = (grow(999, few.0, many.0), grow(99, few.1, many.1));
    for (at, who) in ["public", "screen", "host", "mc", "judge", "chair"].iter().enumerate() {
        let pair = d[at] - b[at] - c[at] + a[at];
        let bytes = a[at] + (b[at] - a[at]) * p / dp + (c[at] - a[at]) * j / dj + pair * p * j / (dp * dj);
        println!("{who}: {} KiB", bytes / 1_024);
        assert!(bytes > a[at] && (bytes as u64) < PAGE_MAX, "{who}: {bytes}");
    }
}
