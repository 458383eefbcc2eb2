//! The hall learns nothing early: every byte of every public output is searched for unrevealed numbers, and two contests
//! that differ only in unrevealed marks look alike to the byte.

mod ceremonies;

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Plan, pitch};
use futures_util::{SinkExt, StreamExt};
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, RoundId};
use podium::domain::scoring::field::Ranking;
use podium::domain::scoring::rule::Rule;
use podium::wire::client::ClientFrame;
use podium::wire::command::ClientCommand as C;
use podium::wire::server::ServerFrame;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

/// Everything that a public socket has brought, byte for byte.
#[derive(Clone, Default)]
struct Tap(Arc<Mutex<Vec<String>>>);

impl Tap {
    async fn open(hall: &Hall, feed: &str) -> Self {
        let url = format!("ws://{}/c/{}/ws/{feed}", hall.url().trim_start_matches("http://"), hall.code);
        let mut request =
            tokio_tungstenite::tungstenite::client::IntoClientRequest::into_client_request(url).unwrap();
        request.headers_mut().insert("origin", hall.url().parse().unwrap());
        let stream = tokio::net::TcpStream::connect(hall.serving().address).await.unwrap();
        let (mut socket, _) = tokio_tungstenite::client_async(request, stream).await.unwrap();
        let hello = ClientFrame::Hello { protocol: podium::wire::PROTOCOL, since: None, robot: false };
        socket.send(Message::text(serde_json::to_string(&hello).unwrap())).await.unwrap();
        let tap = Tap::default();
        let heard = tap.0.clone();
        tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Text(text) = message {
                    heard.lock().unwrap().push(text.to_string());
                }
            }
        });
        tap
    }

    fn frames(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// Waits until a frame contains `text`.
    async fn until(&self, text: &str) {
        let seen = async {
            while !self.frames().iter().any(|frame| frame.contains(text)) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), seen)
            .await
            .unwrap_or_else(|_| panic!("never seen: {text}"));
    }
}

/// Distinctive marks: no other number of the contest looks like one. Judge j gives project p these two.
fn distinctive(salt: u16, p: u16, j: u16) -> [(&'static str, String); 2] {
    let innovation = 2107 + salt * 431 + p * 217 + j * j * 71;
    let market = 1213 + salt * 277 + p * 101 + j * j * 41;
    let text = |hundredths: u16| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    [("innovation", text(innovation)), ("market", text(market))]
}

/// Texts that must not be seen: marks and totals, with and without trailing zeros.
fn secrets(salt: u16, p: u16, judges: u16) -> Vec<String> {
    let hundredths = |text: &str| text.replace('.', "").parse::<u32>().unwrap();
    let mut found = Vec::new();
    for j in 1..=judges {
        let [(_, innovation), (_, market)] = distinctive(salt, p, j);
        let total = hundredths(&innovation) + hundredths(&market);
        found.push(format!("{}.{:02}", total / 100, total % 100));
        found.extend([innovation, market]);
    }
    found
}

/// The mean as the hall would see it: half up, two decimals; the default rule trims only from five judges on.
fn score(salt: u16, p: u16, judges: u16) -> String {
    let hundredths = |text: &str| text.replace('.', "").parse::<u32>().unwrap();
    let sum: u32 =
        (1..=judges).flat_map(|j| distinctive(salt, p, j)).map(|(_, mark)| hundredths(&mark)).sum();
    let mean = (2 * sum + u32::from(judges)) / (2 * u32::from(judges));
    format!("{}.{:02}", mean / 100, mean % 100)
}

/// Addresses of everything that can be fetched, taken from the route table itself: a new route is swept from its first day.
fn addresses(code: &str) -> Vec<String> {
    let table = include_str!("../../src/http/mod.rs");
    let api = table.find("let api =").expect("the table has the API's routes apart");
    let mut found = Vec::new();
    for (at, _) in table.match_indices(".route(\"") {
        let line = &table[at + ".route(\"".len()..];
        let line = line.split(".route(").next().expect("the route");
        let (path, handlers) = line.split_once('"').expect("a route has a path");
        if !handlers.contains("get(") {
            continue;
        }
        let prefix = if at > api && path != "/healthz" { "/api" } else { "" };
        found.extend(filled_in(&format!("{prefix}{path}"), code));
    }
    assert!(found.len() > 30, "the route table is read: {found:?}");
    found
}

/// The path with everything that may stand in its places.
fn filled_in(path: &str, code: &str) -> Vec<String> {
    let mut paths = vec![path.replace("{code}", code)];
    let files =
        ["workbook.xlsx", "standings.csv", "matrix.json", "scorecards.csv", "votes.json", "tally.json"];
    let places: [(&str, &[&str]); 3] =
        [("{pitch}", &["R1-P1", "R1-P2", "R1-P3"]), ("{*path}", &["none.js"]), ("{file}", &files)];
    for (place, values) in places {
        let fill = |path: &String| match path.contains(place) {
            true => values.iter().map(|value| path.replace(place, value)).collect(),
            false => vec![path.clone()],
        };
        paths = paths.iter().flat_map(fill).collect();
    }
    assert!(!paths[0].contains('{'), "the sweep must know what stands in the places of {path}");
    paths
}

/// What a stranger is answered: status, headers and body of everything that can be fetched.
async fn public_pages(hall: &Hall) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for path in addresses(hall.code.as_str()) {
        let answer = reqwest::get(format!("{}{path}", hall.url())).await.unwrap();
        let status = answer.status().as_u16();
        // The time of the answer is its only number that is not ours.
        let headers = answer.headers().iter().filter(|(name, _)| *name != "date");
        let headers: Vec<String> = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
        let body = answer.bytes().await.unwrap();
        let text = format!("{}\n\n{}", headers.join("\n"), String::from_utf8_lossy(&body));
        pages.push((format!("{path} ({status})"), text));
    }
    pages
}

