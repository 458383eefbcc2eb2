//! `POST /api/contests/{code}/import?dry_run=true|false` (multipart: `file`, and `answers` as JSON): a list as a conversation.

use crate::wire::error::Refusal;
use crate::wire::rest::{JudgeLine, PlaceProblem, ProjectLine, RuleLine};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person said about a file. Everything may be absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ImportAnswers {
    /// Of a text file; empty: as it looks.
    pub encoding: String,
    /// Hidden sheets, rows and columns are read, too.
    pub hidden: bool,
    /// An empty track stays empty, instead of the one above it.
    pub blank_tracks: bool,
    pub sheets: Vec<SheetAnswer>,
    pub columns: Vec<ColumnAnswer>,
    /// Ids of lines that are not taken, and names of parts.
    pub leave: Vec<String>,
    /// Ids of what is gone and is to be removed.
    pub remove: Vec<String>,
    /// The preview's; another one means that somebody changed the contest meanwhile.
    pub base: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetAnswer {
    pub sheet: String,
    /// `projects`, `judges`, `rubric`, `rules`, `programme`; anything else: it is not read.
    pub means: String,
}

/// A column by its place, or (sheet and column empty) wherever it has this heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ColumnAnswer {
    pub kind: String,
    pub sheet: String,
    pub column: String,
    pub heading: String,
    pub means: String,
}

/// What the file brings, and how it was understood.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportPreview {
    /// Imported, not only looked at.
    pub done: bool,
    pub projects: Vec<ProjectLine>,
    /// Beside each project: where it stands, and what it changes.
    pub project_changes: Vec<ImportChange>,
    pub judges: Vec<JudgeLine>,
    pub judge_changes: Vec<ImportChange>,
    /// In the contest, and not in the file's list of its kind.
    pub gone: Vec<GoneLine>,
    /// The file has those that are here in another order.
    pub reordered: bool,
    pub criteria: Vec<crate::wire::view::parts::CriterionInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rule: Option<RuleLine>,
    /// The chair until now, where the file names another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub chair_was: Option<String>,
    /// In the order of the evening.
    pub segments: Vec<crate::wire::plan::SegmentLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub window: Option<crate::wire::view::cockpit::WindowInfo>,
    /// Rubric, rule, times, windows, programme: those that the file has.
    pub parts: Vec<ImportPart>,
    pub sheets: Vec<ImportSheet>,
    pub tables: Vec<ImportTable>,
    /// Rows, columns and sheets that were passed over, each with the reason.
    pub skipped: Vec<PlaceProblem>,
    /// What was taken to mean what it does not quite say.
    pub guesses: Vec<PlaceProblem>,
    /// What is wrong; nothing can be imported while there is any.
    pub errors: Vec<PlaceProblem>,
    /// Why the rules would not take it as it is ticked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub refused: Option<Refusal>,
    pub base: String,
}

/// A line of a list: where it stands in the file, what the contest has of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportChange {
    pub id: String,
    pub sheet: String,
    pub row: u32,
    /// The cells as they are in the file.
    pub cells: Vec<String>,
    /// The contest has it; else it is new.
    pub known: bool,
    /// What differs.
    pub fields: Vec<FieldChange>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldChange {
    pub field: String,
    pub was: String,
    pub says: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct GoneLine {
    pub id: String,
    pub name: String,
    /// What hangs on it, so that it cannot be removed: `pitch`, `recusal`, `draw`, `vote`, `signing`, `scorecard`, `signature`;
    /// empty: nothing.
    pub held_by: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportPart {
    /// `rubric`, `rule`, `timing`, `window`, `programme`.
    pub part: String,
    /// The contest has it so.
    pub same: bool,
    /// What keeps it from being changed; empty: nothing.
    pub held_by: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportSheet {
    pub sheet: String,
    /// Empty: it is not read.
    pub means: String,
    pub hidden: bool,
}

/// A table of the file: what each column means, and its cells as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportTable {
    pub sheet: String,
    pub kind: String,
    /// The row of its headings.
    pub heading: u32,
    pub columns: Vec<ImportColumn>,
    pub rows: Vec<ImportRow>,
    /// Rows that are read and not in `rows`.
    pub more: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportColumn {
    pub column: String,
    pub heading: String,
    /// What it is read as; `nothing`: it is not.
    pub means: String,
    pub by_hand: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportRow {
    pub row: u32,
    pub cells: Vec<String>,
}
