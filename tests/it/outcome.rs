//! The life of a result over real sockets: who may say what of it, what everybody is told, and the day after.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, pitch};
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, RoundId};
use podium::domain::terms::life::Life;
use podium::domain::terms::proposal::Correction;
use podium::domain::terms::signature::Strokes;
use podium::wire::command::ClientCommand as C;
use podium::wire::life::LifeName;
use podium::wire::phase::PhaseName;
use podium::wire::view::auditor::AuditorView;
use podium::wire::view::host::HostView;
use podium::wire::view::judge::JudgeView;
use podium::wire::view::life::FallenName;
use podium::wire::view::public::PublicView;

const ROUND: RoundId = RoundId(1);

/// Two projects before two judges, both announced.
async fn told() -> Hall {
    let criteria = vec![("innovation", "100", "1")];
    let hall = Hall::with(Plan { judges: 2, projects: 2, criteria, ..Plan::default() }).await;
    let panel =
        Command::SetPanel { round: ROUND, judges: vec![JudgeId(1), JudgeId(2)], chair: Some(JudgeId(1)) };
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    handle.submit(Actor::Organiser, CommandId(99), panel).await.unwrap();
    let (mut host, mut one, mut two) = (hall.host().await, hall.judge(1).await, hall.judge(2).await);
    for (n, mark) in [(1, "80"), (2, "78")] {
        host.does(C::StartPitch { pitch: pitch(n) }).await;
        host.does(C::OpenWindow { pitch: pitch(n) }).await;
        for judge in [&mut one, &mut two] {
            judge.does(card(pitch(n), 0, &[("innovation", mark)])).await;
        }
        host.does(C::CloseWindow { pitch: pitch(n) }).await;
        host.does(C::RevealPitch { pitch: pitch(n) }).await;
    }
    host.does(C::FinishContest { despite: true }).await;
    hall
}

async fn signs(judge: &mut Client) {
    let view: JudgeView = judge.until("the list to sign", |view: &JudgeView| view.summary.is_some()).await;
    let (digest, strokes) = (view.summary.unwrap().digest, Strokes(vec![vec![(1, 1), (9, 9)]]));
    judge.does(C::SignScorecards { round: ROUND, digest, strokes }).await;
}

async fn digest(auditor: &mut Client) -> String {
    let view: AuditorView = auditor.until("the outcome", |view: &AuditorView| view.outcome.is_some()).await;
    view.outcome.unwrap().digest.clone()
}

async fn is_told(phone: &mut Client, life: LifeName) -> PublicView {
    let so = |view: &PublicView| view.result.as_ref().map_or(LifeName::Provisional, |told| told.life) == life;
    phone.until("the word of the result", so).await
}

#[tokio::test]
async fn a_result_is_signed_confirmed_made_official_and_published_on_the_days_after() {
    let mut hall = told().await;
    let mut chair = hall.judge(1).await;
    signs(&mut chair).await;
    drop(chair);
    // The day after, on a server that was started again.
    hall.restart().await;
    let (mut host, mut chair, mut two) = (hall.host().await, hall.judge(1).await, hall.judge(2).await);
    let (mut auditor, mut phone) = (hall.auditor().await, hall.phone().await);
    let seen = digest(&mut auditor).await;
    let confirm = || C::ConfirmResult { round: ROUND, digest: seen.clone() };
    let official = || C::MakeOfficial { round: ROUND, digest: seen.clone() };
    for who in [&mut host, &mut chair, &mut two] {
        assert_eq!(who.refused(confirm()).await, "not-allowed");
    }
    assert_eq!(auditor.refused(official()).await, "not-allowed");
    assert_eq!(auditor.refused(C::ShowBefore).await, "not-allowed");
    auditor.does(confirm()).await;
    assert!(is_told(&mut phone, LifeName::Confirmed).await.contest.finished);
    assert_eq!(chair.refused(official()).await, "unsettled");
    signs(&mut two).await;
    chair.does(official()).await;
    is_told(&mut phone, LifeName::Official).await;
    let publish = |until: &str| {
        let until = until.parse().unwrap();
        C::PublishResult { round: ROUND, digest: seen.clone(), until }
    };
    assert_eq!(host.refused(publish("2026-09-20")).await, "day-past");
    assert_eq!(host.refused(publish("9999-12-31")).await, "day-far");
    host.does(publish("2026-12-05")).await;
    let told = is_told(&mut phone, LifeName::Published).await.result.unwrap();
    assert_eq!(told.until.as_deref(), Some("2026-12-05"));
    // It stands after another restart, for everybody.
    drop((host, chair, two, auditor, phone));
    hall.restart().await;
    let (mut host, mut chair, mut phone) = (hall.host().await, hall.judge(1).await, hall.phone().await);
    is_told(&mut phone, LifeName::Published).await;
    let published = |view: &HostView| view.outcome.as_ref().is_some_and(|o| o.life == LifeName::Published);
    host.until("the console", published).await;
    let view: JudgeView = chair.until("the chair's part", |view: &JudgeView| view.chair.is_some()).await;
    let said: Vec<_> = view.chair.unwrap().outcome.unwrap().said.iter().map(|one| one.by.clone()).collect();
    assert_eq!(said, ["auditor", "judge:J1", "host"]);
    let reason = "写错了".to_owned();
    host.does(C::TakeBackStep { round: ROUND, step: Life::Published, reason }).await;
    is_told(&mut phone, LifeName::Official).await;
    hall.end().await;
}

