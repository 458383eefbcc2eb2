//! The host's cockpit over real sockets: the wheel, countdowns and timers on a clock that is moved by hand, rehearsals, the MC.

use crate::durability::process::BINARY;
use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, marks, pitch};
use podium::domain::kernel::ids::{CommandId, JudgeId};
use podium::domain::scoring::rule::Rule;
use podium::domain::state::timer::Timed;
use podium::domain::terms::programme::{Closes, Opens, WindowPolicy};
use podium::wire::client::ClientFrame;
use podium::wire::command::ClientCommand as C;
use podium::wire::phase::PhaseName;
use podium::wire::server::ServerFrame;
use podium::wire::view::host::HostView;
use podium::wire::view::judge::JudgeView;
use podium::wire::view::mc::McView;
use podium::wire::view::public::{PublicView, ScreenView};
use std::time::Duration;

const BOTH: [(&str, &str); 2] = [("innovation", "30"), ("market", "20")];

/// Gives a command and waits until the console shows it.
async fn act(host: &mut Client, command: C) {
    let seq = host.does(command).await;
    host.until("the action", |view: &HostView| view.history.iter().any(|it| it.action >= seq)).await;
}

/// The key: what the console would give now.
async fn press(host: &mut Client) {
    let view: HostView = host.until("a cue", |view: &HostView| !view.cues.is_empty()).await;
    act(host, view.cues[0].command.clone().expect("a cue with a command")).await;
}

async fn window(hall: &Hall, policy: WindowPolicy) {
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let command = podium::domain::command::Command::SetWindowPolicy {
        round: podium::domain::kernel::ids::RoundId(1),
        policy,
    };
    handle.submit(podium::domain::kernel::actor::Actor::Host, CommandId(77), command).await.unwrap();
}

#[tokio::test]
async fn one_console_drives_and_another_takes_over() {
    let hall = Hall::open().await;
    let (mut first, mut second) = (hall.host().await, hall.host().await);
    let both: HostView = first.until("both", |view: &HostView| view.presence.consoles.len() == 2).await;
    assert!(both.presence.consoles.iter().all(|console| !console.drives), "nobody has acted");
    first.does(C::StartPitch { pitch: pitch(1) }).await;
    assert_eq!(second.refused(C::StartQa { pitch: pitch(1) }).await, "not-driving");
    assert_eq!(hall.contest().pitch(pitch(1)).unwrap().phase.to_string(), "pitching");
    second.socket.say(&ClientFrame::TakeWheel).await.unwrap();
    second.does(C::StartQa { pitch: pitch(1) }).await;
    assert_eq!(first.refused(C::OpenWindow { pitch: pitch(1) }).await, "not-driving");
    drop(second);
    first.until("the other has left", |view: &HostView| view.presence.consoles.len() == 1).await;
    first.does(C::OpenWindow { pitch: pitch(1) }).await;
    drop(first);
    hall.end().await;
}

#[tokio::test]
async fn a_console_knows_its_own_number() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    let hello = host.socket.hear().await.unwrap();
    let podium::robots::client::Heard::Frame(ServerFrame::Hello { console: Some(number), .. }) = hello else {
        panic!("a console's hello names it: {hello:?}")
    };
    let view: HostView = host.until("itself", |view: &HostView| !view.presence.consoles.is_empty()).await;
    assert_eq!(view.presence.consoles[0].console, number);
    drop(host);
    hall.end().await;
}

#[tokio::test]
async fn a_countdown_closes_the_window_to_the_millisecond_and_outlives_a_restart() {
    let mut hall = Hall::open().await;
    window(&hall, WindowPolicy { closes: Closes::After(60), ..WindowPolicy::default() }).await;
    let mut host = hall.host().await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    let mut judge = hall.judge(1).await;
    judge.does(card(pitch(1), 0, &BOTH)).await;
    hall.hand.advance(Duration::from_millis(59_999));
    judge.does(card(pitch(1), 1, &[("innovation", "31"), ("market", "20")])).await;
    let closes_at = hall.contest().pitch(pitch(1)).unwrap().since.0 + 60_000;
    let counts =
        |view: &HostView| view.hall.stage.as_ref().is_some_and(|stage| stage.closes_at == Some(closes_at));
    host.until("the countdown", counts).await;
    drop((host, judge));
    hall.restart().await;
    let mut host = hall.host().await;
    host.until("still open", |view: &HostView| view.hall.phases["R1-P1"] == PhaseName::Scoring).await;
    hall.hand.advance(Duration::from_millis(1));
    let closed: HostView =
        host.until("closed", |view: &HostView| view.hall.phases["R1-P1"] == PhaseName::Closed).await;
    assert_eq!((closed.history[0].what.as_str(), closed.history[0].by.as_str()), ("window-closed", "clock"));
    let mut judge = hall.judge(1).await;
    assert_eq!(judge.refused(card(pitch(1), 2, &BOTH)).await, "window-closed");
    drop((host, judge));
    hall.end().await;
}

