//! Planned times, warnings and the overtime table as an organiser sets them in the browser.

use crate::harness::{Hall, marks, pitch};
use hyper::Method;
use podium::auth::seat::Place;
use podium::domain::terms::programme::Timing;
use podium::robots::client::Browser;
use podium::wire::command::ClientCommand as C;
use serde_json::{Value, json};

async fn put(hall: &Hall, browser: &mut Browser, body: &Value) -> (u16, Value) {
    let path = format!("/api/contests/{}/timing", hall.code);
    let (status, said) = browser.request(Method::PUT, &path, Some(body.to_string().into())).await.unwrap();
    (status, serde_json::from_slice(&said).unwrap_or(Value::Null))
}

async fn shown(hall: &Hall, browser: &mut Browser) -> Value {
    let (_, detail) =
        browser.request(Method::GET, &format!("/api/contests/{}", hall.code), None).await.unwrap();
    serde_json::from_slice::<Value>(&detail).unwrap()["timing"].clone()
}

fn with(part: Value) -> Value {
    let mut whole = json!({"pitch_secs": 330, "qa_secs": 300, "first_warning_secs": 45, "second_warning_secs": 15, "by_hand": true});
    for (name, value) in part.as_object().unwrap() {
        whole[name] = value.clone();
    }
    whole
}

fn steps(steps: &[(u32, &str)]) -> Value {
    let steps = steps.iter().map(|(over, points)| json!({"over_secs": over, "points": points}));
    json!({"overtime": {"kind": "steps", "steps": steps.collect::<Vec<_>>()}})
}

#[tokio::test]
async fn the_organiser_sets_times_and_what_overtime_costs() {
    let hall = Hall::open().await;
    let cards = hall.serving().app.auth.issue_cards(&[Place::organiser()], true, "test").await.unwrap();
    let mut organiser = hall.paired(&cards[0].token.reveal()).await;
    assert_eq!(
        shown(&hall, &mut organiser).await,
        json!({"pitch_secs": 480, "qa_secs": 420, "first_warning_secs": 60, "second_warning_secs": 30, "by_hand": false})
    );
    assert_eq!(put(&hall, &mut hall.browser(), &with(json!({}))).await.0, 401);
    let mut host = hall.paired(&hall.host_token).await;
    assert_eq!(put(&hall, &mut host, &with(json!({}))).await.0, 401);

    let units = json!({"overtime": {"kind": "units", "grace_secs": 10, "unit_secs": 30, "per_unit": "0.5", "cap": "2"}});
    let free = json!({"overtime": {"kind": "units", "grace_secs": 0, "unit_secs": 60, "per_unit": "1"}});
    for part in [units, free, steps(&[(10, "0.2"), (30, "0.5")]), json!({})] {
        let wanted = with(part);
        assert_eq!(put(&hall, &mut organiser, &wanted).await.0, 204, "{wanted}");
        assert_eq!(shown(&hall, &mut organiser).await, wanted);
    }
    // The rest of the rule is untouched; the same once more leaves no fact.
    let seq = hall.contest().seq;
    assert_eq!(put(&hall, &mut organiser, &with(json!({}))).await.0, 204);
    assert_eq!(hall.contest().seq, seq);
    hall.end().await;
}

#[tokio::test]
async fn what_is_refused_leaves_neither_half() {
    let hall = Hall::open().await;
    let cards = hall.serving().app.auth.issue_cards(&[Place::organiser()], true, "test").await.unwrap();
    let mut organiser = hall.paired(&cards[0].token.reveal()).await;
    let table = steps(&[(10, "0.2")]);
    let mut late = with(table.clone());
    late["second_warning_secs"] = json!(45);
    for (body, status, code) in [
        (late, 409, "timing-invalid"),
        (with(json!({"pitch_secs": 0, "overtime": table["overtime"]})), 409, "timing-invalid"),
        (with(steps(&[(10, "0.5"), (30, "0.2")])), 409, "rule-invalid"),
        (with(steps(&[])), 409, "rule-invalid"),
        (with(steps(&[(10, "half")])), 400, "bad-number"),
    ] {
        let (said, refused) = put(&hall, &mut organiser, &body).await;
        assert_eq!((said, &refused["code"]), (status, &json!(code)), "{body}");
    }
    let both = json!({"overtime": {"kind": "steps", "steps": [], "cap": "2"}});
    assert_eq!(put(&hall, &mut organiser, &with(both)).await.0, 422);
    let round = hall.contest().show.round_now().unwrap().clone();
    assert_eq!((round.timing, round.rule.overtime.clone()), (Timing::default(), None));

    // Once a scorecard is in the table stands; the times do not count and may change.
    assert_eq!(put(&hall, &mut organiser, &with(table.clone())).await.0, 204);
    let (mut host, mut judge) = (hall.host().await, hall.judge(1).await);
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    let marks = marks(&[("innovation", "30"), ("market", "20")]);
    judge
        .does(C::SubmitScorecard { pitch: pitch(1), attempt: 1, base: 0, marks, comment: String::new() })
        .await;
    let mut longer = with(table);
    longer["pitch_secs"] = json!(360);
    assert_eq!(put(&hall, &mut organiser, &longer).await.0, 204);
    assert_eq!(shown(&hall, &mut organiser).await, longer);
    let (status, refused) = put(&hall, &mut organiser, &with(json!({}))).await;
    assert_eq!((status, &refused["code"]), (409, &json!("rule-frozen")));
    assert_eq!(shown(&hall, &mut organiser).await, longer, "not the times alone");
    hall.end().await;
}
