//! Who is connected now. Not facts: it lives with the sockets and is empty after a restart.

use crate::domain::kernel::ids::JudgeId;
use crate::domain::kernel::time::Millis;
use crate::live::displays::Displays;
use crate::live::wheel::{Hand, Wheel};
use crate::wire::client::DeviceInfo;
use crate::wire::view::presence::{Nudge, Presence, SeatPresence};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Counts of who is there change with every phone; the console hears of them this often at most.
const COUNTS_TOLD_EVERY: Duration = Duration::from_millis(500);

/// A socket's role, as far as the console counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guest {
    Phone,
    Screen,
    Host {
        robot: bool,
    },
    Judge {
        judge: JudgeId,
        robot: bool,
    },
    Mc,
    /// Looks on, and is not counted.
    Auditor,
}

pub struct Guests {
    displays: Arc<Displays>,
    judges: BTreeMap<JudgeId, Seats>,
    phones: u32,
    screens: u32,
    hosts: u32,
    person_hosts: bool,
    address_moved: bool,
    mcs: u32,
    mc_ready: bool,
    wheel: Wheel,
    news: News,
    /// When the console was told of it last.
    told: Option<Instant>,
}

/// What the console has not been told yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum News {
    None,
    /// Somebody came, went, or told how their device is: counted, and told at most twice a second.
    Counted,
    /// Somebody did something that others must see at once.
    Act,
}

#[derive(Debug, Default)]
struct Seats {
    people: u32,
    robots: u32,
    /// What the device last said of itself, and when; stays after it has gone.
    device: Option<(DeviceInfo, Millis)>,
    nudge: Option<Nudge>,
}

impl Guests {
    /// Nobody yet; the displays count themselves.
    pub fn new(displays: Arc<Displays>) -> Self {
        Guests {
            displays,
            judges: BTreeMap::new(),
            phones: 0,
            screens: 0,
            hosts: 0,
            person_hosts: false,
            mcs: 0,
            mc_ready: false,
            wheel: Wheel::default(),
            address_moved: false,
            news: News::None,
            told: None,
        }
    }

    pub fn join(&mut self, guest: Guest) {
        self.news(News::Counted);
        self.count(guest, |n| *n = n.saturating_add(1));
    }

    pub fn leave(&mut self, guest: Guest) {
        self.news(News::Counted);
        self.count(guest, |n| *n = n.saturating_sub(1));
        if let Guest::Judge { judge, robot: true } = guest
            && let Some(seats) = self.judges.get_mut(&judge).filter(|seats| seats.people + seats.robots == 0)
        {
            // A robot is no device to look for.
            seats.device = None;
        }
    }

    /// A person has acted as host: the robot host steps aside.
    pub fn person_acted_as_host(&mut self) {
        self.person_hosts = true;
        self.news(News::Act);
    }

    /// The address that everybody was given is no longer this machine's, or is again.
    pub fn address_moved(&mut self, moved: bool) {
        self.address_moved = moved;
        self.news(News::Act);
    }

    /// A judge's device has told how it is.
    pub fn device(&mut self, judge: JudgeId, device: DeviceInfo, at: Millis) {
        self.judges.entry(judge).or_default().device = Some((device, at));
        self.news(News::Counted);
    }

    /// The host's word to a judge stays until the next one.
    pub fn nudge(&mut self, judge: JudgeId, nudge: Nudge) {
        self.judges.entry(judge).or_default().nudge = Some(nudge);
        self.news(News::Act);
    }

    /// The MC waits for the next cue, or has heard it.
    pub fn mc_ready(&mut self, ready: bool) {
        self.mc_ready = ready;
        self.news(News::Act);
    }

    /// The list of displays, which keeps itself and is short, has changed: who names one goes on from what is shown.
    pub fn displays_changed(&mut self) {
        self.news(News::Act);
    }

    pub fn open_console(&mut self, hand: Hand, device: String, robot: bool) {
        self.wheel.open(hand, device, robot);
        self.news(News::Act);
    }

    pub fn close_console(&mut self, hand: Hand) {
        self.wheel.close(hand);
        self.news(News::Act);
    }

    pub fn take_wheel(&mut self, hand: Hand) {
        self.wheel.take(hand);
        self.news(News::Act);
    }

    /// Whether this console may give a command now: it has the wheel, or takes it.
    pub fn steers(&mut self, hand: Hand, at: Millis) -> bool {
        self.news(News::Act);
        self.wheel.steers(hand, at)
    }

    fn news(&mut self, news: News) {
        self.news = self.news.max(news);
    }

    /// When counts that wait may be told.
    pub fn told_again(&self) -> Option<Instant> {
        let again = || self.told.map_or_else(Instant::now, |told| told + COUNTS_TOLD_EVERY);
        (self.news != News::None).then(again)
    }

    /// What the console is told now, if it is time.
    pub fn to_tell(&mut self) -> Option<Presence> {
        let due = self.told_again().is_some_and(|again| again <= Instant::now());
        (due || self.news == News::Act).then(|| self.tell())
    }

    /// Everything about who is there, to tell the console now.
    pub fn tell(&mut self) -> Presence {
        (self.news, self.told) = (News::None, Some(Instant::now()));
        self.view()
    }

    fn count(&mut self, guest: Guest, change: impl FnOnce(&mut u32)) {
        match guest {
            Guest::Phone => change(&mut self.phones),
            Guest::Screen => change(&mut self.screens),
            Guest::Host { .. } => change(&mut self.hosts),
            Guest::Mc => change(&mut self.mcs),
            Guest::Auditor => {}
            Guest::Judge { judge, robot } => {
                let seats = self.judges.entry(judge).or_default();
                change(if robot { &mut seats.robots } else { &mut seats.people });
            }
        }
    }

    fn view(&self) -> Presence {
        let seat = |seats: &Seats| SeatPresence {
            sockets: seats.people + seats.robots,
            robot: seats.people == 0 && seats.robots > 0,
            device: seats.device.as_ref().map(|(device, _)| device.clone()),
            seen: seats.device.as_ref().map(|(_, at)| at.0),
            nudge: seats.nudge,
        };
        Presence {
            judges: self.judges.iter().map(|(judge, seats)| (judge.to_string(), seat(seats))).collect(),
            screens: self.screens,
            phones: self.phones,
            hosts: self.hosts,
            person_hosts: self.person_hosts,
            displays: self.displays.view(),
            address_moved: self.address_moved,
            consoles: self.wheel.view(),
            mcs: self.mcs,
            mc_ready: self.mc_ready,
        }
    }
}
