//! What is on the stage, as everybody may know it: the timer, the programme's segments, the draw. Made from `Show` alone.

use super::parts::{self, Progress};
use crate::domain::kernel::ids::{PitchId, ProjectId, RoundId};
use crate::domain::state::contest::Show;
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use crate::domain::state::timer::{Timed, Timer};
use crate::domain::terms::programme::{Phase, SegmentKind};
use crate::wire::phase::PhaseName;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The pitch on stage, or the last one that was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StageInfo {
    /// `R1-P3`
    pub pitch: String,
    pub phase: PhaseName,
    /// When the phase began, UTC milliseconds.
    #[ts(type = "number")]
    pub since: u64,
    /// Planned seconds of the phase; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub planned_secs: Option<u32>,
    /// Scorecards in; absent before the window opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub progress: Option<Progress>,
    /// Scorecards are taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub open: bool,
    /// When the window closes by itself, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub closes_at: Option<u64>,
    /// Its score comes next: the plates are up, face down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub announcing: bool,
}

/// The stage timer. What is left is `planned_ms − spent_ms − (now − since)`, by the server's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TimerInfo {
    pub what: TimerName,
    /// The host's words; empty unless `what` is custom.
    pub label: String,
    /// Adjustments included.
    #[ts(type = "number")]
    pub planned_ms: u64,
    /// Ran before `since`.
    #[ts(type = "number")]
    pub spent_ms: u64,
    /// Runs since then, UTC milliseconds; absent while it waits or is paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub since: Option<u64>,
    /// Seconds left at which it warns, the earlier warning first; at most two.
    pub warn_secs: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TimerName {
    Pitch,
    Qa,
    Segment,
    Custom,
}

/// A part of the programme that is no pitch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SegmentInfo {
    pub id: String,
    #[ts(as = "SegmentKindName")]
    pub kind: SegmentKind,
    pub title: String,
    pub names: Vec<String>,
    /// Planned seconds; 0 without a timer.
    pub secs: u32,
    /// So many pitches of the running order come before it; absent: after all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub after: Option<u16>,
    /// It has begun, or was skipped.
    pub past: bool,
}

/// The wire's names of the kinds of segments.
#[derive(TS)]
#[ts(rename_all = "kebab-case")]
pub enum SegmentKindName {
    Opening,
    Unveiling,
    Appointment,
    Signing,
    Presentation,
    Draw,
    Break,
    Awards,
    Other,
}

/// The draw of the running order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrawInfo {
    /// SHA-256 of the secret, in hex.
    pub hash: String,
    /// When it was shown, before anything was called; UTC milliseconds.
    #[serde(default)]
    #[ts(type = "number")]
    pub committed: u64,
    /// What the hall called, in that order.
    pub called: Vec<String>,
    /// Pitches whose places are drawn, as they stood before.
    pub pitches: Vec<String>,
    /// Their tracks, where places are counted by track: each is drawn among those of its own, and takes a place of one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Option<String>>>")]
    pub tracks: Vec<Option<String>>,
    /// Told at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub secret: Option<String>,
    /// The pitches as drawn; empty before.
    pub order: Vec<String>,
}

pub(super) fn stage(show: &Show, published: &Published, progress: Option<Progress>) -> Option<StageInfo> {
    let id = show.stage.current?;
    let round = show.rounds.get(&id.round)?;
    let pitch = round.pitches.get(&id.project)?;
    let planned_secs = match pitch.phase {
        Phase::Pitching => Some(round.timing.pitch_secs),
        Phase::Qa => Some(round.timing.qa_secs),
        _ => None,
    };
    Some(StageInfo {
        pitch: id.to_string(),
        phase: parts::phase(round, pitch, published),
        since: pitch.since.0,
        planned_secs,
        progress: progress.filter(|_| {
            matches!(pitch.phase, Phase::Scoring | Phase::Closed)
                || (pitch.early && pitch.phase.holds_the_stage())
        }),
        open: round.is_open(pitch),
        closes_at: pitch.closes_at.map(|at| at.0),
        announcing: show.stage.announcing == Some(id),
    })
}

pub fn timer(show: &Show) -> Option<TimerInfo> {
    let timer = show.stage.timer.as_ref()?;
    let timing = show.round_now()?.timing;
    let warnings = [timing.first_warning_secs, timing.second_warning_secs];
    // A warning that comes before the timer has run is none.
    let sensible = |secs: &u32| *secs > 0 && u64::from(*secs) * 1_000 < timer.planned_ms;
    Some(timer_info(timer, warnings.into_iter().filter(sensible).collect()))
}

fn timer_info(timer: &Timer, warn_secs: Vec<u32>) -> TimerInfo {
    let (what, label) = match &timer.of {
        Timed::Pitch => (TimerName::Pitch, ""),
        Timed::Qa => (TimerName::Qa, ""),
        Timed::Segment => (TimerName::Segment, ""),
        Timed::Custom(label) => (TimerName::Custom, label.as_str()),
    };
    TimerInfo {
        what,
        label: label.to_owned(),
        planned_ms: timer.planned_ms,
        spent_ms: timer.spent_ms,
        since: timer.since.map(|since| since.0),
        warn_secs,
    }
}

pub fn segments(show: &Show) -> Vec<SegmentInfo> {
    let info = |segment: &crate::domain::terms::programme::Segment| SegmentInfo {
        id: segment.id.to_string(),
        kind: segment.kind,
        title: segment.title.clone(),
        names: segment.names.clone(),
        secs: segment.secs,
        after: segment.after,
        past: show.stage.past.contains(&segment.id),
    };
    show.segments.iter().map(info).collect()
}

/// The programme in order: segments and pitches by their ids.
pub fn items(show: &Show, round: &Round) -> Vec<String> {
    let mut items = Vec::with_capacity(show.segments.len() + round.order.len());
    let at = |place: Option<usize>| {
        let here = move |segment: &&crate::domain::terms::programme::Segment| match place {
            Some(place) => segment.after.map(usize::from) == Some(place),
            None => segment.after.is_none_or(|after| usize::from(after) >= round.order.len()),
        };
        show.segments.iter().filter(here).map(|segment| segment.id.to_string())
    };
    for (place, project) in round.order.iter().enumerate() {
        items.extend(at(Some(place)));
        items.push(PitchId { round: round.id, project: *project }.to_string());
    }
    items.extend(at(None));
    items
}

pub fn draw(round: &Round) -> Option<DrawInfo> {
    let draw = round.draw.as_ref()?;
    let pitches = |projects: &[_]| projects.iter().map(|project| pitch(round.id, *project)).collect();
    Some(DrawInfo {
        hash: draw.hash.clone(),
        committed: draw.committed.0,
        called: draw.called.clone(),
        pitches: pitches(&draw.projects),
        tracks: draw.tracks.iter().map(|track| track.map(|track| track.to_string())).collect(),
        secret: draw.secret.clone(),
        order: pitches(&draw.order),
    })
}

fn pitch(round: RoundId, project: crate::domain::kernel::ids::ProjectId) -> String {
    PitchId { round, project }.to_string()
}

/// Signed today: a project and the other party, as the host typed it for the hall.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SigningInfo {
    /// `P3`
    pub project: String,
    pub short: String,
    pub partner: String,
}

pub fn signings(show: &Show) -> Vec<SigningInfo> {
    let info = |(project, partner): &(ProjectId, String)| SigningInfo {
        project: project.to_string(),
        short: show.projects.get(project).map(|one| one.short.clone()).unwrap_or_default(),
        partner: partner.clone(),
    };
    show.signings.iter().map(info).collect()
}
