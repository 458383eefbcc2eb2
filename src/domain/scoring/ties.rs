//! The tie-break chain: steps that split a group of equal scores, each sub-group going on with the next step.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::aggregate::Value;
use crate::domain::scoring::grid::Grid;
use crate::domain::scoring::rule::Tie;
use crate::domain::scoring::{lot, ranks};
use crate::domain::terms::rubric::Criterion;
use num_rational::BigRational;
use std::cmp::{Ordering, Reverse};
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

/// A fraction of machine integers (`den` > 0), compared without being reduced.
#[derive(Debug, Clone, Copy)]
pub struct Fraction {
    pub num: i128,
    pub den: i128,
}

impl Fraction {
    fn ratio(self) -> BigRational {
        BigRational::new(self.num.into(), self.den.into())
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => self.ratio().cmp(&other.ratio()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

/// What a step compares; more is better. Within a step all keys are of one kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Small(Fraction),
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
            Key::Small(fraction) => write!(f, "{}", fraction.ratio()),
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
pub fn resolve(scene: &Scene<'_>, group: Vec<usize>, exact: &impl Fn(usize) -> Value) -> Vec<Class> {
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

fn split(scene: &Scene<'_>, class: Class, step: &Tie, exact: &impl Fn(usize) -> Value) -> Vec<Class> {
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
    exact: &impl Fn(usize) -> Value,
) -> Key {
    let grid = scene.grid;
    let totals = || grid.present(project).map(|judge| i128::from(grid.totals(project)[judge]));
    let on_hundred = |sum: i128, parts: i128| {
        Key::Small(Fraction { num: 100 * sum, den: i128::from(grid.base()) * parts.max(1) })
    };
    match step {
        Tie::Exact => match exact(project) {
            Value::Small { sum, parts } if all_small(group, exact) => on_hundred(sum, parts.into()),
            score @ (Value::Small { .. } | Value::Big(_)) if scene.lowest_wins => {
                Key::Low(Reverse(score.ratio(grid)))
            }
            score @ (Value::Small { .. } | Value::Big(_)) => Key::Number(score.ratio(grid)),
        },
        Tie::Criterion(id) => {
            let at = scene.criteria.iter().position(|criterion| criterion.id == *id);
            let marks = at.map_or(0, |at| {
                grid.present(project).map(|judge| i128::from(grid.marks(project, judge)[at])).sum()
            });
            let count = i128::try_from(grid.count(project)).unwrap_or(1).max(1);
            Key::Small(Fraction { num: marks, den: i128::from(Points::TICKS) * count })
        }
        Tie::Countback => Key::Placings(ranks::placings(grid, project, scene.ranked)),
        Tie::HeadToHead => Key::Small(Fraction { num: ranks::duels(grid, project, group).into(), den: 1 }),
        Tie::Median => {
            let mut sorted: Vec<i128> = totals().collect();
            sorted.sort_unstable();
            let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
            let middle = sorted.get(low).zip(sorted.get(high)).map_or(0, |(low, high)| low + high);
            on_hundred(middle, 2)
        }
        Tie::UntrimmedSum => on_hundred(totals().sum(), 1),
        Tie::Highest => on_hundred(totals().max().unwrap_or(0), 1),
        Tie::Lot => Key::Draw(Reverse(lot::draw(scene.seed, &scene.ids[project]))),
        Tie::Chair => decided(scene, project, group),
        Tie::Share => Key::Nothing,
    }
}

/// A deduction, say, makes one project's score a fraction of its own.
fn all_small(group: &[usize], exact: &impl Fn(usize) -> Value) -> bool {
    group.iter().all(|&project| matches!(exact(project), Value::Small { .. }))
}

/// The newest decision of the chair that names the whole group.
fn decided(scene: &Scene<'_>, project: usize, group: &[usize]) -> Key {
    let names_all = |order: &&Vec<usize>| group.iter().all(|member| order.contains(member));
    let order = scene.decisions.iter().rev().find(names_all);
    let at = order.and_then(|order| order.iter().position(|one| *one == project));
    at.map_or(Key::Nothing, |at| Key::Decided(Reverse(at)))
}
