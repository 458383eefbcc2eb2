//! A sheet understood as a table: its columns named, its lines of data one by one.
//!
//! It passes over what organisers put around a list (titles, notes, blank rows, totals) and says so.

use super::answers::Answers;
use super::blocks::{self, Block};
use super::columns::Field;
use super::error::letters;
use super::findings::{Findings, Place, Refused};
use super::grid::{Cell, Dated, Grid};
use super::headings::{Kind, fold};
use super::section::{is_section, section_name};
use crate::domain::kernel::names::{self, NameProblem};
use std::collections::{BTreeMap, BTreeSet};

pub struct Table<'a> {
    pub grid: &'a Grid,
    pub block: &'a Block,
    pub kind: Kind,
    columns: BTreeMap<Field, Vec<u32>>,
    pub read: Vec<Column>,
}

/// A column as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub column: u32,
    pub heading: String,
    pub field: Field,
    /// A person said so.
    pub by_hand: bool,
}

impl<'a> Table<'a> {
    /// The table of a block.
    pub fn of(
        kind: Kind,
        (grid, block): (&'a Grid, &'a Block),
        answers: &Answers,
        findings: &mut Findings,
    ) -> Table<'a> {
        for (row, _) in grid.rows().filter(|&(row, _)| (block.top..block.heading).contains(&row)) {
            findings.skip(Place::row(&grid.sheet, row), "above-heading", &said(grid, row, block));
        }
        let mut table = Table { grid, block, kind, columns: BTreeMap::new(), read: Vec::new() };
        table.name_columns(answers, findings);
        // A number of the organiser's own is the number where there is no other, one level of a rubric its only one.
        for (field, stands_in) in [(Field::Number, Field::Code), (Field::Name, Field::Group)] {
            if !table.has(field)
                && let Some(columns) = table.columns.remove(&stands_in)
            {
                table.columns.insert(field, columns);
            }
        }
        table
    }

    /// It has every column that its kind needs, or an error says which is missing.
    pub fn is_whole(&self, findings: &mut Findings) -> Result<(), Refused> {
        let mut needed = self.kind.required().to_vec();
        if self.kind == Kind::Rubric && !self.has(Field::Weight) {
            needed.push(Field::Max);
        }
        let Some(field) = needed.iter().find(|field| !self.has(**field)) else { return Ok(()) };
        let place = Place::row(&self.grid.sheet, self.block.headed);
        Err(findings.refuse(place, "missing-column", &[("columns", self.kind.words(&[*field]))]))
    }

    pub fn has(&self, field: Field) -> bool {
        self.columns.contains_key(&field)
    }

    /// Every column that has a heading, or something under none.
    fn name_columns(&mut self, answers: &Answers, findings: &mut Findings) {
        let Block { heading, headed, bottom, left, right, .. } = *self.block;
        let rows = self.grid.rows().filter(|(row, _)| (heading..=bottom).contains(row));
        let columns: BTreeSet<u32> =
            rows.flat_map(|(_, cells)| cells.range(left..=right).map(|(column, _)| *column)).collect();
        for column in columns {
            let place = Place { sheet: &self.grid.sheet, row: headed, column: Some(column) };
            let (lower, upper) = (self.heading_at(headed, column), self.heading_at(heading, column));
            let shown =
                if headed > heading && lower != upper { format!("{upper} {lower}") } else { lower.clone() };
            let shown = shown.trim().to_owned();
            let answer = answers.field(self.kind, &self.grid.sheet, column, &shown);
            let known = || {
                let joined = self.kind.field(&format!("{upper}{lower}"));
                let above = self.kind.field(&upper).filter(|field| !self.has(*field));
                self.kind.field(&lower).or(joined).or(above)
            };
            let field = answer.or_else(known);
            let heading = [("heading", shown.clone())];
            let read = match field {
                Some(Field::Aside) => None,
                Some(field) if self.has(field) && !field.joins() => {
                    findings.refuse(place, "duplicate-column", &heading);
                    None
                }
                None if !shown.is_empty()
                    && !self.kind.allows_unknown_columns()
                    && blocks::is_headed(self.grid, self.block) =>
                {
                    findings.refuse(place, "unknown-column", &heading);
                    None
                }
                field => field,
            };
            match read {
                Some(field) => self.columns.entry(field).or_default().push(column),
                None if shown.is_empty() => findings.skip(place, "no-heading-column", &[]),
                None => findings.skip(place, "ignored-column", &heading),
            }
            let field = read.unwrap_or(Field::Aside);
            self.read.push(Column { column, heading: shown, field, by_hand: answer.is_some() });
        }
    }

    fn heading_at(&self, row: u32, column: u32) -> String {
        match self.grid.covering(row, column) {
            Some(Cell::Text(text)) => names::clean(&text.replace(['\r', '\n'], " ")),
            _ => String::new(),
        }
    }

    /// The lines of data. Totals and notes are passed over, blank rows between data, and headings that are said again;
    /// what stands alone between rows is the section of those that follow.
    pub fn lines(&self, findings: &mut Findings) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        let (mut end, mut section) = (self.block.headed, self.title_section());
        let of_block = |row: &u32| (self.block.headed + 1..=self.block.bottom).contains(row);
        for (row, _) in self.grid.rows().filter(|(row, _)| of_block(row)) {
            let line = Line { table: self, row, at: lines.len(), section: section.clone() };
            let Some(first) = line.first_text() else { continue };
            let place = Place::row(&self.grid.sheet, row);
            if row > end + 1 && !self.grid.is_continued(end + 1) {
                findings.skip(Place::row(&self.grid.sheet, end + 1), "blank-row", &[]);
            }
            end = row;
            let says = said(self.grid, row, self.block);
            if blocks::repeats(self.grid, self.block, row) {
                findings.skip(place, "repeated-heading", &says);
            } else if let Some(code) = line.aside(&first) {
                findings.skip(place, code, &says);
            } else if line.is_continued() {
                if line.has_own() {
                    findings.skip(place, "continued-row", &says);
                }
            } else if let Some(text) = line.section_text() {
                findings.guess(place, "section", &[("text", text.clone())]);
                section = text;
            } else {
                lines.push(line);
            }
        }
        lines
    }

    /// What stands above a further table, where it is a section's name.
    fn title_section(&self) -> String {
        let title = section_name(&self.block.title);
        if self.kind == Kind::Projects && is_section(&title) { title } else { String::new() }
    }
}

