//! What a judging amounts to, as JSON: standings with their reasons, and the panel's figures. Scores are strings;
//! statistics are numbers, `null` where they are not defined, and `undefined` says why.

use crate::analysis::agreement::{Metric, alpha, kendall_w};
use crate::analysis::judges::{Flag, JudgeFigures, figures};
use crate::analysis::panel::{Panel, deviation};
use crate::analysis::reliability::{Form, icc, judges_needed, mean_squares};
use crate::analysis::stability::{JUDGES_MIN, Stability, effort, effort_once, stability, without};
use crate::analysis::undefined::{Figure, Undefined};
use crate::domain::scoring::exact::of_points;
use crate::domain::scoring::judging::Judging;
use crate::domain::scoring::rule::Method;
use crate::domain::scoring::standings::Standings;
use crate::domain::scoring::{VERSION, blend};
use crate::wire::explain::{Explain, TieStep, explain};
use crate::wire::notes::Names;
use crate::wire::notes::{Fallback, Note, notes};
use num_traits::ToPrimitive;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Which of the panel's figures are wanted: those that take long only where they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistics {
    None,
    Cheap,
    All,
}

/// What is called cheap: half a second or so.
const CHEAP: f64 = 50_000_000.0;

impl Statistics {
    fn allow(self, effort: impl FnOnce() -> f64) -> Figure<()> {
        let allowed = match self {
            Statistics::None => false,
            Statistics::Cheap => effort() <= CHEAP,
            Statistics::All => true,
        };
        if allowed { Ok(()) } else { Err(Undefined::NotAsked) }
    }
}

/// The sentences of a language.
pub trait Sentences {
    fn note(&self, note: &Note) -> String;
    fn unranked(&self, k: usize, needed: usize) -> String;
}

#[derive(Serialize)]
pub struct Report<'a> {
    /// Of the arithmetic: [`VERSION`].
    pub scorer: u32,
    pub standings: Rows<'a>,
    pub unranked: Vec<UnrankedRow>,
    pub warnings: Vec<Warned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
}

/// The rows of the standings, each made when it is written: with their explanations they are many times the input.
pub struct Rows<'a> {
    standings: &'a Standings,
    names: Names<'a>,
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.standings.ranked.iter().map(|row| Row {
            place: row.place,
            project: &self.names.projects[row.project],
            score: &row.score,
            exact: row.exact.to_string(),
            k: row.k,
            decided_by: row.decided_by.as_ref().map(ToString::to_string),
            above: row.above.as_ref().map(TieStep::from),
            below: row.below.as_ref().map(TieStep::from),
            fallback: row.fallback.map(Fallback::from),
            explain: explain(self.standings, &self.names, row.project),
        }))
    }
}

#[derive(Serialize)]
struct Row<'a> {
    place: u32,
    project: &'a str,
    score: &'a str,
    exact: String,
    /// Scorecards that came in.
    k: usize,
    decided_by: Option<String>,
    /// What parted it from its neighbours of equal published score.
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<TieStep>,
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<TieStep>,
    /// Less could be left out than the rule asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    fallback: Option<Fallback>,
    explain: Option<Explain>,
}

#[derive(Serialize)]
pub struct UnrankedRow {
    pub project: String,
    pub reason: String,
    /// What its scorecards give so far.
    pub score: Option<String>,
}

/// A note, and how it is said.
#[derive(Serialize)]
pub struct Warned {
    #[serde(flatten)]
    pub note: Note,
    pub text: String,
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
pub fn report<'a>(
    judging: &'a Judging,
    standings: &'a Standings,
    statistics: Statistics,
    sentences: &dyn Sentences,
) -> Report<'a> {
    let names = Names { projects: &judging.projects, judges: &judging.judges };
    let unranked = |row: &crate::domain::scoring::standings::Unranked| UnrankedRow {
        project: judging.projects[row.project].clone(),
        reason: sentences.unranked(row.k, row.needed),
        score: row.score.clone(),
    };
    let warned = |note: Note| Warned { text: sentences.note(&note), note };
    Report {
        scorer: VERSION,
        unranked: standings.unranked.iter().map(unranked).collect(),
        warnings: notes(standings, &names).into_iter().map(warned).collect(),
        standings: Rows { standings, names },
        analysis: (statistics != Statistics::None).then(|| analysis(judging, standings, statistics)),
    }
}

/// Notes a figure's value, or the reason why there is none.
struct Notes(BTreeMap<String, String>);

impl Notes {
    fn take<T>(&mut self, name: &str, figure: Figure<T>) -> Option<T> {
        figure.map_err(|why| self.0.insert(name.to_owned(), why.code().to_owned())).ok()
    }
}

fn analysis(judging: &Judging, standings: &Standings, wanted: Statistics) -> Analysis {
    let panel = Panel::of(&standings.table);
    let mut notes = Notes(BTreeMap::new());
    let mut found = Analysis {
        alpha_interval: notes.take("alpha_interval", alpha(&panel, Metric::Interval)),
        alpha_ordinal: notes.take("alpha_ordinal", alpha(&panel, Metric::Ordinal)),
        kendall_w: notes.take("kendall_w", kendall_w(&panel)),
        judges: judges(judging, &panel, severity_lambda(standings), &mut notes),
        audience_weight: audience_weight(standings),
        ..Analysis::default()
    };
    reliability(&panel, &mut found, &mut notes);
    let seed = judging.rule.seed.as_deref().unwrap_or_default();
    // A panel that has no such figure is told so, whatever it would have taken.
    let enough = panel.judges.len() >= JUDGES_MIN && panel.rows.len() >= 2;
    let allowed = if enough { wanted.allow(|| effort(&standings.table)) } else { Ok(()) };
    if let Some(stability) = notes.take("p_first", allowed.and_then(|()| stability(&standings.table, seed))) {
        places(judging, &stability, &mut found);
    }
    let allowed = wanted.allow(|| panel.judges.len() as f64 * effort_once(&standings.table));
    let judges = notes.take("without_judge", allowed).map_or(&[][..], |()| &panel.judges);
    for &judge in judges {
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

/// The severity model's own λ; 0 for other methods.
fn severity_lambda(standings: &Standings) -> f64 {
    let rule = &standings.table.rule;
    let lambda = (rule.method == Method::Severity).then(|| of_points(rule.lambda).to_f64());
    lambda.flatten().unwrap_or_default()
}

fn judges(judging: &Judging, panel: &Panel, lambda: f64, notes: &mut Notes) -> BTreeMap<String, Judge> {
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
    figures(panel, lambda).into_iter().zip(&panel.judges).map(&mut judge).collect()
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

/// The few figures that stand under a table, by name.
pub fn summary(standings: &Standings) -> [(&'static str, Option<f64>); 4] {
    let panel = Panel::of(&standings.table);
    let squares = mean_squares(&panel);
    let of = |number: u8, average: bool| {
        let form = Form { number, average };
        squares.and_then(|squares| icc(&squares, form)).ok().map(|icc| icc.value)
    };
    [
        ("ICC(2,1)", of(2, false)),
        ("ICC(2,k)", of(2, true)),
        ("W", kendall_w(&panel).ok()),
        ("alpha", alpha(&panel, Metric::Interval).ok()),
    ]
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
