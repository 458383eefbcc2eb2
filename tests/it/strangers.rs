//! What people without a seat may ask for, as often as they like, and what it costs those who have one.

use crate::durability::process::Server;
use crate::harness::Hall;
use podium::http::state::PER_MINUTE;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let hall = Hall::open().await;
    let client = reqwest::Client::new();
    let asked = |path: &str, host: Option<&str>| {
        let request = client.get(format!("{}{path}", hall.url()));
        let request = match host {
            Some(host) => request.header("host", host),
            None => request,
        };
        async move { request.send().await.unwrap() }
    };
    for (path, host, status) in [
        ("/", None, 200),
        ("/api/me", None, 200),
        ("/api/nothing", None, 404),
        ("/api/contests", None, 401),
        ("/", Some("elsewhere.example"), 403),
    ] {
        let answer = asked(path, host).await;
        assert_eq!(answer.status().as_u16(), status, "{path}");
        for (name, says) in [
            ("content-security-policy", "default-src 'none'"),
            ("permissions-policy", "camera=()"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", ""),
        ] {
            let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
            assert!(value.is_some_and(|value| value.contains(says)), "{path}: {name}: {value:?}");
        }
    }
    hall.end().await;
}

#[tokio::test]
async fn qr_codes_of_strangers_are_bounded_and_those_of_the_hall_are_not() {
    let hall = Hall::open().await;
    let code = |n: u32| format!("/api/qr.svg?d={}/c/{}/?n={n}", hall.url(), hall.code);
    let (status, first) = hall.get(&code(0)).await;
    assert_eq!(status, 200);
    for n in 1..PER_MINUTE.get() {
        assert_eq!(hall.get(&code(n)).await.0, 200, "{n}");
    }
    assert_eq!(hall.get(&code(1_000)).await.0, 429);
    let newest = PER_MINUTE.get() - 1;
    assert_eq!(hall.get(&code(newest)).await.0, 200, "one that is kept costs nothing");
    // Who has a seat prints hundreds of cards.
    let mut host = hall.paired(&hall.host_token).await;
    for n in 2_000..2_150 {
        let (status, _) = host.request(hyper::Method::GET, &code(n), None).await.unwrap();
        assert_eq!(status, 200, "{n}");
    }
    let (_, again) = host.request(hyper::Method::GET, &code(0), None).await.unwrap();
    assert_eq!(first, again);
    hall.end().await;
}

#[test]
fn what_a_server_writes_is_its_owners_alone_and_it_takes_as_many_files_as_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("evening");
    let mut command = Command::new("bash");
    // As started from a shell that lets everybody read, with few files.
    command.args(["-c", "umask 022; ulimit -Sn 512; exec \"$0\" \"$@\"", crate::durability::process::BINARY]);
    let server = Server::run(command, &data);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.pid())).unwrap();
    let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let mut numbers = files.split_whitespace().skip(3);
    assert_eq!(numbers.next(), numbers.next(), "{files}");
    server.stop();
    let mut seen = 0;
    everything(&data, &mut |path, mode| {
        seen += 1;
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
    });
    assert!(seen > 5, "{seen} files");
}

fn everything(at: &Path, look: &mut dyn FnMut(&Path, u32)) {
    let about = at.symlink_metadata().unwrap();
    look(at, about.permissions().mode());
    if about.is_dir() {
        for one in at.read_dir().unwrap() {
            everything(&one.unwrap().path(), look);
        }
    }
}
