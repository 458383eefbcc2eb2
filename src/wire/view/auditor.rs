//! The auditor's page: everything that the organiser may read about the result. Scorecards, explanations and statistics are asked
//! for beside it, as the chair asks.

use super::chair::{self, ChairLine};
use super::cockpit::{self, ActionInfo};
use super::host::{self, OutInfo};
use super::life::{self, OutcomeInfo};
use super::open::OpenInfo;
use super::parts::{CriterionInfo, JudgeInfo, Part, StandingRow, judge_info};
use super::picture::Picture;
use super::public::PublicView;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::wire::notes::Note;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Everything about the result, and nothing that could change it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AuditorView {
    #[ts(as = "PublicView")]
    pub hall: Part<PublicView>,
    pub round: String,
    pub judges: BTreeMap<String, JudgeInfo>,
    /// Judges of this round's panel, in seat order.
    pub panel: Vec<String>,
    /// Pitches whose scorecards may be asked for.
    pub pitches: BTreeMap<String, ChairLine>,
    /// Pitches that were taken out of the ranking, whether they were scored or not.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, OutInfo>>")]
    pub out: BTreeMap<String, OutInfo>,
    /// The rubric of these, in its order.
    #[ts(as = "Vec<CriterionInfo>")]
    pub criteria: Part<Vec<CriterionInfo>>,
    /// Closed and revealed pitches: what counts.
    #[ts(as = "Vec<StandingRow>")]
    pub provisional: Part<Vec<StandingRow>>,
    /// What is to be known about these.
    #[ts(as = "Vec<Note>")]
    pub notes: Part<Vec<Note>>,
    /// Judge → the signature under the own scorecards still holds.
    pub signed: BTreeMap<String, bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<OpenInfo>>")]
    pub open: Vec<OpenInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<OutcomeInfo>")]
    pub outcome: Option<Part<OutcomeInfo>>,
    /// What the host's side did, newest first.
    pub history: Vec<ActionInfo>,
    /// Changes with every beginning and end of a rehearsal.
    #[serde(default)]
    pub run: u32,
}

/// `None` before the contest is created.
pub fn auditor(contest: &Contest, picture: &Picture) -> Option<AuditorView> {
    let round = contest.show.round_now()?;
    let info = |id| Some((format!("{id}"), judge_info(contest, round, id)?));
    // The record of who was taken out stays to be read.
    let closed = round.pitches.values().filter(|pitch| pitch.was_scored());
    let out = |pitch: &Pitch| Some((pitch.id.to_string(), host::out_info(pitch)?));
    Some(AuditorView {
        hall: picture.hall.clone(),
        round: round.id.to_string(),
        judges: contest.judges.keys().copied().filter_map(info).collect(),
        panel: round.panel.iter().map(ToString::to_string).collect(),
        pitches: chair::lines(contest, round, closed),
        out: round.pitches.values().filter_map(out).collect(),
        criteria: picture.criteria.clone(),
        provisional: picture.provisional.clone(),
        notes: picture.notes.clone(),
        signed: life::signed(round, &picture.digests),
        open: picture.open.clone(),
        outcome: picture.outcome.clone(),
        history: cockpit::history(contest),
        run: contest.run,
    })
}
