//! The list of all tables.

use crate::papers::source::Source;
use crate::papers::table::Table;
use crate::papers::{aside, cards, cover, log, matrix, panel, programme, standings, statistics, votes};

/// Every table, in the order of the workbook's sheets.
pub fn tables(source: &Source) -> Vec<Table> {
    TABLES.iter().map(|(_, make)| make(source)).collect()
}

/// The table of this name.
pub fn table(source: &Source, key: &str) -> Option<Table> {
    TABLES.iter().find(|(of, _)| *of == key).map(|(_, make)| make(source))
}

type Make = fn(&Source) -> Table;

const TABLES: [(&str, Make); 12] = [
    ("contest", cover::table),
    ("standings", standings::table),
    ("matrix", matrix::table),
    ("scorecards", cards::table),
    ("deductions", aside::deductions),
    ("recusals", aside::recusals),
    ("votes", votes::table),
    ("programme", programme::table),
    ("judges", panel::judges),
    ("criteria", panel::criteria),
    ("statistics", statistics::table),
    ("log", log::table),
];

/// Names of all tables.
pub fn keys() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(key, _)| *key)
}
