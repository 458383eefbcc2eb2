//! From scorecards to standings: the one call that everything else uses.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::exact::{printed, whole};
use crate::domain::scoring::grid::{ABSENT, Grid};
use crate::domain::scoring::rule::{Fallback, Method, Missing, Rule, Tie};
use crate::domain::scoring::severity::Component;
use crate::domain::scoring::table::{Extras, Place, Problem, Table};
use crate::domain::scoring::ties::Class;
use crate::domain::terms::rubric::{Criterion, CriterionId};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A scorecard; projects and judges by their positions.
#[derive(Debug, Clone)]
pub struct Card<'a> {
    pub project: usize,
    pub judge: usize,
    pub marks: &'a BTreeMap<CriterionId, Points>,
    /// Later ones have higher numbers.
    pub submitted: u64,
}

/// A ranked project.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub place: u32,
    pub project: usize,
    /// As published.
    pub score: String,
    pub exact: BigRational,
    /// Scorecards that came in.
    pub k: usize,
    pub decided_by: Option<Tie>,
    /// What put it below the row above, and above the row below, where they have the same published score; `share` where
    /// nothing did.
    pub above: Option<Tie>,
    pub below: Option<Tie>,
    /// The rule trims, and of these scorecards it could not trim as much as it asks.
    pub fallback: Option<Fallback>,
}

impl Standing {
    /// What its row says of a tie: that the place is shared, else what put it below the row above, else above the row below.
    pub fn tie(&self) -> Option<&Tie> {
        let shared = self.below.as_ref().filter(|tie| **tie == Tie::Share);
        shared.or(self.above.as_ref()).or(self.below.as_ref())
    }
}

/// A project that is not ranked, and how many scorecards it has of those it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unranked {
    pub project: usize,
    pub k: usize,
    pub needed: usize,
    /// What its scorecards give so far, by the methods that look at one project alone.
    pub score: Option<String>,
}

/// What the chair should know about a ranking that stands all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Ranked projects have different numbers of scorecards.
    UnequalPanels { least: usize, most: usize },
    /// In the severity model this judge's effect rests on one scorecard.
    LonelyJudge { judge: usize },
    /// In the severity model no judge joins these parts: each keeps its own level, and nothing is corrected between them.
    Unjoined { parts: Vec<Component> },
    /// The rule trims; of these ranked projects' scorecards it could not trim as much as it asks.
    Fallback { fallback: Fallback, projects: Vec<usize> },
}

#[derive(Debug, Clone)]
pub struct Standings {
    pub table: Table,
    pub places: Vec<Place>,
    /// Best first; equal places in the order of the list.
    pub ranked: Vec<Standing>,
    pub unranked: Vec<Unranked>,
    pub warnings: Vec<Warning>,
    field: OnceLock<Vec<BigRational>>,
}

impl Standings {
    /// What put one ranked project above another of the same published score; `share` where nothing did.
    pub fn parted(&self, better: usize, worse: usize) -> Option<Tie> {
        let units = |project: usize| self.table.scored(project).map(|scored| scored.units);
        if units(better)? != units(worse)? {
            return None;
        }
        let class = |project: usize| {
            self.places.iter().map(|place| &place.class).find(|class| class.projects.contains(&project))
        };
        Some(between(class(better)?, class(worse)?))
    }

    /// The mean of the ranked projects' mean marks, by criterion; made when it is asked for.
    pub fn field(&self) -> &[BigRational] {
        self.field.get_or_init(|| {
            let grid = &self.table.grid;
            let mean_of = |criterion: usize| {
                let means = self.ranked.iter().map(|row| grid.mean_mark(row.project, criterion));
                means.fold(BigRational::zero(), |sum, one| sum + one) / whole(self.ranked.len().max(1))
            };
            (0..grid.criteria()).map(mean_of).collect()
        })
    }
}

/// A scorecard's marks in the order of the criteria; `None` where one that weighs is missing.
pub fn complete(criteria: &[Criterion], marks: &BTreeMap<CriterionId, Points>) -> Option<Vec<i64>> {
    let mut ticks = Vec::with_capacity(criteria.len());
    Reader::new(criteria).read(marks, &mut ticks).then_some(ticks)
}

/// Reads the marks of many scorecards: both they and the criteria are gone through in the order of the ids, once.
struct Reader<'a> {
    criteria: &'a [Criterion],
    /// Positions of the criteria, by id.
    by_id: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(criteria: &'a [Criterion]) -> Self {
        let mut by_id: Vec<usize> = (0..criteria.len()).collect();
        by_id.sort_by(|a, b| criteria[*a].id.cmp(&criteria[*b].id));
        Reader { criteria, by_id }
    }

    /// Fills in the marks; false where one that weighs is missing.
    fn read(&self, marks: &BTreeMap<CriterionId, Points>, ticks: &mut Vec<i64>) -> bool {
        ticks.clear();
        ticks.resize(self.criteria.len(), ABSENT);
        let mut marks = marks.iter().peekable();
        self.by_id.iter().all(|&at| {
            let criterion = &self.criteria[at];
            while marks.next_if(|(id, _)| **id < criterion.id).is_some() {}
            match marks.next_if(|(id, _)| **id == criterion.id) {
                Some((_, mark)) => {
                    ticks[at] = mark.ticks();
                    true
                }
                None => criterion.weight == 0,
            }
        })
    }
}

