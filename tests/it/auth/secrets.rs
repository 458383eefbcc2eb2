//! What is stored and what is printed holds no secret; what is stored keeps its spelling.

use super::{Hall, PASSWORD, contest, judge, visitor};
use podium::auth::accounts::{AccountFact, Accounts};
use podium::auth::card::Pin;
use podium::auth::seat::Seat;
use podium::auth::throttle::{Target, With};
use podium::auth::token::Random;
use podium::auth::{Options, Visitor};
use podium::domain::kernel::ids::JudgeId;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write;

#[tokio::test]
async fn nothing_that_can_be_printed_prints_a_secret() {
    let hall = Hall::new().await;
    let claim = hall.auth.claim_token().expect("unclaimed");
    let mut printed = format!("{claim:?}");
    let organiser = hall.claim().await;
    let card = hall.card(&judge(1)).await;
    let entered = hall.pair(&card).await;
    let facts = hall.log.facts();
    let rows = hall.store.as_ref().expect("open").sessions().expect("reads");
    let known = Visitor { presented: entered.token.iter().cloned().collect(), ..visitor(1) };
    let with = With::Device(entered.session.id);
    let target = Target { place: judge(1), real: true, with, address: visitor(1).address };
    let options =
        Options { keys: hall.dir.path().into(), lives: hall.auth.sessions().lives(), cost: hall.cost };
    write!(printed, "{:?} {organiser:?} {card:?} {entered:?}", hall.auth).expect("prints");
    write!(printed, "{facts:?} {rows:?} {known:?} {target:?} {options:?}").expect("prints");
    write!(printed, "{:?} {:?}", Accounts::from_facts(&facts), hall.auth.sessions()).expect("prints");
    write!(printed, "{:#?} {:?} {:?}", entered.session, hall.store, hall.auth.cookies(true)).expect("prints");

    let pepper = std::fs::read(hall.dir.path().join("keys/pepper")).expect("reads");
    let mut secrets = vec![
        claim.reveal(),
        PASSWORD.to_owned(),
        card.token.reveal(),
        card.pin.reveal().to_owned(),
        card.token.hash().to_string(),
        entered.session.id.to_string(),
        format!("{:?}", entered.session.id.0),
        format!("{pepper:?}"),
    ];
    secrets.extend([organiser.token, entered.token].into_iter().flatten().map(|token| token.reveal()));
    for fact in &facts {
        let fact = serde_json::to_value(fact).expect("JSON");
        secrets.extend(["phc", "pin_phc"].iter().filter_map(|key| Some(fact[*key].as_str()?.to_owned())));
    }
    assert_eq!(secrets.len(), 12, "two hashes, two cookies, the pepper and the rest");
    for secret in secrets {
        assert!(!printed.contains(&secret), "{secret:?} is in {printed}");
    }
}

#[tokio::test]
async fn what_is_stored_holds_hashes_only() {
    let hall = Hall::new().await;
    let organiser = hall.claim().await;
    let card = hall.card(&judge(1)).await;
    let entered = hall.pair(&card).await;
    hall.store.as_ref().expect("open").flush().await.expect("flushes");
    let mut stored = std::fs::read(hall.dir.path().join("sled/db")).expect("reads");
    stored.extend(serde_json::to_vec(&hall.log.facts()).expect("JSON"));
    let contains = |text: &str| stored.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(contains(&card.token.hash().to_string()), "the search finds what is there");
    for token in [organiser.token, entered.token].into_iter().flatten() {
        assert!(!contains(&token.reveal()));
    }
    assert!(!contains(&card.token.reveal()) && !contains(PASSWORD));
    assert!(!contains(&format!("\"{}\"", card.pin.reveal())));
}

#[test]
fn facts_keep_their_spelling() {
    let seat = |kind: &str| json!({"kind": kind, "contest": "7k2m9x", "seat": "J3"});
    let phc = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA";
    let written = [
        json!({"kind": "instance-named", "instance": "abcd1234"}),
        json!({"kind": "organiser-password-set", "phc": phc}),
        json!({"kind": "card-issued", "contest": null, "seat": "organiser", "token_hash": "0f".repeat(32),
               "pin_phc": phc, "reusable": true}),
        seat("card-revoked"),
        seat("pairing-locked"),
        seat("pairing-approved"),
    ];
    for fact in written {
        let read: AccountFact =
            serde_json::from_value(fact.clone()).unwrap_or_else(|why| panic!("{fact}: {why}"));
        assert_eq!(serde_json::to_value(&read).expect("JSON"), fact);
    }
}

#[test]
fn the_state_is_the_fold_of_the_facts() {
    let card = |byte: u8| {
        let text = json!({"kind": "card-issued", "contest": "7k2m9x", "seat": "J1",
            "token_hash": format!("{byte:02x}").repeat(32), "pin_phc": "x", "reusable": false});
        serde_json::from_value::<AccountFact>(text).expect("a fact")
    };
    let (seat, code) = (Seat::Judge(JudgeId(1)), Some(contest()));
    let locked = AccountFact::PairingLocked { contest: code.clone(), seat, with_card: false };
    let revoked = AccountFact::CardRevoked { contest: code, seat };
    let impossible = AccountFact::CardRevoked { contest: None, seat };
    let hash = |byte: u8| format!("{byte:02x}").repeat(32).parse().expect("a hash");

    let accounts = Accounts::from_facts([&card(1), &locked, &card(2), &impossible]);
    assert_eq!(accounts.place_of(&hash(1)), None, "an earlier card has ended");
    assert_eq!(accounts.place_of(&hash(2)), Some(&judge(1)));
    assert!(accounts.locked().is_empty(), "a new card starts anew");
    let accounts = Accounts::from_facts([&card(1), &locked]);
    assert!(accounts.locked().contains(&(judge(1), false)));
    let accounts = Accounts::from_facts([&card(1), &locked, &revoked]);
    assert_eq!(accounts, Accounts::default());
}

#[test]
fn pins_have_six_digits_and_differ() {
    let random = Random::system();
    let pins: Vec<_> = (0..500).map(|_| Pin::random(&random).reveal().to_owned()).collect();
    assert!(pins.iter().all(|pin| pin.len() == 6 && pin.bytes().all(|b| b.is_ascii_digit())));
    assert!(pins.iter().collect::<BTreeSet<_>>().len() > 480);
    let high = Random::from_fn({
        let turn = std::sync::atomic::AtomicU8::new(0);
        move |bytes| {
            // The first number lies above the last whole million and must not be used.
            let first = turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
            bytes.fill(if first { 0xff } else { 0 });
        }
    });
    assert_eq!(Pin::random(&high).reveal(), "000000");
}
