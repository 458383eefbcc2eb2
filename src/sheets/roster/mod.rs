//! A roster file: projects, judges, rubric, rule and programme as one blueprint. All or nothing.
//!
//! A part the file does not have stays empty. It does not know what the contest holds already: `decide` does.

mod judges;
mod numbers;
pub mod origin;
pub mod programme;
mod projects;
mod rubric;
mod rules;

use self::origin::Origin;
use super::answers::Answers;
use super::blocks::{self, Block};
use super::error::SheetError;
use super::findings::{Findings, Place, Remark};
use super::grid::{COLUMNS_MAX, Grid, ROWS_MAX};
use super::headings::Kind;
use super::read;
use super::table::{self, Column, Table};
use crate::domain::command::blueprint::Blueprint;

/// What a file brings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterFile {
    pub blueprint: Blueprint,
    /// Where each project and each judge of the blueprint stands.
    pub projects: Vec<Origin>,
    pub judges: Vec<Origin>,
    pub tables: Vec<Read>,
    pub sheets: Vec<Sheet>,
    pub skipped: Vec<Remark>,
    pub guesses: Vec<Remark>,
}

/// A table as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub sheet: String,
    pub kind: Kind,
    /// The row of its headings.
    pub heading: u32,
    pub columns: Vec<Column>,
    /// The cells of its rows as they are, by these columns.
    pub rows: Vec<(u32, Vec<String>)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    /// `None`: it is not read.
    pub kind: Option<Kind>,
    pub hidden: bool,
}

/// Reads a workbook with sheets for projects, judges, rubric, rule and programme; or one list of projects, on a sheet of any
/// name or as text. Every error of the file is in the list.
pub fn read_roster(file_name: &str, bytes: &[u8]) -> Result<RosterFile, Vec<SheetError>> {
    match look(file_name, bytes, &Answers::default()) {
        (file, errors) if errors.is_empty() => Ok(file),
        (_, errors) => Err(errors),
    }
}

/// What a file brings as far as it can be understood, with what was said about it; and every error.
pub fn look(file_name: &str, bytes: &[u8], answers: &Answers) -> (RosterFile, Vec<SheetError>) {
    let mut findings = Findings::default();
    match read::grids(file_name, bytes, answers.encoding.as_deref(), &mut findings) {
        Err(error) => (RosterFile::default(), vec![error]),
        Ok(grids) => {
            let (mut file, mut findings, names_method) = parts(grids, answers, findings);
            if findings.are_clean() && file.blueprint == Blueprint::default() {
                findings.refuse_file(SheetError::file("nothing-found", "headings, and nothing under them"));
            }
            file.blueprint.method_by_panel = file.blueprint.rule.is_some() && !names_method;
            (file, findings.errors())
        }
    }
}

/// Everything that can be read of the roster on these sheets, mistakes or not; and whether its rule names a method.
pub fn parts(grids: Vec<Grid>, answers: &Answers, mut findings: Findings) -> (RosterFile, Findings, bool) {
    let mut file = RosterFile::default();
    let shown: Vec<Grid> =
        grids.into_iter().filter_map(|grid| shown(grid, answers, &mut file, &mut findings)).collect();
    let mut chosen = chosen(&shown, answers, &mut findings);
    // The programme names projects.
    chosen.sort_by_key(|(_, block)| block.kind == Some(Kind::Programme));
    let lists = chosen.iter().filter(|(_, block)| block.kind == Some(Kind::Projects)).count();
    let (mut projects, mut read_projects) = (projects::Lists::default(), false);
    let mut names_method = false;
    for (grid, block) in &chosen {
        let Some(kind) = block.kind else {
            let rows = grid.rows().filter(|(row, _)| (block.top..=block.bottom).contains(row));
            rows.for_each(|(row, _)| {
                findings.skip(Place::row(&grid.sheet, row), "unknown-table", &table::said(grid, row, block));
            });
            continue;
        };
        if kind == Kind::Programme && !read_projects {
            read_projects = true;
            file.projects = std::mem::take(&mut projects).finish(&mut file.blueprint, &mut findings);
        }
        if let Some((row, column)) = grid.beyond {
            let place = Place { sheet: &grid.sheet, row, column: Some(column) };
            let most = [("rows", ROWS_MAX.to_string()), ("columns", COLUMNS_MAX.to_string())];
            findings.refuse(place, "sheet-too-large", &most);
            continue;
        }
        let table = Table::of(kind, (grid, block), answers, &mut findings);
        file.tables.push(read_of(&table));
        let is_headed = blocks::is_headed(grid, block) || answers.know_columns_of(&grid.sheet);
        if !is_headed || table.is_whole(&mut findings).is_err() {
            continue;
        }
        let blueprint = &mut file.blueprint;
        match kind {
            Kind::Projects => {
                let track = projects::track_of_sheet(&grid.sheet, lists > 1);
                projects.read(&table, &track, answers, &mut blueprint.tracks, &mut findings);
            }
            Kind::Judges => file.judges = judges::read(&table, blueprint, &mut findings),
            Kind::Rubric => rubric::read(&table, blueprint, &mut findings),
            Kind::Rules => names_method = rules::read(&table, blueprint, &mut findings),
            Kind::Programme => programme::read(&table, blueprint, &mut findings),
        }
    }
    if !read_projects {
        file.projects = projects.finish(&mut file.blueprint, &mut findings);
    }
    let kind_of =
        |name: &str| chosen.iter().find(|(grid, _)| grid.sheet == name).and_then(|(_, block)| block.kind);
    file.sheets.iter_mut().for_each(|sheet| sheet.kind = kind_of(&sheet.name));
    file.skipped = findings.skipped.clone();
    file.guesses = findings.guesses.clone();
    (file, findings, names_method)
}

