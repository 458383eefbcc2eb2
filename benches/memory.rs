//! What a server holds on to: `cargo bench --bench memory` issues a hundred cards, lets ten thousand phones in at once, each until
//! it has its picture, and tells what the server's process takes before, meanwhile and after all of them have left. The server
//! is a process of its own; it needs 10,000 open files, as do the phones.

#[path = "evening/mod.rs"]
#[expect(dead_code, reason = "the other benches play it")]
mod evening;

use evening::{about, blueprint};
use futures_util::{SinkExt, StreamExt};
use podium::auth::seat::Place;
use podium::clock::Clock;
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{CommandId, JudgeId};
use podium::journal::disk::RealDisk;
use podium::server::{self, Options};
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdout, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Set in the process that serves.
const SERVE: &str = "PODIUM_BENCH_SERVE";
/// With the host's and the organiser's a hundred cards.
const JUDGES: u16 = 98;
const PHONES: usize = 10_000;
/// So many come at the same moment.
const AT_ONCE: usize = 50;
/// Until the server has noticed that everybody is gone, and has given back what it gives back.
const SETTLE: Duration = Duration::from_secs(5);

type Phone = WebSocketStream<MaybeTlsStream<TcpStream>>;

fn kib(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().expect("told");
}

/// In the process that serves: says where, issues the cards, and then answers every line it reads with the memory it takes.
async fn serve() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let options = Options { data, public_url: None, clock: Clock::system(), disk: Arc::new(RealDisk) };
    let serving = server::open(options).await.expect("opens").serve(listener).await.expect("serves");
    let handle = serving.app.registry.create(about()).await.expect("a contest");
    let command = Command::ImportBlueprint { blueprint: blueprint(12, JUDGES, 5) };
    handle.submit(Actor::Organiser, CommandId(1), command).await.expect("taken");
    say(&format!("{}/c/{}/ws/public", serving.url().replace("http", "ws"), handle.code));
    let fresh = kib("VmRSS");
    let mut places = vec![Place::organiser(), Place::host(handle.code.clone())];
    places.extend((1..=JUDGES).map(|judge| Place::judge(handle.code.clone(), JudgeId(judge))));
    serving.app.auth.issue_cards(&places, false, "bench").await.expect("issued");
    say(&format!("{fresh} {} {}", kib("VmRSS"), places.len()));
    for _line in std::io::stdin().lines() {
        say(&kib("VmRSS").to_string());
    }
    serving.shutdown().await.expect("ends");
}

struct Server {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Server {
    fn start() -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut command = std::process::Command::new(program);
        let command = command.env(SERVE, "1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("started");
        let said = BufReader::new(process.stdout.take().expect("its words")).lines();
        Server { process, said }
    }

    fn line(&mut self) -> String {
        self.said.next().expect("an answer").expect("a line")
    }

    fn memory(&mut self) -> u64 {
        self.process.stdin.as_mut().expect("its ear").write_all(b"?\n").expect("asked");
        self.line().parse().expect("a number")
    }
}

/// A phone that has its picture.
async fn phone(url: &str) -> Phone {
    let mut request = url.into_client_request().expect("a request");
    let host = request.uri().authority().expect("a host").to_string();
    let origin = HeaderValue::from_str(&format!("http://{host}")).expect("an origin");
    request.headers_mut().insert("origin", origin);
    let (mut socket, _) = connect_async(request).await.expect("let in");
    let hello = format!(r#"{{"kind":"hello","protocol":{}}}"#, podium::wire::PROTOCOL);
    socket.send(hello.into()).await.expect("said");
    while !socket.next().await.expect("a frame").expect("a frame").to_string().contains("snapshot") {}
    socket
}

async fn phones(server: &mut Server, url: &str) {
    let mut all = Vec::new();
    while all.len() < PHONES {
        all.extend(futures_util::future::join_all((0..AT_ONCE).map(|_| phone(url))).await);
    }
    println!("{PHONES} phones, each with its picture | {}", server.memory() >> 10);
    drop(all);
    tokio::time::sleep(SETTLE).await;
    println!("{SETTLE:?} after all have left | {}", server.memory() >> 10);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    if std::env::var_os(SERVE).is_some() {
        return runtime.block_on(serve());
    }
    let mut server = Server::start();
    let (url, cards) = (server.line(), server.line());
    let cards: Vec<u64> = cards.split(' ').map(|number| number.parse().expect("a number")).collect();
    let [fresh, issued, count] = cards[..] else { panic!("three numbers") };
    println!("| MiB\nfresh | {}\n{count} cards issued | {}", fresh >> 10, issued >> 10);
    runtime.block_on(phones(&mut server, &url));
    drop(server.process.stdin.take());
    server.process.wait().expect("ended");
}
