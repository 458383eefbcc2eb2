//! A whole judging at rest: rule, rubric, scorecards, ballots and deductions by name. What `podium tally` reads and a
//! finished round amounts to.

use crate::domain::kernel::points::Points;
use crate::domain::scoring::deduct::Deduction;
use crate::domain::scoring::field::Ranking;
use crate::domain::scoring::overtime;
use crate::domain::scoring::rule::Rule;
use crate::domain::scoring::standings::{Card, Standings, standings};
use crate::domain::scoring::table::{Extras, Problem};
use crate::domain::terms::rubric::{Criterion, CriterionId};
use std::collections::BTreeMap;

/// A scorecard by positions in the lists of projects and judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCard {
    pub project: usize,
    pub judge: usize,
    pub marks: BTreeMap<CriterionId, Points>,
}

#[derive(Debug, Clone, Default)]
pub struct Judging {
    pub rule: Rule,
    pub criteria: Vec<Criterion>,
    /// Ids, in the order in which they first came.
    pub projects: Vec<String>,
    pub judges: Vec<String>,
    /// Among equal extremes the later scorecard is left out.
    pub cards: Vec<OwnCard>,
    pub ballots: Option<Vec<u64>>,
    pub deductions: Vec<Deduction>,
    pub decisions: Vec<Vec<usize>>,
    /// Seats; without it everybody who has a scorecard.
    pub panel: Option<usize>,
    /// What projects are called, by id; none of them needs a name.
    pub names: BTreeMap<String, String>,
    /// Who takes no part in the ranking: named, and nothing else.
    pub out: Vec<OutOfRanking>,
    /// Names of the tracks, in the order in which they first came, and each project's.
    pub tracks: Vec<String>,
    pub track_of: BTreeMap<usize, usize>,
    pub index: Index,
}

/// A project that is not ranked whatever it scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfRanking {
    pub project: String,
    pub name: String,
    /// `disqualified`, `withdrawn`, `absent`
    pub what: String,
    pub reason: String,
}

/// Where each id stands in the lists of projects and judges.
#[derive(Debug, Clone, Default)]
pub struct Index {
    projects: BTreeMap<String, usize>,
    judges: BTreeMap<String, usize>,
}

impl Judging {
    /// The position of a project's id, which is added where it is new.
    pub fn project(&mut self, id: &str) -> usize {
        position(&mut self.projects, &mut self.index.projects, id)
    }

    pub fn judge(&mut self, id: &str) -> usize {
        position(&mut self.judges, &mut self.index.judges, id)
    }

    /// Puts a project into the track of this name.
    pub fn place(&mut self, project: usize, track: &str) {
        let at = self.tracks.iter().position(|known| known == track).unwrap_or_else(|| {
            self.tracks.push(track.to_owned());
            self.tracks.len() - 1
        });
        self.track_of.insert(project, at);
    }

    /// Takes what the rule's table takes for so many seconds over. `word` begins the reason: `overtime 0:47`.
    pub fn overran(&mut self, project: usize, secs: u32, word: &str) {
        let secs = u64::from(secs);
        if let Some(points) = self.rule.overtime_points(1_000 * secs) {
            let reason = format!("{word} {}", overtime::clock(secs));
            self.deductions.push(Deduction { project, points, reason });
        }
    }

    /// The ranked lists of its rule: each track's, then that of all (`None`).
    pub fn lists(&self) -> Vec<Option<usize>> {
        let tracks = (0..self.tracks.len()).filter(|track| self.track_of.values().any(|of| of == track));
        match self.rule.ranking {
            Ranking::Overall => vec![None],
            Ranking::ByTrack => tracks.map(Some).collect(),
            Ranking::Both => tracks.map(Some).chain([None]).collect(),
        }
    }

    /// Projects that have no place, because places are counted by track and they are of none.
    pub fn untracked(&self) -> Vec<usize> {
        let none = |project: &usize| !self.track_of.contains_key(project);
        let ranks = self.rule.ranking.has_tracks();
        (0..self.projects.len()).filter(|_| ranks).filter(none).collect()
    }

    /// The list of all, whatever the rule ranks.
    pub fn standings(&self) -> Result<Standings, Problem> {
        self.list(None)
    }

    /// One list: a track's, or that of all.
    pub fn list(&self, list: Option<usize>) -> Result<Standings, Problem> {
        let of_list = |project: usize| self.track_of.get(&project) == list.as_ref();
        let extras = Extras {
            ids: self.projects.clone(),
            panel: Some(self.panel.unwrap_or(self.judges.len())),
            ballots: self.ballots.clone(),
            deductions: self.deductions.clone(),
            decisions: self.decisions.clone(),
            among: list.map(|_| (0..self.projects.len()).map(of_list).collect()),
        };
        let cards = self.cards.iter().enumerate().map(|(at, card)| Card {
            project: card.project,
            judge: card.judge,
            marks: &card.marks,
            submitted: at as u64,
        });
        let size = (self.projects.len(), self.judges.len());
        standings(&self.rule, &self.criteria, size, cards, extras)
    }

    /// A problem with names instead of positions.
    pub fn named(&self, problem: &Problem) -> String {
        let names = |list: &[String], at: &[usize]| {
            at.iter().filter_map(|at| list.get(*at).cloned()).collect::<Vec<_>>().join(", ")
        };
        match problem {
            Problem::Incomplete { project, judge } => format!(
                "a rank sum needs every judge's scorecard for every project; {} has none for {}",
                names(&self.judges, &[*judge]),
                names(&self.projects, &[*project])
            ),
            Problem::Disconnected { parts } => {
                let part = |part: &crate::domain::scoring::severity::Component| {
                    let (projects, judges) =
                        (names(&self.projects, &part.projects), names(&self.judges, &part.judges));
                    format!("{{projects {projects}; judges {judges}}}")
                };
                let listed: Vec<String> = parts.iter().map(part).collect();
                let joining = match (parts[0].judges.first(), parts[1].projects.first()) {
                    (Some(judge), Some(project)) => format!(
                        "; a scorecard of {} for {} would join the first two",
                        names(&self.judges, &[*judge]),
                        names(&self.projects, &[*project])
                    ),
                    _ => String::new(),
                };
                format!(
                    "with lambda 0 there is no common ranking: the scorecards fall into {} parts: {}{joining}",
                    parts.len(),
                    listed.join(", ")
                )
            }
            Problem::Rule(_) | Problem::NoBallot | Problem::RankSumWithDeduction => problem.to_string(),
        }
    }
}

fn position(list: &mut Vec<String>, index: &mut BTreeMap<String, usize>, id: &str) -> usize {
    // A list may have been filled without the index.
    for (at, known) in list.iter().enumerate().skip(index.len()) {
        index.insert(known.clone(), at);
    }
    if let Some(&at) = index.get(id) {
        return at;
    }
    list.push(id.to_owned());
    index.insert(id.to_owned(), list.len() - 1);
    list.len() - 1
}
