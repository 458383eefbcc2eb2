//! Judges' tablets over real sockets: drafts that outlive a device, the chair's look at a closed pitch, signatures, calls
//! for help, scorecards that came too late.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, marks, pitch};
use hyper::Method;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, RoundId};
use podium::domain::terms::signature::Strokes;
use podium::robots::client::{Browser, Heard};
use podium::wire::client::{Awake, ClientFrame, DeviceInfo, NudgeName};
use podium::wire::command::ClientCommand as C;
use podium::wire::server::ServerFrame;
use podium::wire::view::chair::ChairPitch;
use podium::wire::view::host::HostView;
use podium::wire::view::judge::JudgeView;

fn both(innovation: &'static str, market: &'static str) -> [(&'static str, &'static str); 2] {
    [("innovation", innovation), ("market", market)]
}

async fn open_window(host: &mut Client, n: u16) {
    host.does(C::StartPitch { pitch: pitch(n) }).await;
    host.does(C::OpenWindow { pitch: pitch(n) }).await;
}

/// A hall whose chair is judge 2.
async fn chaired(plan: Plan) -> Hall {
    let judges = (1..=plan.judges).map(JudgeId).collect();
    let hall = Hall::with(plan).await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let seats = Command::SetPanel { round: RoundId(1), judges, chair: Some(JudgeId(2)) };
    handle.submit(Actor::Organiser, CommandId(77), seats).await.unwrap();
    hall
}

fn draft(innovation: &str, note: &str, rev: u32) -> ClientFrame {
    let marks = marks(&[("innovation", innovation)]);
    let (comment, note, tablet) = (String::new(), note.into(), "t1".into());
    ClientFrame::Draft { pitch: pitch(1), attempt: 1, marks, comment, note, base: 0, rev, run: 0, tablet }
}

/// What a fresh socket is greeted with and answered to each frame: the draft's number, and its marks where they are the server's.
async fn about_drafts(browser: &Browser, path: &str, say: &[ClientFrame]) -> Vec<(u32, Option<String>)> {
    let mut socket = browser.socket(path).await.unwrap();
    let mut heard = Vec::new();
    for frame in std::iter::once(&ClientFrame::Ping { t: 1 }).chain(say) {
        socket.say(frame).await.unwrap();
        loop {
            match socket.hear().await.unwrap() {
                Heard::Frame(ServerFrame::DraftKept { rev, .. }) => heard.push((rev, None)),
                Heard::Frame(ServerFrame::Draft { rev, marks, note, .. }) => {
                    heard.push((rev, Some(format!("{} {note}", marks["innovation"]))));
                }
                Heard::Frame(ServerFrame::BadFrame { refusal }) => panic!("{refusal:?}"),
                Heard::Frame(ServerFrame::Pong { .. }) => break,
                _ => continue,
            }
            if matches!(frame, ClientFrame::Draft { .. }) {
                break;
            }
        }
    }
    heard
}

#[tokio::test]
async fn a_draft_outlives_its_tablet_and_is_not_overwritten_by_an_older_one() {
    let mut hall = Hall::open().await;
    let path = hall.judge_path(1);
    let first = hall.paired(&hall.judge_tokens[0]).await;
    assert_eq!(about_drafts(&first, &path, &[draft("20", "成本?", 0)]).await, [(1, None)]);
    hall.restart().await;
    // The same cookies after a restart: a session is not lost, nor is a draft.
    let mut again = first.clone();
    again.host = hall.browser().host;
    let followed = [draft("21", "", 1), draft("9", "", 0)];
    let kept = (1, Some("20 成本?".to_owned()));
    let newer = (2, Some("21 ".to_owned()));
    let heard = about_drafts(&again, &path, &followed).await;
    assert_eq!(heard, [kept, (2, None), newer.clone()], "what follows nothing gets what stands there");
    assert_eq!(about_drafts(&again, &path, &[]).await, [newer]);
    hall.end().await;
}

#[tokio::test]
async fn of_two_tablets_of_one_seat_one_is_told_that_its_draft_is_kept() {
    let hall = Hall::open().await;
    let path = hall.judge_path(1);
    let browser = hall.paired(&hall.judge_tokens[0]).await;
    for rev in 0..20 {
        let drafts = ["11", "12"].map(|mark| [draft(mark, "", rev)]);
        let sent = drafts.each_ref().map(|draft| about_drafts(&browser, &path, draft));
        let heard: Vec<_> =
            futures_util::future::join_all(sent).await.into_iter().map(|mut heard| heard.pop()).collect();
        let kept = heard.iter().filter(|last| matches!(last, Some((at, None)) if *at == rev + 1)).count();
        assert_eq!(kept, 1, "{heard:?}");
    }
    hall.end().await;
}

