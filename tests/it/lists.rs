//! Lists as offices really have them: each oddity by itself, with what must come out of it computed by hand.

use podium::domain::command::blueprint::Blueprint;
use podium::domain::kernel::points::Points;
use podium::domain::scoring::rule::Method;
use podium::domain::terms::programme::Closes;
use podium::sheets::answers::{Answers, ColumnMeans, SheetMeans};
use podium::sheets::columns::Field;
use podium::sheets::headings::Kind;
use podium::sheets::roster::{RosterFile, look};
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, Worksheet};
use std::path::Path;

fn shared(file: &str) -> Option<Vec<u8>> {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/lists").join(file);
    match std::fs::read(&at) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            crate::harness::skipped(file, &error.to_string());
            None
        }
    }
}

fn read(name: &str, bytes: &[u8]) -> RosterFile {
    let (file, errors) = look(name, bytes, &Answers::default());
    assert!(errors.is_empty(), "{name}: {errors:?}");
    file
}

/// `row column code text` of every error.
fn errors(name: &str, bytes: &[u8]) -> Vec<String> {
    let shown = |error: podium::sheets::error::SheetError| {
        let text = error.params.iter().find(|(name, _)| *name == "text").map_or("-", |(_, text)| text);
        let place = (error.row.unwrap_or(0), error.column.unwrap_or_default());
        format!("{} {} {} {text}", place.0, place.1, error.code)
    };
    look(name, bytes, &Answers::default()).1.into_iter().map(shown).collect()
}

/// `number name track` of every project.
fn projects(blueprint: &Blueprint) -> Vec<(u16, &str, &str)> {
    let track = |at: Option<usize>| at.map_or("", |at| blueprint.tracks[at].as_str());
    blueprint.projects.iter().map(|one| (one.id.0, one.name.as_str(), track(one.track))).collect()
}

fn codes(remarks: &[podium::sheets::findings::Remark]) -> Vec<&'static str> {
    remarks.iter().map(|remark| remark.code).collect()
}

fn text(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match cell.parse::<f64>() {
                Ok(number) if !cell.starts_with('0') => {
                    sheet.write(row as u32, column as u16, number).unwrap()
                }
                _ => sheet.write(row as u32, column as u16, *cell).unwrap(),
            };
        }
    }
}

fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        text(book.add_worksheet().set_name(*name).unwrap(), rows);
    }
    book.save_to_buffer().unwrap()
}

fn csv(rows: &[&[&str]]) -> String {
    rows.iter().map(|cells| format!("{}\r\n", cells.join(","))).collect()
}

const LIST: &[&[&str]] = &[
    &["序号", "项目名称", "赛道", "单位"],
    &["1", "柔性电池", "新能源", "甲公司"],
    &["2", "星载天线", "航空航天", "乙大学"],
    &["3", "视觉芯片", "电子信息", "丙研究院"],
];
const THREE: [(u16, &str, &str); 3] =
    [(1, "柔性电池", "新能源"), (2, "星载天线", "航空航天"), (3, "视觉芯片", "电子信息")];

