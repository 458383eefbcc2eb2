//! A frame's shape is a promise within a protocol version: what pages and servers of this version have said is still
//! read and written, byte for byte; frozen views keep every field they had.

use crate::harness::{Hall, picture};
use futures_util::{SinkExt, StreamExt};
use podium::journal::{self, disk::RealDisk};
use podium::live::actor::replay;
use podium::wire::client::{ClientFrame, Since};
use podium::wire::command::ClientCommand;
use podium::wire::server::ServerFrame;
use podium::wire::view::host::host;
use podium::wire::view::judge::{Memo, judge};
use podium::wire::view::mc::mc;
use podium::wire::view::presence::Presence;
use podium::wire::view::public::screen;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tokio_tungstenite::tungstenite::Message;
use ts_rs::{Config, TS};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/wire").join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Values of the tag `name` in the declaration of a tagged union.
pub fn variants<T: TS>(tag: &str) -> BTreeSet<String> {
    let declared = T::decl(&Config::default());
    let mark = format!("\"{tag}\": \"");
    let rest = declared.split(mark.as_str()).skip(1);
    rest.map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect()
}

fn samples<T>(name: &str, tag: &str) -> BTreeSet<String>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    let mut kinds = BTreeSet::new();
    for (at, line) in read(name).lines().enumerate() {
        let frame: T =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}:{}: {error}", at + 1));
        assert_eq!(serde_json::to_string(&frame).unwrap(), line, "{name}:{}", at + 1);
        let value: Value = serde_json::from_str(line).unwrap();
        kinds.insert(value[tag].as_str().unwrap().to_owned());
    }
    kinds
}

#[test]
fn every_frame_and_command_of_this_version_is_frozen() {
    assert_eq!(samples::<ClientFrame>("client.jsonl", "kind"), variants::<ClientFrame>("kind"));
    assert_eq!(samples::<ClientCommand>("commands.jsonl", "do"), variants::<ClientCommand>("do"));
    assert_eq!(samples::<ServerFrame>("server.jsonl", "kind"), variants::<ServerFrame>("kind"));
}

#[test]
fn what_is_not_in_the_protocol_is_refused() {
    for bad in [
        "",
        "{}",
        "[]",
        r#"{"kind":"ping"}"#,
        r#"{"kind":"ping","t":-1}"#,
        r#"{"kind":"ping","t":1,"more":1}"#,
        r#"{"kind":"dance"}"#,
        r#"{"kind":"hello","protocol":2,"since":{"feed":"a","n":1,"x":2}}"#,
        r#"{"kind":"submit","id":"00","command":{"do":"finish-contest"}}"#,
        r#"{"kind":"submit","id":"000102030405060708090a0b0c0d0e0f","command":{"do":"start-pitch","pitch":"P1"}}"#,
        r#"{"kind":"draft","pitch":"R1-P1","marks":{"innovation":27.5}}"#,
        r#"{"kind":"draft","pitch":"R1-P1","marks":{"innovation":"27.55555"}}"#,
    ] {
        assert!(serde_json::from_str::<ClientFrame>(bad).is_err(), "{bad} was read");
    }
    let hello =
        ClientFrame::Hello { protocol: 2, since: Some(Since { feed: "f".into(), n: 3 }), robot: false };
    assert_eq!(
        serde_json::to_string(&hello).unwrap(),
        r#"{"kind":"hello","protocol":2,"since":{"feed":"f","n":3}}"#
    );
}

/// Every field of `frozen` is in `now` with its value; more may have come.
fn keeps(frozen: &Value, now: &Value, place: &str) {
    match (frozen, now) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                let there = now.get(name).unwrap_or_else(|| panic!("{place}.{name} is gone"));
                keeps(value, there, &format!("{place}.{name}"));
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            assert_eq!(old.len(), new.len(), "{place}");
            old.iter()
                .zip(new)
                .enumerate()
                .for_each(|(at, (old, new))| keeps(old, new, &format!("{place}[{at}]")));
        }
        _ => assert_eq!(frozen, now, "{place}"),
    }
}

/// The views of the frozen journal, each audience's.
#[test]
fn views_keep_every_field_they_had() {
    let journals = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/journal");
    let found = journal::verify(&RealDisk, &journals, "v1").unwrap();
    let contest = replay(&found.records).unwrap().contest;
    let picture = picture(&contest);
    let judge_id = *contest.judges.keys().next().unwrap();
    let join = Some("http://192.168.1.20:7300");
    let views = [
        ("public.json", serde_json::to_value(&picture.hall)),
        ("screen.json", serde_json::to_value(screen(&picture.hall, join))),
        ("mc.json", serde_json::to_value(mc(&contest, &picture, false).unwrap())),
        (
            "judge.json",
            serde_json::to_value(
                judge(&contest, &picture, judge_id, &Presence::default(), &mut Memo::default()).unwrap(),
            ),
        ),
        ("host.json", serde_json::to_value(host(&contest, &picture, &Presence::default(), join).unwrap())),
    ];
    for (name, view) in views {
        let view = view.unwrap();
        if std::env::var_os("PODIUM_BLESS").is_some() && !fixture(name).exists() {
            std::fs::write(fixture(name), serde_json::to_string_pretty(&view).unwrap() + "\n").unwrap();
        }
        let frozen: Value = serde_json::from_str(&read(name)).unwrap();
        keeps(&frozen, &view, name);
    }
}

/// It is told what to do in a frame that it knows, before anything that it does not.
#[tokio::test]
async fn a_page_of_another_version_is_told_to_load_again() {
    let hall = Hall::open().await;
    for first in [read("v1/client.jsonl").lines().next().unwrap(), r#"{"kind":"hello","protocol":3}"#] {
        let url = format!("{}/c/{}/ws/public", hall.url().replace("http", "ws"), hall.code);
        let mut request =
            tokio_tungstenite::tungstenite::client::IntoClientRequest::into_client_request(url).unwrap();
        request.headers_mut().insert("origin", hall.url().parse().unwrap());
        let stream = tokio::net::TcpStream::connect(hall.serving().address).await.unwrap();
        let (mut socket, _) = tokio_tungstenite::client_async(request, stream).await.unwrap();
        socket.send(Message::text(first)).await.unwrap();
        let Some(Ok(Message::Text(told))) = socket.next().await else { panic!("nothing is said") };
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["kind"], "ended");
        assert_eq!(told["refusal"]["code"], "protocol-differs");
        let Some(Ok(Message::Close(Some(close)))) = socket.next().await else { panic!("it is not closed") };
        assert_eq!(u16::from(close.code), podium::wire::error::close::POLICY);
    }
    hall.end().await;
}
