//! The programme and the windows in set-up: from a workbook or typed, and what the console then shows.

use crate::harness::Hall;
use hyper::Method;
use podium::auth::seat::Place;
use podium::domain::command::Command;
use podium::domain::command::blueprint::{Blueprint, BlueprintSegment};
use podium::domain::decide::decide;
use podium::domain::fact::Fact;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{ProjectId, SegmentId};
use podium::domain::terms::programme::{Closes, Opens, Segment, SegmentKind, WindowPolicy};
use podium::robots::client::Browser;
use podium::wire::view::host::HostView;
use serde_json::{Value, json};

async fn ask(browser: &mut Browser, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
    let body = body.map(|body| body.to_string().into());
    let (status, said) = browser.request(method, path, body).await.unwrap();
    (status, serde_json::from_slice(&said).unwrap_or(Value::Null))
}

async fn organiser(hall: &Hall) -> Browser {
    let cards = hall.serving().app.auth.issue_cards(&[Place::organiser()], true, "test").await.unwrap();
    hall.paired(&cards[0].token.reveal()).await
}

fn row(id: u16, after: Option<u16>, before: Option<u16>) -> BlueprintSegment {
    let segment = Segment {
        id: SegmentId(id),
        kind: SegmentKind::Signing,
        title: format!("签约{id}"),
        names: vec!["甲方".into()],
        secs: 60,
        after,
    };
    BlueprintSegment { segment, before: before.map(ProjectId) }
}

#[tokio::test]
async fn a_programme_that_is_typed_is_what_the_console_shows() {
    let hall = Hall::open().await;
    let mut organiser = organiser(&hall).await;
    let programme = format!("/api/contests/{}/programme", hall.code);
    let segments = json!([
        {"id": "S1", "kind": "opening", "title": "开场", "names": [], "secs": 300, "after": 0},
        {"id": "S2", "kind": "appointment", "title": "聘书", "names": ["张三", "李四"], "secs": 0, "after": 1},
        {"id": "S3", "kind": "awards", "title": "颁奖", "names": [], "secs": 0},
    ]);
    let body = json!({ "segments": segments });
    assert_eq!(ask(&mut hall.browser(), Method::PUT, &programme, Some(&body)).await.0, 401);
    assert_eq!(ask(&mut organiser, Method::PUT, &programme, Some(&body)).await.0, 204);
    let (_, detail) = ask(&mut organiser, Method::GET, &format!("/api/contests/{}", hall.code), None).await;
    assert_eq!(detail["segments"], segments);
    let mut host = hall.host().await;
    let view: HostView = host.until("the programme", |view: &HostView| !view.hall.items.is_empty()).await;
    assert_eq!(view.hall.items, ["S1", "R1-P1", "S2", "R1-P2", "R1-P3", "S3"]);
    assert_eq!(view.cues[0].segment.as_deref(), Some("S1"));
    for (segment, code) in [
        (json!({"id": "S1", "kind": "opening", "title": " "}), "bad-text"),
        (json!({"id": "S1", "kind": "opening", "title": "开场", "secs": 36_001}), "out-of-bounds"),
        (json!({"id": "S1", "kind": "opening", "title": "开场", "names": vec!["某"; 41]}), "too-many"),
        (json!({"id": "1", "kind": "opening", "title": "开场"}), "bad-number"),
    ] {
        let (status, refused) =
            ask(&mut organiser, Method::PUT, &programme, Some(&json!({"segments": [segment]}))).await;
        assert_eq!((status >= 400, &refused["code"]), (true, &json!(code)));
    }
    let window = format!("/api/contests/{}/window", hall.code);
    let policy = json!({"opens": "at-qa", "closes": {"after": 90}, "late": "until-announced", "warm_up": 2, "announce_after": 1, "plates": "one-by-one", "freeze": 3, "reveal": "by-track"});
    assert_eq!(ask(&mut organiser, Method::PUT, &window, Some(&policy)).await.0, 204);
    let (_, detail) = ask(&mut organiser, Method::GET, &format!("/api/contests/{}", hall.code), None).await;
    assert_eq!(detail["window"], policy);
    hall.end().await;
}

#[tokio::test]
async fn a_workbook_fills_an_empty_programme_only() {
    let hall = Hall::open().await;
    let contest = hall.contest();
    let import =
        |blueprint: Blueprint| decide(&contest, Actor::Organiser, &Command::ImportBlueprint { blueprint });
    let window = Some(WindowPolicy { opens: Opens::AtQa, closes: Closes::After(60), ..Default::default() });
    // A project that is there already, by its number; in the order of the evening, the rows of one place as they stood.
    let segments =
        vec![row(1, None, None), row(2, None, Some(3)), row(3, Some(2), None), row(4, Some(0), None)];
    let facts = import(Blueprint { segments: segments.clone(), window, ..Blueprint::default() }).unwrap();
    let [Fact::WindowPolicySet { policy, .. }, Fact::ProgrammeSet { segments: set }] = facts.as_slice()
    else {
        panic!("{facts:?}")
    };
    assert_eq!(Some(*policy), window);
    let placed: Vec<_> = set.iter().map(|segment| (segment.id.0, segment.after)).collect();
    assert_eq!(placed, [(4, Some(0)), (2, Some(2)), (3, Some(2)), (1, None)]);
    // Nothing is overwritten, and a project that nobody has is named.
    let code = |segments| import(Blueprint { segments, ..Blueprint::default() }).unwrap_err().code();
    assert_eq!(code(vec![row(1, None, Some(9))]), "unknown-project");
    assert_eq!(code(vec![row(1, None, None), row(1, None, None)]), "duplicate-segment");
    let same = Blueprint { window: Some(WindowPolicy::default()), ..Blueprint::default() };
    assert_eq!(import(same).unwrap_err().code(), "nothing-changes");
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let given = Command::ImportBlueprint { blueprint: Blueprint { segments, ..Blueprint::default() } };
    handle.submit(Actor::Organiser, podium::domain::kernel::ids::CommandId(7), given.clone()).await.unwrap();
    let again = decide(&hall.contest(), Actor::Organiser, &given);
    assert_eq!(again.unwrap_err().code(), "programme-exists");
    assert_eq!(hall.contest().show.segments.len(), 4, "what is there stays");
    hall.end().await;
}
