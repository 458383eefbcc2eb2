//! The rules of real contests that set-up offers: each file is known, makes sense and ranks.

use crate::harness::{Hall, Plan};
use crate::scoring::{criterion, judging, whole};
use hyper::Method;
use podium::auth::seat::Place;
use podium::domain::kernel::points::Points;
use podium::domain::scoring::rule::{Method as Of, Trim};
use podium::http::presets;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn every_file_is_offered_and_ranks() {
    let offered = presets::all().unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("presets");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(offered.iter().map(|preset| preset.id.clone()).collect::<BTreeSet<_>>(), files);
    let criteria = vec![criterion(0, whole(60), 60), criterion(1, whole(40), 40)];
    for preset in offered {
        preset.rule.check(&criteria).unwrap();
        assert!(!preset.name.zh.is_empty() && !preset.name.en.is_empty());
        let cards =
            |base: i64| (0..5).map(|at| vec![whole(base + at), whole(30)]).collect::<Vec<Vec<Points>>>();
        let mut judging = judging(preset.rule, criteria.clone(), &[("P1", cards(50)), ("P2", cards(40))]);
        judging.ballots = Some(vec![10, 40]);
        let standings = judging.standings().unwrap_or_else(|problem| panic!("{}: {problem}", preset.id));
        assert_eq!(standings.ranked.len(), 2, "{}", preset.id);
    }
}

#[test]
fn they_carry_what_the_real_rules_say() {
    let all = presets::all().unwrap();
    let of = |id: &str| &all.iter().find(|preset| preset.id == id).unwrap().rule;
    let national = all.iter().find(|preset| preset.id == "national").unwrap();
    assert_eq!((national.timing.pitch_secs, national.timing.qa_secs), (480, 420));
    assert_eq!((of("national").method, of("national").drop), (Of::TrimmedMean, 1));
    // Ten seconds are free, then steps up to a cap.
    let due = |over_secs: u64| of("national").overtime_points(1_000 * over_secs).map(|due| due.to_string());
    assert_eq!(
        [10, 11, 31, 61, 600].map(due),
        [None, Some("0.2"), Some("0.5"), Some("1"), Some("1")].map(|due| due.map(str::to_owned))
    );
    assert_eq!(all.iter().filter(|preset| preset.rule.overtime.is_some()).count(), 1);
    assert_eq!(of("plain-mean").method, Of::Mean);
    assert_eq!(of("by-criterion").trim, Trim::Criterion);
    assert_eq!(of("audience-80-20").audience.share.to_string(), "0.2");
    assert_eq!(of("parallel-rooms").method, Of::Severity);
}

#[tokio::test]
async fn the_organiser_takes_one_over_until_the_first_scorecard() {
    let hall = Hall::with(Plan::default()).await;
    let cards = hall.serving().app.auth.issue_cards(&[Place::organiser()], true, "test").await.unwrap();
    let mut organiser = hall.paired(&cards[0].token.reveal()).await;
    let body = |id: &str| Some(serde_json::to_vec(&json!({"preset": id})).unwrap());
    let path = format!("/api/contests/{}/preset", hall.code);
    assert_eq!(hall.browser().request(Method::POST, &path, body("national")).await.unwrap().0, 401);
    assert_eq!(organiser.request(Method::POST, &path, body("none")).await.unwrap().0, 404);
    assert_eq!(organiser.request(Method::POST, &path, body("by-criterion")).await.unwrap().0, 204);
    let (_, detail) =
        organiser.request(Method::GET, &format!("/api/contests/{}", hall.code), None).await.unwrap();
    let detail: Value = serde_json::from_slice(&detail).unwrap();
    assert_eq!(detail["rule"]["trim"], "criterion");
    let (_, list) = organiser.request(Method::GET, "/api/presets", None).await.unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&list).unwrap().as_array().unwrap().len(), 5);
    assert_eq!(organiser.request(Method::POST, &path, body("audience-80-20")).await.unwrap().0, 204);
    hall.end().await;
}
