//! The workbook to fill in: five sheets with headings, an example and a note on each, in one of two languages.
//!
//! What it offers, the importer reads; a test holds them together. Texts are written as typed strings and names'
//! columns are formatted as text, so that nothing typed there turns into a date or a formula.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};

/// The language of the template's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Chinese,
    English,
}

/// Rows that are prepared for typing.
const PREPARED_ROWS: u32 = 200;
const NOTE_ROW: u32 = 0;
const HEADING_ROW: u32 = 1;

struct Sheet {
    name: &'static str,
    note: &'static str,
    columns: &'static [Column],
    rows: &'static [&'static [&'static str]],
}

struct Column {
    heading: &'static str,
    /// In characters of the standard font.
    width: u16,
    typed: Typed,
}

enum Typed {
    Text,
    Number,
    /// Text from a short list.
    Choice(&'static [&'static str]),
}

const fn text(heading: &'static str, width: u16) -> Column {
    Column { heading, width, typed: Typed::Text }
}

const fn number(heading: &'static str, width: u16) -> Column {
    Column { heading, width, typed: Typed::Number }
}

const CHINESE: [Sheet; 4] = [
    Sheet {
        name: "项目",
        note: "每行一个项目,序号即出场号。项目名称最多120字;简称最多20字,可不填;读音写给主持人看,可不填。请覆盖示例行;本行和标题行可保留。",
        columns: &[
            number("序号", 8),
            text("项目名称", 56),
            text("简称", 22),
            text("赛道", 22),
            text("所属单位", 28),
            text("路演人", 14),
            text("读音", 24),
        ],
        rows: &[&["1", "示例项目(请改写)", "示例项目", "新能源", "", "", ""]],
    },
    Sheet {
        name: "评委",
        note: "每行一位评委。组长一列填“是”,最多一位,可不填。",
        columns: &[
            number("编号", 8),
            text("姓名", 18),
            text("单位", 32),
            Column { heading: "组长", width: 8, typed: Typed::Choice(&["是", "否"]) },
        ],
        rows: &[&["1", "评委1", "", "是"], &["2", "评委2", "", ""], &["3", "评委3", "", ""]],
    },
    Sheet {
        name: "评分标准",
        note: "分值为该项满分;步长为打分的最小刻度,不填则可到两位小数;权重不填则等于分值。",
        columns: &[
            text("评分项", 24),
            number("分值", 8),
            number("步长", 8),
            number("权重", 8),
            text("说明", 48),
        ],
        rows: &[
            &["技术创新性", "30", "0.5", "", "原理、指标、知识产权"],
            &["市场前景", "25", "0.5", "", "规模、竞争、客户"],
            &["团队", "20", "0.5", "", "结构、经验"],
            &["商业模式与财务", "15", "0.5", "", "收入、成本、融资"],
            &["现场表现", "10", "0.5", "", "表达、答辩"],
        ],
    },
    Sheet {
        name: "规则",
        note: "可改“值”一列;不认识的写法会在导入时指出。超时扣分写“10秒0.2;30秒0.5”(超过10秒扣0.2分,超过30秒扣0.5分)或“无”。整张表可删除,删除则用默认规则。",
        columns: &[text("项", 24), text("值", 44)],
        rows: &[
            &["路演时间(分钟)", "8"],
            &["答辩时间(分钟)", "7"],
            &["计分方法", "去掉一个最高分和一个最低分取平均"],
            &["小数位数", "2"],
            &["超时扣分", "无"],
            &["评分开放", "手动"],
            &["评分关闭", "手动"],
            &["迟交评分表", "拒收"],
            &["预热组项目数", "0"],
            &["延后公布", "0"],
            &["亮分方式", "一起"],
        ],
    },
];

