//! From a file's bytes to its sheets. What the file is, its bytes say; its name is only shown.
//!
//! A workbook is guarded before a parser sees it and then read cell by cell, so that neither its claims nor its
//! farthest cell decide how much memory it takes.

use super::csv;
use super::error::SheetError;
use super::grid::{Cell, Grid};
use super::guard;
use super::headings::Kind;
use calamine::{DataRef, DataType, Reader, SheetType, Xlsx, XlsxError};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most sheets of a workbook; one part may be listed many times over.
const SHEETS_MAX: usize = 16;
/// Most that all cells together may weigh: a few bytes of a file can name the same long text in every cell.
const KEPT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// What a cell weighs besides its text.
const CELL_BYTES: usize = 96;

/// The sheets of a workbook, or the one of a CSV file (named as the file is).
pub fn grids(file_name: &str, bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    match bytes {
        [b'P', b'K', ..] => {
            guard::check(bytes)?;
            workbook(bytes)
        }
        // Compound files: workbooks of before 2007, and any that a password protects.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(old_or_protected()),
        _ if bytes.len() > guard::FILE_BYTES_MAX => {
            let max = guard::FILE_BYTES_MAX;
            Err(SheetError::file("file-too-large", format!("{} bytes; at most {max} are read", bytes.len())))
        }
        [] => Err(SheetError::file("file-empty", "no bytes")),
        _ => Ok(vec![separated(file_name, bytes)?]),
    }
}

fn separated(file_name: &str, bytes: &[u8]) -> Result<Grid, SheetError> {
    let says_workbook = |ending| file_name.to_ascii_lowercase().ends_with(ending);
    if [".xlsx", ".xlsm", ".xls", ".et", ".ods"].into_iter().any(says_workbook) {
        return Err(SheetError::file("not-a-workbook", "named like a workbook, and none inside"));
    }
    let text = csv::decode(bytes)
        .filter(|text| !text.contains('\0'))
        .ok_or_else(|| SheetError::file("unknown-encoding", "neither UTF-8, UTF-16 nor GB18030"))?;
    let read = |separator| csv::grid(file_name, &text, separator, reaches_too_far);
    // The separator is the one that makes headings of some row.
    let headings = |grid: &Grid| grid.rows().map(|(_, row)| known(row.values())).max().unwrap_or(0);
    let candidates: Vec<Grid> = csv::SEPARATORS.into_iter().filter_map(read).collect();
    let best = candidates.into_iter().rev().max_by_key(headings);
    best.ok_or_else(too_large)
}

fn known<'a>(cells: impl Iterator<Item = &'a Cell>) -> usize {
    let is_heading = |cell: &&Cell| matches!(cell, Cell::Text(text) if Kind::Projects.field(text).is_some());
    cells.filter(is_heading).count()
}

fn workbook(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    // The parser checks its arithmetic in some builds only; a hostile reference may end it mid-way.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes)))
        .unwrap_or_else(|_| Err(SheetError::file("workbook-damaged", "a reference beyond any sheet")))
}

fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let listed = book.sheets_metadata().to_vec();
    if listed.len() > SHEETS_MAX {
        let detail = format!("{} sheets; at most {SHEETS_MAX} are read", listed.len());
        return Err(SheetError::file("too-many-sheets", detail).with("max", SHEETS_MAX.to_string()));
    }
    let sheets = listed.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let mut left = KEPT_BYTES_MAX;
    let grids: Vec<Grid> =
        sheets.map(|sheet| cells(&mut book, &sheet.name, &mut left)).collect::<Result<_, _>>()?;
    if grids.is_empty() { Err(SheetError::file("not-a-workbook", "no sheets inside")) } else { Ok(grids) }
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, left: &mut usize) -> Result<Grid, SheetError> {
    let mut grid = Grid::named(name);
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    // Formulas by their place only: spelling out shared ones would size a table by a number in the file.
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| unreadable(&error))? {
        let (row, column) = (cell.pos.0.saturating_add(1), cell.pos.1);
        if reaches_too_far(row, column) {
            return Err(too_large());
        }
        *left = left.checked_sub(weight(&cell.value)).ok_or_else(too_heavy)?;
        let cell = if cell.formula.is_some() { Some(Cell::Formula) } else { plain(&cell.value) };
        if let Some(cell) = cell {
            grid.put(row, column, cell);
        }
    }
    Ok(grid)
}

fn plain(value: &DataRef<'_>) -> Option<Cell> {
    match value {
        DataRef::Empty => None,
        DataRef::String(text) => Some(Cell::Text(text.clone())),
        DataRef::SharedString(text) => Some(Cell::Text((*text).to_owned())),
        DataRef::Bool(yes) => Some(Cell::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned())),
        DataRef::Int(_) | DataRef::Float(_) => value.as_string().map(Cell::Text),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Some(Cell::Date),
        DataRef::Error(_) => Some(Cell::Fault),
    }
}

fn weight(value: &DataRef<'_>) -> usize {
    match value {
        DataRef::Empty => 0,
        DataRef::String(text) => CELL_BYTES + text.len(),
        DataRef::SharedString(text) => CELL_BYTES + text.len(),
        _ => CELL_BYTES,
    }
}

fn too_heavy() -> SheetError {
    SheetError::file("inflates-too-far", format!("the cells hold more than {KEPT_BYTES_MAX} bytes"))
}

fn reaches_too_far(row: u32, column: u32) -> bool {
    u64::from(row) > guard::ROWS_MAX || u64::from(column) >= guard::COLUMNS_MAX
}

fn too_large() -> SheetError {
    let (rows, columns) = (guard::ROWS_MAX, guard::COLUMNS_MAX);
    SheetError::file("sheet-too-large", format!("at most {rows} rows by {columns} columns are read"))
        .with("rows", rows.to_string())
        .with("columns", columns.to_string())
}

fn old_or_protected() -> SheetError {
    SheetError::file("old-or-protected", "a workbook of before 2007, or one that a password protects")
}

fn unreadable(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => old_or_protected(),
        XlsxError::FileNotFound(_) | XlsxError::NotAWorksheet(_) => {
            SheetError::file("not-a-workbook", error.to_string())
        }
        _ => SheetError::file("workbook-damaged", error.to_string()),
    }
}
