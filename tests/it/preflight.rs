//! Before the doors open: what is found in a set-up, what devices may report, who may read it, an address that has gone.

use crate::harness::{Hall, Plan, pitch};
use hyper::Method;
use podium::domain::command::Command;
use podium::domain::command::blueprint::BlueprintProject;
use podium::domain::decide::give;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, ProjectId, RoundId};
use podium::domain::kernel::time::Millis;
use podium::domain::preflight::{CODES, Finding, Level, clock_behind, findings};
use podium::domain::scoring::audience::Audience;
use podium::domain::scoring::rule::{Method as Of, Rule, Tie};
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::programme::{RevealPolicy, Timing, WindowPolicy};
use podium::domain::terms::roster::Judge;
use podium::domain::terms::vote::{Admission, Question, Voter};
use podium::http::state::PER_MINUTE;
use podium::live::checks::KEPT_MAX;
use podium::robots::client::Browser;
use podium::wire::preflight::{LevelName, Preflight};
use podium::wire::view::host::HostView;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const R1: RoundId = RoundId(1);

/// A contest as these commands leave it.
fn contest(plan: &Plan, project: impl Fn(&mut BlueprintProject), more: Vec<Command>) -> Contest {
    let about =
        About {
            title: "路演".into(), zone: "Asia/Shanghai".into(), reveal: plan.reveal, ..About::default()
        };
    let mut blueprint = plan.blueprint();
    blueprint.projects.iter_mut().for_each(project);
    let create = Command::CreateContest { code: "7k2m9x".parse().unwrap(), about };
    let mut contest = Contest::default();
    for command in [create, Command::ImportBlueprint { blueprint }].into_iter().chain(more) {
        let at = Millis(1_000 + contest.seq);
        give(&mut contest, Actor::Organiser, at, &command)
            .or_else(|_| give(&mut contest, Actor::Host, at, &command))
            .or_else(|_| give(&mut contest, Actor::Judge(JudgeId(1)), at, &command))
            .unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
    }
    contest
}

fn whole(project: &mut BlueprintProject) {
    project.unit = format!("单位{}", project.id.0);
    project.presenter = "讲者".into();
}

fn plan(judges: u16, projects: u16) -> Plan {
    Plan { judges, projects, ..Plan::default() }
}

fn with_rule(rule: Rule) -> Command {
    Command::SetRule { round: R1, rule }
}

fn recusal(project: u16, judge: u16) -> Command {
    Command::DeclareRecusal { pitch: pitch(project), judge: JudgeId(judge), reason: "同单位".into() }
}

fn codes(found: &[Finding]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code).collect()
}

fn params(contest: &Contest, code: &str) -> String {
    let found = findings(contest);
    let one = found.iter().find(|one| one.code == code).unwrap_or_else(|| panic!("{code}: {found:?}"));
    let level = format!("{:?}", one.level).to_lowercase();
    let pairs = one.params.iter().map(|(key, value)| format!(" {key}={value}"));
    level + &pairs.collect::<String>()
}

#[test]
fn a_sound_contest_has_nothing_amber() {
    let found = findings(&contest(&plan(5, 4), whole, vec![]));
    assert_eq!(codes(&found), ["timing", "panel", "rubric", "chair-none"]);
    assert!(found.iter().all(|finding| finding.level <= Level::Green));
    assert_eq!(params(&contest(&plan(5, 4), whole, vec![]), "timing"), "green minutes=60 pitch=8:00 qa=7:00");
}

#[test]
fn what_is_not_there_is_red_and_comes_first() {
    assert_eq!(codes(&findings(&Contest::default())), ["not-created"]);
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let create = Command::CreateContest { code: "7k2m9x".parse().unwrap(), about };
    let mut bare = Contest::default();
    give(&mut bare, Actor::Organiser, Millis(1), &create).unwrap();
    let found = findings(&bare);
    assert_eq!(codes(&found), ["projects-missing", "panel-empty", "rubric-missing", "timing"]);
    assert!(found[..3].iter().all(|finding| finding.level == Level::Red));
}

