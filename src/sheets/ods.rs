//! Workbooks of LibreOffice and others (OpenDocument). The guard has counted what its parts inflate to; a row or a cell that
//! says it is repeated a million times is repeated as far as sheets are read.

use super::error::SheetError;
use super::format;
use super::grid::{COLUMNS_MAX, Cell, Grid, Merge, ROWS_MAX};
use super::guard::{self, Budget, protected, sheets_max};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

pub fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    let content = content(bytes)?;
    let mut reader = Reader::from_str(&content);
    let mut book = Book::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => book.start(&tag)?,
            Ok(Event::Empty(tag)) => {
                book.start(&tag)?;
                book.end(tag.local_name().as_ref())?;
            }
            Ok(Event::Text(text)) => book.text(&text.xml10_content()),
            Ok(Event::CData(text)) => book.text(&text.xml10_content()),
            Ok(Event::GeneralRef(name)) => book.text(&entity(name.as_ref())),
            Ok(Event::End(tag)) => book.end(tag.local_name().as_ref())?,
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(SheetError::file("workbook-damaged", error.to_string())),
        }
    }
    sheets_max(book.grids.len())?;
    Ok(book.grids)
}

fn content(bytes: &[u8]) -> Result<String, SheetError> {
    let damaged = |error: &dyn std::fmt::Display| SheetError::file("workbook-damaged", error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut manifest = String::new();
    if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
        _ = part.take(guard::INFLATED_BYTES_MAX).read_to_string(&mut manifest);
    }
    if manifest.contains("encryption-data") {
        return Err(protected());
    }
    let mut content = String::new();
    let part = archive.by_name("content.xml").map_err(|error| damaged(&error))?;
    part.take(guard::INFLATED_BYTES_MAX).read_to_string(&mut content).map_err(|error| damaged(&error))?;
    Ok(content)
}

fn entity(name: &str) -> String {
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let found = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix("#x") {
            Some(hex) => code(hex, 16),
            None => name.strip_prefix('#').and_then(|digits| code(digits, 10)),
        },
    };
    found.map(String::from).unwrap_or_default()
}

/// What is being read.
#[derive(Default)]
struct Book {
    grids: Vec<Grid>,
    budget: Budget,
    /// Styles of sheets that are not shown.
    unseen: BTreeSet<String>,
    style: String,
    merges: Vec<Merge>,
    row: u32,
    rows: u32,
    column: u32,
    /// Rows of the row that is read, by column: given once, however often it is repeated.
    line: Vec<(u32, Cell)>,
    cell: Option<Open>,
    /// Inside a note on a cell, which is no part of it.
    notes: u32,
}

/// A cell whose end has not come.
struct Open {
    cell: Option<Cell>,
    text: String,
    paragraphs: u32,
    repeated: u32,
}

impl Book {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), SheetError> {
        let of = |name: &str| value(tag, name);
        let count = |name: &str| of(name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1).max(1);
        let is_hidden = || matches!(of("visibility").as_deref(), Some("collapse" | "filter"));
        match tag.local_name().as_ref() {
            "style" => self.style = of("name").unwrap_or_default(),
            "table-properties" if of("display").as_deref() == Some("false") => {
                self.unseen.insert(self.style.clone());
            }
            "table" => {
                sheets_max(self.grids.len() + 1)?;
                let mut grid = Grid::named(&of("name").unwrap_or_default());
                grid.hidden = of("style-name").is_some_and(|style| self.unseen.contains(&style));
                self.grids.push(grid);
                (self.row, self.column) = (0, 0);
            }
            "table-column" => {
                let next = self.column.saturating_add(count("number-columns-repeated")).min(COLUMNS_MAX);
                if let Some(grid) = self.grids.last_mut().filter(|_| is_hidden()) {
                    grid.hidden_columns.extend(self.column..next);
                }
                self.column = next;
            }
            "table-row" => {
                (self.column, self.rows) = (0, count("number-rows-repeated"));
                if let Some(grid) = self.grids.last_mut().filter(|_| is_hidden()) {
                    let last = self.row.saturating_add(self.rows).min(ROWS_MAX);
                    grid.hidden_rows.extend(self.row + 1..=last);
                }
            }
            "table-cell" | "covered-table-cell" => {
                let (rows, columns) = (count("number-rows-spanned"), count("number-columns-spanned"));
                if rows > 1 || columns > 1 {
                    let (top, left) = (self.row.saturating_add(1), self.column);
                    let (bottom, right) = (top.saturating_add(rows - 1), left.saturating_add(columns - 1));
                    self.merges.push(Merge { top, left, bottom, right });
                }
                let repeated = count("number-columns-repeated");
                self.cell = Some(Open { cell: typed(tag), text: String::new(), paragraphs: 0, repeated });
            }
            "annotation" => self.notes += 1,
            "p" if self.notes == 0 => {
                if let Some(open) = &mut self.cell {
                    open.text.push_str(if open.paragraphs > 0 { "\n" } else { "" });
                    open.paragraphs += 1;
                }
            }
            "s" => self.text(&" ".repeat(count("c").min(100) as usize)),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = self.cell.as_mut().filter(|open| self.notes == 0 && open.paragraphs > 0) {
            open.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), SheetError> {
        match name {
            "annotation" => self.notes = self.notes.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                let Some(Open { cell, text, repeated, .. }) = self.cell.take() else { return Ok(()) };
                let next = self.column.saturating_add(repeated);
                let cell = cell.unwrap_or(Cell::Text(text));
                if !matches!(&cell, Cell::Text(text) if text.trim().is_empty()) {
                    // One beyond the last column that is read, so that it is known to be there.
                    for column in self.column..next.min(self.column.max(COLUMNS_MAX) + 1) {
                        self.budget.take(&cell)?;
                        self.line.push((column, cell.clone()));
                    }
                }
                self.column = next;
            }
            "table-row" => {
                let line = std::mem::take(&mut self.line);
                let last = self.row.saturating_add(self.rows);
                if let Some(grid) = self.grids.last_mut().filter(|_| !line.is_empty()) {
                    for row in self.row..last.min(self.row.max(ROWS_MAX) + 1) {
                        for (column, cell) in &line {
                            self.budget.take(cell)?;
                            grid.put(row + 1, *column, cell.clone());
                        }
                    }
                }
                self.row = last;
            }
            "table" => {
                let merges = std::mem::take(&mut self.merges);
                if let Some(grid) = self.grids.last_mut() {
                    grid.merge(merges);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// What a cell's type says it is; `None`: the text in it.
fn typed(tag: &BytesStart<'_>) -> Option<Cell> {
    if value(tag, "formula").is_some() {
        return Some(Cell::Formula);
    }
    let number =
        || value(tag, "value").and_then(|text| text.parse::<f64>().ok()).filter(|one| one.is_finite());
    match value(tag, "value-type")?.as_str() {
        "float" | "currency" => number().map(|value| format::number(value, format::Shape::Plain, false)),
        "percentage" => number().map(|value| format::number(value, format::Shape::Percent, false)),
        "date" => value(tag, "date-value").map(|text| format::iso(&text)),
        "time" => value(tag, "time-value").map(|text| format::iso(&text)),
        _ => None,
    }
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let one = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(
        one.normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| one.value.to_string(), |text| text.into_owned()),
    )
}
