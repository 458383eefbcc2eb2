//! Countdowns that run out: the clock's command counts once, is never given in a loop, and a contest that answers nothing
//! is told by `/healthz`.

use crate::harness::{Hall, Left, START, pitch, start};
use podium::clock::Clock;
use podium::domain::command::Command as C;
use podium::domain::fact::Fact;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, ProjectId, RoundId};
use podium::domain::kernel::time::Millis;
use podium::domain::query::due::due;
use podium::domain::state::contest::Contest;
use podium::domain::terms::programme::Phase;
use podium::domain::terms::vote::{Admission, Question, VoteState};
use podium::journal::disk::{AppendFile, Disk, RealDisk};
use podium::journal::record::Entry;
use podium::live::handle::Handle;
use podium::robots::client::Browser;
use podium::server::Serving;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

const SECS: u32 = 30;
/// Nothing on loopback takes this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// The vote of three projects, with a countdown.
fn asked() -> C {
    let question = Question {
        round: RoundId(1),
        title: "最佳人气".into(),
        choices: (1..=3).map(ProjectId).collect(),
        most: 1,
        admission: Admission::Devices,
        secs: SECS,
    };
    C::SetVote { question }
}

async fn give(handle: &Handle, command: C) {
    let id = CommandId(rand::random());
    let answer = tokio::time::timeout(PATIENCE, handle.submit(Actor::Host, id, command.clone())).await;
    answer.expect("the contest answers").unwrap_or_else(|error| panic!("{command:?}: {error}"));
}

async fn until(handle: &Handle, is: impl Fn(&Contest) -> bool + Send + Sync) {
    tokio::time::timeout(PATIENCE, handle.until(is)).await.expect("it comes to that");
}

fn voting(contest: &Contest) -> VoteState {
    contest.show.vote.as_ref().unwrap().state
}

/// Lets the countdown run out.
fn run_out(hall: &Hall) {
    hall.hand.advance(Duration::from_secs(u64::from(SECS)));
}

/// Writes these facts to the contest's journal, as a version of before wrote them.
fn write(left: &Left, at: Millis, facts: &[(Actor, CommandId, Fact)]) {
    let dir = left.dir.path().join("journal");
    let (mut journal, _) = podium::journal::open(Arc::new(RealDisk), &dir, left.code.as_str()).unwrap();
    for (by, cmd, fact) in facts {
        let fact = serde_json::value::to_raw_value(fact).unwrap();
        let entry = Entry { by: by.to_string(), cmd: Some(cmd.to_string()), fact };
        journal.append(at.0, vec![entry], &mut rand::random).unwrap();
    }
}