const ENGLISH: [Sheet; 4] = [
    Sheet {
        name: "Projects",
        note: "One project a row; the number is its place in the running order. Names up to 120 characters; short names up to 20, optional; Pronunciation is for the MC, optional. Type over the example; this row and the headings may stay.",
        columns: &[
            number("No.", 8),
            text("Project name", 56),
            text("Short name", 22),
            text("Track", 22),
            text("Organisation", 28),
            text("Presenter", 18),
            text("Pronunciation", 24),
        ],
        rows: &[&["1", "Example project (type over)", "Example", "Energy", "", "", ""]],
    },
    Sheet {
        name: "Judges",
        note: "One judge a row. Put “yes” under Chair for at most one of them, or for none.",
        columns: &[
            number("No.", 8),
            text("Name", 18),
            text("Organisation", 32),
            Column { heading: "Chair", width: 8, typed: Typed::Choice(&["yes", "no"]) },
        ],
        rows: &[&["1", "Judge 1", "", "yes"], &["2", "Judge 2", "", ""], &["3", "Judge 3", "", ""]],
    },
    Sheet {
        name: "Rubric",
        note: "Maximum is the highest mark; Step the finest grid of marks (empty: two decimals); an empty Weight column means weight = maximum.",
        columns: &[
            text("Criterion", 24),
            number("Maximum", 10),
            number("Step", 8),
            number("Weight", 8),
            text("Description", 48),
        ],
        rows: &[
            &["Technology", "30", "0.5", "", "Principle, figures, intellectual property"],
            &["Market", "25", "0.5", "", "Size, competition, customers"],
            &["Team", "20", "0.5", "", "Composition, experience"],
            &["Business model and finance", "15", "0.5", "", "Revenue, cost, funding"],
            &["Presentation", "10", "0.5", "", "Delivery, answers"],
        ],
    },
    Sheet {
        name: "Rules",
        note: "Change the Value column; the import names any wording it does not know. Overtime steps read “10 s 0.2; 30 s 0.5” (more than 10 seconds over cost 0.2 points, more than 30 cost 0.5) or “none”. Without this sheet the default rule holds.",
        columns: &[text("Item", 24), text("Value", 44)],
        rows: &[
            &["Pitch minutes", "8"],
            &["Q&A minutes", "7"],
            &["Method", "trimmed mean"],
            &["Decimals", "2"],
            &["Overtime steps", "none"],
            &["Window opens", "by hand"],
            &["Window closes", "by hand"],
            &["Late scorecards", "refused"],
            &["Warm-up group", "0"],
            &["Announce after", "0"],
            &["Plates", "Together"],
        ],
    },
];

const PROGRAMME: Sheet = Sheet {
    name: "议程",
    note: "路演前、中、后的环节,每行一个。位置写“开头”“项目3之前”“2个项目之后”或“最后”;标题不填则用环节名;名单用“、”隔开;时长不填则不计时。整张表可删除。",
    columns: &[
        Column { heading: "环节", width: 10, typed: Typed::Choice(&KINDS) },
        text("标题", 28),
        text("名单", 40),
        text("时长(分钟)", 12),
        text("位置", 18),
    ],
    rows: &[
        &["开场", "开场致辞", "", "5", "开头"],
        &["茶歇", "", "", "15", "6个项目之后"],
        &["颁奖", "", "", "", "最后"],
    ],
};

const PROGRAMME_ENGLISH: Sheet = Sheet {
    name: "Programme",
    note: "What comes before, between and after the pitches, one a row. Position: “start”, “before project 3”, “after 2 pitches” or “end”. An empty title is the segment's own; names are separated by “;”; without minutes there is no timer. The sheet may be deleted.",
    columns: &[
        Column { heading: "Segment", width: 14, typed: Typed::Choice(&KINDS_ENGLISH) },
        text("Title", 28),
        text("Names", 40),
        text("Minutes", 12),
        text("Position", 18),
    ],
    rows: &[
        &["opening", "Opening address", "", "5", "start"],
        &["break", "", "", "15", "after 6 pitches"],
        &["awards", "", "", "", "end"],
    ],
};

