//! A robot judge: scores every pitch whose window opens, and steps aside for good when a person takes its seat. It keeps
//! its scorecards as a tablet does and sends them until they are answered, over as many lines as it takes.

use crate::robots::client::{Browser, Heard, Socket, fresh_id};
use crate::robots::faults::{self, Mishap, Stats};
use crate::robots::mirror::Mirror;
use crate::robots::outbox::{Given, Outbox, When};
use crate::robots::pace::{Pace, choose};
use crate::wire::client::{Awake, ClientFrame, DeviceInfo};
use crate::wire::command::ClientCommand;
use crate::wire::error::close;
use crate::wire::server::ServerFrame;
use crate::wire::view::judge::JudgeView;
use crate::wire::view::parts::CriterionInfo;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// How robots play; it may change while they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Play {
    pub pace: Pace,
    /// The seed of the network's faults; `None` for lines that hold.
    pub faults: Option<u32>,
}

/// A seat, and the browser that holds its session.
#[derive(Debug)]
pub struct Chair {
    pub browser: Browser,
    pub contest: String,
    /// `J3`
    pub seat: String,
}

/// Takes a seat with a card's token and plays until a person takes it or the session ends.
pub async fn run(url: String, token: String, pace: Pace) {
    let paired = async {
        let mut browser = Browser::new(&url)?;
        let seat = browser.pair(&token).await?;
        anyhow::Ok(Chair { browser, contest: seat.contest, seat: seat.seat })
    };
    match paired.await {
        Ok(chair) => {
            let (_same, play) = watch::channel(Play { pace, faults: None });
            play_at(&chair, play, &Stats::default()).await;
        }
        Err(error) => tracing::info!(%error, "a robot judge finds its seat taken"),
    }
}

/// Plays until a person takes the seat or the session ends; comes back by itself after a lost line.
pub async fn play_at(chair: &Chair, play: watch::Receiver<Play>, stats: &Stats) {
    let (outbox, born) = (Outbox::default(), Instant::now());
    let mut robot =
        Robot { chair, play, stats, outbox, born, rtt: Duration::ZERO, told: None, standing: None };
    let seat = chair.seat.as_str();
    for line in 0_u32.. {
        match robot.sit().await {
            Ok(Some(close::SEAT_TAKEN | close::SIGNED_OUT | close::FORBIDDEN)) => {
                return tracing::info!(seat, "a robot judge steps aside");
            }
            Ok(code) => tracing::debug!(seat, ?code, "a robot judge lost its line"),
            Err(error) => tracing::debug!(seat, %error, "a robot judge lost its line"),
        }
        stats.cut();
        let rest = Duration::from_millis(200 + choose(800, &[seat, &line.to_string()]));
        tokio::time::sleep(rest).await;
    }
}

struct Robot<'a> {
    chair: &'a Chair,
    play: watch::Receiver<Play>,
    stats: &'a Stats,
    outbox: Outbox,
    born: Instant,
    /// Round trip of the last ping.
    rtt: Duration,
    /// What the server was last told of this device, on this line.
    told: Option<DeviceInfo>,
    /// The last line that was left without a word; it stands until the server gives it up.
    standing: Option<Socket>,
}