#[tokio::test]
async fn the_timer_is_right_through_pauses_adjustments_and_a_restart() {
    let mut hall = Hall::open().await;
    let mut host = hall.host().await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    let left = |hall: &Hall, view: &ScreenView| {
        let timer = view.hall.timer.as_ref().unwrap();
        let now = hall.serving().app.clock.now().0;
        let running = timer.since.map_or(0, |since| now - since);
        timer.planned_ms as i64 - timer.spent_ms as i64 - running as i64
    };
    let mut screen = hall.screen().await;
    hall.hand.advance(Duration::from_millis(61_234));
    host.does(C::PauseTimer).await;
    hall.hand.advance(Duration::from_secs(300));
    let paused: ScreenView = screen
        .until("paused", |view: &ScreenView| view.hall.timer.as_ref().is_some_and(|it| it.since.is_none()))
        .await;
    assert_eq!(left(&hall, &paused), 480_000 - 61_234);
    host.does(C::RunTimer).await;
    host.does(C::AdjustTimer { secs: 30 }).await;
    hall.hand.advance(Duration::from_millis(500_000));
    drop((host, screen));
    hall.restart().await;
    let mut screen = hall.screen().await;
    let over: ScreenView = screen
        .until("over", |view: &ScreenView| {
            view.hall.timer.as_ref().is_some_and(|it| it.planned_ms == 510_000)
        })
        .await;
    assert_eq!(left(&hall, &over), 510_000 - 61_234 - 500_000, "over time counts on");
    let mut host = hall.host().await;
    host.does(C::StartQa { pitch: pitch(1) }).await;
    let ran = hall.contest().pitch(pitch(1)).unwrap().ran.unwrap();
    assert_eq!((ran.planned_ms, ran.spent_ms), (510_000, 561_234));
    assert_eq!(hall.contest().show.stage.timer.as_ref().unwrap().of, Timed::Qa);
    drop((host, screen));
    hall.end().await;
}

#[tokio::test]
async fn a_rehearsal_is_wiped_and_what_was_meant_for_it_counts_nowhere() {
    let hall = Hall::open().await;
    let (mut host, mut judge, mut phone) = (hall.host().await, hall.judge(1).await, hall.phone().await);
    host.does(C::BeginRehearsal { despite: false }).await;
    phone.until("the banner", |view: &PublicView| view.rehearsal).await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    judge.until("run 1", |view: &JudgeView| view.run == 1 && view.open == ["R1-P1"]).await;
    judge.does(card(pitch(1), 0, &BOTH)).await;
    let draft = |run| ClientFrame::Draft {
        pitch: pitch(1),
        attempt: 1,
        marks: marks(&BOTH),
        comment: String::new(),
        note: String::new(),
        base: 0,
        rev: 0,
        run,
        tablet: "a".into(),
    };
    judge.socket.say(&draft(1)).await.unwrap();
    host.does(C::CloseWindow { pitch: pitch(1) }).await;
    host.does(C::RevealPitch { pitch: pitch(1) }).await;
    phone.until("a rehearsed score", |view: &PublicView| view.standings.len() == 1).await;
    host.does(C::EndRehearsal).await;
    phone.until("nothing", |view: &PublicView| !view.rehearsal && view.standings.is_empty()).await;
    // The contest itself: the same pitch, and a tablet that still has its rehearsal in hand.
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    let submit = |id, run| ClientFrame::Submit { id, run: Some(run), command: card(pitch(1), 0, &BOTH) };
    judge.socket.say(&submit(CommandId(9), 1)).await.unwrap();
    assert_eq!(judge.answer(CommandId(9)).await.unwrap().unwrap_err().code, "other-run");
    let mut again = hall.judge(1).await;
    again.until("its view", |view: &JudgeView| view.run == 0 && view.cards.is_empty()).await;
    assert!(hall.contest().sealed.cards.is_empty());
    again.socket.say(&submit(CommandId(10), 0)).await.unwrap();
    again.until("received", |view: &JudgeView| view.cards.len() == 1).await;
    drop((host, judge, again, phone));
    let left = hall.leave().await;
    let output =
        std::process::Command::new(BINARY).arg("verify").arg("--data").arg(left.dir.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("a rehearsal, wiped") && said.contains("nothing of a rehearsal counts"), "{said}");
}

