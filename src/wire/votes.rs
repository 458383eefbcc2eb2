//! What the set-up page and the phones send about the audience's vote.

use crate::domain::terms::vote::Admission;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `PUT /api/contests/{code}/vote`: what the audience is asked, until the vote opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetVote {
    pub title: String,
    /// Pitches that can be chosen.
    pub choices: Vec<String>,
    pub most: u16,
    #[ts(type = "\"codes\" | \"devices\"")]
    pub admission: Admission,
    /// It closes by itself so many seconds after it was opened; 0: by hand.
    pub secs: u32,
}

/// `POST /api/contests/{code}/vote/codes`: makes so many seat codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IssueCodes {
    pub count: u16,
}

/// Fresh seat codes, shown and printed once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FreshCodes {
    /// Each with its code in the fragment; `/api/qr.svg?d=…` draws it.
    pub urls: Vec<String>,
}

/// `POST /api/contests/{code}/ballots`: a ballot; sent again with other choices, it takes the place of the last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CastBallot {
    /// The seat code, 32 hex digits; absent where each device has a vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub code: Option<String>,
    /// 32 hex digits that the device made and keeps.
    pub device: String,
    /// Pitches.
    pub choices: Vec<String>,
    /// `opened` of the vote that it is meant for: a ballot of a rehearsal counts in no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub opened: Option<u64>,
}
