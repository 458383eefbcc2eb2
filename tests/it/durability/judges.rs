//! Judges who submit version after version and remember what was acknowledged.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, Left, Plan, pitch};
use podium::domain::kernel::ids::CommandId;
use podium::journal::{self, disk::RealDisk};
use podium::robots::client::Browser;
use podium::wire::command::ClientCommand as C;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// What a judge has sent and not seen answered: sent again, under the same id, on the next line.
pub struct Judge {
    pub n: u16,
    token: String,
    code: String,
    /// The version that the next scorecard builds on.
    base: u32,
    in_doubt: Option<(CommandId, C)>,
    pub acknowledged: Acknowledged,
}

/// Acknowledged commands with the number each got.
pub type Acknowledged = Arc<Mutex<BTreeMap<String, u64>>>;

/// A contest whose first window is open, left by its server.
pub async fn opened(judges: u16) -> (Left, Vec<Judge>) {
    let hall = Hall::with(Plan { judges, ..Plan::default() }).await;
    let mut host = hall.host().await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    drop(host);
    let left = hall.leave().await;
    let judge = |(at, token): (usize, &String)| Judge {
        n: at as u16 + 1,
        token: token.clone(),
        code: left.code.to_string(),
        base: 0,
        in_doubt: None,
        acknowledged: Acknowledged::default(),
    };
    let judges = left.judge_tokens.iter().enumerate().map(judge).collect();
    (left, judges)
}

impl Judge {
    /// Submits until the line is lost or `most` scorecards are acknowledged.
    pub async fn work(mut self, url: String, most: usize) -> Self {
        let Ok(mut browser) = Browser::new(&url) else { return self };
        if browser.pair(&self.token).await.is_err() {
            return self;
        }
        let path = format!("/c/{}/ws/judge/J{}", self.code, self.n);
        let Ok(socket) = browser.socket(&path).await else { return self };
        let mut client = Client::on(socket);
        for _ in 0..most {
            let (id, command) = self.in_doubt.take().unwrap_or_else(|| self.next());
            let answer = client.try_give_as(id, command.clone()).await;
            match answer {
                Some(Ok(seq)) => {
                    self.base += 1;
                    self.acknowledged.lock().unwrap().insert(id.to_string(), seq);
                }
                Some(Err(refusal)) if refusal.code == "unavailable" => self.in_doubt = Some((id, command)),
                Some(Err(refusal)) => panic!("judge {} was refused: {refusal:?}", self.n),
                None => {
                    self.in_doubt = Some((id, command));
                    break;
                }
            }
        }
        self
    }

    fn next(&self) -> (CommandId, C) {
        let innovation = format!("{}.5", (self.base * 7 + u32::from(self.n)) % 60);
        (
            CommandId(rand::random()),
            card(pitch(1), self.base, &[("innovation", &innovation), ("market", "20")]),
        )
    }
}

/// Every acknowledged command is in the journal under its number, every command at most once, versions without gaps.
pub fn audit(journals: &Path, code: &str, acknowledged: &BTreeMap<String, u64>) -> usize {
    let found = journal::verify(&RealDisk, journals, code).unwrap_or_else(|error| panic!("{error}"));
    let mut numbers = BTreeMap::new();
    let mut versions: BTreeMap<String, u64> = BTreeMap::new();
    for record in &found.records {
        let fact: Value = serde_json::from_str(record.fact.get()).unwrap();
        if fact["kind"] != "scorecard-submitted" {
            continue;
        }
        let version = versions.entry(record.by.clone()).or_default();
        *version += 1;
        assert_eq!(fact["version"], *version, "{} in record {}", record.by, record.seq);
        let twice = numbers.insert(record.cmd.clone().unwrap(), record.seq);
        assert_eq!(twice, None, "a command counts once");
    }
    for (cmd, seq) in acknowledged {
        assert_eq!(numbers.get(cmd), Some(seq), "acknowledged as record {seq}, and it is not there");
    }
    numbers.len()
}

/// What all of them had acknowledged.
pub fn all(of: &[Acknowledged]) -> BTreeMap<String, u64> {
    of.iter().flat_map(|one| one.lock().unwrap().clone()).collect()
}
