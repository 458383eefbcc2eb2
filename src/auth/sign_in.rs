//! The organiser's way in: claiming a fresh server, the password, signing out.

use crate::auth::accounts::AccountFact;
use crate::auth::error::AuthError;
use crate::auth::password::{Verdict, check_password};
use crate::auth::seat::Place;
use crate::auth::session::{Ending, Newcomer, SessionId};
use crate::auth::throttle::{Outcome, Target, With};
use crate::auth::token::ClaimToken;
use crate::auth::{Auth, Entered, Visitor};

impl Auth {
    /// Whether the organiser's password is set.
    pub fn claimed(&self) -> bool {
        self.accounts().organiser().is_some()
    }

    /// The token of the link that claims this server; made anew at every start, `None` once claimed.
    pub fn claim_token(&self) -> Option<ClaimToken> {
        (!self.claimed()).then(|| self.0.claim.clone())
    }

    /// Sets the organiser's password, once, for whoever has the link from the terminal.
    pub async fn claim(&self, token: &str, password: &str, visitor: &Visitor) -> Result<Entered, AuthError> {
        if self.claimed() {
            return Err(AuthError::AlreadyClaimed);
        }
        if token.parse::<ClaimToken>().ok().map(|token| token.hash()) != Some(self.0.claim.hash()) {
            self.0.throttle.admit_address(visitor.address)?;
            return Err(AuthError::WrongClaim);
        }
        check_password(password)?;
        let phc = self.0.hasher.hash(password).await?;
        let (auth, device, presented) = (self.clone(), visitor.device.clone(), visitor.sessions());
        self.finish(async move {
            let _turn = auth.0.seating.lock().await;
            if auth.claimed() {
                return Err(AuthError::AlreadyClaimed);
            }
            auth.record("organiser", vec![AccountFact::OrganiserPasswordSet { phc }]).await?;
            auth.admit_organiser(device, &presented).await
        })
        .await
    }

    /// Signs the organiser in.
    pub async fn login(&self, password: &str, visitor: &Visitor) -> Result<Entered, AuthError> {
        let place = Place::organiser();
        let phc = self.accounts().organiser().cloned();
        let with = self.known_device(&place, visitor).map_or(With::Nothing, With::Device);
        let target = Target { place, real: true, with, address: visitor.address };
        let guess = self.0.throttle.admit(target)?;
        let verdict = match self.0.hasher.verify(password, phc.as_ref()).await {
            Ok(verdict) => verdict,
            Err(why) => {
                self.0.throttle.settle(guess, Outcome::Unmade);
                return Err(why);
            }
        };
        if verdict == Verdict::Wrong {
            self.0.throttle.settle(guess, Outcome::Wrong);
            return Err(AuthError::WrongPassword);
        }
        self.0.throttle.settle(guess, Outcome::Right);
        if verdict == Verdict::RightButOutdated {
            self.renew_hash(password).await;
        }
        let (auth, device, presented) = (self.clone(), visitor.device.clone(), visitor.sessions());
        self.finish(async move {
            let _turn = auth.0.seating.lock().await;
            auth.admit_organiser(device, &presented).await
        })
        .await
    }

    /// Ends one session; its sockets wake.
    pub async fn sign_out(&self, id: SessionId) -> Result<(), AuthError> {
        let auth = self.clone();
        self.finish(async move { auth.0.sessions.end(&[id], Ending::SignedOut).await }).await
    }

    async fn admit_organiser(&self, device: String, presented: &[SessionId]) -> Result<Entered, AuthError> {
        self.keep_apart(&Place::organiser(), presented).await?;
        let newcomer = Newcomer {
            place: Place::organiser(),
            device,
            robot: false,
            card: None,
            beside: presented.to_vec(),
        };
        let (session, token) = self.0.sessions.create(newcomer, &[]).await?;
        Ok(Entered { session, token: Some(token) })
    }

    /// Hashes the password at today's cost. Failing is no reason to keep the organiser out: the old hash stands.
    async fn renew_hash(&self, password: &str) {
        let renewed = match self.0.hasher.hash(password).await {
            Ok(phc) => self.record("organiser", vec![AccountFact::OrganiserPasswordSet { phc }]).await,
            Err(why) => Err(why),
        };
        if let Err(why) = renewed {
            tracing::warn!(%why, "the organiser's password keeps its old hash");
        }
    }
}