#[test]
fn the_lists_that_really_arrived_are_read_as_their_office_means_them() {
    for file in [
        "a-fill-to-column-100",
        "b-borders-to-row-6200",
        "c-dimension-claims-everything",
        "d-dimension-claims-A1",
        "e-a-space-in-row-5500",
        "f-506-blank-looking-rows",
        "g-another-sheet-of-5600-rows",
    ] {
        let Some(bytes) = shared(&format!("stray-cells/{file}.xlsx")) else { continue };
        let read = read(file, &bytes);
        assert_eq!(projects(&read.blueprint), THREE, "{file}");
        let skipped: Vec<_> =
            read.skipped.iter().map(|one| (one.sheet.as_str(), one.row, one.code)).collect();
        let other = [("通讯录", None, "unknown-sheet")];
        assert_eq!(skipped, if file.starts_with('g') { &other[..] } else { &[] }, "{file}");
    }
    let tracks = |file: &str, expected: &[&str]| {
        let Some(bytes) = shared(file) else { return };
        let read = read(file, &bytes);
        let found: Vec<&str> = projects(&read.blueprint).iter().map(|project| project.2).collect();
        assert_eq!(found, expected, "{file}");
    };
    tracks("merged/a-track-merged-down.xlsx", &["新能源", "新能源", "航空航天", "航空航天"]);
    if let Some(bytes) = shared("merged/b-two-row-heading.xlsx") {
        assert_eq!(read("b", &bytes).blueprint.projects.len(), 3);
    }
    if let Some(bytes) = shared("merged/c-unit-merged-too.xlsx") {
        let found = read("c", &bytes).blueprint;
        let rows = projects(&found);
        assert_eq!((found.projects[0].unit.clone(), rows[0].2), (found.projects[1].unit.clone(), rows[1].2));
        assert!(!found.projects[0].unit.is_empty() && !rows[0].2.is_empty());
    }
    if let Some(bytes) = shared("merged/d-rows-merged-in-pairs.xlsx") {
        assert_eq!(read("d", &bytes).blueprint.projects.len(), 2);
    }
    let spelt = "新能源";
    tracks(
        "two-spellings/b-spaces-and-width-in-tracks.xlsx",
        &[spelt, spelt, spelt, spelt, "新能源（储能）", "新能源（储能）"],
    );
    if let Some(bytes) = shared("two-spellings/c-names-alike.xlsx") {
        let read = read("c", &bytes);
        assert_eq!((read.blueprint.projects.len(), codes(&read.guesses)), (4, vec!["names-alike"; 3]));
    }
    if let Some(bytes) = shared("two-spellings/a-composed-and-decomposed.xlsx") {
        let (file, _) = look("a", &bytes, &Answers::default());
        assert_eq!(file.blueprint.tracks, ["\u{c9}nergie"]);
        assert_eq!(errors("a", &bytes), ["4 B duplicate-name -"]);
    }
    if let Some(bytes) = shared("two-spellings/d-kana-and-hangul.xlsx") {
        assert_eq!(errors("d", &bytes), ["3 B duplicate-name -"]);
    }
}

#[test]
fn what_a_spreadsheet_took_for_a_time_is_read_as_it_was_typed() {
    for file in ["a-minutes-became-a-time", "b-2-30-typed-into-excel"] {
        let Some(bytes) = shared(&format!("dates-and-times/{file}.xlsx")) else { continue };
        let read = read(file, &bytes);
        assert_eq!(
            (read.blueprint.segments[0].segment.secs, codes(&read.guesses)),
            (150, vec!["time-read-as"]),
            "{file}"
        );
    }
    let refused = [
        ("c-number-1-2-became-a-date", "2 A date-cell 2026-01-02"),
        ("d-name-became-a-date", "2 B date-cell 2026-03-05"),
        ("f-percent-cell-and-overtime-time", "3 B bad-steps 0:30"),
    ];
    for (file, place) in refused {
        let Some(bytes) = shared(&format!("dates-and-times/{file}.xlsx")) else { continue };
        assert_eq!(errors(file, &bytes), [place]);
    }
    if let Some(bytes) = shared("dates-and-times/e-closes-1-00-became-a-time.xlsx") {
        assert_eq!(read("e", &bytes).blueprint.window.unwrap().closes, Closes::After(60));
    }
    if let Some(bytes) = shared("dates-and-times/g-number-1-in-a-date-format.xlsx") {
        assert_eq!(projects(&read("g", &bytes).blueprint), THREE);
    }
    // The same, written here; a CSV has the times as Excel saves them.
    let mut book = Workbook::new();
    text(book.add_worksheet().set_name("项目").unwrap(), LIST);
    let sheet = book.add_worksheet().set_name("规则").unwrap();
    text(
        sheet,
        &[
            &["项", "值"],
            &["路演时间"],
            &["超时宽限"],
            &["超时单位", "30"],
            &["超时每单位扣分", "0.5"],
            &["观众占比"],
        ],
    );
    let clock = Format::new().set_num_format("h:mm");
    sheet.write_with_format(1, 1, 8.0 / 24.0, &clock).unwrap();
    sheet.write_with_format(2, 1, 47.0 / 1_440.0, &clock).unwrap();
    sheet.write_with_format(5, 1, 0.25, &Format::new().set_num_format("0%")).unwrap();
    let found = read("a.xlsx", &book.save_to_buffer().unwrap()).blueprint;
    assert_eq!(found.timing.unwrap().pitch_secs, 480);
    let rule = found.rule.unwrap();
    assert_eq!(rule.audience.share, "0.25".parse().unwrap());
    assert!(format!("{:?}", rule.overtime).contains("grace_secs: 47"), "{:?}", rule.overtime);
}

