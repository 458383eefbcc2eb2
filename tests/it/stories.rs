//! Evenings over real sockets: what each page sees and what it is refused. Every story ends with the harness's audit.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, pitch};
use hyper::Method;
use podium::auth::Visitor;
use podium::auth::seat::Seat;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, ProjectId, RoundId};
use podium::domain::scoring::rule::{Rule, Tie};
use podium::domain::terms::matter::Matter;
use podium::domain::terms::programme::Scene;
use podium::robots::client::Browser;
use podium::wire::client::Since;
use podium::wire::command::{ClientCommand as C, SceneName};
use podium::wire::phase::PhaseName;
use podium::wire::view::host::HostView;
use podium::wire::view::judge::JudgeView;
use podium::wire::view::public::{PublicView, ScreenView};
use serde_json::json;

async fn open_window(host: &mut Client, n: u16) {
    host.does(C::StartPitch { pitch: pitch(n) }).await;
    host.does(C::OpenWindow { pitch: pitch(n) }).await;
}

async fn close_and_reveal(host: &mut Client, n: u16) {
    host.does(C::CloseWindow { pitch: pitch(n) }).await;
    host.does(C::RevealPitch { pitch: pitch(n) }).await;
}

fn both(innovation: &'static str, market: &'static str) -> [(&'static str, &'static str); 2] {
    [("innovation", innovation), ("market", market)]
}

#[tokio::test]
async fn an_evening_from_the_first_mark_to_the_podium() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    let (mut screen, mut phone) = (hall.screen().await, hall.phone().await);
    let mut judges = [hall.judge(1).await, hall.judge(2).await, hall.judge(3).await];
    // By hand: P1 (50 + 60 + 70.5) / 3 = 60.1666…, P2 (80 + 80 + 81) / 3 = 80.3333…
    let evening =
        [(1, [("30", "20"), ("40", "20"), ("40.5", "30")]), (2, [("50", "30"), ("48", "32"), ("51", "30")])];
    for (n, given) in evening {
        open_window(&mut host, n).await;
        for (k, (judge, (innovation, market))) in judges.iter_mut().zip(given).enumerate() {
            judge.does(card(pitch(n), 0, &both(innovation, market))).await;
            let seen = format!("{} of 3 judges on the screen", k + 1);
            screen
                .until(&seen, |view: &ScreenView| {
                    let stage = view.hall.stage.as_ref();
                    stage.and_then(|stage| stage.progress).is_some_and(|p| p.k as usize == k + 1 && p.n == 3)
                })
                .await;
        }
        close_and_reveal(&mut host, n).await;
    }
    host.does(C::ShowScene { scene: Scene::Podium }).await;
    let podium: ScreenView =
        screen.until("the podium", |view: &ScreenView| view.hall.scene == SceneName::Podium).await;
    let rows: Vec<_> =
        podium.hall.standings.iter().map(|row| (row.place, row.pitch.as_str(), row.score.as_str())).collect();
    assert_eq!(rows, [(Some(1), "R1-P2", "80.33"), (Some(2), "R1-P1", "60.17")]);
    let hand: PublicView = phone.until("both rows", |view: &PublicView| view.standings.len() == 2).await;
    assert_eq!(hand.standings, podium.hall.standings);
    hall.end().await;
}

#[tokio::test]
async fn a_command_counts_once_before_and_after_a_restart() {
    let mut hall = Hall::open().await;
    let mut host = hall.host().await;
    open_window(&mut host, 1).await;
    let mut judge = hall.judge(1).await;
    let (id, first) = (CommandId(77), card(pitch(1), 0, &both("30", "20")));
    let seq = judge.give_as(id, first.clone()).await.unwrap();
    for _ in 0..5 {
        assert_eq!(judge.give_as(id, first.clone()).await, Ok(seq), "the first receipt again");
    }
    hall.restart().await;
    let mut judge = hall.judge(1).await;
    assert_eq!(judge.give_as(id, first.clone()).await, Ok(seq), "after a restart, too");
    // The same id from another judge is another command.
    let mut other = hall.judge(2).await;
    assert!(other.give_as(id, first).await.unwrap() > seq);
    let cards = &hall.contest().sealed.cards;
    assert_eq!(cards.values().map(|card| card.version).collect::<Vec<_>>(), [1, 1]);
    hall.end().await;
}