async fn health(serving: &Serving) -> (u16, serde_json::Value) {
    let mut browser = Browser::new(&serving.url()).unwrap();
    let (status, body) = browser.request(hyper::Method::GET, "/healthz", None).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contest_that_stood_still_since_a_rehearsal_answers_again_after_a_restart() {
    let hall = Hall::open().await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    give(&handle, asked()).await;
    give(&handle, C::OpenVote).await;
    drop(handle);
    let left = hall.leave().await;
    // The countdown of the open vote ran out within a rehearsal; the clock's command had a number made of the time alone.
    let end = Millis(START.0 + u64::from(SECS) * 1_000);
    let clocks = CommandId(u128::from(end.0) << 64);
    write(&left, START, &[(Actor::Host, CommandId(71), Fact::RehearsalBegun)]);
    write(&left, end, &[(Actor::Clock, clocks, Fact::VoteClosed)]);
    write(&left, end, &[(Actor::Host, CommandId(72), Fact::RehearsalWiped)]);

    let (clock, _hand) = Clock::manual(end);
    let serving = start(left.dir.path(), clock, Arc::new(RealDisk)).await;
    let handle = serving.app.registry.get(&left.code).unwrap();
    until(&handle, |contest| voting(contest) == VoteState::Closed).await;
    give(&handle, C::StartPitch { pitch: pitch(1) }).await;
    assert_eq!(health(&serving).await.0, 200);
    drop(handle);
    serving.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_countdown_closes_once_is_taken_back_and_closes_again_while_the_clock_stands_still() {
    let hall = Hall::open().await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let undo = |handle: &Handle| C::Undo { action: handle.contest().history.actions.last().unwrap().seq };
    give(&handle, asked()).await;
    give(&handle, C::OpenVote).await;
    let other = hall.serving().app.registry.create((*handle.contest().show.about).clone()).await.unwrap();
    run_out(&hall);
    until(&handle, |contest| voting(contest) == VoteState::Closed).await;
    // Opened again, it closes by hand: a countdown that has run out would close at once.
    give(&handle, undo(&handle)).await;
    assert_eq!(voting(&handle.contest()), VoteState::Open);
    give(&handle, C::CloseVote).await;

    give(&handle, C::StartPitch { pitch: pitch(1) }).await;
    give(&handle, C::OpenWindow { pitch: pitch(1) }).await;
    let phase = |contest: &Contest| contest.pitch(pitch(1)).unwrap().phase;
    for _ in 0..3 {
        give(&handle, C::SetCountdown { pitch: pitch(1), secs: Some(SECS) }).await;
        run_out(&hall);
        until(&handle, |contest| phase(contest) == Phase::Closed).await;
        give(&handle, undo(&handle)).await;
        assert_eq!(phase(&handle.contest()), Phase::Scoring);
    }
    // The longer countdown is taken back when the shorter one before it has run out: it does not close at once.
    give(&handle, C::SetCountdown { pitch: pitch(1), secs: Some(SECS) }).await;
    give(&handle, C::SetCountdown { pitch: pitch(1), secs: Some(3 * SECS) }).await;
    run_out(&hall);
    give(&handle, undo(&handle)).await;
    assert_eq!((phase(&handle.contest()), due(&handle.contest())), (Phase::Scoring, Vec::new()));
    // The other contest was never asked to wait.
    give(&other, C::ShowScene { scene: podium::domain::terms::programme::Scene::Black }).await;
    drop((handle, other));
    hall.end().await;
}

/// A disk whose writes of one contest stand still while it is told so.
#[derive(Default)]
struct Stalling(Arc<(AtomicBool, Mutex<()>, Condvar)>);

impl Stalling {
    fn stall(&self, stalled: bool) {
        self.0.0.store(stalled, Ordering::SeqCst);
        drop(self.0.1.lock().unwrap());
        self.0.2.notify_all();
    }
}

struct File(Box<dyn AppendFile>, Arc<(AtomicBool, Mutex<()>, Condvar)>);

impl AppendFile for File {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.append(bytes)
    }
    fn sync_data(&mut self) -> io::Result<()> {
        let (stalled, lock, moved) = &*self.1;
        let _moved = moved.wait_while(lock.lock().unwrap(), |()| stalled.load(Ordering::SeqCst)).unwrap();
        self.0.sync_data()
    }
}

impl Disk for Stalling {
    fn create_dir(&self, dir: &Path) -> io::Result<()> {
        RealDisk.create_dir(dir)
    }
    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        RealDisk.list(dir)
    }
    fn read(&self, path: &Path) -> io::Result<Option<Box<dyn io::Read + Send>>> {
        RealDisk.read(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn AppendFile>> {
        Ok(Box::new(File(RealDisk.create(path)?, self.0.clone())))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        RealDisk.sync_dir(dir)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contest_that_answers_nothing_is_named_by_healthz_and_a_flood_of_questions_is_one() {
    let disk = Arc::new(Stalling::default());
    let hall = Hall::with(crate::harness::Plan { disk: disk.clone(), ..Default::default() }).await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let other = hall.serving().app.registry.create((*handle.contest().show.about).clone()).await.unwrap();
    let (status, said) = health(hall.serving()).await;
    assert_eq!((status, &said["status"], &said["contests"]), (200, &"ok".into(), &2.into()));

    disk.stall(true);
    let stuck = tokio::spawn({
        let handle = handle.clone();
        async move { give(&handle, C::StartPitch { pitch: pitch(1) }).await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    hall.hand.advance(Duration::from_secs(5));
    // Many ask at once; the task that stands still is asked once.
    let asking = (0..200).map(|_| health(hall.serving()));
    for (status, said) in futures_util::future::join_all(asking).await {
        assert_eq!(status, 503);
        assert_eq!(said["silent"], serde_json::json!([hall.code.as_str()]), "{said}");
    }

    disk.stall(false);
    stuck.await.unwrap();
    hall.hand.advance(Duration::from_secs(5));
    assert_eq!(health(hall.serving()).await.0, 200);
    drop((handle, other));
    hall.end().await;
}
