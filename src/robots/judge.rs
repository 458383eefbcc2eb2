//! A robot judge: scores every pitch whose window opens, and steps aside for good when a person takes its seat.

use crate::robots::client::{Browser, Heard, Socket};
use crate::robots::mirror::Mirror;
use crate::robots::pace::{Pace, choose};
use crate::wire::command::ClientCommand;
use crate::wire::error::close;
use crate::wire::view::{CriterionInfo, JudgeView, PhaseName};
use std::collections::BTreeMap;
use std::time::Duration;

/// Runs until a person takes the seat or the session ends; comes back by itself after a lost line.
pub async fn run(url: String, token: String, pace: Pace) {
    let mut browser = match Browser::new(&url) {
        Ok(browser) => browser,
        Err(error) => return tracing::error!(%error, "a robot judge has no address"),
    };
    let seat = match browser.pair(&token).await {
        Ok(seat) => seat,
        Err(error) => return tracing::info!(%error, "a robot judge finds its seat taken"),
    };
    loop {
        let sitting = sit(&browser, &seat.contest, &seat.seat, pace).await;
        match sitting {
            Ok(Some(close::SEAT_TAKEN | close::SIGNED_OUT | close::FORBIDDEN)) => {
                return tracing::info!(seat = seat.seat, "a robot judge steps aside");
            }
            Ok(code) => tracing::debug!(seat = seat.seat, ?code, "a robot judge lost its line"),
            Err(error) => tracing::debug!(seat = seat.seat, %error, "a robot judge lost its line"),
        }
        tokio::time::sleep(Duration::from_millis(200 + choose(800, &[&seat.seat]))).await;
    }
}

async fn sit(browser: &Browser, contest: &str, seat: &str, pace: Pace) -> anyhow::Result<Option<u16>> {
    let mut socket = browser.socket(&format!("/c/{contest}/ws/judge/{seat}")).await?;
    let mut mirror = Mirror::default();
    let mut beat = tokio::time::interval(Duration::from_secs(10));
    // When to hand in the scorecard of which pitch.
    let mut due: Option<(tokio::time::Instant, String)> = None;
    loop {
        let at = due.as_ref().map(|(at, _)| *at);
        tokio::select! {
            heard = socket.hear() => match heard? {
                Heard::Closed(code) => return Ok(code),
                Heard::Frame(frame) => {
                    if !mirror.fold(&frame)? {
                        continue;
                    }
                    let Some(view) = mirror.view::<JudgeView>() else { continue };
                    let wanted = to_score(&view);
                    if wanted.as_ref() != due.as_ref().map(|(_, pitch)| pitch) {
                        due = wanted.map(|pitch| (think(pace, seat, &pitch), pitch));
                    }
                }
            },
            () = until(at) => {
                if let (Some((_, pitch)), Some(view)) = (due.take(), mirror.view::<JudgeView>()) {
                    hand_in(&mut socket, &view, &pitch).await?;
                }
            }
            _ = beat.tick() => socket.ping().await?,
        }
    }
}

/// The pitch whose window is open and whose scorecard is not in.
fn to_score(view: &JudgeView) -> Option<String> {
    let stage = view.stage.as_ref().filter(|stage| stage.phase == PhaseName::Scoring)?;
    let aside = view.recused.contains_key(&stage.pitch) || view.abstained.contains_key(&stage.pitch);
    let done = view.cards.contains_key(&stage.pitch) || aside;
    (!done).then(|| stage.pitch.clone())
}

/// Robots do not all score at once.
fn think(pace: Pace, seat: &str, pitch: &str) -> tokio::time::Instant {
    let tenths = 5 + choose(35, &["think", seat, pitch]);
    tokio::time::Instant::now() + pace.0.mul_f64(tenths as f64 / 10.0)
}

async fn until(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

async fn hand_in(socket: &mut Socket, view: &JudgeView, pitch: &str) -> anyhow::Result<()> {
    let mut marks = BTreeMap::new();
    for criterion in &view.criteria {
        marks.insert(criterion.id.parse()?, mark(criterion, &view.judge, pitch).parse()?);
    }
    let pitch = pitch.parse()?;
    socket.submit(ClientCommand::SubmitScorecard { pitch, base: 0, marks, comment: String::new() }).await
}

/// A mark between 70 % and 98 % of the maximum, on the criterion's grid: projects differ more than judges do.
fn mark(criterion: &CriterionInfo, judge: &str, pitch: &str) -> String {
    let hundredths = |text: &str| -> u64 {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let part = format!("{part:0<2}");
        whole.parse::<u64>().unwrap_or(0) * 100 + part[..2].parse::<u64>().unwrap_or(0)
    };
    let max = hundredths(&criterion.max);
    let step = criterion.step.as_deref().map_or(10, hundredths).max(1);
    let share = 74
        + choose(16, &["project", pitch, &criterion.id])
        + choose(9, &["judge", judge, pitch, &criterion.id]);
    let value = max * share / 100 / step * step;
    format!("{}.{:02}", value / 100, value % 100)
}
