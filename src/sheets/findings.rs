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

    fn remark(self, code: &'static str, params: &[(&'static str, String)]) -> Remark {
        let column = self.column.and_then(|column| usize::try_from(column).ok()).map(letters);
        let row = (self.row > 0).then_some(self.row);
        Remark { sheet: self.sheet.to_owned(), row, column, code, params: params.to_vec() }
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

/// A place that holds something and was not imported, or was taken to mean something that it does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub sheet: String,
    /// Absent for the whole sheet.
    pub row: Option<u32>,
    /// Absent for the whole row.
    pub column: Option<String>,
    pub code: &'static str,
    pub params: Vec<(&'static str, String)>,
}

/// An error that is on the list already; what depended on the cell is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused;

#[derive(Debug, Clone, Default)]
pub struct Findings {
    errors: Vec<SheetError>,
    pub skipped: Vec<Remark>,
    pub guesses: Vec<Remark>,
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

    pub fn refuse_file(&mut self, error: SheetError) {
        self.errors.push(error);
    }

    /// Nothing was wrong so far.
    pub fn are_clean(&self) -> bool {
        self.errors.is_empty()
    }

    /// Something is there and is not imported.
    pub fn skip(&mut self, place: Place<'_>, code: &'static str, params: &[(&'static str, String)]) {
        self.skipped.push(place.remark(code, params));
    }

    /// Something is taken to mean what it does not quite say.
    pub fn guess(&mut self, place: Place<'_>, code: &'static str, params: &[(&'static str, String)]) {
        let remark = place.remark(code, params);
        if !self.guesses.contains(&remark) {
            self.guesses.push(remark);
        }
    }

    /// Every error, each sheet's from the top left.
    pub fn errors(&self) -> Vec<SheetError> {
        let mut errors = self.errors.clone();
        for sheet in errors.chunk_by_mut(|a, b| a.sheet == b.sheet) {
            let width = |error: &SheetError| error.column.as_ref().map_or(0, String::len);
            sheet.sort_by(|a, b| (a.row, width(a), &a.column).cmp(&(b.row, width(b), &b.column)));
        }
        errors
    }
}
