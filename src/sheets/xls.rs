//! Workbooks of before 2007. The parser makes room for a rectangle up to the farthest cell, and for as many cells as a file
//! claims: both are looked at first, and what stands too far out is struck from the copy that the parser gets.

use super::error::SheetError;
use super::format::{self, Shape};
use super::grid::{COLUMNS_MAX, Cell, Grid, Merge, ROWS_MAX};
use super::guard::{Budget, protected, sheets_max};
use calamine::{Data, Reader, SheetVisible, Xls};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};

/// Most cells of the rectangles of all sheets together.
const AREA_MAX: u64 = 1_000_000;
/// A record that the parser passes over: an empty cell.
const BLANK: u16 = 0x0201;

pub fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    let (mut stream, name) = stream(bytes)?;
    let looked = look(&mut stream)?;
    let copy = packed(&stream, name).map_err(|error| damaged(&error))?;
    let mut book: Xls<_> = Xls::new(Cursor::new(copy)).map_err(|error| match error {
        calamine::XlsError::Password => protected(),
        error => damaged(&error),
    })?;
    let listed = book.sheets_metadata().to_vec();
    sheets_max(listed.len())?;
    let mut budget = Budget::default();
    let mut grids = Vec::new();
    for (sheet, seen) in listed.iter().zip(looked) {
        let range = book.worksheet_range(&sheet.name).map_err(|error| damaged(&error))?;
        let formulas = book.worksheet_formula(&sheet.name).map_err(|error| damaged(&error))?;
        let mut grid = Grid::named(&sheet.name);
        grid.hidden = sheet.visible != SheetVisible::Visible;
        (grid.hidden_rows, grid.hidden_columns, grid.beyond) = (seen.rows, seen.columns, seen.beyond);
        let (top, left) = range.start().unwrap_or_default();
        let from = |(row, column, value)| {
            let at = (top + row as u32, left + column as u32);
            let formula = formulas.get_value(at).is_some_and(|text: &String| !text.is_empty());
            (at, if formula { Some(Cell::Formula) } else { read(value, seen.shapes.get(&at).copied()) })
        };
        for ((row, column), cell) in range.used_cells().map(from) {
            let Some(cell) = cell else { continue };
            budget.take(&cell)?;
            grid.put(row + 1, column, cell);
        }
        let merges = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let merge = |one: &calamine::Dimensions| Merge {
            top: one.start.0.saturating_add(1),
            left: one.start.1,
            bottom: one.end.0.saturating_add(1),
            right: one.end.1,
        };
        grid.merge(merges.iter().map(merge).collect());
        grids.push(grid);
    }
    Ok(grids)
}

fn read(value: &Data, shape: Option<Shape>) -> Option<Cell> {
    let shaped = |value, other| Some(format::number(value, shape.unwrap_or(other), false));
    match value {
        Data::Empty => None,
        Data::String(text) => Some(Cell::Text(text.clone())),
        Data::Bool(yes) => Some(Cell::Text(if *yes { "TRUE" } else { "FALSE" }.to_owned())),
        Data::Int(number) => shaped(*number as f64, Shape::Plain),
        Data::Float(number) => shaped(*number, Shape::Plain),
        Data::DateTime(time) => shaped(time.as_f64(), Shape::Date),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Some(format::iso(text)),
        Data::Error(_) => Some(Cell::Fault),
    }
}

/// The workbook's stream out of its compound file.
fn stream(bytes: &[u8]) -> Result<(Vec<u8>, &'static str), SheetError> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if file.exists("/EncryptedPackage") {
        return Err(protected());
    }
    for name in ["/Workbook", "/Book"] {
        let mut content = Vec::new();
        if let Ok(stream) = file.open_stream(name) {
            stream.take(bytes.len() as u64).read_to_end(&mut content).map_err(|error| damaged(&error))?;
            return Ok((content, name));
        }
    }
    Err(SheetError::file("not-a-workbook", "a compound file without a workbook"))
}

fn packed(stream: &[u8], name: &str) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    file.create_stream(name)?.write_all(stream)?;
    // The parser wants a root that holds something small, too.
    file.create_stream("/small")?.write_all(&[0; 64])?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// What was seen of a sheet besides its values.
#[derive(Default)]
struct Seen {
    rows: BTreeSet<u32>,
    columns: BTreeSet<u32>,
    beyond: Option<(u32, u32)>,
    shapes: BTreeMap<(u32, u32), Shape>,
}

/// Walks all records: notes what is hidden and how numbers are shown, strikes what would take too much room.
fn look(stream: &mut [u8]) -> Result<Vec<Seen>, SheetError> {
    let (mut custom, mut styles, mut sheets) = (BTreeMap::new(), Vec::new(), Vec::new());
    for (at, kind, len) in Records::from(stream, 0) {
        let data = &stream[at..at + len];
        match kind {
            0x002f if word(data, 0) != 0 => return Err(protected()),
            0x041e => _ = custom.insert(word(data, 0), Shape::of(&code(data))),
            0x00e0 => styles.push(word(data, 2)),
            0x0085 => sheets.push(u32::from(word(data, 0)) | u32::from(word(data, 2)) << 16),
            0x000a => break,
            _ => {}
        }
    }
    sheets_max(sheets.len())?;
    let of = |id: &u16| custom.get(id).copied().unwrap_or_else(|| Shape::builtin(*id));
    let styles: Vec<Shape> = styles.iter().map(of).collect();
    let mut area = 0;
    let mut seen = Vec::new();
    for start in sheets {
        let start = start as usize;
        let mut sheet = Seen::default();
        let (rows, columns) = reach(stream, start, &styles, &mut sheet);
        area += u64::from(rows) * u64::from(columns);
        if area > AREA_MAX {
            area -= u64::from(rows) * u64::from(columns);
            strike(stream, start, &mut sheet);
            area += u64::from(ROWS_MAX) * u64::from(COLUMNS_MAX);
        }
        if area > AREA_MAX {
            return Err(SheetError::file("inflates-too-far", "the sheets reach too far"));
        }
        seen.push(sheet);
    }
    Ok(seen)
}

