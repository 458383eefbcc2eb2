//! The audience's vote: a question, who may answer it, and the ballots. A ballot names no person: its voter is the hash
//! of a random number, of a seat code or of a device.

use crate::domain::ids::{NotAnId, ProjectId, RoundId};
use crate::domain::time::Millis;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Seat codes that one command issues at most; more are issued by another.
pub const CODES_MAX: usize = 1_000;
/// Seat codes of a vote, or devices that vote.
pub const VOTERS_MAX: usize = 50_000;
/// How often a voter may change a ballot.
pub const CHANGES_MAX: u8 = 50;
/// Longest countdown, seconds.
pub const SECS_MAX: u32 = 3_600;

/// The first 128 bits of a hash, as 32 lower-case hex digits. What was hashed cannot be found from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Voter(pub u128);

impl fmt::Display for Voter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for Voter {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let plain = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let value = plain.then(|| u128::from_str_radix(text, 16).ok()).flatten();
        value.map(Voter).ok_or_else(|| NotAnId { text: text.to_owned(), expected: "a voter (32 hex digits)" })
    }
}

impl Serialize for Voter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Voter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Who may cast a ballot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Admission {
    /// Who has a printed seat code, once.
    #[default]
    Codes,
    /// Each device once; whoever empties the browser's memory is a new device. Never part of the formula.
    Devices,
}

/// What the audience is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub round: RoundId,
    pub title: String,
    /// In the order of the running order when it was asked.
    pub choices: Vec<ProjectId>,
    /// So many projects may be chosen at most.
    pub most: u16,
    pub admission: Admission,
    /// It closes by itself so many seconds after it was opened; 0: by hand.
    #[serde(default)]
    pub secs: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoteState {
    Ready,
    Open,
    Closed,
    Revealed,
}

impl fmt::Display for VoteState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            VoteState::Ready => "ready",
            VoteState::Open => "open",
            VoteState::Closed => "closed",
            VoteState::Revealed => "revealed",
        })
    }
}

/// What everybody may see of the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    pub question: Question,
    pub state: VoteState,
    /// When it was opened first: a device that voted in another run of the evening knows by this that it has not yet.
    pub opened: Option<Millis>,
    /// It closes by itself.
    pub closes_at: Option<Millis>,
}

/// One voter's ballot, its newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The device that cast it; for a seat code, the only one that may change it.
    pub device: Voter,
    pub choices: Vec<ProjectId>,
    /// How often it was changed.
    pub changes: u8,
}

/// The ballot box: sealed until the counts are revealed. Counts are kept as ballots come in. Ballots lie in drawers by their
/// voter's first byte, so that a copy of the contest that takes another ballot copies one drawer and not the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotBox {
    pub codes: Arc<BTreeSet<Voter>>,
    drawers: Vec<Arc<BTreeMap<Voter, Ballot>>>,
    ballots: usize,
    counts: BTreeMap<ProjectId, u64>,
}

impl Default for BallotBox {
    fn default() -> Self {
        BallotBox {
            codes: Arc::default(),
            drawers: vec![Arc::default(); 256],
            ballots: 0,
            counts: BTreeMap::new(),
        }
    }
}

impl BallotBox {
    fn drawer(voter: Voter) -> usize {
        usize::from(voter.0.to_be_bytes()[0])
    }

    pub fn get(&self, voter: Voter) -> Option<&Ballot> {
        self.drawers[Self::drawer(voter)].get(&voter)
    }

    /// Ballots that are in.
    pub fn len(&self) -> usize {
        self.ballots
    }

    pub fn is_empty(&self) -> bool {
        self.ballots == 0
    }

    /// The answer to this question.
    pub fn counted(&self, question: &Question) -> Counts {
        let count = |project: &ProjectId| (*project, self.counts.get(project).copied().unwrap_or(0));
        Counts {
            round: question.round,
            admission: question.admission,
            ballots: self.ballots,
            counts: question.choices.iter().map(count).collect(),
        }
    }

    pub fn put(&mut self, voter: Voter, device: Voter, choices: &[ProjectId]) {
        let drawer = Arc::make_mut(&mut self.drawers[Self::drawer(voter)]);
        let before = drawer.remove(&voter);
        let changes = before.as_ref().map_or(0, |before| before.changes.saturating_add(1));
        drawer.insert(voter, Ballot { device, choices: choices.to_vec(), changes });
        self.ballots += usize::from(before.is_none());
        for project in before.iter().flat_map(|before| &before.choices) {
            if let Some(count) = self.counts.get_mut(project) {
                *count -= 1;
            }
        }
        for project in choices {
            *self.counts.entry(*project).or_default() += 1;
        }
    }
}

/// The counts as they were revealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub round: RoundId,
    pub admission: Admission,
    pub ballots: usize,
    /// Every project that could be chosen.
    pub counts: BTreeMap<ProjectId, u64>,
}
