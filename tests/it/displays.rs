//! Displays over real sockets: one shows a code, the host names it and points it, and the list says who is there.

use crate::harness::client::{Client, card};
use crate::harness::{Hall, START, pitch};
use hyper::Method;
use podium::auth::seat::Place;
use podium::domain::display::{DISPLAYS_MAX, KeyHash, Role};
use podium::domain::terms::about::About;
use podium::robots::client::{Browser, Heard, Socket};
use podium::wire::client::ClientFrame;
use podium::wire::command::ClientCommand as C;
use podium::wire::display::{DisplayInfo, DisplayRole, DisplayWord, Viewport};
use podium::wire::server::ServerFrame;
use podium::wire::view::host::HostView;
use podium::wire::view::mc::McView;
use podium::wire::view::public::ScreenView;
use serde_json::{Value, json};
use std::time::Duration;

/// A display as a test sees it: its key, and a page of it.
struct Page {
    socket: Socket,
    hash: KeyHash,
}

/// What a display was told.
#[derive(Debug, PartialEq)]
struct Told {
    code: String,
    name: Option<String>,
    role: DisplayRole,
    word: Option<DisplayWord>,
}

fn key(n: u32) -> String {
    format!("{:032x}", 0xfeed_0000_0000_0000_0000_0000_0000_0000_u128 + u128::from(n))
}

fn path(hall: &Hall, key: &str) -> String {
    format!("/c/{}/ws/screen?display={key}", hall.code)
}

impl Page {
    async fn open(hall: &Hall, key: &str) -> Self {
        let socket = hall.browser().socket(&path(hall, key)).await.unwrap();
        Page { socket, hash: key.parse().unwrap() }
    }

    fn id(&self) -> String {
        self.hash.id().to_string()
    }

    /// The next frame about the display itself; pictures are passed over.
    async fn told(&mut self) -> Told {
        loop {
            let heard = tokio::time::timeout(Duration::from_secs(20), self.socket.hear()).await;
            match heard.expect("a frame comes in time").unwrap() {
                Heard::Frame(ServerFrame::Display { code, name, role, word }) => {
                    return Told { code, name, role, word };
                }
                Heard::Frame(_) => {}
                Heard::Closed(code) => panic!("closed with {code:?}"),
            }
        }
    }

    async fn is_told(&mut self, name: Option<&str>, role: DisplayRole, word: Option<DisplayWord>) {
        let told = self.told().await;
        assert_eq!((told.name.as_deref(), told.role, told.word), (name, role, word));
    }
}

/// The host's browser, for what goes over HTTP.
struct Desk {
    browser: Browser,
    base: String,
}

impl Desk {
    async fn open(hall: &Hall) -> Self {
        let browser = hall.paired(&hall.host_token).await;
        Desk { browser, base: format!("/api/contests/{}/displays", hall.code) }
    }

    async fn ask(&mut self, method: Method, path: &str, body: Option<Value>) -> (u16, String) {
        let body = body.map(|body| serde_json::to_vec(&body).unwrap());
        let (status, body) =
            self.browser.request(method, &format!("{}/{path}", self.base), body).await.unwrap();
        let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
        (status, problem["code"].as_str().unwrap_or_default().to_owned())
    }

    async fn set(&mut self, id: &str, name: &str, role: &str, of: Option<&str>) -> (u16, String) {
        let mut body = json!({"name": name, "role": role});
        if let Some(of) = of {
            body["of"] = of.into();
        }
        self.ask(Method::PUT, id, Some(body)).await
    }

    async fn names(&mut self, id: &str, name: &str, role: &str, of: Option<&str>) {
        assert_eq!(self.set(id, name, role, of).await, (204, String::new()), "{name} {role}");
    }

    async fn says(&mut self, id: &str, word: &str) {
        assert_eq!(self.ask(Method::POST, &format!("{id}/{word}"), None).await.0, 204);
    }
}

