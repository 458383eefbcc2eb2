//! A judging in a workbook: the roster's sheets, and 评分 with one row per scorecard (投票, 扣分 and 超时 where there are
//! any).

use crate::domain::kernel::points::Points;
use crate::domain::scoring::deduct::Deduction;
use crate::domain::scoring::judging::{Judging, OwnCard};
use crate::domain::scoring::rule::{Method, RuleProblem};
use crate::domain::terms::rubric::Criterion;
use crate::sheets::answers::Answers;
use crate::sheets::error::SheetError;
use crate::sheets::findings::{Findings, Place, Refused};
use crate::sheets::grid::{Cell, Grid, Row};
use crate::sheets::headings::{Kind, fold};
use crate::sheets::{overtime, read, roster};
use std::collections::BTreeMap;

const SCORES: &[&str] = &["评分", "scores", "scorecards"];
const BALLOTS: &[&str] = &["投票", "ballots", "votes"];
const DEDUCTIONS: &[&str] = &["扣分", "deductions"];
const OVERTIME: &[&str] = &["超时", "overtime"];
const PROJECT: &[&str] = &["项目", "项目编号", "project"];
const JUDGE: &[&str] = &["评委", "评委编号", "judge"];
const VOTES: &[&str] = &["票数", "votes"];
const POINTS: &[&str] = &["分数", "扣分", "points"];
const SECS: &[&str] = &["超时", "超时(秒)", "秒数", "overtime", "overtime(seconds)", "seconds"];
const REASON: &[&str] = &["原因", "reason"];

/// A column by its heading.
type Columns = BTreeMap<String, u32>;

/// What is wrong with a workbook: places in it, and a rule that makes no sense.
#[derive(Debug, Default)]
pub struct Mistakes {
    pub places: Vec<SheetError>,
    pub rule: Vec<RuleProblem>,
    /// Projects without a track, where places are counted by track.
    pub untracked: Vec<String>,
}

/// Reads a workbook. Every mistake is on the list.
pub fn read(bytes: &[u8]) -> Result<Judging, Mistakes> {
    let refused = |places: Vec<SheetError>| Mistakes { places, ..Mistakes::default() };
    let mut findings = Findings::default();
    let grids =
        read::grids("workbook.xlsx", bytes, None, &mut findings).map_err(|error| refused(vec![error]))?;
    let named = |names: &[&str]| grids.iter().find(|grid| names.contains(&fold(&grid.sheet).as_str()));
    let ours = [named(SCORES), named(BALLOTS), named(DEDUCTIONS), named(OVERTIME)];
    let is_ours = |grid: &&Grid| ours.iter().flatten().any(|one| std::ptr::eq(*one, *grid));
    let rest: Vec<Grid> = grids.iter().filter(|grid| !is_ours(grid)).cloned().collect();
    let missing = missing(&rest, ours[0].is_some());
    let (file, findings, names_method) = roster::parts(rest, &Answers::default(), findings);
    let (blueprint, rosters) = (file.blueprint, findings.errors());
    // Scorecards can be read beside a rule that cannot, not without projects, judges or criteria.
    let of_rules = |error: &SheetError| matches!(Kind::of_sheet(&error.sheet), Some(Kind::Rules));
    let readable = missing.is_empty() && rosters.iter().all(of_rules);
    let (Some(scores), true) = (ours[0], readable) else {
        return Err(refused(missing.into_iter().chain(rosters).collect()));
    };
    let mut rule = blueprint.rule.unwrap_or_default();
    if !names_method {
        rule.method = Method::of_panel(blueprint.judges.len());
    }
    let mut book = Book {
        names: blueprint
            .projects
            .iter()
            .map(|one| (one.id.0, vec![fold(&one.name), fold(&one.short)]))
            .collect(),
        judges: blueprint.judges.iter().map(|one| (one.id.0, vec![fold(&one.name)])).collect(),
        judging: Judging {
            rule,
            criteria: blueprint.criteria,
            projects: blueprint.projects.iter().map(|one| one.id.to_string()).collect(),
            judges: blueprint.judges.iter().map(|one| one.id.to_string()).collect(),
            ..Judging::default()
        },
        rule_is_read: rosters.is_empty(),
        findings: Findings::default(),
    };
    let track = |at: usize| blueprint.tracks.get(at);
    for (project, one) in blueprint.projects.iter().enumerate() {
        one.track.and_then(track).into_iter().for_each(|name| book.judging.place(project, name));
    }
    let rule = book.judging.rule.problems(&book.judging.criteria);
    book.scores(scores);
    ours[1].into_iter().for_each(|grid| book.ballots(grid));
    ours[2].into_iter().for_each(|grid| book.deductions(grid));
    ours[3].into_iter().for_each(|grid| book.overtime(grid));
    let Book { judging, findings, .. } = book;
    let mut places = rosters;
    places.extend(findings.errors());
    let untracked: Vec<String> =
        judging.untracked().into_iter().map(|at| judging.projects[at].clone()).collect();
    if places.is_empty() && judging.cards.is_empty() {
        places.push(SheetError::sheet(&scores.sheet, "no-scorecards", "no scorecard counts"));
    }
    let sound = places.is_empty() && rule.is_empty() && untracked.is_empty();
    if sound { Ok(judging) } else { Err(Mistakes { places, rule, untracked }) }
}

