//! The audience's vote: a question, who may answer it, and the ballots. A ballot names no person: its voter is the hash
//! of a random number, of a seat code or of a device.

use crate::domain::kernel::ids::{NotAnId, ProjectId, RoundId};
use serde::{Deserialize, Serialize};
use serde_with::{DeserializeFromStr, SerializeDisplay};
use std::fmt;
use std::str::FromStr;

/// Seat codes that one command issues at most; more are issued by another.
pub const CODES_MAX: usize = 1_000;
/// Seat codes of a vote, or devices that vote.
pub const VOTERS_MAX: usize = 50_000;
/// How often a voter may change a ballot.
pub const CHANGES_MAX: u8 = 50;
/// Longest countdown, seconds.
pub const SECS_MAX: u32 = 3_600;

/// The first 128 bits of a hash, as 32 lower-case hex digits. What was hashed cannot be found from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, SerializeDisplay, DeserializeFromStr)]
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
