//! The organiser's way in: the first run, the password, and what survives a restart.

use super::{CHEAP, Hall, MemoryLog, PASSWORD, START, code, judge, visitor};
use podium::auth::accounts::AccountFact;
use podium::auth::password::Cost;
use podium::auth::seat::Seat;
use podium::auth::session::Ending;
use podium::clock::Clock;
use podium::store::Store;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_server_is_claimed_once_with_the_printed_link() {
    let hall = Hall::new().await;
    let old = hall.auth.claim_token().expect("unclaimed").reveal();
    let hall = hall.restart().await;
    let token = hall.auth.claim_token().expect("unclaimed").reveal();
    assert_ne!(old, token, "every start prints a link of its own");

    for wrong in [old.as_str(), "", "0"] {
        assert_eq!(code(&hall.auth.claim(wrong, PASSWORD, &visitor(1)).await), "wrong-claim");
    }
    let weak = hall.auth.claim(&token, "11 字符还是太短了啊", &visitor(1)).await;
    assert_eq!(weak.as_ref().expect_err("is refused").params(), [("min", "12".to_owned())]);
    assert_eq!(code(&weak), "weak-password");
    assert!(!hall.auth.claimed());
    assert_eq!(code(&hall.auth.login(PASSWORD, &visitor(1)).await), "wrong-password", "nobody is in before");

    let entered = hall.auth.claim(&token, PASSWORD, &visitor(1)).await.expect("claims");
    assert_eq!(entered.session.place.seat(), Seat::Organiser);
    assert!(hall.auth.claimed() && hall.auth.claim_token().is_none());
    assert_eq!(code(&hall.auth.claim(&token, PASSWORD, &visitor(1)).await), "already-claimed");
}

#[tokio::test]
async fn two_claims_at_once_set_one_password() {
    let hall = Hall::new().await;
    let token = hall.auth.claim_token().expect("unclaimed").reveal();
    let claims: Vec<_> = (0..8)
        .map(|n| {
            let (auth, token) = (hall.auth.clone(), token.clone());
            tokio::spawn(async move { auth.claim(&token, &format!("{PASSWORD} {n}"), &visitor(n)).await })
        })
        .collect();
    let mut let_in = 0;
    for claim in claims {
        let answer = claim.await.expect("ends");
        assert!(["ok", "already-claimed"].contains(&code(&answer)), "{answer:?}");
        let_in += usize::from(answer.is_ok());
    }
    let passwords = hall.log.facts();
    let passwords = passwords.iter().filter(|fact| matches!(fact, AccountFact::OrganiserPasswordSet { .. }));
    assert_eq!((let_in, passwords.count()), (1, 1));
}

#[tokio::test]
async fn a_password_lets_in_for_seven_days_and_across_restarts() {
    let hall = Hall::new().await;
    let instance = hall.auth.instance().to_owned();
    assert_eq!(instance.len(), 8);
    hall.claim().await;
    let hall = hall.restart().await;
    assert_eq!(hall.auth.instance(), instance);
    assert_eq!(code(&hall.auth.login("not the password", &visitor(1)).await), "wrong-password");
    let token = hall.auth.login(PASSWORD, &visitor(1)).await.expect("signs in").token.expect("a cookie");

    hall.hand.advance(Duration::from_secs(7 * 24 * 3600) - Duration::from_millis(1));
    let hall = hall.restart().await;
    assert!(hall.auth.sessions().of_token(&token).is_ok());
    hall.hand.advance(Duration::from_millis(1));
    assert_eq!(hall.auth.sessions().of_token(&token), Err(Ending::SignedOut));
}

#[tokio::test]
async fn a_hash_is_renewed_when_the_cost_rises_and_only_then() {
    let mut hall = Hall::new().await;
    hall.claim().await;
    let passwords = |log: &MemoryLog| {
        log.facts().iter().filter(|fact| matches!(fact, AccountFact::OrganiserPasswordSet { .. })).count()
    };
    hall.auth.login(PASSWORD, &visitor(1)).await.expect("signs in");
    assert_eq!(passwords(&hall.log), 1);
    hall.cost = Cost { passes: 2, ..CHEAP };
    let mut hall = hall.restart().await;
    assert_eq!(code(&hall.auth.login("not the password", &visitor(1)).await), "wrong-password");
    assert_eq!(passwords(&hall.log), 1, "a wrong password renews nothing");
    for _ in 0..2 {
        hall.auth.login(PASSWORD, &visitor(1)).await.expect("signs in");
        assert_eq!(passwords(&hall.log), 2);
    }
    hall.cost = CHEAP;
    let hall = hall.restart().await;
    hall.auth.login(PASSWORD, &visitor(1)).await.expect("signs in");
    assert_eq!(passwords(&hall.log), 2, "a lower cost is no reason");
}

