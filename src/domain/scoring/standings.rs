//! From scorecards to standings: the one call that everything else uses.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::exact::printed;
use crate::domain::scoring::grid::{ABSENT, Grid};
use crate::domain::scoring::rule::{Method, Rule, Tie};
use crate::domain::scoring::table::{Extras, Place, Problem, Table};
use crate::domain::terms::rubric::{Criterion, CriterionId};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::BTreeMap;

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
}

#[derive(Debug, Clone)]
pub struct Standings {
    pub table: Table,
    pub places: Vec<Place>,
    /// Best first; equal places in the order of the list.
    pub ranked: Vec<Standing>,
    pub unranked: Vec<Unranked>,
    pub warnings: Vec<Warning>,
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
            });
        }
    }
    let missing = (0..table.grid.projects()).filter(|&project| table.scored(project).is_none());
    let unranked = missing.map(|project| Unranked {
        project,
        k: table.grid.count(project),
        needed: table.needed(),
        score: table.alone(project).map(|scored| printed(&BigInt::from(scored.units), table.rule.decimals)),
    });
    let (unranked, warnings) = (unranked.collect(), warnings(&table));
    Standings { ranked, unranked, warnings, places, table }
}

fn warnings(table: &Table) -> Vec<Warning> {
    let counts = || table.order().iter().map(|&project| table.grid.count(project as usize));
    let mut warnings = Vec::new();
    if let (Some(least), Some(most)) = (counts().min(), counts().max())
        && least < most
    {
        warnings.push(Warning::UnequalPanels { least, most });
    }
    if table.rule.method == Method::Severity {
        let cards = |judge: usize| {
            table.order().iter().filter(|&&project| table.grid.has(project as usize, judge)).count()
        };
        let lonely = table.panel().into_iter().filter(|&judge| cards(judge) < 2);
        warnings.extend(lonely.map(|judge| Warning::LonelyJudge { judge }));
    }
    warnings
}