/// Computes standings of `projects` projects by `judges` judges.
pub fn standings<'a>(
    rule: &Rule,
    criteria: &[Criterion],
    (projects, judges): (usize, usize),
    cards: impl IntoIterator<Item = Card<'a>>,
    extras: Extras,
) -> Result<Standings, Problem> {
    rule.check(criteria)?;
    let mut grid = Grid::new(criteria, projects, judges)?;
    let (reader, mut marks) = (Reader::new(criteria), Vec::new());
    for card in cards {
        // A scorecard with a hole is a draft: missing, never zero.
        if reader.read(card.marks, &mut marks) {
            grid.set(card.project, card.judge, Some(&marks), card.submitted);
        }
    }
    Ok(of_table(Table::new(rule.clone(), criteria.to_vec(), grid, extras)?))
}

/// The standings that a table holds.
pub fn of_table(table: Table) -> Standings {
    let mut ranked = Vec::new();
    let places = table.places();
    let filled = if table.rule.missing == Missing::FillMean { table.panel().len() } else { 0 };
    for place in &places {
        for &project in &place.class.projects {
            let Some(scored) = table.scored(project) else { continue };
            ranked.push(Standing {
                place: place.place,
                project,
                score: printed(&BigInt::from(scored.units), table.rule.decimals),
                exact: scored.last.ratio(&table.grid),
                k: table.grid.count(project),
                decided_by: place.class.decided_by.clone(),
                above: None,
                below: None,
                fallback: table.rule.fallback(table.grid.count(project).max(filled)),
            });
        }
    }
    part(&table, &places, &mut ranked);
    let listed = (0..table.grid.projects()).filter(|&project| table.is_among(project));
    let missing = listed.filter(|&project| table.scored(project).is_none());
    let unranked = missing.map(|project| Unranked {
        project,
        k: table.grid.count(project),
        needed: table.needed(),
        score: table.alone(project).map(|scored| printed(&BigInt::from(scored.units), table.rule.decimals)),
    });
    let (unranked, warnings) = (unranked.collect(), warnings(&table, &ranked));
    Standings { ranked, unranked, warnings, places, table, field: OnceLock::new() }
}

/// Notes between neighbours of equal published score what parted them.
fn part(table: &Table, places: &[Place], ranked: &mut [Standing]) {
    let classes = places.iter().flat_map(|place| place.class.projects.iter().map(|_| &place.class));
    let classes: Vec<&Class> = classes.collect();
    for at in 1..ranked.len() {
        let score = |at: usize| table.scored(ranked[at].project).map(|scored| scored.units);
        if score(at - 1) != score(at) {
            continue;
        }
        let by = between(classes[at - 1], classes[at]);
        (ranked[at - 1].below, ranked[at].above) = (Some(by.clone()), Some(by));
    }
}

/// What parted two classes of the same published score.
fn between(better: &Class, worse: &Class) -> Tie {
    if std::ptr::eq(better, worse) {
        return Tie::Share;
    }
    // With places by exact score the same printed score may be no tie.
    better.parted_by(worse).cloned().unwrap_or(Tie::Exact)
}

fn warnings(table: &Table, ranked: &[Standing]) -> Vec<Warning> {
    let counts = || table.order().iter().map(|&project| table.grid.count(project as usize));
    let mut warnings = Vec::new();
    if let (Some(least), Some(most)) = (counts().min(), counts().max())
        && least < most
    {
        warnings.push(Warning::UnequalPanels { least, most });
    }
    if table.rule.method == Method::Severity {
        let scored = |project: &usize| table.scored(*project).is_some();
        let cards = |judge: usize| {
            let scored = (0..table.grid.projects()).filter(scored);
            scored.filter(|&project| table.grid.has(project, judge)).count()
        };
        let lonely = table.panel().into_iter().filter(|&judge| cards(judge) < 2);
        warnings.extend(lonely.map(|judge| Warning::LonelyJudge { judge }));
        warnings.extend(table.unjoined().map(|parts| Warning::Unjoined { parts: parts.to_vec() }));
    }
    let mut fallen: BTreeMap<Fallback, Vec<usize>> = BTreeMap::new();
    for row in ranked {
        if let Some(fallback) = row.fallback {
            fallen.entry(fallback).or_default().push(row.project);
        }
    }
    warnings.extend(fallen.into_iter().map(|(fallback, projects)| Warning::Fallback { fallback, projects }));
    warnings
}
