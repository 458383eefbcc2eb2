//! The audience's vote over HTTP: who may ask and who may vote, a whole hall at once, and a server that is killed meanwhile.

use crate::chance;
use crate::durability::process::Server;
use crate::harness::{Hall, Plan};
use axum::http::Method;
use podium::journal::{self, disk::RealDisk};
use podium::live::actor::replay;
use podium::robots::client::Browser;
use podium::wire::command::ClientCommand as C;
use rand::RngExt;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const VOTERS: usize = 10_000;
/// Ballots that are under way at once.
const HANDS: usize = 64;

fn device(n: usize) -> String {
    format!("{:032x}", 0xd0_0000_0000_u128 + n as u128)
}

/// Status and refusal of a request.
async fn ask(browser: &mut Browser, method: Method, path: &str, body: &Value) -> (u16, String, Value) {
    let (status, body) =
        browser.request(method, path, Some(serde_json::to_vec(body).unwrap())).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    (status, body["code"].as_str().unwrap_or_default().to_owned(), body)
}

async fn set(hall: &Hall, host: &mut Browser, admission: &str, most: u16) {
    let path = format!("/api/contests/{}/vote", hall.code);
    let pitches: Vec<String> =
        hall.contest().show.round_now().unwrap().order.iter().map(|p| format!("R1-{p}")).collect();
    let question =
        json!({"title": "最佳人气", "choices": pitches, "most": most, "admission": admission, "secs": 0});
    assert_eq!(ask(host, Method::PUT, &path, &question).await.0, 204);
}

/// Fresh codes, as they stand on the printed cards.
async fn codes(hall: &Hall, host: &mut Browser, count: usize) -> Vec<String> {
    let path = format!("/api/contests/{}/vote/codes", hall.code);
    let (status, _, body) = ask(host, Method::POST, &path, &json!({"count": count})).await;
    assert_eq!(status, 200);
    let code = |url: &Value| url.as_str().unwrap().split_once("#vote=").unwrap().1.to_owned();
    body["urls"].as_array().unwrap().iter().map(code).collect()
}

/// Ballots that were acknowledged, and those whose line was lost: nobody knows whether they count.
type Sent = (Vec<(usize, Value)>, Vec<(usize, Value)>);

