//! The organiser's look: titles, theme, an accent that can be read, a logo that is nothing but a picture.

use crate::harness::{Hall, Plan};
use axum::http::Method;
use podium::auth::seat::Place;
use podium::robots::client::Browser;
use serde_json::{Value, json};

/// As small as a PNG is: one pixel of this grey.
fn png(grey: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0".to_vec();
    bytes.extend([0, 0, 0, 0, grey]);
    bytes
}

async fn organiser(hall: &Hall) -> Browser {
    let cards = hall.serving().app.auth.issue_cards(&[Place::organiser()], true, "test").await.unwrap();
    hall.paired(&cards[0].token.reveal()).await
}

async fn ask(browser: &mut Browser, method: Method, path: &str, body: Vec<u8>) -> (u16, String) {
    let (status, body) = browser.request(method, path, Some(body)).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_theme_and_an_accent_that_can_be_read_are_in_every_view() {
    let hall = Hall::with(Plan::default()).await;
    let mut organiser = organiser(&hall).await;
    let path = format!("/api/contests/{}/about", hall.code);
    let about = |theme: &str, accent: Value| {
        let about = json!({"title": "路演", "zone": "Asia/Shanghai", "theme": theme, "accent": accent});
        serde_json::to_vec(&about).unwrap()
    };
    let mut host = hall.paired(&hall.host_token).await;
    assert!([401, 403].contains(&ask(&mut host, Method::PUT, &path, about("gold", Value::Null)).await.0));
    assert_eq!(
        ask(&mut organiser, Method::PUT, &path, about("light", json!("#ffd27a"))).await.1,
        "accent-pale"
    );
    assert_eq!(ask(&mut organiser, Method::PUT, &path, about("light", json!("yellow"))).await.1, "bad-text");
    assert_eq!(ask(&mut organiser, Method::PUT, &path, about("gold", json!("#FFE0A0"))).await.0, 204);
    let public: Value =
        serde_json::from_slice(&hall.get(&format!("/api/contests/{}/public", hall.code)).await.1).unwrap();
    assert_eq!(public["contest"]["theme"], "gold");
    assert_eq!(public["contest"]["accent"], "#ffe0a0");
    hall.end().await;
}

#[tokio::test]
async fn a_logo_is_a_picture_kept_by_its_name_and_survives_a_restart() {
    let mut hall = Hall::with(Plan::default()).await;
    let mut organiser = organiser(&hall).await;
    let path = format!("/api/contests/{}/logo", hall.code);
    assert_eq!(hall.get(&path).await.0, 404);
    assert_eq!(
        ask(&mut organiser, Method::PUT, &path, b"<svg onload=alert(1)>".to_vec()).await.1,
        "bad-picture"
    );
    let mut nobody = hall.browser();
    assert_eq!(ask(&mut nobody, Method::PUT, &path, png(7)).await.0, 401);
    assert_eq!(ask(&mut organiser, Method::PUT, &path, png(7)).await.0, 204);
    let info = |hall: &Hall| {
        let url = format!("/api/contests/{}/public", hall.code);
        let browser = hall.browser();
        async move {
            let mut browser = browser;
            let (_, body) = browser.request(Method::GET, &url, None).await.unwrap();
            serde_json::from_slice::<Value>(&body).unwrap()["contest"]["logo"].clone()
        }
    };
    let address = info(&hall).await.as_str().unwrap().to_owned();
    let answer = reqwest::get(format!("{}{address}", hall.url())).await.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("cache-control").contains("immutable"));
    let tag = header("etag");
    assert_eq!(answer.bytes().await.unwrap(), png(7));
    let client = reqwest::Client::new();
    let again =
        client.get(format!("{}{address}", hall.url())).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!(again.status().as_u16(), 304);

    hall.restart().await;
    assert_eq!(hall.get(&address).await.1, png(7));
    // Another picture is at another address; titles can be changed without it.
    let mut organiser = self::organiser(&hall).await;
    assert_eq!(ask(&mut organiser, Method::PUT, &path, png(8)).await.0, 204);
    let next = info(&hall).await;
    assert_ne!(next.as_str().unwrap(), address);
    let about = serde_json::to_vec(&json!({"title": "总决赛", "zone": "Asia/Shanghai"})).unwrap();
    let about = ask(&mut organiser, Method::PUT, &path.replace("/logo", "/about"), about).await;
    assert_eq!(about.0, 204);
    assert_eq!(info(&hall).await, next);
    assert_eq!(ask(&mut organiser, Method::DELETE, &path, Vec::new()).await.0, 204);
    assert_eq!(info(&hall).await, Value::Null);
    assert_eq!(hall.get(&path).await.0, 404);
    hall.end().await;
}