#[test]
fn a_panel_that_the_rule_does_not_fit_is_said() {
    assert_eq!(params(&contest(&plan(1, 2), whole, vec![]), "panel-of-one"), "amber");
    let trimmed = contest(&plan(3, 2), whole, vec![with_rule(Rule::default())]);
    assert_eq!(params(&trimmed, "trim-keeps-all"), "amber n=3 needed=5");
    let strict = with_rule(Rule { min_judges: Some(6), ..Rule::default() });
    let short = contest(&plan(5, 2), whole, vec![strict]);
    assert_eq!(params(&short, "panel-too-small"), "red n=5 needed=6");
    let chair = with_rule(Rule { ties: Some(vec![Tie::Exact, Tie::Chair]), ..Rule::default() });
    let asked = contest(&plan(5, 2), whole, vec![chair.clone()]);
    assert_eq!(params(&asked, "chair-missing"), "red");
    let seats =
        Command::SetPanel { round: R1, judges: (1..=5).map(JudgeId).collect(), chair: Some(JudgeId(2)) };
    let named = contest(&plan(5, 2), whole, vec![chair, seats]);
    assert!(!codes(&findings(&named)).iter().any(|code| code.starts_with("chair")));
}

#[test]
fn a_rubric_that_changed_under_its_rule_is_found() {
    let by =
        with_rule(Rule { ties: Some(vec![Tie::Criterion("market".parse().unwrap())]), ..Rule::default() });
    let criteria =
        Plan { criteria: vec![("innovation", "60", "0.5")], ..Plan::default() }.blueprint().criteria;
    let changed = contest(&plan(5, 2), whole, vec![by, Command::SetRubric { round: R1, criteria }]);
    let found = findings(&changed);
    assert_eq!(found[0].code, "rule-invalid");
    assert!(found[0].params["detail"].contains("market"), "{found:?}");
    assert_eq!(params(&changed, "weights-sum"), "amber n=1 sum=60");
}

#[test]
fn names_and_units_are_compared() {
    let twins = |project: &mut BlueprintProject| {
        whole(project);
        project.short = if project.id.0 < 3 { "焊接".into() } else { format!("项目 {}", project.id.0) };
    };
    let judge = |id: u16| Command::ChangeJudge {
        judge: Judge { id: JudgeId(id), name: "李老师".into(), unit: "单位3".into() },
    };
    let both = contest(&plan(5, 4), twins, vec![judge(2), judge(4), recusal(3, 4)]);
    assert_eq!(params(&both, "short-names-equal"), "amber name=焊接 projects=1, 2");
    assert_eq!(params(&both, "judge-names-equal"), "amber judges=2, 4 name=李老师");
    // The conflict of judge 4 is declared.
    assert_eq!(params(&both, "conflict-of-unit"), "amber judge=李老师 projects=3 unit=单位3");
    assert_eq!(codes(&findings(&both)).iter().filter(|code| **code == "conflict-of-unit").count(), 1);
    let bare = contest(&plan(5, 4), |_| {}, vec![]);
    assert_eq!(params(&bare, "project-incomplete"), "info projects=1, 2, 3, 4");
}

#[test]
fn recusals_that_change_the_arithmetic_are_said() {
    let all = (1..=5).map(|judge| recusal(1, judge));
    let most = (1..=3).map(|judge| recusal(2, judge));
    let some = contest(&plan(5, 4), whole, all.chain(most).chain([recusal(3, 1)]).collect());
    assert_eq!(params(&some, "pitch-without-judges"), "red needed=3 projects=1");
    assert_eq!(params(&some, "pitch-unranked"), "red needed=3 projects=2");
    assert_eq!(params(&some, "trim-uneven"), "amber needed=3 projects=3");
    let sum = with_rule(Rule { method: Of::RankSum, ..Rule::default() });
    assert_eq!(
        params(&contest(&plan(5, 4), whole, vec![sum, recusal(3, 1)]), "rank-sum-gaps"),
        "red needed=3 projects=3"
    );
}

