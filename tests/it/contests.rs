//! Several contests on one server: which one the hall is shown, and who changes that.

use crate::harness::client::Client;
use crate::harness::{Hall, pitch};
use axum::http::Method;
use podium::auth::seat::Place;
use podium::domain::kernel::ids::JudgeId;
use podium::robots::client::Browser;
use podium::wire::command::ClientCommand as C;
use serde_json::{Value, json};

async fn ask(browser: &mut Browser, method: Method, path: &str, body: Value) -> (u16, Value) {
    let (status, body) =
        browser.request(method, path, Some(serde_json::to_vec(&body).unwrap())).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

async fn organiser(hall: &Hall) -> Browser {
    let cards = hall.serving().app.auth.issue_cards(&[Place::organiser()], true, "test").await.unwrap();
    hall.paired(&cards[0].token.reveal()).await
}

/// Creates a contest an instant later; its code.
async fn create(hall: &Hall, organiser: &mut Browser, title: &str) -> String {
    hall.hand.advance(std::time::Duration::from_secs(60));
    let body = json!({ "title": title, "zone": "Asia/Shanghai" });
    let (status, created) = ask(organiser, Method::POST, "/api/contests", body).await;
    assert_eq!(status, 201, "{created}");
    created["code"].as_str().unwrap().to_owned()
}

/// What a phone is shown that comes now.
async fn shown(hall: &Hall) -> String {
    let (_, body) = ask(&mut hall.browser(), Method::GET, "/api/current", Value::Null).await;
    body["code"].as_str().unwrap_or_default().to_owned()
}

async fn make_current(organiser: &mut Browser, code: &str, body: Value) -> (u16, Value) {
    ask(organiser, Method::POST, &format!("/api/contests/{code}/current"), body).await
}

#[tokio::test]
async fn a_new_contest_is_shown_to_the_hall_only_when_the_organiser_says_so() {
    let mut hall = Hall::open().await;
    let first = hall.code.to_string();
    let mut desk = organiser(&hall).await;
    assert_eq!(shown(&hall).await, first, "the only one");
    let second = create(&hall, &mut desk, "第二场").await;
    assert_eq!(shown(&hall).await, first, "a new one displaces nothing");
    hall.restart().await;
    let mut desk = organiser(&hall).await;
    assert_eq!(shown(&hall).await, first, "nor after a restart");
    assert_eq!(make_current(&mut desk, &second, json!({})).await.0, 204, "nothing has begun");
    assert_eq!(shown(&hall).await, second);
    create(&hall, &mut desk, "第三场").await;
    assert_eq!(shown(&hall).await, second, "what was chosen stays");
    let mut guest = hall.browser();
    assert_eq!(make_current(&mut guest, &first, json!({})).await.0, 401);
    hall.end().await;
}

#[tokio::test]
async fn a_contest_that_is_running_is_displaced_only_after_asking() {
    let hall = Hall::open().await;
    let first = hall.code.to_string();
    let mut desk = organiser(&hall).await;
    let second = create(&hall, &mut desk, "第二场").await;
    let mut host: Client = hall.host().await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    let (status, no) = make_current(&mut desk, &second, json!({})).await;
    assert_eq!(
        (status, &no["code"], &no["params"]["title"]),
        (409, &json!("contest-running"), &json!("路演"))
    );
    assert_eq!(shown(&hall).await, first);
    assert_eq!(make_current(&mut desk, &first, json!({})).await.0, 204, "it is that one already");
    assert_eq!(make_current(&mut desk, &second, json!({ "displace": true })).await.0, 204);
    assert_eq!(shown(&hall).await, second);
    assert_eq!(make_current(&mut desk, &first, json!({})).await.0, 204, "the second one has not begun");
    drop(host);
    hall.end().await;
}

#[tokio::test]
async fn the_first_contest_is_the_one_that_is_shown() {
    let hall = Hall::open().await;
    let mut desk = organiser(&hall).await;
    let (status, lines) = ask(&mut desk, Method::GET, "/api/contests", Value::Null).await;
    assert_eq!((status, &lines[0]["current"]), (200, &json!(true)));
    hall.end().await;
}

#[tokio::test]
async fn what_is_declared_before_the_show_is_refused_in_a_rehearsal_that_would_wipe_it() {
    let hall = Hall::open().await;
    let mut desk = organiser(&hall).await;
    let mut host = hall.host().await;
    let recusal = format!("/api/contests/{}/recusals/R1-P2/J2", hall.code);
    let order = format!("/api/contests/{}/order", hall.code);
    host.does(C::BeginRehearsal { despite: false }).await;
    let declared = ask(&mut desk, Method::PUT, &recusal, json!({ "reason": "师生关系" })).await;
    assert_eq!((declared.0, &declared.1["code"]), (409, &json!("rehearsing")), "{}", declared.1);
    let moved = ask(&mut desk, Method::PUT, &order, json!({ "order": ["P3", "P2", "P1"] })).await;
    assert_eq!((moved.0, &moved.1["code"]), (409, &json!("rehearsing")), "{}", moved.1);
    // On the console both are rehearsed like everything else.
    host.does(C::DeclareRecusal { pitch: pitch(2), judge: JudgeId(2), reason: "试".into() }).await;
    host.does(C::EndRehearsal).await;
    assert_eq!(ask(&mut desk, Method::PUT, &recusal, json!({ "reason": "师生关系" })).await.0, 204);
    assert_eq!(ask(&mut desk, Method::PUT, &order, json!({ "order": ["P3", "P2", "P1"] })).await.0, 204);
    assert_eq!(hall.contest().pitch(pitch(2)).unwrap().recused.len(), 1);
    drop(host);
    hall.end().await;
}
