//! While somebody guesses: whom the host is asked about, and who comes in all the same.

use super::{Hall, code, contest, judge, visitor, wrong_pin};
use podium::auth::seat::Place;
use podium::auth::throttle::{ADDRESS_TRIES, ALARM_AT, ALARM_SPAN, WRONG_MAX};
use std::time::Duration;

/// Guesses at these places and at invented ones until the alarm is on, and some more.
async fn sprayed(hall: &Hall, places: &[Place]) {
    hall.auth.show_pairing(&contest(), true);
    let invented = (900..900 + ALARM_AT as u16).map(judge);
    let places: Vec<_> = places.iter().cloned().chain(invented).collect();
    for place in places.iter().cycle().take(2 * places.len()) {
        assert_ne!(code(&hall.type_pin(place, "no PIN", &visitor(9)).await), "ok");
    }
    assert!(hall.auth.pairing_alarm());
}

#[tokio::test]
async fn the_host_is_asked_about_real_seats_alone() {
    let hall = Hall::new().await;
    hall.card(&judge(1)).await;
    sprayed(&hall, &[judge(1)]).await;
    assert_eq!(hall.auth.asking_approval(&contest()), [judge(1)], "no invented seat");
    hall.auth.dismiss_asking(&judge(1));
    assert_eq!(hall.auth.asking_approval(&contest()), [], "the host has read it");
    assert_eq!(code(&hall.type_pin(&judge(1), "no PIN", &visitor(2)).await), "needs-approval");
    assert_eq!(hall.auth.asking_approval(&contest()), [judge(1)], "somebody asks again");
    hall.hand.advance(ALARM_SPAN);
    assert_eq!(hall.auth.asking_approval(&contest()), [], "nobody has to ask any more");
}

#[tokio::test]
async fn with_the_card_and_its_pin_a_judge_comes_in_whatever_others_guess() {
    let hall = Hall::new().await;
    let cards = hall.auth.issue_cards(&[judge(1), judge(2)], false, "organiser").await.expect("issues");
    hall.pair(&cards[0]).await;
    let comes = async |n: usize, pin: &str| {
        hall.auth.pair(&cards[n].token.reveal(), Some(pin), false, &visitor(9)).await
    };
    sprayed(&hall, &[judge(1), judge(2)]).await;
    assert_eq!(code(&comes(0, cards[0].pin.reveal()).await), "ok", "while the alarm is on");

    // A hundred wrong ones at this very seat, and all that an address may try.
    for _ in 0..WRONG_MAX {
        hall.hand.advance(ALARM_SPAN);
        hall.auth.show_pairing(&contest(), true);
        assert_ne!(code(&hall.type_pin(&judge(1), wrong_pin(&cards[0]), &visitor(9)).await), "ok");
    }
    let typed = hall.type_pin(&judge(1), cards[0].pin.reveal(), &visitor(2)).await;
    assert_eq!(code(&typed), "needs-approval", "without the card");
    for n in 0..ADDRESS_TRIES.get() {
        hall.auth.pair(&format!("{n:032x}"), None, false, &visitor(9)).await.expect_err("no card");
    }
    assert_eq!(code(&comes(0, cards[0].pin.reveal()).await), "ok", "with the card, from the same address");
    assert_eq!(hall.auth.asking_approval(&contest()), [], "and who is in has nothing to ask");
    let hall = hall.restart().await;
    let again =
        hall.auth.pair(&cards[0].token.reveal(), Some(cards[0].pin.reveal()), false, &visitor(2)).await;
    assert_eq!(code(&again), "ok", "after a restart, too");
}

#[tokio::test]
async fn who_has_the_card_alone_guesses_as_slowly_as_anybody() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    hall.pair(&card).await;
    let token = card.token.reveal();
    let mut compared = 0;
    for _ in 0..600 {
        match code(&hall.auth.pair(&token, Some(wrong_pin(&card)), false, &visitor(9)).await) {
            "wrong-pin" => compared += 1,
            "slow-down" => {}
            other => panic!("{other}"),
        }
        hall.hand.advance(Duration::from_secs(1));
    }
    assert!((10..25).contains(&compared), "{compared} in ten minutes");
    assert!(!hall.auth.pairing_alarm(), "and nobody else notices");
}
