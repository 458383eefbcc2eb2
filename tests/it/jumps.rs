//! The machine's clock is set while an evening runs, by NTP or by a hand: nothing that takes time takes more or less of it.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, pitch};
use podium::auth::seat::Place;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId, RoundId};
use podium::domain::kernel::time::Millis;
use podium::domain::scoring::rule::Rule;
use podium::domain::terms::programme::{Closes, WindowPolicy};
use podium::domain::terms::vote::VoteState;
use podium::robots::client::Heard;
use podium::wire::command::ClientCommand as C;
use podium::wire::phase::PhaseName;
use podium::wire::server::ServerFrame;
use podium::wire::view::host::HostView;
use podium::wire::view::public::PublicView;
use serde_json::json;
use std::time::Duration;

const HOUR: i64 = 3_600_000;
/// Forwards, back, and by more than any session lives.
const JUMPS: [i64; 3] = [HOUR, -HOUR, 8 * 24 * HOUR];

/// Sets the machine's clock by so much from where it stands.
fn jump(hall: &Hall, by: i64) {
    let wall = hall.serving().app.clock.wall().0;
    hall.hand.set(Millis(wall.checked_add_signed(by).unwrap()));
}

async fn set_up(hall: &Hall, command: Command) {
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    handle.submit(Actor::Organiser, CommandId(77), command).await.unwrap();
}

/// A pitch in scoring, whose window closes after so many seconds.
async fn counting(secs: u32) -> (Hall, Client, Client) {
    let hall = Hall::open().await;
    let policy = WindowPolicy { closes: Closes::After(secs), ..WindowPolicy::default() };
    set_up(&hall, Command::SetWindowPolicy { round: RoundId(1), policy }).await;
    let (mut host, judge) = (hall.host().await, hall.judge(1).await);
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    (hall, host, judge)
}

/// Hands in another version: the window is open to this very moment.
async fn hands_in(judge: &mut Client, base: u32) {
    let mark = (base + 1).to_string();
    judge.does(card(pitch(1), base, &[("innovation", &mark), ("market", "20")])).await;
}

/// The server's time as a page that comes now is told it.
async fn told(hall: &Hall) -> u64 {
    let mut phone = hall.phone().await;
    match phone.socket.hear().await.unwrap() {
        Heard::Frame(ServerFrame::Hello { now, .. }) => now,
        other => panic!("a hello comes first: {other:?}"),
    }
}

#[tokio::test]
async fn a_countdown_takes_its_seconds_whatever_the_machines_clock_says() {
    for by in JUMPS {
        let (hall, mut host, mut judge) = counting(15).await;
        let mut phone = hall.phone().await;
        hall.hand.advance(Duration::from_millis(2_000));
        jump(&hall, by);
        hands_in(&mut judge, 0).await;
        let shown = |view: &PublicView| view.stage.as_ref().is_some_and(|stage| stage.closes_at.is_some());
        let view: PublicView = phone.until("the countdown", shown).await;
        let left = view.stage.unwrap().closes_at.unwrap() - told(&hall).await;
        assert_eq!(left, 13_000, "what a page shows after {by}");
        hall.hand.advance(Duration::from_millis(12_999));
        hands_in(&mut judge, 1).await;
        hall.hand.advance(Duration::from_millis(1));
        host.until("closed", |view: &HostView| view.hall.phases["R1-P1"] == PhaseName::Closed).await;
        drop((host, judge, phone));
        hall.end().await;
    }
}

