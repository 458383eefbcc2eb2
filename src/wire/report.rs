//! What a judging amounts to, as JSON: standings with their reasons, and the panel's figures. Scores are strings;
//! statistics are numbers, `null` where they are not defined, and `undefined` says why.

use crate::analysis::agreement::{Metric, alpha, kendall_w};
use crate::analysis::panel::Panel;
use crate::analysis::reliability::{Form, icc, mean_squares};
use crate::domain::scoring::VERSION;
use crate::domain::scoring::judging::Judging;
use crate::domain::scoring::standings::Standings;
use crate::wire::explain::{Explain, TieStep, explain};
use crate::wire::notes::Names;
use crate::wire::notes::{Fallback, Note, notes};
use crate::wire::statistics::{Analysis, Statistics, analysis};
use serde::{Serialize, Serializer};

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

/// The report of a rule that ranks by track: one of each list.
#[derive(Serialize)]
pub struct Lists<'a> {
    pub lists: Vec<Listed<'a>>,
}

#[derive(Serialize)]
pub struct Listed<'a> {
    /// `null`: the list of all.
    pub track: Option<&'a str>,
    #[serde(flatten)]
    pub report: Report<'a>,
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
        analysis: (statistics != Statistics::None).then(|| analysis(standings, &names, statistics)),
        standings: Rows { standings, names },
    }
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
