//! Sessions: how they end, what wakes, what is kept, and how their cookies read.

use super::{Hall, PASSWORD, START, judge, visitor};
use podium::auth::cookie::Cookies;
use podium::auth::seat::Place;
use podium::auth::session::{Ending, PER_PLACE_MAX};
use podium::auth::token::{Random, SessionToken};
use podium::domain::kernel::time::Millis;
use podium::store::sessions::SessionRow;
use std::time::Duration;

#[tokio::test]
async fn signing_out_wakes_every_waiter_and_stays_so_after_a_restart() {
    let hall = Hall::new().await;
    let entered = hall.claim().await;
    let (id, token) = (entered.session.id, entered.token.expect("a cookie"));
    let waiters: Vec<_> = (0..5).map(|_| tokio::spawn(hall.auth.sessions().ended(&id))).collect();
    hall.auth.sign_out(id).await.expect("signs out");
    for waiter in waiters {
        let ending = tokio::time::timeout(Duration::from_secs(1), waiter).await;
        assert_eq!(ending.expect("within a second").expect("ends"), Ending::SignedOut);
    }
    assert_eq!(hall.auth.sessions().ended(&id).await, Ending::SignedOut, "a late waiter does not wait");
    let hall = hall.restart().await;
    assert_eq!(hall.auth.sessions().of_token(&token), Err(Ending::SignedOut));
}

#[tokio::test]
async fn a_token_that_was_never_issued_is_nobody() {
    let hall = Hall::new().await;
    let token = SessionToken::random(&Random::system());
    assert_eq!(hall.auth.sessions().of_token(&token), Err(Ending::SignedOut));
    assert_eq!(hall.auth.sessions().ended(&token.hash()).await, Ending::SignedOut);
}

#[tokio::test]
async fn a_seat_is_kept_for_72_hours_and_the_sweep_wakes_its_sockets() {
    let hall = Hall::new().await;
    let session = hall.pair(&hall.card(&judge(1)).await).await.session;
    assert_eq!(session.expires, Millis(START.0 + 72 * 3600 * 1000));
    let ended = tokio::spawn(hall.auth.sessions().ended(&session.id));
    hall.hand.advance(Duration::from_secs(72 * 3600) - Duration::from_millis(1));
    assert_eq!(hall.auth.sessions().sweep().await.expect("sweeps"), 0);
    assert!(hall.auth.sessions().check(&session.id).is_ok());
    hall.hand.advance(Duration::from_millis(1));
    assert_eq!(hall.auth.sessions().check(&session.id), Err(Ending::SignedOut), "before any sweep");
    assert!(!hall.auth.card_state(&judge(1)).taken);
    assert_eq!(hall.auth.sessions().sweep().await.expect("sweeps"), 1);
    assert_eq!(ended.await.expect("ends"), Ending::SignedOut);
    assert_eq!(hall.store.expect("open").sessions().expect("reads"), [], "its row is gone too");
}

#[tokio::test]
async fn why_a_seat_was_lost_is_known_after_a_restart() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let old = hall.pair(&card).await.token.expect("a cookie");
    let pin = Some(card.pin.reveal());
    let new = hall.auth.pair(&card.token.reveal(), pin, false, &visitor(2)).await.expect("pairs");
    let hall = hall.restart().await;
    assert_eq!(hall.auth.sessions().of_token(&old), Err(Ending::SeatTaken));
    let kept = hall.auth.sessions().of_token(&new.token.expect("a cookie"));
    assert_eq!(kept, Ok(new.session));
}

#[tokio::test]
async fn a_session_does_not_outlive_its_card_even_if_the_store_forgot_that_it_ended() {
    let hall = Hall::new().await;
    let old = hall.card(&judge(1)).await;
    let entered = hall.pair(&old).await;
    let store = hall.store.clone().expect("open");
    let before: Vec<SessionRow> = store.sessions().expect("reads");
    hall.card(&judge(1)).await;
    store.write_sessions(&before, &[]).await.expect("loses the row that ended it");
    drop(store);
    let hall = hall.restart().await;
    let answer = hall.auth.sessions().of_token(&entered.token.expect("a cookie"));
    assert_eq!(answer, Err(Ending::SignedOut));
    assert!(!hall.auth.card_state(&judge(1)).taken);
}

#[tokio::test]
async fn sessions_of_a_place_are_bounded_and_the_oldest_give_way() {
    let hall = Hall::new().await;
    let first = hall.claim().await.session;
    let mut last = first.clone();
    for _ in 0..PER_PLACE_MAX {
        hall.hand.advance(Duration::from_millis(1));
        last = hall.auth.login(PASSWORD, &visitor(1)).await.expect("signs in").session;
    }
    assert_eq!(hall.auth.sessions().at(&Place::organiser()).len(), PER_PLACE_MAX);
    assert_eq!(hall.auth.sessions().check(&first.id), Err(Ending::SignedOut));
    assert!(hall.auth.sessions().check(&last.id).is_ok());
    assert_eq!(hall.store.expect("open").sessions().expect("reads").len(), PER_PLACE_MAX);
}

#[tokio::test]
async fn a_devices_label_is_cleaned_and_cut() {
    let hall = Hall::new().await;
    let token = hall.auth.claim_token().expect("unclaimed").reveal();
    let device = format!("i\u{202e}Pad\u{7}{}", "长".repeat(5000));
    let noisy = podium::auth::Visitor { device, ..visitor(1) };
    let session = hall.auth.claim(&token, PASSWORD, &noisy).await.expect("claims").session;
    assert!(session.device.starts_with("iPad长"));
    assert_eq!(session.device.chars().count(), 120);
}

#[test]
fn cookies_are_named_by_instance_and_place() {
    let (plain, secure) = (Cookies::new("abcd1234", false), Cookies::new("abcd1234", true));
    let token = SessionToken::random(&Random::system());
    let text = token.reveal();
    let life = Duration::from_secs(3600);
    assert_eq!(
        plain.set(&judge(3), &token, life),
        format!("podium-abcd1234-7k2m9x-J3={text}; HttpOnly; SameSite=Strict; Path=/; Max-Age=3600")
    );
    assert_eq!(
        secure.set(&Place::organiser(), &token, life),
        format!(
            "__Host-podium-abcd1234-organiser={text}; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=3600"
        )
    );
    assert_eq!(
        plain.clear(&judge(3)),
        "podium-abcd1234-7k2m9x-J3=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
    );
    let read = |cookies: &Cookies, header: &str| -> Vec<(String, String)> {
        let pairs = cookies.read(header).into_iter();
        pairs.map(|(place, token)| (place.to_string(), token.hash().to_string())).collect()
    };
    let hash = token.hash().to_string();
    let header = format!(
        "theme=dark; podium-abcd1234-7k2m9x-J3={text}; podium-other999-organiser={text}; \
         podium-abcd1234-7k2m9x-host=short; podium-abcd1234-7k2m9x-J03={text}; __Host-podium-abcd1234-organiser={text}; ="
    );
    assert_eq!(read(&plain, &header), [("7k2m9x-J3".to_owned(), hash.clone())]);
    assert_eq!(read(&secure, &header), [("organiser".to_owned(), hash)], "under TLS only what TLS protected");
    assert_eq!(read(&plain, ""), []);
    let flood = format!("podium-abcd1234-7k2m9x-J3={text};").repeat(10_000);
    assert_eq!(read(&plain, &flood).len(), 64);
}
