//! A sheet as it stands in a file: cells by row and column, nothing understood yet.
//!
//! Sparse on purpose: a cell far away costs one entry, not the rectangle up to it.

use std::collections::BTreeMap;

/// What one cell holds. Empty cells are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text as written, or a number as a plain decimal.
    Text(String),
    /// A formula; its value is somebody else's claim and is not read.
    Formula,
    /// A date or a time where a list has texts and numbers: usually a spreadsheet's own idea of `1/2`.
    Date,
    /// An error value such as `#REF!`.
    Fault,
}

/// One sheet. Rows count from 1, as spreadsheets number them; columns from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    pub sheet: String,
    rows: BTreeMap<u32, Row>,
}

pub type Row = BTreeMap<u32, Cell>;

impl Grid {
    pub fn named(sheet: &str) -> Self {
        Grid { sheet: sheet.to_owned(), rows: BTreeMap::new() }
    }

    /// Keeps a cell; blank text is no cell.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) {
        if !matches!(&cell, Cell::Text(text) if text.trim().is_empty()) {
            self.rows.entry(row).or_default().insert(column, cell);
        }
    }

    pub fn get(&self, row: u32, column: u32) -> Option<&Cell> {
        self.rows.get(&row)?.get(&column)
    }

    /// Rows that hold something, from the top.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.rows.iter().map(|(&number, row)| (number, row))
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_text_is_no_cell() {
        let mut grid = Grid::named("项目");
        grid.put(3, 1, Cell::Text(" \u{3000}\n".into()));
        assert!(grid.is_empty());
        grid.put(3, 1, Cell::Text("甲".into()));
        assert_eq!(grid.get(3, 1), Some(&Cell::Text("甲".into())));
    }
}
