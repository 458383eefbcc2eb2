//! The panel's statistics: who may ask for them and when, and that they are those of `podium tally`.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, pitch};
use axum::http::Method;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, RoundId};
use podium::domain::query::result;
use podium::domain::state::contest::Contest;
use podium::wire::command::ClientCommand as C;
use podium::wire::judging;
use podium::wire::notes::Names;
use podium::wire::statistics::{Analysis, PanelInfo, Statistics, analysis};
use serde_json::{Value, json};

const JUDGES: u16 = 5;
const PROJECTS: u16 = 6;

/// Judges who agree a little: no two projects are level, and without the first judge another one is first.
fn mark(project: u16, judge: u16) -> String {
    let lenient = if judge == 1 && project == 1 { 12 } else { judge };
    format!("{}", 30 + 3 * (PROJECTS - project) + lenient + (project * judge) % 3)
}

/// The contest's closed scorecards as `podium tally` reads them.
fn document(contest: &Contest) -> Value {
    let round = contest.round(RoundId(1)).unwrap();
    let card = |p: u16, j: u16| json!({"judge": format!("J{j}"), "project": pitch(p).to_string(), "marks": {"innovation": mark(p, j)}});
    let cards: Vec<Value> =
        (1..=PROJECTS).flat_map(|p| (1..=JUDGES).map(move |j| (p, j))).map(|(p, j)| card(p, j)).collect();
    let rule = serde_json::to_value(&*round.rule).unwrap();
    let criteria =
        json!([{"id": "innovation", "name": "innovation", "max": "60", "weight": 60, "step": "0.5"}]);
    json!({"criteria": criteria, "rule": rule, "scorecards": cards})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn host_and_chair_see_what_tally_says_and_nobody_else_does() {
    let criteria = vec![("innovation", "60", "0.5")];
    let hall = Hall::with(Plan { judges: JUDGES, projects: PROJECTS, criteria, ..Plan::default() }).await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let panel = (1..=JUDGES).map(JudgeId).collect();
    let seats = Command::SetPanel { round: RoundId(1), judges: panel, chair: Some(JudgeId(2)) };
    handle.submit(Actor::Organiser, CommandId(77), seats).await.unwrap();
    drop(handle);
    let path = format!("/api/contests/{}/statistics", hall.code);
    let mut cockpit = hall.paired(&hall.host_token).await;
    let mut host = Client::open(&cockpit, &format!("/c/{}/ws/host", hall.code)).await;
    let (mut browsers, mut judges) = (Vec::new(), Vec::new());
    for judge in 1..=JUDGES {
        let browser = hall.paired(&hall.judge_tokens[usize::from(judge) - 1]).await;
        judges.push(Client::open(&browser, &hall.judge_path(judge)).await);
        browsers.push(browser);
    }
    let [other, chair, ..] = &mut browsers[..] else { panic!("a seat for each") };
    let (status, body) = cockpit.request(Method::GET, &path, None).await.unwrap();
    assert_eq!((status, serde_json::from_slice::<PanelInfo>(&body).unwrap().rows), (200, Vec::new()));
    for p in 1..=PROJECTS {
        host.does(C::StartPitch { pitch: pitch(p) }).await;
        host.does(C::OpenWindow { pitch: pitch(p) }).await;
        for (at, judge) in judges.iter_mut().enumerate() {
            judge.does(card(pitch(p), 0, &[("innovation", &mark(p, at as u16 + 1))])).await;
        }
        // While a window is open, and while there is one to come, the chair's own marks would be swayed.
        assert_eq!(chair.request(Method::GET, &path, None).await.unwrap().0, 404);
        host.does(C::CloseWindow { pitch: pitch(p) }).await;
    }
    let (status, body) = chair.request(Method::GET, &path, None).await.unwrap();
    assert_eq!(status, 200);
    assert_eq!(cockpit.request(Method::GET, &path, None).await.unwrap().1, body, "the same, kept");
    assert_eq!(other.request(Method::GET, &path, None).await.unwrap().0, 404, "no judge");
    assert_eq!(hall.get(&path).await.0, 404, "no stranger");
    let info: PanelInfo = serde_json::from_slice(&body).unwrap();

    let document = document(&hall.contest());
    let judging = judging::read(&serde_json::to_vec(&document).unwrap()).unwrap();
    let standings = judging.standings().unwrap();
    let names = Names { projects: &judging.projects, judges: &judging.judges };
    let tally = analysis(&standings, &names, Statistics::Cheap);
    let orders = tally.without_judge.clone();
    // As text: reading a number may change its last bit.
    let said = serde_json::to_string(&Analysis { without_judge: Default::default(), ..tally }).unwrap();
    let text = String::from_utf8_lossy(&body).into_owned();
    assert!(text.contains(&said), "{text}\n{said}");
    assert!(info.analysis.p_first.is_some() && info.analysis.icc["2,k"].is_some());
    assert_eq!(info.rows.len(), usize::from(PROJECTS));
    assert_eq!(info.rows.iter().map(|row| row.totals.len()).collect::<Vec<_>>(), [5; 6]);
    for one in &info.without {
        let podium = one.podium.as_ref().unwrap();
        let order = orders[&one.judge].as_ref().unwrap();
        assert_eq!(
            podium.iter().map(|line| &line.pitch).collect::<Vec<_>>(),
            order[..podium.len()].iter().collect::<Vec<_>>()
        );
        let now: Vec<_> = info.rows.iter().take(podium.len()).map(|row| (&row.pitch, row.place)).collect();
        let then: Vec<_> = podium.iter().map(|line| (&line.pitch, line.place)).collect();
        assert_eq!(one.changes, now != then, "{one:?}");
    }
    // A score that is corrected is another question.
    host.does(C::Deduct { pitch: pitch(1), points: "20".parse().unwrap(), reason: "超时".into() }).await;
    let (_, body) = cockpit.request(Method::GET, &path, None).await.unwrap();
    assert_ne!(serde_json::from_slice::<PanelInfo>(&body).unwrap().rows, info.rows);
    hall.end().await;
}

/// Where tracks rank each list is sure of its own places; agreement and severity are of its own projects.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_list_has_its_own_figures() {
    let criteria = vec![("innovation", "60", "0.5")];
    let plan = Plan { judges: JUDGES, projects: PROJECTS, criteria, tracks: 2, ..Plan::default() };
    let hall = Hall::with(plan).await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let rule = serde_json::from_value(json!({"method": "mean", "ranking": "both"})).unwrap();
    let command = Command::SetRule { round: RoundId(1), rule };
    handle.submit(Actor::Organiser, CommandId(78), command).await.unwrap();
    drop(handle);
    let mut host = hall.host().await;
    let mut judges = Vec::new();
    for judge in 1..=JUDGES {
        judges.push(hall.judge(judge).await);
    }
    for p in 1..=PROJECTS {
        host.does(C::StartPitch { pitch: pitch(p) }).await;
        host.does(C::OpenWindow { pitch: pitch(p) }).await;
        for (at, judge) in judges.iter_mut().enumerate() {
            judge.does(card(pitch(p), 0, &[("innovation", &mark(p, at as u16 + 1))])).await;
        }
        host.does(C::CloseWindow { pitch: pitch(p) }).await;
    }
    let mut cockpit = hall.paired(&hall.host_token).await;
    let contest = hall.contest();
    let round = contest.round(RoundId(1)).unwrap();
    let mut sizes = Vec::new();
    for list in round.lists() {
        let asked = list.map(|track| format!("?track={track}")).unwrap_or_default();
        let path = format!("/api/contests/{}/statistics{asked}", hall.code);
        let (status, body) = cockpit.request(Method::GET, &path, None).await.unwrap();
        assert_eq!(status, 200);
        let info: PanelInfo = serde_json::from_slice(&body).unwrap();
        assert_eq!(info.track, list.map(|track| track.to_string()));
        assert_eq!(
            info.lists.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
            ["先进制造", "新能源", ""]
        );
        let of =
            result::of_closed(&contest, round, info.track.as_deref().map(|track| track.parse().unwrap()));
        let rows = of
            .unwrap()
            .rows
            .iter()
            .map(|row| (row.place.unwrap(), row.pitch.to_string()))
            .collect::<Vec<_>>();
        assert_eq!(info.rows.iter().map(|row| (row.place, row.pitch.clone())).collect::<Vec<_>>(), rows);
        let sure = info.analysis.p_first.unwrap();
        assert_eq!(sure.len(), rows.len());
        assert!((sure.values().sum::<f64>() - 1.0).abs() < 1e-6, "somebody is first in each");
        sizes.push((info.track, rows.len()));
    }
    let track = |id: &str, n| (Some(id.to_owned()), n);
    assert_eq!(sizes, [track("T1", 3), track("T2", 3), (None, 6)]);
    hall.end().await;
}
