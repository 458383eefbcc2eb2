//! What is known of a panel and of the certainty of its places, as numbers: for chair, organiser and `podium tally`, the same for
//! all of them. No score uses any of it. What is not defined is absent, and `undefined` says why.

use crate::analysis::agreement::{Metric, alpha, kendall_w};
use crate::analysis::judges::{Flag, JudgeFigures, figures};
use crate::analysis::panel::{Panel, deviation};
use crate::analysis::reliability::{Form, icc, judges_needed, mean_squares};
use crate::analysis::stability::{JUDGES_MIN, Stability, effort, effort_once, stability, without};
use crate::analysis::undefined::{Figure, Undefined};
use crate::domain::scoring::blend;
use crate::domain::scoring::exact::of_points;
use crate::domain::scoring::rule::Method;
use crate::domain::scoring::standings::{Standing, Standings};
use crate::wire::notes::Names;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Which of the panel's figures are wanted: those that take long only where they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistics {
    None,
    Cheap,
    /// Those that take a quarter of a minute at most.
    Bearable,
    All,
}

/// What is called cheap: half a second or so.
const CHEAP: f64 = 50_000_000.0;
const BEARABLE: f64 = 3_000_000_000.0;

impl Statistics {
    fn allow(self, effort: impl FnOnce() -> f64) -> Figure<()> {
        let allowed = match self {
            Statistics::None => false,
            Statistics::Cheap => effort() <= CHEAP,
            Statistics::Bearable => effort() <= BEARABLE,
            Statistics::All => true,
        };
        if allowed { Ok(()) } else { Err(Undefined::NotAsked) }
    }
}

/// A panel's figures, by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Analysis {
    pub icc: BTreeMap<String, Option<f64>>,
    pub icc_ci95: BTreeMap<String, Option<[f64; 2]>>,
    pub alpha_interval: Option<f64>,
    pub alpha_ordinal: Option<f64>,
    pub kendall_w: Option<f64>,
    /// Judges that a mean needs, by the reliability of its ranking.
    pub judges_needed: BTreeMap<String, Option<u32>>,
    pub judges: BTreeMap<String, JudgeStatistics>,
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

/// One judge beside the panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct JudgeStatistics {
    pub severity: Option<f64>,
    pub standard_error: Option<f64>,
    pub consistency: Option<f64>,
    pub spread: f64,
    /// `severity`, `consistency`, `spread`, `scorecard:P3`
    pub flags: Vec<String>,
}

/// A ranked project, and what each judge of [`PanelInfo::judges`] gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PanelRow {
    pub pitch: String,
    pub place: u32,
    pub score: String,
    /// 0–100, to two decimals; `null` where there is no scorecard.
    pub totals: Vec<Option<f64>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PodiumLine {
    pub place: u32,
    pub pitch: String,
}

/// The first places, were this judge not on the panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct WithoutJudge {
    pub judge: String,
    pub changes: bool,
    /// `null` where the rule gives no standings then.
    pub podium: Option<Vec<PodiumLine>>,
}

/// A list of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PanelList {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
    /// The track's name; empty of the list of all.
    pub name: String,
}

/// A round's panel, of the scorecards that are closed. Names are ids.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct PanelInfo {
    /// The lists that may be asked for, where tracks rank; the list of all has no `track`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<PanelList>>")]
    pub lists: Vec<PanelList>,
    /// The track whose list this is about; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
    /// Best first.
    pub rows: Vec<PanelRow>,
    /// Who scored one of them.
    pub judges: Vec<String>,
    /// Empty where it was not computed: `undefined` says why.
    pub without: Vec<WithoutJudge>,
    /// `without_judge` is empty here.
    pub analysis: Analysis,
}

/// The first places are those up to this one.
const PODIUM: u32 = 3;

/// Notes a figure's value, or the reason why there is none.
struct Notes(BTreeMap<String, String>);

impl Notes {
    fn take<T>(&mut self, name: &str, figure: Figure<T>) -> Option<T> {
        figure.map_err(|why| self.0.insert(name.to_owned(), why.code().to_owned())).ok()
    }
}

/// The panel's figures, as far as they are wanted.
pub fn analysis(standings: &Standings, names: &Names<'_>, wanted: Statistics) -> Analysis {
    let mut notes = Notes(BTreeMap::new());
    let without = notes.take("without_judge", without_each(standings, wanted)).unwrap_or_default();
    let mut found = figures_of(standings, names, wanted, &mut notes);
    let order = |places: &Vec<(u32, usize)>| {
        places.iter().map(|(_, project)| names.projects[*project].clone()).collect()
    };
    let named = |(judge, places): &(usize, Option<Places>)| {
        (names.judges[*judge].clone(), places.as_ref().map(order))
    };
    found.without_judge = without.iter().map(named).collect();
    found.undefined = notes.0;
    found
}

