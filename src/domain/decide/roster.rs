//! Projects, judges and the running order; a whole workbook at once.

use super::guard::{optional, required, round};
use super::setup::{
    FIRST_ROUND, JUDGES_MAX, checked_rubric, checked_rule, checked_timing, rule_of_panel, thawed,
    tracks_known,
};
use super::{programme, removal};
use crate::domain::command::blueprint::{Blueprint, BlueprintSegment};
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, TrackId};
use crate::domain::kernel::names::{CODE_CHARS_MAX, NAME_CHARS_MAX, SHORT_CHARS_MAX, key};
use crate::domain::query::out;
use crate::domain::rejection::Rejection;
use crate::domain::scoring::rule::Method;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::{Phase, Segment};
use crate::domain::terms::roster::{Judge, Project, Track};
use std::collections::{BTreeMap, BTreeSet};

/// Most projects of one contest.
pub const PROJECTS_MAX: usize = 999;

/// A list fills a contest, or corrects what is there where its changes say so; nothing is overwritten otherwise.
pub fn import(contest: &Contest, blueprint: &Blueprint) -> Result<Vec<Fact>, Rejection> {
    let first = round(contest, FIRST_ROUND)?;
    let mut facts = Vec::new();
    let tracks = import_tracks(contest, &blueprint.tracks, &mut facts)?;
    for project in &blueprint.changes.gone_projects {
        facts.extend(removal::project(contest, *project)?);
    }
    for judge in &blueprint.changes.gone_judges {
        facts.extend(removal::judge(contest, *judge)?);
    }
    let order = import_projects(contest, first, blueprint, &tracks, &mut facts)?;
    import_judges(contest, first, blueprint, &mut facts)?;
    if !blueprint.criteria.is_empty() || blueprint.rule.is_some() {
        thawed(first)?;
    }
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
        if !contest.show.segments.is_empty() && !blueprint.changes.programme {
            return Err(Rejection::ProgrammeExists);
        }
        facts.extend(import_programme(contest, &blueprint.segments, &order)?);
    }
    // A track alone is none of what was asked for.
    let adds_tracks_alone = facts.iter().all(|fact| matches!(fact, Fact::TrackAdded { .. }));
    if adds_tracks_alone { Err(Rejection::NothingChanges) } else { Ok(facts) }
}

