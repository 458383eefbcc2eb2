//! Spreadsheets in and out: rosters from workbooks and CSV, the template to fill in, text that stays text.
//!
//! It knows how organisers write their lists and what a hostile file looks like. It does not know who uploads, what a
//! contest holds already, or how an error reads in a sentence: it names the place and a code, the pages say the rest.

pub mod answers;
pub mod blocks;
pub mod columns;
pub mod csv;
pub mod error;
pub mod findings;
pub mod format;
pub mod grid;
pub mod guard;
pub mod headings;
pub mod method;
pub mod ods;
pub mod overtime;
pub mod read;
pub mod interests;
pub mod roster;
pub mod scorecards;
pub mod section;
pub mod table;
pub mod template;
pub mod topic;
pub mod vocabulary;
pub mod xls;
pub mod xlsx;
