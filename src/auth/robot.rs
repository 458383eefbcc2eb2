//! Robots at judges' seats in a rehearsal. They have no cards: nobody is signed out for them, and their sessions do not
//! outlive the server.

use crate::auth::Auth;
use crate::auth::error::AuthError;
use crate::auth::seat::Place;
use crate::auth::session::Newcomer;
use crate::auth::token::SessionToken;
use crate::domain::kernel::ids::{ContestCode, JudgeId};

impl Auth {
    /// Seats a robot. Another robot makes room for it, a person does not (`SeatTaken`); a person who pairs later takes
    /// the seat as from any robot.
    pub async fn seat_robot(&self, contest: &ContestCode, judge: JudgeId) -> Result<SessionToken, AuthError> {
        let (auth, place) = (self.clone(), Place::judge(contest.clone(), judge));
        self.finish(async move {
            let _turn = auth.0.seating.lock().await;
            let live = auth.0.sessions.at(&place);
            if live.iter().any(|session| !session.robot) {
                return Err(AuthError::SeatTaken);
            }
            let replaced: Vec<_> = live.iter().map(|session| session.id).collect();
            let newcomer =
                Newcomer { place, device: "robot".to_owned(), robot: true, card: None, beside: Vec::new() };
            let (_, token) = auth.0.sessions.create(newcomer, &replaced).await?;
            Ok(token)
        })
        .await
    }

    /// Ends the sessions of robots that were seated here; those that came with a card stay.
    pub async fn unseat_robots(&self, contest: &ContestCode, judges: &[JudgeId]) -> Result<(), AuthError> {
        let places: Vec<_> = judges.iter().map(|judge| Place::judge(contest.clone(), *judge)).collect();
        let auth = self.clone();
        self.finish(async move {
            let _turn = auth.0.seating.lock().await;
            auth.0.sessions.end_robots(&places).await
        })
        .await
    }
}