#[test]
fn cells_that_only_look_like_some_count_for_nothing_and_far_ones_are_named() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    text(sheet, LIST);
    let filled = Format::new().set_background_color(Color::Yellow);
    let bordered = Format::new().set_border(FormatBorder::Thin);
    (4..100).for_each(|column| _ = sheet.write_blank(0, column, &filled).unwrap());
    (4..6_200).for_each(|row| _ = sheet.write_blank(row, 0, &bordered).unwrap());
    sheet.write(5_499, 0, " ").unwrap();
    let found = read("a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!((projects(&found.blueprint), found.skipped), (THREE.to_vec(), Vec::new()));
    for (at, place) in [((5_500, 0), "5501 A"), ((2, 70), "3 BS")] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        text(sheet, LIST);
        sheet.write(at.0, at.1, "x").unwrap();
        let (_, errors) = look("a.xlsx", &book.save_to_buffer().unwrap(), &Answers::default());
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(format!("{} {}", errors[0].row.unwrap(), errors[0].column.clone().unwrap()), place);
        assert_eq!(errors[0].params, [("rows", "5000".to_owned()), ("columns", "64".to_owned())]);
    }
    let (_, errors) = look("a.csv", &vec![b'a'; 3 * 1024 * 1024], &Answers::default());
    assert_eq!(
        (errors[0].code, &errors[0].params),
        ("file-too-large", &vec![("size", "3.0".to_owned()), ("max", "2.0".to_owned())])
    );
}

#[test]
fn a_merged_cell_holds_for_its_rows_and_a_heading_may_have_two() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    text(
        sheet,
        &[
            &["", "", "", "", ""],
            &["", "名称", "姓名", "电话"],
            &["1", "甲", "A", "1"],
            &["2", "乙", "B", "2"],
            &["3", "丙", "C", "3"],
        ],
    );
    sheet.merge_range(0, 0, 1, 0, "序号", &plain).unwrap();
    sheet.write(0, 1, "项目").unwrap();
    sheet.merge_range(0, 2, 0, 3, "负责人", &plain).unwrap();
    sheet.merge_range(0, 4, 1, 4, "赛道", &plain).unwrap();
    sheet.merge_range(2, 4, 3, 4, "新能源", &plain).unwrap();
    sheet.write(4, 4, "电子").unwrap();
    let found = read("a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(projects(&found.blueprint), [(1, "甲", "新能源"), (2, "乙", "新能源"), (3, "丙", "电子")]);
    let presenters: Vec<&str> = found.blueprint.projects.iter().map(|one| one.presenter.as_str()).collect();
    assert_eq!(presenters, ["A", "B", "C"]);
    // What is merged in a workbook is written once in a CSV: a guess, and it is said.
    let rows: &[&[&str]] =
        &[&["序号", "项目名称", "赛道"], &["1", "甲", "新能源"], &["2", "乙", ""], &["3", "丙", "电子"]];
    let found = read("a.csv", csv(rows).as_bytes());
    assert_eq!(projects(&found.blueprint), [(1, "甲", "新能源"), (2, "乙", "新能源"), (3, "丙", "电子")]);
    assert_eq!(codes(&found.guesses), ["track-from-above"]);
    let blank = Answers { blank_tracks: true, ..Answers::default() };
    assert_eq!(projects(&look("a.csv", csv(rows).as_bytes(), &blank).0.blueprint)[1], (2, "乙", ""));
}

#[test]
fn sections_and_sheets_are_tracks() {
    let sections: &[&[&str]] = &[
        &["2024年路演项目名单"],
        &["序号", "项目名称", "单位"],
        &["一、初创组（2项）"],
        &["1", "甲", "A"],
        &["2", "乙", "B"],
        &["成长组"],
        &["1", "丙", "C"],
        &["合计", "3"],
    ];
    let expected = [(1, "甲", "初创组"), (2, "乙", "初创组"), (3, "丙", "成长组")];
    for bytes in [book(&[("Sheet1", sections)]), csv(sections).into_bytes()] {
        let found = read("a", &bytes);
        assert_eq!(projects(&found.blueprint), expected);
        assert_eq!(codes(&found.guesses), ["section", "section", "numbered-by-position"]);
        assert_eq!(codes(&found.skipped), ["above-heading", "total-row"]);
    }
    let list = |name: &'static str| -> Vec<&'static [&'static str]> {
        vec![&["序号", "项目名称"], if name == "甲" { &["1", "甲"] } else { &["1", "丙"] }]
    };
    let two = book(&[("初创组", &list("甲")), ("成长组", &list("丙"))]);
    assert_eq!(projects(&read("a.xlsx", &two).blueprint), [(1, "甲", "初创组"), (2, "丙", "成长组")]);
    let pages = book(&[("Sheet1", &list("甲")), ("Sheet2", &list("丙"))]);
    assert_eq!(projects(&read("a.xlsx", &pages).blueprint), [(1, "甲", ""), (2, "丙", "")]);
}

