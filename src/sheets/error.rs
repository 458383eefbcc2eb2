//! What is wrong in a workbook, and where: sheet, row and column as a person reads them in the spreadsheet program.
//!
//! Knows places and codes. Does not know the sentences shown on a page: those are translations of the code.
use std::fmt;

/// One mistake in a file. `row` and `column` count as the spreadsheet shows them: rows from 1, columns as letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetError {
    /// The sheet's name; empty where the file as a whole is meant.
    pub sheet: String,
    pub row: Option<u32>,
    /// Column letters, such as `C`.
    pub column: Option<String>,
    /// Stable, kebab-case: what pages translate and tests compare.
    pub code: &'static str,
    /// The rest of the sentence, in English: the offending text, the limit, what was expected.
    pub detail: String,
    /// What a translated sentence needs besides the place, by name.
    pub params: Vec<(&'static str, String)>,
}

impl SheetError {
    /// A mistake of the file as a whole.
    pub fn file(code: &'static str, detail: impl Into<String>) -> Self {
        SheetError {
            sheet: String::new(),
            row: None,
            column: None,
            code,
            detail: detail.into(),
            params: Vec::new(),
        }
    }

    /// The same mistake with a value that its sentence names.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    /// A mistake of one sheet as a whole (a missing heading, an empty sheet).
    pub fn sheet(sheet: &str, code: &'static str, detail: impl Into<String>) -> Self {
        SheetError { sheet: sheet.to_owned(), ..Self::file(code, detail) }
    }

    /// A mistake in one row. `row` counts from 0, as readers of cells count.
    pub fn row(sheet: &str, row: usize, code: &'static str, detail: impl Into<String>) -> Self {
        SheetError { row: Some(shown_row(row)), ..Self::sheet(sheet, code, detail) }
    }

    /// A mistake in one cell. `row` and `column` count from 0, as readers of cells count.
    pub fn cell(
        sheet: &str,
        row: usize,
        column: usize,
        code: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        SheetError { column: Some(letters(column)), ..Self::row(sheet, row, code, detail) }
    }
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.sheet.is_empty() {
            write!(f, "sheet {}, ", self.sheet)?;
        }
        if let Some(row) = self.row {
            write!(f, "row {row}, ")?;
        }
        if let Some(column) = &self.column {
            write!(f, "column {column}, ")?;
        }
        write!(f, "{}: {}", self.code, self.detail)
    }
}

impl std::error::Error for SheetError {}

fn shown_row(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX).saturating_add(1)
}

/// Column letters of a column counted from 0: 0 is `A`, 25 `Z`, 26 `AA`.
pub fn letters(column: usize) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().map(|&b| char::from(b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        for (column, shown) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(column), shown);
        }
    }

    #[test]
    fn the_place_reads_as_a_person_counts() {
        let error = SheetError::cell("评分", 4, 2, "mark-over-maximum", "31 is over 30");
        assert_eq!(error.to_string(), "sheet 评分, row 5, column C, mark-over-maximum: 31 is over 30");
        assert_eq!(SheetError::file("not-a-workbook", "no").to_string(), "not-a-workbook: no");
    }
}