/// How far a sheet's cells reach. Its own claim about that is struck.
fn reach(stream: &mut [u8], start: usize, styles: &[Shape], seen: &mut Seen) -> (u32, u32) {
    let (mut rows, mut columns) = (0, 0);
    for (at, kind, len) in Records::from(stream, start).collect::<Vec<_>>() {
        let data = &stream[at..at + len];
        let (row, column) = (u32::from(word(data, 0)), u32::from(word(data, 2)));
        match kind {
            0x0200 => stream[at - 4..at - 2].copy_from_slice(&BLANK.to_le_bytes()),
            0x0208 if word(data, 12) & 0x20 != 0 => _ = seen.rows.insert(row + 1),
            0x007d if word(data, 8) & 1 != 0 => {
                seen.columns.extend(row.min(COLUMNS_MAX)..(column + 1).min(COLUMNS_MAX))
            }
            0x00bd if len >= 6 => {
                rows = rows.max(row + 1);
                columns = columns.max(u32::from(word(data, len - 2)) + 1);
                for (offset, column) in (4..len - 2).step_by(6).zip(column..) {
                    seen.shape((row, column), styles, word(data, offset));
                }
            }
            kind if is_cell(kind) => {
                (rows, columns) = (rows.max(row + 1), columns.max(column + 1));
                seen.shape((row, column), styles, word(data, 4));
            }
            _ => {}
        }
    }
    (rows, columns)
}

impl Seen {
    fn shape(&mut self, at: (u32, u32), styles: &[Shape], style: u16) {
        let shape = styles.get(usize::from(style)).copied().unwrap_or(Shape::Plain);
        if shape != Shape::Plain && at.0 < ROWS_MAX && at.1 < COLUMNS_MAX {
            self.shapes.insert(at, shape);
        }
    }
}

/// Strikes the cells that stand too far out, and the texts of formulas there.
fn strike(stream: &mut [u8], start: usize, seen: &mut Seen) {
    let mut struck = false;
    for (at, kind, len) in Records::from(stream, start).collect::<Vec<_>>() {
        let (row, column) =
            (u32::from(word(&stream[at..at + len], 0)), u32::from(word(&stream[at..at + len], 2)));
        let far = if kind == 0x0207 {
            struck
        } else {
            let last = if kind == 0x00bd && len >= 6 {
                u32::from(word(&stream[at..at + len], len - 2))
            } else {
                column
            };
            (is_cell(kind) || kind == 0x00bd) && (row >= ROWS_MAX || last >= COLUMNS_MAX)
        };
        struck = far && (kind == 0x0006 || kind == 0x0207);
        if far {
            stream[at - 4..at - 2].copy_from_slice(&BLANK.to_le_bytes());
            if kind != 0x0207 {
                let here = Some((row + 1, column));
                seen.beyond = seen.beyond.min(here).or(here);
            }
        }
    }
}

fn is_cell(kind: u16) -> bool {
    matches!(kind, 0x0203 | 0x0204 | 0x0205 | 0x027e | 0x00fd | 0x00d6 | 0x0006)
}

/// A number format's code in a record of it.
fn code(data: &[u8]) -> String {
    let count = usize::from(word(data, 2));
    let wide = data.get(4).is_some_and(|flags| flags & 1 != 0);
    let text = data.get(5..).unwrap_or_default();
    if wide {
        let units: Vec<u16> =
            text.chunks_exact(2).take(count).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    } else {
        text.iter().take(count).map(|&byte| char::from(byte)).collect()
    }
}

fn word(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
}

/// Where each record's data begins, its kind and its length, to the end of a sheet.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
    depth: u32,
}

impl<'a> Records<'a> {
    fn from(stream: &'a [u8], at: usize) -> Self {
        Records { stream, at, depth: 0 }
    }
}

impl Iterator for Records<'_> {
    type Item = (usize, u16, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let head = self.stream.get(self.at..self.at.checked_add(4)?)?;
            let (kind, len) = (word(head, 0), usize::from(word(head, 2)));
            let at = self.at + 4;
            self.stream.get(at..at + len)?;
            self.at = at + len;
            match kind {
                0x0809 => self.depth += 1,
                0x000a if self.depth <= 1 => {
                    self.at = usize::MAX - 8;
                }
                0x000a => self.depth -= 1,
                // A chart inside the sheet has cells of its own.
                _ if self.depth > 1 => continue,
                _ => {}
            }
            return Some((at, kind, len));
        }
    }
}

fn damaged(error: &dyn std::fmt::Display) -> SheetError {
    SheetError::file("workbook-damaged", error.to_string())
}
