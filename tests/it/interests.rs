//! Interest in projects: who may leave it, who may read it, that it is gone when it is removed, and that no person's name is
//! anywhere but in the store.

use crate::harness::{Hall, Plan};
use axum::http::Method;
use podium::auth::seat::Place;
use podium::robots::client::Browser;
use serde_json::{Value, json};

async fn ask(browser: &mut Browser, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let body = Some(serde_json::to_vec(body).unwrap());
    let (status, body) = browser.request(method, path, body).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

fn entry(id: u128, projects: &[&str]) -> Value {
    json!({
        "id": format!("{id:032x}"), "name": "=1+1 来访者甲", "unit": "太湖产业基金", "contact": "+86 510 0000 0000",
        "purpose": "invest", "words": "想约下周", "projects": projects, "consent": true,
    })
}

async fn organiser(hall: &Hall) -> Browser {
    let cards = hall.serving().app.auth.issue_cards(&[Place::organiser()], true, "test").await.unwrap();
    hall.paired(&cards[0].token.reveal()).await
}

#[tokio::test]
async fn anybody_may_leave_it_and_the_organiser_alone_reads_changes_and_removes_it() {
    let mut hall = Hall::with(Plan { projects: 3, ..Plan::default() }).await;
    let all = format!("/api/contests/{}/interests", hall.code);
    let mut guest = hall.browser();
    assert_eq!(ask(&mut guest, Method::POST, &all, &entry(7, &["P1", "P3"])).await.0, 204);
    assert_eq!(ask(&mut guest, Method::POST, &all, &entry(7, &["P1", "P3"])).await.0, 204, "sent again");
    assert_eq!(ask(&mut guest, Method::POST, &all, &entry(8, &["P2"])).await.0, 204);
    for (field, wrong) in [
        ("consent", json!(false)),
        ("name", json!(" ")),
        ("contact", json!("x".repeat(121))),
        ("projects", json!([])),
        ("projects", json!(["P9"])),
        ("words", json!("长".repeat(301))),
        ("id", json!("7")),
    ] {
        let mut body = entry(9, &["P1"]);
        body[field] = wrong;
        let (status, answer) = ask(&mut guest, Method::POST, &all, &body).await;
        assert_eq!(
            (status, &answer["code"], &answer["params"]["field"]),
            (422, &json!("bad-interest"), &json!(field))
        );
    }
    let mut host = hall.paired(&hall.host_token).await;
    let one = format!("{all}/{:032x}", 7);
    for browser in [&mut guest, &mut host] {
        for (method, path) in [
            (Method::GET, all.clone()),
            (Method::GET, format!("{all}.xlsx")),
            (Method::DELETE, all.clone()),
            (Method::PUT, one.clone()),
            (Method::DELETE, one.clone()),
            (Method::POST, format!("/api/contests/{}/teams/P1", hall.code)),
        ] {
            let status = ask(browser, method.clone(), &path, &json!({"state": "new", "note": ""})).await.0;
            assert_eq!(status, 401, "{method} {path}");
        }
    }
    let mut organiser = organiser(&hall).await;
    let change = json!({"state": "meeting", "note": "周三下午"});
    assert_eq!(ask(&mut organiser, Method::PUT, &one, &change).await.0, 204);
    // Durable: a restart keeps both, and what was changed.
    hall.restart().await;
    let mut organiser = self::organiser(&hall).await;
    let lines = ask(&mut organiser, Method::GET, &all, &json!({})).await.1["lines"].clone();
    assert_eq!(lines.as_array().unwrap().len(), 2);
    assert_eq!((&lines[0]["state"], &lines[0]["note"]), (&json!("meeting"), &json!("周三下午")));
    assert_eq!(lines[0]["projects"], json!(["P1", "P3"]));

    // In the workbook what was typed is text, whatever it begins with.
    let (status, bytes) = organiser.request(Method::GET, &format!("{all}.xlsx"), None).await.unwrap();
    assert_eq!(status, 200);
    use calamine::Reader;
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.get_value((1, 1)), Some(&calamine::Data::String("=1+1 来访者甲".into())));
    assert!(book.worksheet_formula("合作意向").unwrap().is_empty());

    // Gone for good, and nowhere but in the store before.
    assert_eq!(ask(&mut organiser, Method::DELETE, &one, &json!({})).await.0, 204);
    let lines = ask(&mut organiser, Method::GET, &all, &json!({})).await.1["lines"].clone();
    assert_eq!(lines.as_array().unwrap().len(), 1);
    assert_eq!(ask(&mut organiser, Method::DELETE, &all, &json!({})).await.0, 204);
    assert_eq!(ask(&mut organiser, Method::GET, &all, &json!({})).await.1["lines"], json!([]));
    for entry in std::fs::read_dir(hall.dir.path().join("journal")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for secret in ["来访者甲", "0000 0000", "想约下周", "周三下午"] {
            assert!(!text.contains(secret), "a journal holds {secret}");
        }
    }
    let public =
        String::from_utf8(hall.get(&format!("/api/contests/{}/public", hall.code)).await.1.to_vec()).unwrap();
    assert!(!public.contains("来访者甲"));
    hall.end().await;
}

#[tokio::test]
async fn a_teams_link_opens_its_own_entries_until_it_is_ended() {
    let hall = Hall::with(Plan { projects: 3, ..Plan::default() }).await;
    let all = format!("/api/contests/{}/interests", hall.code);
    let team = format!("/api/contests/{}/team", hall.code);
    let mut guest = hall.browser();
    for (id, projects) in [(1, vec!["P1"]), (2, vec!["P2", "P1"]), (3, vec!["P3"])] {
        assert_eq!(ask(&mut guest, Method::POST, &all, &entry(id, &projects)).await.0, 204);
    }
    let mut organiser = organiser(&hall).await;
    let note = json!({"state": "contacted", "note": "只给主办方看"});
    assert_eq!(ask(&mut organiser, Method::PUT, &format!("{all}/{:032x}", 1), &note).await.0, 204);
    let link = format!("/api/contests/{}/teams/P1", hall.code);
    let token = async |organiser: &mut Browser| {
        let url = ask(organiser, Method::POST, &link, &json!({})).await.1["url"].as_str().unwrap().to_owned();
        json!({"token": url.split_once("#team=").unwrap().1})
    };
    let first = token(&mut organiser).await;
    let (status, opened) = ask(&mut guest, Method::POST, &team, &first).await;
    assert_eq!(status, 200);
    assert_eq!(opened["project"], "P1");
    let ids: Vec<&str> =
        opened["lines"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [format!("{:032x}", 1), format!("{:032x}", 2)]);
    assert_eq!(opened["lines"][1]["projects"], json!(["P1"]), "other projects are nobody's business");
    assert!(!opened.to_string().contains("只给主办方看"));
    let second = token(&mut organiser).await;
    assert_eq!(ask(&mut guest, Method::POST, &team, &first).await.0, 404, "the link before has ended");
    assert_eq!(ask(&mut guest, Method::POST, &team, &second).await.0, 200);
    assert_eq!(ask(&mut organiser, Method::DELETE, &link, &json!({})).await.0, 204);
    assert_eq!(ask(&mut guest, Method::POST, &team, &second).await.0, 404);
    hall.end().await;
}
