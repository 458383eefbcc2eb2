//! The tie-break chain: steps that split a group of equal scores, each sub-group going on with the next step.

use crate::domain::rubric::Criterion;
use crate::domain::scoring::exact::{mean, median};
use crate::domain::scoring::grid::Grid;
use crate::domain::scoring::rule::Tie;
use crate::domain::scoring::{lot, ranks};
use num_rational::BigRational;
use std::cmp::Reverse;
use std::fmt;

/// What the steps may look at.
pub struct Scene<'a> {
    pub grid: &'a Grid,
    pub criteria: &'a [Criterion],
    pub chain: &'a [Tie],
    pub seed: &'a str,
    /// Ids, for the lot.
    pub ids: &'a [String],
    /// The ranked projects.
    pub ranked: &'a [usize],
    /// The chair's decisions: projects in the order decided.
    pub decisions: &'a [Vec<usize>],
    pub lowest_wins: bool,
}

/// What a step compares; more is better.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Number(BigRational),
    Low(Reverse<BigRational>),
    Placings(Vec<u32>),
    Draw(Reverse<String>),
    Decided(Reverse<usize>),
    Nothing,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Number(number) | Key::Low(Reverse(number)) => write!(f, "{number}"),
            Key::Placings(counts) => {
                let last = counts.iter().rposition(|count| *count > 0).map_or(0, |at| at + 1);
                let shown: Vec<String> = counts[..last].iter().map(ToString::to_string).collect();
                f.write_str(&shown.join(" "))
            }
            Key::Draw(Reverse(draw)) => f.write_str(draw),
            Key::Decided(Reverse(at)) => write!(f, "{}", at + 1),
            Key::Nothing => Ok(()),
        }
    }
}

/// A step that split a group, and what it compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub step: Tie,
    /// By project, best first.
    pub values: Vec<(usize, Key)>,
}

/// Projects that share a place, and the steps that split the group they came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub projects: Vec<usize>,
    pub splits: Vec<Split>,
    /// What decided: the last step that split, `share` where a place stays shared.
    pub decided_by: Option<Tie>,
}

/// Splits a group of equal score, best class first. `exact` gives the exact score.
pub fn resolve(scene: &Scene<'_>, group: Vec<usize>, exact: &impl Fn(usize) -> BigRational) -> Vec<Class> {
    let mut classes = vec![Class { projects: group, splits: Vec::new(), decided_by: None }];
    for step in scene.chain.iter().take_while(|step| **step != Tie::Share) {
        if classes.iter().all(|class| class.projects.len() == 1) {
            break;
        }
        classes = classes.into_iter().flat_map(|class| split(scene, class, step, exact)).collect();
    }
    for class in &mut classes {
        let last = class.splits.last().map(|split| split.step.clone());
        class.decided_by = if class.projects.len() > 1 { Some(Tie::Share) } else { last };
    }
    classes
}

fn split(scene: &Scene<'_>, class: Class, step: &Tie, exact: &impl Fn(usize) -> BigRational) -> Vec<Class> {
    if class.projects.len() == 1 {
        return vec![class];
    }
    let mut keyed: Vec<(Key, usize)> = class
        .projects
        .iter()
        .map(|&project| (key(scene, step, project, &class.projects, exact), project))
        .collect();
    keyed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    if keyed.windows(2).all(|pair| pair[0].0 == pair[1].0) {
        return vec![class];
    }
    let values = keyed.iter().map(|(key, project)| (*project, key.clone())).collect();
    let mut splits = class.splits;
    splits.push(Split { step: step.clone(), values });
    let classes = keyed.chunk_by(|a, b| a.0 == b.0).map(|equal| Class {
        projects: equal.iter().map(|(_, project)| *project).collect(),
        splits: splits.clone(),
        decided_by: None,
    });
    classes.collect()
}

fn key(
    scene: &Scene<'_>,
    step: &Tie,
    project: usize,
    group: &[usize],
    exact: &impl Fn(usize) -> BigRational,
) -> Key {
    let grid = scene.grid;
    let totals = || grid.present(project).map(|judge| grid.ratio(grid.totals(project)[judge].into(), 1));
    let number = |value: Option<BigRational>| Key::Number(value.unwrap_or_default());
    match step {
        Tie::Exact if scene.lowest_wins => Key::Low(Reverse(exact(project))),
        Tie::Exact => Key::Number(exact(project)),
        Tie::Criterion(id) => {
            let at = scene.criteria.iter().position(|criterion| criterion.id == *id);
            let marks = |at: usize| grid.present(project).map(move |judge| grid.marks(project, judge)[at]);
            let ticks = at.map(|at| marks(at).map(|mark| BigRational::new(mark.into(), 10_000.into())));
            let ticks: Vec<_> = ticks.into_iter().flatten().collect();
            number(mean(ticks.iter()))
        }
        Tie::Countback => Key::Placings(ranks::placings(grid, project, scene.ranked)),
        Tie::HeadToHead => Key::Number(BigRational::from_integer(ranks::duels(grid, project, group).into())),
        Tie::Median => number(median(totals().collect())),
        Tie::UntrimmedSum => number(totals().reduce(|sum, one| sum + one)),
        Tie::Highest => number(totals().max()),
        Tie::Lot => Key::Draw(Reverse(lot::draw(scene.seed, &scene.ids[project]))),
        Tie::Chair => decided(scene, project, group),
        Tie::Share => Key::Nothing,
    }
}

/// The newest decision of the chair that names the whole group.
fn decided(scene: &Scene<'_>, project: usize, group: &[usize]) -> Key {
    let names_all = |order: &&Vec<usize>| group.iter().all(|member| order.contains(member));
    let order = scene.decisions.iter().rev().find(names_all);
    let at = order.and_then(|order| order.iter().position(|one| *one == project));
    at.map_or(Key::Nothing, |at| Key::Decided(Reverse(at)))
}
