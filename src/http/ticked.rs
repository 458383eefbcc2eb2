//! What of a list is taken in: all that is new or changed, unless a person left it out; what is gone, where a person said so.

use crate::domain::command::blueprint::{Blueprint, Changes};
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::{JudgeId, ProjectId};
use crate::domain::query::difference::Difference;
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Segment;
use crate::wire::import::{ImportAnswers, ImportPart};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The blueprint as it was ticked, its lines under the ids that they have here.
pub fn blueprint(
    file: &Blueprint,
    difference: &Difference,
    contest: &Contest,
    answers: &ImportAnswers,
) -> Blueprint {
    let left = |id: &dyn ToString| answers.leave.contains(&id.to_string());
    let part = |name: &str| !answers.leave.iter().any(|one| one == name);
    let mut changes = Changes::default();
    let ids: BTreeMap<ProjectId, ProjectId> =
        file.projects.iter().zip(&difference.projects).map(|(row, line)| (row.id, line.id)).collect();
    let mut projects = Vec::new();
    for (row, line) in file.projects.iter().zip(&difference.projects) {
        if left(&line.id) || (line.known && line.fields.is_empty()) {
            continue;
        }
        let mut row = crate::domain::command::blueprint::BlueprintProject { id: line.id, ..row.clone() };
        if line.known {
            changes.projects.insert(line.id);
            // What the list says nothing about stays.
            if let Some(before) = contest.show.projects.get(&line.id) {
                keep(&mut row.unit, &before.unit);
                keep(&mut row.presenter, &before.presenter);
                keep(&mut row.say, &before.say);
                keep(&mut row.code, &before.code);
                if line.fields.iter().all(|(field, ..)| *field != "name") {
                    row.short = before.short.clone();
                }
            }
        }
        projects.push(row);
    }
    let mut judges = Vec::new();
    let mut chair = None;
    for (row, line) in file.judges.iter().zip(&difference.judges) {
        if left(&line.id) {
            continue;
        }
        if file.chair == Some(row.id) && part("chair") {
            chair = Some(line.id);
        }
        if line.known && line.fields.is_empty() {
            continue;
        }
        let mut row = crate::domain::terms::roster::Judge { id: line.id, ..row.clone() };
        if line.known {
            changes.judges.insert(line.id);
            keep(&mut row.unit, contest.judges.get(&line.id).map_or("", |before| before.unit.as_str()));
        }
        judges.push(row);
    }
    let removed = |id: &dyn ToString| answers.remove.contains(&id.to_string());
    changes.gone_projects = difference.gone_projects.iter().filter(|id| removed(*id)).copied().collect();
    changes.gone_judges = difference.gone_judges.iter().filter(|id| removed(*id)).copied().collect();
    changes.order = difference.order.clone().filter(|_| part("order"));
    let used = |name: &str, is_new: bool| is_new && part(name);
    let differs = parts(file, contest);
    let differs = |name: &str| differs.iter().any(|one| one.part == name && !one.same);
    changes.programme = !contest.show.segments.is_empty();
    let segments = if used("programme", differs("programme")) { file.segments.clone() } else { Vec::new() };
    let segments = segments.into_iter().map(|mut row| {
        row.before = row.before.map(|id| ids.get(&id).copied().unwrap_or(id));
        row
    });
    Blueprint {
        tracks: file.tracks.clone(),
        projects,
        judges,
        chair,
        criteria: if used("rubric", differs("rubric")) { file.criteria.clone() } else { Vec::new() },
        rule: file.rule.clone().filter(|_| used("rule", differs("rule"))),
        method_by_panel: file.method_by_panel,
        timing: file.timing.filter(|_| used("timing", differs("timing"))),
        window: file.window.filter(|_| used("window", differs("window"))),
        segments: segments.collect(),
        changes,
    }
}

fn keep(says: &mut String, was: &str) {
    if says.is_empty() {
        was.clone_into(says);
    }
}

/// The parts of a file that are no lists, and whether each says what the contest has already.
pub fn parts(file: &Blueprint, contest: &Contest) -> Vec<ImportPart> {
    let Some(first) = contest.show.rounds.values().next() else { return Vec::new() };
    let part = |part: &str, there: bool, same: bool, held: bool| {
        let held_by = if held && !same { "scorecard".to_owned() } else { String::new() };
        there.then(|| ImportPart { part: part.to_owned(), same, held_by })
    };
    // A rule that names no method has the panel's.
    let rule = file.rule.clone().map(|rule| match file.method_by_panel {
        true => crate::domain::scoring::rule::Rule { method: first.rule.method, ..rule },
        false => rule,
    });
    let same_rule = rule.as_ref() == Some(&*first.rule) && file.method_by_panel == first.method_by_panel;
    let placed =
        |segment: &Segment| (segment.kind, segment.title.clone(), segment.names.clone(), segment.secs);
    let says: Vec<_> = file.segments.iter().map(|row| placed(&row.segment)).collect();
    let has: Vec<_> = contest.show.segments.iter().map(placed).collect();
    [
        part("rubric", !file.criteria.is_empty(), file.criteria == **first.criteria, first.rules_frozen),
        part("rule", rule.is_some(), same_rule, first.rules_frozen),
        part("timing", file.timing.is_some(), file.timing == Some(first.timing), false),
        part("window", file.window.is_some(), file.window == Some(first.window), false),
        part("programme", !file.segments.is_empty(), says == has, false),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the lines of a list were compared with: another one means that somebody changed it meanwhile.
pub fn base(contest: &Contest) -> String {
    let judges: BTreeSet<(JudgeId, String, String)> =
        contest.judges.values().map(|one| (one.id, one.name.clone(), one.unit.clone())).collect();
    let orders: Vec<_> = contest.show.rounds.values().map(|round| round.order.to_vec()).collect();
    let what = format!("{:?}{judges:?}{orders:?}", contest.show.projects);
    hex::encode(&Sha256::digest(what.as_bytes())[..8])
}

/// The programme that a fact sets, each segment at its place.
pub fn segments(fact: &Fact) -> &[Segment] {
    match fact {
        Fact::ProgrammeSet { segments } => segments,
        _ => &[],
    }
}
