//! A sheet as it stands in a file: cells by row and column, nothing understood yet.
//!
//! Sparse on purpose: a cell far away costs one entry, not the rectangle up to it.

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// The most rows and columns of a sheet that are read.
pub const ROWS_MAX: u32 = 5_000;
pub const COLUMNS_MAX: u32 = 64;

/// What one cell holds. Empty cells are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text as written, or a number as a plain decimal; a percentage as it is shown.
    Text(String),
    /// A formula; its value is somebody else's claim and is not read.
    Formula,
    /// A date or a time: usually a spreadsheet's own idea of `1/2` or `2:30`.
    Date(Dated),
    /// An error value such as `#REF!`.
    Fault,
}

/// What a spreadsheet made of a number or a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dated {
    /// What its cell shows.
    pub shown: String,
    /// The number behind it, where that is a whole one too small to be meant as a date.
    pub number: Option<u32>,
    /// A time of day as the minutes and seconds that were meant by it: `2:30`.
    pub clock: Option<String>,
}

/// Cells that are one: rows from 1, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// One sheet. Rows count from 1, as spreadsheets number them; columns from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    pub sheet: String,
    /// The spreadsheet program does not show it.
    pub hidden: bool,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: BTreeSet<u32>,
    /// The first cell that holds something and stands too far out to be read.
    pub beyond: Option<(u32, u32)>,
    rows: BTreeMap<u32, Row>,
    merges: Vec<Merge>,
    /// Cells that hold what a merged cell above them says.
    filled: BTreeSet<(u32, u32)>,
}

pub type Row = BTreeMap<u32, Cell>;

impl Grid {
    pub fn named(sheet: &str) -> Self {
        Grid { sheet: sheet.to_owned(), ..Grid::default() }
    }

    /// Keeps a cell; blank text is no cell, and one too far out is only remembered. One letter has one spelling (NFC).
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) {
        let cell = match cell {
            Cell::Text(text) if is_blank(&text) => return,
            Cell::Text(text) => Cell::Text(text.nfc().collect()),
            cell => cell,
        };
        if row > ROWS_MAX || column >= COLUMNS_MAX {
            self.beyond = self.beyond.min(Some((row, column))).or(Some((row, column)));
            return;
        }
        self.rows.entry(row).or_default().insert(column, cell);
    }

    /// What a merged cell says holds for every row of it that has something of its own.
    pub fn merge(&mut self, merges: Vec<Merge>) {
        for merge in &merges {
            let Some(cell) = self.get(merge.top, merge.left).cloned() else { continue };
            for (&row, cells) in self.rows.range_mut(merge.top + 1..=merge.bottom.max(merge.top + 1)) {
                if row <= merge.bottom && !cells.contains_key(&merge.left) {
                    cells.insert(merge.left, cell.clone());
                    self.filled.insert((row, merge.left));
                }
            }
        }
        self.merges = merges;
    }

    pub fn get(&self, row: u32, column: u32) -> Option<&Cell> {
        self.rows.get(&row)?.get(&column)
    }

    /// The cell holds what a merged one above it says.
    pub fn is_filled(&self, row: u32, column: u32) -> bool {
        self.filled.contains(&(row, column))
    }

    /// What stands here, or in the merged cell that covers this place.
    pub fn covering(&self, row: u32, column: u32) -> Option<&Cell> {
        let covers = |merge: &&Merge| {
            (merge.top..=merge.bottom).contains(&row) && (merge.left..=merge.right).contains(&column)
        };
        let anchor = || self.merges.iter().find(covers).and_then(|merge| self.get(merge.top, merge.left));
        self.get(row, column).or_else(anchor)
    }

    /// The cell reaches over others to its right.
    pub fn is_wide(&self, row: u32, column: u32) -> bool {
        let here = |merge: &Merge| (merge.top, merge.left) == (row, column) && merge.right > column;
        self.merges.iter().any(here)
    }

    /// A merged cell reaches from a row above into this one.
    pub fn is_continued(&self, row: u32) -> bool {
        self.merges.iter().any(|merge| merge.top < row && row <= merge.bottom)
    }

    /// Rows that hold something, from the top.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.rows.iter().map(|(&number, row)| (number, row))
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The sheet without its hidden rows and columns, and those of them that held something.
    pub fn visible(mut self) -> (Self, Vec<u32>, Vec<u32>) {
        let hidden = std::mem::take(&mut self.hidden_rows);
        let rows = hidden.into_iter().filter(|row| self.rows.remove(row).is_some()).collect();
        let hidden = std::mem::take(&mut self.hidden_columns);
        let mut columns = Vec::new();
        for column in hidden {
            let held = self.rows.values_mut().filter_map(|row| row.remove(&column)).count();
            columns.extend((held > 0).then_some(column));
        }
        self.rows.retain(|_, row| !row.is_empty());
        (self, rows, columns)
    }
}

/// Nothing to see in it.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn blank_text_is_no_cell_and_a_far_one_is_remembered() {
        let mut grid = Grid::named("项目");
        grid.put(3, 1, text(" \u{3000}\n\u{200b}"));
        grid.put(9_000, 1, text(" "));
        assert!(grid.is_empty() && grid.beyond.is_none());
        grid.put(3, 1, text("甲"));
        grid.put(9_001, 1, text("乙"));
        grid.put(3, 64, text("丙"));
        assert_eq!(grid.get(3, 1), Some(&text("甲")));
        assert_eq!((grid.rows().count(), grid.beyond), (1, Some((3, 64))));
    }

    #[test]
    fn a_merged_cell_holds_for_the_rows_that_have_something() {
        let mut grid = Grid::named("项目");
        for (row, column, cell) in [(2, 0, "新能源"), (2, 1, "甲"), (4, 1, "乙"), (5, 1, "丙")] {
            grid.put(row, column, text(cell));
        }
        grid.merge(vec![Merge { top: 2, left: 0, bottom: 4, right: 0 }]);
        assert_eq!(grid.get(4, 0), Some(&text("新能源")));
        assert!(grid.is_filled(4, 0) && !grid.is_filled(2, 0) && grid.is_continued(3));
        assert_eq!((grid.get(3, 0), grid.get(5, 0)), (None, None));
        assert_eq!(grid.covering(3, 0), Some(&text("新能源")));
    }

    #[test]
    fn one_letter_has_one_spelling() {
        let mut grid = Grid::named("a");
        grid.put(1, 0, text("E\u{301}nergie"));
        assert_eq!(grid.get(1, 0), Some(&text("\u{c9}nergie")));
    }
}