fn plan() -> Plan {
    let criteria = vec![("innovation", "60", "0.01"), ("market", "40", "0.01")];
    Plan { criteria, tracks: 2, ..Plan::default() }
}

const RANKINGS: [Ranking; 3] = [Ranking::Overall, Ranking::ByTrack, Ranking::Both];

/// What the server logs at info and above, without the time.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Everything of this test runs on this thread.
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let lines = tracing_subscriber::fmt().without_time().with_ansi(false);
        let listening = tracing::subscriber::set_default(lines.with_writer(move || log.clone()).finish());
        tracing::info!("heard");
        assert!(self.text().contains("heard"), "what is logged is heard");
        listening
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

struct Evening {
    hall: Hall,
    log: Log,
    _listening: tracing::subscriber::DefaultGuard,
    host: Client,
    judges: Vec<Client>,
    taps: Vec<Tap>,
    salt: u16,
}

impl Evening {
    /// Of an evening whose places are counted like this; tracks or not, nothing is told early.
    async fn ranked(salt: u16, ranking: Ranking) -> Self {
        let evening = Evening::begin(salt).await;
        let rule = Rule { ranking, ..Rule::default() };
        let handle = evening.hall.serving().app.registry.get(&evening.hall.code).unwrap();
        if ranking != Ranking::Overall {
            let command = Command::SetRule { round: RoundId(1), rule };
            handle.submit(Actor::Organiser, CommandId(9_000), command).await.unwrap();
        }
        evening
    }

    async fn begin(salt: u16) -> Self {
        let log = Log::default();
        let _listening = log.listen();
        let hall = Hall::with(plan()).await;
        let host = hall.host().await;
        let judges = vec![hall.judge(1).await, hall.judge(2).await, hall.judge(3).await];
        let taps = vec![Tap::open(&hall, "public").await, Tap::open(&hall, "screen").await];
        for tap in &taps {
            tap.until("snapshot").await;
        }
        Evening { hall, log, _listening, host, judges, taps, salt }
    }

