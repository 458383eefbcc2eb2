//! The robot judges that play in this server's contests: one at each seat at most, each a client over real sockets. It
//! knows seats by name and browsers that hold their sessions; who may sit where is decided above.

use crate::robots::faults::Stats;
use crate::robots::judge::{self, Chair, Play};
use crate::wire::robots::{RobotLine, RobotPlay, Robots};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// All robot judges; clones share them.
#[derive(Clone)]
pub struct Fleet(Arc<Inner>);

struct Inner {
    /// Contest's code → its robots.
    crews: Mutex<BTreeMap<String, Crew>>,
    /// Who changes a crew waits until the change before is whole.
    turn: tokio::sync::Mutex<()>,
    /// Becomes true when the server stops; so do robots.
    stop: watch::Receiver<bool>,
}

struct Crew {
    play: watch::Sender<Play>,
    robots: BTreeMap<String, Robot>,
}

struct Robot {
    /// UTC milliseconds.
    since: u64,
    stats: Arc<Stats>,
    /// Ends when the robot steps aside; none where a person sat there from the start.
    task: Option<JoinHandle<()>>,
}

impl Robot {
    fn plays(&self) -> bool {
        self.task.as_ref().is_some_and(|task| !task.is_finished())
    }
}

impl Drop for Robot {
    fn drop(&mut self) {
        self.task.iter().for_each(JoinHandle::abort);
    }
}

/// What a new choice of seats comes to.
#[derive(Debug)]
pub struct Change {
    /// Seats where no robot plays yet.
    pub empty: Vec<String>,
    /// Seats that were robots' and are no longer.
    pub left: Vec<String>,
    /// The crew is new: this ends with it.
    pub begun: Option<watch::Receiver<Play>>,
}

impl Fleet {
    pub fn new(stop: watch::Receiver<bool>) -> Self {
        Fleet(Arc::new(Inner { crews: Mutex::default(), turn: tokio::sync::Mutex::new(()), stop }))
    }

    /// One change at a time.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    /// How the robots of a contest play, while there are any.
    pub fn play(&self, contest: &str) -> Option<Play> {
        self.crews().get(contest).map(|crew| *crew.play.borrow())
    }

    /// Robots of `seats` play like this from now on; those of other seats end.
    pub fn choose(&self, contest: &str, play: Play, seats: &BTreeSet<String>) -> Change {
        let mut crews = self.crews();
        let mut begun = None;
        let crew = crews.entry(contest.to_owned()).or_insert_with(|| {
            let (sender, receiver) = watch::channel(play);
            begun = Some(receiver);
            Crew { play: sender, robots: BTreeMap::new() }
        });
        crew.play.send_replace(play);
        let left: Vec<_> = crew.robots.keys().filter(|seat| !seats.contains(*seat)).cloned().collect();
        crew.robots.retain(|seat, _| seats.contains(seat));
        let plays = |seat: &&String| crew.robots.get(*seat).is_some_and(Robot::plays);
        let empty = seats.iter().filter(|seat| !plays(seat)).cloned().collect();
        Change { empty, left, begun }
    }

    /// A robot begins to play.
    pub fn enter(&self, chair: Chair, since: u64) {
        let (mut crews, mut stop) = (self.crews(), self.0.stop.clone());
        let Some(crew) = crews.get_mut(&chair.contest) else { return };
        let (seat, play) = (chair.seat.clone(), crew.play.subscribe());
        let stats = Arc::new(Stats::default());
        let own = stats.clone();
        let task = Some(tokio::spawn(async move {
            tokio::select! {
                () = judge::play_at(&chair, play, &own) => {}
                _ = stop.wait_for(|stop| *stop) => {}
            }
        }));
        crew.robots.insert(seat, Robot { since, stats, task });
    }

    /// A person sits there; the robot that was wanted stays aside.
    pub fn stay_aside(&self, contest: &str, seat: &str, since: u64) {
        if let Some(crew) = self.crews().get_mut(contest) {
            let robot = Robot { since, stats: Arc::default(), task: None };
            crew.robots.entry(seat.to_owned()).or_insert(robot);
        }
    }

    /// Ends all robots of a contest; their seats.
    pub fn dismiss(&self, contest: &str) -> Vec<String> {
        let crew = self.crews().remove(contest);
        crew.map(|crew| crew.robots.keys().cloned().collect()).unwrap_or_default()
    }

    pub fn report(&self, contest: &str) -> Robots {
        let crews = self.crews();
        let Some(crew) = crews.get(contest) else { return Robots { play: None, judges: Vec::new() } };
        let Play { pace, faults } = *crew.play.borrow();
        let pace_ms = u32::try_from(pace.0.as_millis()).unwrap_or(u32::MAX);
        let line = |(seat, robot): (&String, &Robot)| {
            let counts = robot.stats.counts();
            RobotLine {
                judge: seat.clone(),
                since: robot.since,
                aside: !robot.plays(),
                cuts: counts.cuts,
                resends: counts.resends,
                received: counts.received,
            }
        };
        Robots {
            play: Some(RobotPlay { pace_ms, seed: faults }),
            judges: crew.robots.iter().map(line).collect(),
        }
    }

    fn crews(&self) -> MutexGuard<'_, BTreeMap<String, Crew>> {
        self.0.crews.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
