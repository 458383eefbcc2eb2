//! A hall for stories: the real server on a real socket, the cards of everybody, and an audit at the end.

pub mod client;

use client::Client;
use hyper::Method;
use podium::auth::seat::Place;
use podium::clock::{Clock, Hand};
use podium::domain::command::Command;
use podium::domain::command::blueprint::{Blueprint, BlueprintProject};
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, ContestCode, JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::time::Millis;
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::domain::terms::programme::RevealPolicy;
use podium::domain::terms::roster::Judge;
use podium::domain::terms::rubric::Criterion;
use podium::journal::disk::{Disk, RealDisk};
use podium::live::actor::replay;
use podium::robots::client::Browser;
use podium::server::{self, Options, Serving};
use podium::wire::view::picture::{Digests, Picture};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::net::TcpListener;

pub const START: Millis = Millis(1_790_000_000_000);

/// A contest being judged. End it with [`Hall::end`]: that is the audit.
pub struct Hall {
    pub dir: TempDir,
    pub code: ContestCode,
    pub host_token: String,
    pub judge_tokens: Vec<String>,
    /// Moves the time of the hall's machine.
    pub hand: Hand,
    serving: Option<Serving>,
    ended: bool,
}

/// A contest's data folder without a server.
pub struct Left {
    pub dir: TempDir,
    pub code: ContestCode,
    pub judge_tokens: Vec<String>,
}

/// What a hall is set up with.
pub struct Plan {
    pub judges: u16,
    pub projects: u16,
    /// Id, highest mark, step.
    pub criteria: Vec<(&'static str, &'static str, &'static str)>,
    pub disk: Arc<dyn Disk>,
    pub reveal: RevealPolicy,
    /// Those who only look live in engines.
    pub engines: bool,
    /// Tracks in turn; with one, the first project alone has it.
    pub tracks: u16,
}

impl Default for Plan {
    fn default() -> Self {
        let criteria = vec![("innovation", "60", "0.5"), ("market", "40", "0.5")];
        let (disk, reveal) = (Arc::new(RealDisk), RevealPolicy::PerPitch);
        Plan { judges: 3, projects: 3, criteria, disk, reveal, engines: true, tracks: 1 }
    }
}

impl Plan {
    pub fn blueprint(&self) -> Blueprint {
        let project = |n| BlueprintProject {
            id: ProjectId(n),
            name: format!("项目 {n}"),
            short: format!("项目 {n}"),
            track: (self.tracks > 1 || n == 1).then_some(usize::from((n - 1) % self.tracks)),
            unit: String::new(),
            presenter: String::new(),
            say: String::new(),
            code: String::new(),
        };
        let judge = |n| Judge { id: JudgeId(n), name: format!("评委{n}"), unit: String::new() };
        let criterion = |(id, max, step): &(&str, &str, &str)| Criterion {
            id: id.parse().unwrap(),
            name: (*id).to_owned(),
            max: max.parse().unwrap(),
            weight: max.split('.').next().unwrap().parse().unwrap(),
            step: Some(step.parse().unwrap()),
            scale: String::new(),
        };
        Blueprint {
            projects: (1..=self.projects).map(project).collect(),
            judges: (1..=self.judges).map(judge).collect(),
            tracks: (0..self.tracks).map(|at| ["先进制造", "新能源"][usize::from(at)].to_owned()).collect(),
            criteria: self.criteria.iter().map(criterion).collect(),
            ..Blueprint::default()
        }
    }
}

/// What every audience's view of this state is made from.
pub fn picture(contest: &Contest) -> Picture {
    Picture::of(contest, &mut Digests::default()).expect("a contest that was created")
}

pub fn pitch(n: u16) -> PitchId {
    PitchId { round: RoundId(1), project: ProjectId(n) }
}

pub async fn start(data: &Path, clock: Clock, disk: Arc<dyn Disk>) -> Serving {
    start_with(data, clock, disk, true).await
}

/// The same; without engines everybody has a task.
pub async fn start_with(data: &Path, clock: Clock, disk: Arc<dyn Disk>, engines: bool) -> Serving {
    let options = Options { data: data.to_owned(), public_url: None, clock, disk };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = server::open(options).await.unwrap();
    let server = if engines { server } else { server.with_tasks_only() };
    server.serve(listener).await.unwrap()
}

impl Hall {
    pub async fn open() -> Self {
        Hall::with(Plan::default()).await
    }

    pub async fn with(plan: Plan) -> Self {
        let (clock, hand) = Clock::manual(START);
        let dir = TempDir::new().unwrap();
        let serving = start_with(dir.path(), clock, plan.disk.clone(), plan.engines).await;
        let about = About {
            title: "路演".into(),
            zone: "Asia/Shanghai".into(),
            reveal: plan.reveal,
            ..About::default()
        };
        let handle = serving.app.registry.create(about).await.unwrap();
        let command = Command::ImportBlueprint { blueprint: plan.blueprint() };
        handle.submit(Actor::Organiser, CommandId(1), command).await.unwrap();
        let code = handle.code.clone();
        let mut places = vec![Place::host(code.clone())];
        places.extend((1..=plan.judges).map(|n| Place::judge(code.clone(), JudgeId(n))));
        let cards = serving.app.auth.issue_cards(&places, true, "test").await.unwrap();
        let mut tokens = cards.into_iter().map(|card| card.token.reveal().to_string());
        Hall {
            host_token: tokens.next().unwrap(),
            judge_tokens: tokens.collect(),
            serving: Some(serving),
            ended: false,
            dir,
            hand,
            code,
        }
    }

