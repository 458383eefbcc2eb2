//! What a push to a hall costs: `cargo bench --bench fanout` connects spectators to three servers on loopback, each a process of its
//! own, and has them push the same frames in turns:
//!
//! - `raw`: one thread that writes finished bytes to every socket, which is the least there can be;
//! - `engine`: Podium, as it serves phones;
//! - `task`: Podium with a task for every phone, as it serves lines that are not plain TCP.
//!
//! Each spectator compares every frame with the one that was due, byte for byte. `-- --n 3000,10000 --rounds 20 --bytes 2048 --json`
//! are the defaults but for `--json`. Every process needs as many open files as there are spectators.

#[path = "evening/mod.rs"]
#[expect(dead_code, reason = "the other benches play it")]
mod evening;
#[path = "fanout/raw.rs"]
mod raw;
#[path = "fanout/serve.rs"]
mod serve;
#[path = "fanout/spectators.rs"]
mod spectators;

use serde::Serialize;
use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Says which part a process plays.
const PART: &str = "PODIUM_BENCH_PART";
const WAYS: [&str; 3] = ["raw", "engine", "task"];
/// The pace of phones, and some time to be done: no push waits for the one before.
const PAUSE: Duration = Duration::from_millis(450);
/// Until everything is still.
const SETTLE: Duration = Duration::from_secs(2);

/// The text that is due as number `n`.
pub fn text(n: u32, bytes: usize) -> String {
    let body: String = (0..bytes).map(|at| char::from(b'a' + (at as u32 * 7 + n) as u8 % 26)).collect();
    let mut text = format!(r#"{{"kind":"delta","n":{n},"patch":{{"bench":"{body}"#);
    text.truncate(bytes.saturating_sub(3));
    text + r#""}}"#
}

pub fn say(line: &str) {
    println!("{line}");
    std::io::stdout().flush().expect("told");
}

pub fn micros() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().expect("a time after 1970").as_micros() as u64
}

/// Of this process: KiB that it takes, milliseconds that it has computed.
pub fn usage() -> (u64, u64) {
    let read = |path: &str| std::fs::read_to_string(path).expect("a system that tells");
    let status = read("/proc/self/status");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a size");
    let resident = resident.trim().trim_end_matches(" kB").parse().expect("a number");
    let stat = read("/proc/self/stat");
    let fields = stat.rsplit(')').next().expect("fields").split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("ticks")).sum();
    (resident, ticks * 10)
}

/// A process of this program that answers lines.
struct Other {
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Other {
    fn start(part: &str) -> Self {
        let mut command = std::process::Command::new(std::env::current_exe().expect("this program"));
        let command = command.env(PART, part).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("started");
        let said = BufReader::new(process.stdout.take().expect("its words")).lines();
        Other { process, said }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.process.stdin.as_mut().expect("its ear"), "{line}").expect("told");
    }

    fn hear(&mut self) -> String {
        self.said.next().expect("an answer").expect("a line")
    }

    fn ask(&mut self, line: &str) -> Vec<u64> {
        self.tell(line);
        self.hear().split(' ').map(|number| number.parse().expect("a number")).collect()
    }

    fn end(mut self) {
        drop(self.process.stdin.take());
        self.process.wait().expect("ended");
    }
}

/// One way to push, measured.
struct Way {
    name: &'static str,
    server: Other,
    spectators: Option<Other>,
    pushed: u32,
    fresh: u64,
    idle: u64,
    cpu_ms: u64,
    half: Vec<u64>,
    last: Vec<u64>,
}

/// What is printed of one way.
#[derive(Serialize)]
struct Row {
    spectators: usize,
    bytes: usize,
    stalled_percent: usize,
    way: &'static str,
    /// Of the server, microseconds a message.
    cpu_us: f64,
    cpu_to_raw: f64,
    half_ms: f64,
    last_ms: f64,
    /// Median of the rounds' ratios.
    half_to_raw: f64,
    last_to_raw: f64,
    idle_kib: f64,
    left_kib: f64,
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn ratios(ours: &[u64], raw: &[u64]) -> f64 {
    median(ours.iter().zip(raw).map(|(ours, raw)| *ours as f64 / (*raw).max(1) as f64).collect())
}

impl Way {
    fn start(name: &'static str, bytes: usize) -> Self {
        let mut server = Other::start(&format!("{name} {bytes}"));
        let pushed = server.ask("number")[0] as u32;
        Way {
            name,
            server,
            spectators: None,
            pushed,
            fresh: 0,
            idle: 0,
            cpu_ms: 0,
            half: vec![],
            last: vec![],
        }
    }

    fn connect(&mut self, n: usize, bytes: usize, stalled: usize) {
        std::thread::sleep(SETTLE);
        self.fresh = self.server.ask("usage")[0];
        self.server.tell("where");
        let place = self.server.hear();
        let mut spectators = Other::start(&format!("spectators {n} {bytes} {stalled} {place}"));
        assert_eq!(spectators.hear(), "ready");
        self.spectators = Some(spectators);
        std::thread::sleep(SETTLE);
        (self.idle, (self.cpu_ms, self.half, self.last)) = (self.server.ask("usage")[0], Default::default());
    }