#[test]
fn an_evening_under_way_is_told_from_one_that_is_set_up() {
    let live = Plan { reveal: RevealPolicy::Live, ..plan(5, 2) };
    let mut begun = contest(&live, whole, vec![Command::StartPitch { pitch: pitch(1) }]);
    // As an old journal may have it.
    let timing = &mut begun.show.rounds.get_mut(&R1).unwrap().timing;
    (timing.pitch_secs, timing.qa_secs) = (0, 90);
    assert_eq!(params(&begun, "contest-begun"), "info n=1 of=2");
    assert_eq!(params(&begun, "reveal-live"), "info");
    assert_eq!(params(&begun, "timing-missing"), "amber minutes=3 pitch=0:00 qa=1:30");
    assert!(clock_behind(&begun, Millis(1_000)));
    assert!(!clock_behind(&begun, Millis(60_000)));
    let absent = |n| Command::MarkAbsent { pitch: pitch(n) };
    let done =
        contest(&plan(5, 2), whole, vec![absent(1), absent(2), Command::FinishContest { despite: false }]);
    assert_eq!(params(&done, "contest-finished"), "amber");
}

#[test]
fn what_the_hall_would_stumble_over_is_said() {
    let policy = WindowPolicy { warm_up: 3, ..WindowPolicy::default() };
    let window = Command::SetWindowPolicy { round: R1, policy };
    let timing = Timing { by_hand: true, ..Timing::default() };
    let by_hand = Command::SetTiming { round: R1, timing };
    let draw = Command::CommitDraw { round: R1, secret: "5e".repeat(32) };
    let set = contest(&plan(5, 4), whole, vec![window, by_hand, draw]);
    assert_eq!(params(&set, "warm-up"), "info n=3");
    assert_eq!(params(&set, "timer-by-hand"), "info");
    assert_eq!(params(&set, "draw-open"), "amber");
    let rehearsing = contest(&plan(5, 4), whole, vec![Command::BeginRehearsal { despite: false }]);
    assert_eq!(params(&rehearsing, "rehearsing"), "amber");
    let over =
        contest(&plan(5, 4), whole, vec![Command::BeginRehearsal { despite: false }, Command::EndRehearsal]);
    assert!(findings(&over).iter().all(|finding| finding.level <= Level::Green));
}

#[test]
fn a_correction_that_nobody_has_confirmed_is_said() {
    let on = pitch(2);
    let marks = [("a".parse().unwrap(), "80".parse().unwrap())].into();
    let (comment, reason) = (String::new(), "超时".to_owned());
    let announced = vec![
        Command::StartPitch { pitch: on },
        Command::OpenWindow { pitch: on },
        Command::SubmitScorecard { pitch: on, attempt: 1, base: 0, marks, comment },
        Command::CloseWindow { pitch: on },
        Command::RevealPitch { pitch: on },
        Command::Deduct { pitch: on, points: "5".parse().unwrap(), reason },
    ];
    let plan = Plan { criteria: vec![("a", "100", "1")], ..plan(5, 4) };
    let open = contest(&plan, whole, announced.clone());
    assert_eq!(params(&open, "corrections-open"), "amber projects=2");
    let confirmed = announced.into_iter().chain([Command::RevealPitch { pitch: on }]).collect();
    assert!(!codes(&findings(&contest(&plan, whole, confirmed))).contains(&"corrections-open"));
}

#[test]
fn a_share_that_nobody_is_asked_for_and_codes_that_nobody_has_are_said() {
    let audience = Audience { share: "0.2".parse().unwrap(), ..Audience::default() };
    let rule = with_rule(Rule { audience, ..Rule::default() });
    let question = Question {
        round: R1,
        title: "人气".into(),
        choices: (1..=4).map(ProjectId).collect(),
        most: 1,
        admission: Admission::Codes,
        secs: 0,
    };
    let ask = Command::SetVote { question };
    let codes = Command::IssueSeatCodes { codes: vec![Voter(1)] };
    let mut given = vec![rule];
    assert_eq!(params(&contest(&plan(5, 4), whole, given.clone()), "vote-missing"), "amber share=0.2");
    given.push(ask);
    assert_eq!(params(&contest(&plan(5, 4), whole, given.clone()), "codes-missing"), "amber");
    given.push(codes);
    let ready = contest(&plan(5, 4), whole, given);
    assert!(findings(&ready).iter().all(|finding| finding.level <= Level::Green));
}