fn read_of(table: &Table<'_>) -> Read {
    let row = |row: u32| {
        let cell = |column: &Column| table.grid.get(row, column.column).map(table::shown).unwrap_or_default();
        (row, table.read.iter().map(cell).collect())
    };
    let of_block = |row: &u32| (table.block.headed + 1..=table.block.bottom).contains(row);
    Read {
        sheet: table.grid.sheet.clone(),
        kind: table.kind,
        heading: table.block.headed,
        columns: table.read.clone(),
        rows: table.grid.rows().map(|(row, _)| row).filter(of_block).map(row).collect(),
    }
}

/// A sheet as a person sees it; what is hidden is named, and read where somebody said so.
fn shown(grid: Grid, answers: &Answers, file: &mut RosterFile, findings: &mut Findings) -> Option<Grid> {
    if grid.is_empty() && grid.beyond.is_none() {
        return None;
    }
    file.sheets.push(Sheet { name: grid.sheet.clone(), kind: None, hidden: grid.hidden });
    if answers.hidden {
        return Some(grid);
    }
    if grid.hidden {
        findings.skip(Place::sheet(&grid.sheet), "hidden-sheet", &[]);
        return None;
    }
    let (visible, rows, columns) = grid.visible();
    for row in rows {
        findings.skip(Place::row(&visible.sheet, row), "hidden-row", &[]);
    }
    for column in columns {
        let place = Place { sheet: &visible.sheet, row: 1, column: Some(column) };
        findings.skip(place, "hidden-column", &[]);
    }
    (!visible.is_empty() || visible.beyond.is_some()).then_some(visible)
}

/// The tables to read. A sheet is what somebody said, else what its name says, else what the headings on it say. Where
/// nothing is known, the first sheet that holds anything is the list of projects, so that an error can name it.
fn chosen<'a>(grids: &'a [Grid], answers: &Answers, findings: &mut Findings) -> Vec<(&'a Grid, Block)> {
    let said = |grid: &Grid| answers.kind(&grid.sheet);
    let named = |grid: &Grid| said(grid).unwrap_or_else(|| Kind::of_sheet(&grid.sheet));
    let has_named = |kind: Kind| grids.iter().any(|grid| named(grid) == Some(kind));
    let mut chosen: Vec<(&Grid, Block)> = Vec::new();
    let mut unknown = Vec::new();
    for grid in grids {
        if said(grid) == Some(None) {
            findings.skip(Place::sheet(&grid.sheet), "left-out", &[]);
            continue;
        }
        let blocks = match named(grid) {
            Some(kind) => blocks::find(grid, Some(kind), &grid.sheet),
            None => {
                let spoken =
                    Kind::spoken_of(&grid.sheet).map(|kind| blocks::find(grid, Some(kind), &grid.sheet));
                let complete = |blocks: &Vec<Block>| !blocks.is_empty() && blocks::is_whole(grid, &blocks[0]);
                spoken.filter(complete).unwrap_or_else(|| blocks::find(grid, None, &grid.sheet))
            }
        };
        match named(grid) {
            Some(kind) if blocks.is_empty() => chosen.extend(unheaded(grid, kind, answers, findings)),
            None if blocks.is_empty() => unknown.push(grid),
            known => {
                for (at, block) in blocks.into_iter().enumerate() {
                    let by_name = at == 0 && known.is_some();
                    let again = block.kind.filter(|kind| !by_name && has_named(*kind));
                    match block.kind.filter(|kind| *kind != Kind::Projects) {
                        _ if again.is_some() => chosen.push((grid, Block { kind: None, ..block })),
                        Some(kind) if chosen.iter().any(|(_, other)| other.kind == Some(kind)) => {
                            findings.refuse(Place::row(&grid.sheet, block.heading), "duplicate-sheet", &[]);
                        }
                        _ => chosen.push((grid, block)),
                    }
                }
            }
        }
    }
    if chosen.iter().all(|(_, block)| block.kind.is_none()) && findings.are_clean() {
        let list = unknown.iter().position(|grid| {
            blocks::find(grid, Some(Kind::Projects), "").iter().any(|block| blocks::is_whole(grid, block))
        });
        if let Some(grid) = (!unknown.is_empty()).then(|| unknown.remove(list.unwrap_or(0))) {
            let blocks = blocks::find(grid, Some(Kind::Projects), "");
            if blocks.is_empty() {
                chosen.extend(unheaded(grid, Kind::Projects, answers, findings));
            }
            chosen.extend(blocks.into_iter().map(|block| (grid, block)));
        }
    }
    for grid in unknown {
        findings.skip(Place::sheet(&grid.sheet), "unknown-sheet", &[]);
    }
    chosen
}

/// A table without headings that are known: an error, and its columns to be told what they mean; none once they were.
fn unheaded<'a>(
    grid: &'a Grid,
    kind: Kind,
    answers: &Answers,
    findings: &mut Findings,
) -> Option<(&'a Grid, Block)> {
    if !answers.know_columns_of(&grid.sheet) {
        let params = [("columns", kind.words(kind.required()))];
        findings.refuse(Place::sheet(&grid.sheet), "no-heading", &params);
    }
    blocks::unheaded(grid, kind).map(|block| (grid, block))
}
