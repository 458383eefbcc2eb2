//! 复核: whoever may change what counts does not confirm it. No browser holds the auditor's session and one that edits the same
//! contest at a time: beside such a one the auditor's card is refused, and who takes such a seat gives the auditor's up. The chair
//! is a judge and stays one; but what the host's side proposes is agreed to in another browser than theirs.

use crate::auth::error::AuthError;
use crate::auth::seat::{Place, Seat};
use crate::auth::session::{Ending, Session, SessionId};
use crate::auth::{Auth, Visitor};

impl Auth {
    /// Keeps the rule for a browser that is about to take this place; asked while nobody else takes one.
    pub(super) async fn keep_apart(&self, place: &Place, presented: &[SessionId]) -> Result<(), AuthError> {
        let live = presented.iter().filter_map(|id| self.0.sessions.check(id).ok());
        let same = |session: &Session| {
            let of = |one: &Place, other: &Place| one.contest().is_none_or(|contest| other.reaches(contest));
            of(place, &session.place) || of(&session.place, place)
        };
        let held: Vec<Session> = live.filter(same).collect();
        if place.seat() == Seat::Auditor {
            let edits = held.iter().any(|session| session.place.seat().edits());
            return if edits { Err(AuthError::SecondPerson) } else { Ok(()) };
        }
        if place.seat().edits() {
            let given_up = held.iter().filter(|session| session.place.seat() == Seat::Auditor);
            let given_up: Vec<SessionId> = given_up.map(|session| session.id).collect();
            self.0.sessions.end(&given_up, Ending::SignedOut).await?;
        }
        Ok(())
    }

    /// The browser of this session, which came with these, may also propose what the session would agree to.
    pub fn proposes(&self, session: &Session, presented: &[SessionId]) -> bool {
        let contest = session.place.contest();
        let places =
            contest.map(|contest| Place::host(contest.clone())).into_iter().chain([Place::organiser()]);
        // Who has signed out since is the same person.
        let mut held = places.flat_map(|place| self.0.sessions.ever_at(&place));
        let here = |one: &Session| {
            presented.contains(&one.id) || self.0.sessions.share_a_browser(&one.id, &session.id)
        };
        held.any(|one| here(&one))
    }
}

impl Visitor {
    /// The sessions whose cookies the browser has, live or not.
    pub(super) fn sessions(&self) -> Vec<SessionId> {
        self.presented.iter().map(|token| token.hash()).collect()
    }
}
