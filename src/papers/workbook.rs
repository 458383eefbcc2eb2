//! Tables as a workbook to print and to file: A4 across, headings on every page, numbers as numbers with the digits that are printed.
//! Every text is a string cell: what a stranger typed is no formula.

use crate::papers::moment::Zone;
use crate::papers::source::Heading;
use crate::papers::table::{Cell, Number, Table};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// The heading's line, and that of the columns' names.
const ABOVE: u32 = 2;
/// Spreadsheets keep so many digits of a number.
const DIGITS: usize = 15;
/// Most characters of a cell.
const CHARS: usize = 32_767;

/// # Errors
/// What the writer says; it is given nothing that it could refuse.
pub fn write(tables: &[Table], heading: &Heading, zone: &Zone) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(&heading.title).set_comment(&heading.head));
    let mut formats = Formats::default();
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(table.name)?;
        set_up(sheet, table, heading)?;
        for (line, row) in (ABOVE..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                put(sheet, (line, column), cell, zone, &mut formats)?;
            }
        }
    }
    book.save_to_buffer()
}

fn set_up(sheet: &mut Worksheet, table: &Table, heading: &Heading) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(12);
    let head = Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Medium);
    let head = head.set_align(FormatAlign::VerticalCenter);
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let lines = ABOVE - 1 + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - ABOVE);
    for (column, one) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(column, one.width)?;
    }
    sheet.set_landscape().set_paper_size(9).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, ABOVE - 1)?;
    sheet.set_print_area(0, 0, lines, last)?;
    sheet.set_footer(format!("&L{}&R&P / &N", &heading.head));
    sheet.set_freeze_panes(ABOVE, table.kept)?;
    sheet.write_string_with_format(0, 0, heading.line(table.name), &title)?;
    for (column, one) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(1, column, &one.name, &head)?;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (line, column): (u32, u16),
    cell: &Cell,
    zone: &Zone,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            let text: String = text.chars().take(CHARS).collect();
            sheet.write_string_with_format(line, column, text, formats.text())?;
        }
        Cell::Number(number) => match value(number) {
            Some(value) => {
                sheet.write_number_with_format(line, column, value, formats.number(number))?;
            }
            None => {
                sheet.write_string_with_format(line, column, &number.printed, formats.text())?;
            }
        },
        Cell::Time(at) => {
            let at = zone.at(*at);
            let part = |part: i8| u8::try_from(part).unwrap_or_default();
            let year = u16::try_from(at.year()).unwrap_or(1900);
            let when = ExcelDateTime::from_ymd(year, part(at.month()), part(at.day()))?;
            let when = when.and_hms(u16::from(part(at.hour())), part(at.minute()), part(at.second()))?;
            sheet.write_datetime_with_format(line, column, &when, formats.time())?;
        }
    }
    Ok(())
}

/// The number, where a spreadsheet keeps all its digits.
fn value(number: &Number) -> Option<f64> {
    let digits = number.printed.bytes().filter(u8::is_ascii_digit).count();
    number.printed.parse().ok().filter(|_| digits <= DIGITS)
}

/// Each is made once.
#[derive(Default)]
struct Formats {
    numbers: BTreeMap<(usize, bool), Format>,
    text: Option<Format>,
    time: Option<Format>,
}

impl Formats {
    fn text(&mut self) -> &Format {
        let text = || Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        self.text.get_or_insert_with(text)
    }

    fn time(&mut self) -> &Format {
        let time = || Format::new().set_num_format("yyyy-mm-dd hh:mm:ss").set_align(FormatAlign::Top);
        self.time.get_or_insert_with(time)
    }

    /// With its decimals; what was left out stands in brackets and is struck through, on paper without colours, too.
    fn number(&mut self, number: &Number) -> &Format {
        let key @ (decimals, struck) = (number.decimals(), number.struck);
        self.numbers.entry(key).or_insert_with(|| {
            let digits = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
            let plain = Format::new().set_align(FormatAlign::Top);
            match struck {
                true => plain.set_num_format(format!("\"(\"{digits}\")\"")).set_font_strikethrough(),
                false => plain.set_num_format(digits),
            }
        })
    }
}
