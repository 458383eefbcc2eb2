//! What reading a file turned up besides its data: every error, and everything that was passed over.
//!
//! Reading goes on after an error, so that one look at the list is enough to mend the file.

use super::error::{SheetError, letters};

/// Where in a file. Row 0 is the whole sheet; no column is the whole row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    pub sheet: &'a str,
    pub row: u32,
    pub column: Option<u32>,
}

impl<'a> Place<'a> {
    pub fn sheet(sheet: &'a str) -> Self {
        Place { sheet, row: 0, column: None }
    }

    pub fn row(sheet: &'a str, row: u32) -> Self {
        Place { sheet, row, column: None }
    }

    /// An error here. The file's own count of rows begins at 1, a reader's at 0.
    fn error(self, code: &'static str, detail: String) -> SheetError {
        let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        match (self.row.checked_sub(1).map(index), self.column.map(index)) {
            (None, _) => SheetError::sheet(self.sheet, code, detail),
            (Some(row), None) => SheetError::row(self.sheet, row, code, detail),
            (Some(row), Some(column)) => SheetError::cell(self.sheet, row, column, code, detail),
        }
    }
}

/// A row, column or sheet that holds something and was not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub sheet: String,
    /// Absent for the whole sheet.
    pub row: Option<u32>,
    /// Absent for the whole row.
    pub column: Option<String>,
    pub code: &'static str,
}

/// An error that is on the list already; what depended on the cell is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

#[derive(Debug, Default)]
pub struct Findings {
    errors: Vec<SheetError>,
    skipped: Vec<Skipped>,
}

impl Findings {
    pub fn refuse(
        &mut self,
        place: Place<'_>,
        code: &'static str,
        params: &[(&'static str, String)],
    ) -> Refused {
        let detail: Vec<String> = params.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let error = place.error(code, detail.join(", "));
        self.errors.push(params.iter().fold(error, |error, (name, value)| error.with(name, value)));
        Refused
    }

    /// Nothing was wrong so far.
    pub fn are_clean(&self) -> bool {
        self.errors.is_empty()
    }

    pub fn skip(&mut self, place: Place<'_>, code: &'static str) {
        let column = place.column.and_then(|column| usize::try_from(column).ok()).map(letters);
        self.skipped.push(Skipped {
            sheet: place.sheet.to_owned(),
            row: (place.row > 0).then_some(place.row),
            column,
            code,
        });
    }

    /// What was passed over, or else every error, each sheet's from the top left.
    pub fn into_result(mut self) -> Result<Vec<Skipped>, Vec<SheetError>> {
        if self.errors.is_empty() {
            return Ok(self.skipped);
        }
        for sheet in self.errors.chunk_by_mut(|a, b| a.sheet == b.sheet) {
            let width = |error: &SheetError| error.column.as_ref().map_or(0, String::len);
            sheet.sort_by(|a, b| (a.row, width(a), &a.column).cmp(&(b.row, width(b), &b.column)));
        }
        Err(self.errors)
    }
}
