//! Robot judges in a running server: their scorecards count once through lines that fail, people come first, and nothing
//! of them stays.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, pitch};
use hyper::Method;
use podium::auth::seat::Place;
use podium::domain::kernel::ids::JudgeId;
use podium::robots::client::Browser;
use podium::robots::faults::{self, Mishap};
use podium::robots::pace::Pace;
use podium::wire::command::ClientCommand as C;
use podium::wire::phase::PhaseName;
use podium::wire::rest::{Pair, Problem};
use podium::wire::robots::{Robots, SetRobots};
use podium::wire::view::host::HostView;
use podium::wire::view::judge::JudgeView;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The shortest step there is.
const PACE: Pace = Pace(Duration::from_millis(200));

fn play(judges: std::ops::RangeInclusive<u16>) -> SetRobots {
    let judges = judges.map(|n| format!("J{n}")).collect();
    SetRobots { judges, pace_ms: 200, faults: false, seed: None }
}

/// The host's browser and page; a rehearsal is on.
async fn host(hall: &Hall) -> (Browser, Client) {
    let browser = hall.paired(&hall.host_token).await;
    let mut page = Client::open(&browser, &format!("/c/{}/ws/host", hall.code)).await;
    page.does(C::BeginRehearsal { despite: false }).await;
    (browser, page)
}

/// A judge's tablet with a person at it: other clients of tests pair as robots.
async fn person(hall: &Hall, n: u16) -> Client {
    let token = hall.judge_tokens[usize::from(n) - 1].clone();
    let body = serde_json::to_vec(&Pair { token, pin: None, robot: false }).unwrap();
    let mut browser = hall.browser();
    let (status, _) = browser.request(Method::POST, "/api/pair", Some(body)).await.unwrap();
    assert_eq!(status, 200);
    Client::open(&browser, &hall.judge_path(n)).await
}

async fn ask(hall: &Hall, browser: &Browser, method: Method, body: Option<&SetRobots>) -> (u16, Vec<u8>) {
    let path = format!("/api/contests/{}/robots", hall.code);
    let json = body.map(|body| serde_json::to_vec(body).unwrap());
    let (status, body) = browser.clone().request(method, &path, json).await.unwrap();
    (status, body.to_vec())
}

async fn put(hall: &Hall, browser: &Browser, body: &SetRobots) -> Robots {
    let (status, answer) = ask(hall, browser, Method::PUT, Some(body)).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&answer));
    serde_json::from_slice(&answer).unwrap()
}

async fn refused(hall: &Hall, browser: &Browser, body: &SetRobots) -> (u16, String) {
    let (status, answer) = ask(hall, browser, Method::PUT, Some(body)).await;
    (status, serde_json::from_slice::<Problem>(&answer).unwrap().refusal.code)
}

/// Asks again and again until the robots are like this.
async fn robots_until(hall: &Hall, browser: &Browser, what: &str, is: impl Fn(&Robots) -> bool) -> Robots {
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut last = None;
    loop {
        let asked = timeout_at(deadline, ask(hall, browser, Method::GET, None)).await;
        let Ok((_, answer)) = asked else { panic!("not seen in time: {what}; last {last:#?}") };
        let robots: Robots = serde_json::from_slice(&answer).unwrap();
        if is(&robots) {
            return robots;
        }
        last = Some(robots);
    }
}

async fn open_window(host: &mut Client, n: u16) {
    host.does(C::StartPitch { pitch: pitch(n) }).await;
    host.does(C::OpenWindow { pitch: pitch(n) }).await;
}

/// Waits until so many scorecards of a pitch are in.
async fn cards_in(host: &mut Client, n: u16, count: usize) -> HostView {
    let id = pitch(n).to_string();
    let what = format!("{count} scorecards of {id}");
    host.until(&what, |view: &HostView| view.pitches[&id].cards.len() == count).await
}

fn sockets(view: &HostView, judge: &str) -> u32 {
    view.presence.judges.get(judge).map_or(0, |seat| seat.sockets)
}

