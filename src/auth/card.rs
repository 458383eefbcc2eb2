//! Cards and pairing: a card's token takes a free seat, its PIN a taken one.
//!
//! Whether a seat is free: no person's device holds it, or its card is a demo's reusable one. Robots hold seats
//! only until a person comes. A token cannot be guessed, so it is never slowed for who has it, and what others guess
//! keeps nobody out who has it; PINs are guarded by `throttle`.

use crate::auth::accounts::{AccountFact, Card};
use crate::auth::error::AuthError;
use crate::auth::password::Verdict;
use crate::auth::seat::{Place, Seat};
use crate::auth::session::{Newcomer, Session, SessionId};
use crate::auth::throttle::{Outcome, Target, With};
use crate::auth::token::{CardToken, Random, TokenHash};
use crate::auth::{Auth, Entered, Visitor};
use crate::domain::kernel::ids::ContestCode;
use std::fmt;
use std::time::Duration;

/// How long the host shows pairing.
pub const PAIRING_LIFE: Duration = Duration::from_secs(10 * 60);

/// Six digits. `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    pub fn random(random: &Random) -> Self {
        // Numbers above the last whole million would make low PINs likelier.
        const EVEN: u32 = u32::MAX - u32::MAX % 1_000_000;
        loop {
            let number = u32::from_be_bytes(random.bytes());
            if number < EVEN {
                return Pin(format!("{:06}", number % 1_000_000));
            }
        }
    }

    /// The PIN itself, for the one place it is handed out.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// A card just issued: the only time its token and PIN are known.
#[derive(Debug, Clone)]
pub struct IssuedCard {
    pub place: Place,
    pub token: CardToken,
    pub pin: Pin,
}

/// What is known of a place's card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardState {
    pub issued: bool,
    /// A person's device holds the place.
    pub taken: bool,
}

impl Auth {
    /// Issues cards for these places; earlier cards end, and with them the sessions they let in. All or none.
    pub async fn issue_cards(
        &self,
        places: &[Place],
        reusable: bool,
        by: &str,
    ) -> Result<Vec<IssuedCard>, AuthError> {
        let (mut cards, mut facts) = (Vec::new(), Vec::new());
        for place in places {
            let (token, pin) = (CardToken::random(&self.0.random), Pin::random(&self.0.random));
            let pin_phc = self.0.hasher.hash(pin.reveal()).await?;
            let (contest, seat, token_hash) = (place.contest().cloned(), place.seat(), token.hash());
            facts.push(AccountFact::CardIssued { contest, seat, token_hash, pin_phc, reusable });
            cards.push(IssuedCard { place: place.clone(), token, pin });
        }
        self.replace_cards(places.to_vec(), facts, by).await?;
        Ok(cards)
    }

    pub fn card_state(&self, place: &Place) -> CardState {
        let issued = self.accounts().card(place).is_some();
        CardState { issued, taken: self.0.sessions.holder(place).is_some() }
    }

    /// Shows or hides pairing without a QR code; it hides by itself after ten minutes.
    pub fn show_pairing(&self, contest: &ContestCode, open: bool) {
        let now = self.0.clock.steady();
        self.0.windows.set(contest, open.then_some(now + PAIRING_LIFE), now);
    }

    /// How long pairing is still shown.
    pub fn pairing_left(&self, contest: &ContestCode) -> Option<Duration> {
        self.0.windows.left(contest, self.0.clock.steady())
    }

    /// The host lets this place pair although too much was guessed.
    pub async fn approve_pairing(&self, place: &Place, by: &str) -> Result<(), AuthError> {
        let locked = self.accounts().locked().iter().any(|(of, _)| of == place);
        if locked {
            let fact = AccountFact::PairingApproved { contest: place.contest().cloned(), seat: place.seat() };
            self.record(by, vec![fact]).await?;
        }
        self.0.throttle.approve(place);
        Ok(())
    }

    /// The host lets everybody pair again after an alarm.
    pub fn approve_all_pairing(&self) {
        self.0.throttle.calm();
    }

    /// Whether guessing over all places makes every pairing by PIN need approval.
    pub fn pairing_alarm(&self) -> bool {
        self.0.throttle.alarm()
    }

    /// Places of this contest that wait for the host's approval.
    pub fn asking_approval(&self, contest: &ContestCode) -> Vec<Place> {
        let mut asking = self.0.throttle.asking();
        asking.retain(|place| place.contest() == Some(contest));
        asking
    }

    /// The host has read that this place asks; it asks again when somebody tries again.
    pub fn dismiss_asking(&self, place: &Place) {
        self.0.throttle.stop_asking(place);
    }

    /// Pairs with a card's token: a free seat at once; a taken one asks for the PIN (`SeatTaken`) and then ends the
    /// old session. A device that holds the seat already goes on as it was.
    pub async fn pair(
        &self,
        token: &str,
        pin: Option<&str>,
        robot: bool,
        visitor: &Visitor,
    ) -> Result<Entered, AuthError> {
        let Some((place, card)) =
            token.parse::<CardToken>().ok().and_then(|token| self.card_of(&token.hash()))
        else {
            self.0.throttle.admit_address(visitor.address)?;
            return Err(AuthError::WrongCard);
        };
        if let Some(session) = self.presented_at(&place, visitor) {
            return Ok(Entered { session, token: None });
        }
        let (device, presented) = (visitor.device.clone(), visitor.sessions());
        let entry = Entry { place, card, robot, device, presented };
        match self.enter(entry.clone(), false).await {
            Err(AuthError::SeatTaken) => {}
            entered => return entered,
        }
        // A robot never takes a person's seat.
        let Some(pin) = pin.filter(|_| !robot) else { return Err(AuthError::SeatTaken) };
        self.guess_pin(&entry.place, Some(&entry.card), With::Card, pin, visitor).await?;
        self.enter(entry, true).await
    }

