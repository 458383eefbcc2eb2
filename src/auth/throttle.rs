//! Guessing made slow without locking out a hall behind one router.
//!
//! Five counters: per place (five tries, then waits of 1, 2, 4 … 60 s, after 100 wrong ones the host decides), the same per
//! place for who brings its card, per device that is known at its place, per address (large, for strangers), and one
//! over all places. The organiser's password is no PIN: there each address pays for its own guesses, so that nobody who
//! guesses keeps the organiser out. Who has the card pays for guesses that were made with it and for nobody else's. A guess counts as
//! wrong from the moment it is admitted, so that many at once gain nothing. Sessions that exist are never touched.
//!
//! It measures with the steady clock; setting the machine's time neither opens nor locks anything.

use crate::auth::error::AuthError;
use crate::auth::seat::{Place, Seat};
use crate::auth::token::TokenHash;
use crate::clock::Clock;
use crate::clock::limit::{Limit, site};
use governor::Quota;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Wrong guesses in a row before the first wait.
pub const FREE_TRIES: u32 = 5;
/// Longest wait between two guesses.
pub const WAIT_MAX: Duration = Duration::from_secs(60);
/// Wrong guesses of an event; then the host has to approve.
pub const WRONG_MAX: u32 = 100;
/// More wrong guesses than this within `ALARM_SPAN`, over all places: every pairing by PIN needs approval.
pub const ALARM_AT: usize = 50;
pub const ALARM_SPAN: Duration = Duration::from_secs(5 * 60);
/// How long an approval is good for.
pub const APPROVAL_LIFE: Duration = Duration::from_secs(10 * 60);
/// Strangers' tries from one address: at once, and then per second.
pub const ADDRESS_TRIES: NonZeroU32 = NonZeroU32::new(300).unwrap();
pub const ADDRESS_TRIES_PER_SEC: NonZeroU32 = NonZeroU32::new(5).unwrap();

/// Bounds of memory; the entry that was quiet longest gives way.
const PLACES_MAX: usize = 4096;
const STRANGE_PLACES_MAX: usize = 1024;
const DEVICES_MAX: usize = 4096;
const GUESSERS_MAX: usize = 4096;
/// Well above `ALARM_AT`: an approved guess that turns out right must not take the alarm with it.
const WRONG_KEPT_MAX: usize = 1024;

/// Who guesses at what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub place: Place,
    /// A card for the place exists. Counted apart, so that invented places push no real ones out; the host is asked about
    /// real ones alone.
    pub real: bool,
    pub with: With,
    pub address: IpAddr,
}

/// What a guess comes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// A place's name and a guess.
    Nothing,
    /// The place's own card, whose token cannot be guessed.
    Card,
    /// A device that has held this place before.
    Device(TokenHash),
}

/// An admitted guess; hand it back to `settle` with what came of it.
#[derive(Debug)]
#[must_use = "a guess that is not settled counts as wrong"]
pub struct Guess(Target);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Right,
    Wrong,
    /// Nothing was compared; the guess does not count.
    Unmade,
}

#[derive(Debug)]
pub struct Throttle {
    clock: Clock,
    addresses: Limit,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    places: Bounded<Place, Counter>,
    carded: Bounded<Place, Counter>,
    strange: Bounded<Place, Counter>,
    devices: Bounded<(Place, TokenHash), Counter>,
    /// Strangers at the organiser's password.
    guessers: Bounded<IpAddr, Counter>,
    /// When the latest wrong guesses of strangers were made.
    wrong: VecDeque<Duration>,
    approved: BTreeMap<Place, Duration>,
    /// Places that were told to ask the host.
    asking: Bounded<Place, ()>,
}

