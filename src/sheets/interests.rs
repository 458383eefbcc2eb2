//! The list of interests as a workbook for the organiser. Every cell is written as text: what a stranger typed is no formula.

use crate::domain::interest::{Interest, Purpose, State};
use crate::domain::kernel::ids::ProjectId;
use crate::sheets::template::Language;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

const HEADINGS: [[&str; 2]; 9] = [
    ["时间", "Time"],
    ["姓名", "Name"],
    ["单位", "Unit"],
    ["联系方式", "Contact"],
    ["意向", "What for"],
    ["项目", "Projects"],
    ["说明", "Words"],
    ["状态", "Status"],
    ["备注", "Note"],
];
const WIDTHS: [u16; 9] = [18, 16, 28, 26, 14, 40, 40, 12, 40];

fn purpose(purpose: Purpose) -> [&'static str; 2] {
    match purpose {
        Purpose::Invest => ["投资", "Invest"],
        Purpose::Cooperate => ["合作", "Cooperate"],
        Purpose::Buy => ["采购", "Buy"],
        Purpose::Settle => ["落地", "Settle"],
        Purpose::Other => ["其他", "Other"],
    }
}

fn state(state: State) -> [&'static str; 2] {
    match state {
        State::New => ["新", "New"],
        State::Contacted => ["已联系", "Contacted"],
        State::Meeting => ["约谈", "Meeting"],
        State::Signed => ["签约", "Signed"],
        State::Declined => ["未果", "Declined"],
    }
}

/// # Errors
/// What the writer says; it is given nothing that it could refuse.
pub fn workbook(
    rows: &[Interest],
    zone: &str,
    language: Language,
    name: impl Fn(ProjectId) -> Option<String>,
) -> Result<Vec<u8>, XlsxError> {
    let at = usize::from(language == Language::English);
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let mut book = Workbook::new();
    // The same list is the same file, whenever it is asked for.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?));
    let sheet = book.add_worksheet();
    sheet.set_name(["合作意向", "Interests"][at])?;
    let (head, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    for (column, (heading, width)) in (0_u16..).zip(HEADINGS.iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, heading[at], &head)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        let millis = i64::try_from(row.at).unwrap_or(i64::MAX);
        let when = jiff::Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(zone.clone());
        let projects = row.projects.iter().map(|one| name(*one).unwrap_or_else(|| one.to_string()));
        let cells = [
            when.strftime("%Y-%m-%d %H:%M").to_string(),
            row.name.clone(),
            row.unit.clone(),
            row.contact.clone(),
            purpose(row.purpose)[at].to_owned(),
            projects.collect::<Vec<_>>().join("; "),
            row.words.clone(),
            state(row.state)[at].to_owned(),
            row.note.clone(),
        ];
        for (column, cell) in (0_u16..).zip(&cells) {
            sheet.write_string_with_format(line, column, cell, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}
