//! The binary as a stranger starts it: what it prints, writes and answers, and with which code it ends.

use crate::durability::process::{BINARY, Server};
use podium::robots::client::Browser;
use serde_json::Value;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A server that ended by itself: exit code, stdout, stderr.
fn ended(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(BINARY).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_demo_takes_an_empty_folder_only() {
    let dir = TempDir::new().unwrap();
    std::fs::write(dir.path().join("mine"), "not yours").unwrap();
    let (code, out, err) = ended(&["demo", "--data", dir.path().to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("empty"), "{err}");
    assert_eq!(std::fs::read_to_string(dir.path().join("mine")).unwrap(), "not yours");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing was added");
    assert_eq!(ended(&["demo", "--pace", "0"]).0, Some(2));
    assert_eq!(ended(&["demo", "--pace", "NaN"]).0, Some(2));
    assert_eq!(ended(&["dance"]).0, Some(2));
}

#[test]
fn a_second_server_on_the_same_folder_ends_with_a_sentence() {
    let dir = TempDir::new().unwrap();
    let first = Server::start(dir.path());
    let data = dir.path().to_str().unwrap();
    let (code, _, err) = ended(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
    first.stop();
    assert_eq!(code, Some(1));
    assert!(err.contains("the store cannot be opened"), "{err}");
    Server::start(dir.path()).stop();
}

#[tokio::test]
async fn the_demo_writes_the_links_of_all_roles_and_serves_them() {
    let dir = TempDir::new().unwrap();
    let links = dir.path().join("links.json");
    let mut command = Command::new(BINARY);
    command.args(["demo", "--listen", "127.0.0.1:0", "--pace", "0.05", "--links"]).arg(&links).arg("--data");
    command.arg(dir.path().join("data"));
    let demo = Server::spawn(command);
    let links: Value = serde_json::from_slice(&std::fs::read(&links).unwrap()).unwrap();
    let mut names: Vec<_> = links.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["audience", "host", "judges", "organise", "screen"]);
    assert_eq!(links["judges"].as_array().unwrap().len(), 7);
    let mut browser = Browser::new(&demo.url).unwrap();
    let (status, health) = browser.request(hyper::Method::GET, "/healthz", None).await.unwrap();
    let health: Value = serde_json::from_slice(&health).unwrap();
    assert_eq!((status, &health["status"], &health["contests"]), (200, &Value::from("ok"), &Value::from(1)));
    // Every link is this server's, and its page is there.
    let judges = links["judges"].as_array().unwrap().iter();
    for link in judges.chain(["organise", "host", "screen", "audience"].map(|name| &links[name])) {
        let path = link.as_str().unwrap().strip_prefix(&demo.url).expect("this server's").to_owned();
        let (status, _) =
            browser.request(hyper::Method::GET, path.split('#').next().unwrap(), None).await.unwrap();
        assert_eq!(status, 200, "{path}");
    }
    // The robots move: a score is in the public standings before long.
    let code = links["audience"].as_str().unwrap().trim_end_matches('/').rsplit('/').next().unwrap();
    let public = format!("/api/contests/{code}/public");
    let mut standing = 0;
    for _ in 0..400 {
        let (_, body) = browser.request(hyper::Method::GET, &public, None).await.unwrap();
        let view: Value = serde_json::from_slice(&body).unwrap();
        standing = view["standings"].as_array().map_or(0, Vec::len);
        if standing > 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(standing > 1, "robots judge and the host reveals");
    demo.stop();
}