/// What the cells of a row say, for a person to recognise it.
pub fn said(grid: &Grid, row: u32, block: &Block) -> [(&'static str, String); 1] {
    let cells = grid.rows().find(|(at, _)| *at == row);
    let texts = cells
        .into_iter()
        .flat_map(|(_, cells)| cells.range(block.left..=block.right))
        .map(|(_, cell)| shown(cell));
    let text: String = texts.collect::<Vec<_>>().join(" · ");
    [("text", text.chars().take(60).collect())]
}

/// A cell as a person reads it.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => names::clean(&text.replace(['\r', '\n'], " ")),
        Cell::Formula => "=…".into(),
        Cell::Date(dated) => dated.shown.clone(),
        Cell::Fault => "#…".into(),
    }
}

/// One row of data.
#[derive(Clone)]
pub struct Line<'a> {
    pub table: &'a Table<'a>,
    pub row: u32,
    /// Its position among the lines of its table.
    pub at: usize,
    /// What stands above it between the rows.
    pub section: String,
}

impl<'a> Line<'a> {
    fn column(&self, field: Field) -> Option<u32> {
        self.table.columns.get(&field)?.first().copied()
    }

    pub fn cell(&self, field: Field) -> Option<&'a Cell> {
        self.table.grid.get(self.row, self.column(field)?)
    }

    pub fn place(&self, field: Field) -> Place<'a> {
        Place { sheet: &self.table.grid.sheet, row: self.row, column: self.column(field) }
    }

    fn columns(&self) -> Vec<u32> {
        let mut columns: Vec<u32> = self.table.columns.values().flatten().copied().collect();
        columns.sort_unstable();
        columns
    }

    /// The first cell of the table's own columns, folded; `None` for a row that is blank in them.
    fn first_text(&self) -> Option<(u32, String)> {
        let cells =
            self.columns().into_iter().filter_map(|at| Some((at, self.table.grid.get(self.row, at)?)));
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
        let in_number = self.column(Field::Number) == Some(*column);
        let starts = |words: &[&str]| words.iter().any(|word| first.starts_with(word));
        let word = first.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
        if TOTALS.contains(&word) || (in_number && starts(&TOTALS)) {
            return Some("total-row");
        }
        let cells = self.columns().into_iter().filter(|&at| self.table.grid.get(self.row, at).is_some());
        (cells.count() == 1 && starts(&NOTES)).then_some("note-row")
    }

    /// Its name is that of a merged cell above: the row goes on with the same entry.
    fn is_continued(&self) -> bool {
        self.column(Field::Name).is_some_and(|at| self.table.grid.is_filled(self.row, at))
    }

    /// Something in it is not of a merged cell above.
    fn has_own(&self) -> bool {
        self.columns()
            .into_iter()
            .any(|at| self.table.grid.get(self.row, at).is_some() && !self.table.grid.is_filled(self.row, at))
    }

    /// What stands alone in the row and names those that follow.
    fn section_text(&self) -> Option<String> {
        if matches!(self.table.kind, Kind::Rules | Kind::Programme) || self.table.columns.len() < 2 {
            return None;
        }
        let Block { left, right, .. } = *self.table.block;
        let (_, cells) = self.table.grid.rows().find(|(row, _)| *row == self.row)?;
        let mut cells = cells.range(left..=right);
        let (Some((&column, Cell::Text(text))), None) = (cells.next(), cells.next()) else { return None };
        let name = section_name(text);
        let in_name = self.column(Field::Name) == Some(column);
        let is_word = name.chars().count() >= 2 && !name.chars().any(|c| c.is_ascii_digit());
        let is_one = is_section(&name) || self.table.grid.is_wide(self.row, column) || (!in_name && is_word);
        (is_one && !name.is_empty()).then_some(name)
    }

    /// The text of a cell, empty where there is none.
    pub fn text(&self, field: Field, findings: &mut Findings) -> Result<&'a str, Refused> {
        match self.cell(field) {
            None => Ok(""),
            Some(Cell::Text(text)) => Ok(text.trim()),
            Some(other) => Err(self.refuse_cell(field, other, findings)),
        }
    }

    fn refuse_cell(&self, field: Field, cell: &Cell, findings: &mut Findings) -> Refused {
        let (code, params) = match cell {
            Cell::Date(dated) => ("date-cell", vec![("text", dated.shown.clone())]),
            Cell::Fault => ("fault-cell", Vec::new()),
            Cell::Formula | Cell::Text(_) => ("formula", Vec::new()),
        };
        findings.refuse(self.place(field), code, &params)
    }

    /// The text of a cell that may hold a time: what was typed before a spreadsheet took it for one.
    pub fn timed(&self, field: Field, findings: &mut Findings) -> Result<String, Refused> {
        match self.cell(field) {
            Some(Cell::Date(Dated { shown, clock: Some(clock), .. })) => {
                let params = [("text", shown.clone()), ("as", clock.clone())];
                findings.guess(self.place(field), "time-read-as", &params);
                Ok(clock.clone())
            }
            _ => self.text(field, findings).map(str::to_owned),
        }
    }

    /// The text of a cell that holds a number, whatever format the number has.
    pub fn numbered(&self, field: Field, findings: &mut Findings) -> Result<String, Refused> {
        match self.cell(field) {
            Some(Cell::Date(Dated { number: Some(number), .. })) => Ok(number.to_string()),
            _ => self.text(field, findings).map(str::to_owned),
        }
    }

    /// A safe text of at most `max` characters, perhaps empty; of several columns what each says.
    pub fn optional(&self, field: Field, max: usize, findings: &mut Findings) -> Result<String, Refused> {
        let mut texts: Vec<String> = vec![self.text(field, findings)?.to_owned()];
        for &column in self.table.columns.get(&field).into_iter().flatten().skip(1) {
            match self.table.grid.get(self.row, column) {
                Some(Cell::Text(text)) => texts.push(text.trim().to_owned()),
                Some(_) => {
                    let place = Place { sheet: &self.table.grid.sheet, row: self.row, column: Some(column) };
                    return Err(findings.refuse(place, "formula", &[]));
                }
                None => {}
            }
        }
        let mut once = BTreeSet::new();
        texts.retain(|text| !text.is_empty() && once.insert(fold(text)));
        names::optional(&texts.join(" · "), max).map_err(|problem| self.refuse_name(field, problem, findings))
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

    /// Its cells as a person reads them, by the table's columns.
    pub fn shown(&self) -> Vec<String> {
        let cell =
            |column: &Column| self.table.grid.get(self.row, column.column).map(shown).unwrap_or_default();
        self.table.read.iter().map(cell).collect()
    }
}

impl Column {
    pub fn letters(&self) -> String {
        letters(self.column as usize)
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
