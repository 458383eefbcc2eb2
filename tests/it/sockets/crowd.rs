//! A crowd over an engine: everybody gets every state whole, whatever the others do.

use super::conformance::both;
use super::raw::{FIN, Raw, TEXT, frame, hello};
use crate::harness::Hall;
use bytes::Bytes;
use podium::fanout::channel::{Channel, Newest};
use podium::wire::client::Since;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpSocket;

/// A view that says what it is: its number, so many bytes, and their digest.
struct Numbered {
    n: u32,
    bytes: usize,
}

impl Numbered {
    fn frame(&self, kind: &str) -> Bytes {
        let body: String =
            (0..self.bytes).map(|at| char::from(b'a' + ((at as u32 * 7 + self.n) % 26) as u8)).collect();
        let digest = hex(&body);
        json!({"kind": kind, "n": self.n, "body": body, "digest": digest}).to_string().into()
    }
}

impl Newest for Numbered {
    fn snapshot(&self) -> (u32, Bytes) {
        (self.n, self.frame("snapshot"))
    }
}

fn hex(body: &str) -> String {
    Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Publishes frames of this size, one at a time, until the channel has this number.
async fn publish(channel: &Channel, to: u32, bytes: usize, pause: Duration) {
    while channel.n() < to {
        let view = Numbered { n: channel.n() + 1, bytes };
        let delta = view.frame("delta");
        let view: Arc<dyn Newest> = Arc::new(view);
        channel.publish(&view, Some(delta));
        tokio::time::sleep(pause).await;
    }
}

/// The number of a frame that is whole.
fn number(frame: &str) -> (bool, u64) {
    let frame: Value = serde_json::from_str(frame).unwrap();
    if let Some(body) = frame["body"].as_str() {
        assert_eq!(frame["digest"], hex(body), "a frame is torn");
    }
    (frame["kind"] == "snapshot", frame["n"].as_u64().unwrap())
}

/// Follows until frame `to`, which it returns at: no number is missing but where a snapshot comes.
async fn follow(page: &mut Raw, mut at: u64, to: u64) -> Instant {
    while at < to {
        let told = page.hear().await.expect("the line stays");
        let (whole, n) = number(told.text());
        assert!(n > at && (whole || n == at + 1), "after {at} comes {n}");
        at = n;
    }
    Instant::now()
}

/// A page whose system takes little for it.
async fn small(hall: &Hall, path: &str) -> Raw {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    Raw::through(socket, hall, path, "", &hello()).await
}

#[tokio::test]
async fn who_does_not_read_harms_nobody_and_gets_the_newest() {
    for (way, hall) in both().await {
        let handle = hall.serving().app.registry.get(&hall.code).unwrap();
        for (path, channel) in [("public", &handle.channels.public), ("screen", &handle.channels.screen)] {
            let (path, start) = (format!("/c/{}/ws/{path}", hall.code), channel.n());
            let to = start + 150;
            let mut stalled = Vec::new();
            for _ in 0..10 {
                stalled.push(small(&hall, &path).await);
            }
            let mut readers = Vec::new();
            for _ in 0..10 {
                let mut page = Raw::open(&hall, &path, "", &hello()).await;
                page.is_greeted().await;
                readers.push(tokio::spawn(async move { follow(&mut page, start.into(), to.into()).await }));
            }
            publish(channel, to, 20_000, Duration::from_millis(5)).await;
            let published = Instant::now();
            for reader in readers {
                let late = reader.await.unwrap().saturating_duration_since(published);
                assert!(late < Duration::from_secs(2), "{way}: the newest came {late:?} late");
            }
            // They read again within the five seconds: what was begun is whole, then comes the newest.
            for mut page in stalled {
                assert!(page.hear().await.unwrap().text().contains("hello"));
                follow(&mut page, 0, to.into()).await;
            }
        }
        hall.end().await;
    }
}

#[tokio::test]
async fn who_does_not_read_for_long_is_let_go() {
    let hall = Hall::open().await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let page = small(&hall, &format!("/c/{}/ws/public", hall.code)).await;
    let to = handle.channels.public.n() + 30;
    publish(&handle.channels.public, to, 100_000, Duration::from_millis(250)).await;
    // The engine looks once a second, and the console is told twice a second.
    let counted = async || {
        let mut console = hall.host().await;
        let view = console.until("presence", |view: &Value| view["presence"]["phones"].is_u64()).await;
        view["presence"]["phones"].clone()
    };
    let until = tokio::time::Instant::now() + Duration::from_secs(5);
    while counted().await != 0 {
        assert!(tokio::time::Instant::now() < until, "it is still counted");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // What it was sent before stands in its buffers; then the line is cut.
    while page.stream.readable().await.is_ok() {
        let mut part = [0; 4_096];
        match page.stream.try_read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
    }
    hall.end().await;
}

/// The same contest on both, with everything that its audience is told.
#[tokio::test]
async fn an_engine_says_what_a_task_says_byte_for_byte() {
    let mut told = Vec::new();
    for (_, hall) in both().await {
        let mut frames: Vec<String> = Vec::new();
        for path in ["public", "screen"] {
            let mut page = Raw::open(&hall, &format!("/c/{}/ws/{path}", hall.code), "", &hello()).await;
            page.is_greeted().await;
            let handle = hall.serving().app.registry.get(&hall.code).unwrap();
            let channel = if path == "public" { &handle.channels.public } else { &handle.channels.screen };
            let first = channel.n();
            let mut host = hall.host().await;
            for scene in ["black", "cover"] {
                host.does(serde_json::from_value(json!({"do": "show-scene", "scene": scene})).unwrap()).await;
            }
            let mut all = Vec::new();
            while all.len() < (channel.n() - first) as usize {
                all.push(page.hear().await.unwrap().text().to_owned());
            }
            assert!(!all.is_empty());
            // It comes back with what it had.
            let since = Since { feed: handle.feed.to_string(), n: first };
            let hello =
                json!({"kind": "hello", "protocol": podium::wire::PROTOCOL, "since": since}).to_string();
            let mut again =
                Raw::open(&hall, &format!("/c/{}/ws/{path}", hall.code), "", &super::raw::text(&hello)).await;
            assert!(again.hear().await.unwrap().text().contains("hello"));
            for expected in &all {
                assert_eq!(again.hear().await.unwrap().text(), expected);
            }
            // And without.
            let mut fresh =
                Raw::open(&hall, &format!("/c/{}/ws/{path}", hall.code), "", &super::raw::hello()).await;
            assert!(fresh.hear().await.unwrap().text().contains("hello"));
            all.push(fresh.hear().await.unwrap().text().to_owned());
            frames.extend(all.iter().map(|frame| frame.replace(hall.code.as_str(), "CODE")));
        }
        let port = hall.serving().address.port().to_string();
        told.push(frames.iter().map(|frame| frame.replace(&port, "PORT")).collect::<Vec<_>>());
        hall.end().await;
    }
    assert_eq!(told[0], told[1]);
}

/// Some come and go, some talk nonsense; who stays sees every state, and all are counted.
#[tokio::test]
async fn storms_and_garbage_change_nothing_for_the_others() {
    let hall = Hall::open().await;
    let handle = hall.serving().app.registry.get(&hall.code).unwrap();
    let (channel, path) = (handle.channels.public.clone(), format!("/c/{}/ws/public", hall.code));
    let (start, to) = (channel.n(), channel.n() + 200);
    let mut readers = Vec::new();
    for _ in 0..30 {
        let mut page = Raw::greeted(&hall).await;
        readers.push(tokio::spawn(async move {
            follow(&mut page, start.into(), to.into()).await;
            page
        }));
    }
    let publishing = tokio::spawn({
        let channel = channel.clone();
        async move { publish(&channel, to, 2_000, Duration::from_millis(10)).await }
    });
    let mut seed = 7_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 8
    };
    while !publishing.is_finished() {
        // Comes and is gone, in the midst of anything.
        drop(Raw::open(&hall, &path, "", &hello()[..random() as usize % 30]).await);
        let mut brief = Raw::open(&hall, &path, "", &hello()).await;
        if random() % 2 == 0 {
            let (whole, n) = {
                assert!(brief.hear().await.unwrap().text().contains("hello"));
                number(brief.hear().await.unwrap().text())
            };
            assert!(whole && n >= u64::from(start));
        }
        drop(brief);
        let mut noisy = Raw::open(&hall, &path, "", &hello()).await;
        let garbage: Vec<u8> = (0..random() % 3_000).map(|_| random() as u8).collect();
        noisy.say(&garbage).await;
        noisy.say(&frame(FIN | TEXT, &garbage)).await;
    }
    publishing.await.unwrap();
    let mut staying = Vec::new();
    for reader in readers {
        staying.push(reader.await.unwrap());
    }
    let mut console = hall.host().await;
    console.until("thirty phones", |view: &Value| view["presence"]["phones"] == 30).await;
    drop(staying);
    console.until("no phones", |view: &Value| view["presence"]["phones"] == 0).await;
    hall.end().await;
}

/// A server that stops says so to everybody, one after the other.
#[tokio::test]
async fn everybody_is_told_that_the_server_stops() {
    for (way, hall) in both().await {
        let mut pages = Vec::new();
        for _ in 0..100 {
            pages.push(Raw::greeted(&hall).await);
        }
        let mut fresh = Raw::phone(&hall).await;
        fresh.say(&frame(TEXT, b"half a")).await;
        pages.push(fresh);
        pages.push(Raw::open(&hall, &format!("/c/{}/ws/screen", hall.code), "", &hello()).await);
        let began = Instant::now();
        hall.end().await;
        assert!(began.elapsed() < Duration::from_secs(5), "{way}: {:?}", began.elapsed());
        for mut page in pages {
            page.ends_with(1012, Some("restarting"), way).await;
        }
    }
}

/// At most five pushes a second reach a phone, a screen hears of everything at once.
#[tokio::test]
async fn phones_are_pushed_to_at_a_pace_and_screens_at_once() {
    for (way, hall) in both().await {
        let handle = hall.serving().app.registry.get(&hall.code).unwrap();
        for (path, channel, crowd) in
            [("public", &handle.channels.public, true), ("screen", &handle.channels.screen, false)]
        {
            let mut page = Raw::open(&hall, &format!("/c/{}/ws/{path}", hall.code), "", &hello()).await;
            page.is_greeted().await;
            let (start, to) = (channel.n(), channel.n() + 40);
            let heard = tokio::spawn(async move {
                let (mut at, mut pushes, mut last) = (start, 0, Instant::now() - Duration::from_secs(1));
                while at < to {
                    let (_, n) = number(page.hear().await.unwrap().text());
                    at = n as u32;
                    if last.elapsed() > Duration::from_millis(15) {
                        pushes += 1;
                    }
                    last = Instant::now();
                }
                pushes
            });
            publish(channel, to, 100, Duration::from_millis(30)).await;
            let pushes = heard.await.unwrap();
            // 40 frames in 1.2 s or more.
            if crowd {
                assert!(pushes <= 14, "{way}: {pushes} pushes");
            } else {
                assert!(pushes > 14, "{way}: {pushes} pushes");
            }
        }
        hall.end().await;
    }
}