/// Waits until the console's list has this display as `is` wants it.
async fn listed(host: &mut Client, id: &str, what: &str, is: impl Fn(&DisplayInfo) -> bool) -> DisplayInfo {
    let fits = |view: &HostView| view.presence.displays.get(id).is_some_and(&is);
    host.until(what, fits).await.presence.displays[id].clone()
}

/// What the display with this key shows in the contest, as the MC's socket asks.
fn role(hall: &Hall, code: &str, key: &str) -> Option<Role> {
    hall.serving().app.contest(code).ok()?.displays.role(&key.parse().ok()?)
}

#[tokio::test]
async fn a_display_shows_a_code_and_the_host_names_and_points_it() {
    let hall = Hall::open().await;
    let (mut host, mut desk) = (hall.host().await, Desk::open(&hall).await);
    let mut page = Page::open(&hall, &key(1)).await;
    let id = page.id();
    let first = page.told().await;
    assert_eq!((first.name, first.role, first.word), (None, DisplayRole::Program, None));
    let new = listed(&mut host, &id, "the new display", |_| true).await;
    assert_eq!((new.code.as_str(), new.name, new.sockets), (first.code.as_str(), None, 1));
    assert_eq!((new.since, new.seen, new.viewport), (Some(START.0), None, None));

    let viewport = Viewport { width: 1920, height: 1080, fullscreen: true, hidden: false };
    page.socket.say(&ClientFrame::Viewport { viewport }).await.unwrap();
    listed(&mut host, &id, "its size", |one| one.viewport == Some(viewport)).await;

    desk.names(&id, " 主屏\u{202e} ", "leaderboard", None).await;
    page.is_told(Some("主屏"), DisplayRole::Leaderboard, None).await;
    let named = listed(&mut host, &id, "the name", |one| one.name.is_some()).await;
    assert_eq!((named.name.as_deref(), named.role), (Some("主屏"), DisplayRole::Leaderboard));
    desk.names(&id, "主屏", "timer", None).await;
    page.is_told(Some("主屏"), DisplayRole::Timer, None).await;
    desk.says(&id, "identify").await;
    page.is_told(Some("主屏"), DisplayRole::Timer, Some(DisplayWord::Identify)).await;
    desk.says(&id, "reload").await;
    page.is_told(Some("主屏"), DisplayRole::Timer, Some(DisplayWord::Reload)).await;

    // A second page with the same key is the same display, and hears nothing that was said before.
    let mut second = Page::open(&hall, &key(1)).await;
    second.is_told(Some("主屏"), DisplayRole::Timer, None).await;
    listed(&mut host, &id, "two pages", |one| one.sockets == 2).await;
    assert_eq!(host.until("a count", |_: &HostView| true).await.presence.screens, 2);

    for (name, code) in [("", "bad-text"), (&"长".repeat(41), "bad-text")] {
        assert_eq!(desk.set(&id, name, "program", None).await, (409, code.into()));
    }
    // Forgotten while it is there: it stays in the list as a new one.
    assert_eq!(desk.ask(Method::DELETE, &id, None).await.0, 204);
    page.is_told(None, DisplayRole::Program, None).await;
    listed(&mut host, &id, "no name", |one| one.name.is_none()).await;
    hall.end().await;
}