/// The segments to choose from.
const KINDS: [&str; 9] = ["开场", "揭牌", "聘书", "签约", "推介", "抽签", "茶歇", "颁奖", "其他"];
const KINDS_ENGLISH: [&str; 9] =
    ["opening", "unveiling", "appointment", "signing", "presentation", "draw", "break", "awards", "other"];

const SCORES: Sheet = Sheet {
    name: "评分",
    note: "每行一份评分表:项目和评委填编号或名称,各评分项填分数。没有打全的一行不计分。",
    columns: &[
        text("项目", 12),
        text("评委", 12),
        number("技术创新性", 12),
        number("市场前景", 12),
        number("团队", 12),
        number("商业模式与财务", 16),
        number("现场表现", 12),
    ],
    rows: &[&["1", "1", "27.5", "21", "16", "12", "8.5"]],
};

const SCORES_ENGLISH: Sheet = Sheet {
    name: "Scores",
    note: "One scorecard a row: project and judge by number or name, a mark for each criterion. A row with a gap does not count.",
    columns: &[
        text("Project", 12),
        text("Judge", 12),
        number("Technology", 12),
        number("Market", 12),
        number("Team", 12),
        number("Business model and finance", 26),
        number("Presentation", 14),
    ],
    rows: &[&["1", "1", "27.5", "21", "16", "12", "8.5"]],
};

/// The template of `podium tally`: the sheets that count, and one for the scorecards.
pub fn tally(language: Language) -> Vec<u8> {
    let (sheets, scores) = match language {
        Language::Chinese => (&CHINESE, &SCORES),
        Language::English => (&ENGLISH, &SCORES_ENGLISH),
    };
    written(sheets.iter().chain([scores])).expect("the template's constants make a workbook")
}

/// The template as a file.
pub fn template(language: Language) -> Vec<u8> {
    let (sheets, programme) = match language {
        Language::Chinese => (&CHINESE, &PROGRAMME),
        Language::English => (&ENGLISH, &PROGRAMME_ENGLISH),
    };
    // Only constants go in, and a test writes both; nothing of a user's can make it fail.
    written(sheets.iter().chain([programme])).expect("the template's constants make a workbook")
}

fn written<'a>(sheets: impl IntoIterator<Item = &'a Sheet>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same file to the byte for everybody, whenever they ask.
    let since = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&since));
    for sheet in sheets {
        write_sheet(book.add_worksheet(), sheet)?;
    }
    book.save_to_buffer()
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let note = Format::new().set_text_wrap().set_italic().set_font_color(Color::RGB(0x59_59_59));
    let note = note.set_align(FormatAlign::VerticalCenter);
    let heading = Format::new().set_bold().set_background_color(Color::RGB(0xe8_ee_f7));
    let heading = heading.set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let as_text = Format::new().set_num_format("@");

    page.set_name(sheet.name)?;
    let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    page.merge_range(NOTE_ROW, 0, NOTE_ROW, last, sheet.note, &note)?;
    page.set_row_height(NOTE_ROW, 54)?;
    for (at, column) in (0..).zip(sheet.columns) {
        page.set_column_width(at, column.width)?;
        page.write_string_with_format(HEADING_ROW, at, column.heading, &heading)?;
        match column.typed {
            Typed::Text => {
                page.set_column_format(at, &as_text)?;
            }
            Typed::Number => {}
            Typed::Choice(words) => {
                let choice = DataValidation::new().allow_list_strings(words)?;
                page.add_data_validation(HEADING_ROW + 1, at, HEADING_ROW + PREPARED_ROWS, at, &choice)?;
            }
        }
    }
    for (row, cells) in (HEADING_ROW + 1..).zip(sheet.rows) {
        for ((at, column), cell) in (0..).zip(sheet.columns).zip(*cells) {
            write_cell(page, (row, at), column, cell, &as_text)?;
        }
    }
    page.set_freeze_panes(HEADING_ROW + 1, 0)?;
    Ok(())
}