#[test]
fn a_second_table_on_a_sheet_is_found_below_and_beside() {
    let below: &[&[&str]] = &[
        &["项目名单"],
        &["序号", "项目名称", "单位"],
        &["1", "甲", "A"],
        &[],
        &["评委名单"],
        &["序号", "姓名", "性别", "工作单位", "职务/职称", "研究方向"],
        &["1", "评委1", "女", "乙大学", "教授", "材料"],
        &["2", "评委2", "男", "丙院", "研究员", "信息"],
        &[],
        &["工作人员"],
        &["姓名", "电话", "职责"],
        &["某", "1", "签到"],
    ];
    let found = read("a.xlsx", &book(&[("Sheet1", below)]));
    assert_eq!(projects(&found.blueprint), [(1, "甲", "")]);
    let judges: Vec<_> = found
        .blueprint
        .judges
        .iter()
        .map(|judge| (judge.id.0, judge.name.as_str(), judge.unit.as_str()))
        .collect();
    assert_eq!(judges, [(1, "评委1", "乙大学"), (2, "评委2", "丙院")]);
    let named: Vec<&str> = found
        .skipped
        .iter()
        .filter(|one| one.code == "ignored-column")
        .map(|one| one.params[0].1.as_str())
        .collect();
    assert_eq!(named, ["性别", "职务/职称", "研究方向"]);
    assert_eq!(found.skipped.iter().filter(|one| one.code == "unknown-table").count(), 3);
    let beside: &[&[&str]] = &[
        &["序号", "项目名称", "", "评委", "单位"],
        &["1", "甲", "", "评委1", "乙大学"],
        &["2", "乙", "", "评委2", "丙院"],
    ];
    let found = read("a.xlsx", &book(&[("Sheet1", beside)])).blueprint;
    assert_eq!((found.projects.len(), found.judges.len()), (2, 2));
}

#[test]
fn a_rubric_may_have_weights_alone_percent_cells_and_two_levels() {
    let rubric = |bytes: &[u8]| -> Vec<(String, String, u32)> {
        let found = read("a.xlsx", bytes).blueprint.criteria;
        found.iter().map(|one| (one.name.clone(), one.max.to_string(), one.weight)).collect()
    };
    let said = |name: &str, max: &str, weight| (name.to_owned(), max.to_owned(), weight);
    let weights: &[&[&str]] = &[&["评分指标", "权重"], &["创新", "30%"], &["市场", "70%"]];
    assert_eq!(rubric(&book(&[("评分标准", weights)])), [said("创新", "100", 30), said("市场", "100", 70)]);
    let shares: &[&[&str]] = &[&["评分指标", "权重"], &["创新", "0.3"], &["市场", "0.7"]];
    assert_eq!(rubric(&book(&[("评分标准", shares)])), [said("创新", "100", 3), said("市场", "100", 7)]);
    let mut percents = Workbook::new();
    let sheet = percents.add_worksheet().set_name("评分标准").unwrap();
    text(
        sheet,
        &[
            &["序号", "评分指标", "评分要点", "分值", "评委打分"],
            &["1", "创新", "新不新"],
            &["2", "市场", "大不大"],
        ],
    );
    let percent = Format::new().set_num_format("0%");
    sheet.write_with_format(1, 3, 0.25, &percent).unwrap();
    sheet.write_with_format(2, 3, 0.75, &percent).unwrap();
    assert_eq!(rubric(&percents.save_to_buffer().unwrap()), [said("创新", "25", 25), said("市场", "75", 75)]);
    let levels: &[&[&str]] = &[
        &["一级指标", "二级指标", "分值"],
        &["技术", "创新性", "20"],
        &["", "成熟度", "30"],
        &["市场", "前景", "50"],
    ];
    let found = read("a.xlsx", &book(&[("评分标准", levels)])).blueprint.criteria;
    let scales: Vec<(&str, &str, Points)> =
        found.iter().map(|one| (one.name.as_str(), one.scale.as_str(), one.max)).collect();
    let points = |text: &str| text.parse::<Points>().unwrap();
    assert_eq!(
        scales,
        [("创新性", "技术", points("20")), ("成熟度", "技术", points("30")), ("前景", "市场", points("50"))]
    );
}

