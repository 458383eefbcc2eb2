//! What a list changes of a contest: which of its lines are here already, which are new, and what it no longer names.
//!
//! A line is known by its name, then by its code or its number where the list and the contest have others in common: a list
//! of one more judge, numbered 1, is no new name for the first.

use crate::domain::command::blueprint::Blueprint;
use crate::domain::kernel::ids::{JudgeId, ProjectId};
use crate::domain::kernel::names::key;
use crate::domain::state::contest::Contest;
use std::collections::{BTreeMap, BTreeSet};

/// The lines of a list against a contest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// By the blueprint's order.
    pub projects: Vec<Line<ProjectId>>,
    pub judges: Vec<Line<JudgeId>>,
    /// Of a kind that the list has, and not in it.
    pub gone_projects: Vec<ProjectId>,
    pub gone_judges: Vec<JudgeId>,
    /// The running order that the list gives, where that is another.
    pub order: Option<Vec<ProjectId>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<Id> {
    pub id: Id,
    /// It is in the contest.
    pub known: bool,
    /// What differs: the field, what it was and what the list says.
    pub fields: Vec<(&'static str, String, String)>,
}

/// How a list knows its lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbered {
    pub projects: bool,
    pub judges: bool,
}

pub fn of(contest: &Contest, blueprint: &Blueprint, numbered: Numbered) -> Difference {
    let projects = projects(contest, blueprint, numbered.projects);
    let judges = judges(contest, blueprint, numbered.judges);
    let named: BTreeSet<ProjectId> = projects.iter().map(|line| line.id).collect();
    let seated: BTreeSet<JudgeId> = judges.iter().map(|line| line.id).collect();
    let all = contest.show.projects.keys().copied();
    let gone_projects = all.filter(|id| !named.is_empty() && !named.contains(id)).collect();
    let all = contest.judges.keys().copied();
    let gone_judges = all.filter(|id| !seated.is_empty() && !seated.contains(id)).collect();
    let order = order(contest, &projects);
    Difference { projects, judges, gone_projects, gone_judges, order }
}

fn projects(contest: &Contest, blueprint: &Blueprint, numbered: bool) -> Vec<Line<ProjectId>> {
    let track = |at: Option<usize>| at.and_then(|at| blueprint.tracks.get(at)).cloned().unwrap_or_default();
    let known: Vec<_> =
        contest.show.projects.values().map(|one| (one.id.0, vec![key(&one.name), key(&one.code)])).collect();
    let rows: Vec<_> =
        blueprint.projects.iter().map(|row| (row.id.0, vec![key(&row.name), key(&row.code)])).collect();
    let found = matched(&known, &rows, numbered);
    let ids = numbers(&known, &rows, &found, numbered);
    let line =
        |(row, (was, id)): (&crate::domain::command::blueprint::BlueprintProject, (&Option<u16>, u16))| {
            let id = ProjectId(id);
            let before = was.and_then(|was| contest.show.projects.get(&ProjectId(was)));
            let fields = before.map_or(Vec::new(), |before| {
                let tracks = &contest.show.tracks;
                let own = before.track.and_then(|id| tracks.get(&id)).map(|track| track.name.clone());
                let own = own.unwrap_or_default();
                let said = track(row.track);
                // Spaces and case make no other track.
                let said = if key(&own) == key(&said) { own.clone() } else { said };
                let pairs = [
                    ("name", &before.name, &row.name),
                    ("track", &own, &said),
                    ("unit", &before.unit, &row.unit),
                    ("presenter", &before.presenter, &row.presenter),
                    ("say", &before.say, &row.say),
                    ("code", &before.code, &row.code),
                ];
                changed(&pairs)
            });
            Line { id, known: before.is_some(), fields }
        };
    blueprint.projects.iter().zip(found.iter().zip(ids)).map(line).collect()
}

