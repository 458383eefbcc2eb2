//! RFC 6455, case by case, over the engine and over a task: numbered like the Autobahn suite's groups, of which these are the cases
//! that a server without extensions and with a subprotocol of its own can be asked.

use super::raw::{BINARY, CLOSE, FIN, PING, PONG, Raw, TEXT, Told, frame, frame_of, hello, text};
use crate::harness::{Hall, Plan};

/// Both ways to serve a spectator.
pub async fn both() -> [(&'static str, Hall); 2] {
    let tasks = Hall::with(Plan { engines: false, ..Plan::default() }).await;
    [("engine", Hall::open().await), ("task", tasks)]
}

fn pong(payload: &[u8]) -> Option<Told> {
    Some(Told { kind: PONG, payload: payload.to_vec() })
}

/// 1, 5: text in frames and fragments, however the bytes come.
#[tokio::test]
async fn a_text_is_heard_in_whatever_pieces_it_comes() {
    for (way, hall) in both().await {
        let whole = format!(r#"{{"kind":"hello","protocol":{}}}"#, podium::wire::PROTOCOL);
        let (a, b) = whole.as_bytes().split_at(9);
        let (b, c) = b.split_at(1);
        let parts = [frame(TEXT, a), frame(0, b), frame(0, b""), frame(FIN, c)].concat();
        // Behind the handshake, in fragments, byte by byte.
        let path = format!("/c/{}/ws/public", hall.code);
        for bytes in [hello(), parts.clone()] {
            Raw::open(&hall, &path, "", &bytes).await.is_greeted().await;
            let mut slow = Raw::phone(&hall).await;
            slow.stream.set_nodelay(true).unwrap();
            for byte in &bytes {
                slow.say(&[*byte]).await;
                tokio::task::yield_now().await;
            }
            slow.is_greeted().await;
        }
        let mut phone = Raw::greeted(&hall).await;
        // 5.19: a ping between fragments is answered at once, and the message goes on.
        phone.say(&[frame(TEXT, br#"{"kind":"#), frame(FIN | PING, b"now")].concat()).await;
        assert_eq!(phone.hear().await, pong(b"now"), "{way}");
        phone.say(&frame(FIN, br#""ping","t":7}"#)).await;
        assert!(phone.hear().await.unwrap().text().starts_with(r#"{"kind":"pong","t":7,"#), "{way}");
        // As long as may be, and lengths written longer than they need be.
        let long = format!(r#"{{"kind":"ping","t":8{}}}"#, " ".repeat(16 * 1024 - 21));
        assert_eq!(long.len(), 16 * 1024);
        phone.say(&text(&long)).await;
        assert!(phone.hear().await.unwrap().text().starts_with(r#"{"kind":"pong","t":8,"#), "{way}");
        // Several in one segment.
        phone.say(&[text(r#"{"kind":"ping","t":1}"#), text(r#"{"kind":"ping","t":2}"#)].concat()).await;
        for t in [1, 2] {
            assert!(phone.hear().await.unwrap().text().contains(&format!(r#""t":{t},"#)), "{way}");
        }
        hall.end().await;
    }
}

/// 2: pings and pongs.
#[tokio::test]
async fn pings_are_answered_with_what_they_carry() {
    for (way, hall) in both().await {
        let mut phone = Raw::phone(&hall).await;
        for payload in [&b""[..], b"Hello", &[0, 255, 254], &[0xfe; 125]] {
            phone.say(&frame(FIN | PING, payload)).await;
            assert_eq!(phone.hear().await, pong(payload), "{way}: before the hello");
        }
        phone.say(&[frame(FIN | PONG, b""), frame(FIN | PONG, b"unasked"), hello()].concat()).await;
        phone.is_greeted().await;
        let ten: Vec<u8> = (0..10).flat_map(|n: u8| frame(FIN | PING, &[n])).collect();
        phone.say(&ten).await;
        for n in 0..10 {
            assert_eq!(phone.hear().await, pong(&[n]), "{way}");
        }
        // Byte by byte.
        for byte in frame(FIN | PING, b"slowly") {
            phone.say(&[byte]).await;
        }
        assert_eq!(phone.hear().await, pong(b"slowly"), "{way}");
        hall.end().await;
    }
}

/// What is wrong, and the close code: 2.5 large pings, 3 reserved bits, 4 opcodes, 5 fragments, 6 texts that are none, 7 closing,
/// 9 sizes.
fn wrong() -> Vec<(&'static str, Vec<u8>, u16)> {
    let code = |code: u16| frame(FIN | CLOSE, &code.to_be_bytes());
    let reason = |bytes: &[u8]| frame(FIN | CLOSE, &[&1000_u16.to_be_bytes(), bytes].concat());
    let mut cases = vec![
        ("2.5 a ping of 126 bytes", frame(FIN | PING, &[0; 126]), 1002),
        ("3.1 rsv3", frame(FIN | 0x10 | TEXT, b"a"), 1002),
        ("3.2 rsv2", frame(FIN | 0x20 | TEXT, b"a"), 1002),
        ("3.4 rsv1", frame(FIN | 0x40 | TEXT, b"a"), 1002),
        ("3.5 all, on a ping", frame(FIN | 0x70 | PING, b""), 1002),
        ("5.1 a fragmented ping", frame(PING, b"a"), 1002),
        ("5.2 a fragmented pong", frame(PONG, b"a"), 1002),
        ("5.9 nothing to continue", frame(FIN, b"a"), 1002),
        ("5.11 nothing to continue, unfinished", frame(0, b"a"), 1002),
        ("5.18 a text in a text", [frame(TEXT, b"a"), frame(FIN | TEXT, b"b")].concat(), 1002),
        ("5.18 a binary in a text", [frame(TEXT, b"a"), frame(FIN | BINARY, b"b")].concat(), 1002),
        ("5.1.1 not masked", vec![FIN | TEXT, 1, b'a'], 1002),
        (
            "6.3 not UTF-8",
            frame(FIN | TEXT, b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited"),
            1007,
        ),
        ("6.3 not UTF-8, in fragments", [frame(TEXT, b"\xce"), frame(FIN, b"\xce")].concat(), 1007),
        ("6.20 a lone start", frame(FIN | TEXT, b"\xe2\x82"), 1007),
        ("6.21 overlong", frame(FIN | TEXT, b"\xc0\xaf"), 1007),
        ("6.22 beyond Unicode", frame(FIN | TEXT, b"\xf4\x90\x80\x80"), 1007),
        ("7.1.1 without a code", frame(FIN | CLOSE, b""), 1000),
        ("7.1.2 twice", [code(1000), code(1000)].concat(), 1000),
        ("7.1.3 a ping after it", [code(1001), frame(FIN | PING, b"late")].concat(), 1001),
        ("7.1.4 a text after it", [code(1000), text(r#"{"kind":"ping","t":1}"#)].concat(), 1000),
        ("7.1.5 in a message", [frame(TEXT, b"a"), code(1000), frame(FIN, b"b")].concat(), 1000),
        ("7.3.2 one byte", frame(FIN | CLOSE, &[3]), 1002),
        ("7.3.4 with a reason", reason(b"Hello World!"), 1000),
        ("7.3.5 the longest reason", reason(&[b'*'; 123]), 1000),
        ("7.3.6 too long a reason", reason(&[b'*'; 124]), 1002),
        ("7.5.1 a reason that is no text", reason(b"\xce\xba\xed\xa0\x80"), 1007),
        ("5.8 a fragmented close", frame(CLOSE, &[3, 232]), 1002),
        ("9 too large", frame(FIN | TEXT, &[b'a'; 16 * 1024 + 1]), 1009),
        ("9 says that it is too large", frame_of(FIN | TEXT, 16 * 1024 + 1, b""), 1009),
        ("9 larger than there is room in the world", frame_of(FIN | BINARY, u64::MAX, b""), 1009),
        ("9 grows too large", [frame(TEXT, &[b'a'; 16_000]), frame(0, &[b'a'; 385])].concat(), 1009),
    ];
    let opcodes = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15];
    cases.extend(opcodes.map(|opcode| ("4 a reserved opcode", frame(FIN | opcode, b"a"), 1002)));
    let fine = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];
    cases.extend(fine.map(|n| ("7.7 a code that may be", code(n), n)));
    let not = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];
    cases.extend(not.map(|n| ("7.9 a code that may not be", code(n), 1002)));
    cases
}

#[tokio::test]
async fn what_breaks_the_protocol_is_closed_with_its_code() {
    for (way, hall) in both().await {
        for (case, bytes, code) in wrong() {
            let case = format!("{way}: {case}");
            let mut fresh = Raw::phone(&hall).await;
            fresh.say(&bytes).await;
            fresh.ends_with(code, None, &case).await;
            let mut seated = Raw::greeted(&hall).await;
            seated.say(&bytes).await;
            seated.ends_with(code, None, &case).await;
        }
        hall.end().await;
    }
}

/// What is a message, but none that a spectator says.
#[tokio::test]
async fn what_no_page_of_ours_says_is_told_so() {
    for (way, hall) in both().await {
        let submit =
            r#"{"kind":"submit","id":"000102030405060708090a0b0c0d0e0f","command":{"do":"finish-contest"}}"#;
        let window = r#"{"kind":"viewport","viewport":{"width":1,"height":1,"fullscreen":true}}"#;
        let cases = [
            (frame(FIN | BINARY, b"a"), "bad-frame", "bad-frame"),
            (text(""), "bad-frame", "bad-frame"),
            (text("κόσμε"), "bad-frame", "bad-frame"),
            (text(submit), "bad-frame", "forbidden"),
            (text(r#"{"kind":"take-wheel"}"#), "bad-frame", "forbidden"),
            (text(window), "bad-frame", "forbidden"),
            (text(r#"{"kind":"hello","protocol":1}"#), "protocol-differs", ""),
        ];
        for (bytes, first, later) in cases {
            let mut fresh = Raw::phone(&hall).await;
            fresh.say(&bytes).await;
            fresh.ends_with(1008, Some(first), way).await;
            if !later.is_empty() {
                let mut seated = Raw::greeted(&hall).await;
                seated.say(&bytes).await;
                seated.ends_with(1008, Some(later), way).await;
            }
        }
        hall.end().await;
    }
}

/// Who acts is heard by the same ear.
#[tokio::test]
async fn a_judges_socket_keeps_to_the_protocol_as_well() {
    let hall = Hall::open().await;
    let browser = hall.paired(&hall.judge_tokens[0]).await;
    let cookie = format!("Cookie: {}\r\n", browser.cookie());
    for (case, bytes, code) in wrong() {
        let mut judge = Raw::open(&hall, &hall.judge_path(1), &cookie, &hello()).await;
        judge.is_greeted().await;
        judge.say(&frame(FIN | PING, b"still here")).await;
        assert_eq!(judge.hear().await, pong(b"still here"), "{case}");
        judge.say(&bytes).await;
        judge.ends_with(code, None, case).await;
    }
    hall.end().await;
}