#[tokio::test]
async fn what_a_judge_may_not_do_is_refused_by_name() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    let mut judge = hall.judge(1).await;
    let good = both("30", "20");
    assert_eq!(judge.refused(card(pitch(1), 0, &good)).await, "window-not-open");
    open_window(&mut host, 1).await;
    let marks = [
        (both("60.5", "20"), "mark-out-of-range"),
        (both("-1", "20"), "mark-out-of-range"),
        (both("30.25", "20"), "mark-off-step"),
    ];
    for (marks, code) in marks {
        assert_eq!(judge.refused(card(pitch(1), 0, &marks)).await, code);
    }
    assert_eq!(judge.refused(card(pitch(1), 0, &[("innovation", "30")])).await, "mark-missing");
    let strange = [("innovation", "30"), ("market", "20"), ("charm", "1")];
    assert_eq!(judge.refused(card(pitch(1), 0, &strange)).await, "mark-unknown");
    assert_eq!(judge.refused(card(pitch(1), 3, &good)).await, "stale-version");
    assert_eq!(judge.refused(card(pitch(9), 0, &good)).await, "unknown-pitch");
    // Another judge's conflict, and the host's keys.
    let other = C::DeclareRecusal { pitch: pitch(1), judge: JudgeId(2), reason: "同单位".into() };
    assert_eq!(judge.refused(other).await, "not-allowed");
    assert_eq!(judge.refused(C::CloseWindow { pitch: pitch(1) }).await, "not-allowed");
    assert_eq!(judge.refused(C::RevealPitch { pitch: pitch(1) }).await, "not-allowed");
    // The host holds no pen.
    assert_eq!(host.refused(card(pitch(1), 0, &good)).await, "not-allowed");
    judge.does(card(pitch(1), 0, &good)).await;
    host.does(C::CloseWindow { pitch: pitch(1) }).await;
    assert_eq!(judge.refused(card(pitch(1), 1, &both("31", "20"))).await, "window-closed");
    assert_eq!(hall.contest().sealed.cards.values().count(), 1, "nothing refused left a trace");
    hall.end().await;
}

#[tokio::test]
async fn a_socket_is_opened_for_the_own_seat_only() {
    let hall = Hall::open().await;
    let one = hall.paired(&hall.judge_tokens[0]).await;
    let code = &hall.code;
    assert!(one.socket(&hall.judge_path(1)).await.is_ok());
    assert!(one.socket("/c/zzzzzz/ws/public").await.is_err(), "no such contest");
    // Told over the socket: a refused upgrade would look like a lost line, and the page would come back for ever.
    let strangers = [
        (&one, hall.judge_path(2)),
        (&one, hall.judge_path(9)),
        (&one, format!("/c/{code}/ws/host")),
        (&hall.browser(), hall.judge_path(1)),
    ];
    for (browser, path) in strangers {
        let mut turned_away = Client::open(browser, &path).await;
        assert_eq!(turned_away.until_closed().await.map(|refusal| refusal.code), Some("signed-out".into()));
        assert!(turned_away.mirror.view::<serde_json::Value>().is_none(), "{path} showed something");
    }
    hall.end().await;
}

#[tokio::test]
async fn who_comes_back_gets_what_was_missed_or_the_newest_picture() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    let mut phone = hall.phone().await;
    phone.until("the first picture", |_: &PublicView| true).await;
    let (feed, n) = (phone.feed.clone(), phone.n);
    open_window(&mut host, 1).await;
    let scoring = |view: &PublicView| view.phases["R1-P1"] == PhaseName::Scoring;

    let mut back = Client::open(&hall.browser(), &format!("/c/{}/ws/public", hall.code)).await;
    back.until("the newest picture", scoring).await;
    back.mirror = std::mem::take(&mut phone.mirror);
    (back.n, back.feed) = (n, feed.clone());
    back.hello_again(Some(Since { feed, n })).await;
    back.until("what was missed", scoring).await;
    assert!(back.kinds.iter().all(|kind| *kind == "delta"), "only deltas come: {:?}", back.kinds);

    back.hello_again(Some(Since { feed: "another".into(), n })).await;
    back.step().await;
    assert_eq!(back.kinds, ["snapshot"], "a number of another feed means nothing");

    // Further behind than the ring is long.
    let (feed, n) = (back.feed.clone(), back.n);
    for at in 0..80 {
        let scene = if at % 2 == 0 { Scene::Black } else { Scene::Pitch };
        host.does(C::ShowScene { scene }).await;
    }
    host.does(C::CloseWindow { pitch: pitch(1) }).await;
    let mut screen = hall.screen().await;
    screen.until("the newest picture", |_: &ScreenView| true).await;
    screen.hello_again(Some(Since { feed, n })).await;
    screen.step().await;
    assert_eq!(screen.kinds, ["snapshot"], "who is too far behind gets the newest picture");
    hall.end().await;
}