impl Robot<'_> {
    /// One line, from its hello to its end; the code if the server closed it.
    async fn sit(&mut self) -> anyhow::Result<Option<u16>> {
        let Chair { browser, contest, seat } = self.chair;
        let mut socket = browser.socket(&format!("/c/{contest}/ws/judge/{seat}")).await?;
        let mut mirror = Mirror::default();
        let mut view: Option<JudgeView> = None;
        let mut beat = tokio::time::interval(Duration::from_secs(10));
        self.told = None;
        self.outbox.new_line(Instant::now());
        loop {
            // Without a picture there is nothing to say.
            let next = view.as_ref().and_then(|_| self.outbox.next());
            tokio::select! {
                heard = socket.hear() => match heard? {
                    Heard::Closed(code) => return Ok(code),
                    Heard::Frame(frame) => {
                        self.hear(&frame);
                        if mirror.fold(&frame)? {
                            view = mirror.view();
                        }
                    }
                },
                () = until(next) => {
                    if let Some(view) = &view {
                        self.give(view)?;
                    }
                    while let Some((pitch, given)) = self.outbox.to_say(Instant::now()) {
                        self.tell(&mut socket, false).await?;
                        socket = match self.say(socket, &pitch, given).await? {
                            Some(socket) => socket,
                            None => return Ok(None),
                        };
                    }
                }
                _ = beat.tick() => {
                    socket.say(&ClientFrame::Ping { t: self.age() }).await?;
                    self.tell(&mut socket, true).await?;
                }
            }
            if let Some(view) = &view {
                self.look(view);
                for pitch in self.outbox.came_late() {
                    socket.say(&late(view, &pitch)?).await?;
                }
            }
            self.tell(&mut socket, false).await?;
        }
    }

    fn age(&self) -> u64 {
        u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn hear(&mut self, frame: &ServerFrame) {
        match frame {
            ServerFrame::Receipt { id, .. } if self.outbox.received(id) => self.stats.received(),
            ServerFrame::Refused { id, refusal } => self.outbox.refused(id, refusal, Instant::now()),
            ServerFrame::Pong { t, .. } => self.rtt = Duration::from_millis(self.age().saturating_sub(*t)),
            _ => {}
        }
    }

    fn look(&mut self, view: &JudgeView) {
        let (play, seat, now) = (*self.play.borrow(), self.chair.seat.as_str(), Instant::now());
        self.outbox.look(view, now, |pitch| {
            if play.faults.is_some_and(|seed| faults::is_late(seed, seat, pitch)) {
                return When::OnceClosed;
            }
            // Robots do not all score at once.
            let tenths = 5 + choose(35, &["think", seat, pitch]);
            When::At(now + play.pace.0.mul_f64(tenths as f64 / 10.0))
        });
    }

    /// Scores what is due.
    fn give(&mut self, view: &JudgeView) -> anyhow::Result<()> {
        let now = Instant::now();
        for pitch in self.outbox.ripe(now) {
            let base = self.outbox.base(view, &pitch);
            let command = scorecard(view, &pitch, base)?;
            self.outbox.give(pitch, fresh_id()?, base, command, now);
        }
        Ok(())
    }

    /// Says a scorecard as the network lets it. `None`: the line is lost.
    async fn say(&mut self, mut socket: Socket, pitch: &str, given: Given) -> anyhow::Result<Option<Socket>> {
        let play = *self.play.borrow();
        let seat = self.chair.seat.as_str();
        let mishap = play.faults.map(|seed| faults::mishap(seed, play.pace, seat, pitch, given.tries));
        let mishap = mishap.unwrap_or(Mishap::None);
        match mishap {
            Mishap::None | Mishap::CutAfter | Mishap::Deaf(_) | Mishap::Twice => {}
            Mishap::CutBefore => return Ok(None),
            Mishap::Slow(delay) => tokio::time::sleep(delay).await,
            Mishap::Silent(delay) => {
                tokio::time::sleep(delay).await;
                self.standing = Some(socket);
                return Ok(None);
            }
        }
        let frame =
            ClientFrame::Submit { id: given.id.parse()?, run: Some(given.run), command: given.command };
        socket.say(&frame).await?;
        if self.outbox.said(pitch) {
            self.stats.resent();
        }
        match mishap {
            Mishap::CutAfter => return Ok(None),
            Mishap::Deaf(delay) => {
                tokio::time::sleep(delay).await;
                return Ok(None);
            }
            Mishap::Twice => {
                socket.say(&frame).await?;
                self.stats.resent();
            }
            Mishap::None | Mishap::CutBefore | Mishap::Slow(_) | Mishap::Silent(_) => {}
        }
        Ok(Some(socket))
    }

    /// Tells the console how this device is: with every beat, and when something waits or has come.
    async fn tell(&mut self, socket: &mut Socket, beat: bool) -> anyhow::Result<()> {
        let device = DeviceInfo {
            unsent: u32::try_from(self.outbox.unsent()).unwrap_or(u32::MAX),
            rtt_ms: u32::try_from(self.rtt.as_millis()).unwrap_or(u32::MAX),
            // Robots do not fall asleep.
            awake: Awake::WakeLock,
            page: "robot".to_owned(),
            ..DeviceInfo::default()
        };
        let same = |told: &DeviceInfo| told.unsent == device.unsent;
        if beat || !self.told.as_ref().is_some_and(same) {
            self.told = Some(device.clone());
            socket.say(&ClientFrame::Device { device }).await?;
        }
        Ok(())
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// A scorecard was refused because its window had closed.
fn late(view: &JudgeView, pitch: &str) -> anyhow::Result<ClientFrame> {
    let attempt = view.hall.attempts.get(pitch).copied().unwrap_or(1);
    let command = ClientCommand::ReportLate { pitch: pitch.parse()?, attempt };
    Ok(ClientFrame::Submit { id: fresh_id()?, run: Some(view.run), command })
}

fn scorecard(view: &JudgeView, pitch: &str, base: u32) -> anyhow::Result<ClientCommand> {
    let mut marks = BTreeMap::new();
    for criterion in view.criteria.iter() {
        marks.insert(criterion.id.parse()?, mark(criterion, &view.judge, pitch).parse()?);
    }
    let attempt = view.hall.attempts.get(pitch).copied().unwrap_or(1);
    let pitch = pitch.parse()?;
    Ok(ClientCommand::SubmitScorecard { pitch, attempt, base, marks, comment: String::new() })
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
