//! Accounts and cards: the facts of `journal/accounts.jsonl` and the state they fold into.
//!
//! `apply` is plain and cannot fail. Secrets stand in facts as hashes only. It does not know how facts reach the
//! disk: that is an `AccountLog`.

use crate::auth::error::AuthError;
use crate::auth::password::Phc;
use crate::auth::seat::{Place, Seat};
use crate::auth::token::{Random, TokenHash};
use crate::domain::kernel::ids::ContestCode;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::pin::Pin;

/// What happened to an account or a card. A variant is never altered once a journal may hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AccountFact {
    /// The server's own name, in its cookies.
    InstanceNamed {
        instance: String,
    },
    OrganiserPasswordSet {
        phc: Phc,
    },
    CardIssued {
        contest: Option<ContestCode>,
        seat: Seat,
        token_hash: TokenHash,
        pin_phc: Phc,
        /// A demo's link: may be used again and again.
        reusable: bool,
    },
    CardRevoked {
        contest: Option<ContestCode>,
        seat: Seat,
    },
    /// So many wrong PINs that the host has to agree to the next pairing.
    PairingLocked {
        contest: Option<ContestCode>,
        seat: Seat,
        /// They were guessed with the place's card.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        with_card: bool,
    },
    PairingApproved {
        contest: Option<ContestCode>,
        seat: Seat,
    },
    /// The contest that the bare paths show.
    CurrentContestChosen {
        contest: ContestCode,
    },
}

/// Facts on their way to the journal.
pub type Appending<'a> = Pin<Box<dyn Future<Output = Result<(), AuthError>> + Send + 'a>>;

/// Where facts become durable.
pub trait AccountLog: Send + Sync + 'static {
    /// Returns when all `facts` are on disk, as one batch; `by` is who caused them. An error means: not applied.
    fn append(&self, by: &str, facts: Vec<AccountFact>) -> Appending<'_>;
}

/// The card that is valid for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub token: TokenHash,
    pub pin: Phc,
    pub reusable: bool,
}

/// All accounts and cards: the fold of the facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    instance: Option<String>,
    organiser: Option<Phc>,
    cards: BTreeMap<Place, Card>,
    places: HashMap<TokenHash, Place>,
    locked: BTreeSet<(Place, bool)>,
    current: Option<ContestCode>,
}

impl Accounts {
    pub fn from_facts<'a>(facts: impl IntoIterator<Item = &'a AccountFact>) -> Self {
        let mut accounts = Accounts::default();
        facts.into_iter().for_each(|fact| accounts.apply(fact));
        accounts
    }

    pub fn apply(&mut self, fact: &AccountFact) {
        match fact {
            AccountFact::InstanceNamed { instance } => self.instance = Some(instance.clone()),
            AccountFact::OrganiserPasswordSet { phc } => self.organiser = Some(phc.clone()),
            AccountFact::CardIssued { contest, seat, token_hash, pin_phc, reusable } => {
                let Some(place) = Place::new(contest.clone(), *seat) else { return };
                self.take_card(&place);
                self.locked.retain(|(of, _)| *of != place);
                self.places.insert(*token_hash, place.clone());
                let card = Card { token: *token_hash, pin: pin_phc.clone(), reusable: *reusable };
                self.cards.insert(place, card);
            }
            AccountFact::CardRevoked { contest, seat } => {
                let Some(place) = Place::new(contest.clone(), *seat) else { return };
                self.take_card(&place);
                self.locked.retain(|(of, _)| *of != place);
            }
            AccountFact::PairingLocked { contest, seat, with_card } => {
                self.locked.extend(Place::new(contest.clone(), *seat).map(|place| (place, *with_card)));
            }
            AccountFact::PairingApproved { contest, seat } => {
                if let Some(place) = Place::new(contest.clone(), *seat) {
                    self.locked.retain(|(of, _)| *of != place);
                }
            }
            AccountFact::CurrentContestChosen { contest } => self.current = Some(contest.clone()),
        }
    }

    pub fn instance(&self) -> Option<&str> {
        self.instance.as_deref()
    }

    pub fn organiser(&self) -> Option<&Phc> {
        self.organiser.as_ref()
    }

    pub fn card(&self, place: &Place) -> Option<&Card> {
        self.cards.get(place)
    }

    /// The contest that the organiser has chosen for the bare paths.
    pub fn current(&self) -> Option<&ContestCode> {
        self.current.as_ref()
    }

    /// The place whose valid card has this token.
    pub fn place_of(&self, token: &TokenHash) -> Option<&Place> {
        self.places.get(token)
    }

    /// Places whose next pairing the host has to approve, and whether that is the pairing with the card or without.
    pub fn locked(&self) -> &BTreeSet<(Place, bool)> {
        &self.locked
    }

    /// Whether hashes exist that only this server's pepper can verify.
    pub fn hold_secrets(&self) -> bool {
        self.organiser.is_some() || !self.cards.is_empty()
    }

    fn take_card(&mut self, place: &Place) {
        if let Some(card) = self.cards.remove(place) {
            self.places.remove(&card.token);
        }
    }
}

/// A fresh name for a server: eight characters, 40 bits.
pub fn new_instance(random: &Random) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    random.bytes::<8>().iter().map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect()
}
