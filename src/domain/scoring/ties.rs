//! The tie-break chain: steps that split a group of equal scores, each sub-group going on with the next step.
//!
//! A step that counts or adds goes by shares and means where the group's projects have different numbers of scorecards:
//! nobody wins or loses a tie by a recusal or an absence.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::aggregate::Value;
use crate::domain::scoring::grid::Grid;
use crate::domain::scoring::lot;
use crate::domain::scoring::ranks::{Columns, duels};
use crate::domain::scoring::rule::Tie;
use crate::domain::terms::rubric::Criterion;
use num_rational::BigRational;
use std::cell::OnceCell;
use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::sync::Arc;

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
    /// What the judges gave them, for the count-back; made when it is asked for.
    pub columns: OnceCell<Columns>,
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

/// Where a project's judges placed it. More of the first places is better, each counted as a share of its scorecards.
#[derive(Debug, Clone)]
pub struct Placings {
    /// Place (0 is first) and how many gave it, first places first.
    counts: Vec<(u32, u32)>,
    cards: u32,
    /// The group has different numbers of scorecards: shares are shown, not counts.
    shares: bool,
}

impl Ord for Placings {
    fn cmp(&self, other: &Self) -> Ordering {
        let part = |counts: &(u32, u32), cards: u32| u64::from(counts.1) * u64::from(cards);
        let differ = self.counts.iter().zip(&other.counts).map(|(own, theirs)| {
            // Who has no share of the better place has less of it.
            theirs.0.cmp(&own.0).then_with(|| part(own, other.cards).cmp(&part(theirs, self.cards)))
        });
        differ.into_iter().find(|one| one.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Placings {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Placings {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Placings {}

impl fmt::Display for Placings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.counts.last().map_or(0, |(place, _)| place + 1);
        let mut counts = self.counts.iter().peekable();
        let shown = (0..last).map(|place| {
            let count = counts.next_if(|(at, _)| *at == place).map_or(0, |(_, count)| *count);
            if self.shares { format!("{count}/{}", self.cards) } else { count.to_string() }
        });
        f.write_str(&shown.collect::<Vec<_>>().join(" "))
    }
}

/// What a step compares; more is better. Within a step all keys are of one kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Small(Fraction),
    Number(BigRational),
    Low(Reverse<BigRational>),
    Placings(Placings),
    Draw(Reverse<String>),
    Decided(Reverse<usize>),
    Nothing,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Small(fraction) => write!(f, "{}", fraction.ratio()),
            Key::Number(number) | Key::Low(Reverse(number)) => write!(f, "{number}"),
            Key::Placings(placings) => write!(f, "{placings}"),
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
    /// Classes of one group have what they went through in common.
    pub splits: Vec<Arc<Split>>,
    /// What decided: the last step that split, `share` where a place stays shared.
    pub decided_by: Option<Tie>,
}

impl Class {
    /// A class that was never part of a greater one.
    pub fn alone(projects: Vec<usize>) -> Self {
        Class { projects, splits: Vec::new(), decided_by: None }
    }

    /// The step that put this class above or below the other one; `None` where they were of no common group.
    pub fn parted_by(&self, other: &Class) -> Option<&Tie> {
        let both = self.splits.iter().zip(&other.splits).take_while(|(own, theirs)| Arc::ptr_eq(own, theirs));
        both.last().map(|(split, _)| &split.step)
    }
}

/// Splits a group of equal score, best class first. `exact` gives the exact score.
pub fn resolve(scene: &Scene<'_>, group: Vec<usize>, exact: &impl Fn(usize) -> Value) -> Vec<Class> {
    let mut classes = vec![Class::alone(group)];
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
    let keys = keys(scene, step, &class.projects, exact);
    let mut keyed: Vec<(Key, usize)> = keys.into_iter().zip(class.projects.iter().copied()).collect();
    keyed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    if keyed.windows(2).all(|pair| pair[0].0 == pair[1].0) {
        return vec![class];
    }
    let values = keyed.iter().map(|(key, project)| (*project, key.clone())).collect();
    let mut splits = class.splits;
    splits.push(Arc::new(Split { step: step.clone(), values }));
    let classes = keyed.chunk_by(|a, b| a.0 == b.0).map(|equal| Class {
        projects: equal.iter().map(|(_, project)| *project).collect(),
        splits: splits.clone(),
        decided_by: None,
    });
    classes.collect()
}

/// What the step compares of each project of the group.
fn keys(scene: &Scene<'_>, step: &Tie, group: &[usize], exact: &impl Fn(usize) -> Value) -> Vec<Key> {
    let grid = scene.grid;
    let cards = |project: usize| grid.count(project).max(1);
    let uneven = group.iter().any(|&project| cards(project) != cards(group[0]));
    let totals =
        |project: usize| grid.present(project).map(move |judge| i128::from(grid.totals(project)[judge]));
    let on_hundred = |sum: i128, parts: usize| {
        Key::Small(Fraction { num: 100 * sum, den: i128::from(grid.base()) * parts as i128 })
    };
    let each = |key: &dyn Fn(usize) -> Key| group.iter().map(|&project| key(project)).collect();
    match step {
        Tie::Exact => exact_scores(scene, group, exact),
        Tie::Criterion(id) => {
            let at = scene.criteria.iter().position(|criterion| criterion.id == *id);
            let marks = |project: usize, at: usize| -> i128 {
                grid.present(project).map(|judge| i128::from(grid.marks(project, judge)[at])).sum()
            };
            each(&|project| {
                let den = i128::from(Points::TICKS) * cards(project) as i128;
                Key::Small(Fraction { num: at.map_or(0, |at| marks(project, at)), den })
            })
        }
        Tie::Countback => {
            let columns = scene.columns.get_or_init(|| Columns::of(grid, scene.ranked));
            each(&|project| {
                let (counts, cards) = (columns.placings(grid, project), cards(project) as u32);
                Key::Placings(Placings { counts, cards, shares: uneven })
            })
        }
        Tie::HeadToHead => {
            each(&|project| Key::Small(Fraction { num: duels(grid, project, group).into(), den: 1 }))
        }
        Tie::Median => each(&|project| {
            let mut sorted: Vec<i128> = totals(project).collect();
            sorted.sort_unstable();
            let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
            let middle = sorted.get(low).zip(sorted.get(high)).map_or(0, |(low, high)| low + high);
            on_hundred(middle, 2)
        }),
        Tie::UntrimmedSum => {
            each(&|project| on_hundred(totals(project).sum(), if uneven { cards(project) } else { 1 }))
        }
        Tie::Highest if uneven => highest_in_common(grid, group, on_hundred),
        Tie::Highest => each(&|project| on_hundred(totals(project).max().unwrap_or(0), 1)),
        Tie::Lot => each(&|project| Key::Draw(Reverse(lot::draw(scene.seed, &scene.ids[project])))),
        Tie::Chair => decided(scene, group),
        Tie::Share => undecided(group),
    }
}

fn undecided(group: &[usize]) -> Vec<Key> {
    vec![Key::Nothing; group.len()]
}

/// A deduction, say, makes one project's score a fraction of its own.
fn exact_scores(scene: &Scene<'_>, group: &[usize], exact: &impl Fn(usize) -> Value) -> Vec<Key> {
    let scores: Vec<Value> = group.iter().map(|&project| exact(project)).collect();
    let all_small = scores.iter().all(|score| matches!(score, Value::Small { .. }));
    let key = |score: Value| match score {
        Value::Small { sum, parts } if all_small => {
            Key::Small(Fraction { num: 100 * sum, den: i128::from(scene.grid.base()) * i128::from(parts) })
        }
        score @ (Value::Small { .. } | Value::Big(_)) if scene.lowest_wins => {
            Key::Low(Reverse(score.ratio(scene.grid)))
        }
        score @ (Value::Small { .. } | Value::Big(_)) => Key::Number(score.ratio(scene.grid)),
    };
    scores.into_iter().map(key).collect()
}

/// More scorecards are more chances of a high one: only who scored all of them is asked.
fn highest_in_common(grid: &Grid, group: &[usize], key: impl Fn(i128, usize) -> Key) -> Vec<Key> {
    let scored_all = |judge: &usize| group.iter().all(|&project| grid.has(project, *judge));
    let common: Vec<usize> = (0..grid.judges()).filter(scored_all).collect();
    let highest = |&project: &usize| common.iter().map(|&judge| grid.totals(project)[judge]).max();
    group.iter().map(|project| highest(project).map_or(Key::Nothing, |total| key(total.into(), 1))).collect()
}

/// The newest decision of the chair that names the whole group.
fn decided(scene: &Scene<'_>, group: &[usize]) -> Vec<Key> {
    let names_all = |order: &&Vec<usize>| group.iter().all(|member| order.contains(member));
    let Some(order) = scene.decisions.iter().rev().find(names_all) else { return undecided(group) };
    let at = |project: &usize| order.iter().position(|one| one == project);
    group.iter().map(|project| at(project).map_or(Key::Nothing, |at| Key::Decided(Reverse(at)))).collect()
}
