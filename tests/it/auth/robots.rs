//! Robots at judges' seats: they sit where nobody does, and go with the server.

use super::{Hall, code, contest, judge, visitor};
use podium::auth::session::Ending;
use podium::domain::kernel::ids::JudgeId;

#[tokio::test]
async fn a_robot_sits_only_where_no_person_does() {
    let hall = Hall::new().await;
    let card = hall.card(&judge(1)).await;
    let first = hall.auth.seat_robot(&contest(), JudgeId(1)).await.expect("a free seat");
    let second = hall.auth.seat_robot(&contest(), JudgeId(1)).await.expect("robots make room");
    assert_eq!(hall.auth.sessions().of_token(&first), Err(Ending::SeatTaken));
    assert!(!hall.auth.card_state(&judge(1)).taken, "the seat is free for people");
    let person =
        hall.auth.pair(&card.token.reveal(), None, false, &visitor(1)).await.expect("no PIN is asked");
    assert_eq!(hall.auth.sessions().of_token(&second), Err(Ending::SeatTaken));
    assert_eq!(code(&hall.auth.seat_robot(&contest(), JudgeId(1)).await), "seat-taken");
    hall.auth.unseat_robots(&contest(), &[JudgeId(1)]).await.expect("ends nobody");
    assert!(hall.auth.sessions().check(&person.session.id).is_ok());
}

#[tokio::test]
async fn only_robots_without_a_card_are_unseated_and_none_of_them_outlives_the_server() {
    let hall = Hall::new().await;
    let card = hall.issue(&judge(2), true).await;
    let demo = hall.auth.pair(&card.token.reveal(), None, true, &visitor(1)).await.expect("a demo's robot");
    let seated = hall.auth.seat_robot(&contest(), JudgeId(1)).await.expect("a free seat");
    let left = hall.auth.seat_robot(&contest(), JudgeId(3)).await.expect("a free seat");
    hall.auth.unseat_robots(&contest(), &[JudgeId(1), JudgeId(2)]).await.expect("ends one");
    assert_eq!(hall.auth.sessions().of_token(&seated), Err(Ending::SignedOut));
    let demo_token = demo.token.expect("a cookie");
    assert!(hall.auth.sessions().of_token(&demo_token).is_ok());
    assert!(hall.auth.sessions().of_token(&left).is_ok());
    let hall = hall.restart().await;
    assert_eq!(hall.auth.sessions().of_token(&left), Err(Ending::SignedOut));
    assert!(hall.auth.sessions().of_token(&demo_token).is_ok());
}
