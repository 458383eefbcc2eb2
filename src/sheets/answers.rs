//! What a person said about a file: what its encoding is, which sheet and which column mean what, what of its guesses hold.

use super::columns::Field;
use super::error::letters;
use super::headings::{Kind, fold};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// Of a text file.
    pub encoding: Option<String>,
    /// What the spreadsheet program does not show is read, too.
    pub hidden: bool,
    /// An empty track stays empty, instead of the one above it.
    pub blank_tracks: bool,
    pub sheets: Vec<SheetMeans>,
    pub columns: Vec<ColumnMeans>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetMeans {
    pub sheet: String,
    /// `None`: it is not read.
    pub kind: Option<Kind>,
}

/// A column by its place, or wherever it has this heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMeans {
    pub kind: Kind,
    /// Empty: on any sheet, in any column.
    pub sheet: String,
    pub column: String,
    pub heading: String,
    pub field: Field,
}

impl Answers {
    pub fn kind(&self, sheet: &str) -> Option<Option<Kind>> {
        self.sheets.iter().find(|answer| answer.sheet == sheet).map(|answer| answer.kind)
    }

    /// A column of this sheet was told what it means.
    pub fn know_columns_of(&self, sheet: &str) -> bool {
        self.columns.iter().any(|one| one.sheet == sheet)
    }

    pub fn field(&self, kind: Kind, sheet: &str, column: u32, heading: &str) -> Option<Field> {
        let column = letters(column as usize);
        let here = |one: &&ColumnMeans| one.kind == kind && one.sheet == sheet && one.column == column;
        let so_called = |one: &&ColumnMeans| {
            one.kind == kind
                && one.sheet.is_empty()
                && !heading.is_empty()
                && fold(&one.heading) == fold(heading)
        };
        self.columns.iter().find(here).or_else(|| self.columns.iter().find(so_called)).map(|one| one.field)
    }
}
