//! Guessing is slow, and nobody else notices.

use super::{Hall, code, contest, host, judge, visitor, with_cookie, wrong_pin};
use podium::auth::accounts::AccountFact;
use podium::auth::error::AuthError;
use podium::auth::password::{Cost, Hasher, Pepper};
use podium::auth::seat::Place;
use podium::auth::throttle::{
    ADDRESS_TRIES, ADDRESS_TRIES_PER_SEC, ALARM_AT, ALARM_SPAN, APPROVAL_LIFE, Outcome, Target, Throttle,
    WRONG_MAX, With, wait_after,
};
use podium::auth::token::Random;
use podium::clock::Clock;
use podium::domain::kernel::ids::JudgeId;
use podium::domain::kernel::time::Millis;
use std::net::IpAddr;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn target(number: u16, address: &str) -> Target {
    Target {
        place: judge(number),
        real: true,
        with: With::Nothing,
        address: address.parse().expect("an address"),
    }
}

/// Guesses wrong at `target`; the wait that was asked for, if it was refused.
fn guess(throttle: &Throttle, target: &Target) -> Result<(), AuthError> {
    let guess = throttle.admit(target.clone())?;
    throttle.settle(guess, Outcome::Wrong);
    Ok(())
}

#[test]
fn waits_double_from_the_fifth_wrong_guess_to_a_minute() {
    let waits: Vec<_> = (0..=13).map(|row| wait_after(row).as_secs()).collect();
    assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    assert_eq!(wait_after(u32::MAX).as_secs(), 60);
}

#[test]
fn a_place_is_guessed_at_by_the_table() {
    let (clock, hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    let at = target(1, "10.0.0.1");
    for _ in 0..5 {
        guess(&throttle, &at).expect("five are free");
    }
    for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
        let refused = guess(&throttle, &at);
        assert!(
            matches!(refused, Err(AuthError::SlowDown { seconds }) if seconds == wait),
            "{wait}: {refused:?}"
        );
        hand.advance(Duration::from_secs(wait) - Duration::from_millis(1));
        assert_eq!(code(&guess(&throttle, &at)), "slow-down", "a millisecond early");
        hand.set(Millis(u64::MAX));
        assert_eq!(code(&guess(&throttle, &at)), "slow-down", "setting the wall clock opens nothing");
        hand.advance(Duration::from_millis(1));
        guess(&throttle, &at).expect("the wait is over");
    }
    guess(&throttle, &target(2, "10.0.0.1")).expect("another seat behind the same router is not slowed");
}