/// Judges of seven who will be late with a pitch.
fn late(seed: u32, n: u16) -> Vec<JudgeId> {
    let is_late = |judge: &JudgeId| faults::is_late(seed, &judge.to_string(), &pitch(n).to_string());
    (1..=7).map(JudgeId).filter(is_late).collect()
}

/// A seed under which everything goes wrong at least once in three pitches, and two scorecards are late.
fn eventful() -> u32 {
    let kinds = |seed: u32| -> BTreeSet<String> {
        let all = (1..=7).flat_map(|judge| (1..=3).map(move |n| (format!("J{judge}"), pitch(n).to_string())));
        let first = |(seat, pitch): (String, String)| faults::mishap(seed, PACE, &seat, &pitch, 0);
        let name = |mishap: Mishap| format!("{mishap:?}").split('(').next().unwrap().to_owned();
        all.map(first).map(name).collect()
    };
    let fits = |seed: &u32| kinds(*seed).len() == 7 && (1..=3).flat_map(|n| late(*seed, n)).count() == 2;
    (1..).find(fits).unwrap()
}

#[tokio::test]
async fn seven_robots_on_lines_that_fail_count_exactly_once() {
    let hall = Hall::with(Plan { judges: 7, ..Plan::default() }).await;
    let (browser, mut host) = host(&hall).await;
    let seed = eventful();
    let begun = put(&hall, &browser, &SetRobots { faults: true, seed: Some(seed), ..play(1..=7) }).await;
    assert_eq!(begun.play.unwrap().seed, Some(seed));
    assert!(begun.judges.len() == 7 && begun.judges.iter().all(|robot| !robot.aside));
    for n in 1..=3 {
        open_window(&mut host, n).await;
        let late = late(seed, n);
        cards_in(&mut host, n, 7 - late.len()).await;
        host.does(C::CloseWindow { pitch: pitch(n) }).await;
        for judge in late {
            let seen = |view: &HostView| {
                let late = &view.pitches[&pitch(n).to_string()].late;
                late.contains(&judge.to_string())
            };
            host.until("a scorecard that came too late", seen).await;
            let reason = "晚到".to_owned();
            host.does(C::ReopenScorecard { pitch: pitch(n), judge, reason }).await;
        }
        let view = cards_in(&mut host, n, 7).await;
        let progress = view.hall.stage.as_ref().and_then(|stage| stage.progress).unwrap();
        assert_eq!((progress.k, progress.n), (7, 7));
        host.does(C::RevealPitch { pitch: pitch(n) }).await;
    }
    let done = |robots: &Robots| robots.judges.iter().all(|robot| robot.received == 3);
    let robots = robots_until(&hall, &browser, "every scorecard received", done).await;
    assert!(robots.judges.iter().map(|robot| robot.cuts).sum::<u32>() >= 4, "{robots:#?}");
    assert!(robots.judges.iter().map(|robot| robot.resends).sum::<u32>() >= 3, "{robots:#?}");
    let contest = hall.contest();
    assert_eq!(contest.sealed.cards.values().count(), 21);
    assert!(contest.sealed.cards.values().all(|card| card.version == 1), "nothing counted twice");
    hall.end().await;
}

#[tokio::test]
async fn a_person_who_takes_a_seat_sends_its_robot_aside_and_the_others_go_on() {
    let hall = Hall::open().await;
    let (browser, mut host) = host(&hall).await;
    let mut first = person(&hall, 1).await;
    let begun = put(&hall, &browser, &play(1..=3)).await;
    let aside: Vec<_> = begun.judges.iter().map(|robot| robot.aside).collect();
    assert_eq!(aside, [true, false, false], "a person has the first seat");
    let robots_here = |view: &HostView| ["J2", "J3"].iter().all(|judge| view.presence.judges[*judge].robot);
    host.until("two robots", |view: &HostView| sockets(view, "J3") == 1 && robots_here(view)).await;
    // No PIN: a robot's seat is free.
    let mut second = person(&hall, 2).await;
    robots_until(&hall, &browser, "the second robot aside", |robots| robots.judges[1].aside).await;
    host.until("one tablet at the second seat", |view: &HostView| sockets(view, "J2") == 1).await;
    open_window(&mut host, 1).await;
    cards_in(&mut host, 1, 1).await;
    let marks = [("innovation", "30"), ("market", "20")];
    first.does(card(pitch(1), 0, &marks)).await;
    second.does(card(pitch(1), 0, &marks)).await;
    let view = cards_in(&mut host, 1, 3).await;
    assert_eq!(view.pitches["R1-P1"].cards.len(), 3);
    // Asked again for all, the people stay.
    let again = put(&hall, &browser, &play(1..=3)).await;
    assert_eq!(again.judges.iter().map(|robot| robot.aside).collect::<Vec<_>>(), [true, true, false]);
    second.does(card(pitch(1), 1, &[("innovation", "31"), ("market", "20")])).await;
    hall.end().await;
}