/// A round's panel for chair and organiser; the same figures.
pub fn panel(standings: &Standings, names: &Names<'_>, wanted: Statistics) -> PanelInfo {
    let mut notes = Notes(BTreeMap::new());
    let without = notes.take("without_judge", without_each(standings, wanted)).unwrap_or_default();
    let mut analysis = figures_of(standings, names, wanted, &mut notes);
    analysis.undefined = notes.0;
    let panel = Panel::of(&standings.table);
    let shown = |total: &Option<f64>| total.map(|total| (total * 100.0).round() / 100.0);
    let row = |row: &Standing| {
        let at = panel.projects.binary_search(&row.project).ok();
        let totals = at.map(|at| panel.rows[at].iter().map(shown).collect()).unwrap_or_default();
        PanelRow {
            pitch: names.projects[row.project].clone(),
            place: row.place,
            score: row.score.clone(),
            totals,
        }
    };
    let podium = |places: &Places| -> Vec<PodiumLine> {
        let first = places.iter().filter(|(place, _)| *place <= PODIUM);
        first
            .map(|(place, project)| PodiumLine { place: *place, pitch: names.projects[*project].clone() })
            .collect()
    };
    let now: Places = standings.ranked.iter().map(|row| (row.place, row.project)).collect();
    let now = podium(&now);
    let one = |(judge, places): &(usize, Option<Places>)| {
        let podium = places.as_ref().map(podium);
        let changes = podium.as_ref().is_none_or(|podium| *podium != now);
        WithoutJudge { judge: names.judges[*judge].clone(), changes, podium }
    };
    PanelInfo {
        lists: Vec::new(),
        track: None,
        rows: standings.ranked.iter().map(row).collect(),
        judges: names.of_judges(&panel.judges),
        without: without.iter().map(one).collect(),
        analysis,
    }
}

/// Places and who has them, best first.
type Places = Vec<(u32, usize)>;

/// The standings without each judge; `None` where the rule gives none.
fn without_each(standings: &Standings, wanted: Statistics) -> Figure<Vec<(usize, Option<Places>)>> {
    let table = &standings.table;
    let judges = table.panel();
    wanted.allow(|| judges.len() as f64 * effort_once(table))?;
    let places = |one: Standings| one.ranked.iter().map(|row| (row.place, row.project)).collect();
    Ok(judges.into_iter().map(|judge| (judge, without(table, judge).ok().map(places))).collect())
}

fn figures_of(standings: &Standings, names: &Names<'_>, wanted: Statistics, notes: &mut Notes) -> Analysis {
    let panel = Panel::of(&standings.table);
    let mut found = Analysis {
        alpha_interval: notes.take("alpha_interval", alpha(&panel, Metric::Interval)),
        alpha_ordinal: notes.take("alpha_ordinal", alpha(&panel, Metric::Ordinal)),
        kendall_w: notes.take("kendall_w", kendall_w(&panel)),
        judges: judges(names, &panel, severity_lambda(standings), notes),
        audience_weight: audience_weight(standings),
        ..Analysis::default()
    };
    reliability(&panel, &mut found, notes);
    let seed = standings.table.rule.seed.as_deref().unwrap_or_default();
    // A panel that has no such figure is told so, whatever it would have taken.
    let enough = panel.judges.len() >= JUDGES_MIN && panel.rows.len() >= 2;
    let allowed = if enough { wanted.allow(|| effort(&standings.table)) } else { Ok(()) };
    if let Some(stability) = notes.take("p_first", allowed.and_then(|()| stability(&standings.table, seed))) {
        places(names, &stability, &mut found);
    }
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

fn judges(
    names: &Names<'_>,
    panel: &Panel,
    lambda: f64,
    notes: &mut Notes,
) -> BTreeMap<String, JudgeStatistics> {
    let mut judge = |(figures, &at): (JudgeFigures, &usize)| {
        let name = names.judges[at].clone();
        let flags = figures.flags.iter().map(|flag| match flag {
            Flag::Severity => "severity".to_owned(),
            Flag::Consistency => "consistency".to_owned(),
            Flag::Spread => "spread".to_owned(),
            Flag::Scorecard { project, .. } => {
                format!("scorecard:{}", names.projects[panel.projects[*project]])
            }
        });
        let shown = JudgeStatistics {
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

fn places(names: &Names<'_>, stability: &Stability, found: &mut Analysis) {
    let rows = || stability.projects.iter().enumerate();
    let name = |project: &usize| names.projects[*project].clone();
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
