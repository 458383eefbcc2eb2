//! The door for workbooks: decides whether the bytes of an `.xlsx` may be handed to the parser at all.
//!
//! A workbook is a zip of XML, and both promise more than they weigh: a few kilobytes can inflate to gigabytes, and one
//! claim can make a parser allocate for it. Headers lie, so everything is counted while it is inflated. Knows sizes and
//! tags; does not know what any cell means.
use std::io::{Cursor, Read};

use crate::sheets::error::SheetError;
use crate::sheets::grid::Cell;

/// The largest file accepted, in bytes.
pub const FILE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The most entries in the zip.
pub const ENTRIES_MAX: usize = 200;
/// The most bytes all entries may inflate to, together.
pub const INFLATED_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Most sheets of a workbook; one part may be listed many times over.
const SHEETS_MAX: usize = 16;
/// Most that all cells together may weigh: a few bytes of a file can name the same long text in every cell.
const KEPT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// What a cell weighs besides its text.
const CELL_BYTES: usize = 96;

/// Refuses a workbook that is too large, too full or reaches too far. Returns `Ok` where the parser may have it.
pub fn check(bytes: &[u8]) -> Result<(), SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(too_large(bytes.len()));
    }
    let not_a_workbook = |e: &dyn std::fmt::Display| SheetError::file("not-a-workbook", e.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| not_a_workbook(&e))?;
    if archive.len() > ENTRIES_MAX {
        return Err(SheetError::file(
            "too-many-entries",
            format!("{} parts; at most {ENTRIES_MAX} are read", archive.len()),
        ));
    }
    let mut left = INFLATED_BYTES_MAX;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| not_a_workbook(&e))?;
        let name = entry.name().map_err(|e| not_a_workbook(&e))?.into_owned();
        let mut content = Vec::new();
        // One byte more than is left tells "exactly full" from "too much".
        entry.take(left + 1).read_to_end(&mut content).map_err(|e| not_a_workbook(&e))?;
        let size = content.len() as u64;
        if size > left {
            return Err(SheetError::file(
                "inflates-too-far",
                format!("the parts unpack to more than {INFLATED_BYTES_MAX} bytes"),
            ));
        }
        left -= size;
        check_part(&name, &content)?;
    }
    Ok(())
}

/// The file itself is too large; nobody may have counted how large.
pub fn too_large(bytes: usize) -> SheetError {
    let megabytes = |bytes: usize| match bytes {
        usize::MAX => "> 8".to_owned(),
        bytes => format!("{:.1}", bytes as f64 / (1024.0 * 1024.0)),
    };
    SheetError::file("file-too-large", format!("{bytes} bytes; at most {FILE_BYTES_MAX} are read"))
        .with("size", megabytes(bytes))
        .with("max", megabytes(FILE_BYTES_MAX))
}

/// What may still be kept.
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Budget(KEPT_BYTES_MAX)
    }
}

impl Budget {
    pub fn take(&mut self, cell: &Cell) -> Result<(), SheetError> {
        let text = if let Cell::Text(text) = cell { text.len() } else { 0 };
        let left = self.0.checked_sub(CELL_BYTES + text);
        self.0 = left.ok_or_else(|| {
            SheetError::file("inflates-too-far", format!("the cells hold more than {KEPT_BYTES_MAX} bytes"))
        })?;
        Ok(())
    }
}

pub fn sheets_max(sheets: usize) -> Result<(), SheetError> {
    if sheets <= SHEETS_MAX {
        return Ok(());
    }
    let detail = format!("{sheets} sheets; at most {SHEETS_MAX} are read");
    Err(SheetError::file("too-many-sheets", detail).with("max", SHEETS_MAX.to_string()))
}

pub fn protected() -> SheetError {
    SheetError::file("protected", "a password protects it")
}

/// Refuses a part that hides its tags, and a table of strings that claims to be longer than it is: the parser makes room
/// for as many as it says.
fn check_part(part: &str, content: &[u8]) -> Result<(), SheetError> {
    if looks_like_wide_text(content) {
        return Err(SheetError::file("unreadable-part", format!("{part} is not in UTF-8")));
    }
    let mut rest = content;
    while let Some((tag, after)) = next_tag(rest) {
        rest = after;
        let claimed = attribute(tag, b"uniqueCount").filter(|_| local_name(tag) == b"sst").map_or(0, digits);
        if claimed > content.len() as u64 {
            let detail = format!("{part} claims {claimed} strings in {} bytes", content.len());
            return Err(SheetError::file("inflates-too-far", detail));
        }
    }
    Ok(())
}

