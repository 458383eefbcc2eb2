//! A robot host: follows the server's cues at a watchable pace, waits for people who judge, and stops for good as soon
//! as a person acts as host.

use crate::robots::client::{Browser, Heard, Socket};
use crate::robots::mirror::Mirror;
use crate::robots::pace::Pace;
use crate::wire::command::{ClientCommand, SceneName};
use crate::wire::error::close;
use crate::wire::server::ServerFrame;
use crate::wire::view::cockpit::{CueInfo, CueName};
use crate::wire::view::host::HostView;
use std::time::Duration;
use tokio::time::Instant;

/// How long the robot waits for a person's scorecard.
const PATIENCE: Duration = Duration::from_secs(90);

/// Runs the evening; ends on the podium, or when a person takes over.
pub async fn run(url: String, token: String, pace: Pace) {
    let paired = async {
        let mut browser = Browser::new(&url)?;
        let seat = browser.pair(&token).await?;
        anyhow::Ok((browser, seat))
    };
    let (browser, seat) = match paired.await {
        Ok(paired) => paired,
        Err(error) => return tracing::error!(%error, "the robot host cannot begin"),
    };
    loop {
        match drive(&browser, &seat.contest, pace).await {
            Ok(End::Done) => return tracing::info!("the robot host has finished"),
            Ok(End::PersonDrives) => return tracing::info!("a person drives; the robot host steps aside"),
            Ok(End::Closed(close::SIGNED_OUT | close::FORBIDDEN | close::SEAT_TAKEN)) => return,
            Ok(End::Closed(_)) | Err(_) => tokio::time::sleep(Duration::from_millis(500)).await,
        }
    }
}

enum End {
    Done,
    PersonDrives,
    Closed(u16),
}

/// One press of the robot's key, and how long after the picture changed.
struct Press {
    after: Duration,
    command: ClientCommand,
}

async fn drive(browser: &Browser, contest: &str, pace: Pace) -> anyhow::Result<End> {
    let mut socket = browser.socket(&format!("/c/{contest}/ws/host")).await?;
    let mut mirror = Mirror::default();
    let mut beat = tokio::time::interval(Duration::from_secs(10));
    // What the robot has in mind, and since when: a change of mind begins a new wait.
    let mut mind: Option<(String, Instant)> = None;
    loop {
        let Some(view) = mirror.view::<HostView>() else {
            match socket.hear().await? {
                Heard::Closed(code) => return Ok(End::Closed(code.unwrap_or(0))),
                Heard::Frame(frame) => mirror.fold(&frame)?,
            };
            continue;
        };
        if view.presence.person_hosts {
            return Ok(End::PersonDrives);
        }
        let press = match next(&view, pace) {
            Ok(press) => press,
            Err(end) => return Ok(end),
        };
        let thought = format!("{:?} {:?}", press.command, press.after);
        let since = match &mind {
            Some((same, since)) if *same == thought => *since,
            _ => Instant::now(),
        };
        mind = Some((thought, since));
        tokio::select! {
            heard = socket.hear() => match heard? {
                Heard::Closed(code) => return Ok(End::Closed(code.unwrap_or(0))),
                Heard::Frame(frame) => {
                    mirror.fold(&frame)?;
                }
            },
            _ = beat.tick() => socket.ping().await?,
            () = tokio::time::sleep_until(since + press.after) => {
                mind = None;
                socket.submit(press.command).await?;
                settle(&mut socket, &mut mirror).await?;
            }
        }
    }
}

/// Hears the answer to a command before thinking of the next one.
async fn settle(socket: &mut Socket, mirror: &mut Mirror) -> anyhow::Result<()> {
    loop {
        match socket.hear().await? {
            Heard::Closed(_) => return Ok(()),
            Heard::Frame(ServerFrame::Refused { refusal, .. }) => {
                tracing::debug!(code = refusal.code, "the robot host was refused");
                return Ok(());
            }
            Heard::Frame(ServerFrame::Receipt { .. }) => return Ok(()),
            Heard::Frame(frame) => {
                mirror.fold(&frame)?;
            }
        }
    }
}

/// A judge with a person's tablet has not handed in.
fn person_missing(view: &HostView) -> bool {
    let Some(pitch) = view.hall.stage.as_ref().and_then(|stage| view.pitches.get(&stage.pitch)) else {
        return false;
    };
    view.presence.judges.iter().any(|(judge, seat)| {
        let expected = view.panel.contains(judge) && !pitch.recused.contains(judge);
        seat.sockets > 0 && !seat.robot && expected && !pitch.cards.contains_key(judge)
    })
}

/// What stays as it is in a robot's evening, whatever it is.
fn leave_open(cue: &CueInfo) -> Option<ClientCommand> {
    let matter = serde_json::to_value(cue.matter.as_ref()?).ok()?;
    let matter = serde_json::from_value(matter).ok()?;
    Some(ClientCommand::LeaveOpen { matter, reason: "robots".to_owned() })
}

/// The next cue, pressed after a while. The evening ends on the podium and stays there.
fn next(view: &HostView, pace: Pace) -> Result<Press, End> {
    let press = |steps: f64, command| Ok(Press { after: pace.0.mul_f64(steps), command });
    let Some(cue) = view.cues.first() else { return Err(End::Done) };
    let command = match (cue.say, &cue.command) {
        (CueName::Finish | CueName::FinishDespite, _) if view.hall.scene == SceneName::Podium => {
            return Err(End::Done);
        }
        (CueName::Finish | CueName::FinishDespite, _) => {
            ClientCommand::ShowScene { scene: SceneName::Podium.into() }
        }
        (_, Some(command)) => command.clone(),
        (CueName::LeaveOpen, None) => leave_open(cue).ok_or(End::PersonDrives)?,
        // A draw takes a person, who keeps its secret.
        (_, None) => return Err(End::PersonDrives),
    };
    match cue.say {
        CueName::RunTimer => press(1.0, command),
        CueName::StartQa => press(4.0, command),
        CueName::OpenWindow => press(3.0, command),
        CueName::CloseWindow => {
            let progress = view.hall.stage.as_ref().and_then(|stage| stage.progress);
            let complete = progress.is_some_and(|progress| progress.k >= progress.n);
            let patience = if person_missing(view) { PATIENCE } else { pace.0.mul_f64(20.0) };
            Ok(Press { after: if complete { pace.0 } else { patience }, command })
        }
        CueName::StepPodium | CueName::DrawCurtain => press(4.0, command),
        CueName::StepReveal | CueName::BeginAnnouncement | CueName::ShowPlates | CueName::RevealPitch => {
            press(2.0, command)
        }
        _ if view.hall.scene == SceneName::Cover => press(3.0, command),
        _ => press(5.0, command),
    }
}
