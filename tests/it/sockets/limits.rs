//! What one page may do to the server: so many frames, fragments among them, and so long for each thing.

use super::conformance::both;
use super::raw::{FIN, PING, Raw, TEXT, frame, hello, text};
use std::time::{Duration, Instant};

/// An anonymous socket once sent 425 million empty fragments, and was never ended.
#[tokio::test]
async fn frames_are_counted_whatever_they_are() {
    for (way, hall) in both().await {
        let endless = |first: u8, next: u8| [frame(first, b""), frame(next, b"").repeat(20_000)].concat();
        let cases = [
            ("empty fragments", endless(TEXT, 0)),
            ("pings", endless(FIN | PING, FIN | PING)),
            ("pongs", endless(FIN | 10, FIN | 10)),
            ("hellos", [hello(), hello().repeat(2_000)].concat()),
        ];
        for (case, bytes) in cases {
            let case = format!("{way}: {case}");
            for greeted in [false, true] {
                let mut page = if greeted { Raw::greeted(&hall).await } else { Raw::phone(&hall).await };
                let began = Instant::now();
                page.say(&bytes).await;
                page.ends_with(1008, Some("too-many-frames"), &case).await;
                assert!(began.elapsed() < Duration::from_secs(5), "{case}: {:?}", began.elapsed());
            }
        }
        hall.end().await;
    }
}

/// Ten seconds for a hello, and for a message that has begun; waited for by everybody at once.
#[tokio::test]
async fn what_begins_ends_in_time() {
    let halls = both().await;
    let mut waits = Vec::new();
    for (way, hall) in halls.iter().map(|(way, hall)| (*way, hall)) {
        let mut silent = Raw::phone(hall).await;
        waits.push(tokio::spawn(async move { silent.ends_with(1008, Some("hello-missing"), way).await }));
        for begun in [&frame(TEXT, b"{")[..], &[FIN | TEXT], &frame(FIN | TEXT, b"abc")[..7]] {
            let mut page = Raw::greeted(hall).await;
            page.say(begun).await;
            waits.push(tokio::spawn(async move {
                let began = Instant::now();
                let rest = page.rest().await;
                assert_eq!((rest, began.elapsed().as_secs() / 4), (Vec::new(), 2), "{way}");
            }));
        }
        // Who goes on with it in time is heard, however slow.
        let mut slow = Raw::greeted(hall).await;
        waits.push(tokio::spawn(async move {
            let ping = text(r#"{"kind":"ping","t":5}"#);
            for part in ping.chunks(ping.len() / 3 + 1) {
                slow.say(part).await;
                tokio::time::sleep(Duration::from_secs(3)).await;
            }
            assert!(slow.hear().await.unwrap().text().contains(r#""t":5,"#), "{way}");
        }));
    }
    for wait in waits {
        wait.await.unwrap();
    }
    for (_, hall) in halls {
        hall.end().await;
    }
}
