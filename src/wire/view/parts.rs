//! What several views are made of, and [`Part`]: a piece of a view that is made and turned into text once, whoever contains it.

use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId, TrackId};
use crate::domain::query::out;
use crate::domain::scoring::field::{Naming, Ranking};
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::{Contest, Show};
use crate::domain::state::pitch::Pitch;
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use crate::domain::state::tables::Row;
use crate::domain::terms::programme::{Phase, RevealPolicy};
use crate::domain::terms::rubric::Criterion;
use crate::wire::explain::TieStep;
use crate::wire::phase::PhaseName;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use ts_rs::TS;

/// A piece of a view with the text that is sent of it. Copies share both.
pub struct Part<T>(Arc<Made<T>>);

struct Made<T> {
    value: T,
    text: OnceLock<Box<RawValue>>,
}

impl<T> Part<T> {
    pub fn new(value: T) -> Self {
        Part(Arc::new(Made { value, text: OnceLock::new() }))
    }

    /// They are one and the same; two that are equal need not be.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: Serialize> Part<T> {
    /// # Errors
    /// Where the value is no JSON.
    pub fn text(&self) -> serde_json::Result<&RawValue> {
        if let Some(text) = self.0.text.get() {
            return Ok(text);
        }
        let text = serde_json::value::to_raw_value(&self.0.value)?;
        Ok(self.0.text.get_or_init(|| text))
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        Part(self.0.clone())
    }
}

impl<T> Deref for Part<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T: PartialEq> PartialEq for Part<T> {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Part<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Serialize> Serialize for Part<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text().map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Part<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Part::new)
    }
}

/// What the contest is called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ContestInfo {
    pub code: String,
    pub title: String,
    pub subtitle: String,
    pub venue: String,
    /// IANA zone of all times shown.
    pub zone: String,
    /// Public standings follow every mark.
    pub live: bool,
    pub finished: bool,
    #[ts(type = "\"tech\" | \"gold\" | \"light\"")]
    #[serde(default)]
    pub theme: crate::domain::terms::look::Theme,
    /// `#rrggbb`, in place of the theme's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub accent: Option<String>,
    /// Where the logo is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub logo: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProjectInfo {
    pub number: u16,
    pub name: String,
    pub short: String,
    /// The track's name; empty without one.
    pub track: String,
    pub unit: String,
    pub presenter: String,
}

/// k of n judges. Recused judges are not among the n.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    pub k: u32,
    pub n: u32,
}

/// A row of standings. Equal places are shared places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StandingRow {
    pub pitch: String,
    /// The track in whose list it stands, by its name; absent in the list of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
    /// Absent where the project is not ranked (fewer scorecards than the rule asks for).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<u32>,
    /// Its place before the newest change of the hall's standings; absent where it had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub was: Option<u32>,
    /// Decimal string, `"84.13"`.
    pub score: String,
    /// Scorecards that counted.
    pub k: u32,
    /// What parted it from a row beside it with the same score; `share` where they share the place. No row that is not told is
    /// meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tie: Option<TieStep>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CriterionInfo {
    pub id: String,
    pub name: String,
    /// What the marks mean.
    pub scale: String,
    /// Highest mark, decimal string.
    pub max: String,
    /// Grid of the marks, decimal string; absent where any two-decimal mark fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<String>,
    pub weight: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JudgeInfo {
    pub number: u16,
    pub name: String,
    pub unit: String,
    pub chair: bool,
}

/// Where the logo is; another one is elsewhere.
pub fn logo(code: &ContestCode, show: &Show) -> Option<String> {
    let hash = show.about.look.logo.as_ref()?;
    Some(format!("/api/contests/{code}/logo?v={}", hash.get(..16)?))
}

pub(super) fn contest_info(code: &ContestCode, show: &Show) -> ContestInfo {
    ContestInfo {
        code: code.to_string(),
        title: show.about.title.clone(),
        subtitle: show.about.subtitle.clone(),
        venue: show.about.venue.clone(),
        zone: show.about.zone.clone(),
        live: show.about.reveal == RevealPolicy::Live,
        finished: show.finished,
        theme: show.about.look.theme,
        accent: show.about.look.accent.clone(),
        logo: logo(code, show),
    }
}

