//! `kill -9`, twenty times at random, while three judges submit.

use super::judges::{all, audit, opened};
use super::process::Server;
use crate::chance;
use rand::RngExt;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_random_kills_lose_nothing_acknowledged_and_double_nothing() {
    let mut chance = chance::rng();
    let (left, mut judges) = opened(3).await;
    let lists: Vec<_> = judges.iter().map(|judge| judge.acknowledged.clone()).collect();
    let mut rounds_with_marks = 0;
    for _ in 0..20 {
        let before = all(&lists).len();
        let server = Server::start(left.dir.path());
        let work: Vec<_> =
            judges.drain(..).map(|judge| tokio::spawn(judge.work(server.url.clone(), usize::MAX))).collect();
        tokio::time::sleep(Duration::from_millis(chance.random_range(20..400))).await;
        server.kill();
        for judge in work {
            judges.push(judge.await.unwrap());
        }
        let acknowledged = all(&lists);
        rounds_with_marks += usize::from(acknowledged.len() > before);
        audit(&left.dir.path().join("journal"), left.code.as_str(), &acknowledged);
    }
    assert!(rounds_with_marks >= 10, "only {rounds_with_marks} rounds had an acknowledged mark");
    // Whatever was in doubt is answered by the next server, under the number it got.
    let server = Server::start(left.dir.path());
    for judge in judges {
        judge.work(server.url.clone(), 2).await;
    }
    server.stop();
    let acknowledged = all(&lists);
    let present = audit(&left.dir.path().join("journal"), left.code.as_str(), &acknowledged);
    assert_eq!(present, acknowledged.len(), "nothing is in doubt any more");
}
