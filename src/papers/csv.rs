//! A table as CSV: RFC 4180, UTF-8 with a byte order mark, which Excel asks for. Text that a spreadsheet would take for a formula has
//! a `'` before it; numbers have none.

use crate::papers::moment::Zone;
use crate::papers::table::{Cell, Table};

/// What begins a formula, or makes a spreadsheet look for one behind it.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

pub fn write(table: &Table, zone: &Zone) -> String {
    let mut text = String::from("\u{feff}");
    line(&mut text, table.columns.iter().map(|column| guarded(&column.name)));
    for row in &table.rows {
        line(&mut text, row.iter().map(|cell| plain(cell, zone)));
    }
    text
}

fn plain(cell: &Cell, zone: &Zone) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Number(number) => number.printed.clone(),
        Cell::Time(at) => zone.said(*at),
    }
}

fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}
