//! Projects, judges and the running order; a whole workbook at once.

use super::guard::{optional, required, round};
use super::programme;
use super::setup::{
    FIRST_ROUND, JUDGES_MAX, checked_rubric, checked_rule, checked_timing, rule_of_panel, thawed,
};
use crate::domain::command::blueprint::{Blueprint, BlueprintSegment};
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{PitchId, ProjectId, RoundId, TrackId};
use crate::domain::kernel::names::{CODE_CHARS_MAX, NAME_CHARS_MAX, SHORT_CHARS_MAX};
use crate::domain::rejection::Rejection;
use crate::domain::scoring::rule::Method;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::{Phase, Segment};
use crate::domain::terms::roster::{Judge, Project, Track};
use std::collections::{BTreeMap, BTreeSet};

/// Most projects of one contest.
pub const PROJECTS_MAX: usize = 999;

/// A workbook fills an empty contest; what is there already is not overwritten, it is refused.
pub fn import(contest: &Contest, blueprint: &Blueprint) -> Result<Vec<Fact>, Rejection> {
    let first = round(contest, FIRST_ROUND)?;
    thawed(first)?;
    let mut facts = Vec::new();
    let tracks = import_tracks(contest, &blueprint.tracks, &mut facts)?;
    let order = import_projects(contest, first, blueprint, &tracks, &mut facts)?;
    import_judges(contest, first, blueprint, &mut facts)?;
    if !blueprint.criteria.is_empty() {
        facts.push(Fact::RubricSet { round: FIRST_ROUND, criteria: checked_rubric(&blueprint.criteria)? });
    }
    facts.extend(import_rule(first, blueprint)?);
    if let Some(timing) = blueprint.timing {
        facts.push(Fact::TimingSet { round: FIRST_ROUND, timing: checked_timing(timing)? });
    }
    if let Some(policy) = blueprint.window.filter(|policy| *policy != first.window) {
        facts.extend(programme::set_window(contest, FIRST_ROUND, policy)?);
    }
    if !blueprint.segments.is_empty() {
        facts.extend(import_programme(contest, &blueprint.segments, &order)?);
    }
    if facts.is_empty() { Err(Rejection::NothingChanges) } else { Ok(facts) }
}

/// The workbook's rule; where that names no method, and where there is none, the method of the panel.
fn import_rule(first: &Round, blueprint: &Blueprint) -> Result<Option<Fact>, Rejection> {
    let panel = first.panel.len() + blueprint.judges.len();
    let Some(rule) = &blueprint.rule else {
        return Ok(rule_of_panel(first, panel).filter(|_| !blueprint.judges.is_empty()));
    };
    let criteria = if blueprint.criteria.is_empty() { &first.criteria } else { &blueprint.criteria };
    let mut rule = checked_rule(rule, criteria)?;
    if blueprint.method_by_panel {
        rule.method = Method::of_panel(panel);
    }
    Ok(Some(Fact::RuleSet { round: FIRST_ROUND, rule, method_by_panel: blueprint.method_by_panel }))
}

/// Facts for tracks that are new, and the id of every track of the blueprint.
fn import_tracks(
    contest: &Contest,
    names: &[String],
    facts: &mut Vec<Fact>,
) -> Result<Vec<TrackId>, Rejection> {
    let mut known: BTreeMap<String, TrackId> =
        contest.show.tracks.values().map(|track| (track.name.clone(), track.id)).collect();
    let mut ids = Vec::with_capacity(names.len());
    for name in names {
        let name = required(name, "track", NAME_CHARS_MAX)?;
        let fresh = TrackId(u16::try_from(known.len() + 1).unwrap_or(u16::MAX));
        let id = *known.entry(name.clone()).or_insert_with(|| {
            facts.push(Fact::TrackAdded { track: Track { id: fresh, name } });
            fresh
        });
        ids.push(id);
    }
    Ok(ids)
}

fn import_projects(
    contest: &Contest,
    first: &Round,
    blueprint: &Blueprint,
    tracks: &[TrackId],
    facts: &mut Vec<Fact>,
) -> Result<Vec<ProjectId>, Rejection> {
    if blueprint.projects.is_empty() {
        return Ok(first.order.to_vec());
    }
    if contest.show.projects.len() + blueprint.projects.len() > PROJECTS_MAX {
        return Err(Rejection::TooMany { what: "projects", max: PROJECTS_MAX });
    }
    let mut ids: BTreeSet<ProjectId> = contest.show.projects.keys().copied().collect();
    let mut names: BTreeSet<String> =
        contest.show.projects.values().map(|project| project.name.clone()).collect();
    let mut order = first.order.to_vec();
    for row in &blueprint.projects {
        let track = row.track.map(|at| tracks.get(at).copied().ok_or(Rejection::UnknownTrack)).transpose()?;
        let project = checked_project(&Project {
            id: row.id,
            name: row.name.clone(),
            short: row.short.clone(),
            track,
            unit: row.unit.clone(),
            presenter: row.presenter.clone(),
            say: row.say.clone(),
            code: row.code.clone(),
        })?;
        if !ids.insert(row.id) {
            return Err(Rejection::DuplicateProject { project: row.id });
        }
        if !names.insert(project.name.clone()) {
            return Err(Rejection::DuplicateName { project: row.id });
        }
        order.push(row.id);
        facts.push(Fact::ProjectAdded { project });
    }
    facts.push(Fact::RunningOrderSet { round: FIRST_ROUND, order: order.clone() });
    Ok(order)
}