#[test]
fn numbers_may_be_codes_and_columns_may_be_called_many_things() {
    let rows: &[&[&str]] = &[
        &["序号", "项目编号", "项目名称", "申报单位", "负责人", "联系电话", "所属领域"],
        &["1", "A01", "甲", "A", "某", "1", "新能源"],
        &["2", "20240703", "乙", "B", "某", "2", "电子"],
    ];
    let found = read("a.xlsx", &book(&[("Sheet1", rows)])).blueprint;
    let codes_of: Vec<_> = found.projects.iter().map(|one| (one.id.0, one.code.as_str())).collect();
    assert_eq!(codes_of, [(1, "A01"), (2, "20240703")]);
    let only: &[&[&str]] = &[&["项目编号", "项目名称"], &["A01", "甲"], &["B-2", "乙"], &["#3", "丙"]];
    let found = read("a.xlsx", &book(&[("Sheet1", only)])).blueprint;
    let codes_of: Vec<_> = found.projects.iter().map(|one| (one.id.0, one.code.as_str())).collect();
    assert_eq!(codes_of, [(1, "A01"), (2, "B-2"), (3, "#3")]);
    let held: &[&[&str]] = &[&["序号", "项目名称"], &["第3号", "甲"], &["(1)", "乙"], &["2.", "丙"]];
    let found = read("a.xlsx", &book(&[("Sheet1", held)])).blueprint;
    assert_eq!(found.projects.iter().map(|one| one.id.0).collect::<Vec<_>>(), [3, 1, 2]);
    let units: &[&[&str]] =
        &[&["序号", "项目名称", "单位", "所属高校", "指导教师"], &["1", "甲", "A", "B", "某"]];
    let file = read("a.xlsx", &book(&[("Sheet1", units)]));
    assert_eq!(file.blueprint.projects[0].unit, "A · B");
    assert_eq!(file.skipped[0].params, [("heading", "指导教师".to_owned())]);
    let english: &[&[&str]] = &[&["No.", "Project title", "Company"], &["1", "Solar", "A"]];
    assert_eq!(read("a.xlsx", &book(&[("Sheet1", english)])).blueprint.projects[0].name, "Solar");
    let alone: &[&[&str]] = &[&["序号", "企业名称", "项目名称"], &["1", "甲公司", "甲"]];
    assert_eq!(read("a.xlsx", &book(&[("Sheet1", alone)])).blueprint.projects[0].unit, "甲公司");
    let judges: &[&[&str]] = &[&["评委姓名", "单位"], &["评委1", "A"], &["评委1", "B"]];
    let file = read("a.xlsx", &book(&[("Sheet1", judges)]));
    assert_eq!((file.blueprint.judges.len(), codes(&file.guesses)), (2, vec!["judges-alike"]));
}

#[test]
fn a_rule_is_read_as_offices_write_it() {
    let rows: &[&[&str]] = &[
        &["项目", "内容"],
        &["计分方法", "去掉一个最高分、一个最低分，取平均分"],
        &["小数位数", "保留两位"],
        &["路演时间", "8分钟"],
        &["答辩时间", "5 分钟"],
    ];
    let found = read("a.xlsx", &book(&[("规则", rows)])).blueprint;
    let (rule, timing) = (found.rule.unwrap(), found.timing.unwrap());
    assert_eq!((rule.method, rule.drop, rule.decimals), (Method::TrimmedMean, 1, 2));
    assert_eq!((timing.pitch_secs, timing.qa_secs), (480, 300));
}

#[test]
fn what_a_file_hides_is_named_and_read_where_somebody_says_so() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("项目").unwrap();
    text(sheet, LIST);
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    let old = book.add_worksheet().set_name("评委").unwrap();
    text(old, &[&["姓名"], &["评委1"]]);
    old.set_hidden(true);
    let bytes = book.save_to_buffer().unwrap();
    let found = read("a.xlsx", &bytes);
    assert_eq!(projects(&found.blueprint), [THREE[0], THREE[2]]);
    assert!(found.blueprint.judges.is_empty() && found.blueprint.projects[0].unit.is_empty());
    let named: Vec<_> = found.skipped.iter().map(|one| (one.sheet.as_str(), one.row, one.code)).collect();
    let expected =
        [("项目", Some(3), "hidden-row"), ("项目", Some(1), "hidden-column"), ("评委", None, "hidden-sheet")];
    assert!(expected.iter().all(|one| named.contains(one)), "{named:?}");
    let (whole, errors) = look("a.xlsx", &bytes, &Answers { hidden: true, ..Answers::default() });
    assert!(errors.is_empty());
    assert_eq!((projects(&whole.blueprint), whole.blueprint.judges.len()), (THREE.to_vec(), 1));
}