/// UTF-16 would hide its tags from the walk below.
fn looks_like_wide_text(content: &[u8]) -> bool {
    content.starts_with(&[0xFE, 0xFF])
        || content.starts_with(&[0xFF, 0xFE])
        || content.starts_with(b"\0<")
        || content.starts_with(b"<\0")
}

/// The inside of the next element tag and what follows it; comments, character data and instructions are stepped over.
pub fn next_tag(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = content;
    loop {
        let start = rest.iter().position(|&b| b == b'<')?;
        rest = &rest[start + 1..];
        let skip = [(&b"!--"[..], &b"-->"[..]), (b"![CDATA[", b"]]>"), (b"?", b"?>")];
        if let Some((open, close)) = skip.iter().find(|(open, _)| rest.starts_with(open)) {
            let inside = &rest[open.len()..];
            let end = inside.windows(close.len()).position(|w| w == *close)?;
            rest = &inside[end + close.len()..];
            continue;
        }
        let mut quote = None;
        for (at, &byte) in rest.iter().enumerate() {
            match quote {
                Some(q) if byte == q => quote = None,
                Some(_) => {}
                None if byte == b'"' || byte == b'\'' => quote = Some(byte),
                None if byte == b'>' => return Some((&rest[..at], &rest[at + 1..])),
                None => {}
            }
        }
        return None;
    }
}

pub fn local_name(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
    let name = &tag[..end];
    name.iter().rposition(|&b| b == b':').map_or(name, |colon| &name[colon + 1..])
}

/// The value of an attribute by its exact name.
pub fn attribute<'a>(tag: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let mut rest = &tag[tag.iter().position(u8::is_ascii_whitespace)?..];
    loop {
        rest = rest.trim_ascii_start();
        let equals = rest.iter().position(|&b| b == b'=')?;
        let name = rest[..equals].trim_ascii();
        rest = rest[equals + 1..].trim_ascii_start();
        let quote = *rest.first()?;
        let end = rest[1..].iter().position(|&b| b == quote)?;
        let value = &rest[1..=end];
        if name == wanted {
            return Some(value);
        }
        rest = &rest[end + 2..];
    }
}

/// Row and column of a reference such as `$B$12`, counted from 1; 0 where a part is missing.
pub fn cell_reference(reference: &[u8]) -> (u64, u64) {
    let column = reference
        .iter()
        .filter(|b| b.is_ascii_alphabetic())
        .fold(0u64, |n, b| n.saturating_mul(26).saturating_add(u64::from(b.to_ascii_uppercase() - b'A') + 1));
    (digits(reference), column)
}

pub fn digits(text: &[u8]) -> u64 {
    text.iter()
        .filter(|b| b.is_ascii_digit())
        .fold(0u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file(*name, options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn code(parts: &[(&str, &[u8])]) -> &'static str {
        check(&zipped(parts)).map_or_else(|e| e.code, |()| "ok")
    }

    #[test]
    fn an_ordinary_sheet_passes() {
        let sheet = br#"<?xml version="1.0"?><!-- a > " b --><worksheet><dimension ref="A1:BL5000"/><row r="5000"><c r="BL5000"/></row></worksheet>"#;
        assert_eq!(code(&[("xl/worksheets/sheet1.xml", sheet)]), "ok");
    }

    #[test]
    fn a_bomb_is_refused_while_it_is_inflated() {
        let zeros = vec![b' '; INFLATED_BYTES_MAX as usize / 2 + 1];
        assert_eq!(code(&[("a", &zeros)]), "ok");
        assert_eq!(code(&[("a", &zeros), ("b", &zeros)]), "inflates-too-far");
    }

    #[test]
    fn a_table_of_strings_may_not_claim_more_than_it_could_hold() {
        let claims_many = br#"<sst uniqueCount="99999999999999"/>"#;
        assert_eq!(code(&[("xl/sharedStrings.xml", claims_many)]), "inflates-too-far");
        let claims_one = br#"<sst uniqueCount="1"><si><t>a</t></si></sst>"#;
        assert_eq!(code(&[("xl/sharedStrings.xml", claims_one)]), "ok");
    }

    #[test]
    fn too_many_parts_too_many_bytes_and_no_zip_are_refused() {
        let names: Vec<String> = (0..=ENTRIES_MAX).map(|i| format!("p{i}")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
        assert_eq!(code(&parts), "too-many-entries");
        assert_eq!(check(&vec![0; FILE_BYTES_MAX + 1]).unwrap_err().code, "file-too-large");
        assert_eq!(check(b"name,score\n").unwrap_err().code, "not-a-workbook");
        assert_eq!(code(&[("a.xml", b"\xFF\xFE<\0r\0o\0w\0")]), "unreadable-part");
    }
}