/// Votes as this many hands at once.
async fn all_vote(url: &str, path: &str, ballots: Vec<(usize, Value)>) -> Sent {
    let work = Arc::new(Mutex::new(ballots));
    let hand = |_| {
        let (work, url, path) = (work.clone(), url.to_owned(), path.to_owned());
        tokio::spawn(async move {
            let (mut browser, mut taken) = (Browser::new(&url).unwrap(), Vec::new());
            loop {
                let Some((voter, ballot)) = work.lock().unwrap().pop() else { return (taken, None) };
                let body = Some(serde_json::to_vec(&ballot).unwrap());
                match browser.request(Method::POST, &path, body).await {
                    Ok((204, _)) => taken.push((voter, ballot)),
                    Ok((status, body)) => panic!("{voter}: {status} {body:?}"),
                    Err(_) => return (taken, Some((voter, ballot))),
                }
            }
        })
    };
    let (mut taken, mut doubtful) = Sent::default();
    for hand in (0..HANDS).map(hand).collect::<Vec<_>>() {
        let (own, lost) = hand.await.unwrap();
        taken.extend(own);
        doubtful.extend(lost);
    }
    (taken, doubtful)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_ballots_from_one_address_none_lost_none_doubled() {
    let hall = Hall::with(Plan { projects: 3, ..Plan::default() }).await;
    let mut host = hall.paired(&hall.host_token).await;
    set(&hall, &mut host, "codes", 2).await;
    let mut cards = Vec::new();
    for _ in 0..VOTERS / 1_000 {
        cards.extend(codes(&hall, &mut host, 1_000).await);
    }
    hall.host().await.does(C::OpenVote).await;
    let path = format!("/api/contests/{}/ballots", hall.code);
    let ballot = |voter: usize, choices: &[usize]| {
        let choices: Vec<String> = choices.iter().map(|n| format!("R1-P{n}")).collect();
        json!({"code": cards[voter], "device": device(voter), "choices": choices})
    };
    let begun = Instant::now();
    let first = (0..VOTERS).map(|voter| (voter, ballot(voter, &[voter % 3 + 1]))).collect();
    assert_eq!(all_vote(&hall.url(), &path, first).await.0.len(), VOTERS);
    let took = begun.elapsed();
    println!("{VOTERS} ballots in {took:?}");
    assert!(took < Duration::from_secs(60), "{took:?}");
    // A line that says nothing for half a minute is dead, and a busy machine takes longer for so many.
    let mut console = hall.host().await;

    // A thousand change their minds, a thousand say it again.
    let changed = (0..1_000).map(|voter| (voter, ballot(voter, &[1, 2]))).collect();
    assert_eq!(all_vote(&hall.url(), &path, changed).await.0.len(), 1_000);
    let again = (2_000..3_000).map(|voter| (voter, ballot(voter, &[voter % 3 + 1]))).collect();
    assert_eq!(all_vote(&hall.url(), &path, again).await.0.len(), 1_000);

    // Replayed from another phone, forged, malformed.
    let mut stranger = hall.browser();
    let mut copied = ballot(7, &[3]);
    copied["device"] = json!(device(99_999));
    let mut forged = ballot(7, &[3]);
    forged["code"] = json!("0123456789abcdef0123456789abcdef");
    let mut bare = ballot(7, &[3]);
    bare.as_object_mut().unwrap().remove("code");
    for (body, code) in [(&copied, "code-used"), (&forged, "code-unknown"), (&bare, "code-unknown")] {
        let (status, refusal, _) = ask(&mut stranger, Method::POST, &path, body).await;
        assert_eq!((status, refusal.as_str()), (409, code));
    }
    assert_eq!(ask(&mut stranger, Method::POST, &path, &ballot(7, &[1, 2, 3])).await.1, "bad-choice");
    let public = format!("/api/contests/{}/public", hall.code);
    let before = hall.get(&public).await.1;
    console.does(C::CloseVote).await;
    assert_eq!(ask(&mut stranger, Method::POST, &path, &ballot(7, &[3])).await.1, "vote-closed");
    assert!(!String::from_utf8_lossy(&before).contains("10000"), "nobody is told how many voted");

    console.does(C::RevealVote).await;
    let public: Value = serde_json::from_slice(&hall.get(&public).await.1).unwrap();
    let own = |project: usize| {
        let first = (1_000..VOTERS).filter(|voter| voter % 3 + 1 == project).count();
        first + if project < 3 { 1_000 } else { 0 }
    };
    let votes = json!({"R1-P1": own(1), "R1-P2": own(2), "R1-P3": own(3)});
    assert_eq!(public["vote"]["result"], json!({"ballots": VOTERS, "votes": votes}));
    // The audit of `end` replays the journal and compares: a ballot that was doubled or lost would show.
    drop(console);
    hall.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_no_acknowledged_ballot_is_lost() {
    let hall = Hall::with(Plan { projects: 3, ..Plan::default() }).await;
    let mut host = hall.paired(&hall.host_token).await;
    set(&hall, &mut host, "codes", 1).await;
    let cards = codes(&hall, &mut host, 1_000).await;
    hall.host().await.does(C::OpenVote).await;
    let left = hall.leave().await;
    let path = format!("/api/contests/{}/ballots", left.code);
    // What may stand for a voter: the newest that was acknowledged, or one whose line was lost since.
    let mut chance = chance::rng();
    let mut known: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    let mut cut = 0;
    for round in 0..6 {
        let server = Server::start(left.dir.path());
        // Everybody votes again, for another project and in another order.
        let ballot = |voter: usize| {
            let choices = [format!("P{}", (voter + round) % 3 + 1)].map(|project| format!("R1-{project}"));
            (voter, json!({"code": cards[voter], "device": device(voter), "choices": choices}))
        };
        let mut ballots: Vec<_> = (0..cards.len()).map(ballot).collect();
        ballots.rotate_left(round * 170);
        let (url, path) = (server.url.clone(), path.clone());
        let work = tokio::spawn(async move { all_vote(&url, &path, ballots).await });
        tokio::time::sleep(Duration::from_millis(chance.random_range(60..300))).await;
        server.kill();
        let (taken, doubtful) = work.await.unwrap();
        cut += usize::from(!taken.is_empty() && taken.len() < cards.len());
        taken.into_iter().for_each(|(voter, ballot)| drop(known.insert(voter, vec![ballot])));
        for (voter, ballot) in doubtful {
            // One that was never acknowledged may be missing.
            known.entry(voter).and_modify(|may| may.push(ballot));
        }
        let found = journal::verify(&RealDisk, &left.dir.path().join("journal"), left.code.as_str()).unwrap();
        let stands: BTreeMap<String, Value> = found.records.iter().filter_map(cast).collect();
        for (voter, ballots) in &known {
            let choices = &stands[&hash(&cards[*voter])];
            let may = |ballot: &Value| ballot["choices"][0] == format!("R1-{}", choices[0].as_str().unwrap());
            assert!(ballots.iter().any(may), "voter {voter}: {choices:?} stands");
        }
        let contest = replay(&found.records).unwrap().contest;
        assert_eq!(contest.sealed.ballots.len(), stands.len(), "one ballot a voter");
    }
    assert!(cut >= 3, "only {cut} of 6 rounds were cut in the middle");
}

/// Voter and choices of a ballot's record.
fn cast(record: &podium::journal::record::Record) -> Option<(String, Value)> {
    let fact: Value = serde_json::from_str(record.fact.get()).unwrap();
    (fact["kind"] == "ballot-cast")
        .then(|| (fact["voter"].as_str().unwrap().to_owned(), fact["choices"].clone()))
}

/// The voter of a code, as anybody can check it: the first half of the SHA-256 of its bytes.
fn hash(code: &str) -> String {
    use sha2::Digest;
    let bytes: Vec<u8> =
        (0..code.len() / 2).map(|at| u8::from_str_radix(&code[2 * at..2 * at + 2], 16).unwrap()).collect();
    sha2::Sha256::digest(bytes)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn who_may_ask_and_who_may_vote() {
    let hall = Hall::with(Plan { projects: 3, ..Plan::default() }).await;
    let (mut host, mut judge, mut nobody) =
        (hall.paired(&hall.host_token).await, hall.paired(&hall.judge_tokens[0]).await, hall.browser());
    let vote = format!("/api/contests/{}/vote", hall.code);
    let (issue, cast) = (format!("{vote}/codes"), format!("/api/contests/{}/ballots", hall.code));
    let question =
        json!({"title": "人气", "choices": ["R1-P1"], "most": 1, "admission": "devices", "secs": 60});
    for browser in [&mut judge, &mut nobody] {
        let asked = ask(browser, Method::PUT, &vote, &question).await.0;
        assert!([401, 403].contains(&asked), "{asked}");
        let issued = ask(browser, Method::POST, &issue, &json!({"count": 1})).await.0;
        assert!([401, 403].contains(&issued), "{issued}");
    }
    let ballot = json!({"device": device(1), "choices": ["R1-P1"]});
    assert_eq!(ask(&mut nobody, Method::POST, &cast, &ballot).await.1, "no-vote");
    assert_eq!(ask(&mut host, Method::POST, &issue, &json!({"count": 1})).await.1, "no-vote");
    assert_eq!(ask(&mut host, Method::PUT, &vote, &question).await.0, 204);
    assert_eq!(ask(&mut host, Method::POST, &issue, &json!({"count": 2_000})).await.1, "too-many");
    assert_eq!(ask(&mut nobody, Method::POST, &cast, &ballot).await.1, "vote-not-open");
    let mut console = hall.host().await;
    console.does(C::OpenVote).await;
    assert_eq!(ask(&mut nobody, Method::POST, &cast, &ballot).await.0, 204);
    assert_eq!(ask(&mut nobody, Method::POST, &cast, &ballot).await.0, 204, "once more is as good as once");
    for wrong in
        [json!({"device": "x", "choices": ["R1-P1"]}), json!({"device": device(1), "choices": ["R1-P2"]})]
    {
        assert_eq!(ask(&mut nobody, Method::POST, &cast, &wrong).await.0, 409, "{wrong}");
    }
    assert_eq!(
        ask(&mut nobody, Method::POST, &cast, &json!({"device": device(1), "choices": ["P"]})).await.0,
        400
    );
    // The countdown closes it; the host takes that back, and then it stays open.
    hall.hand.advance(Duration::from_secs(61));
    console
        .until("it is closed", |view: &podium::wire::view::host::HostView| {
            view.hall.vote.as_ref().is_some_and(|vote| vote.state.to_string() == "closed")
        })
        .await;
    let action = hall.contest().history.actions.last().unwrap().seq;
    console.does(C::Undo { action }).await;
    assert_eq!(
        ask(&mut nobody, Method::POST, &cast, &json!({"device": device(2), "choices": ["R1-P1"]})).await.0,
        204
    );
    assert_eq!(hall.contest().sealed.ballots.len(), 2);
    drop(console);
    hall.end().await;
}

#[tokio::test]
async fn a_ballot_of_a_rehearsal_does_not_come_into_the_vote_that_counts() {
    let hall = Hall::open().await;
    let mut host = hall.paired(&hall.host_token).await;
    set(&hall, &mut host, "devices", 1).await;
    let mut console = hall.host().await;
    let path = format!("/api/contests/{}/ballots", hall.code);
    let opened = || hall.contest().show.vote.as_ref().unwrap().opened.unwrap().0;
    let ballot = |opened: u64| json!({"device": device(1), "choices": ["R1-P1"], "opened": opened});
    let mut phone = hall.browser();
    console.does(C::BeginRehearsal { despite: false }).await;
    console.does(C::OpenVote).await;
    let rehearsed = opened();
    assert_eq!(ask(&mut phone, Method::POST, &path, &ballot(rehearsed)).await.0, 204);
    console.does(C::EndRehearsal).await;
    hall.hand.advance(Duration::from_secs(60));
    console.does(C::OpenVote).await;
    // A phone that never heard the answer says it again.
    let (status, code, _) = ask(&mut phone, Method::POST, &path, &ballot(rehearsed)).await;
    assert_eq!((status, code.as_str()), (409, "other-run"));
    assert!(hall.contest().sealed.ballots.is_empty());
    assert_eq!(ask(&mut phone, Method::POST, &path, &ballot(opened())).await.0, 204);
    assert_eq!(hall.contest().sealed.ballots.len(), 1);
    drop(console);
    hall.end().await;
}