#[test]
fn a_text_file_says_how_it_was_read_and_which_quote_is_open() {
    let list = csv(LIST);
    let gb = encoding_rs::GB18030.encode(&list).0.into_owned();
    let found = read("名单.csv", &gb);
    assert_eq!((projects(&found.blueprint), codes(&found.guesses)), (THREE.to_vec(), vec!["read-as"]));
    let units: Vec<u8> = list.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(projects(&read("名单.txt", &units).blueprint), THREE);
    let said = Answers { encoding: Some("gbk".into()), ..Answers::default() };
    let (found, _) = look("名单.csv", &gb, &said);
    assert_eq!((projects(&found.blueprint), found.guesses.len()), (THREE.to_vec(), 0));
    let open = list.replace("星载天线", "\"星载天线");
    assert_eq!(errors("名单.csv", open.as_bytes()), ["3  quote-open \""]);
}

#[test]
fn every_sheet_and_column_can_be_told_what_it_is() {
    let rows: &[&[&str]] = &[&["代号", "课题", "学科"], &["1", "甲", "新能源"]];
    let bytes = book(&[("一", rows)]);
    assert_eq!(errors("a.xlsx", &bytes), ["0  no-heading -"]);
    let column = |letters: &str, heading: &str, field| ColumnMeans {
        kind: Kind::Projects,
        sheet: if letters.is_empty() { String::new() } else { "一".into() },
        column: letters.into(),
        heading: heading.into(),
        field,
    };
    let answers = Answers {
        sheets: vec![SheetMeans { sheet: "一".into(), kind: Some(Kind::Projects) }],
        columns: vec![
            column("B", "", Field::Name),
            column("", "学科", Field::Track),
            column("A", "", Field::Number),
        ],
        ..Answers::default()
    };
    let (found, errors) = look("a.xlsx", &bytes, &answers);
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(projects(&found.blueprint), [(1, "甲", "新能源")]);
    let list = book(&[("项目", LIST)]);
    let nothing =
        Answers { sheets: vec![SheetMeans { sheet: "项目".into(), kind: None }], ..Answers::default() };
    assert_eq!(look("a.xlsx", &list, &nothing).0.blueprint, Blueprint::default());
}

#[test]
fn the_other_programs_workbooks_say_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lists");
    for name in ["every-oddity.xls", "every-oddity.ods"] {
        let found = read(name, &std::fs::read(root.join(name)).unwrap());
        assert_eq!(
            projects(&found.blueprint),
            [(1, "柔性电池", "新能源"), (2, "星载天线", "新能源"), (3, "视觉芯片", "电子信息")],
            "{name}"
        );
        let codes_of: Vec<&str> = found.blueprint.projects.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes_of, ["A01", "A02", "B01"]);
        let rubric: Vec<_> =
            found.blueprint.criteria.iter().map(|one| (one.name.as_str(), one.weight)).collect();
        assert_eq!(rubric, [("创新性", 25), ("成熟度", 35), ("前景", 40)], "{name}");
        let rule = found.blueprint.rule.unwrap();
        assert_eq!(
            (rule.method, rule.drop, rule.decimals, rule.audience.share),
            (Method::TrimmedMean, 1, 2, "0.2".parse().unwrap())
        );
        assert_eq!(
            (found.blueprint.timing.unwrap().pitch_secs, found.blueprint.segments[0].segment.secs),
            (480, 150),
            "{name}"
        );
        let mut skipped: Vec<_> =
            found.skipped.iter().map(|one| (one.sheet.as_str(), one.row, one.code)).collect();
        skipped.sort_unstable();
        let expected = [
            ("旧名单", None, "hidden-sheet"),
            ("评委", Some(1), "ignored-column"),
            ("评委", Some(1), "ignored-column"),
            ("通讯录", None, "unknown-sheet"),
            ("项目", Some(1), "ignored-column"),
            ("项目", Some(5), "hidden-row"),
        ];
        assert_eq!(skipped, expected, "{name}");
    }
}
