//! A table as every writer renders it: typed cells under headings. No writer knows what a table is about.

use crate::domain::kernel::points::Points;
use crate::domain::kernel::time::Millis;
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Blank,
    Text(String),
    Number(Number),
    Time(Millis),
}

/// A number exactly as it is printed: `91.60`. No writer computes with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub printed: String,
    /// It was left out of what its row comes to.
    pub struck: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs, in every language the same.
    pub key: String,
    pub name: String,
    /// In characters.
    pub width: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in addresses.
    pub key: &'static str,
    pub name: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Columns that stay in sight.
    pub kept: u16,
}

impl Table {
    /// A table without rows: key, heading and width of each column.
    pub fn new(key: &'static str, name: &'static str, columns: &[(&str, &str, u16)]) -> Self {
        let columns = columns.iter().map(|(key, name, width)| Column::new(*key, *name, *width)).collect();
        Table { key, name, columns, rows: Vec::new(), kept: 0 }
    }

    pub fn keeping(self, kept: u16) -> Self {
        Table { kept, ..self }
    }
}

impl Column {
    pub fn new(key: impl Into<String>, name: impl Into<String>, width: u16) -> Self {
        Column { key: key.into(), name: name.into(), width }
    }
}

impl Cell {
    /// Nothing is no text.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
    }

    /// A score as it was printed; nothing where there is none.
    pub fn score(printed: &str) -> Self {
        match printed {
            "" => Cell::Blank,
            printed => Cell::Number(Number { printed: printed.to_owned(), struck: false }),
        }
    }

    pub fn count(number: impl fmt::Display) -> Self {
        Cell::score(&number.to_string())
    }

    pub fn points(points: Points) -> Self {
        Cell::score(&points.to_string())
    }

    pub fn struck(self) -> Self {
        match self {
            Cell::Number(number) => Cell::Number(Number { struck: true, ..number }),
            other @ (Cell::Blank | Cell::Text(_) | Cell::Time(_)) => other,
        }
    }
}

impl Number {
    /// Digits behind the point.
    pub fn decimals(&self) -> usize {
        self.printed.split_once('.').map_or(0, |(_, digits)| digits.len())
    }
}
