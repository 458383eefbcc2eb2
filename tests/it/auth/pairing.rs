//! Who gets a seat: the table of reliability.md 2.1.

use super::{Hall, code, contest, host, judge, visitor, with_cookie, wrong_pin};
use podium::auth::card::PAIRING_LIFE;
use podium::auth::seat::{Place, Seat};
use podium::auth::session::Ending;
use podium::domain::kernel::ids::JudgeId;
use std::time::Duration;

#[tokio::test]
async fn a_free_seat_needs_the_card_only_and_a_taken_one_the_pin() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(3)).await;
    let token = card.token.reveal();
    assert!(!hall.auth.card_state(&judge(3)).taken);
    let first = hall.pair(&card).await;
    assert_eq!(first.session.place, judge(3));
    assert!(hall.auth.card_state(&judge(3)).taken);

    let other = visitor(2);
    assert_eq!(code(&hall.auth.pair(&token, None, false, &other).await), "seat-taken");
    assert_eq!(code(&hall.auth.pair(&token, Some(wrong_pin(&card)), false, &other).await), "wrong-pin");
    assert!(hall.auth.sessions().check(&first.session.id).is_ok(), "a wrong PIN disturbs nobody");

    let ended = hall.auth.sessions().ended(&first.session.id);
    let second = hall.auth.pair(&token, Some(card.pin.reveal()), false, &other).await.expect("pairs");
    assert_eq!(ended.await, Ending::SeatTaken);
    assert_eq!(hall.auth.sessions().check(&first.session.id), Err(Ending::SeatTaken));
    assert_eq!(hall.auth.sessions().holder(&judge(3)).map(|s| s.id), Some(second.session.id));

    hall.auth.sign_out(second.session.id).await.expect("signs out");
    assert_eq!(code(&hall.auth.pair(&token, None, false, &other).await), "ok", "the seat is free again");
}

#[tokio::test]
async fn a_card_that_is_not_one_is_wrong_whatever_it_looks_like() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let upper = card.token.reveal().to_uppercase();
    let long = "0".repeat(100_000);
    for bad in
        ["", "x", &"0".repeat(32), &"0".repeat(64), &upper, &format!(" {}", card.token.reveal()), &long]
    {
        let answer = hall.auth.pair(bad, Some("123456"), false, &visitor(1)).await;
        assert_eq!(code(&answer), "wrong-card");
    }
}

#[tokio::test]
async fn two_devices_at_once_do_not_share_a_seat() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let pairings: Vec<_> = (0..20)
        .map(|n| {
            let (auth, token) = (hall.auth.clone(), card.token.reveal());
            tokio::spawn(async move { auth.pair(&token, None, false, &visitor(n)).await })
        })
        .collect();
    let mut codes = Vec::new();
    for pairing in pairings {
        codes.push(code(&pairing.await.expect("ends")));
    }
    codes.sort();
    assert_eq!(codes[0], "ok");
    assert!(codes[1..].iter().all(|code| *code == "seat-taken"), "{codes:?}");
}

#[tokio::test]
async fn a_device_that_holds_the_seat_goes_on_as_it_was() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let first = hall.pair(&card).await;
    let again = hall.auth.pair(&card.token.reveal(), None, false, &with_cookie(&first.token)).await;
    let again = again.expect("goes on");
    assert_eq!(again.session, first.session);
    assert!(again.token.is_none(), "it has its cookie");
    let elsewhere = hall.card(&judge(2)).await;
    let other = hall.auth.pair(&elsewhere.token.reveal(), None, false, &with_cookie(&first.token)).await;
    assert_eq!(other.expect("pairs").session.place, judge(2), "a cookie counts at its own seat only");
}

#[tokio::test]
async fn robots_give_way_to_people_and_never_the_other_way() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let (token, pin) = (card.token.reveal(), card.pin.reveal());
    let robot = hall.auth.pair(&token, None, true, &visitor(1)).await.expect("pairs");
    assert!(robot.session.robot && !hall.auth.card_state(&judge(1)).taken);
    let second = hall.auth.pair(&token, None, true, &visitor(1)).await.expect("a robot replaces a robot");
    assert_eq!(hall.auth.sessions().check(&robot.session.id), Err(Ending::SeatTaken));
    let person = hall.pair(&card).await;
    assert_eq!(hall.auth.sessions().check(&second.session.id), Err(Ending::SeatTaken));
    for pin in [None, Some(pin)] {
        assert_eq!(code(&hall.auth.pair(&token, pin, true, &visitor(1)).await), "seat-taken");
    }
    assert!(hall.auth.sessions().check(&person.session.id).is_ok());
}