#[tokio::test]
async fn a_second_tablet_takes_the_seat_and_the_first_one_says_so() {
    let hall = Hall::open().await;
    let mut first = hall.judge(1).await;
    first.until("a view", |_: &JudgeView| true).await;
    let places = [podium::auth::seat::Place::judge(hall.code.clone(), JudgeId(1))];
    let cards = hall.serving().app.auth.issue_cards(&places, true, "test").await.unwrap();
    let ended = first.until_closed().await.expect("the page is told");
    assert!(["signed-out", "seat-taken-over"].contains(&ended.code.as_str()), "{ended:?}");
    let browser = hall.paired(&cards[0].token.reveal()).await;
    let mut second = Client::open(&browser, &hall.judge_path(1)).await;
    second.until("the same seat", |view: &JudgeView| view.judge == "J1").await;
    hall.end().await;
}

#[tokio::test]
async fn a_given_back_scorecard_changes_nothing_in_the_hall_until_it_is_confirmed() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    let mut phone = hall.phone().await;
    open_window(&mut host, 1).await;
    let mut judge = hall.judge(1).await;
    judge.does(card(pitch(1), 0, &both("30", "30"))).await;
    for n in 2..=3 {
        hall.judge(n).await.does(card(pitch(1), 0, &both("30", "30"))).await;
    }
    close_and_reveal(&mut host, 1).await;
    phone
        .until("60.00", |view: &PublicView| view.standings.first().is_some_and(|row| row.score == "60.00"))
        .await;
    let again = C::ReopenScorecard { pitch: pitch(1), judge: JudgeId(1), reason: "误触".into() };
    host.does(again).await;
    judge
        .until("the reason", |view: &JudgeView| view.reopened.get("R1-P1").is_some_and(|why| why == "误触"))
        .await;
    judge.does(card(pitch(1), 1, &both("60", "30"))).await;
    host.until("the correction", |view: &HostView| view.provisional.iter().any(|row| row.score == "70.00"))
        .await;
    let (_, body) = hall.get(&format!("/api/contests/{}/public", hall.code)).await;
    let seen: PublicView = serde_json::from_slice(&body).unwrap();
    assert_eq!(seen.standings[0].score, "60.00", "the hall sees what was revealed");
    host.does(C::RevealPitch { pitch: pitch(1) }).await;
    phone
        .until("70.00", |view: &PublicView| view.standings.first().is_some_and(|row| row.score == "70.00"))
        .await;
    hall.end().await;
}

#[tokio::test]
async fn a_recusal_changes_k_of_n_and_the_mean() {
    let hall = Hall::with(Plan { judges: 4, ..Plan::default() }).await;
    let mut host = hall.host().await;
    let mut judge = hall.judge(4).await;
    let recusal = C::DeclareRecusal { pitch: pitch(1), judge: JudgeId(4), reason: "师生".into() };
    judge.does(recusal).await;
    open_window(&mut host, 1).await;
    assert_eq!(judge.refused(card(pitch(1), 0, &both("0", "0"))).await, "recused");
    for n in 1..=3 {
        hall.judge(n).await.does(card(pitch(1), 0, &both("30", "30"))).await;
    }
    let view = host.until("3 of 3", |view: &HostView| {
        view.hall.stage.as_ref().and_then(|stage| stage.progress).is_some_and(|p| (p.k, p.n) == (3, 3))
    });
    assert_eq!(view.await.pitches["R1-P1"].recused, ["J4"]);
    judge
        .until("the reason", |view: &JudgeView| view.recused.get("R1-P1").is_some_and(|why| why == "师生"))
        .await;
    close_and_reveal(&mut host, 1).await;
    host.until("60.00 of three", |view: &HostView| {
        view.hall.standings.first().is_some_and(|row| (row.score.as_str(), row.k) == ("60.00", 3))
    })
    .await;
    hall.end().await;
}