#[tokio::test]
async fn a_pitch_is_over_time_by_what_it_took_and_a_paused_timer_stands() {
    for by in JUMPS {
        let hall = Hall::open().await;
        let rule: Rule = serde_json::from_value(
            json!({"overtime": {"grace_secs": 0, "unit_secs": 60, "per_unit": "1", "cap": "5"}}),
        )
        .unwrap();
        set_up(&hall, Command::SetRule { round: RoundId(1), rule }).await;
        let mut host = hall.host().await;
        host.does(C::StartPitch { pitch: pitch(1) }).await;
        hall.hand.advance(Duration::from_secs(400));
        jump(&hall, by);
        hall.hand.advance(Duration::from_secs(50));
        host.does(C::PauseTimer).await;
        jump(&hall, by);
        hall.hand.advance(Duration::from_secs(600));
        host.does(C::RunTimer).await;
        jump(&hall, -2 * by);
        hall.hand.advance(Duration::from_secs(108));
        host.does(C::StartQa { pitch: pitch(1) }).await;
        let ran = hall.contest().pitch(pitch(1)).unwrap().ran.unwrap();
        assert_eq!((ran.spent_ms, ran.over_ms()), (558_000, 78_000), "after {by}");
        let proposed: HostView =
            host.until("overtime", |view: &HostView| view.pitches["R1-P1"].overtime.is_some()).await;
        assert_eq!(proposed.pitches["R1-P1"].overtime.as_ref().unwrap().points.as_deref(), Some("2"));
        drop(host);
        hall.end().await;
    }
}

#[tokio::test]
async fn a_vote_is_open_for_its_seconds() {
    for by in JUMPS {
        let hall = Hall::open().await;
        let mut host = hall.paired(&hall.host_token).await;
        let question =
            json!({"title": "人气", "choices": ["R1-P1"], "most": 1, "admission": "devices", "secs": 60});
        let path = format!("/api/contests/{}/vote", hall.code);
        let asked = host.request(hyper::Method::PUT, &path, Some(question.to_string().into())).await.unwrap();
        assert_eq!(asked.0, 204);
        let mut console = hall.host().await;
        console.does(C::OpenVote).await;
        jump(&hall, by);
        hall.hand.advance(Duration::from_millis(59_999));
        for n in 1..=2 {
            let ballot = json!({"device": format!("{n:032x}"), "choices": ["R1-P1"]});
            let path = format!("/api/contests/{}/ballots", hall.code);
            let cast =
                hall.browser().request(hyper::Method::POST, &path, Some(ballot.to_string().into())).await;
            assert_eq!(cast.unwrap().0, 204, "open after {by}");
        }
        hall.hand.advance(Duration::from_millis(1));
        let closed =
            |view: &HostView| view.hall.vote.as_ref().is_some_and(|vote| vote.state.to_string() == "closed");
        console.until("closed", closed).await;
        assert_eq!(hall.contest().show.vote.as_ref().unwrap().state, VoteState::Closed);
        drop(console);
        hall.end().await;
    }
}

#[tokio::test]
async fn a_server_that_comes_back_goes_on_by_the_same_clock() {
    for by in JUMPS {
        let (mut hall, host, judge) = counting(600).await;
        hall.hand.advance(Duration::from_secs(100));
        let before = told(&hall).await;
        let seat = Place::judge(hall.code.clone(), JudgeId(1));
        drop((host, judge));
        jump(&hall, by);
        hall.restart().await;
        assert_eq!(told(&hall).await, before, "after {by}");
        let signed_in = hall.serving().app.auth.sessions().sweep().await.unwrap() == 0;
        assert!(signed_in && hall.serving().app.auth.sessions().at(&seat).len() == 1, "after {by}");
        // Set once more while it runs, and started once more.
        jump(&hall, -2 * by);
        hall.hand.advance(Duration::from_secs(200));
        hall.restart().await;
        assert_eq!(told(&hall).await, before + 200_000, "after {by}");
        let (mut host, mut judge) = (hall.host().await, hall.judge(1).await);
        hall.hand.advance(Duration::from_millis(299_999));
        hands_in(&mut judge, 0).await;
        hall.hand.advance(Duration::from_millis(1));
        host.until("closed", |view: &HostView| view.hall.phases["R1-P1"] == PhaseName::Closed).await;
        drop((host, judge));
        hall.end().await;
    }
}

