//! From a file's bytes to its sheets. What the file is, its bytes say; its name is only shown.
//!
//! A workbook is guarded before a parser sees it, so that its claims do not decide how much memory it takes.

use super::csv::{self, Decoded};
use super::error::SheetError;
use super::findings::{Findings, Place};
use super::grid::{Cell, Grid};
use super::headings::Kind;
use super::{guard, ods, xls, xlsx};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The sheets of a workbook, or the one of a text file (named as the file is). `encoding`: the text's, where somebody said.
pub fn grids(
    file_name: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    findings: &mut Findings,
) -> Result<Vec<Grid>, SheetError> {
    if bytes.len() > guard::FILE_BYTES_MAX {
        return Err(guard::too_large(bytes.len()));
    }
    let grids = match bytes {
        [b'P', b'K', ..] => {
            guard::check(bytes)?;
            // The first part of an OpenDocument file is its type, as it stands.
            let is_open =
                bytes.windows(38).take(200).any(|part| part == b"application/vnd.oasis.opendocument.spr");
            parsed(if is_open { ods::sheets } else { xlsx::sheets }, bytes)?
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => parsed(xls::sheets, bytes)?,
        [] => return Err(SheetError::file("file-empty", "no bytes")),
        _ => vec![separated(file_name, bytes, encoding, findings)?],
    };
    if grids.is_empty() { Err(SheetError::file("not-a-workbook", "no sheets inside")) } else { Ok(grids) }
}

/// A parser checks its arithmetic in some builds only; a hostile reference may end it mid-way.
fn parsed(sheets: fn(&[u8]) -> Result<Vec<Grid>, SheetError>, bytes: &[u8]) -> Result<Vec<Grid>, SheetError> {
    catch_unwind(AssertUnwindSafe(|| sheets(bytes)))
        .unwrap_or_else(|_| Err(SheetError::file("workbook-damaged", "a reference beyond any sheet")))
}

fn separated(
    file_name: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    findings: &mut Findings,
) -> Result<Grid, SheetError> {
    let says_workbook = |ending| file_name.to_ascii_lowercase().ends_with(ending);
    if [".xlsx", ".xlsm", ".xls", ".et", ".ods"].into_iter().any(says_workbook) {
        return Err(SheetError::file("not-a-workbook", "named like a workbook, and none inside"));
    }
    let Decoded { text, encoding, certain } = csv::decode(bytes, encoding)
        .filter(|decoded| !decoded.text.contains('\0'))
        .ok_or_else(|| SheetError::file("unknown-encoding", "in no encoding that is known"))?;
    let read = |separator| csv::grid(file_name, &text, separator);
    // The separator is the one that makes headings of some row.
    let headings = |grid: &Grid| grid.rows().map(|(_, row)| known(row.values())).max().unwrap_or(0);
    let candidates = csv::SEPARATORS.into_iter().map(read);
    let best = candidates.rev().max_by_key(|(grid, _)| headings(grid));
    let (grid, open) = best.unwrap_or_default();
    if let Some(row) = open {
        return Err(SheetError::row(file_name, row as usize - 1, "quote-open", "a quote is never closed")
            .with("text", "\""));
    }
    if !certain {
        findings.guess(Place::sheet(file_name), "read-as", &[("encoding", encoding.to_owned())]);
    }
    Ok(grid)
}

fn known<'a>(cells: impl Iterator<Item = &'a Cell>) -> usize {
    let is_heading = |cell: &&Cell| matches!(cell, Cell::Text(text) if Kind::ALL.iter().any(|kind| kind.field(text).is_some()));
    cells.filter(is_heading).count()
}