/// The sheets without which there is no judging, where they are not there.
fn missing(rest: &[Grid], has_scores: bool) -> Vec<SheetError> {
    let there = |kind: Kind| rest.iter().any(|grid| Kind::of_sheet(&grid.sheet) == Some(kind));
    let wanted = [
        (there(Kind::Projects), "项目 (Projects)"),
        (there(Kind::Judges), "评委 (Judges)"),
        (there(Kind::Rubric), "评分标准 (Rubric)"),
        (has_scores, "评分 (Scores)"),
    ];
    let missing = wanted.into_iter().filter(|(there, _)| !there);
    missing.map(|(_, sheet)| SheetError::file("missing-sheet", sheet).with("sheet", sheet)).collect()
}

struct Book {
    judging: Judging,
    /// Number and folded names.
    names: Vec<(u16, Vec<String>)>,
    judges: Vec<(u16, Vec<String>)>,
    /// Else what the rule says is not known.
    rule_is_read: bool,
    findings: Findings,
}

impl Book {
    fn scores(&mut self, grid: &Grid) {
        let criteria: Vec<String> = self.judging.criteria.iter().map(|one| fold(&one.name)).collect();
        let Some((heading, columns)) = self.columns(grid, &[PROJECT, JUDGE], &criteria) else { return };
        let mut rows: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for (row, cells) in grid.rows().filter(|(row, _)| *row > heading) {
            let seat = self.seat(grid, row, cells, &columns);
            let marks = self.marks(grid, row, cells, &columns, &criteria);
            let Ok((project, judge)) = seat else { continue };
            // A row with mistakes, or with holes, is the scorecard of its judge all the same.
            if self.again(grid, row, &mut rows, (project, judge), "duplicate-scorecard") {
                continue;
            }
            let Ok(marks) = marks else { continue };
            // A scorecard with a hole is a draft: missing, never zero.
            if self.judging.criteria.iter().all(|c| c.weight == 0 || marks.contains_key(&c.id)) {
                self.judging.cards.push(OwnCard { project, judge, marks });
            }
        }
    }

    /// The same was said in a row above.
    fn again<T: Ord>(
        &mut self,
        grid: &Grid,
        row: u32,
        rows: &mut BTreeMap<T, u32>,
        what: T,
        code: &'static str,
    ) -> bool {
        if let Some(first) = rows.get(&what) {
            self.findings.refuse(Place::row(&grid.sheet, row), code, &[("row", first.to_string())]);
            return true;
        }
        rows.insert(what, row);
        false
    }

    fn seat(
        &mut self,
        grid: &Grid,
        row: u32,
        cells: &Row,
        columns: &Columns,
    ) -> Result<(usize, usize), Refused> {
        let project =
            find(&self.names, &mut self.findings, (grid, row, cells), columns["project"], "unknown-project");
        let judge =
            find(&self.judges, &mut self.findings, (grid, row, cells), columns["judge"], "unknown-judge");
        Ok((project?, judge?))
    }

