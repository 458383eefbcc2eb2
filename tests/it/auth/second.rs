//! 复核: whoever may change what counts does not confirm it, from one browser at least.

use super::{Hall, auditor, code, contest, host, judge, visitor, with_cookie};
use podium::auth::seat::Place;
use podium::auth::session::Ending;
use podium::auth::token::SessionToken;
use podium::auth::{Entered, Visitor};

/// A browser with the cookies of both.
fn with_cookies(entered: &[&Entered]) -> Visitor {
    let presented: Vec<SessionToken> = entered.iter().filter_map(|one| one.token.clone()).collect();
    Visitor { presented, ..visitor(1) }
}

#[tokio::test]
async fn beside_a_seat_that_edits_the_auditors_card_is_refused() {
    let hall = Hall::new().await;
    let organiser = hall.claim().await;
    let token = hall.card(&auditor()).await.token.reveal();
    let at_the_desk = hall.pair(&hall.card(&host()).await).await;
    let at_a_tablet = hall.pair(&hall.card(&judge(1)).await).await;
    for held in [&organiser, &at_the_desk, &at_a_tablet] {
        let answer = hall.auth.pair(&token, None, false, &with_cookies(&[held])).await;
        assert_eq!(code(&answer), "second-person-here", "{}", held.session.place);
    }
    // The MC changes nothing; a session that has ended edits nothing; the host of another contest edits another.
    let mc = hall.pair(&hall.card(&Place::mc(contest())).await).await;
    assert_eq!(code(&hall.auth.pair(&token, None, false, &with_cookies(&[&mc])).await), "ok");
    let elsewhere = Place::host("xyz234".parse().unwrap());
    let elsewhere = hall.pair(&hall.card(&elsewhere).await).await;
    hall.auth.sign_out(at_the_desk.session.id).await.unwrap();
    let again = hall.card(&auditor()).await.token.reveal();
    let answer = hall.auth.pair(&again, None, false, &with_cookies(&[&elsewhere, &at_the_desk])).await;
    assert_eq!(code(&answer), "ok");
}

#[tokio::test]
async fn who_takes_a_seat_that_edits_gives_the_auditors_up() {
    let hall = Hall::new().await;
    for place in [host(), judge(2)] {
        let second = hall.pair(&hall.card(&auditor()).await).await;
        let token = hall.card(&place).await.token.reveal();
        hall.auth.pair(&token, None, false, &with_cookie(&second.token)).await.expect("takes the seat");
        assert_eq!(hall.auth.sessions().check(&second.session.id), Err(Ending::SignedOut), "{place}");
    }
    let second = hall.pair(&hall.card(&auditor()).await).await;
    let claim = hall.auth.claim_token().unwrap().reveal();
    let by = with_cookie(&second.token);
    hall.auth.claim(&claim, super::PASSWORD, &by).await.expect("claims");
    assert_eq!(hall.auth.sessions().check(&second.session.id), Err(Ending::SignedOut));
    let second = hall.pair(&hall.card(&auditor()).await).await;
    hall.auth.login(super::PASSWORD, &with_cookie(&second.token)).await.expect("signs in");
    assert_eq!(hall.auth.sessions().check(&second.session.id), Err(Ending::SignedOut));
    // Another browser's stays, and so does the MC's beside it.
    let second = hall.pair(&hall.card(&auditor()).await).await;
    hall.pair(&hall.card(&host()).await).await;
    let mc = hall.card(&Place::mc(contest())).await.token.reveal();
    hall.auth.pair(&mc, None, false, &with_cookie(&second.token)).await.expect("pairs");
    assert!(hall.auth.sessions().check(&second.session.id).is_ok());
}

/// Whichever of the two came first, and whether the page knows of it or not.
#[tokio::test]
async fn who_could_have_proposed_it_does_not_agree_in_the_same_browser() {
    let hall = Hall::new().await;
    let organiser = hall.claim().await;
    let chair = hall.pair(&hall.card(&judge(1)).await).await;
    let sessions = |entered: &[&Entered]| entered.iter().map(|one| one.session.id).collect::<Vec<_>>();
    assert!(!hall.auth.proposes(&chair.session, &sessions(&[&chair])));
    assert!(hall.auth.proposes(&chair.session, &sessions(&[&chair, &organiser])), "its cookies say so");
    // The host's seat is taken beside the chair's tablet, whose socket was opened before.
    let token = hall.card(&host()).await.token.reveal();
    let at_the_desk = hall.auth.pair(&token, None, false, &with_cookies(&[&chair])).await.unwrap();
    assert!(hall.auth.proposes(&chair.session, &sessions(&[&chair])));
    hall.auth.sign_out(at_the_desk.session.id).await.unwrap();
    assert!(hall.auth.proposes(&chair.session, &sessions(&[&chair])), "who signs out is the same person");
    let token = hall.card(&judge(1)).await.token.reveal();
    let anew = hall.auth.pair(&token, None, false, &visitor(1)).await.unwrap();
    assert!(!hall.auth.proposes(&anew.session, &sessions(&[&anew])), "another browser");
    // The chair's card is taken where somebody organises.
    let token = hall.card(&judge(2)).await.token.reveal();
    let beside = hall.auth.pair(&token, None, false, &with_cookies(&[&organiser])).await.unwrap();
    assert!(hall.auth.proposes(&beside.session, &sessions(&[&beside])));
    // The host of another contest proposes nothing here; another judge's seat, and the MC's, propose nothing at all.
    let elsewhere = hall.pair(&hall.card(&Place::host("xyz234".parse().unwrap())).await).await;
    let mc = hall.pair(&hall.card(&Place::mc(contest())).await).await;
    let others = sessions(&[&anew, &elsewhere, &mc, &beside]);
    assert!(!hall.auth.proposes(&anew.session, &others));
}

#[tokio::test]
async fn no_robot_confirms() {
    let hall = Hall::new().await;
    let card = hall.issue(&auditor(), true).await;
    assert_eq!(code(&hall.auth.pair(&card.token.reveal(), None, true, &visitor(1)).await), "seat-taken");
}