impl Throttle {
    pub fn new(clock: Clock) -> Self {
        let state = State {
            places: Bounded::new(PLACES_MAX),
            carded: Bounded::new(PLACES_MAX),
            strange: Bounded::new(STRANGE_PLACES_MAX),
            devices: Bounded::new(DEVICES_MAX),
            guessers: Bounded::new(GUESSERS_MAX),
            wrong: VecDeque::new(),
            approved: BTreeMap::new(),
            asking: Bounded::new(PLACES_MAX),
        };
        let quota = Quota::per_second(ADDRESS_TRIES_PER_SEC).allow_burst(ADDRESS_TRIES);
        Throttle { addresses: Limit::new(quota, clock.clone()), clock, state: Mutex::new(state) }
    }

    /// Admits one guess at a PIN or password, or says how long to wait or whom to ask.
    pub fn admit(&self, target: Target) -> Result<Guess, AuthError> {
        let now = self.clock.steady();
        let mut state = self.lock();
        let stranger = target.with == With::Nothing;
        let counter = state.counter(&target, now);
        let full = counter.wrong >= WRONG_MAX && target.place.seat() != Seat::Organiser;
        let wait = counter.until.saturating_sub(now);
        if full || (stranger && state.suspended(&target.place, now)) {
            if target.real {
                state.asking.entry(target.place, now);
            }
            return Err(AuthError::NeedsApproval);
        }
        if !wait.is_zero() {
            return Err(AuthError::SlowDown { seconds: whole_seconds(wait) });
        }
        if stranger {
            self.admit_address(target.address)?;
        }
        state.counter(&target, now).count(now);
        if stranger && target.place.seat() != Seat::Organiser {
            state.wrong.push_back(now);
            if state.wrong.len() > WRONG_KEPT_MAX {
                state.wrong.pop_front();
            }
        }
        Ok(Guess(target))
    }

    /// Writes down what came of a guess. `true` when this place now needs the host's approval.
    pub fn settle(&self, Guess(target): Guess, outcome: Outcome) -> bool {
        let now = self.clock.steady();
        let mut state = self.lock();
        let counter = state.counter(&target, now);
        match outcome {
            Outcome::Wrong => {
                let device = matches!(target.with, With::Device(_));
                return counter.wrong == WRONG_MAX && !device && target.place.seat() != Seat::Organiser;
            }
            Outcome::Right => counter.forgive(0),
            Outcome::Unmade => counter.forgive(counter.row.saturating_sub(1)),
        }
        if target.with == With::Nothing && target.place.seat() != Seat::Organiser {
            state.wrong.pop_back();
        }
        false
    }

    /// One try that needs no counter of its own (a token that cannot be guessed): only the address pays.
    pub fn admit_address(&self, address: IpAddr) -> Result<(), AuthError> {
        self.addresses.admit(address).map_err(|wait| AuthError::SlowDown { seconds: whole_seconds(wait) })
    }

    /// The host agrees to the next pairings at this place; its counter starts anew.
    pub fn approve(&self, place: &Place) {
        let now = self.clock.steady();
        let mut state = self.lock();
        state.forget(place);
        state.approved.retain(|_, until| *until > now);
        state.approved.insert(place.clone(), now + APPROVAL_LIFE);
    }

    /// Ends the alarm over all places.
    pub fn calm(&self) {
        self.lock().wrong.clear();
    }

    /// Whether so many guesses were wrong lately that every pairing by PIN needs approval.
    pub fn alarm(&self) -> bool {
        let now = self.clock.steady();
        self.lock().alarm(now)
    }

    /// Places that were told to ask the host, have not been let in since, and still have to.
    pub fn asking(&self) -> Vec<Place> {
        let now = self.clock.steady();
        let mut state = self.lock();
        let mut places: Vec<Place> = state.asking.entries.keys().cloned().collect();
        places.retain(|place| state.is_full(place) || state.suspended(place, now));
        places.sort();
        places
    }

    /// Somebody sits at this place now, or the host has read that it asks.
    pub fn stop_asking(&self, place: &Place) {
        self.lock().asking.remove(place);
    }

    /// A new card: whatever was guessed at the old one is past.
    pub fn forget(&self, place: &Place) {
        let mut state = self.lock();
        state.forget(place);
        state.approved.remove(place);
    }