pub(super) fn project_infos(show: &Show, round: &Round) -> BTreeMap<String, ProjectInfo> {
    let info = |id: PitchId| {
        let project = show.projects.get(&id.project)?;
        Some(ProjectInfo {
            number: project.id.0,
            name: project.name.clone(),
            short: project.short.clone(),
            track: show.track_name(project).to_owned(),
            unit: project.unit.clone(),
            presenter: project.presenter.clone(),
        })
    };
    round.pitches.values().filter_map(|pitch| Some((pitch.id.to_string(), info(pitch.id)?))).collect()
}

pub fn order(round: &Round) -> Vec<String> {
    round.order.iter().map(|&project| PitchId { round: round.id, project }.to_string()).collect()
}

pub(super) fn phases(round: &Round, published: &Published) -> BTreeMap<String, PhaseName> {
    round.pitches.values().map(|pitch| (pitch.id.to_string(), phase(round, pitch, published))).collect()
}

/// As the hall knows it.
pub(super) fn phase(round: &Round, pitch: &Pitch, published: &Published) -> PhaseName {
    named(round, out::phase(pitch, published))
}

/// As the rule names it.
pub(super) fn named(round: &Round, phase: Phase) -> PhaseName {
    match (phase, round.rule.disqualified) {
        (Phase::Disqualified, Naming::LeftOut) => PhaseName::Out,
        (phase, _) => phase.into(),
    }
}

/// Pitches that were run again.
pub(super) fn attempts(round: &Round) -> BTreeMap<String, u16> {
    let again = round.pitches.values().filter(|pitch| pitch.attempt > 1);
    again.map(|pitch| (pitch.id.to_string(), pitch.attempt)).collect()
}

/// k of n of the current pitch.
pub fn progress(contest: &Contest) -> Option<Progress> {
    let pitch = contest.pitch(contest.show.stage.current?)?;
    let (k, n) = contest.progress(pitch);
    Some(Progress { k, n })
}

pub(super) fn judge_info(contest: &Contest, round: &Round, id: JudgeId) -> Option<JudgeInfo> {
    contest.judges.get(&id).map(|judge| JudgeInfo {
        number: id.0,
        name: judge.name.clone(),
        unit: judge.unit.clone(),
        chair: round.chair == Some(id),
    })
}

pub fn criterion_info(criterion: &Criterion) -> CriterionInfo {
    CriterionInfo {
        id: criterion.id.to_string(),
        name: criterion.name.clone(),
        scale: criterion.scale.clone(),
        max: criterion.max.to_string(),
        step: criterion.step.map(|step| step.to_string()),
        weight: criterion.weight,
    }
}

/// Criterion → mark as a decimal string.
pub(super) fn marks(card: &Scorecard) -> BTreeMap<String, String> {
    card.marks.iter().map(|(id, mark)| (id.to_string(), mark.to_string())).collect()
}

/// Judge → reason.
pub(super) fn reasons(map: &BTreeMap<JudgeId, String>) -> BTreeMap<String, String> {
    map.iter().map(|(judge, why)| (judge.to_string(), why.clone())).collect()
}

/// Judges of a map, by seat.
pub(super) fn judges_of<V>(map: &BTreeMap<JudgeId, V>) -> Vec<String> {
    map.keys().map(ToString::to_string).collect()
}

pub(super) fn standing_rows(show: &Show, rows: Vec<Row>) -> Vec<StandingRow> {
    rows.into_iter().map(|row| standing_row(show, row)).collect()
}

pub fn standing_row(show: &Show, row: Row) -> StandingRow {
    StandingRow {
        pitch: row.pitch.to_string(),
        track: track(show, row.list),
        place: row.place,
        was: None,
        score: row.score,
        k: row.k,
        tie: row.tie.as_ref().map(TieStep::from),
    }
}

/// The name of the track whose list it is; `None` for the list of all.
pub(super) fn track(show: &Show, list: Option<TrackId>) -> Option<String> {
    list.and_then(|track| show.tracks.get(&track)).map(|track| track.name.clone())
}

/// The rows of every list parted: those that a page shows where it says nothing else, and beside a list of all the tracks'.
/// Where there is no list of all the former are the tracks', one after another.
pub(super) fn parted(round: &Round, rows: Vec<Row>) -> (Vec<Row>, Vec<Row>) {
    match round.rule.ranking {
        Ranking::Overall | Ranking::ByTrack => (rows, Vec::new()),
        Ranking::Both => rows.into_iter().partition(|row| row.list.is_none()),
    }
}