#[test]
fn every_code_is_listed_and_made_once() {
    let source = include_str!("../../src/domain/preflight.rs");
    let body = source.split("pub fn findings").nth(1).unwrap();
    let listed: BTreeSet<_> = CODES.into_iter().collect();
    assert_eq!(listed.len(), CODES.len());
    for code in CODES {
        assert!(body.contains(&format!("\"{code}\"")), "{code} is never found");
    }
    let quoted = body.split('"').skip(1).step_by(2);
    let made =
        quoted.filter(|text| text.contains('-') && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    assert_eq!(made.filter(|code| !listed.contains(code)).collect::<Vec<_>>(), Vec::<&str>::new());
}

fn report(device: u32, label: &str, level: &str) -> Value {
    json!({
        "device": format!("{device:032x}"),
        "label": label,
        "results": [
            {"test": "server", "level": "green", "reason": "ok"},
            {"test": "socket", "level": level, "reason": "slow"},
        ],
        "measured": {"rtt_ms": 12, "worst_ms": 600, "lost": 0, "offset_ms": -40, "width": 1180, "height": 820},
    })
}

struct Doors {
    hall: Hall,
    host: Browser,
    checks: String,
    preflight: String,
}

impl Doors {
    async fn open() -> Self {
        let hall = Hall::open().await;
        let host = hall.paired(&hall.host_token).await;
        let of = |what: &str| format!("/api/contests/{}/{what}", hall.code);
        Doors { host, checks: of("checks"), preflight: of("preflight"), hall }
    }

    async fn post(&self, body: &Value) -> (u16, String) {
        let bytes = serde_json::to_vec(body).unwrap();
        let (status, body) =
            self.hall.browser().request(Method::POST, &self.checks, Some(bytes)).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn read(&mut self) -> Preflight {
        let (status, body) = self.host.request(Method::GET, &self.preflight, None).await.unwrap();
        assert_eq!(status, 200);
        serde_json::from_slice(&body).unwrap()
    }
}

#[tokio::test]
async fn the_host_reads_it_and_nobody_else() {
    let mut doors = Doors::open().await;
    let answer = doors.read().await;
    assert_eq!(
        answer.cards.iter().map(|card| card.seat.as_str()).collect::<Vec<_>>(),
        ["host", "J1", "J2", "J3"]
    );
    assert!(
        answer.cards.iter().all(|card| card.issued),
        "who has no card is missed; the MC and the auditor are not"
    );
    assert!(answer.disk.free_bytes.is_some_and(|bytes| bytes > 0) && answer.disk.sync_us.is_some());
    assert!(answer.findings.iter().any(|found| found.code == "panel" && found.level == LevelName::Green));
    assert!(!answer.clock_behind && !answer.address.moved && answer.address.shown.is_none());
    assert_eq!(answer.checks, []);
    let left = std::fs::read_dir(doors.hall.dir.path().join("journal")).unwrap();
    assert!(left.flatten().all(|file| file.file_name().to_string_lossy().ends_with(".jsonl")));
    let mut judge = doors.hall.paired(&doors.hall.judge_tokens[0]).await;
    for browser in [&mut judge, &mut doors.hall.browser()] {
        assert_eq!(browser.request(Method::GET, &doors.preflight, None).await.unwrap().0, 401);
    }
    let elsewhere = doors.preflight.replace(doors.hall.code.as_str(), "zzzzzz");
    assert_eq!(doors.host.request(Method::GET, &elsewhere, None).await.unwrap().0, 404);
    doors.hall.end().await;
}

#[tokio::test]
async fn anybody_reports_and_the_newest_of_a_device_stands() {
    let mut doors = Doors::open().await;
    assert_eq!(doors.post(&report(1, "  一号\u{7}平板\u{202e}<b> ", "amber")).await.0, 204);
    assert_eq!(doors.post(&report(2, "", "green")).await.0, 204);
    assert_eq!(doors.post(&report(1, "一号平板", "red")).await.0, 204);
    let checks = doors.read().await.checks;
    let shown: Vec<_> = checks.iter().map(|line| (line.label.as_str(), line.level)).collect();
    assert_eq!(shown, [("一号平板", LevelName::Red), ("", LevelName::Green)]);
    assert_eq!((checks[0].measured.worst_ms, checks[0].measured.offset_ms), (Some(600), Some(-40)));
    assert_eq!(checks[0].address, "127.0.0.1");
    assert_eq!(doors.post(&report(3, "<b>\u{1b}[2J", "green")).await.0, 204);
    assert_eq!(doors.read().await.checks[0].label, "<b>[2J", "text is text");
    // Nothing of it is a fact, and nothing of it outlives the server.
    let before = doors.hall.contest().seq;
    doors.hall.restart().await;
    assert_eq!(doors.hall.contest().seq, before);
    let mut host = doors.hall.paired(&doors.hall.host_token).await;
    let (_, body) = host.request(Method::GET, &doors.preflight, None).await.unwrap();
    assert_eq!(serde_json::from_slice::<Preflight>(&body).unwrap().checks, []);
    doors.hall.end().await;
}

#[tokio::test]
async fn a_report_that_is_none_is_refused() {
    let mut doors = Doors::open().await;
    let mut tries = Vec::new();
    let mut odd = |change: &dyn Fn(&mut Value)| {
        let mut body = report(1, "平板", "green");
        change(&mut body);
        tries.push(body);
    };
    odd(&|body| body["label"] = json!("长".repeat(41)));
    odd(&|body| body["results"] = json!([]));
    odd(&|body| body["results"][1]["test"] = json!("server"));
    odd(&|body| body["results"][0]["reason"] = json!("<script>"));
    odd(&|body| body["results"][0]["reason"] = json!("a".repeat(41)));
    odd(&|body| body["measured"]["battery"] = json!(101));
    for body in &tries {
        let (status, answer) = doors.post(body).await;
        assert_eq!(status, 422, "{body}");
        assert!(answer.contains("bad-check"), "{answer}");
    }
    tries.clear();
    let mut odd = |change: &dyn Fn(&mut Value)| {
        let mut body = report(1, "平板", "green");
        change(&mut body);
        tries.push(body);
    };
    odd(&|body| body["device"] = json!("1"));
    odd(&|body| body["results"][0]["test"] = json!("mind"));
    odd(&|body| body["more"] = json!(1));
    odd(&|body| body["measured"]["width"] = json!(-1));
    odd(&|body| body["label"] = json!("x".repeat(5_000)));
    for body in &tries {
        let (status, _) = doors.post(body).await;
        assert!((400..500).contains(&status), "{status} {body}");
    }
    assert_eq!(doors.read().await.checks, []);
    doors.hall.end().await;
}

#[tokio::test]
async fn reports_are_bounded_by_number_and_by_caller() {
    let mut doors = Doors::open().await;
    for device in 0..PER_MINUTE.get() {
        assert_eq!(doors.post(&report(device, &format!("{device}"), "green")).await.0, 204);
    }
    let (status, answer) = doors.post(&report(999, "", "green")).await;
    assert_eq!(status, 429);
    assert!(answer.contains("slow-down") && answer.contains("\"1\""), "{answer}");
    let handle = doors.hall.serving().app.registry.get(&doors.hall.code).unwrap();
    let line = doors.read().await.checks[0].clone();
    for device in 0..300 {
        handle.checks.keep(podium::domain::kernel::ids::CommandId(5_000 + device), line.clone());
    }
    assert_eq!(doors.read().await.checks.len(), KEPT_MAX);
    doors.hall.end().await;
}

#[tokio::test]
async fn an_address_that_has_gone_is_on_every_console_at_once() {
    let mut doors = Doors::open().await;
    let mut host = doors.hall.host().await;
    let view: HostView = host.until("a view", |_: &HostView| true).await;
    assert!(!view.presence.address_moved);
    doors.hall.serving().app.registry.set_join_address(Some("http://192.168.1.9:7300".into()), true).await;
    let gone = |view: &HostView| view.presence.address_moved && view.join.is_some();
    let view = host.until("the warning", gone).await;
    assert_eq!(
        view.join.as_deref(),
        Some(format!("http://192.168.1.9:7300/c/{}/", doors.hall.code).as_str())
    );
    doors.hall.serving().app.registry.set_join_address(None, false).await;
    host.until("it is back", |view: &HostView| !view.presence.address_moved).await;
    // Cards printed the day before carry an address that this machine does not have today.
    let old = "http://192.168.77.5:7300";
    doors.hall.serving().app.store.put_address(old).await.unwrap();
    drop(host);
    doors.hall.restart().await;
    let mut host = doors.hall.host().await;
    host.until("the warning from the start", |view: &HostView| view.presence.address_moved).await;
    doors.host = doors.hall.paired(&doors.hall.host_token).await;
    let address = doors.read().await.address;
    assert_eq!((address.moved, address.was.as_deref()), (true, Some(old)));
    drop(host);
    doors.hall.end().await;
}