fn write_cell(
    page: &mut Worksheet,
    (row, at): (u32, u16),
    column: &Column,
    cell: &str,
    as_text: &Format,
) -> Result<(), XlsxError> {
    match (&column.typed, cell.parse::<f64>()) {
        (_, _) if cell.is_empty() => {}
        (Typed::Number, Ok(value)) => {
            page.write_number(row, at, value)?;
        }
        (Typed::Text, _) => {
            page.write_string_with_format(row, at, cell, as_text)?;
        }
        _ => {
            page.write_string(row, at, cell)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kernel::points::Points;
    use crate::domain::scoring::overtime::Step;
    use crate::domain::scoring::rule::Rule;
    use crate::domain::terms::programme::{SegmentKind, WindowPolicy};
    use crate::sheets::overtime;
    use crate::sheets::roster::programme::position;
    use crate::sheets::roster::read_roster;
    use crate::sheets::vocabulary::{SEGMENTS, segment};

    #[test]
    fn what_the_template_offers_the_importer_reads() {
        for language in [Language::Chinese, Language::English] {
            let file = read_roster("template.xlsx", &template(language)).unwrap();
            let blueprint = file.blueprint;
            assert_eq!((blueprint.projects.len(), blueprint.judges.len()), (1, 3), "{language:?}");
            assert_eq!(blueprint.tracks.len(), 1);
            assert_eq!(blueprint.chair.map(|chair| chair.0), Some(1));
            let weights: Vec<u32> = blueprint.criteria.iter().map(|criterion| criterion.weight).collect();
            assert_eq!(weights, [30, 25, 20, 15, 10]);
            assert_eq!(
                blueprint.timing,
                Some(crate::domain::terms::programme::Timing {
                    pitch_secs: 480,
                    qa_secs: 420,
                    ..Default::default()
                })
            );
            assert_eq!(blueprint.rule, Some(Rule::default()), "what it offers is the default");
            assert_eq!(blueprint.window, Some(WindowPolicy::default()));
            let segments = blueprint.segments.iter().map(|row| &row.segment);
            let segments: Vec<_> = segments.map(|one| (one.kind, one.secs, one.after)).collect();
            let (opening, pause, awards) = (SegmentKind::Opening, SegmentKind::Break, SegmentKind::Awards);
            assert_eq!(segments, [(opening, 300, Some(0)), (pause, 900, Some(6)), (awards, 0, None)]);
            assert!(file.skipped.iter().all(|skipped| skipped.code == "above-heading"), "{:?}", file.skipped);
        }
    }

    #[test]
    fn the_programme_can_be_filled_in_as_its_note_says() {
        for (sheet, kinds) in [(&PROGRAMME, &KINDS), (&PROGRAMME_ENGLISH, &KINDS_ENGLISH)] {
            let offered: Vec<_> =
                kinds.iter().filter_map(|word| segment(word)).map(|(kind, _)| kind).collect();
            let all: Vec<_> = SEGMENTS.iter().map(|(kind, _, _)| *kind).collect();
            assert_eq!(offered, all, "every kind can be chosen, in the order of the vocabulary");
            let quoted = sheet.note.split('“').skip(1).filter_map(|rest| rest.split('”').next());
            let places = quoted.filter(|word| position(word).is_some()).count();
            assert_eq!(places, 4, "{}", sheet.note);
        }
    }

    #[test]
    fn the_steps_of_its_note_are_read_as_it_says() {
        for language in [&CHINESE, &ENGLISH] {
            let note = language[3].note;
            let quoted: Vec<&str> =
                note.split('“').skip(1).filter_map(|rest| rest.split('”').next()).collect();
            let [.., steps, none] = quoted.as_slice() else { panic!("{note}") };
            let step = |over_secs, ticks| Step { over_secs, points: Points::from_ticks(ticks) };
            assert_eq!(overtime::steps(steps), Ok(vec![step(10, 2_000), step(30, 5_000)]), "{steps}");
            assert_eq!(overtime::steps(none), Ok(vec![]), "{none}");
        }
    }
}