#[tokio::test]
async fn a_draft_of_a_rehearsal_does_not_come_back_in_the_contest() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    host.does(C::BeginRehearsal { despite: false }).await;
    let browser = hall.paired(&hall.judge_tokens[0]).await;
    let mut socket = browser.socket(&hall.judge_path(1)).await.unwrap();
    let kept = |frame: &ServerFrame| matches!(frame, ServerFrame::DraftKept { .. });
    let draft = ClientFrame::Draft {
        pitch: pitch(1),
        attempt: 1,
        marks: marks(&BOTH),
        comment: String::new(),
        note: String::new(),
        base: 0,
        rev: 0,
        run: 1,
        tablet: "a".into(),
    };
    socket.say(&draft).await.unwrap();
    hear_until(&mut socket, kept).await;
    host.does(C::EndRehearsal).await;
    socket.say(&draft).await.unwrap();
    let refused = |frame: &ServerFrame| matches!(frame, ServerFrame::BadFrame { refusal } if refusal.code == "other-run");
    hear_until(&mut socket, refused).await;
    let mut again = browser.socket(&hall.judge_path(1)).await.unwrap();
    let view = |frame: &ServerFrame| {
        assert!(!matches!(frame, ServerFrame::Draft { .. }), "a rehearsal's draft came back");
        matches!(frame, ServerFrame::Snapshot { .. })
    };
    hear_until(&mut again, view).await;
    drop((host, socket, again));
    hall.end().await;
}

#[tokio::test]
async fn a_draft_of_the_contest_is_there_after_a_rehearsal_that_wrote_about_the_same_pitch() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    let browser = hall.paired(&hall.judge_tokens[0]).await;
    let draft = |run, note: &str| ClientFrame::Draft {
        pitch: pitch(1),
        attempt: 1,
        marks: marks(&BOTH),
        comment: String::new(),
        note: note.into(),
        base: 0,
        rev: 0,
        run,
        tablet: "a".into(),
    };
    let kept = |frame: &ServerFrame| matches!(frame, ServerFrame::DraftKept { rev: 1, .. });
    let mut socket = browser.socket(&hall.judge_path(1)).await.unwrap();
    socket.say(&draft(0, "for the contest")).await.unwrap();
    hear_until(&mut socket, kept).await;
    host.does(C::BeginRehearsal { despite: false }).await;
    socket.say(&draft(1, "rehearsed")).await.unwrap();
    hear_until(&mut socket, kept).await;
    // A tablet that comes in the rehearsal is told both, each with its run.
    let told = |frame: &ServerFrame, of: u32, said: &str| match frame {
        ServerFrame::Draft { run, note, .. } => *run == of && note == said,
        _ => false,
    };
    let mut other = browser.socket(&hall.judge_path(1)).await.unwrap();
    hear_until(&mut other, |frame| told(frame, 0, "for the contest")).await;
    hear_until(&mut other, |frame| told(frame, 1, "rehearsed")).await;
    host.does(C::EndRehearsal).await;
    let mut again = browser.socket(&hall.judge_path(1)).await.unwrap();
    hear_until(&mut again, |frame| told(frame, 0, "for the contest")).await;
    let view = |frame: &ServerFrame| {
        assert!(!matches!(frame, ServerFrame::Draft { .. }), "a rehearsal's draft came back");
        matches!(frame, ServerFrame::Snapshot { .. })
    };
    hear_until(&mut again, view).await;
    drop((host, socket, other, again));
    hall.end().await;
}

async fn hear_until(socket: &mut podium::robots::client::Socket, wanted: impl Fn(&ServerFrame) -> bool) {
    let heard = async {
        loop {
            if let podium::robots::client::Heard::Frame(frame) = socket.hear().await.unwrap()
                && wanted(&frame)
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), heard).await.expect("the frame comes in time");
}