#[tokio::test]
async fn robots_score_where_the_view_says_open_whatever_is_on_the_stage() {
    let hall = Hall::open().await;
    let (browser, mut host) = host(&hall).await;
    put(&hall, &browser, &play(1..=3)).await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenEarly { pitch: pitch(1) }).await;
    let view = cards_in(&mut host, 1, 3).await;
    assert_eq!(
        view.hall.stage.as_ref().map(|stage| stage.phase),
        Some(PhaseName::Pitching),
        "the team still speaks"
    );
    hall.end().await;
}

#[tokio::test]
async fn a_robot_gives_a_scorecard_again_that_was_given_back() {
    let hall = Hall::open().await;
    let (browser, mut host) = host(&hall).await;
    put(&hall, &browser, &play(1..=3)).await;
    open_window(&mut host, 1).await;
    cards_in(&mut host, 1, 3).await;
    host.does(C::CloseWindow { pitch: pitch(1) }).await;
    host.does(C::ReopenWindow { pitch: pitch(1), reason: "重评".into() }).await;
    host.until("second versions of all", |view: &HostView| {
        view.pitches["R1-P1"].cards.values().all(|version| *version == 2)
            && view.pitches["R1-P1"].reopened.is_empty()
    })
    .await;
    hall.end().await;
}

#[tokio::test]
async fn seats_and_pace_are_chosen_anew_and_the_robots_that_stay_play_on() {
    let hall = Hall::open().await;
    let (browser, mut host) = host(&hall).await;
    let first = put(&hall, &browser, &play(1..=2)).await;
    let mut next = SetRobots { pace_ms: 60_000, faults: true, ..play(2..=3) };
    let second = put(&hall, &browser, &next).await;
    assert_eq!(second.judges[0], first.judges[1], "the second judge's robot is the same");
    assert_eq!(second.judges.iter().map(|robot| robot.judge.as_str()).collect::<Vec<_>>(), ["J2", "J3"]);
    let drawn = second.play.unwrap();
    assert_eq!(drawn.pace_ms, 60_000);
    assert!(drawn.seed.is_some());
    host.until("the first judge away", |view: &HostView| {
        (sockets(view, "J1"), sockets(view, "J2"), sockets(view, "J3")) == (0, 1, 1)
    })
    .await;
    next.pace_ms = 200;
    let third = put(&hall, &browser, &next).await;
    assert_eq!(third.play.unwrap().seed, drawn.seed, "faults go on under their seed");
    let none = put(&hall, &browser, &SetRobots { judges: Vec::new(), ..next }).await;
    assert_eq!(none, Robots { play: None, judges: Vec::new() });
    hall.end().await;
}

/// Live sessions at the judges' seats, and rows of seated robots that the store still holds as alive.
fn seated(hall: &Hall, judges: u16) -> (usize, usize) {
    let app = &hall.serving().app;
    let at = |n| app.auth.sessions().at(&Place::judge(hall.code.clone(), JudgeId(n))).len();
    let rows = app.store.sessions().unwrap();
    let alive = rows.iter().filter(|row| row.robot && row.card.is_none() && row.ended.is_none());
    ((1..=judges).map(at).sum(), alive.count())
}

