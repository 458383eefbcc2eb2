//! A sheet understood as a table: its heading row found, its columns named, its lines of data one by one.
//!
//! It passes over what organisers put around a list (titles, notes, blank rows, totals) and says so.

use super::findings::{Findings, Place, Refused};
use super::grid::{Cell, Grid, Row};
use super::headings::{Field, Kind, fold, half_width};
use crate::domain::kernel::names::{self, NameProblem};
use std::collections::BTreeMap;

/// A heading stands among the first rows; below that a list has begun.
const HEADING_WITHIN: usize = 20;
/// Highest number of a project or a judge.
const NUMBER_MAX: u16 = 9_999;

/// Reads as a whole number however it is typed: full width, `5.0`, `07`.
fn whole_number(text: &str) -> Option<u16> {
    let plain: String = text.chars().map(half_width).collect();
    let plain = plain.trim();
    let digits = match plain.split_once('.') {
        Some((digits, zeros)) if zeros.bytes().all(|b| b == b'0') => digits,
        Some(_) => return None,
        None => plain,
    };
    let number: u16 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    (1..=NUMBER_MAX).contains(&number).then_some(number)
}

pub struct Table<'a> {
    grid: &'a Grid,
    heading: u32,
    columns: BTreeMap<Field, u32>,
}

impl<'a> Table<'a> {
    /// The table on a sheet, or an error that says which heading is missing.
    pub fn find(kind: Kind, grid: &'a Grid, findings: &mut Findings) -> Result<Table<'a>, Refused> {
        let Some((heading, cells)) = heading_row(kind, grid) else {
            let params = [("columns", kind.words(kind.required()))];
            return Err(findings.refuse(Place::sheet(&grid.sheet), "no-heading", &params));
        };
        for (row, _) in grid.rows().take_while(|&(row, _)| row < heading) {
            findings.skip(Place::row(&grid.sheet, row), "above-heading");
        }
        let columns = columns(kind, grid, heading, cells, findings);
        let missing = |field: &&Field| !columns.contains_key(*field);
        if let Some(field) = kind.required().iter().find(missing) {
            let params = [("columns", kind.words(&[*field]))];
            return Err(findings.refuse(Place::row(&grid.sheet, heading), "missing-column", &params));
        }
        Ok(Table { grid, heading, columns })
    }

    pub fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// The lines of data. Totals and notes are passed over, and blank rows between data.
    pub fn lines(&self, findings: &mut Findings) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut end = self.heading;
        for (row, _) in self.grid.rows().filter(|&(row, _)| row > self.heading) {
            let line = Line { table: self, row };
            let Some(first) = line.first_text() else { continue };
            for blank in end + 1..row {
                findings.skip(Place::row(&self.grid.sheet, blank), "blank-row");
            }
            end = row;
            match line.aside(&first) {
                Some(code) => findings.skip(Place::row(&self.grid.sheet, row), code),
                None => lines.push(line),
            }
        }
        lines
    }
}

/// Whether a sheet has a row with the headings that this kind needs.
pub fn is_headed(kind: Kind, grid: &Grid) -> bool {
    let has = |fields: &[Field]| kind.required().iter().all(|field| fields.contains(field));
    heading_row(kind, grid).is_some_and(|(_, cells)| has(&fields(kind, cells)))
}

fn fields(kind: Kind, cells: &Row) -> Vec<Field> {
    let texts = cells.values().filter_map(|cell| if let Cell::Text(text) = cell { Some(text) } else { None });
    texts.filter_map(|text| kind.field(text)).collect()
}

/// The first row that has every required heading and is made of headings; else the likeliest, so that the error
/// can say what it lacks.
fn heading_row(kind: Kind, grid: &Grid) -> Option<(u32, &Row)> {
    let rows = || grid.rows().take(HEADING_WITHIN).map(|(row, cells)| (row, cells, fields(kind, cells)));
    let complete = |fields: &[Field]| kind.required().iter().all(|field| fields.contains(field));
    let broad = || rows().find(|(_, _, fields)| fields.len() >= 2 && complete(fields));
    let lone = || rows().find(|(_, cells, fields)| cells.len() == 1 && complete(fields));
    let likeliest = || {
        rows()
            .filter(|(_, _, fields)| fields.len() >= 2)
            .max_by_key(|(row, _, fields)| (fields.len(), std::cmp::Reverse(*row)))
    };
    broad().or_else(lone).or_else(likeliest).map(|(row, cells, _)| (row, cells))
}

fn columns(
    kind: Kind,
    grid: &Grid,
    heading: u32,
    cells: &Row,
    findings: &mut Findings,
) -> BTreeMap<Field, u32> {
    let mut columns = BTreeMap::new();
    for (&column, cell) in cells {
        let place = Place { sheet: &grid.sheet, row: heading, column: Some(column) };
        let Cell::Text(text) = cell else {
            findings.refuse(place, "unknown-column", &[]);
            continue;
        };
        let shown = names::clean(&text.replace(['\r', '\n'], " "));
        match kind.field(text) {
            Some(Field::Aside) => findings.skip(place, "ignored-column"),
            Some(field) if columns.contains_key(&field) => {
                findings.refuse(place, "duplicate-column", &[("heading", shown)]);
            }
            Some(field) => {
                columns.insert(field, column);
            }
            None if kind.allows_unknown_columns() => findings.skip(place, "ignored-column"),
            None => {
                findings.refuse(place, "unknown-column", &[("heading", shown)]);
            }
        }
    }
    columns
}

