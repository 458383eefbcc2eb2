//! Where a line of a blueprint comes from.

use crate::sheets::table::Line;

/// Where a line stands in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    pub sheet: String,
    pub row: u32,
    /// The file gives it a number, and no other line the same.
    pub numbered: bool,
    pub cells: Vec<String>,
}

impl Origin {
    pub fn of(line: &Line<'_>) -> Self {
        Origin { sheet: line.table.grid.sheet.clone(), row: line.row, numbered: false, cells: line.shown() }
    }
}
