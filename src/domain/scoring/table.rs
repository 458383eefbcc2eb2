//! The scores of a round, kept up to date: one scorecard changes its own project's score and moves that project only.
//!
//! Methods where every scorecard moves everybody (rank sum, severity, an audience share, filled-in scorecards) are
//! computed anew; the others touch one project and one stretch of the order.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::aggregate::{Value, score};
use crate::domain::scoring::deduct::Deduction;
use crate::domain::scoring::exact::{of_points, whole};
use crate::domain::scoring::grid::Grid;
use crate::domain::scoring::rule::{Method, Missing, RankOn, Rule, RuleProblem, Tie};
use crate::domain::scoring::severity::{self, Component};
use crate::domain::scoring::ties::{Class, Scene, resolve};
use crate::domain::scoring::{blend, ranks};
use crate::domain::terms::rubric::Criterion;
use num_rational::BigRational;
use num_traits::Zero;
use std::cell::OnceCell;
use std::cmp::Ordering;

/// Why there is no ranking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error(transparent)]
    Rule(#[from] RuleProblem),
    /// Positions in the lists of projects and judges.
    #[error(
        "a rank sum needs every judge's scorecard for every project; judge {judge} has none for project {project}"
    )]
    Incomplete { project: usize, judge: usize },
    #[error("the scorecards fall into {} parts that no judge joins", parts.len())]
    Disconnected { parts: Vec<Component> },
    #[error("an audience share needs a counted ballot")]
    NoBallot,
    #[error("a rank sum takes no deductions")]
    RankSumWithDeduction,
}

/// What besides the scorecards goes into a result. Positions are those of the list of projects.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// Ids, for the lot.
    pub ids: Vec<String>,
    /// Size of the panel, for `min_judges`; without it the judges of the grid.
    pub panel: Option<usize>,
    /// Votes by project.
    pub ballots: Option<Vec<u64>>,
    pub deductions: Vec<Deduction>,
    /// The chair's decisions, oldest first.
    pub decisions: Vec<Vec<usize>>,
    /// Who is ranked, by project; without it everybody. The others' scorecards are there for what is of the whole round: the
    /// severity model, the audience's points, the panel of scorecards that are filled in.
    pub among: Option<Vec<bool>>,
}

/// A project's score on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// What the judges gave.
    pub judged: Value,
    /// The audience's points, where it has a share.
    pub audience: Option<BigRational>,
    /// After the audience's share and deductions.
    pub last: Value,
    /// `last` as published, in units of 10^-decimals.
    pub units: i128,
}

#[derive(Debug, Clone)]
pub struct Table {
    pub rule: Rule,
    pub criteria: Vec<Criterion>,
    pub grid: Grid,
    pub extras: Extras,
    chain: Vec<Tie>,
    needed: usize,
    /// Every scorecard moves everybody.
    entangled: bool,
    scored: Vec<Option<Scored>>,
    /// In the severity model: each judge's effect, and what the scorecards join.
    effects: Vec<Option<BigRational>>,
    parts: Vec<Component>,
    /// Ticks that deductions take, by project.
    taken: Vec<i64>,
    /// Ranked projects, best first, equal ones by position.
    order: Vec<u32>,
    scratch: Vec<i64>,
}

/// A place: projects that share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub place: u32,
    pub class: Class,
}

impl Table {
    /// A table over the scorecards of `grid`.
    pub fn new(rule: Rule, criteria: Vec<Criterion>, grid: Grid, extras: Extras) -> Result<Self, Problem> {
        rule.check(&criteria)?;
        if rule.method == Method::RankSum && !extras.deductions.is_empty() {
            return Err(Problem::RankSumWithDeduction);
        }
        let entangled = matches!(rule.method, Method::RankSum | Method::Severity)
            || rule.missing == Missing::FillMean
            || rule.audience.share > Points::ZERO;
        let mut taken = vec![0; grid.projects()];
        for deduction in &extras.deductions {
            taken[deduction.project] += deduction.points.ticks();
        }
        let mut table = Table {
            taken,
            parts: Vec::new(),
            chain: rule.chain(&criteria),
            needed: rule.needed(extras.panel.unwrap_or(grid.judges())),
            scored: vec![None; grid.projects()],
            effects: Vec::new(),
            order: Vec::new(),
            scratch: Vec::new(),
            entangled,
            rule,
            criteria,
            grid,
            extras,
        };
        table.recompute()?;
        Ok(table)
    }

    pub fn scored(&self, project: usize) -> Option<&Scored> {
        self.scored[project].as_ref()
    }

    /// A judge's effect in the severity model.
    pub fn effect(&self, judge: usize) -> Option<&BigRational> {
        self.effects.get(judge)?.as_ref()
    }

    /// In the severity model: the parts of the scorecards that no judge joins, where there are several.
    pub fn unjoined(&self) -> Option<&[Component]> {
        (self.parts.len() > 1).then_some(&self.parts)
    }

    /// Scorecards that a project needs to be ranked.
    pub fn needed(&self) -> usize {
        self.needed
    }

