//! CSV in and out. In: records as a spreadsheet numbers its rows. Out: RFC 4180 with a byte-order mark, where text
//! can never turn into a formula.
//!
//! Reading is done here rather than by the `csv` crate because that skips blank lines, and a row's number is what an
//! error is named by.

use super::grid::{Cell, Grid};
use encoding_rs::{Encoding, GB18030};

/// The separators that spreadsheets write, by locale.
pub const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// Characters that make a spreadsheet take a text for a formula, and their full-width twins.
const FORMULA_STARTS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '=', '+', '-', '@'];

/// A file's text, and how it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: &'static str,
    /// The bytes say so themselves, or somebody did; else it is a guess.
    pub certain: bool,
}

/// The file's text: what its byte-order mark says, what somebody said (`wanted`), UTF-8, UTF-16 by its zeros, or what
/// the bytes look most like. `None` where it is none of these.
pub fn decode(bytes: &[u8], wanted: Option<&str>) -> Option<Decoded> {
    let whole = |encoding: &'static Encoding, bytes: &[u8], certain| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
        Some(Decoded { text, encoding: encoding.name(), certain })
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(encoding, &bytes[mark..], true);
    }
    if let Some(encoding) = wanted.and_then(|label| Encoding::for_label(label.as_bytes())) {
        return whole(encoding, bytes, true);
    }
    if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() {
        return whole(encoding_rs::UTF_8, bytes, true);
    }
    // Lists have line breaks, commas and digits: their other half is a zero in UTF-16.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    if bytes.contains(&0) {
        let encoding = if zeros(1) >= zeros(0) { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        return whole(encoding, bytes, false);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(None, chardetng::Utf8Detection::Deny);
    // A Chinese office's list first: its bytes are often taken for another East Asian script's.
    let chinese = || GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    let western =
        likely.is_single_byte() && bytes.iter().filter(|byte| !byte.is_ascii()).count() * 8 < bytes.len();
    let encoding = if !western && chinese() { GB18030 } else { likely };
    whole(encoding, bytes, false)
}

/// `text` as a sheet, and the row of a quote that is never closed. Quoted fields may hold separators, line breaks and doubled
/// quotes.
pub fn grid(sheet: &str, text: &str, separator: char) -> (Grid, Option<u32>) {
    let mut grid = Grid::named(sheet);
    let (mut row, mut column, mut opened) = (1, 0, 1);
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
            '"' if field.is_empty() => (quoted, opened) = (true, row),
            c if c == separator => {
                grid.put(row, column, Cell::Text(unguarded(std::mem::take(&mut field))));
                column += 1;
            }
            '\r' | '\n' => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                grid.put(row, column, Cell::Text(unguarded(std::mem::take(&mut field))));
                (row, column) = (row + 1, 0);
            }
            c => field.push(c),
        }
    }
    grid.put(row, column, Cell::Text(unguarded(field)));
    (grid, quoted.then_some(opened))
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
        let (grid, open) = grid("f", text, separator);
        assert_eq!(open, None);
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
    fn a_quote_that_is_never_closed_is_named_by_its_row() {
        assert_eq!(grid("f", "a,b\n1,\"c\nd\ne", ',').1, Some(2));
        assert_eq!(grid("f", "a,b\n1,c\"d\n", ',').1, None);
    }

    #[test]
    fn texts_decode_by_mark_then_word_then_utf8_then_likeness() {
        let read = |bytes: &[u8], wanted| {
            decode(bytes, wanted).map(|found| (found.text, found.encoding, found.certain))
        };
        let list = "序号,项目名称,赛道\r\n1,柔性电池,新能源\r\n";
        let units = |swap: bool| {
            list.encode_utf16()
                .flat_map(move |unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() })
        };
        let as_it_was = |encoding, certain| Some((list.to_owned(), encoding, certain));
        assert_eq!(read(format!("\u{feff}{list}").as_bytes(), None), as_it_was("UTF-8", true));
        assert_eq!(read(list.as_bytes(), None), as_it_was("UTF-8", true));
        assert_eq!(read(&GB18030.encode(list).0, None), as_it_was("gb18030", false));
        assert_eq!(read(&GB18030.encode(list).0, Some("gbk")), as_it_was("GBK", true));
        assert_eq!(read(&units(false).collect::<Vec<_>>(), None), as_it_was("UTF-16LE", false));
        assert_eq!(read(&units(true).collect::<Vec<_>>(), None), as_it_was("UTF-16BE", false));
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(units(false)).collect();
        assert_eq!(read(&marked, None), as_it_was("UTF-16LE", true));
        let western = "No.,Project\n1,Caf\u{e9} \u{c9}nergie solaire\n";
        let bytes = encoding_rs::WINDOWS_1252.encode(western).0;
        assert_eq!(read(&bytes, None), Some((western.to_owned(), "windows-1252", false)));
    }

    #[test]
    fn text_never_becomes_a_formula_and_comes_back_as_it_was() {
        let hostile =
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=1", "plain", "a,b", "say \"x\"", "两\n行"];
        let row: Vec<Value> = hostile.iter().map(|&text| Value::text(text)).collect();
        let bytes = document([row.as_slice()]);
        let text = decode(&bytes, None).unwrap().text;
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