    fn marks(
        &mut self,
        grid: &Grid,
        row: u32,
        cells: &Row,
        columns: &Columns,
        names: &[String],
    ) -> Result<BTreeMap<crate::domain::terms::rubric::CriterionId, Points>, Refused> {
        let (mut marks, mut refused) = (BTreeMap::new(), false);
        for (criterion, name) in self.judging.criteria.iter().zip(names) {
            let column = columns[name];
            let place = Place { sheet: &grid.sheet, row, column: Some(column) };
            match mark(cells.get(&column), criterion) {
                Ok(Some(mark)) => {
                    marks.insert(criterion.id.clone(), mark);
                }
                Ok(None) => {}
                Err((code, text)) => {
                    self.findings.refuse(place, code, &[("text", text), ("max", criterion.max.to_string())]);
                    refused = true;
                }
            }
        }
        if refused { Err(Refused) } else { Ok(marks) }
    }

    fn ballots(&mut self, grid: &Grid) {
        let Some((heading, columns)) = self.columns(grid, &[PROJECT, VOTES], &[]) else { return };
        let mut votes = vec![0; self.judging.projects.len()];
        let mut rows: BTreeMap<usize, u32> = BTreeMap::new();
        for (row, cells) in grid.rows().filter(|(row, _)| *row > heading) {
            let at = (grid, row, cells);
            let project = find(&self.names, &mut self.findings, at, columns["project"], "unknown-project");
            let count = text(cells.get(&columns["票数"])).and_then(|text| fold(&text).parse().ok());
            match (project, count) {
                (Ok(project), Some(count)) => {
                    if !self.again(grid, row, &mut rows, project, "duplicate-votes") {
                        votes[project] = count;
                    }
                }
                (Ok(_), None) => self.bad_number(grid, row, columns["票数"], cells),
                (Err(Refused), _) => {}
            }
        }
        self.judging.ballots = Some(votes);
    }

    fn deductions(&mut self, grid: &Grid) {
        let Some((heading, columns)) = self.columns(grid, &[PROJECT, POINTS, REASON], &[]) else { return };
        for (row, cells) in grid.rows().filter(|(row, _)| *row > heading) {
            let at = (grid, row, cells);
            let project = find(&self.names, &mut self.findings, at, columns["project"], "unknown-project");
            let points = text(cells.get(&columns["分数"])).and_then(|text| fold(&text).parse().ok());
            match (project, points) {
                (Ok(_), Some(points)) if Points::is_negative(points) => {
                    let place = Place { sheet: &grid.sheet, row, column: Some(columns["分数"]) };
                    self.findings.refuse(place, "below-zero", &[("text", points.to_string())]);
                }
                (Ok(project), Some(points)) => {
                    let reason = text(cells.get(&columns["原因"])).unwrap_or_default();
                    self.judging.deductions.push(Deduction { project, points, reason });
                }
                (Ok(_), None) => self.bad_number(grid, row, columns["分数"], cells),
                (Err(Refused), _) => {}
            }
        }
    }

    /// How long each project was over; the rule's table says what that costs. The reason is in the sheet's language.
    fn overtime(&mut self, grid: &Grid) {
        let Some((heading, columns)) = self.columns(grid, &[PROJECT, SECS], &[]) else { return };
        let word = if grid.sheet.is_ascii() { "overtime" } else { OVERTIME[0] };
        let mut rows: BTreeMap<usize, u32> = BTreeMap::new();
        for (row, cells) in grid.rows().filter(|(row, _)| *row > heading) {
            if self.judging.rule.overtime.is_none() && self.rule_is_read {
                self.findings.refuse(Place::row(&grid.sheet, row), "no-overtime-rule", &[]);
                return;
            }
            let at = (grid, row, cells);
            let project = find(&self.names, &mut self.findings, at, columns["project"], "unknown-project");
            let column = columns[SECS[0]];
            let secs = match cells.get(&column) {
                Some(Cell::Date(_)) => Err("date-cell"),
                cell => text(cell).and_then(|text| overtime::seconds(&text).ok()).ok_or("bad-number"),
            };
            match (project, secs) {
                (Ok(project), Ok(secs)) => {
                    if !self.again(grid, row, &mut rows, project, "duplicate-overtime") {
                        self.judging.overran(project, secs, word);
                    }
                }
                (_, Err("bad-number")) => self.bad_number(grid, row, column, cells),
                (_, Err(code)) => {
                    let place = Place { sheet: &grid.sheet, row, column: Some(column) };
                    self.findings.refuse(place, code, &[]);
                }
                (Err(Refused), Ok(_)) => {}
            }
        }
    }