    /// Everything of one pitch up to the closed window, corrections included.
    async fn score(&mut self, p: u16) {
        self.host.does(C::StartPitch { pitch: pitch(p) }).await;
        self.host.does(C::StartQa { pitch: pitch(p) }).await;
        self.host.does(C::OpenWindow { pitch: pitch(p) }).await;
        for (at, judge) in self.judges.iter_mut().enumerate() {
            let j = at as u16 + 1;
            let first = distinctive(self.salt, p, j + 3);
            let last = distinctive(self.salt, p, j);
            let pairs = |marks: &[(&'static str, String); 2]| marks.clone();
            for (base, marks) in [(0, pairs(&first)), (1, pairs(&last))] {
                let marks: Vec<(&str, &str)> = marks.iter().map(|(id, mark)| (*id, mark.as_str())).collect();
                judge.does(card(pitch(p), base, &marks)).await;
            }
        }
        self.host.does(C::CloseWindow { pitch: pitch(p) }).await;
        for tap in &self.taps {
            tap.until("\"closed\"").await;
        }
    }

    async fn outputs(&self) -> Vec<(String, String)> {
        let mut all = public_pages(&self.hall).await;
        for (name, tap) in ["public socket", "screen socket"].iter().zip(&self.taps) {
            all.push(((*name).to_owned(), tap.frames().join("\n")));
        }
        all
    }

    /// The outputs without the random names of this run, which are all of one length.
    async fn masked(&self) -> Vec<(String, String)> {
        let (code, address) = (self.hall.code.to_string(), self.hall.url());
        let mask = |(place, text): (String, String)| {
            let text = text.replace(&code, "CODE").replace(&address, "ADDRESS");
            let text = match text.find("\"feed\":\"") {
                Some(at) => format!("{}{}", &text[..at + 8], &text[at + 8 + 16..]),
                None => text,
            };
            (place.replace(&code, "CODE"), text)
        };
        self.outputs().await.into_iter().map(mask).collect()
    }

    async fn must_not_see(&self, secrets: &[String]) {
        let log = ("the log".to_owned(), self.log.text());
        for (place, text) in self.outputs().await.into_iter().chain([log]) {
            for secret in secrets {
                assert!(!text.contains(secret.as_str()), "{place} shows {secret} before its reveal:\n{text}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_unrevealed_is_in_any_public_byte() {
    for ranking in RANKINGS {
        swept(Evening::ranked(0, ranking).await).await;
    }
}

async fn swept(mut evening: Evening) {
    for p in 1..=3 {
        evening.score(p).await;
        let mut sealed = secrets(0, p, 6);
        sealed.push(score(0, p, 3));
        evening.must_not_see(&sealed).await;
        evening.host.does(C::RevealPitch { pitch: pitch(p) }).await;
        let revealed = score(0, p, 3);
        for tap in &evening.taps {
            tap.until(&format!("\"{revealed}\"")).await;
        }
        // The sweep can find what is there: the score it just missed is public now. Marks never are.
        let all = evening.outputs().await;
        let found = all.iter().filter(|(_, text)| text.contains(&revealed)).count();
        assert!(found >= 3, "both sockets and the REST view show {revealed}, found in {found}");
        evening.must_not_see(&secrets(0, p, 6)).await;
    }
    evening.hall.end().await;
}

#[tokio::test]
async fn two_contests_that_differ_in_unrevealed_marks_look_alike_to_the_byte() {
    for ranking in RANKINGS {
        let mut seen = Vec::new();
        for salt in [0, 1] {
            let mut evening = Evening::ranked(salt, ranking).await;
            evening.score(1).await;
            seen.push(evening.masked().await);
            evening.hall.end().await;
        }
        alike(seen);
    }
}

/// Two lots of public outputs are the same to the byte.
fn alike(mut seen: Vec<Vec<(String, String)>>) {
    let (second, first) = (seen.pop().unwrap(), seen.pop().unwrap());
    for ((place, one), (_, other)) in first.into_iter().zip(second) {
        // Phones are paced: when frames are joined is chance, what they add up to and their number are not.
        match place.as_str() {
            "public socket" => assert_eq!(folded(&one), folded(&other), "{place} differs"),
            _ => assert_eq!(one, other, "{place} differs"),
        }
    }
}

/// The last picture and its number.
fn folded(frames: &str) -> (u32, serde_json::Value) {
    let mut mirror = podium::robots::mirror::Mirror::default();
    let mut n = 0;
    for frame in frames.lines() {
        let frame: ServerFrame = serde_json::from_str(frame).unwrap();
        mirror.fold(&frame).unwrap();
        if let ServerFrame::Snapshot { n: at, .. } | ServerFrame::Delta { n: at, .. } = frame {
            n = at;
        }
    }
    (n, mirror.view().unwrap())
}
