//! Bodies of the HTTP API under `/api`. Errors are RFC 9457 problems whose `code` is the page's key.

use crate::domain::scoring::field::Ranking;
use crate::wire::error::Refusal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// RFC 9457 problem, `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// `about:blank`; the code says what it is.
    pub r#type: String,
    /// English, for people who read responses, not for pages.
    pub title: String,
    pub status: u16,
    #[serde(flatten)]
    #[ts(flatten)]
    pub refusal: Refusal,
    /// One entry per place in an uploaded file; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PlaceProblem>>")]
    pub places: Vec<PlaceProblem>,
}

/// What is wrong at one place of an uploaded workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PlaceProblem {
    pub sheet: String,
    /// Row as the spreadsheet numbers it, from 1; 0 for the whole sheet.
    pub row: u32,
    /// Column letter; empty for the whole row.
    pub column: String,
    pub refusal: Refusal,
}

/// `GET /api/me`: what this browser may do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Me {
    /// Nobody has set the organiser's password yet.
    pub unclaimed: bool,
    pub organiser: bool,
    /// The organiser's current contest, which the bare paths show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub current: Option<String>,
    pub seats: Vec<Seat>,
}

/// A seat this browser holds: the host's, or one judge's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Seat {
    pub contest: String,
    /// `host` or `J3`.
    pub seat: String,
    /// The page to open, `/c/7k2m9x/judge?seat=J3`.
    pub page: String,
}

/// `POST /api/claim`: first run. The token is in the link that the terminal printed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub token: String,
    pub password: String,
}

/// `POST /api/login`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Login {
    pub password: String,
}

/// `POST /api/pair`: a card's token (from the fragment of its QR code); the PIN where the seat is taken. Answers `Seat`;
/// the token of a demo's organiser link answers a `Seat` with `seat: "organiser"`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pin: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub robot: bool,
}

/// `POST /api/pair/typed`: without the QR code, while the host shows pairing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PairTyped {
    pub contest: String,
    /// `host` or `J3`.
    pub seat: String,
    pub pin: String,
}

/// `GET /api/contests/{code}/pairing`: the host's view of pairing by PIN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Pairing {
    /// Seconds until it hides by itself; absent while it is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub left_secs: Option<u32>,
    /// So many PINs were wrong lately that every seat asks for approval.
    pub alarm: bool,
    /// Seats that were told to ask the host: `J3`.
    pub asking: Vec<String>,
}

/// `POST /api/contests/{code}/pairing`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowPairing {
    pub open: bool,
}

/// `POST /api/contests/{code}/pairing/approve`: this seat may pair in the next ten minutes; without one the alarm ends.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ApprovePairing {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seat: Option<String>,
}

/// `POST /api/contests/{code}/pairing/dismiss`: the host has read that this seat asks; the next try shows it again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DismissPairing {
    pub seat: String,
}

/// `PUT /api/contests/{code}/rubric`: the whole rubric.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetRubric {
    pub criteria: Vec<crate::wire::view::parts::CriterionInfo>,
}

/// `PUT /api/contests/{code}/chair`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetChair {
    /// `J3`; `null` for none, which is said and not left out.
    #[serde(deserialize_with = "Option::deserialize")]
    pub chair: Option<String>,
}

/// `PUT /api/contests/{code}/recusals/{pitch}/{judge}`
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeclareRecusal {
    pub reason: String,
}

/// A conflict of interest that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecusalLine {
    pub pitch: String,
    pub judge: String,
    pub reason: String,
    /// The window has not closed: it can be taken back.
    pub open: bool,
}

/// `GET /api/contests`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ContestLine {
    pub code: String,
    pub title: String,
    pub projects: u32,
    pub judges: u32,
    pub finished: bool,
    pub current: bool,
}

/// `POST /api/contests` and `PUT /api/contests/{code}/about`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AboutBody {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub venue: String,
    /// IANA zone, from the organiser's browser.
    pub zone: String,
    /// Public standings follow every mark.
    #[serde(default)]
    pub live: bool,
    #[serde(default)]
    #[ts(optional, type = "\"tech\" | \"gold\" | \"light\"")]
    pub theme: crate::domain::terms::look::Theme,
    /// `#rrggbb`, 7 to 1 at least on every ground of the theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub accent: Option<String>,
    /// Only told: it is set by its own address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub logo: Option<String>,
}