    fn bad_number(&mut self, grid: &Grid, row: u32, column: u32, cells: &Row) {
        let said = text(cells.get(&column)).unwrap_or_default();
        let place = Place { sheet: &grid.sheet, row, column: Some(column) };
        self.findings.refuse(place, "bad-number", &[("text", said)]);
    }

    /// The heading row and the columns: `project`, `judge`, the first word of the others, the criteria by name.
    fn columns(&mut self, grid: &Grid, wanted: &[&[&str]], criteria: &[String]) -> Option<(u32, Columns)> {
        let is = |cell: &Cell, words: &[&str]| matches!(cell, Cell::Text(text) if words.contains(&fold(text).as_str()));
        let heads =
            |(_, cells): &(u32, &Row)| wanted.iter().all(|words| cells.values().any(|cell| is(cell, words)));
        let Some((heading, cells)) = grid.rows().find(heads) else {
            let columns = wanted.iter().map(|words| words[0]).collect::<Vec<_>>().join(", ");
            self.findings.refuse(Place::sheet(&grid.sheet), "no-heading", &[("columns", columns)]);
            return None;
        };
        let (mut columns, mut sound) = (Columns::new(), true);
        for (&column, cell) in cells {
            let named = wanted.iter().find(|words| is(cell, words)).map(|words| match *words {
                PROJECT => "project".to_owned(),
                JUDGE => "judge".to_owned(),
                words => words[0].to_owned(),
            });
            let criterion = || match cell {
                Cell::Text(text) => criteria.iter().find(|name| **name == fold(text)).cloned(),
                _ => None,
            };
            let place = Place { sheet: &grid.sheet, row: heading, column: Some(column) };
            let params = [("heading", text(Some(cell)).unwrap_or_default())];
            match named.or_else(criterion) {
                Some(name) if columns.contains_key(&name) => {
                    self.findings.refuse(place, "duplicate-column", &params);
                    sound = false;
                }
                Some(name) => {
                    columns.insert(name, column);
                }
                None => {
                    self.findings.refuse(place, "unknown-column", &params);
                    sound = false;
                }
            }
        }
        for missing in criteria.iter().filter(|name| !columns.contains_key(*name)) {
            let params = [("columns", missing.clone())];
            self.findings.refuse(Place::row(&grid.sheet, heading), "missing-column", &params);
            sound = false;
        }
        sound.then_some((heading, columns))
    }
}

fn text(cell: Option<&Cell>) -> Option<String> {
    match cell {
        Some(Cell::Text(text)) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// The position of a project or judge that a cell names by number or name.
fn find(
    known: &[(u16, Vec<String>)],
    findings: &mut Findings,
    (grid, row, cells): (&Grid, u32, &Row),
    column: u32,
    code: &'static str,
) -> Result<usize, Refused> {
    let said = text(cells.get(&column)).unwrap_or_default();
    let wanted = fold(&said);
    let number = wanted.trim_start_matches(['p', 'j']).trim_end_matches(".0").parse::<u16>().ok();
    let at = known.iter().position(|(n, names)| number == Some(*n) || names.contains(&wanted));
    at.ok_or_else(|| {
        let place = Place { sheet: &grid.sheet, row, column: Some(column) };
        findings.refuse(place, code, &[("text", said)])
    })
}

/// A mark; `None` for an empty cell, the code and the text where it cannot be one.
fn mark(cell: Option<&Cell>, criterion: &Criterion) -> Result<Option<Points>, (&'static str, String)> {
    let said = match cell {
        None => return Ok(None),
        Some(Cell::Text(text)) => text.trim().to_owned(),
        Some(Cell::Formula) => return Err(("formula", String::new())),
        Some(Cell::Date(_)) => return Err(("date-cell", String::new())),
        Some(Cell::Fault) => return Err(("fault-cell", String::new())),
    };
    let mark: Points = fold(&said).parse().map_err(|_| ("bad-mark", said.clone()))?;
    if mark.is_negative() {
        return Err(("below-zero", said));
    }
    if mark > criterion.max {
        return Err(("mark-over-maximum", said));
    }
    match criterion.step.filter(|step| !mark.on_grid(*step)) {
        Some(_) => Err(("mark-off-step", said)),
        None => Ok(Some(mark)),
    }
}