#[tokio::test]
async fn robots_end_when_asked_and_leave_nothing_on_the_console() {
    let hall = Hall::open().await;
    let (browser, mut host) = host(&hall).await;
    put(&hall, &browser, &play(1..=3)).await;
    assert_eq!(seated(&hall, 3), (3, 3));
    host.until("devices of three robots", |view: &HostView| {
        view.presence.judges.values().filter(|seat| seat.device.is_some()).count() == 3
    })
    .await;
    let (status, _) = ask(&hall, &browser, Method::DELETE, None).await;
    assert_eq!((status, seated(&hall, 3)), (204, (0, 0)));
    host.until("empty seats without devices", |view: &HostView| {
        view.presence.judges.values().all(|seat| seat.sockets == 0 && seat.device.is_none())
    })
    .await;
    let robots = robots_until(&hall, &browser, "no robots", |robots| robots.judges.is_empty()).await;
    assert!(robots.play.is_none());
    hall.end().await;
}

#[tokio::test]
async fn no_robot_survives_a_restart() {
    let mut hall = Hall::open().await;
    let (browser, _page) = host(&hall).await;
    put(&hall, &browser, &play(1..=3)).await;
    assert_eq!(seated(&hall, 3), (3, 3));
    hall.restart().await;
    assert_eq!(seated(&hall, 3), (0, 0));
    let mut again = browser.clone();
    again.host = hall.browser().host;
    let none = robots_until(&hall, &again, "an answer", |_| true).await;
    assert_eq!(none, Robots { play: None, judges: Vec::new() });
    // The seats are free.
    let mut judge = hall.judge(1).await;
    judge.until("a view", |view: &JudgeView| view.judge == "J1").await;
    hall.end().await;
}

#[tokio::test]
async fn the_end_of_the_rehearsal_is_the_end_of_its_robots() {
    let hall = Hall::open().await;
    let (browser, mut host) = host(&hall).await;
    put(&hall, &browser, &play(1..=3)).await;
    open_window(&mut host, 1).await;
    cards_in(&mut host, 1, 3).await;
    host.does(C::EndRehearsal).await;
    robots_until(&hall, &browser, "no robots", |robots| robots.judges.is_empty()).await;
    host.until("empty seats", |view: &HostView| view.presence.judges.values().all(|seat| seat.sockets == 0))
        .await;
    // Their sessions end on disk a moment after their sockets.
    robots_until(&hall, &browser, "no sessions", |_| seated(&hall, 3) == (0, 0)).await;
    let answer = refused(&hall, &browser, &play(1..=3)).await;
    assert_eq!(answer, (409, "not-rehearsing".into()));
    assert!(hall.contest().sealed.cards.is_empty(), "nothing of it counts");
    hall.end().await;
}

#[tokio::test]
async fn robots_are_the_hosts_and_within_bounds() {
    let hall = Hall::open().await;
    let (browser, _page) = host(&hall).await;
    let judge = hall.paired(&hall.judge_tokens[0]).await;
    for (who, browser) in [("a stranger", &hall.browser()), ("a judge", &judge)] {
        assert_eq!(refused(&hall, browser, &play(2..=3)).await, (401, "signed-out".into()), "{who}");
        for method in [Method::GET, Method::DELETE] {
            assert_eq!(ask(&hall, browser, method.clone(), None).await.0, 401, "{who} {method}");
        }
    }
    let named = |name: &str| SetRobots { judges: vec![name.into()], ..play(1..=1) };
    let bad = [
        (SetRobots { pace_ms: 199, ..play(1..=3) }, (422, "pace-out-of-range")),
        (SetRobots { pace_ms: 60_001, ..play(1..=3) }, (422, "pace-out-of-range")),
        (play(1..=4), (409, "not-on-panel")),
        (play(1..=100), (409, "too-many")),
        (named("host"), (409, "unknown-seat")),
    ];
    for (body, (status, code)) in bad {
        assert_eq!(refused(&hall, &browser, &body).await, (status, code.into()), "{body:?}");
    }
    assert_eq!(seated(&hall, 3).1, 0, "nobody was seated");
    hall.end().await;
}