#[tokio::test]
async fn the_pepper_is_private_and_its_loss_is_said_and_not_papered_over() {
    let hall = Hall::new().await;
    let path = hall.dir.path().join("keys/pepper");
    let mode = std::fs::metadata(&path).expect("is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(std::fs::read(&path).expect("reads").len(), 32);
    hall.claim().await;

    let Hall { auth, clock, log, store, dir, .. } = hall;
    drop(auth);
    let store = store.expect("open");
    let reopen = || Hall::open(&dir, &clock, &store, &log, CHEAP);
    std::fs::write(&path, [7; 31]).expect("writes");
    assert!(reopen().await.expect_err("is refused").to_string().contains("31 bytes"));
    std::fs::write(&path, [7; 32]).expect("writes");
    let auth = reopen().await.expect("opens");
    assert_eq!(
        code(&auth.login(PASSWORD, &visitor(1)).await),
        "wrong-password",
        "the pepper is part of the hash"
    );
    std::fs::remove_file(&path).expect("removes");
    assert!(reopen().await.expect_err("is refused").to_string().contains("pepper"));
    assert!(!path.exists(), "no new one was made over the loss");
}

#[tokio::test]
async fn what_the_journal_did_not_take_did_not_happen() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let session = hall.pair(&card).await.session;
    hall.log.set_failing(true);
    let token = hall.auth.claim_token().expect("unclaimed").reveal();
    assert_eq!(code(&hall.auth.claim(&token, PASSWORD, &visitor(1)).await), "storage-failed");
    let reissue = hall.auth.issue_cards(&[judge(1), judge(2)], false, "organiser").await;
    assert_eq!(code(&reissue), "storage-failed");
    assert!(!hall.auth.claimed());
    assert!(hall.auth.sessions().check(&session.id).is_ok(), "the old card stands");
    assert!(!hall.auth.card_state(&judge(2)).issued);
    hall.log.set_failing(false);
    hall.claim().await;
}

#[tokio::test]
async fn a_request_that_goes_away_leaves_no_half_done_thing() {
    let hall = Hall::new().await;
    let old = hall.card(&judge(1)).await;
    let session = hall.pair(&old).await.session;
    let all = u32::try_from(hall.log.gate.available_permits()).expect("few");
    let held = hall.log.gate.acquire_many(all).await.expect("takes");
    let asked = hall.log.asked.load(Ordering::SeqCst);
    let (auth, place) = (hall.auth.clone(), [judge(1)]);
    let request = tokio::spawn(async move { auth.issue_cards(&place, false, "organiser").await });
    // Its client goes away while the journal is writing.
    let deadline = Instant::now() + Duration::from_secs(10);
    while hall.log.asked.load(Ordering::SeqCst) == asked {
        assert!(Instant::now() < deadline, "the append was never asked for");
        tokio::task::yield_now().await;
    }
    request.abort();
    drop(held);
    let ended = hall.auth.sessions().ended(&session.id);
    let ending = tokio::time::timeout(Duration::from_secs(10), ended).await;
    let journal = hall.log.facts().iter().filter(|f| matches!(f, AccountFact::CardIssued { .. })).count();
    assert_eq!(journal, 2, "the journal has the new card");
    assert_eq!(ending.expect("and memory follows it"), Ending::SignedOut);
}

#[tokio::test]
async fn a_store_that_was_lost_costs_a_new_sign_in_and_nothing_else() {
    let hall = Hall::new().await;
    hall.claim().await;
    let card = hall.card(&judge(1)).await;
    let token = hall.pair(&card).await.token.expect("a cookie");
    let Hall { auth, log, store, dir, .. } = hall;
    drop((auth, store));
    std::fs::remove_dir_all(dir.path().join("sled")).expect("loses it");
    let store = Store::open(&dir.path().join("sled"), START).expect("opens").store;
    let (clock, _hand) = Clock::manual(START);
    let auth = Hall::open(&dir, &clock, &store, &log, CHEAP).await.expect("opens");
    assert_eq!(auth.sessions().of_token(&token), Err(Ending::SignedOut));
    auth.login(PASSWORD, &visitor(1)).await.expect("signs in");
    auth.pair(&card.token.reveal(), None, false, &visitor(1)).await.expect("pairs");
}