    pub fn serving(&self) -> &Serving {
        self.serving.as_ref().expect("the server runs")
    }

    pub fn url(&self) -> String {
        self.serving().url()
    }

    pub fn contest(&self) -> Arc<Contest> {
        self.serving().app.registry.get(&self.code).unwrap().contest()
    }

    pub fn browser(&self) -> Browser {
        Browser::new(&self.url()).unwrap()
    }

    /// A browser that holds the seat of this card.
    pub async fn paired(&self, token: &str) -> Browser {
        let mut browser = self.browser();
        browser.pair(token).await.unwrap();
        browser
    }

    pub async fn host(&self) -> Client {
        let browser = self.paired(&self.host_token).await;
        Client::open(&browser, &format!("/c/{}/ws/host", self.code)).await
    }

    /// The MC's page, with the host's session.
    pub async fn mc(&self) -> Client {
        let browser = self.paired(&self.host_token).await;
        Client::open(&browser, &format!("/c/{}/ws/mc", self.code)).await
    }

    /// A person's browser at the auditor's seat, by a card that is made anew: no robot gets there.
    pub async fn auditors_browser(&self) -> Browser {
        let places = [Place::auditor(self.code.clone())];
        let cards = self.serving().app.auth.issue_cards(&places, false, "organiser").await.unwrap();
        let mut browser = self.browser();
        let body = format!(r#"{{"token":"{}"}}"#, cards[0].token.reveal());
        let (status, _) = browser.request(Method::POST, "/api/pair", Some(body.into())).await.unwrap();
        assert_eq!(status, 200);
        browser
    }

    pub async fn auditor(&self) -> Client {
        let browser = self.auditors_browser().await;
        Client::open(&browser, &format!("/c/{}/ws/auditor", self.code)).await
    }

    pub async fn judge(&self, n: u16) -> Client {
        let browser = self.paired(&self.judge_tokens[usize::from(n) - 1]).await;
        Client::open(&browser, &self.judge_path(n)).await
    }

    pub fn judge_path(&self, n: u16) -> String {
        format!("/c/{}/ws/judge/J{n}", self.code)
    }

    pub async fn phone(&self) -> Client {
        Client::open(&self.browser(), &format!("/c/{}/ws/public", self.code)).await
    }

    pub async fn screen(&self) -> Client {
        Client::open(&self.browser(), &format!("/c/{}/ws/screen", self.code)).await
    }

    pub async fn get(&self, path: &str) -> (u16, bytes::Bytes) {
        self.browser().request(Method::GET, path, None).await.unwrap()
    }

    /// Stops the server as an operator would and starts it on the same folder and machine.
    pub async fn restart(&mut self) {
        self.restart_after(|_| {}).await;
    }

    /// The same, with something done to the folder meanwhile.
    pub async fn restart_after(&mut self, meanwhile: impl FnOnce(&Path)) {
        self.serving.take().unwrap().shutdown().await.unwrap();
        meanwhile(self.dir.path());
        self.serving = Some(start(self.dir.path(), self.hand.clock(), Arc::new(RealDisk)).await);
    }

    /// Stops the server and leaves its folder to others; their tests audit it.
    pub async fn leave(mut self) -> Left {
        self.serving.take().unwrap().shutdown().await.unwrap();
        self.ended = true;
        let dir = std::mem::replace(&mut self.dir, TempDir::new().unwrap());
        Left { dir, code: self.code.clone(), judge_tokens: self.judge_tokens.clone() }
    }

    /// The audit: the chain holds, a replay gives the state that was served, no number is missing.
    pub async fn end(mut self) {
        let served = self.contest();
        self.serving.take().unwrap().shutdown().await.unwrap();
        let journals = self.dir.path().join("journal");
        let found = podium::journal::verify(&RealDisk, &journals, self.code.as_str()).unwrap();
        assert!(found.cut.is_none(), "the journal ends with a whole batch");
        for (at, record) in found.records.iter().enumerate() {
            assert_eq!(record.seq, at as u64 + 1, "sequence numbers have no gaps");
        }
        let replayed = replay(&found.records).unwrap().contest;
        assert_eq!(replayed, *served, "a replay gives what was served");
        self.ended = true;
    }
}

impl Drop for Hall {
    fn drop(&mut self) {
        assert!(self.ended || std::thread::panicking(), "a story ends with Hall::end, which audits it");
    }
}

/// Says it past the test runner's capture, and `test.sh` counts it: what did not run has not passed. Once in a test.
pub fn skipped(what: &str, why: &str) {
    use std::io::Write;
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    let line = format!("SKIPPED: {test}: {what}: {why}\n");
    std::io::stderr().lock().write_all(line.as_bytes()).expect("stderr takes a line");
}

/// Marks by criterion, `[("innovation", "30")]`.
pub fn marks(
    pairs: &[(&str, &str)],
) -> BTreeMap<podium::domain::terms::rubric::CriterionId, podium::domain::kernel::points::Points> {
    pairs.iter().map(|(id, mark)| (id.parse().unwrap(), mark.parse().unwrap())).collect()
}
