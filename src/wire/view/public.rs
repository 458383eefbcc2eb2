//! What the hall sees, on phones and on the big screen. Made from [`Show`], [`Published`] and the judges' names
//! alone.

use super::{ContestInfo, PhaseName, Progress, ProjectInfo, PublicView, ScreenView, StageInfo, StandingRow};
use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId};
use crate::domain::query::movement;
use crate::domain::query::result;
use crate::domain::state::contest::{Contest, Show};
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use crate::domain::state::tables::Row;
use crate::domain::terms::programme::{Phase, RevealPolicy, Scene};
use crate::domain::terms::roster::Judge;
use std::collections::BTreeMap;

/// Everything a public view may be made from.
pub struct Revealed<'a> {
    pub code: &'a ContestCode,
    pub show: &'a Show,
    pub published: &'a Published,
    /// The names on the judges' plates.
    pub judges: &'a BTreeMap<JudgeId, Judge>,
    /// How many scorecards of the current pitch are in: a count, never a value.
    pub progress: Option<Progress>,
}

impl<'a> Revealed<'a> {
    /// What may be seen of the contest, and nothing else of it.
    pub fn of(code: &'a ContestCode, contest: &'a Contest, progress: Option<Progress>) -> Self {
        let Contest { show, published, judges, .. } = contest;
        Revealed { code, show, published, judges, progress }
    }
}

/// The phones' view.
pub fn public(revealed: &Revealed) -> PublicView {
    let round = revealed.show.round_now();
    PublicView {
        contest: contest_info(revealed.code, revealed.show),
        projects: round.map(|round| project_infos(revealed.show, round)).unwrap_or_default(),
        order: round.map(order).unwrap_or_default(),
        phases: round.map(phases).unwrap_or_default(),
        stage: stage(revealed.show, revealed.progress),
        standings: round.map(|round| rows(round, revealed.published)).unwrap_or_default(),
        timer: super::stage::timer(revealed.show),
        rehearsal: revealed.show.rehearsal,
        segments: super::stage::segments(revealed.show),
        items: round.map(|round| super::stage::items(revealed.show, round)).unwrap_or_default(),
        segment: revealed.show.stage.segment.map(|(id, _)| id.to_string()),
        draw: round.and_then(super::stage::draw),
        frozen: round.is_some_and(|round| round.board_frozen),
        board: round.and_then(|round| super::board::board(revealed.show, round, revealed.published)),
        vote: super::vote::vote(revealed.show, revealed.published),
        turned: super::board::turned(revealed.show),
        signings: super::stage::signings(revealed.show),
        message: message(revealed.show),
        plates: round.and_then(|round| super::plates::plates(revealed, round)),
    }
}

/// The big screen's view.
pub fn screen(revealed: &Revealed, join: Option<&str>) -> ScreenView {
    ScreenView {
        scene: revealed.show.stage.scene.into(),
        join: join.map(str::to_owned),
        show: public(revealed),
    }
}

/// Where the logo is; another one is elsewhere.
pub fn logo(code: &ContestCode, show: &Show) -> Option<String> {
    let hash = show.about.look.logo.as_ref()?;
    Some(format!("/api/contests/{code}/logo?v={}", hash.get(..16)?))
}

/// What the host has typed is for the hall once it is on the screen.
fn message(show: &Show) -> Vec<String> {
    if show.stage.scene == Scene::Message { show.stage.message.clone() } else { Vec::new() }
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

pub(super) fn phases(round: &Round) -> BTreeMap<String, PhaseName> {
    round.pitches.values().map(|pitch| (pitch.id.to_string(), pitch.phase.into())).collect()
}

pub(super) fn stage(show: &Show, progress: Option<Progress>) -> Option<StageInfo> {
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
        phase: pitch.phase.into(),
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

/// The hall's standings, and where everybody stood before.
pub(super) fn rows(round: &Round, published: &Published) -> Vec<StandingRow> {
    let was = published.movement.as_ref().map(|movement| movement::before(movement)).unwrap_or_default();
    let row = |row: Row| StandingRow { was: was.get(&row.pitch).copied(), ..row.into() };
    result::public(round, published).into_iter().map(row).collect()
}

pub(in crate::wire) fn standing_rows(rows: Vec<Row>) -> Vec<StandingRow> {
    rows.into_iter().map(StandingRow::from).collect()
}

impl From<Row> for StandingRow {
    fn from(row: Row) -> Self {
        StandingRow { pitch: row.pitch.to_string(), place: row.place, was: None, score: row.score, k: row.k }
    }
}

impl From<Phase> for PhaseName {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Queued => PhaseName::Queued,
            Phase::Pitching => PhaseName::Pitching,
            Phase::Qa => PhaseName::Qa,
            Phase::Scoring => PhaseName::Scoring,
            Phase::Closed => PhaseName::Closed,
            Phase::Revealed => PhaseName::Revealed,
            Phase::Absent => PhaseName::Absent,
            Phase::Withdrawn => PhaseName::Withdrawn,
        }
    }
}