/// Too many wrong PINs shut a seat until the host, on the console, lets it in again.
#[tokio::test]
async fn the_host_lets_in_again_whom_wrong_pins_have_shut_out() {
    let hall = Hall::open().await;
    let path = format!("/api/contests/{}/pairing", hall.code);
    let approve = format!("{path}/approve");
    let json = |value: serde_json::Value| Some(serde_json::to_vec(&value).unwrap());
    let (status, _) = hall.browser().request(Method::GET, &path, None).await.unwrap();
    assert_eq!(status, 401, "nobody's business");
    let (status, _) = hall.browser().request(Method::POST, &approve, json(json!({}))).await.unwrap();
    assert_eq!(status, 401);
    let mut judge = hall.paired(&hall.judge_tokens[0]).await;
    assert_eq!(judge.request(Method::POST, &path, json(json!({"open": true}))).await.unwrap().0, 401);

    let mut host = hall.paired(&hall.host_token).await;
    let seen = async |host: &mut Browser| -> serde_json::Value {
        serde_json::from_slice(&host.request(Method::GET, &path, None).await.unwrap().1).unwrap()
    };
    assert_eq!(seen(&mut host).await, json!({"alarm": false, "asking": []}));
    assert_eq!(host.request(Method::POST, &path, json(json!({"open": true}))).await.unwrap().0, 204);
    assert_eq!(seen(&mut host).await["left_secs"], 600);
    // Far more wrong PINs over the seats than forgetful judges make.
    let auth = &hall.serving().app.auth;
    let visitor = |n: u8| Visitor { presented: vec![], address: [10, 0, 0, n].into(), device: "t".into() };
    let mut last = String::new();
    for n in 0..60 {
        let seat = Seat::Judge(JudgeId(n % 12 + 1));
        let answer = auth.pair_typed(&hall.code, seat, "not-it", &visitor(u8::try_from(n).unwrap())).await;
        last = answer.map(drop).unwrap_err().code().to_owned();
    }
    assert_eq!(last, "needs-approval");
    let now = seen(&mut host).await;
    assert_eq!(now["alarm"], true);
    assert!(now["asking"].as_array().unwrap().iter().all(|seat| seat.as_str().unwrap().starts_with('J')));
    assert_eq!(host.request(Method::POST, &approve, json(json!({"seat": "J99"}))).await.unwrap().0, 409);
    assert_eq!(host.request(Method::POST, &approve, json(json!({}))).await.unwrap().0, 204);
    assert_eq!(seen(&mut host).await["alarm"], false);
    hall.end().await;
}

/// The console explains what is closed; the hall nothing before the contest is finished, and then what was revealed.
#[tokio::test]
async fn a_score_is_explained_to_the_host_at_once_and_to_the_hall_at_the_end() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    for (n, innovation) in [(1, "50"), (2, "40")] {
        open_window(&mut host, n).await;
        for judge in 1..=3 {
            hall.judge(judge).await.does(card(pitch(n), 0, &both(innovation, "30.5"))).await;
        }
        host.does(C::CloseWindow { pitch: pitch(n) }).await;
        if n == 1 {
            host.does(C::RevealPitch { pitch: pitch(n) }).await;
        }
    }
    let path = |n: u16| format!("/api/contests/{}/explain/R1-P{n}", hall.code);
    let mut browser = hall.paired(&hall.host_token).await;
    let (status, body) = browser.request(Method::GET, &path(2), None).await.unwrap();
    let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, &told["score"], &told["place"]), (200, &json!("70.50"), &json!(2)));
    assert_eq!(told["cards"][2]["judge"], "J3");
    assert_eq!(told["cards"][2]["marks"][0]["mark"], "40");
    let judge = hall.paired(&hall.judge_tokens[0]).await;
    assert_eq!(judge.clone().request(Method::GET, &path(1), None).await.unwrap().0, 404, "nor the judges");
    assert_eq!(hall.get(&path(1)).await.0, 404, "not before the end");
    let matter = Matter::Unannounced { pitch: pitch(2) };
    host.does(C::LeaveOpen { matter, reason: "团队退场".into() }).await;
    host.does(C::FinishContest { despite: true }).await;
    let (status, body) = hall.get(&path(1)).await;
    let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, &told["score"], &told["place"]), (200, &json!("80.50"), &json!(1)));
    assert_eq!(hall.get(&path(2)).await.0, 404, "what was not revealed stays sealed");
    assert_eq!(hall.get(&format!("/api/contests/{}/explain/R9-P1", hall.code)).await.0, 404);
    assert_eq!(hall.get(&format!("/api/contests/{}/explain/x", hall.code)).await.0, 404);
    hall.end().await;
}