/// The workbook's rule; where that names no method, and where there is none, the method of the panel.
fn import_rule(first: &Round, blueprint: &Blueprint) -> Result<Option<Fact>, Rejection> {
    let changes = &blueprint.changes;
    let fresh = blueprint.judges.iter().filter(|judge| !changes.judges.contains(&judge.id)).count();
    let gone = changes.gone_judges.iter().filter(|judge| first.panel.contains(judge)).count();
    let panel = first.panel.len() + fresh - gone;
    let Some(rule) = &blueprint.rule else {
        return Ok(rule_of_panel(first, panel).filter(|_| fresh + gone > 0));
    };
    let criteria = if blueprint.criteria.is_empty() { &first.criteria } else { &blueprint.criteria };
    let mut rule = checked_rule(rule, criteria)?;
    tracks_known(first, &rule)?;
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
        contest.show.tracks.values().map(|track| (key(&track.name), track.id)).collect();
    let mut ids = Vec::with_capacity(names.len());
    for name in names {
        let name = required(name, "track", NAME_CHARS_MAX)?;
        let fresh = TrackId(u16::try_from(known.len() + 1).unwrap_or(u16::MAX));
        let id = *known.entry(key(&name)).or_insert_with(|| {
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
    let changes = &blueprint.changes;
    let gone = |id: &ProjectId| changes.gone_projects.contains(id);
    let mut order: Vec<ProjectId> = changes.order.as_deref().unwrap_or(&first.order).to_vec();
    order.retain(|id| !gone(id));
    let was: Vec<ProjectId> = first.order.iter().copied().filter(|id| !gone(id)).collect();
    let fresh = blueprint.projects.iter().filter(|row| !changes.projects.contains(&row.id));
    if contest.show.projects.len() + fresh.count() > PROJECTS_MAX {
        return Err(Rejection::TooMany { what: "projects", max: PROJECTS_MAX });
    }
    let staying = || contest.show.projects.values().filter(|one| !gone(&one.id));
    let mut ids: BTreeSet<ProjectId> = contest.show.projects.keys().copied().collect();
    let renamed = |one: &&Project| !changes.projects.contains(&one.id);
    let mut names: BTreeSet<String> = staying().filter(renamed).map(|project| project.name.clone()).collect();
    for row in &blueprint.projects {
        let track = row.track.map(|at| tracks.get(at).copied().ok_or(Rejection::UnknownTrack)).transpose()?;
        let before = contest.show.projects.get(&row.id).filter(|_| changes.projects.contains(&row.id));
        let project = checked_project(&Project {
            id: row.id,
            name: row.name.clone(),
            short: row.short.clone(),
            track: track.or(before.and_then(|before| before.track)),
            unit: row.unit.clone(),
            presenter: row.presenter.clone(),
            say: row.say.clone(),
            code: row.code.clone(),
        })?;
        if before.is_none() && !ids.insert(row.id) {
            return Err(Rejection::DuplicateProject { project: row.id });
        }
        if !names.insert(project.name.clone()) {
            return Err(Rejection::DuplicateName { project: row.id });
        }
        match before {
            Some(before) if *before == project => {}
            Some(before) => {
                may_move(contest, before, &project)?;
                facts.push(Fact::ProjectChanged { project });
            }
            None => {
                order.push(row.id);
                facts.push(Fact::ProjectAdded { project });
            }
        }
    }
    if order != was {
        let added = &order[was.len().min(order.len())..];
        let whole: BTreeSet<_> = order.iter().collect();
        if whole.len() != order.len() || order.len() != was.len() + added.len() {
            return Err(Rejection::OrderIncomplete);
        }
        order_may_be(first, &was, &order)?;
        facts.push(Fact::RunningOrderSet { round: FIRST_ROUND, order: order.clone() });
    }
    Ok(order)
}

/// The whole programme, in the order of the evening.
fn import_programme(
    contest: &Contest,
    rows: &[BlueprintSegment],
    order: &[ProjectId],
) -> Result<Vec<Fact>, Rejection> {
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
    let changes = &blueprint.changes;
    let mut known: BTreeSet<_> = contest.judges.keys().copied().collect();
    let gone = |judge: &JudgeId| changes.gone_judges.contains(judge);
    let mut judges: Vec<JudgeId> = first.panel.iter().copied().filter(|judge| !gone(judge)).collect();
    let seated = judges.len();
    for judge in &blueprint.judges {
        if changes.judges.contains(&judge.id) {
            let before = contest.judges.get(&judge.id).ok_or(Rejection::UnknownJudge { judge: judge.id })?;
            let judge = checked_judge(judge)?;
            facts.extend((*before != judge).then_some(Fact::JudgeChanged { judge }));
            continue;
        }
        if !known.insert(judge.id) {
            return Err(Rejection::DuplicateJudge { judge: judge.id });
        }
        judges.push(judge.id);
        facts.push(Fact::JudgeAdded { judge: checked_judge(judge)? });
    }
    if known.len() > JUDGES_MAX {
        return Err(Rejection::TooMany { what: "judges", max: JUDGES_MAX });
    }
    let chair = blueprint.chair.or(first.chair.filter(|chair| !gone(chair)));
    if judges.len() == seated && (blueprint.chair.is_none() || chair == first.chair) {
        return Ok(());
    }
    thawed(first)?;
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
    may_move(contest, before, &project)?;
    Ok(vec![Fact::ProjectChanged { project }])
}

/// Names are corrected at any time. A track has standings of its own: those of a finished contest stand, and where the rule
/// ranks by track, a project is not moved while its draw is sealed, nor once the hall knows its score, or sees it coming.
fn may_move(contest: &Contest, before: &Project, project: &Project) -> Result<(), Rejection> {
    if before.track == project.track {
        return Ok(());
    }
    if contest.show.finished {
        return Err(Rejection::ContestIsFinished);
    }
    for round in contest.show.rounds.values().filter(|round| round.rule.ranking.has_tracks()) {
        let Some(pitch) = round.pitches.get(&project.id) else { continue };
        let sealed = round.draw.as_ref().filter(|draw| draw.secret.is_none());
        if sealed.is_some_and(|draw| draw.projects.contains(&project.id)) {
            return Err(Rejection::DrawExists);
        }
        let known = out::was_announced(pitch, &contest.published);
        let turning = contest.published.plates.as_ref().is_some_and(|plates| plates.pitch == pitch.id);
        let telling = contest.sealed.reveal.as_ref().is_some_and(|plan| plan.round == round.id);
        if known || turning || telling {
            return Err(Rejection::TrackTold { pitch: pitch.id });
        }
        if pitch.came && project.track.is_none() {
            return Err(Rejection::NoTrack { pitch: pitch.id });
        }
    }
    Ok(())
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
    order_may_be(round, &round.order, order)?;
    Ok(vec![Fact::RunningOrderSet { round: id, order: order.to_vec() }])
}

/// No draw waits for its projects, and pitches that began keep their position.
fn order_may_be(round: &Round, was: &[ProjectId], order: &[ProjectId]) -> Result<(), Rejection> {
    if round.draw.as_ref().is_some_and(|draw| draw.secret.is_none()) {
        return Err(Rejection::DrawExists);
    }
    for (at, project) in was.iter().enumerate() {
        let began = round.pitches.get(project).is_some_and(|pitch| pitch.phase != Phase::Queued);
        if began && order.get(at) != Some(project) {
            return Err(Rejection::OrderFixed { pitch: PitchId { round: round.id, project: *project } });
        }
    }
    Ok(())
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
