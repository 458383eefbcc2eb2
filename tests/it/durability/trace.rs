//! System calls, as the kernel saw them: between a record's write and its receipt there is a finished `fdatasync`.

use super::judges::opened;
use super::process::{BINARY, Server};
use crate::harness::skipped;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What one line of the trace means here.
#[derive(Debug, PartialEq)]
enum Step {
    Write { fd: String },
    SyncBegins { fd: String, thread: String },
    SyncEnds { fd: Option<String>, thread: String },
    Receipt,
}

fn step(line: &str) -> Option<Step> {
    let (thread, call) = line.trim_start_matches("[pid ").split_once([']', ' '])?;
    let (thread, call) = (thread.trim().to_owned(), call.trim());
    let fd =
        || call.split_once('(').map(|(_, rest)| rest.split([',', ')', ' ']).next().unwrap_or("").to_owned());
    let sends = ["write(", "writev(", "sendto(", "sendmsg("].iter().any(|name| call.starts_with(name));
    if sends && call.contains("receipt") {
        return Some(Step::Receipt);
    }
    if call.starts_with("write(") && call.contains("{\\\"prev\\\":") {
        return Some(Step::Write { fd: fd()? });
    }
    if call.starts_with("fdatasync(") && call.contains("unfinished") {
        return Some(Step::SyncBegins { fd: fd()?, thread });
    }
    if call.starts_with("fdatasync(") && call.ends_with("= 0") {
        return Some(Step::SyncEnds { fd: Some(fd()?), thread });
    }
    if call.contains("fdatasync resumed") && call.ends_with("= 0") {
        return Some(Step::SyncEnds { fd: None, thread });
    }
    None
}

/// Receipts seen, or the first that went out while a record was not synced.
fn check(trace: &str) -> Result<usize, String> {
    let (mut dirty, mut syncing, mut receipts, mut writes) = (Vec::new(), Vec::new(), 0, 0);
    for line in trace.lines() {
        match step(line) {
            Some(Step::Write { fd }) => {
                dirty.push(fd);
                writes += 1;
            }
            Some(Step::SyncBegins { fd, thread }) => syncing.push((thread, fd)),
            Some(Step::SyncEnds { fd: Some(fd), .. }) => dirty.retain(|one| *one != fd),
            Some(Step::SyncEnds { fd: None, thread }) => {
                if let Some(at) = syncing.iter().position(|(by, _)| *by == thread) {
                    let (_, fd) = syncing.remove(at);
                    dirty.retain(|one| *one != fd);
                }
            }
            Some(Step::Receipt) if !dirty.is_empty() => return Err(line.to_owned()),
            Some(Step::Receipt) => receipts += 1,
            None => {}
        }
    }
    if writes < receipts { Err(format!("{receipts} receipts, {writes} writes")) } else { Ok(receipts) }
}

/// The trace once the tracer has written that the server has gone.
async fn finished(out: &Path, server: u32) -> String {
    for _ in 0..200 {
        let trace = std::fs::read_to_string(out).unwrap();
        let gone = |line: &str| line.starts_with(&format!("{server} ")) && line.contains("+++ exited");
        if trace.lines().any(gone) {
            return trace;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the tracer did not finish");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_receipt_follows_a_finished_sync_of_its_record() {
    let probe = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        skipped("system calls between write and receipt", "strace is missing or may not trace here");
        return;
    }
    let (left, mut judges) = opened(1).await;
    let out = left.dir.path().join("trace");
    let mut strace = Command::new("strace");
    // `-D`: the tracer stands aside, the server is our child and ends by its own pid.
    strace.args(["-D", "-f", "-q", "-s", "4096", "-e", "trace=write,writev,sendto,sendmsg,fdatasync", "-o"]);
    strace.arg(&out).arg(BINARY);
    let server = Server::run(strace, left.dir.path());
    // One judge, one mark after another: a receipt may only follow its own sync.
    let judge = judges.remove(0).work(server.url.clone(), 25).await;
    assert_eq!(judge.acknowledged.lock().unwrap().len(), 25);
    let pid = server.pid();
    server.stop();
    let trace = finished(&out, pid).await;
    assert_eq!(check(&trace), Ok(25));
    // The test of the test: without the syncs in the trace, the first receipt is caught.
    let without: String =
        trace.lines().filter(|line| !line.contains("fdatasync")).map(|line| format!("{line}\n")).collect();
    assert!(check(&without).is_err());
}
