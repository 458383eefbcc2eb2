//! What a judging amounts to, as JSON: standings with their reasons, and the panel's figures. Scores are strings;
//! statistics are numbers, `null` where they are not defined, and `undefined` says why.

use crate::analysis::agreement::{Metric, alpha, kendall_w};
use crate::analysis::judges::{Flag, JudgeFigures, figures};
use crate::analysis::panel::{Panel, deviation};
use crate::analysis::reliability::{Form, icc, judges_needed, mean_squares};
use crate::analysis::stability::{Stability, stability, without};
use crate::analysis::undefined::Figure;
use crate::domain::scoring::blend;
use crate::domain::scoring::exact::of_points;
use crate::domain::scoring::judging::Judging;
use crate::domain::scoring::standings::{Standings, Warning};
use crate::wire::explain::{Explain, Names, explain};
use num_traits::ToPrimitive;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
pub struct Report {
    pub standings: Vec<Row>,
    pub unranked: Vec<UnrankedRow>,
    pub warnings: Vec<String>,
    pub analysis: Analysis,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub place: u32,
    pub project: String,
    pub score: String,
    pub exact: String,
    /// Scorecards that came in.
    pub k: usize,
    pub decided_by: Option<String>,
    pub explain: Option<Explain>,
}

#[derive(Debug, Serialize)]
pub struct UnrankedRow {
    pub project: String,
    pub reason: String,
    /// What its scorecards give so far.
    pub score: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub struct Analysis {
    pub icc: BTreeMap<String, Option<f64>>,
    pub icc_ci95: BTreeMap<String, Option<[f64; 2]>>,
    pub alpha_interval: Option<f64>,
    pub alpha_ordinal: Option<f64>,
    pub kendall_w: Option<f64>,
    /// Judges that a mean needs, by the reliability of its ranking.
    pub judges_needed: BTreeMap<String, Option<u32>>,
    pub judges: BTreeMap<String, Judge>,
    pub p_first: Option<BTreeMap<String, f64>>,
    pub rank_interval_90: Option<BTreeMap<String, [usize; 2]>>,
    /// `null` where every draw was looked at, else how many were sampled.
    pub draws: Option<usize>,
    /// The whole order without this judge.
    pub without_judge: BTreeMap<String, Option<Vec<String>>>,
    /// How much the audience's share really weighs.
    pub audience_weight: Option<f64>,
    /// Why a figure is `null`, by its name.
    pub undefined: BTreeMap<String, String>,
}

#[derive(Debug, Serialize)]
pub struct Judge {
    pub severity: Option<f64>,
    pub standard_error: Option<f64>,
    pub consistency: Option<f64>,
    pub spread: f64,
    /// `severity`, `consistency`, `spread`, `scorecard:P3`
    pub flags: Vec<String>,
}

/// The whole report of a judging and its standings.
pub fn report(judging: &Judging, standings: &Standings) -> Report {
    let names = Names { projects: &judging.projects, judges: &judging.judges };
    let row = |row: &crate::domain::scoring::standings::Standing| Row {
        place: row.place,
        project: judging.projects[row.project].clone(),
        score: row.score.clone(),
        exact: row.exact.to_string(),
        k: row.k,
        decided_by: row.decided_by.as_ref().map(ToString::to_string),
        explain: explain(standings, &names, row.project),
    };
    let unranked = |row: &crate::domain::scoring::standings::Unranked| UnrankedRow {
        project: judging.projects[row.project].clone(),
        reason: format!("{} of the {} scorecards that the rule asks for", row.k, row.needed),
        score: row.score.clone(),
    };
    Report {
        standings: standings.ranked.iter().map(row).collect(),
        unranked: standings.unranked.iter().map(unranked).collect(),
        warnings: standings.warnings.iter().map(|warning| warned(judging, warning)).collect(),
        analysis: analysis(judging, standings),
    }
}

fn warned(judging: &Judging, warning: &Warning) -> String {
    match warning {
        Warning::UnequalPanels { least, most } => {
            format!(
                "ranked projects have {least} to {most} scorecards: their scores rest on different panels"
            )
        }
        Warning::LonelyJudge { judge } => {
            format!(
                "{} has a single scorecard: the severity of this judge cannot be told",
                judging.judges[*judge]
            )
        }
    }
}

/// Notes a figure's value, or the reason why there is none.
struct Notes(BTreeMap<String, String>);

impl Notes {
    fn take<T>(&mut self, name: &str, figure: Figure<T>) -> Option<T> {
        figure.map_err(|why| self.0.insert(name.to_owned(), why.code().to_owned())).ok()
    }
}

fn analysis(judging: &Judging, standings: &Standings) -> Analysis {
    let panel = Panel::of(&standings.table);
    let mut notes = Notes(BTreeMap::new());
    let mut found = Analysis {
        alpha_interval: notes.take("alpha_interval", alpha(&panel, Metric::Interval)),
        alpha_ordinal: notes.take("alpha_ordinal", alpha(&panel, Metric::Ordinal)),
        kendall_w: notes.take("kendall_w", kendall_w(&panel)),
        judges: judges(judging, &panel, &mut notes),
        audience_weight: audience_weight(standings),
        ..Analysis::default()
    };
    reliability(&panel, &mut found, &mut notes);
    let seed = judging.rule.seed.as_deref().unwrap_or_default();
    if let Some(stability) = notes.take("p_first", stability(&standings.table, seed)) {
        places(judging, &stability, &mut found);
    }
    for &judge in &panel.judges {
        let order = without(&standings.table, judge).ok();
        let order =
            order.map(|one| one.ranked.iter().map(|row| judging.projects[row.project].clone()).collect());
        found.without_judge.insert(judging.judges[judge].clone(), order);
    }
    found.undefined = notes.0;
    found
}

fn reliability(panel: &Panel, found: &mut Analysis, notes: &mut Notes) {
    let squares = mean_squares(panel);
    for form in Form::ALL {
        let value = squares.and_then(|squares| icc(&squares, form));
        let value = notes.take("icc", value);
        found.icc.insert(form.name(), value.map(|icc| icc.value));
        found.icc_ci95.insert(form.name(), value.map(|icc| [icc.low, icc.high]));
    }
    for wanted in ["0.8", "0.9"] {
        let goal = wanted.parse().unwrap_or(0.8);
        let needed = notes.take("judges_needed", squares.and_then(|squares| judges_needed(&squares, goal)));
        found.judges_needed.insert(wanted.to_owned(), needed);
    }
}

fn judges(judging: &Judging, panel: &Panel, notes: &mut Notes) -> BTreeMap<String, Judge> {
    let mut judge = |(figures, &at): (JudgeFigures, &usize)| {
        let name = judging.judges[at].clone();
        let flags = figures.flags.iter().map(|flag| match flag {
            Flag::Severity => "severity".to_owned(),
            Flag::Consistency => "consistency".to_owned(),
            Flag::Spread => "spread".to_owned(),
            Flag::Scorecard { project, .. } => {
                format!("scorecard:{}", judging.projects[panel.projects[*project]])
            }
        });
        let shown = Judge {
            flags: flags.collect(),
            severity: notes.take(&format!("judges.{name}.severity"), figures.severity),
            standard_error: notes.take(&format!("judges.{name}.standard_error"), figures.standard_error),
            consistency: notes.take(&format!("judges.{name}.consistency"), figures.consistency),
            spread: figures.spread,
        };
        (name, shown)
    };
    figures(panel).into_iter().zip(&panel.judges).map(&mut judge).collect()
}

fn places(judging: &Judging, stability: &Stability, found: &mut Analysis) {
    let rows = || stability.projects.iter().enumerate();
    let name = |project: &usize| judging.projects[*project].clone();
    found.p_first = Some(rows().map(|(row, project)| (name(project), stability.first(row))).collect());
    let interval = |row: usize| {
        let (low, high) = stability.interval(row);
        [low, high]
    };
    found.rank_interval_90 = Some(rows().map(|(row, project)| (name(project), interval(row))).collect());
    found.draws = stability.draws;
}

/// `a·sd(A) / ((1−a)·sd(S) + a·sd(A))`; `None` without an audience share.
fn audience_weight(standings: &Standings) -> Option<f64> {
    let table = &standings.table;
    let share = of_points(table.rule.audience.share).to_f64()?;
    let ballots = table.extras.ballots.as_ref().filter(|_| share > 0.0)?;
    let ranked: Vec<usize> = standings.ranked.iter().map(|row| row.project).collect();
    let scores: Vec<_> =
        ranked.iter().filter_map(|&one| Some(table.scored(one)?.judged.ratio(&table.grid))).collect();
    let votes: Vec<u64> = ranked.iter().map(|&one| ballots[one]).collect();
    let audience = blend::audience(&scores, &votes, table.rule.audience.scale);
    let spread = |values: &[num_rational::BigRational]| {
        deviation(&values.iter().filter_map(ToPrimitive::to_f64).collect::<Vec<_>>())
    };
    let (judged, voted) = ((1.0 - share) * spread(&scores), share * spread(&audience));
    (judged + voted > 0.0).then(|| voted / (judged + voted))
}