#[test]
fn a_right_guess_ends_the_waits_but_not_the_count_of_the_event() {
    let (clock, hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    let at = target(1, "10.0.0.1");
    let mut wrong = 0;
    while wrong < WRONG_MAX {
        for _ in 0..4.min(WRONG_MAX - wrong) {
            guess(&throttle, &at).expect("four are free");
            wrong += 1;
        }
        if wrong < WRONG_MAX {
            let right = throttle.admit(at.clone()).expect("free");
            throttle.settle(right, Outcome::Right);
        }
        hand.advance(ALARM_SPAN);
    }
    assert_eq!(code(&guess(&throttle, &at)), "needs-approval");
    assert_eq!(throttle.asking(), [judge(1)]);
    throttle.approve(&judge(1));
    assert_eq!(throttle.asking(), []);
    guess(&throttle, &at).expect("approved");
}

#[test]
fn a_guess_that_was_not_made_does_not_count() {
    let (clock, _hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    for _ in 0..200 {
        let unmade = throttle.admit(target(1, "10.0.0.1")).expect("free");
        throttle.settle(unmade, Outcome::Unmade);
    }
    assert!(!throttle.alarm());
}

#[test]
fn many_guesses_at_once_are_no_more_than_one_after_the_other() {
    let (clock, _hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    let admitted: Vec<_> = (0..100).filter_map(|_| throttle.admit(target(1, "10.0.0.1")).ok()).collect();
    assert_eq!(admitted.len(), 5, "none of them has been answered yet");
}

#[test]
fn who_guesses_at_the_organisers_password_keeps_nobody_else_out() {
    let (clock, hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    let at = |address: &str| Target { place: Place::organiser(), ..target(1, address) };
    let stranger = at("10.0.0.66");
    for _ in 0..5 {
        guess(&throttle, &stranger).expect("five are free");
    }
    for _ in 0..8 {
        hand.advance(Duration::from_secs(60));
        guess(&throttle, &stranger).expect("once a minute");
        assert_eq!(code(&guess(&throttle, &stranger)), "slow-down");
        for right in ["127.0.0.1", "10.0.0.7"] {
            let right = throttle.admit(at(right)).expect("a new browser, the right password");
            throttle.settle(right, Outcome::Right);
        }
    }
    // Two addresses are two guessers, one /64 is one.
    for _ in 0..5 {
        guess(&throttle, &at("2001:db8::1")).expect("free");
    }
    assert_eq!(code(&guess(&throttle, &at("2001:db8::2"))), "slow-down");
}

#[test]
fn an_address_has_a_large_bucket_that_refills() {
    let (clock, hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    let one: IpAddr = "2001:db8::1".parse().expect("an address");
    let neighbour = "2001:db8::2".parse().expect("an address");
    let other = "2001:db8:0:1::1".parse().expect("an address");
    for _ in 0..ADDRESS_TRIES.get() {
        throttle.admit_address(one).expect("large");
    }
    assert_eq!(code(&throttle.admit_address(one)), "slow-down");
    assert_eq!(code(&throttle.admit_address(neighbour)), "slow-down", "the same /64");
    throttle.admit_address(other).expect("another site");
    hand.advance(SECOND);
    let refilled = (0..100).filter(|_| throttle.admit_address(one).is_ok()).count();
    assert_eq!(refilled, ADDRESS_TRIES_PER_SEC.get() as usize);
}

#[test]
fn the_counters_memory_is_bounded_and_invented_seats_push_no_real_one_out() {
    let (clock, hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    for _ in 0..5 {
        guess(&throttle, &target(1, "10.0.0.1")).expect("free");
    }
    for number in 0..5000_u32 {
        hand.advance(ALARM_SPAN);
        let [.., high, low] = number.to_be_bytes();
        let code = format!("x{number:05}").parse().expect("a code");
        let place = Place::judge(code, JudgeId(1));
        let address = IpAddr::from([10, 1, high, low]);
        throttle
            .admit(Target { place, real: false, with: With::Nothing, address })
            .map(|g| throttle.settle(g, Outcome::Wrong))
            .expect("free");
    }
    let text = format!("{throttle:?}");
    assert!(text.len() < 3_000_000, "{} bytes of counters", text.len());
    // The sixth wrong guess in a row at the real seat is followed by a wait of two seconds, not by none.
    guess(&throttle, &target(1, "10.0.0.1")).expect("the wait is long over");
    assert!(matches!(guess(&throttle, &target(1, "10.0.0.1")), Err(AuthError::SlowDown { seconds: 2 })));
}

#[tokio::test]
async fn after_a_hundred_wrong_pins_the_host_decides_also_after_a_restart() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let holder = hall.pair(&card).await;
    let token = card.token.reveal();
    for _ in 0..WRONG_MAX {
        let answer = hall.auth.pair(&token, Some(wrong_pin(&card)), false, &visitor(1)).await;
        assert_eq!(code(&answer), "wrong-pin");
        hall.hand.advance(ALARM_SPAN);
    }
    let right = Some(card.pin.reveal());
    assert_eq!(code(&hall.auth.pair(&token, right, false, &visitor(1)).await), "needs-approval");
    assert_eq!(hall.auth.asking_approval(&contest()), [judge(1)]);
    assert!(hall.auth.sessions().check(&holder.session.id).is_ok(), "who scores is not touched");

    let hall = hall.restart().await;
    assert_eq!(code(&hall.auth.pair(&token, right, false, &visitor(1)).await), "needs-approval");
    hall.auth.approve_pairing(&judge(1), "host").await.expect("approves");
    assert_eq!(code(&hall.auth.pair(&token, right, false, &visitor(1)).await), "ok");
    let hall = hall.restart().await;
    assert_eq!(code(&hall.auth.pair(&token, right, false, &visitor(1)).await), "ok", "the approval is kept");
    let locks = hall.log.facts().iter().filter(|f| matches!(f, AccountFact::PairingLocked { .. })).count();
    assert_eq!(locks, 1);
}

#[tokio::test]
async fn spraying_all_seats_raises_the_alarm_for_pins_and_for_nothing_else() {
    let hall = Hall::new().await;
    let places: Vec<_> = (1..=30).map(judge).collect();
    let cards = hall.auth.issue_cards(&places, false, "organiser").await.expect("issues");
    let scoring = hall.pair(&cards[0]).await;
    hall.auth.show_pairing(&contest(), true);
    for n in 0..=ALARM_AT {
        assert!(!hall.auth.pairing_alarm());
        let card = &cards[n % 30];
        assert_eq!(code(&hall.type_pin(&card.place, wrong_pin(card), &visitor(9)).await), "wrong-pin");
    }
    assert!(hall.auth.pairing_alarm());
    let honest = async |n: usize| hall.type_pin(&cards[n].place, cards[n].pin.reveal(), &visitor(2)).await;
    assert_eq!(code(&honest(28).await), "needs-approval");
    assert!(hall.auth.sessions().check(&scoring.session.id).is_ok(), "scoring goes on");
    hall.pair(&cards[1]).await;
    hall.auth.approve_pairing(&places[28], "host").await.expect("approves");
    assert_eq!(code(&honest(28).await), "ok", "approved for this seat");
    assert_eq!(code(&honest(29).await), "needs-approval", "and for no other");
    hall.hand.advance(ALARM_SPAN);
    assert_eq!(code(&honest(29).await), "ok", "the alarm is over when it is quiet for five minutes");

    hall.auth.approve_all_pairing();
    assert!(!hall.auth.pairing_alarm());
}

#[tokio::test]
async fn an_approval_ends_after_ten_minutes() {
    let (clock, hand) = Clock::manual(Millis(0));
    let throttle = Throttle::new(clock);
    throttle.approve(&judge(40));
    hand.advance(APPROVAL_LIFE - SECOND);
    for number in 0..=50 {
        guess(&throttle, &target(number, "10.0.0.1")).expect("free");
    }
    guess(&throttle, &target(40, "10.0.0.1")).expect("still approved");
    hand.advance(SECOND);
    assert_eq!(code(&guess(&throttle, &target(40, "10.0.0.1"))), "needs-approval");
}

#[tokio::test]
async fn a_known_device_has_a_bucket_of_its_own() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let (token, pin) = (card.token.reveal(), card.pin.reveal());
    let mine = hall.pair(&card).await;
    let known = with_cookie(&mine.token);
    hall.auth.pair(&token, Some(pin), false, &visitor(2)).await.expect("another device takes the seat");
    for _ in 0..5 {
        let answer = hall.auth.pair(&token, Some(wrong_pin(&card)), false, &visitor(3)).await;
        assert_eq!(code(&answer), "wrong-pin");
    }
    assert_eq!(code(&hall.auth.pair(&token, Some(pin), false, &visitor(3)).await), "slow-down");
    assert_eq!(code(&hall.auth.pair(&token, Some(pin), false, &known).await), "ok", "the judge's own tablet");
    let stranger = with_cookie(&hall.pair(&hall.card(&judge(2)).await).await.token);
    let answer = hall.auth.pair(&token, Some(pin), false, &stranger).await;
    assert_eq!(code(&answer), "slow-down", "a cookie of another seat makes no device known");
}

#[tokio::test]
async fn the_organiser_is_slowed_but_never_locked_out() {
    let hall = Hall::new().await;
    let own = with_cookie(&hall.claim().await.token);
    for _ in 0..150 {
        hall.auth.login("not the password", &visitor(9)).await.expect_err("is wrong");
        hall.hand.advance(Duration::from_secs(61));
    }
    assert!(!hall.auth.pairing_alarm(), "passwords do not close pairing");
    hall.auth.login("not the password", &visitor(9)).await.expect_err("is wrong");
    assert_eq!(code(&hall.auth.login(super::PASSWORD, &visitor(9)).await), "slow-down");
    assert_eq!(code(&hall.auth.login(super::PASSWORD, &own).await), "ok", "the organiser's own browser");
    assert_eq!(code(&hall.auth.login(super::PASSWORD, &visitor(1)).await), "ok", "a new one, elsewhere");
    hall.hand.advance(Duration::from_secs(60));
    assert_eq!(code(&hall.auth.login(super::PASSWORD, &visitor(9)).await), "ok");
}

#[tokio::test]
async fn a_hundred_thousand_guesses_from_one_router_disturb_nobody() {
    let hall = Hall::new().await;
    let places: Vec<_> = (1..=30).map(judge).chain([host()]).collect();
    let cards = hall.auth.issue_cards(&places, false, "organiser").await.expect("issues");
    let mut scoring = Vec::new();
    for card in &cards[..15] {
        scoring.push(hall.pair(card).await.session.id);
    }
    hall.auth.show_pairing(&contest(), true);
    let mut compared = 0;
    for n in 0..100_000_u32 {
        // Two hours, the host shows pairing all the time.
        hall.hand.advance(Duration::from_millis(72));
        if n % 5000 == 0 {
            hall.auth.show_pairing(&contest(), true);
        }
        let card = &cards[n as usize % 30];
        let pin = format!("{:06}", n.wrapping_mul(7919) % 1_000_000);
        let pin = if pin == card.pin.reveal() { wrong_pin(card) } else { &pin };
        match hall.type_pin(&card.place, pin, &visitor(1)).await {
            Err(AuthError::WrongPin) => compared += 1,
            Err(AuthError::SlowDown { .. } | AuthError::NeedsApproval) => {}
            other => panic!("{other:?}"),
        }
    }
    // 51 every five minutes for two hours: a chance of 0.13 % to hit one of a million PINs.
    assert!(compared <= (ALARM_AT + 1) * 25, "{compared} PINs were compared");
    assert!(compared > ALARM_AT, "only {compared} PINs were compared: this tested nothing");
    for n in 0..1000 {
        // Guessing tokens too: they cannot be found, and only strangers pay.
        let refused = hall.auth.pair(&format!("{n:032x}"), None, false, &visitor(1)).await;
        assert!(["wrong-card", "slow-down"].contains(&code(&refused)), "{refused:?}");
    }
    assert!(scoring.iter().all(|id| hall.auth.sessions().check(id).is_ok()), "who scores goes on scoring");
    for card in &cards[15..] {
        let answer = hall.auth.pair(&card.token.reveal(), None, false, &visitor(1)).await;
        assert_eq!(code(&answer), "ok", "behind the same router, with a card");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_hashes_at_once_are_bounded_and_the_rest_sent_away() {
    let (dir, random) = (tempfile::tempdir().expect("a folder"), Random::system());
    let pepper = Pepper::load(dir.path(), false, &random).expect("makes a pepper");
    let hasher = Hasher::new(pepper, Cost::default(), random).expect("works");
    let all: Vec<_> = (0..100)
        .map(|n| {
            let hasher = hasher.clone();
            tokio::spawn(async move { hasher.hash(&format!("password {n}")).await })
        })
        .collect();
    let (mut done, mut busy) = (0, 0);
    for one in all {
        match one.await.expect("ends") {
            Ok(_) => done += 1,
            Err(AuthError::Busy) => busy += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    // Two at work and 64 waiting; whoever was early made room for others.
    assert!(done >= 66 && busy > 0, "{done} done, {busy} sent away");
    hasher.hash("afterwards").await.expect("the queue is empty again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_logins_at_once_compare_five_passwords() {
    let hall = Hall::new().await;
    hall.claim().await;
    let logins: Vec<_> = (0..100)
        .map(|n| {
            let auth = hall.auth.clone();
            tokio::spawn(async move { auth.login(&format!("guess number {n}"), &visitor(1)).await })
        })
        .collect();
    let mut compared = 0;
    for login in logins {
        match login.await.expect("ends") {
            Err(AuthError::WrongPassword) => compared += 1,
            Err(AuthError::SlowDown { seconds: 1 }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(compared, 5);
}

#[tokio::test]
async fn an_absurdly_long_secret_is_wrong_without_being_hashed() {
    let hall = Hall::new().await;
    hall.claim().await;
    let long = "x".repeat(1025);
    assert_eq!(code(&hall.auth.login(&long, &visitor(1)).await), "wrong-password");
}