/// One row of data.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    table: &'a Table<'a>,
    pub row: u32,
}

impl<'a> Line<'a> {
    fn cell(&self, field: Field) -> Option<&'a Cell> {
        self.table.grid.get(self.row, *self.table.columns.get(&field)?)
    }

    pub fn place(&self, field: Field) -> Place<'a> {
        let column = self.table.columns.get(&field).copied();
        Place { sheet: &self.table.grid.sheet, row: self.row, column }
    }

    /// The first cell of the table's own columns, folded; `None` for a row that is blank in them.
    fn first_text(&self) -> Option<(u32, String)> {
        let mut columns: Vec<u32> = self.table.columns.values().copied().collect();
        columns.sort_unstable();
        let cells = columns.into_iter().filter_map(|at| Some((at, self.table.grid.get(self.row, at)?)));
        let text = |(at, cell): (u32, &Cell)| match cell {
            Cell::Text(text) => (at, fold(text)),
            _ => (at, String::new()),
        };
        cells.map(text).next()
    }

    /// Why the row is no data: a total, or a note under the list.
    fn aside(&self, (column, first): &(u32, String)) -> Option<&'static str> {
        const TOTALS: [&str; 9] =
            ["合计", "总计", "小计", "共计", "总分", "total", "grandtotal", "subtotal", "sum"];
        const NOTES: [&str; 6] = ["注:", "备注:", "说明:", "注意:", "note:", "notes:"];
        let in_number = self.table.columns.get(&Field::Number) == Some(column);
        let starts = |words: &[&str]| words.iter().any(|word| first.starts_with(word));
        let word = first.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
        if TOTALS.contains(&word) || (in_number && starts(&TOTALS)) {
            return Some("total-row");
        }
        let alone =
            self.table.columns.values().filter(|&&at| self.table.grid.get(self.row, at).is_some()).count()
                == 1;
        (alone && starts(&NOTES)).then_some("note-row")
    }

    /// The text of a cell, empty where there is none.
    pub fn text(&self, field: Field, findings: &mut Findings) -> Result<&'a str, Refused> {
        let code = match self.cell(field) {
            None => return Ok(""),
            Some(Cell::Text(text)) => return Ok(text.trim()),
            Some(Cell::Formula) => "formula",
            Some(Cell::Date) => "date-cell",
            Some(Cell::Fault) => "fault-cell",
        };
        Err(findings.refuse(self.place(field), code, &[]))
    }

    /// A safe text of at most `max` characters, perhaps empty.
    pub fn optional(&self, field: Field, max: usize, findings: &mut Findings) -> Result<String, Refused> {
        let text = self.text(field, findings)?;
        names::optional(text, max).map_err(|problem| self.refuse_name(field, problem, findings))
    }

    /// A safe text of 1 to `max` characters.
    pub fn required(&self, field: Field, max: usize, findings: &mut Findings) -> Result<String, Refused> {
        let text = self.text(field, findings)?;
        names::name(text, max).map_err(|problem| self.refuse_name(field, problem, findings))
    }

    pub fn refuse_name(&self, field: Field, problem: NameProblem, findings: &mut Findings) -> Refused {
        match problem {
            NameProblem::Missing => findings.refuse(self.place(field), "missing-name", &[]),
            NameProblem::TooLong { chars, max } => {
                let params = [("chars", chars.to_string()), ("max", max.to_string())];
                findings.refuse(self.place(field), "too-long", &params)
            }
        }
    }

    /// The line's number; `position` where the list has no column for it.
    pub fn number(&self, position: usize, findings: &mut Findings) -> Result<u16, Refused> {
        if !self.table.has(Field::Number) {
            return u16::try_from(position)
                .map_err(|_| findings.refuse(self.place(Field::Name), "bad-number", &[]));
        }
        let text = self.text(Field::Number, findings)?;
        if text.is_empty() {
            return Err(findings.refuse(self.place(Field::Number), "missing-number", &[]));
        }
        whole_number(text).ok_or_else(|| self.refuse_text(Field::Number, "bad-number", text, findings))
    }

    /// An error that quotes what the cell says.
    pub fn refuse_text(
        &self,
        field: Field,
        code: &'static str,
        text: &str,
        findings: &mut Findings,
    ) -> Refused {
        let quoted: String = names::clean(text).chars().take(40).collect();
        findings.refuse(self.place(field), code, &[("text", quoted)])
    }
}

/// What was seen before, by the row it stands in.
#[derive(Default)]
pub struct Seen<T: Ord>(BTreeMap<T, u32>);

impl<T: Ord> Seen<T> {
    /// Refuses a value that an earlier line has.
    pub fn once(
        &mut self,
        value: T,
        line: &Line<'_>,
        (field, code): (Field, &'static str),
        findings: &mut Findings,
    ) -> Result<(), Refused> {
        if let Some(first) = self.0.get(&value) {
            return Err(findings.refuse(line.place(field), code, &[("row", first.to_string())]));
        }
        self.0.insert(value, line.row);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::whole_number;

    #[test]
    fn numbers_are_read_however_they_are_typed() {
        for (text, number) in [("5", 5), ("5.0", 5), ("5.00", 5), ("07", 7), (" 12 ", 12), ("9999", 9_999)] {
            assert_eq!(whole_number(text), Some(number), "{text}");
        }
        for text in ["四", "0", "-1", "1.5", "", ".0", "10000", "99999999999", "1e3", "P7", "NaN"] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }
}