/// `POST /api/contests` answers this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Created {
    pub code: String,
}

/// `POST /api/contests/{code}/current`: the bare paths show this contest from now on. In the place of one that is running
/// only if `displace` says so.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MakeCurrent {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub displace: bool,
}

/// `GET /api/contests/{code}`: all that set-up shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ContestDetail {
    pub code: String,
    pub about: AboutBody,
    /// A scorecard was submitted: rubric, rule and panel stand.
    pub rules_locked: bool,
    pub finished: bool,
    /// A rehearsal is on: the set-up stands.
    #[serde(default)]
    pub rehearsal: bool,
    pub projects: Vec<ProjectLine>,
    pub judges: Vec<JudgeLine>,
    pub criteria: Vec<crate::wire::view::parts::CriterionInfo>,
    pub rule: RuleLine,
    pub cards: Vec<CardLine>,
    /// Pitches in running order.
    pub pitches: Vec<String>,
    pub recusals: Vec<RecusalLine>,
    pub segments: Vec<crate::wire::plan::SegmentLine>,
    pub window: crate::wire::view::cockpit::WindowInfo,
    pub timing: crate::wire::plan::TimingBody,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub vote: Option<crate::wire::view::vote::VoteInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ballots: Option<crate::wire::view::vote::BallotCount>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProjectLine {
    pub id: String,
    pub number: u16,
    pub name: String,
    pub short: String,
    pub track: String,
    pub unit: String,
    pub presenter: String,
    /// How the MC says the names.
    pub say: String,
    /// What the organiser calls it instead of its number; empty where that is all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JudgeLine {
    pub id: String,
    pub number: u16,
    pub name: String,
    pub unit: String,
    pub chair: bool,
}

/// The rule in the words the set-up page shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct RuleLine {
    /// `mean`, `trimmed_mean`, …
    pub method: String,
    /// Scorecards dropped at each end.
    pub drop: u32,
    pub decimals: u8,
    /// `judge` or `criterion`: what a trimmed mean leaves out.
    pub trim: String,
    /// Share of the audience in the final score, `"0.2"`; `"0"` without one.
    pub audience: String,
    #[ts(as = "RankingName")]
    pub ranking: Ranking,
    pub pitch_secs: u32,
    pub qa_secs: u32,
}

/// Whose places there are: everybody's, each track's, or both.
#[derive(TS)]
#[ts(rename_all = "snake_case")]
pub enum RankingName {
    Overall,
    ByTrack,
    Both,
}

/// `PUT /api/contests/{code}/ranking`: which lists there are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetRanking {
    #[ts(as = "RankingName")]
    pub ranking: Ranking,
}

/// `GET /api/presets`: the rule of a real contest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PresetLine {
    pub id: String,
    /// Its name in Chinese and in English.
    pub zh: String,
    pub en: String,
    pub rule: RuleLine,
}

/// `POST /api/contests/{code}/preset`: sets rule and times.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetPreset {
    pub preset: String,
}

/// A card that was issued. Only hashes are kept, so its token and PIN cannot be shown again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CardLine {
    /// `host` or `J3`.
    pub seat: String,
    pub name: String,
    pub issued: bool,
    /// A device holds the seat.
    pub taken: bool,
}

/// `POST /api/contests/{code}/cards`: (re)issues the cards of these seats; earlier cards of theirs end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IssueCards {
    pub seats: Vec<String>,
}

/// A fresh card, shown and printed once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FreshCard {
    pub seat: String,
    pub name: String,
    /// The pairing address with the token in its fragment; `/api/qr.svg?d=…` draws it.
    pub url: String,
    /// Six digits.
    pub pin: String,
}

/// `GET /api/address`: where phones and tablets of the hall reach this server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Address {
    /// The address in use for QR codes; absent while only loopback is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub public: Option<String>,
    /// Addresses of this machine to choose from.
    pub choices: Vec<String>,
    /// What cards and open tablets have, where that is no address of this machine any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub was: Option<String>,
}
