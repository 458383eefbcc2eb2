//! What a contest's document has beside a judging: names, the size of the panel, who stood aside and who is out. None of it is needed.

use crate::domain::scoring::judging::{Judging, OutOfRanking};
use crate::wire::judging::fields::{self, Mistakes, id, list, member, object, optional, small, text};
use crate::wire::judging::mistake::Wrong;
use crate::wire::judging::tree::Step;
use serde_json::{Map, Value};

/// A project or a judge with its name, in the order of the list.
pub struct Listed {
    pub id: String,
    pub name: String,
}

/// The list under this key; empty where there is none.
pub fn listed(map: &Map<String, Value>, key: &'static str, found: &mut Mistakes) -> Vec<Listed> {
    let top = Step::Key(&Step::Root, key);
    let all = optional(map, key).and_then(|value| list(value, &top, found));
    let mut known: Vec<Listed> = Vec::new();
    for (at, one) in all.into_iter().flatten().enumerate() {
        let step = Step::At(&top, at);
        let Some(one) = object(one, &step, &["id", "name"], found) else { continue };
        let Some(id) = member(one, "id", &step, found).and_then(|of| id(of, &Step::Key(&step, "id"), found))
        else {
            continue;
        };
        if known.iter().any(|other| other.id == id) {
            found.push(Step::Key(&step, "id").wrong(Wrong::Listed(id.to_owned())));
        }
        let name = name(one, &step, found);
        known.push(Listed { id: id.to_owned(), name });
    }
    known
}

fn name(map: &Map<String, Value>, step: &Step<'_>, found: &mut Mistakes) -> String {
    let step = Step::Key(step, "name");
    let name = map.get("name").and_then(|name| text(name, &step, found)).unwrap_or_default();
    if fields::steers(name) {
        found.push(step.wrong(Wrong::Control));
    }
    name.to_owned()
}

/// Where each of those that appeared stands once the listed ones come first, and all of them in that order.
pub fn arranged(listed: &[Listed], appeared: &[String]) -> (Vec<usize>, Vec<String>) {
    let mut all: Vec<String> = listed.iter().map(|one| one.id.clone()).collect();
    let places = appeared.iter().map(|id| {
        all.iter().position(|known| known == id).unwrap_or_else(|| {
            all.push(id.clone());
            all.len() - 1
        })
    });
    (places.collect(), all)
}

/// Reads the rest of it. Whoever stands aside has no scorecard of the project, and a project that is out has none.
pub fn read(map: &Map<String, Value>, judging: &mut Judging, found: &mut Mistakes) {
    if let Some(contest) = optional(map, "contest") {
        fields::any_object(contest, &Step::Key(&Step::Root, "contest"), found);
    }
    if let Some(panel) = optional(map, "panel") {
        let panel = small(panel, &Step::Key(&Step::Root, "panel"), found);
        judging.panel = panel.map(|seats| usize::try_from(seats).unwrap_or(usize::MAX));
    }
    recusals(map, judging, found);
    out(map, judging, found);
}

fn recusals(map: &Map<String, Value>, judging: &Judging, found: &mut Mistakes) {
    let top = Step::Key(&Step::Root, "recusals");
    let all = optional(map, "recusals").and_then(|value| list(value, &top, found));
    for (at, one) in all.into_iter().flatten().enumerate() {
        let step = Step::At(&top, at);
        let keys = &["project", "judge", "kind", "reason"];
        let Some(one) = object(one, &step, keys, found) else { continue };
        let mut named = |key: &'static str| {
            member(one, key, &step, found).and_then(|of| id(of, &Step::Key(&step, key), found))
        };
        let (Some(project), Some(judge)) = (named("project"), named("judge")) else { continue };
        let scored = judging
            .cards
            .iter()
            .any(|card| judging.projects[card.project] == project && judging.judges[card.judge] == judge);
        if scored {
            let (judge, project) = (judge.to_owned(), project.to_owned());
            found.push(step.wrong(Wrong::Aside { judge, project }));
        }
    }
}

fn out(map: &Map<String, Value>, judging: &mut Judging, found: &mut Mistakes) {
    let top = Step::Key(&Step::Root, "out");
    let all = optional(map, "out").and_then(|value| list(value, &top, found));
    for (at, one) in all.into_iter().flatten().enumerate() {
        let step = Step::At(&top, at);
        let Some(one) = object(one, &step, &["project", "name", "as", "reason"], found) else { continue };
        let Some(project) =
            member(one, "project", &step, found).and_then(|of| id(of, &Step::Key(&step, "project"), found))
        else {
            continue;
        };
        if judging.cards.iter().any(|card| judging.projects[card.project] == project) {
            found.push(step.wrong(Wrong::OutAndScored(project.to_owned())));
        }
        let name = name(one, &step, found);
        let mut said = |key: &'static str| {
            let step = Step::Key(&step, key);
            one.get(key).and_then(|value| text(value, &step, found)).unwrap_or_default().to_owned()
        };
        let (what, reason) = (said("as"), said("reason"));
        judging.out.push(OutOfRanking { project: project.to_owned(), name, what, reason });
    }
}