#[tokio::test]
async fn a_draft_of_nothing_is_refused() {
    let hall = Hall::open().await;
    let browser = hall.paired(&hall.judge_tokens[0]).await;
    let mut socket = browser.socket(&hall.judge_path(1)).await.unwrap();
    let strange = ClientFrame::Draft {
        pitch: pitch(999),
        attempt: 1,
        marks: marks(&[]),
        comment: String::new(),
        note: String::new(),
        base: 0,
        rev: 0,
        run: 0,
        tablet: String::new(),
    };
    let large = ClientFrame::Draft {
        pitch: pitch(1),
        attempt: 1,
        marks: marks(&[]),
        comment: "长".repeat(2_000),
        note: String::new(),
        base: 0,
        rev: 0,
        run: 0,
        tablet: String::new(),
    };
    for (frame, code) in [(strange, "unknown-pitch"), (large, "draft-not-kept")] {
        socket.say(&frame).await.unwrap();
        let refusal = loop {
            if let Heard::Frame(ServerFrame::BadFrame { refusal }) = socket.hear().await.unwrap() {
                break refusal;
            }
        };
        assert_eq!(refusal.code, code);
    }
    drop(socket);
    hall.end().await;
}

/// The panel's scorecards of the first pitch, where this browser is told.
async fn scorecards(hall: &Hall, browser: &mut Browser) -> Option<ChairPitch> {
    let path = format!("/api/contests/{}/scorecards/R1-P1", hall.code);
    let (status, body) = browser.request(Method::GET, &path, None).await.unwrap();
    (status == 200).then(|| serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn the_chair_looks_at_a_closed_pitch_and_its_versions() {
    let hall = chaired(Plan { judges: 5, ..Plan::default() }).await;
    let mut host = hall.host().await;
    let mut browsers = Vec::new();
    for token in &hall.judge_tokens[..3] {
        browsers.push(hall.paired(token).await);
    }
    let mut chair = Client::open(&browsers[1], &hall.judge_path(2)).await;
    let mut first = Client::open(&browsers[0], &hall.judge_path(1)).await;
    let mut third = Client::open(&browsers[2], &hall.judge_path(3)).await;
    let (mut fourth, mut fifth) = (hall.judge(4).await, hall.judge(5).await);
    open_window(&mut host, 1).await;
    let away =
        |judge| C::DeclareAbstention { pitch: pitch(1), attempt: 1, judge, reason: "不熟悉".into() };
    fifth.does(away(JudgeId(5))).await;
    let given = [
        (&mut first, both("48", "32")),
        (&mut chair, both("47", "33.5")),
        (&mut third, both("30", "20")),
        (&mut fourth, both("45", "33")),
    ];
    for (judge, marks) in given {
        judge.does(card(pitch(1), 0, &marks)).await;
    }
    host.does(C::CloseWindow { pitch: pitch(1) }).await;
    let shown = |view: &JudgeView| view.chair.as_ref().and_then(|chair| chair.pitches.get("R1-P1")).cloned();
    let view: JudgeView = chair.until("the closed pitch", |view| shown(view).is_some()).await;
    let stamp = shown(&view).unwrap().stamp;
    assert_eq!(view.chair.unwrap().provisional[..], [], "standings wait for the end");
    let seen = scorecards(&hall, &mut browsers[1]).await.unwrap();
    // Nobody else is told that there are any.
    for other in [0, 2] {
        assert_eq!(scorecards(&hall, &mut browsers[other]).await, None);
    }
    let totals: Vec<_> = seen.cards.values().map(|card| (card.total.as_str(), card.far)).collect();
    // 30 + 20 is thirty points under the median of the others, 80.
    assert_eq!(totals, [("80.00", false), ("80.50", false), ("50.00", true), ("78.00", false)]);
    let spread = seen.spread.unwrap();
    assert_eq!((spread.low, spread.high, spread.median), (50.0, 80.5, 79.0));
    assert_eq!(seen.abstained["J5"], "不熟悉");
    assert_eq!(seen.missing, Vec::<String>::new());
    // The chair gives one back; its new version stands beside the old one.
    let why = "请再看一遍".to_owned();
    chair.does(C::ReopenScorecard { pitch: pitch(1), judge: JudgeId(3), reason: why.clone() }).await;
    assert_eq!(chair.refused(C::ConfirmPitch { pitch: pitch(1) }).await, "correction-open");
    third.until("the scorecard back", |view: &JudgeView| view.reopened.contains_key("R1-P1")).await;
    third.does(card(pitch(1), 1, &both("46", "31"))).await;
    let given_back = scorecards(&hall, &mut browsers[1]).await.unwrap();
    assert!(given_back.reopened.is_empty() && given_back.cards["J3"].version == 2);
    let another = |view: &JudgeView| shown(view).is_some_and(|line| line.stamp != stamp);
    chair.until("another stamp with the second version", another).await;
    let third_card = given_back.cards["J3"].clone();
    assert_eq!((third_card.total.as_str(), third_card.earlier[0].total.as_str()), ("77.00", "50.00"));
    chair.does(C::ConfirmPitch { pitch: pitch(1) }).await;
    let confirmed = |view: &HostView| view.pitches["R1-P1"].confirmed;
    host.until("the confirmation on the console", confirmed).await;
    // A chair whose own scorecard was given back does not look at the others' meanwhile.
    host.does(C::ReopenWindow { pitch: pitch(1), reason: why }).await;
    let view: JudgeView = chair.until("nothing to look at", |view| shown(view).is_none()).await;
    assert!(view.reopened.contains_key("R1-P1"));
    assert_eq!(scorecards(&hall, &mut browsers[1]).await, None);
    for judge in [1, 2, 3, 4] {
        host.does(C::WithdrawReopening { pitch: pitch(1), judge: JudgeId(judge) }).await;
    }
    let view: JudgeView = first.until("a judge's own view", |view: &JudgeView| view.cards.len() == 1).await;
    assert_eq!(view.chair, None, "the chair's alone");
    hall.end().await;
}

#[tokio::test]
async fn a_signature_holds_until_a_scorecard_changes() {
    let hall = Hall::with(Plan { projects: 1, ..Plan::default() }).await;
    let mut host = hall.host().await;
    let mut judge = hall.judge(1).await;
    open_window(&mut host, 1).await;
    judge.does(card(pitch(1), 0, &both("48", "32"))).await;
    host.does(C::CloseWindow { pitch: pitch(1) }).await;
    let view: JudgeView = judge.until("the summary", |view: &JudgeView| view.summary.is_some()).await;
    let line = || Strokes(vec![vec![(10, 500), (300, 420), (900, 480)]]);
    let sign = |digest: String| C::SignScorecards { round: RoundId(1), digest, strokes: line() };
    judge.does(sign(view.summary.unwrap().digest)).await;
    let signed = |view: &JudgeView| view.summary.as_ref().and_then(|summary| summary.signature.clone());
    let view: JudgeView = judge.until("the signature", |view| signed(view).is_some()).await;
    assert_eq!(signed(&view).unwrap().strokes, line());
    assert!(signed(&view).unwrap().holds);
    host.until("signed on the console", |view: &HostView| view.signed.get("J1") == Some(&true)).await;
    host.does(C::ReopenScorecard { pitch: pitch(1), judge: JudgeId(1), reason: "加错".into() }).await;
    judge.until("nothing to sign", |view: &JudgeView| view.summary.is_none()).await;
    judge.does(card(pitch(1), 1, &both("40", "32"))).await;
    let void = |view: &JudgeView| signed(view).is_some_and(|signature| !signature.holds);
    judge.until("the void signature", void).await;
    host.until("void on the console", |view: &HostView| view.signed.get("J1") == Some(&false)).await;
    hall.end().await;
}

#[tokio::test]
async fn the_console_knows_how_a_tablet_is_and_can_answer_it() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    let mut judge = hall.judge(3).await;
    let device = DeviceInfo {
        unsent: 2,
        rtt_ms: 14,
        offset_ms: -320,
        battery: Some(81),
        charging: true,
        awake: Awake::WakeLock,
        page: "judge-Bx1\u{202e} ".into(),
        help: true,
        late: vec![pitch(1)],
        asks: vec![pitch(2)],
    };
    judge.socket.say(&ClientFrame::Device { device: device.clone() }).await.unwrap();
    let told = |view: &HostView| view.presence.judges.get("J3").is_some_and(|seat| seat.device.is_some());
    let view: HostView = host.until("the device", told).await;
    let seat = &view.presence.judges["J3"];
    assert_eq!(seat.device, Some(DeviceInfo { page: "judge-Bx1".into(), ..device }));
    assert_eq!(seat.seen, Some(crate::harness::START.0));
    host.socket.say(&ClientFrame::Nudge { judge: JudgeId(3), what: NudgeName::Coming }).await.unwrap();
    let answered = |view: &JudgeView| view.nudge.is_some_and(|nudge| nudge.what == NudgeName::Coming);
    judge.until("somebody is coming", answered).await;
    // A judge nudges nobody, and a host has no tablet to tell of.
    judge.socket.say(&ClientFrame::Nudge { judge: JudgeId(1), what: NudgeName::Submit }).await.unwrap();
    let refusal = loop {
        if let Heard::Frame(ServerFrame::BadFrame { refusal }) = judge.socket.hear().await.unwrap() {
            break refusal;
        }
    };
    assert_eq!(refusal.code, "not-allowed");
    let mut other = hall.judge(1).await;
    let view: JudgeView = other.until("a view", |_: &JudgeView| true).await;
    assert_eq!(view.nudge, None);
    hall.end().await;
}