#[tokio::test]
async fn the_mc_has_the_numbers_before_the_hall_and_commands_nothing() {
    let hall = Hall::with(Plan { judges: 5, projects: 1, ..Plan::default() }).await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let rule = Rule { method: podium::domain::scoring::rule::Method::TrimmedMean, ..Rule::default() };
    let command =
        podium::domain::command::Command::SetRule { round: podium::domain::kernel::ids::RoundId(1), rule };
    handle.submit(podium::domain::kernel::actor::Actor::Organiser, CommandId(78), command).await.unwrap();
    let (mut host, mut mc, mut phone) = (hall.host().await, hall.mc().await, hall.phone().await);
    assert_eq!(mc.refused(C::StartPitch { pitch: pitch(1) }).await, "not-allowed");
    mc.socket.say(&ClientFrame::Ready { ready: true }).await.unwrap();
    host.until("the MC is ready", |view: &HostView| view.presence.mc_ready).await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    mc.until("the lamp is out after the cue", |view: &McView| !view.ready && view.hall.stage.is_some()).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    // Totals 50, 52, 54, 56, 58: the extremes go, 54 stays.
    for (n, innovation) in (1..=5).zip(["30", "32", "34", "36", "38"]) {
        hall.judge(n).await.does(card(pitch(1), 0, &[("innovation", innovation), ("market", "20")])).await;
    }
    let before: McView = mc.until("scoring", |view: &McView| view.hall.stage.as_ref().unwrap().open).await;
    assert_eq!(before.announcement, None, "no number while the window is open");
    act(&mut host, C::CloseWindow { pitch: pitch(1) }).await;
    press(&mut host).await;
    let view: McView = mc.until("the sentence", |view: &McView| view.announcement.is_some()).await;
    let said = view.announcement.unwrap();
    let ends = (said.highest, said.lowest, said.score.as_str(), said.revealed);
    assert_eq!(ends, (vec!["58.00".to_owned()], vec!["50.00".to_owned()], "54.00", false));
    let hall_sees: PublicView = phone
        .until("the plates", |view: &PublicView| view.stage.as_ref().is_some_and(|stage| stage.announcing))
        .await;
    assert!(hall_sees.standings.is_empty());
    assert!(!serde_json::to_string(&hall_sees).unwrap().contains("54.00"));
    // Turned, struck, scored: each with its press, and the standings after them.
    for (what, score, ends) in [("turned", false, 0), ("struck", false, 2), ("scored", true, 2)] {
        press(&mut host).await;
        let seen: PublicView = phone
            .until(what, |view: &PublicView| {
                let Some(plates) = &view.plates else { return false };
                plates.plates.iter().filter(|plate| plate.total.is_some()).count() == 5
                    && plates.plates.iter().filter(|plate| plate.dropped.is_some()).count() == ends
                    && (plates.score.as_deref() == Some("54.00")) == score
            })
            .await;
        assert!(seen.standings.is_empty());
    }
    press(&mut host).await;
    mc.until("shown", |view: &McView| view.announcement.as_ref().is_some_and(|said| said.revealed)).await;
    // A judge has no way to the MC's page.
    let judge = hall.paired(&hall.judge_tokens[0]).await;
    let mut closed = Client::open(&judge, &format!("/c/{}/ws/mc", hall.code)).await;
    assert_eq!(closed.until_closed().await.unwrap().code, "signed-out");
    drop((host, mc, phone, closed));
    hall.end().await;
}

#[tokio::test]
async fn the_key_and_undo_run_a_pitch_while_judges_score_early() {
    let hall = Hall::open().await;
    let policy = WindowPolicy { opens: Opens::AtQa, closes: Closes::WhenAllIn, ..WindowPolicy::default() };
    window(&hall, policy).await;
    let (mut host, mut judge) = (hall.host().await, hall.judge(1).await);
    press(&mut host).await;
    press(&mut host).await;
    judge.until("open at Q&A", |view: &JudgeView| view.open == ["R1-P1"]).await;
    judge.does(card(pitch(1), 0, &BOTH)).await;
    let now: HostView = host.until("one in", |view: &HostView| view.pitches["R1-P1"].cards.len() == 1).await;
    assert_eq!(now.history[0].what, "qa-started");
    let action = now.history[0].action;
    host.does(C::Undo { action }).await;
    host.until("taken back", |view: &HostView| {
        view.history.iter().any(|it| it.action == action && it.undone)
    })
    .await;
    judge.until("shut again", |view: &JudgeView| view.open.is_empty() && view.cards.len() == 1).await;
    press(&mut host).await;
    press(&mut host).await;
    for n in [2, 3] {
        hall.judge(n).await.does(card(pitch(1), 0, &BOTH)).await;
    }
    let closed: HostView = host
        .until("closed by itself", |view: &HostView| view.hall.phases["R1-P1"] == PhaseName::Closed)
        .await;
    assert_eq!(closed.history[0].by, format!("judge:{}", JudgeId(3)));
    let preview = closed.preview.expect("the hall after the next cue");
    assert_eq!(preview.parts["stage"]["announcing"], true);
    assert!(closed.hall.standings.is_empty() && !preview.parts.contains_key("standings"));
    drop((host, judge));
    hall.end().await;
}