    /// Judges with a scorecard for a ranked project: the panel of filled-in scorecards and rank sums.
    pub fn panel(&self) -> Vec<usize> {
        let ranked: Vec<usize> = self.eligible().collect();
        let counts = |judge: &usize| ranked.iter().any(|&project| self.grid.has(project, *judge));
        (0..self.grid.judges()).filter(counts).collect()
    }

    /// Projects whose scorecards are enough; of a rank sum, which compares them all, those of the list.
    fn eligible(&self) -> impl Iterator<Item = usize> + '_ {
        let enough = |project: &usize| self.grid.count(*project) >= self.needed;
        let compared = |project: &usize| self.rule.method != Method::RankSum || self.is_among(*project);
        (0..self.grid.projects()).filter(enough).filter(compared)
    }

    /// The project is one of those who are ranked here.
    pub fn is_among(&self, project: usize) -> bool {
        self.extras.among.as_ref().is_none_or(|among| among[project])
    }

    /// Puts or takes one scorecard and brings everything up to date.
    pub fn set(
        &mut self,
        project: usize,
        judge: usize,
        marks: Option<&[i64]>,
        submitted: u64,
    ) -> Result<(), Problem> {
        self.grid.set(project, judge, marks, submitted);
        if self.entangled {
            return self.recompute();
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        let enough = self.grid.count(project) >= self.needed;
        let fresh = enough.then(|| self.by_itself(project, 0, &mut scratch));
        self.scratch = scratch;
        self.take_out(project);
        self.scored[project] = fresh;
        self.put_in(project);
        Ok(())
    }

    /// Everything from scratch.
    pub fn recompute(&mut self) -> Result<(), Problem> {
        self.scored.fill(None);
        let ranked: Vec<usize> = self.eligible().collect();
        if self.entangled {
            self.together(&ranked)?;
        } else {
            let mut scratch = Vec::new();
            for &project in &ranked {
                self.scored[project] = Some(self.by_itself(project, 0, &mut scratch));
            }
        }
        let listed: Vec<usize> = ranked.into_iter().filter(|&project| self.is_among(project)).collect();
        self.order = self.sorted(&listed);
        Ok(())
    }

    /// What a project's scorecards give so far, ranked or not; `None` where the method needs the others.
    pub fn alone(&self, project: usize) -> Option<Scored> {
        let has_cards = self.grid.count(project) > 0;
        (has_cards && !self.entangled).then(|| self.by_itself(project, 0, &mut Vec::new()))
    }

    fn by_itself(&self, project: usize, panel: usize, scratch: &mut Vec<i64>) -> Scored {
        self.finished(project, score(&self.grid, &self.rule, project, panel, scratch), None)
    }

    /// Scores where the ranked projects depend on each other.
    fn together(&mut self, ranked: &[usize]) -> Result<(), Problem> {
        let judged = self.judged(ranked)?;
        let share = of_points(self.rule.audience.share);
        let audience: Vec<Option<BigRational>> = if share.is_zero() || ranked.is_empty() {
            vec![None; ranked.len()]
        } else {
            let ballots = self.extras.ballots.as_ref().ok_or(Problem::NoBallot)?;
            let votes: Vec<u64> = ranked.iter().map(|&project| ballots[project]).collect();
            if votes.iter().all(|votes| *votes == 0) {
                return Err(Problem::NoBallot);
            }
            let scores: Vec<_> = judged.iter().map(|value| value.ratio(&self.grid)).collect();
            blend::audience(&scores, &votes, self.rule.audience.scale).into_iter().map(Some).collect()
        };
        for ((&project, judged), audience) in ranked.iter().zip(judged).zip(audience) {
            self.scored[project] = Some(self.finished(project, judged, audience));
        }
        Ok(())
    }

    fn judged(&mut self, ranked: &[usize]) -> Result<Vec<Value>, Problem> {
        match self.rule.method {
            Method::RankSum => {
                let panel = self.panel();
                for &project in ranked {
                    if let Some(&judge) = panel.iter().find(|&&judge| !self.grid.has(project, judge)) {
                        return Err(Problem::Incomplete { project, judge });
                    }
                }
                let doubled = ranks::doubled_rank_sums(&self.grid, ranked, &panel);
                Ok(doubled
                    .into_iter()
                    .map(|sum| Value::Big(Box::new(BigRational::new(sum.into(), 2.into()))))
                    .collect())
            }
            Method::Severity => {
                let lambda = of_points(self.rule.lambda);
                let parts = severity::components(&self.grid, ranked);
                if lambda.is_zero() && parts.len() > 1 {
                    return Err(Problem::Disconnected { parts });
                }
                let fit = severity::fit(&self.grid, ranked, &lambda);
                (self.effects, self.parts) = (fit.effects, parts);
                // The model knows no scale: a score beyond it is the end of it, else a deduction could raise it.
                let within = |score: BigRational| score.clamp(whole(0), whole(100));
                Ok(fit.scores.into_iter().map(|score| Value::Big(Box::new(within(score)))).collect())
            }
            Method::TrimmedMean | Method::Mean | Method::Median => {
                let panel = self.panel().len();
                let scratch = &mut Vec::new();
                let judged = |&project| score(&self.grid, &self.rule, project, panel, scratch);
                Ok(ranked.iter().map(judged).collect())
            }
        }
    }

    fn finished(&self, project: usize, judged: Value, audience: Option<BigRational>) -> Scored {
        let ticks = self.taken[project];
        let last = match &audience {
            None if ticks == 0 => judged.clone(),
            audience => {
                let share = of_points(self.rule.audience.share);
                let score = judged.ratio(&self.grid);
                let before = audience.as_ref().map(|points| blend::mixed(&score, points, &share));
                let after = before.unwrap_or(score) - BigRational::new(ticks.into(), Points::TICKS.into());
                // Only a deduction is stopped at zero.
                let after = if ticks > 0 { after.max(whole(0)) } else { after };
                Value::Big(Box::new(after))
            }
        };
        let units = last.units(&self.grid, self.rule.decimals, self.rule.rounding);
        Scored { judged, audience, last, units }
    }

    /// Better first; equal ones by position.
    fn compare(&self, a: u32, b: u32) -> Ordering {
        let (Some(one), Some(other)) = (&self.scored[a as usize], &self.scored[b as usize]) else {
            return a.cmp(&b);
        };
        let by_units = one.units.cmp(&other.units);
        let ascending = by_units.then_with(|| one.last.cmp(&other.last, &self.grid));
        let best_first = if self.rule.method.lowest_wins() { ascending } else { ascending.reverse() };
        best_first.then(a.cmp(&b))
    }

    /// By published score first, which is quick; the exact one only where it is needed.
    fn sorted(&self, ranked: &[usize]) -> Vec<u32> {
        let sign = if self.rule.method.lowest_wins() { 1 } else { -1 };
        let units = |project: usize| self.scored[project].as_ref().map_or(0, |scored| scored.units);
        let mut keyed: Vec<(i128, u32)> =
            ranked.iter().map(|&project| (sign * units(project), project as u32)).collect();
        keyed.sort_unstable();
        for equal in keyed.chunk_by_mut(|a, b| a.0 == b.0).filter(|equal| equal.len() > 1) {
            equal.sort_unstable_by(|a, b| self.compare(a.1, b.1));
        }
        keyed.into_iter().map(|(_, project)| project).collect()
    }

    fn take_out(&mut self, project: usize) {
        let project = project as u32;
        if self.scored[project as usize].is_some()
            && let Ok(at) = self.order.binary_search_by(|&other| self.compare(other, project))
        {
            self.order.remove(at);
        }
    }

    fn put_in(&mut self, project: usize) {
        let project = project as u32;
        if self.scored[project as usize].is_some()
            && self.is_among(project as usize)
            && let Err(at) = self.order.binary_search_by(|&other| self.compare(other, project))
        {
            self.order.insert(at, project);
        }
    }

    /// Ranked projects, best score first; ties not resolved.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    fn equal(&self, a: u32, b: u32) -> bool {
        match (&self.scored[a as usize], &self.scored[b as usize]) {
            (Some(one), Some(other)) => match self.rule.rank_on {
                RankOn::Published => one.units == other.units,
                RankOn::Exact => one.last.cmp(&other.last, &self.grid) == Ordering::Equal,
            },
            _ => false,
        }
    }

    /// Ranked projects of equal score, best group first; ties not resolved.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let groups = self.order.chunk_by(|&a, &b| self.equal(a, b));
        groups.map(|group| group.iter().map(|&project| project as usize).collect()).collect()
    }

    /// The places, ties resolved as far as the chain goes: 1, 2, 2, 4.
    pub fn places(&self) -> Vec<Place> {
        let ranked: Vec<usize> = self.order.iter().map(|&project| project as usize).collect();
        let scene = Scene {
            grid: &self.grid,
            criteria: &self.criteria,
            chain: &self.chain,
            seed: self.rule.seed.as_deref().unwrap_or_default(),
            ids: &self.extras.ids,
            ranked: &ranked,
            columns: OnceCell::new(),
            decisions: &self.extras.decisions,
            lowest_wins: self.rule.method.lowest_wins(),
        };
        let exact = |project: usize| {
            let scored = self.scored[project].as_ref();
            scored.map_or(Value::Small { sum: 0, parts: 1 }, |scored| scored.last.clone())
        };
        let mut places = Vec::with_capacity(ranked.len());
        let mut place = 1;
        for group in self.order.chunk_by(|&a, &b| self.equal(a, b)) {
            let group: Vec<usize> = group.iter().map(|&project| project as usize).collect();
            if group.len() == 1 {
                places.push(Place { place, class: Class::alone(group) });
                place += 1;
                continue;
            }
            for class in resolve(&scene, group, &exact) {
                let size = class.projects.len() as u32;
                places.push(Place { place, class });
                place += size;
            }
        }
        places
    }
}
