//! CSV in and out. In: records as a spreadsheet numbers its rows. Out: RFC 4180 with a byte-order mark, where text
//! can never turn into a formula.
//!
//! Reading is done here rather than by the `csv` crate because that skips blank lines, and a row's number is what an
//! error is named by.

use super::grid::{Cell, Grid};
use encoding_rs::GB18030;

/// The separators that spreadsheets write, by locale.
pub const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Characters that make a spreadsheet take a text for a formula, and their full-width twins.
const FORMULA_STARTS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '=', '+', '-', '@'];

/// The file's text: what its byte-order mark says, else UTF-8, else GB18030 as a Chinese Excel saves it.
/// `None` where it is none of these.
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .map(std::borrow::Cow::into_owned);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// `text` as a sheet. Quoted fields may hold separators, line breaks and doubled quotes; a quote that never ends
/// holds the rest. `None` where a cell stands too far out.
pub fn grid(sheet: &str, text: &str, separator: char, too_far: fn(u32, u32) -> bool) -> Option<Grid> {
    let mut grid = Grid::named(sheet);
    let (mut row, mut column) = (1, 0);
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            if c != '"' {
                field.push(c);
            } else if chars.next_if_eq(&'"').is_some() {
                field.push('"');
            } else {
                quoted = false;
            }
            continue;
        }
        match c {
            '"' if field.is_empty() => quoted = true,
            c if c == separator => {
                put(&mut grid, (row, column), &mut field, too_far)?;
                column += 1;
            }
            '\r' | '\n' => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                put(&mut grid, (row, column), &mut field, too_far)?;
                (row, column) = (row + 1, 0);
            }
            c => field.push(c),
        }
    }
    put(&mut grid, (row, column), &mut field, too_far)?;
    Some(grid)
}

fn put(grid: &mut Grid, at: (u32, u32), field: &mut String, too_far: fn(u32, u32) -> bool) -> Option<()> {
    let text = std::mem::take(field);
    if text.trim().is_empty() {
        return Some(());
    }
    if too_far(at.0, at.1) {
        return None;
    }
    grid.put(at.0, at.1, Cell::Text(unguarded(text)));
    Some(())
}

/// Our own export's guard taken off again, so that a list survives the way out and back.
fn unguarded(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA_STARTS) => rest.to_owned(),
        _ => text,
    }
}

/// One value of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text that a person wrote or that is shown; never a formula.
    Text(String),
    /// A decimal that Podium computed; a negative one stays a number.
    Number(String),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    pub fn number(number: impl ToString) -> Self {
        Value::Number(number.to_string())
    }

    fn cell(&self) -> String {
        match self {
            Value::Number(number) if is_decimal(number) => number.clone(),
            Value::Number(text) | Value::Text(text) => guarded(text),
        }
    }
}

/// `text` such that no spreadsheet computes it.
fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.to_owned() }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// A whole document: byte-order mark (so that Excel takes it for UTF-8), CRLF, quotes where they are needed.
pub fn document<'a>(rows: impl IntoIterator<Item = &'a [Value]>) -> Vec<u8> {
    let mut out = "\u{feff}".to_owned();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|value| quoted(&value.cell())).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn quoted(text: &str) -> String {
    if text.contains([',', ';', '\t', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, separator: char) -> Vec<(u32, u32, String)> {
        let grid = grid("f", text, separator, |_, _| false).unwrap();
        let cell = |row, (column, cell): (&u32, &Cell)| match cell {
            Cell::Text(text) => (row, *column, text.clone()),
            other => panic!("{other:?} in a CSV"),
        };
        grid.rows().flat_map(|(row, cells)| cells.iter().map(move |at| cell(row, at))).collect()
    }

    #[test]
    fn rows_count_as_the_spreadsheet_counts_them() {
        let found = texts("a,\"b\nc\"\r\n\r\n,\"say \"\"x\"\"\"\rlast", ',');
        let expected = [(1, 0, "a"), (1, 1, "b\nc"), (3, 1, "say \"x\""), (4, 0, "last")]
            .map(|(r, c, t)| (r, c, t.to_owned()));
        assert_eq!(found, expected);
        assert_eq!(texts("a;b\n\n1;2", ';').last(), Some(&(3, 1, "2".to_owned())));
    }

    #[test]
    fn a_sheet_beyond_bounds_is_none() {
        assert_eq!(grid("f", "a\na\na", ',', |row, _| row > 2), None);
        assert_eq!(grid("f", "a,b,c", ',', |_, column| column > 1), None);
        let blank_end = grid("f", "a,b\n,\n\n\n\n\n", ',', |row, _| row > 1);
        assert!(blank_end.is_some(), "blank rows at the end do not count");
    }

    #[test]
    fn texts_decode_by_mark_then_utf8_then_gb18030() {
        assert_eq!(decode("\u{feff}项目".as_bytes()).as_deref(), Some("项目"));
        assert_eq!(decode("项目".as_bytes()).as_deref(), Some("项目"));
        assert_eq!(decode(&GB18030.encode("项目").0).as_deref(), Some("项目"));
        assert_eq!(decode(&[0xff, 0xfe, 0x79, 0x98, 0xee, 0x76]).as_deref(), Some("项目"));
        assert_eq!(decode(&[0x80, 0xff, 0xff]), None);
    }

    #[test]
    fn text_never_becomes_a_formula_and_comes_back_as_it_was() {
        let hostile =
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=1", "plain", "a,b", "say \"x\"", "两\n行"];
        let row: Vec<Value> = hostile.iter().map(|&text| Value::text(text)).collect();
        let bytes = document([row.as_slice()]);
        let text = decode(&bytes).unwrap();
        let raw = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records().next();
        for (cell, original) in raw.unwrap().unwrap().iter().zip(hostile) {
            assert!(!cell.starts_with(FORMULA_STARTS), "{cell:?} of {original:?} would be computed");
        }
        let back: Vec<String> = texts(&text, ',').into_iter().map(|(_, _, text)| text).collect();
        assert_eq!(back, hostile);
    }

    #[test]
    fn numbers_stay_numbers_and_only_numbers_do() {
        let row = [Value::number("-0.50"), Value::number("84.13"), Value::Number("-1+1".into())];
        assert_eq!(document([row.as_slice()]), "\u{feff}-0.50,84.13,'-1+1\r\n".as_bytes());
    }
}