/// The chair checks the standings once every pitch is over, not before, and decides the tie that the rule leaves open.
#[tokio::test]
async fn the_chair_checks_and_decides_when_every_pitch_is_over() {
    let hall = Hall::with(Plan { projects: 2, ..Plan::default() }).await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let panel = (1..=3).map(JudgeId).collect();
    let seats = Command::SetPanel { round: RoundId(1), judges: panel, chair: Some(JudgeId(2)) };
    handle.submit(Actor::Organiser, CommandId(77), seats).await.unwrap();
    let rule = Rule { ties: Some(vec![Tie::Chair]), ..Rule::default() };
    let rule = Command::SetRule { round: RoundId(1), rule };
    handle.submit(Actor::Organiser, CommandId(78), rule).await.unwrap();
    drop(handle);
    let mut host = hall.host().await;
    let (mut other, mut third) = (hall.judge(1).await, hall.judge(3).await);
    let path = |n: u16| format!("/api/contests/{}/explain/R1-P{n}", hall.code);
    let mut browser = hall.paired(&hall.judge_tokens[1]).await;
    let mut chair = Client::open(&browser, &hall.judge_path(2)).await;
    for n in 1..=2 {
        open_window(&mut host, n).await;
        for judge in [&mut chair, &mut other, &mut third] {
            judge.does(card(pitch(n), 0, &both("40", "30"))).await;
        }
        let seen: JudgeView =
            chair.until("own scorecards", |view: &JudgeView| view.cards.len() == usize::from(n)).await;
        let standings = seen.chair.as_ref().map_or(0, |chair| chair.provisional.len());
        assert_eq!(standings, 0, "they would sway the chair's own marks");
        assert!(seen.chair.is_none_or(|chair| !chair.pitches.contains_key(&pitch(n).to_string())));
        assert_eq!(browser.request(Method::GET, &path(1), None).await.unwrap().0, 404);
        host.does(C::CloseWindow { pitch: pitch(n) }).await;
    }
    let over = |view: &JudgeView| view.chair.as_ref().is_some_and(|chair| chair.over);
    let seen: JudgeView = chair.until("the chair's check", over).await;
    let rows = seen.chair.unwrap();
    assert_eq!(rows.provisional.iter().map(|row| row.place).collect::<Vec<_>>(), [Some(1), Some(1)]);
    assert!(rows.decides);
    assert_eq!(browser.request(Method::GET, &path(2), None).await.unwrap().0, 200);
    let decide = || C::DecideTie {
        round: RoundId(1),
        order: vec![ProjectId(2), ProjectId(1)],
        reason: "现场讨论".into(),
    };
    assert_eq!(other.give(decide()).await.unwrap_err().code, "not-allowed");
    chair.does(decide()).await;
    let seen: JudgeView = chair
        .until("the decision", |view: &JudgeView| {
            view.chair.as_ref().is_some_and(|c| c.provisional[1].place == Some(2))
        })
        .await;
    assert_eq!(seen.chair.unwrap().provisional[0].pitch, "R1-P2");
    let seen: JudgeView = other.until("both scorecards", |view: &JudgeView| view.cards.len() == 2).await;
    assert_eq!(seen.chair, None, "the chair's alone");
    hall.end().await;
}