#[tokio::test]
async fn a_deduction_after_the_end_takes_two_persons_and_the_result_back() {
    let hall = told().await;
    let (mut host, mut auditor, mut phone) = (hall.host().await, hall.auditor().await, hall.phone().await);
    let seen = digest(&mut auditor).await;
    auditor.does(C::ConfirmResult { round: ROUND, digest: seen.clone() }).await;
    let correction = Correction::Deduct { pitch: pitch(1), points: "5".parse().unwrap() };
    let proposal = host.does(C::Propose { correction, reason: "材料不实".into() }).await;
    assert_eq!(host.refused(C::AgreeTo { proposal }).await, "not-allowed");
    auditor.does(C::AgreeTo { proposal }).await;
    is_told(&mut phone, LifeName::Provisional).await;
    let fallen = |view: &AuditorView| {
        let outcome = view.outcome.as_ref();
        outcome.and_then(|one| one.fallen.as_ref()).is_some_and(|why| why.why == FallenName::Changed)
    };
    let view: AuditorView = auditor.until("the fall", fallen).await;
    assert_eq!(view.provisional[0].pitch, "R1-P2", "what counts is seen at once");
    assert_eq!(view.outcome.unwrap().proposals[0].answer.as_ref().unwrap().by, "auditor");
    let again = C::ConfirmResult { round: ROUND, digest: seen };
    assert_eq!(auditor.refused(again.clone()).await, "unsettled");
    host.does(C::RevealPitch { pitch: pitch(1) }).await;
    assert_eq!(auditor.refused(again).await, "result-changed", "it has read other standings");
    let first = |view: &PublicView| view.standings.first().is_some_and(|row| row.pitch == "R1-P2");
    let view: PublicView = phone.until("the correction", first).await;
    assert_eq!(view.standings[1].score, "75.00");
    hall.end().await;
}

/// The record of who is disqualified is read, and why.
#[tokio::test]
async fn the_auditor_reads_the_record_of_who_is_out() {
    let hall = told().await;
    let (mut host, mut auditor) = (hall.host().await, hall.auditor().await);
    let correction = Correction::Disqualify { pitch: pitch(1) };
    let proposal = host.does(C::Propose { correction, reason: "材料造假".into() }).await;
    auditor.does(C::AgreeTo { proposal }).await;
    let view: AuditorView = auditor.until("who is out", |view: &AuditorView| !view.out.is_empty()).await;
    let out = &view.out["R1-P1"];
    assert_eq!((out.phase, out.reason.as_str()), (PhaseName::Disqualified, "材料造假"));
    assert!(view.pitches.contains_key("R1-P1"), "its scorecards are asked for");
    let mut browser = hall.auditors_browser().await;
    let path = format!("/api/contests/{}/scorecards/R1-P1", hall.code);
    assert_eq!(browser.request(hyper::Method::GET, &path, None).await.unwrap().0, 200);
    hall.end().await;
}

/// The chair's tablet that the host's desk is open on as well proposes and agrees as one person.
#[tokio::test]
async fn the_chair_agrees_in_a_browser_without_the_hosts_seat() {
    let mut hall = told().await;
    let correction = || Correction::Deduct { pitch: pitch(1), points: "5".parse().unwrap() };
    let chairs = hall.paired(&hall.judge_tokens[0]).await;
    let mut both = chairs.clone();
    let mut chair = Client::open(&both, &hall.judge_path(1)).await;
    // Its socket was there before the host's seat was.
    both.pair(&hall.host_token).await.unwrap();
    let mut host = Client::open(&both, &format!("/c/{}/ws/host", hall.code)).await;
    let proposal = host.does(C::Propose { correction: correction(), reason: "材料不实".into() }).await;
    assert_eq!(chair.refused(C::AgreeTo { proposal }).await, "second-person-here");
    drop((host, chair));
    hall.restart().await;
    both.host = hall.browser().host;
    let mut chair = Client::open(&both, &hall.judge_path(1)).await;
    assert_eq!(chair.refused(C::AgreeTo { proposal }).await, "second-person-here", "by its cookies");
    // The chair's own browser.
    let alone = hall.browser().with_cookie(chairs.cookie());
    let mut chair = Client::open(&alone, &hall.judge_path(1)).await;
    chair.does(C::AgreeTo { proposal }).await;
    hall.end().await;
}

#[tokio::test]
async fn the_auditor_reads_what_the_organiser_reads() {
    let hall = told().await;
    let mut browser = hall.auditors_browser().await;
    for path in ["scorecards/R1-P1", "explain/R1-P1", "statistics"] {
        let path = format!("/api/contests/{}/{path}", hall.code);
        let asked = browser.request(hyper::Method::GET, &path, None).await.unwrap();
        assert_eq!(asked.0, 200, "{path}");
        if !path.contains("explain") {
            assert_eq!(hall.get(&path).await.0, 404, "{path} is not everybody's");
        }
    }
    let about = format!("/api/contests/{}/about", hall.code);
    let put = browser.request(hyper::Method::PUT, &about, Some("{}".into())).await.unwrap();
    assert_eq!(put.0, 401, "nothing is set up with it");
    hall.end().await;
}