#[tokio::test]
async fn a_clone_follows_one_step() {
    let hall = Hall::open().await;
    let mut desk = Desk::open(&hall).await;
    let mut pages = Vec::new();
    for n in 1..=4 {
        let mut page = Page::open(&hall, &key(n)).await;
        page.told().await;
        pages.push(page);
    }
    let ids: Vec<String> = pages.iter().map(Page::id).collect();
    let [main, side, third, stranger] = [&ids[0], &ids[1], &ids[2], &ids[3]];
    desk.names(main, "主屏", "leaderboard", None).await;
    desk.names(side, "侧屏", "clone", Some(main)).await;
    desk.names(third, "门厅", "program", None).await;
    pages[1].is_told(Some("侧屏"), DisplayRole::Leaderboard, None).await;
    desk.names(main, "主屏", "timer", None).await;
    pages[1].is_told(Some("侧屏"), DisplayRole::Timer, None).await;

    let refused = |code: &str| (409, code.to_owned());
    let nobody = "0123456789abcdef".to_owned();
    for of in [third, side, stranger, &nobody, &"主屏".to_owned()] {
        let answer = desk.set(third, "门厅", "clone", Some(of)).await;
        assert_eq!(answer, refused("cannot-follow"), "a clone of {of}");
    }
    assert_eq!(desk.set(third, "门厅", "clone", None).await, refused("cannot-follow"));
    assert_eq!(desk.set(main, "主屏", "clone", Some(third)).await, refused("display-followed"));
    assert_eq!(role(&hall, hall.code.as_str(), &key(2)), Some(Role::Timer));

    // What it followed is forgotten: it shows the hall's picture and says so.
    assert_eq!(desk.ask(Method::DELETE, main, None).await.0, 204);
    pages[1].is_told(Some("侧屏"), DisplayRole::Program, None).await;
    let mut host = hall.host().await;
    let left = listed(&mut host, side, "the clone", |one| one.of.is_none()).await;
    assert_eq!(left.role, DisplayRole::Program);
    hall.end().await;
}

#[tokio::test]
async fn names_outlive_the_server_and_what_has_none_does_not() {
    let mut hall = Hall::open().await;
    let mut desk = Desk::open(&hall).await;
    let mut pages = Vec::new();
    for n in 1..=4 {
        let mut page = Page::open(&hall, &key(n)).await;
        pages.push((page.id(), page.told().await.code, page));
    }
    let ids: Vec<String> = pages.iter().map(|(id, ..)| id.clone()).collect();
    desk.names(&ids[0], "主屏", "mc", None).await;
    desk.names(&ids[1], "侧屏", "clone", Some(&ids[0])).await;
    desk.names(&ids[3], "旧屏", "program", None).await;
    assert_eq!(desk.ask(Method::DELETE, &ids[3], None).await.0, 204);
    hall.restart().await;

    let mut host = hall.host().await;
    let view: HostView = host.until("the list", |_: &HostView| true).await;
    let known: Vec<&String> = view.presence.displays.keys().collect();
    let mut expected = vec![&ids[0], &ids[1]];
    expected.sort();
    assert_eq!(known, expected);
    let away = &view.presence.displays[&ids[1]];
    assert_eq!((away.sockets, away.since, away.seen), (0, None, None));
    assert_eq!((away.of.as_ref(), &away.code), (Some(&ids[0]), &pages[1].1));
    let mut back = Page::open(&hall, &key(2)).await;
    back.is_told(Some("侧屏"), DisplayRole::Mc, None).await;
    listed(&mut host, &ids[1], "it is back", |one| one.sockets == 1).await;

    // What the MC's socket asks: the key of a display that the host has pointed there, in this contest.
    assert_eq!(role(&hall, hall.code.as_str(), &key(1)), Some(Role::Mc));
    assert_eq!(role(&hall, hall.code.as_str(), &key(2)), Some(Role::Mc), "as the one it follows");
    assert_eq!(role(&hall, hall.code.as_str(), &key(3)), None);
    assert_eq!(role(&hall, "zzzzzz", &key(1)), None);
    assert_eq!(role(&hall, hall.code.as_str(), &ids[0]), None);
    hall.end().await;
}

#[tokio::test]
async fn the_list_says_who_is_there() {
    let hall = Hall::open().await;
    let (mut host, mut desk) = (hall.host().await, Desk::open(&hall).await);
    let (first, second, stranger) = (
        Page::open(&hall, &key(1)).await,
        Page::open(&hall, &key(1)).await,
        Page::open(&hall, &key(2)).await,
    );
    let (id, other) = (first.id(), stranger.id());
    listed(&mut host, &other, "the stranger", |one| one.sockets == 1).await;
    listed(&mut host, &id, "both pages", |one| one.sockets == 2).await;
    desk.names(&id, "主屏", "program", None).await;
    // Torn off, without a word.
    drop(first);
    listed(&mut host, &id, "one page", |one| one.sockets == 1 && one.seen.is_none()).await;
    drop((second, stranger));
    let away = listed(&mut host, &id, "away", |one| one.sockets == 0).await;
    assert_eq!((away.since, away.seen), (None, Some(START.0)));
    let gone = |view: &HostView| !view.presence.displays.contains_key(&other) && view.presence.screens == 0;
    host.until("the stranger is gone", gone).await;
    hall.end().await;
}