    /// Pairs with contest, seat and PIN while the host shows pairing. Unknown seats are as wrong, and as slow, as
    /// wrong PINs.
    pub async fn pair_typed(
        &self,
        contest: &ContestCode,
        seat: Seat,
        pin: &str,
        visitor: &Visitor,
    ) -> Result<Entered, AuthError> {
        self.pairing_left(contest).ok_or(AuthError::PairingClosed)?;
        let place = Place::new(Some(contest.clone()), seat).ok_or(AuthError::WrongPin)?;
        let card = self.accounts().card(&place).cloned();
        self.guess_pin(&place, card.as_ref(), With::Nothing, pin, visitor).await?;
        let card = card.ok_or(AuthError::WrongPin)?;
        let (device, presented) = (visitor.device.clone(), visitor.sessions());
        self.enter(Entry { place, card, robot: false, device, presented }, true).await
    }

    async fn guess_pin(
        &self,
        place: &Place,
        card: Option<&Card>,
        with: With,
        pin: &str,
        visitor: &Visitor,
    ) -> Result<(), AuthError> {
        let with = self.known_device(place, visitor).map_or(with, With::Device);
        let target = Target { place: place.clone(), real: card.is_some(), with, address: visitor.address };
        let guess = self.0.throttle.admit(target)?;
        let verdict = self.0.hasher.verify(pin, card.map(|card| &card.pin)).await;
        match verdict {
            Ok(Verdict::Right | Verdict::RightButOutdated) => {
                self.0.throttle.settle(guess, Outcome::Right);
                Ok(())
            }
            Ok(Verdict::Wrong) => {
                if self.0.throttle.settle(guess, Outcome::Wrong) && card.is_some() {
                    let (contest, seat) = (place.contest().cloned(), place.seat());
                    let with_card = with == With::Card;
                    let locked = AccountFact::PairingLocked { contest, seat, with_card };
                    self.record("auth", vec![locked]).await?;
                }
                Err(AuthError::WrongPin)
            }
            Err(why) => {
                self.0.throttle.settle(guess, Outcome::Unmade);
                Err(why)
            }
        }
    }

    /// Takes the seat; a person's session that is there is ended only with `by_pin`.
    async fn enter(&self, entry: Entry, by_pin: bool) -> Result<Entered, AuthError> {
        let auth = self.clone();
        self.finish(async move {
            let _turn = auth.0.seating.lock().await;
            // The card may have been reissued while the PIN was being checked.
            if auth.accounts().card(&entry.place) != Some(&entry.card) {
                return Err(AuthError::WrongCard);
            }
            let replaced = entry.replaces(&auth.0.sessions.at(&entry.place), by_pin)?;
            auth.keep_apart(&entry.place, &entry.presented).await?;
            let card = Some(entry.card.token);
            auth.0.throttle.stop_asking(&entry.place);
            let Entry { place, device, robot, presented: beside, .. } = entry;
            let newcomer = Newcomer { place, device, robot, card, beside };
            let (session, token) = auth.0.sessions.create(newcomer, &replaced).await?;
            Ok(Entered { session, token: Some(token) })
        })
        .await
    }

    async fn replace_cards(
        &self,
        places: Vec<Place>,
        facts: Vec<AccountFact>,
        by: &str,
    ) -> Result<(), AuthError> {
        let (auth, by) = (self.clone(), by.to_owned());
        self.finish(async move {
            let _turn = auth.0.seating.lock().await;
            auth.record(&by, facts).await?;
            for place in &places {
                auth.0.throttle.forget(place);
            }
            auth.0.sessions.end_of_cards(&places).await
        })
        .await
    }

    fn card_of(&self, token: &TokenHash) -> Option<(Place, Card)> {
        let accounts = self.accounts();
        let place = accounts.place_of(token)?;
        Some((place.clone(), accounts.card(place)?.clone()))
    }

    /// The live session at this place whose cookie the visitor has.
    fn presented_at(&self, place: &Place, visitor: &Visitor) -> Option<Session> {
        let live = visitor.presented.iter().filter_map(|token| self.0.sessions.of_token(token).ok());
        live.into_iter().find(|session| session.place == *place)
    }

    /// The session, live or ended, that shows that the visitor's device has held this place.
    pub(super) fn known_device(&self, place: &Place, visitor: &Visitor) -> Option<SessionId> {
        let presented = visitor.presented.iter().map(|token| token.hash());
        presented.into_iter().find(|id| self.0.sessions.knows(id, place))
    }
}

/// Somebody with a valid card at the seat.
#[derive(Debug, Clone)]
struct Entry {
    place: Place,
    card: Card,
    robot: bool,
    device: String,
    /// Sessions of this browser.
    presented: Vec<SessionId>,
}

impl Entry {
    /// The sessions that end when this one begins, or `SeatTaken`.
    fn replaces(&self, live: &[Session], by_pin: bool) -> Result<Vec<SessionId>, AuthError> {
        if self.place.seat() == Seat::Organiser {
            return Ok(Vec::new());
        }
        let held_by_person = live.iter().any(|session| !session.robot);
        let free = !held_by_person || (!self.robot && (self.card.reusable || by_pin));
        // What a person is to look over no robot confirms.
        if !free || (self.robot && self.place.seat() == Seat::Auditor) {
            return Err(AuthError::SeatTaken);
        }
        // Several may sit at a console or read the MC's page; only one device marks for a judge.
        match self.place.seat() {
            Seat::Judge(_) => Ok(live.iter().map(|session| session.id).collect()),
            Seat::Organiser | Seat::Host | Seat::Mc | Seat::Auditor => Ok(Vec::new()),
        }
    }
}
