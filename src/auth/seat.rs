//! Seats and where they stand: `organiser`, or `host`, `mc`, `auditor` and `J3` of a contest. One spelling, used in cookies,
//! addresses and rows.
//!
//! It knows names only; what a seat may do is the layer above.

use crate::domain::kernel::ids::{ContestCode, JudgeId};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use std::fmt;
use std::str::FromStr;

/// Whom a session speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
pub enum Seat {
    Organiser,
    Host,
    Mc,
    Auditor,
    Judge(JudgeId),
}

impl Seat {
    /// Whoever sits here may change what counts: the same person does not confirm it.
    pub fn edits(self) -> bool {
        match self {
            Seat::Organiser | Seat::Host | Seat::Judge(_) => true,
            Seat::Mc | Seat::Auditor => false,
        }
    }
}

/// The text names no seat.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a seat (organiser, host, mc, auditor, J1, …)")]
pub struct NotASeat;

impl fmt::Display for Seat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seat::Organiser => f.write_str("organiser"),
            Seat::Host => f.write_str("host"),
            Seat::Mc => f.write_str("mc"),
            Seat::Auditor => f.write_str("auditor"),
            Seat::Judge(judge) => judge.fmt(f),
        }
    }
}

impl FromStr for Seat {
    type Err = NotASeat;
    fn from_str(text: &str) -> Result<Self, NotASeat> {
        match text {
            "organiser" => Ok(Seat::Organiser),
            "host" => Ok(Seat::Host),
            "mc" => Ok(Seat::Mc),
            "auditor" => Ok(Seat::Auditor),
            judge => judge.parse().map(Seat::Judge).map_err(|_| NotASeat),
        }
    }
}

/// A seat in its contest. The organiser belongs to all contests, every other seat to one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    contest: Option<ContestCode>,
    seat: Seat,
}

impl Place {
    pub fn organiser() -> Self {
        Place { contest: None, seat: Seat::Organiser }
    }

    pub fn host(contest: ContestCode) -> Self {
        Place { contest: Some(contest), seat: Seat::Host }
    }

    pub fn mc(contest: ContestCode) -> Self {
        Place { contest: Some(contest), seat: Seat::Mc }
    }

    pub fn auditor(contest: ContestCode) -> Self {
        Place { contest: Some(contest), seat: Seat::Auditor }
    }

    pub fn judge(contest: ContestCode, judge: JudgeId) -> Self {
        Place { contest: Some(contest), seat: Seat::Judge(judge) }
    }

    /// `None` where contest and seat do not belong together.
    pub fn new(contest: Option<ContestCode>, seat: Seat) -> Option<Self> {
        (contest.is_none() == (seat == Seat::Organiser)).then_some(Place { contest, seat })
    }

    pub fn contest(&self) -> Option<&ContestCode> {
        self.contest.as_ref()
    }

    pub fn seat(&self) -> Seat {
        self.seat
    }

    /// Whether this place is part of `contest`; the organiser's is part of each.
    pub fn reaches(&self, contest: &ContestCode) -> bool {
        self.contest.as_ref().is_none_or(|own| own == contest)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.contest {
            Some(contest) => write!(f, "{contest}-{}", self.seat),
            None => self.seat.fmt(f),
        }
    }
}

impl FromStr for Place {
    type Err = NotASeat;
    fn from_str(text: &str) -> Result<Self, NotASeat> {
        let (contest, seat) = match text.split_once('-') {
            Some((contest, seat)) => (Some(contest.parse().map_err(|_| NotASeat)?), seat),
            None => (None, text),
        };
        Place::new(contest, seat.parse()?).ok_or(NotASeat)
    }
}