fn judges(contest: &Contest, blueprint: &Blueprint, numbered: bool) -> Vec<Line<JudgeId>> {
    let keys = |name: &str, unit: &str| vec![format!("{}\n{}", key(name), key(unit)), key(name)];
    let known: Vec<_> = contest.judges.values().map(|one| (one.id.0, keys(&one.name, &one.unit))).collect();
    let rows: Vec<_> = blueprint.judges.iter().map(|row| (row.id.0, keys(&row.name, &row.unit))).collect();
    let found = matched(&known, &rows, numbered);
    let ids = numbers(&known, &rows, &found, numbered);
    let line = |(row, (was, id)): (&crate::domain::terms::roster::Judge, (&Option<u16>, u16))| {
        let before = was.and_then(|was| contest.judges.get(&JudgeId(was)));
        let pairs = |before: &crate::domain::terms::roster::Judge| {
            changed(&[("name", &before.name, &row.name), ("unit", &before.unit, &row.unit)])
        };
        Line { id: JudgeId(id), known: before.is_some(), fields: before.map_or(Vec::new(), pairs) }
    };
    blueprint.judges.iter().zip(found.iter().zip(ids)).map(line).collect()
}

/// What a list has no word for stays as it is.
fn changed(pairs: &[(&'static str, &String, &String)]) -> Vec<(&'static str, String, String)> {
    let differs = |(_, was, says): &&(&'static str, &String, &String)| was != says && !says.is_empty();
    let owned =
        |(field, was, says): &(&'static str, &String, &String)| (*field, (*was).clone(), (*says).clone());
    pairs.iter().filter(differs).map(owned).collect()
}

/// Which of those that are known each row is: by the first of its keys that one alone has, then by its number.
fn matched(known: &[(u16, Vec<String>)], rows: &[(u16, Vec<String>)], numbered: bool) -> Vec<Option<u16>> {
    let mut found: Vec<Option<u16>> = vec![None; rows.len()];
    let mut taken = BTreeSet::new();
    for at in 0..rows.first().map_or(0, |(_, keys)| keys.len()) {
        for (row, (_, keys)) in rows.iter().enumerate() {
            if found[row].is_some() || keys[at].is_empty() {
                continue;
            }
            let mut same = known.iter().filter(|(id, own)| !taken.contains(id) && own[at] == keys[at]);
            if let (Some((id, _)), None) = (same.next(), same.next()) {
                found[row] = Some(*id);
                taken.insert(*id);
            }
        }
    }
    if numbered && !taken.is_empty() {
        for (row, (number, _)) in rows.iter().enumerate() {
            if found[row].is_none() && known.iter().any(|(id, _)| id == number) && taken.insert(*number) {
                found[row] = Some(*number);
            }
        }
    }
    found
}

/// Each row's number: the one that it has here, else its own where that is free, else the next that is.
fn numbers(
    known: &[(u16, Vec<String>)],
    rows: &[(u16, Vec<String>)],
    found: &[Option<u16>],
    numbered: bool,
) -> Vec<u16> {
    let mut taken: BTreeSet<u16> = known.iter().map(|(id, _)| *id).collect();
    let own: BTreeMap<usize, u16> = rows
        .iter()
        .enumerate()
        .filter(|(at, (id, _))| found[*at].is_none() && (numbered || known.is_empty()) && taken.insert(*id))
        .map(|(at, (id, _))| (at, *id))
        .collect();
    let mut next = 1;
    let number = |(at, found): (usize, &Option<u16>)| {
        found.or_else(|| own.get(&at).copied()).unwrap_or_else(|| {
            while !taken.insert(next) {
                next += 1;
            }
            next
        })
    };
    found.iter().enumerate().map(number).collect()
}

/// The running order with those that the list names in the list's order, where they stand in another.
fn order(contest: &Contest, lines: &[Line<ProjectId>]) -> Option<Vec<ProjectId>> {
    let round = contest.show.rounds.values().next()?;
    let listed: Vec<ProjectId> = lines.iter().filter(|line| line.known).map(|line| line.id).collect();
    let of_list = |id: &&ProjectId| listed.contains(id);
    let here: Vec<ProjectId> = round.order.iter().filter(of_list).copied().collect();
    if here == listed {
        return None;
    }
    let mut next = listed.iter().copied();
    let placed = |id: &ProjectId| if listed.contains(id) { next.next().unwrap_or(*id) } else { *id };
    Some(round.order.iter().map(placed).collect())
}