/// The whole programme, in the order of the evening; one that is there stays as it is.
fn import_programme(
    contest: &Contest,
    rows: &[BlueprintSegment],
    order: &[ProjectId],
) -> Result<Vec<Fact>, Rejection> {
    if !contest.show.segments.is_empty() {
        return Err(Rejection::ProgrammeExists);
    }
    let placed = |row: &BlueprintSegment| {
        let Some(project) = row.before else { return Ok(row.segment.clone()) };
        let at = order.iter().position(|other| *other == project);
        let at = at.and_then(|at| u16::try_from(at).ok()).ok_or(Rejection::UnknownProject { project })?;
        Ok(Segment { after: Some(at), ..row.segment.clone() })
    };
    let mut segments = rows.iter().map(placed).collect::<Result<Vec<_>, _>>()?;
    segments.sort_by_key(|segment| segment.after.unwrap_or(u16::MAX));
    programme::set(contest, &segments)
}

/// New judges take their seats behind those who have one; the chair stays, unless the workbook names another.
fn import_judges(
    contest: &Contest,
    first: &Round,
    blueprint: &Blueprint,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    if blueprint.judges.is_empty() {
        return Ok(());
    }
    let mut known: BTreeSet<_> = contest.judges.keys().copied().collect();
    let mut judges = first.panel.to_vec();
    for judge in &blueprint.judges {
        if !known.insert(judge.id) {
            return Err(Rejection::DuplicateJudge { judge: judge.id });
        }
        judges.push(judge.id);
        facts.push(Fact::JudgeAdded { judge: checked_judge(judge)? });
    }
    if known.len() > JUDGES_MAX {
        return Err(Rejection::TooMany { what: "judges", max: JUDGES_MAX });
    }
    let chair = blueprint.chair.or(first.chair);
    if let Some(judge) = chair.filter(|chair| !judges.contains(chair)) {
        return Err(Rejection::NotOnPanel { judge });
    }
    facts.push(Fact::PanelSet { round: FIRST_ROUND, judges, chair });
    Ok(())
}

pub fn change_project(contest: &Contest, project: &Project) -> Result<Vec<Fact>, Rejection> {
    let before =
        contest.show.projects.get(&project.id).ok_or(Rejection::UnknownProject { project: project.id })?;
    let project = checked_project(project)?;
    if *before == project {
        return Err(Rejection::NothingChanges);
    }
    if project.track.is_some_and(|track| !contest.show.tracks.contains_key(&track)) {
        return Err(Rejection::UnknownTrack);
    }
    let named_so = |other: &Project| other.id != project.id && other.name == project.name;
    if let Some(other) = contest.show.projects.values().find(|other| named_so(other)) {
        return Err(Rejection::DuplicateName { project: other.id });
    }
    Ok(vec![Fact::ProjectChanged { project }])
}

pub fn change_judge(contest: &Contest, judge: &Judge) -> Result<Vec<Fact>, Rejection> {
    let before = contest.judges.get(&judge.id).ok_or(Rejection::UnknownJudge { judge: judge.id })?;
    let judge = checked_judge(judge)?;
    if *before == judge {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::JudgeChanged { judge }])
}

/// The whole order, every project of the contest once; pitches that began keep their position.
pub fn set_order(contest: &Contest, id: RoundId, order: &[ProjectId]) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    let wanted: BTreeSet<_> = order.iter().copied().collect();
    let all: BTreeSet<_> = contest.show.projects.keys().copied().collect();
    if wanted.len() != order.len() || wanted != all {
        return Err(Rejection::OrderIncomplete);
    }
    if order == round.order.as_slice() {
        return Err(Rejection::NothingChanges);
    }
    if round.draw.as_ref().is_some_and(|draw| draw.secret.is_none()) {
        return Err(Rejection::DrawExists);
    }
    for (at, project) in round.order.iter().enumerate() {
        let began = round.pitches.get(project).is_some_and(|pitch| pitch.phase != Phase::Queued);
        if began && order.get(at) != Some(project) {
            return Err(Rejection::OrderFixed { pitch: PitchId { round: id, project: *project } });
        }
    }
    Ok(vec![Fact::RunningOrderSet { round: id, order: order.to_vec() }])
}

fn checked_project(project: &Project) -> Result<Project, Rejection> {
    Ok(Project {
        id: project.id,
        name: required(&project.name, "name", NAME_CHARS_MAX)?,
        short: required(&project.short, "short", SHORT_CHARS_MAX)?,
        track: project.track,
        unit: optional(&project.unit, "unit", NAME_CHARS_MAX)?,
        presenter: optional(&project.presenter, "presenter", NAME_CHARS_MAX)?,
        say: optional(&project.say, "say", NAME_CHARS_MAX)?,
        code: optional(&project.code, "code", CODE_CHARS_MAX)?,
    })
}

fn checked_judge(judge: &Judge) -> Result<Judge, Rejection> {
    Ok(Judge {
        id: judge.id,
        name: required(&judge.name, "name", NAME_CHARS_MAX)?,
        unit: optional(&judge.unit, "unit", NAME_CHARS_MAX)?,
    })
}