/// Starts the machine again, too: its clock then says `by` from where it stood.
async fn start_machine(hall: &mut Hall, by: i64) {
    let (hand, wall) = (hall.hand.clone(), hall.serving().app.clock.wall().0);
    hall.restart_after(|_| {
        hand.start_machine();
        hand.set(Millis(wall.checked_add_signed(by).unwrap()));
    })
    .await;
}

#[tokio::test]
async fn a_machine_that_comes_up_with_an_old_date_goes_on_from_the_newest_record() {
    let (mut hall, host, judge) = counting(600).await;
    hall.hand.advance(Duration::from_secs(100));
    drop((host, judge));
    start_machine(&mut hall, -8 * 24 * HOUR).await;
    let opened = hall.contest().pitch(pitch(1)).unwrap().since.0;
    assert_eq!(told(&hall).await, opened, "what has passed since is not known");
    let (mut host, mut judge) = (hall.host().await, hall.judge(1).await);
    hall.hand.advance(Duration::from_millis(599_999));
    hands_in(&mut judge, 0).await;
    hall.hand.advance(Duration::from_millis(1));
    host.until("closed", |view: &HostView| view.hall.phases["R1-P1"] == PhaseName::Closed).await;
    drop((host, judge));
    // Up with the right date, time has passed.
    start_machine(&mut hall, 9 * 24 * HOUR).await;
    assert_eq!(told(&hall).await, hall.serving().app.clock.wall().0);
    hall.end().await;
}

#[tokio::test]
async fn the_machines_clock_is_taken_over_before_and_after_an_evening_and_not_in_it() {
    let mut hall = Hall::open().await;
    let wall = |hall: &Hall| hall.serving().app.clock.wall().0;
    jump(&hall, HOUR);
    assert_eq!(told(&hall).await, wall(&hall) - HOUR as u64, "not while a server runs");
    hall.restart().await;
    assert_eq!(told(&hall).await, wall(&hall), "nothing has begun");
    let mut host = hall.host().await;
    host.does(C::BeginRehearsal { despite: true }).await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    drop(host);
    jump(&hall, HOUR);
    hall.restart().await;
    assert_eq!(told(&hall).await, wall(&hall) - HOUR as u64, "a rehearsal is on");
    let mut host = hall.host().await;
    host.does(C::EndRehearsal).await;
    drop(host);
    hall.restart().await;
    assert_eq!(told(&hall).await, wall(&hall), "as if it had not been");
    let mut host = hall.host().await;
    for n in 1..=3 {
        host.does(C::MarkAbsent { pitch: pitch(n) }).await;
    }
    host.does(C::BeginTimer { label: "茶歇".into(), secs: 600 }).await;
    jump(&hall, HOUR);
    drop(host);
    hall.restart().await;
    assert_eq!(told(&hall).await, wall(&hall) - HOUR as u64, "a timer runs");
    let mut host = hall.host().await;
    host.does(C::FinishContest { despite: false }).await;
    drop(host);
    hall.restart().await;
    assert_eq!(told(&hall).await, wall(&hall), "it is over");
    hall.end().await;
}

#[tokio::test]
async fn a_kept_clock_that_is_garbage_or_gone_stops_no_start() {
    let (mut hall, host, judge) = counting(600).await;
    drop((host, judge));
    for text in ["", "garbage", "[]", r#"{"boot":"start 1","ahead_ms":9000000000000000000}"#] {
        jump(&hall, HOUR);
        let wall = hall.serving().app.clock.wall().0;
        hall.restart_after(|data| std::fs::write(data.join("clock.json"), text).unwrap()).await;
        assert_eq!(told(&hall).await, wall, "the machine's clock holds after {text:?}");
        hall.restart().await;
        assert_eq!(told(&hall).await, wall, "and is kept");
    }
    hall.restart_after(|data| std::fs::remove_file(data.join("clock.json")).unwrap()).await;
    hall.end().await;
}
