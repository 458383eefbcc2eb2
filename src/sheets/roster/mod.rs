//! A roster file: projects, judges, rubric, rule and programme as one blueprint. All or nothing.
//!
//! A part the file does not have stays empty. It does not know what the contest holds already: `decide` does.

mod judges;
pub mod programme;
mod projects;
mod rubric;
mod rules;

use super::error::SheetError;
use super::findings::{Findings, Place, Skipped};
use super::grid::Grid;
use super::headings::Kind;
use super::read;
use super::table::{self, Table};
use crate::domain::command::blueprint::Blueprint;

/// What a file brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterFile {
    pub blueprint: Blueprint,
    pub skipped: Vec<Skipped>,
}

/// Reads a workbook with sheets for projects, judges, rubric, rule and programme; or one list of projects, on a sheet of any
/// name or as CSV. Every error of the file is in the list.
pub fn read_roster(file_name: &str, bytes: &[u8]) -> Result<RosterFile, Vec<SheetError>> {
    of_grids(&read::grids(file_name, bytes).map_err(|error| vec![error])?)
}

/// The roster on these sheets.
pub fn of_grids(grids: &[Grid]) -> Result<RosterFile, Vec<SheetError>> {
    let Parts { blueprint, findings, .. } = parts(grids);
    let skipped = findings.into_result()?;
    if blueprint == Blueprint::default() {
        return Err(vec![SheetError::file("nothing-found", "headings, and nothing under them")]);
    }
    Ok(RosterFile { blueprint, skipped })
}

/// What sheets bring, mistakes or not.
pub struct Parts {
    pub blueprint: Blueprint,
    pub findings: Findings,
    /// The rule sheet names a method; else the rule has the default's.
    pub names_method: bool,
}

/// Everything that can be read of the roster on these sheets.
pub fn parts(grids: &[Grid]) -> Parts {
    let mut findings = Findings::default();
    let mut blueprint = Blueprint::default();
    let mut names_method = false;
    for (kind, grid) in chosen(grids, &mut findings) {
        let Ok(table) = Table::find(kind, grid, &mut findings) else { continue };
        match kind {
            Kind::Projects => projects::read(&table, &mut blueprint, &mut findings),
            Kind::Judges => judges::read(&table, &mut blueprint, &mut findings),
            Kind::Rubric => rubric::read(&table, &mut blueprint, &mut findings),
            Kind::Rules => names_method = rules::read(&table, &mut blueprint, &mut findings),
            Kind::Programme => programme::read(&table, &mut blueprint, &mut findings),
        }
    }
    Parts { blueprint, findings, names_method }
}

/// The sheets to read: those with a name we know; where there is none, the first that has a list's headings is the
/// list of projects (or the first that holds anything, so that an error can name it).
fn chosen<'a>(grids: &'a [Grid], findings: &mut Findings) -> Vec<(Kind, &'a Grid)> {
    let filled = || grids.iter().filter(|grid| !grid.is_empty());
    let nameless = filled().all(|grid| Kind::of_sheet(&grid.sheet).is_none());
    let list = filled().find(|grid| table::is_headed(Kind::Projects, grid)).or_else(|| filled().next());
    let mut chosen: Vec<(Kind, &Grid)> = Vec::new();
    for grid in filled() {
        let is_list = nameless && list.is_some_and(|list| std::ptr::eq(list, grid));
        let kind = if is_list { Some(Kind::Projects) } else { Kind::of_sheet(&grid.sheet) };
        match kind {
            Some(kind) if chosen.iter().any(|(other, _)| *other == kind) => {
                findings.refuse(Place::sheet(&grid.sheet), "duplicate-sheet", &[]);
            }
            Some(kind) => chosen.push((kind, grid)),
            None => findings.skip(Place::sheet(&grid.sheet), "unknown-sheet"),
        }
    }
    // The programme names projects.
    chosen.sort_by_key(|(kind, _)| *kind == Kind::Programme);
    chosen
}