#[tokio::test]
async fn a_demos_card_may_be_used_again_and_again() {
    let hall = Hall::new().await;
    let seat = hall.issue(&judge(1), true).await;
    let (first, second) = (hall.pair(&seat).await, hall.pair(&seat).await);
    assert_eq!(
        hall.auth.sessions().check(&first.session.id),
        Err(Ending::SeatTaken),
        "a judge is one device"
    );
    assert!(hall.auth.sessions().check(&second.session.id).is_ok());
    let robot = hall.auth.pair(&seat.token.reveal(), None, true, &visitor(1)).await;
    assert_eq!(code(&robot), "seat-taken", "a robot waits for the seat all the same");
    for place in [host(), Place::organiser()] {
        let link = hall.issue(&place, true).await;
        let (first, second) = (hall.pair(&link).await, hall.pair(&link).await);
        assert!(
            hall.auth.sessions().check(&first.session.id).is_ok(),
            "several may watch the page of {place}"
        );
        assert!(hall.auth.sessions().check(&second.session.id).is_ok());
    }
    let plain = hall.card(&host()).await;
    hall.pair(&plain).await;
    assert_eq!(code(&hall.auth.pair(&plain.token.reveal(), None, false, &visitor(2)).await), "seat-taken");
}

#[tokio::test]
async fn issuing_again_ends_the_old_card_and_its_sessions() {
    let hall = Hall::new().await;
    let (old, other) = (hall.card(&judge(1)).await, hall.card(&judge(2)).await);
    let (session, bystander) = (hall.pair(&old).await.session, hall.pair(&other).await.session);
    let ended = hall.auth.sessions().ended(&session.id);
    let new = hall.card(&judge(1)).await;
    assert_eq!(ended.await, Ending::SignedOut);
    assert!(hall.auth.sessions().check(&bystander.id).is_ok());
    let answer = hall.auth.pair(&old.token.reveal(), Some(old.pin.reveal()), false, &visitor(1)).await;
    assert_eq!(code(&answer), "wrong-card");
    hall.pair(&new).await;
}

#[tokio::test]
async fn typed_pairing_works_while_the_host_shows_it() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let pin = card.pin.reveal();
    let closed = hall.type_pin(&judge(1), pin, &visitor(1)).await;
    assert_eq!(code(&closed), "pairing-closed");

    hall.auth.show_pairing(&contest(), true);
    assert_eq!(hall.auth.pairing_left(&contest()), Some(PAIRING_LIFE));
    hall.hand.advance(PAIRING_LIFE - Duration::from_secs(1));
    let first = hall.type_pin(&judge(1), pin, &visitor(1)).await.expect("pairs");
    let second = hall.type_pin(&judge(1), pin, &visitor(2)).await.expect("the PIN takes a taken seat");
    assert_eq!(hall.auth.sessions().check(&first.session.id), Err(Ending::SeatTaken));
    assert!(hall.auth.sessions().check(&second.session.id).is_ok());

    hall.hand.advance(Duration::from_secs(1));
    assert_eq!(
        code(&hall.type_pin(&judge(1), pin, &visitor(1)).await),
        "pairing-closed",
        "ten minutes are over"
    );
    hall.auth.show_pairing(&contest(), true);
    hall.auth.show_pairing(&contest(), false);
    assert_eq!(code(&hall.type_pin(&judge(1), pin, &visitor(1)).await), "pairing-closed");
    assert_eq!(hall.auth.pairing_left(&contest()), None);
    hall.auth.show_pairing(&contest(), true);
    let organiser = hall.auth.pair_typed(&contest(), Seat::Organiser, pin, &visitor(1)).await;
    assert_eq!(code(&organiser), "wrong-pin", "the organiser has no seat in a contest");
}

#[tokio::test]
async fn an_unknown_seat_answers_like_a_wrong_pin() {
    let hall = Hall::new().await;
    hall.card(&judge(1)).await;
    hall.auth.show_pairing(&contest(), true);
    let mut answers = Vec::new();
    for judge in [JudgeId(1), JudgeId(99)] {
        let mut said = Vec::new();
        for _ in 0..7 {
            let answer = hall.auth.pair_typed(&contest(), Seat::Judge(judge), "12345x", &visitor(1)).await;
            said.push(answer.expect_err("is refused").to_string());
        }
        answers.push(said);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].iter().filter(|said| *said == "wrong PIN").count(), 5);
}
