//! Workbooks of Excel 2007 and later. A guard has seen the bytes; cells are read one by one, so that neither a claim nor the
//! farthest cell decides how much memory it takes.
//!
//! Values come from the parser; what is merged and what is hidden is read from the parts themselves.

use super::error::SheetError;
use super::format::{self, Shape};
use super::grid::{COLUMNS_MAX, Cell, Grid, Merge, ROWS_MAX};
use super::guard::{
    self, Budget, attribute, cell_reference, digits, local_name, next_tag, protected, sheets_max,
};
use calamine::{DataRef, DataType, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

pub fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let listed = book.sheets_metadata().to_vec();
    sheets_max(listed.len())?;
    let parts = parts(bytes);
    let mut budget = Budget::default();
    let mut grids = Vec::new();
    for (at, sheet) in listed.iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = cells(&mut book, &sheet.name, &mut budget)?;
        grid.hidden = sheet.visible != SheetVisible::Visible;
        if let Some(part) = parts.get(at) {
            beside(bytes, part, &mut grid);
        }
        grids.push(grid);
    }
    Ok(grids)
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, budget: &mut Budget) -> Result<Grid, SheetError> {
    let mut grid = Grid::named(name);
    let shapes = shapes(book, name)?;
    let from_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    // Formulas by their place only: spelling out shared ones would size a table by a number in the file.
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| unreadable(&error))? {
        let (row, column) = (cell.pos.0.saturating_add(1), cell.pos.1);
        let shape = shapes.get(&(row, column)).copied();
        let formula = cell.formula.is_some().then_some(Cell::Formula);
        let Some(cell) = formula.or_else(|| read(&cell.value, shape, from_1904)) else { continue };
        budget.take(&cell)?;
        grid.put(row, column, cell);
    }
    Ok(grid)
}

fn read(value: &DataRef<'_>, shape: Option<Shape>, from_1904: bool) -> Option<Cell> {
    match value {
        DataRef::Empty => None,
        DataRef::String(text) => Some(Cell::Text(text.clone())),
        DataRef::SharedString(text) => Some(Cell::Text((*text).to_owned())),
        DataRef::Bool(yes) => Some(Cell::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned())),
        DataRef::Int(_) | DataRef::Float(_) => {
            value.as_f64().map(|number| format::number(number, shape.unwrap_or(Shape::Plain), from_1904))
        }
        DataRef::DateTime(time) => {
            let shape = shape.filter(|shape| !matches!(shape, Shape::Plain | Shape::Percent));
            Some(format::number(time.as_f64(), shape.unwrap_or(Shape::Date), from_1904))
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(format::iso(text)),
        DataRef::Error(_) => Some(Cell::Fault),
    }
}

/// The formats of the cells that have one to speak of.
fn shapes(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<BTreeMap<(u32, u32), Shape>, SheetError> {
    let mut shapes = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    let of = |style: &Style| {
        style.number_format.as_ref().map_or(Shape::Plain, |found| Shape::of(&found.format_code))
    };
    let known: Vec<Shape> = reader.styles().iter().map(of).collect();
    while let Some((row, column, style)) = reader.next_style_id().map_err(|error| unreadable(&error))? {
        let shape = known.get(style).copied().unwrap_or(Shape::Plain);
        if shape != Shape::Plain && row < ROWS_MAX && column < COLUMNS_MAX {
            shapes.insert((row + 1, column), shape);
        }
    }
    Ok(shapes)
}

/// The part of each sheet, in the workbook's order.
fn parts(bytes: &[u8]) -> Vec<String> {
    let targets: BTreeMap<String, String> = part(bytes, "xl/_rels/workbook.xml.rels")
        .map(|content| {
            tags(&content, b"Relationship")
                .filter_map(|tag| Some((text(tag, b"Id")?, text(tag, b"Target")?)))
                .collect()
        })
        .unwrap_or_default();
    let place = |target: &String| match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    };
    let of = |tag| targets.get(&text(tag, b"r:id").or_else(|| text(tag, b"id"))?).map(place);
    let book = part(bytes, "xl/workbook.xml").unwrap_or_default();
    tags(&book, b"sheet").map(|tag| of(tag).unwrap_or_default()).collect()
}

/// What stands beside the cells: merged ones, hidden rows and columns.
fn beside(bytes: &[u8], name: &str, grid: &mut Grid) {
    let Some(content) = part(bytes, name) else { return };
    let yes = |tag, of: &[u8]| matches!(attribute(tag, of), Some(b"1" | b"true"));
    let mut merges = Vec::new();
    let mut row = 0;
    let mut rest = &content[..];
    while let Some((tag, after)) = next_tag(rest) {
        rest = after;
        match local_name(tag) {
            b"row" => {
                row = attribute(tag, b"r").map_or(row + 1, digits).min(u64::from(ROWS_MAX) + 1);
                if yes(tag, b"hidden") {
                    grid.hidden_rows.extend(u32::try_from(row));
                }
            }
            b"col" if yes(tag, b"hidden") => {
                let end = |of: &[u8]| attribute(tag, of).map_or(0, digits).min(u64::from(COLUMNS_MAX)) as u32;
                grid.hidden_columns.extend(end(b"min").saturating_sub(1)..end(b"max"));
            }
            b"mergeCell" => merges.extend(attribute(tag, b"ref").and_then(merge)),
            _ => {}
        }
    }
    grid.merge(merges);
}

/// `B2:C5`, as far as sheets are read.
fn merge(reference: &[u8]) -> Option<Merge> {
    let (from, to) = reference.split_at(reference.iter().position(|&b| b == b':')?);
    let ((top, left), (bottom, right)) = (cell_reference(from), cell_reference(to));
    let row = |row: u64| row.min(u64::from(ROWS_MAX)) as u32;
    let column = |column: u64| column.min(u64::from(COLUMNS_MAX)) as u32;
    let merge = Merge {
        top: row(top),
        left: column(left).checked_sub(1)?,
        bottom: row(bottom),
        right: column(right).checked_sub(1)?,
    };
    (merge.top <= merge.bottom && merge.left <= merge.right).then_some(merge)
}

fn part(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut content = Vec::new();
    archive.by_name(name).ok()?.take(guard::INFLATED_BYTES_MAX).read_to_end(&mut content).ok()?;
    Some(content)
}

fn tags<'a>(content: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = content;
    let next = move || {
        let (tag, after) = next_tag(rest)?;
        rest = after;
        Some(tag)
    };
    std::iter::from_fn(next).filter(move |tag| local_name(tag) == name)
}

fn text(tag: &[u8], name: &[u8]) -> Option<String> {
    attribute(tag, name).map(|value| String::from_utf8_lossy(value).into_owned())
}

fn unreadable(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => protected(),
        XlsxError::FileNotFound(_) | XlsxError::NotAWorksheet(_) => {
            SheetError::file("not-a-workbook", error.to_string())
        }
        _ => SheetError::file("workbook-damaged", error.to_string()),
    }
}