    /// After a restart: this place had used up its guesses, those with its card or those without.
    pub fn exhaust(&self, place: &Place, with_card: bool) {
        let now = self.clock.steady();
        let mut state = self.lock();
        let counters = if with_card { &mut state.carded } else { &mut state.places };
        counters.entry(place.clone(), now).wrong = WRONG_MAX;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Counters are whole after every statement; a panic elsewhere must not open the gate.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn counter(&mut self, target: &Target, now: Duration) -> &mut Counter {
        let place = target.place.clone();
        match target.with {
            With::Device(device) => self.devices.entry((place, device), now),
            With::Nothing if place.seat() == Seat::Organiser => {
                self.guessers.entry(site(target.address), now)
            }
            With::Card => self.carded.entry(place, now),
            With::Nothing if target.real => self.places.entry(place, now),
            With::Nothing => self.strange.entry(place, now),
        }
    }

    fn forget(&mut self, place: &Place) {
        self.places.remove(place);
        self.carded.remove(place);
        self.devices.entries.retain(|(at, _), _| at != place);
        self.asking.remove(place);
    }

    /// Somebody guesses all over, and the host has not let this place through.
    fn suspended(&mut self, place: &Place, now: Duration) -> bool {
        let approved = self.approved.get(place).is_some_and(|until| *until > now);
        place.seat() != Seat::Organiser && !approved && self.alarm(now)
    }

    /// One of its counters has used up its guesses.
    fn is_full(&self, place: &Place) -> bool {
        let seats = [&self.places, &self.carded].map(|counters| counters.entries.get(place));
        let devices = self.devices.entries.iter().filter(|((at, _), _)| at == place);
        let mut counters = seats.into_iter().flatten().chain(devices.map(|(_, counter)| counter));
        counters.any(|(_, counter)| counter.wrong >= WRONG_MAX)
    }

    fn alarm(&mut self, now: Duration) -> bool {
        let past = self.wrong.iter().take_while(|at| now.saturating_sub(**at) >= ALARM_SPAN).count();
        self.wrong.drain(..past);
        self.wrong.len() > ALARM_AT
    }
}

/// Wrong guesses at one place, or from one device at it.
#[derive(Debug, Default)]
struct Counter {
    /// Wrong ones since the last right one.
    row: u32,
    /// Wrong ones of the event.
    wrong: u32,
    until: Duration,
}

impl Counter {
    fn count(&mut self, now: Duration) {
        self.row = self.row.saturating_add(1);
        self.wrong = self.wrong.saturating_add(1);
        self.until = now + wait_after(self.row);
    }

    /// Takes one guess back and leaves `row` wrong ones in a row.
    fn forgive(&mut self, row: u32) {
        self.row = row;
        self.wrong = self.wrong.saturating_sub(1);
        self.until = Duration::ZERO;
    }
}

/// The wait after so many wrong guesses in a row: 0 for the first four, then 1, 2, 4 … 60 s.
pub fn wait_after(row: u32) -> Duration {
    match row.checked_sub(FREE_TRIES) {
        None => Duration::ZERO,
        Some(doublings) => Duration::from_secs(1 << doublings.min(6)).min(WAIT_MAX),
    }
}

/// A map with a bound: the entry touched longest ago gives way to a new one.
#[derive(Debug)]
struct Bounded<K, V> {
    entries: HashMap<K, (Duration, V)>,
    max: usize,
}

impl<K: Clone + Eq + Hash, V: Default> Bounded<K, V> {
    fn new(max: usize) -> Self {
        Bounded { entries: HashMap::new(), max }
    }

    fn entry(&mut self, key: K, now: Duration) -> &mut V {
        if self.entries.len() >= self.max && !self.entries.contains_key(&key) {
            let quietest = self.entries.iter().min_by_key(|(_, (touched, _))| *touched);
            if let Some(quietest) = quietest.map(|(key, _)| key.clone()) {
                self.entries.remove(&quietest);
            }
        }
        let (touched, value) = self.entries.entry(key).or_default();
        *touched = now;
        value
    }

    fn remove(&mut self, key: &K) {
        self.entries.remove(key);
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX)
}