/// Time passes for every line, and this one says a word.
async fn passes(host: &mut Client, time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
    host.is_heard().await;
}

#[tokio::test]
async fn a_display_whose_line_is_dead_leaves_the_list_within_the_heartbeat() {
    let hall = Hall::open().await;
    let mut host = hall.host().await;
    // It holds its line and says nothing more, as behind a cable that was pulled.
    let silent = Page::open(&hall, &key(1)).await;
    let id = silent.id();
    listed(&mut host, &id, "the display", |one| one.sockets == 1).await;
    for _ in 0..5 {
        passes(&mut host, Duration::from_secs(5)).await;
    }
    listed(&mut host, &id, "25 s are no death", |one| one.sockets == 1).await;
    passes(&mut host, Duration::from_secs(6)).await;
    host.until("it has left", |view: &HostView| view.presence.displays.is_empty()).await;
    drop(silent);
    hall.end().await;
}

#[tokio::test]
async fn only_this_contests_host_names_its_displays() {
    let hall = Hall::open().await;
    let mut page = Page::open(&hall, &key(1)).await;
    page.told().await;
    let id = page.id();
    let about = About { title: "另一场".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let app = &hall.serving().app;
    let other = app.registry.create(about).await.unwrap().code.clone();
    let card = app.auth.issue_cards(&[Place::host(other.clone())], true, "test").await.unwrap().remove(0);
    let base = format!("/api/contests/{}/displays", hall.code);
    let strangers = [
        hall.browser(),
        hall.paired(&hall.judge_tokens[0]).await,
        hall.paired(&card.token.reveal().to_string()).await,
    ];
    let body = || Some(json!({"name": "我的", "role": "mc"}));
    for browser in strangers {
        let mut desk = Desk { browser, base: base.clone() };
        let refused = (401, "signed-out".to_owned());
        assert_eq!(desk.ask(Method::PUT, &id, body()).await, refused);
        for word in ["identify", "reload"] {
            assert_eq!(desk.ask(Method::POST, &format!("{id}/{word}"), None).await, refused);
        }
        assert_eq!(desk.ask(Method::DELETE, &id, None).await, refused);
        assert_eq!(
            desk.ask(Method::PUT, "0123456789abcdef", body()).await,
            refused,
            "nor learns who is there"
        );
    }
    // In the other contest this display is not there, whoever asks.
    let mut theirs = Desk {
        browser: hall.paired(&card.token.reveal().to_string()).await,
        base: format!("/api/contests/{other}/displays"),
    };
    assert_eq!(theirs.ask(Method::PUT, &id, body()).await.0, 404);
    let mut desk = Desk::open(&hall).await;
    for bad in ["0123456789abcdef", "K7Q2", &key(1), "..", "%00"] {
        assert_eq!(desk.ask(Method::PUT, bad, body()).await.0, 404, "{bad}");
    }
    assert_eq!(desk.ask(Method::PUT, &id, Some(json!({"name": "a", "role": "judge"}))).await.0, 422);
    // The organiser may.
    let mut browser = hall.browser();
    let token = app.auth.claim_token().unwrap().reveal().to_string();
    let claim = json!({"token": token, "password": "correct horse 亮分"});
    let claim = serde_json::to_vec(&claim).unwrap();
    assert_eq!(browser.request(Method::POST, "/api/claim", Some(claim)).await.unwrap().0, 204);
    Desk { browser, base }.names(&id, "主屏", "program", None).await;
    page.is_told(Some("主屏"), DisplayRole::Program, None).await;
    hall.end().await;
}

#[tokio::test]
async fn a_key_that_is_none_is_refused_and_a_hash_is_no_key() {
    let hall = Hall::open().await;
    let mut desk = Desk::open(&hall).await;
    let upper = key(1).to_uppercase();
    for bad in ["", "0", &upper, &format!("{}0", key(1)), &"f".repeat(8_000), "%00", "主屏"] {
        assert!(hall.browser().socket(&path(&hall, bad)).await.is_err(), "{bad} was taken for a key");
    }
    let twice = format!("{}&display={}", path(&hall, &key(1)), key(2));
    assert!(hall.browser().socket(&twice).await.is_err());
    let mut page = Page::open(&hall, &key(1)).await;
    page.told().await;
    desk.names(&page.id(), "主屏", "mc", None).await;
    // What the console knows of a display opens nothing: as a key it is that of a stranger.
    let forged = format!("{}{}", page.id(), page.id());
    let mut stranger = Page::open(&hall, &forged).await;
    stranger.is_told(None, DisplayRole::Program, None).await;
    assert_eq!(role(&hall, hall.code.as_str(), &forged), None);
    hall.end().await;
}

#[tokio::test]
async fn beyond_the_bound_a_screen_is_a_plain_one_and_names_still_work() {
    let hall = Hall::open().await;
    let (mut host, mut desk) = (hall.host().await, Desk::open(&hall).await);
    let mut pages = Vec::new();
    let count = u32::try_from(DISPLAYS_MAX).unwrap();
    for n in 1..=count {
        pages.push(Page::open(&hall, &key(n)).await);
    }
    let all = |view: &HostView| view.presence.screens == count;
    let view = host.until("all of them", all).await;
    assert_eq!(view.presence.displays.len(), DISPLAYS_MAX);
    let codes: std::collections::BTreeSet<_> =
        view.presence.displays.values().map(|one| one.code.clone()).collect();
    assert_eq!(codes.len(), DISPLAYS_MAX, "no code stands for two");
    // One more sees the picture and is not listed; it may say nothing of its window.
    let mut plain = Client::open(&hall.browser(), &path(&hall, &key(count + 1))).await;
    plain.until("the picture", |_: &ScreenView| true).await;
    let view = host.until("one more screen", |view: &HostView| view.presence.screens == count + 1).await;
    assert_eq!(view.presence.displays.len(), DISPLAYS_MAX);
    let viewport = Viewport { width: 1, height: 1, fullscreen: false, hidden: false };
    plain.socket.say(&ClientFrame::Viewport { viewport }).await.unwrap();
    assert_eq!(plain.until_closed().await.unwrap().code, "forbidden");
    // Those that are known can be named; a second page of one takes no place.
    desk.names(&pages[63].id(), "末屏", "timer", None).await;
    Page::open(&hall, &key(count)).await.is_told(Some("末屏"), DisplayRole::Timer, None).await;
    drop(pages.remove(0));
    host.until("a free place", |view: &HostView| view.presence.displays.len() < DISPLAYS_MAX).await;
    Page::open(&hall, &key(count + 1)).await.told().await;
    hall.end().await;
}

#[tokio::test]
async fn the_mcs_socket_takes_a_display_for_as_long_as_it_is_pointed_there() {
    let hall = Hall::open().await;
    let (mut host, mut desk) = (hall.host().await, Desk::open(&hall).await);
    let mut main = Page::open(&hall, &key(1)).await;
    let mut side = Page::open(&hall, &key(2)).await;
    main.told().await;
    side.told().await;
    let mc_path = |key: &str| format!("/c/{}/ws/mc?display={key}", hall.code);
    let mc = async |key: &str| Client::open(&hall.browser(), &mc_path(key)).await;
    let away = async |n: u32| assert_eq!(mc(&key(n)).await.until_closed().await.unwrap().code, "signed-out");
    away(1).await;
    away(9).await;
    assert!(hall.browser().socket(&mc_path("x")).await.is_err());
    desk.names(&main.id(), "主持人屏", "mc", None).await;
    desk.names(&side.id(), "侧屏", "clone", Some(&main.id())).await;
    let (mut one, mut two) = (mc(&key(1)).await, mc(&key(2)).await);
    one.until("the MC's view", |_: &McView| true).await;
    two.until("as the one it follows", |_: &McView| true).await;
    host.until("two MC pages", |view: &HostView| view.presence.mcs == 2).await;
    listed(&mut host, &main.id(), "screen and MC's page", |display| display.sockets == 2).await;
    // It looks and says nothing.
    let mut loud = mc(&key(1)).await;
    loud.socket.say(&ClientFrame::Ready { ready: true }).await.unwrap();
    assert_eq!(loud.until_closed().await.unwrap().code, "forbidden");
    // Pointed elsewhere, both are sent away before anything new reaches them, and do not come back.
    desk.names(&main.id(), "主持人屏", "program", None).await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    for page in [&mut one, &mut two] {
        assert_eq!(page.until_closed().await.unwrap().code, "display-elsewhere");
        assert!(page.mirror.view::<McView>().unwrap().hall.stage.is_none(), "it has seen what came after");
    }
    away(1).await;
    away(2).await;
    hall.end().await;
}

/// Every frame that a socket brings until the picture contains `text`.
async fn frames(socket: &mut Socket, text: &str) -> Vec<String> {
    let mut all = Vec::new();
    loop {
        let heard = tokio::time::timeout(Duration::from_secs(20), socket.hear()).await;
        let Heard::Frame(frame) = heard.expect("a frame comes in time").unwrap() else { panic!("closed") };
        all.push(serde_json::to_string(&frame).unwrap());
        if all.last().unwrap().contains(text) {
            return all;
        }
    }
}

#[tokio::test]
async fn a_display_is_sent_what_a_screen_is_and_who_it_is_itself() {
    let hall = Hall::open().await;
    let (mut host, mut desk) = (hall.host().await, Desk::open(&hall).await);
    let mut judge = hall.judge(1).await;
    let mut plain = hall.browser().socket(&format!("/c/{}/ws/screen", hall.code)).await.unwrap();
    let mut page = Page::open(&hall, &key(1)).await;
    page.told().await;
    let id = page.id();
    // Each role in turn, the MC's too: on this socket it changes nothing of the picture.
    for role in ["leaderboard", "timer", "overlay", "overlay-score", "overlay-top", "mc"] {
        desk.names(&id, "主屏", role, None).await;
        page.told().await;
    }
    let mut other = Page::open(&hall, &key(2)).await;
    other.told().await;
    desk.names(&other.id(), "秘密的侧屏", "mc", None).await;
    other.told().await;
    host.does(C::StartPitch { pitch: pitch(1) }).await;
    host.does(C::OpenWindow { pitch: pitch(1) }).await;
    judge.does(card(pitch(1), 0, &[("innovation", "41.5"), ("market", "33.5")])).await;
    host.does(C::CloseWindow { pitch: pitch(1) }).await;
    let seen = frames(&mut page.socket, "\"closed\"").await;
    let screens = frames(&mut plain, "\"closed\"").await;
    // The plain screen was there from the first picture on, the display heard that one while it waited for its name.
    assert!(screens.ends_with(&seen), "{seen:#?}\n{screens:#?}");
    for frame in seen.iter().chain(&screens) {
        for secret in ["41.5", "33.5", "75.00", "主屏", "侧屏", &id] {
            assert!(!frame.contains(secret), "{secret} in {frame}");
        }
    }
    desk.says(&id, "identify").await;
    let about = frames(&mut page.socket, "identify").await.pop().unwrap();
    let about: Value = serde_json::from_str(&about).unwrap();
    let fields: Vec<&String> = about.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["code", "kind", "name", "role", "word"]);

    // The key is said by its display alone, and its hash by nobody.
    let view: HostView = host.until("the list", |view: &HostView| view.presence.displays.len() == 2).await;
    let console = serde_json::to_string(&view).unwrap();
    let hash: String = page.hash.0.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(!console.contains(&key(1)) && !console.contains(&hash[16..]));
    let (_, public) = hall.get(&format!("/api/contests/{}/public", hall.code)).await;
    assert!(!String::from_utf8_lossy(&public).contains("主屏"));
    hall.end().await;
}