    fn round(&mut self, counted: bool) {
        let spectators = self.spectators.as_mut().expect("connected");
        self.pushed += 1;
        spectators.tell(&self.pushed.to_string());
        assert_eq!(spectators.hear(), "expected");
        let before = self.server.ask("usage")[1];
        let began = self.server.ask("push")[0];
        let times: Vec<u64> = spectators.hear().split(' ').map(|at| at.parse().expect("a time")).collect();
        std::thread::sleep(Duration::from_millis(30));
        if counted {
            self.cpu_ms += self.server.ask("usage")[1] - before;
            self.half.push(times[0].saturating_sub(began));
            self.last.push(times[1].saturating_sub(began));
        }
    }
}

struct Plan {
    n: Vec<usize>,
    rounds: usize,
    bytes: usize,
    json: bool,
}

impl Plan {
    fn read() -> Self {
        let args: Vec<String> = std::env::args().collect();
        let after =
            |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1)).cloned();
        let number = |name: &str, default| after(name).map_or(default, |arg| arg.parse().expect("a number"));
        let n = after("--n").unwrap_or_else(|| "3000,10000".to_owned());
        Plan {
            n: n.split(',').map(|n| n.parse().expect("a number")).collect(),
            rounds: number("--rounds", 20),
            bytes: number("--bytes", 2_048),
            json: args.iter().any(|arg| arg == "--json"),
        }
    }
}

fn measure(ways: &mut [Way], plan: &Plan, n: usize, stalled: usize) -> Vec<Row> {
    ways.iter_mut().for_each(|way| way.connect(n, plan.bytes, stalled));
    for round in 0..=plan.rounds {
        let began = Instant::now();
        // The first warms up; nobody is always first.
        let first = round % ways.len();
        (first..first + ways.len()).for_each(|at| ways[at % WAYS.len()].round(round > 0));
        std::thread::sleep(PAUSE.saturating_sub(began.elapsed()));
    }
    let mut rows = Vec::new();
    for way in ways.iter_mut() {
        way.spectators.take().expect("connected").end();
        std::thread::sleep(2 * SETTLE);
        let left_kib = way.server.ask("usage")[0].saturating_sub(way.fresh) as f64 / n as f64;
        let idle_kib = way.idle.saturating_sub(way.fresh) as f64 / n as f64;
        let messages = (n * plan.rounds) as f64;
        let ms = |values: &[u64]| median(values.iter().map(|at| *at as f64 / 1_000.0).collect());
        rows.push(Row {
            spectators: n,
            bytes: plan.bytes,
            stalled_percent: stalled,
            way: way.name,
            cpu_us: way.cpu_ms as f64 * 1_000.0 / messages,
            cpu_to_raw: 0.0,
            half_ms: ms(&way.half),
            last_ms: ms(&way.last),
            half_to_raw: 0.0,
            last_to_raw: 0.0,
            idle_kib,
            left_kib,
        });
    }
    let raw = rows[0].cpu_us.max(0.001);
    for (row, way) in rows.iter_mut().zip(ways.iter()) {
        row.cpu_to_raw = row.cpu_us / raw;
        row.half_to_raw = ratios(&way.half, &ways[0].half);
        row.last_to_raw = ratios(&way.last, &ways[0].last);
    }
    rows
}

fn print(rows: &[Row]) {
    for row in rows {
        println!(
            "{} | {} | {:.1} | {:.2} | {:.1} | {:.2} | {:.1} | {:.2} | {:.2} | {:.2}",
            row.spectators,
            row.way.to_owned() + if row.stalled_percent > 0 { ", a fifth stalled" } else { "" },
            row.cpu_us,
            row.cpu_to_raw,
            row.half_ms,
            row.half_to_raw,
            row.last_ms,
            row.last_to_raw,
            row.idle_kib,
            row.left_kib,
        );
    }
}

fn main() {
    if let Ok(part) = std::env::var(PART) {
        let words: Vec<&str> = part.split(' ').collect();
        let number = |at: usize| words[at].parse::<usize>().expect("a number");
        return match words[0] {
            "raw" => raw::serve(number(1)),
            "engine" => serve::serve(number(1), true),
            "task" => serve::serve(number(1), false),
            _ => spectators::watch(number(1), number(2), number(3), &words[4..]),
        };
    }
    let plan = Plan::read();
    let mut ways = WAYS.map(|name| Way::start(name, plan.bytes));
    let mut all = Vec::new();
    if !plan.json {
        println!(
            "spectators | way | CPU µs a message | ÷ raw | half have it, ms | ÷ raw | last, ms | ÷ raw | KiB a spectator | after they have left"
        );
    }
    for n in plan.n.iter().copied() {
        for stalled in [0, 20] {
            let rows = measure(&mut ways, &plan, n, stalled);
            if !plan.json {
                print(&rows);
            }
            all.extend(rows);
        }
    }
    if plan.json {
        println!("{}", serde_json::to_string_pretty(&all).expect("numbers"));
    }
    for way in ways {
        way.server.end();
    }
}
