//! Random workbooks of every oddity: never a panic, never a part, and no cell that is neither read nor named.

use crate::chance::{rng, runs};
use podium::sheets::answers::Answers;
use podium::sheets::error::letters;
use podium::sheets::roster::{RosterFile, look};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::collections::{BTreeMap, BTreeSet};

/// What a workbook was made of, and what must come out of it.
#[derive(Default)]
struct Made {
    /// Cells that hold something: sheet, row from 1, column from 0.
    cells: BTreeMap<(String, u32, u32), String>,
    /// Name, track.
    projects: Vec<(String, String)>,
    judges: Vec<String>,
    /// Name, weight in percent.
    criteria: Vec<(String, u32)>,
    secs: Option<u32>,
}

struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    made: &'a mut Made,
    name: String,
}

impl Sheet<'_> {
    fn text(&mut self, row: u32, column: u16, text: &str) {
        self.sheet.write(row, column, text).unwrap();
        self.made.cells.insert((self.name.clone(), row + 1, u32::from(column)), text.to_owned());
    }

    fn number(&mut self, row: u32, column: u16, number: f64, format: &str) {
        self.sheet.write_with_format(row, column, number, &Format::new().set_num_format(format)).unwrap();
        self.made.cells.insert((self.name.clone(), row + 1, u32::from(column)), number.to_string());
    }
}

fn yes(rng: &mut ChaCha8Rng) -> bool {
    rng.random_range(0..2) == 0
}

/// The list of projects: titles, a merged or a sectioned track, hidden lines, empty formats, columns nobody asked for.
fn projects(sheet: &mut Sheet<'_>, rng: &mut ChaCha8Rng, chinese: bool) -> u32 {
    let words = if chinese {
        ["序号", "项目名称", "赛道", "单位"]
    } else {
        ["No.", "Project title", "Track", "Company"]
    };
    let mut row = 0;
    if yes(rng) {
        sheet.text(0, 0, if chinese { "路演安排" } else { "The day" });
        row = 1;
    }
    let (sections, odd) = (yes(rng), yes(rng));
    let heading = row;
    for (column, word) in words.iter().enumerate().filter(|(column, _)| *column != 2 || !sections) {
        sheet.text(heading, column as u16, word);
    }
    if odd {
        sheet.text(heading, 4, if chinese { "指导教师" } else { "Mentor" });
    }
    row += 1;
    let mut number = 0;
    for group in 0..rng.random_range(1..4) {
        let track = if chinese {
            format!("{}组", ["初创", "成长", "创新"][group])
        } else {
            format!("Track {}", ["A", "B", "C"][group])
        };
        if sections {
            sheet.text(row, 0, &track);
            row += 1;
        }
        let first = row;
        for _ in 0..rng.random_range(2..5) {
            number += 1;
            let name = format!("{}{number}", if chinese { "项目甲" } else { "Project " });
            sheet.text(row, 0, &if sections { number.to_string() } else { format!("A{number:02}") });
            sheet.text(row, 1, &name);
            sheet.text(row, 3, &format!("U{number}"));
            if odd && yes(rng) {
                sheet.text(row, 4, "某");
            }
            let hidden = number > 1 && rng.random_range(0..6) == 0;
            if hidden {
                sheet.sheet.set_row_hidden(row).unwrap();
            } else {
                sheet.made.projects.push((name, track.clone()));
            }
            row += 1;
        }
        if !sections {
            sheet.sheet.merge_range(first, 2, row - 1, 2, &track, &Format::new()).unwrap();
            sheet.made.cells.insert((sheet.name.clone(), first + 1, 2), track.clone());
        }
    }
    if yes(rng) {
        let filled = Format::new().set_background_color(rust_xlsxwriter::Color::Yellow);
        (6..90).for_each(|column| _ = sheet.sheet.write_blank(heading, column, &filled).unwrap());
        sheet.sheet.write(5_400, 0, " ").unwrap();
    }
    if yes(rng) {
        sheet.text(row, 0, if chinese { "合计" } else { "Total" });
        row += 1;
    }
    row
}

fn judges(sheet: &mut Sheet<'_>, rng: &mut ChaCha8Rng, from: u32, chinese: bool) {
    let words = if chinese {
        ["序号", "评委姓名", "工作单位", "性别"]
    } else {
        ["No.", "Judge", "Affiliation", "Gender"]
    };
    (0..4).for_each(|column| sheet.text(from, column, words[usize::from(column)]));
    for at in 0..rng.random_range(1..6) {
        let name = format!("{}{}", if chinese { "评委" } else { "Judge " }, at + 1);
        sheet.text(from + 1 + at, 0, &(at + 1).to_string());
        sheet.text(from + 1 + at, 1, &name);
        sheet.text(from + 1 + at, 2, "X");
        sheet.text(from + 1 + at, 3, "-");
        sheet.made.judges.push(name);
    }
}

fn rubric(sheet: &mut Sheet<'_>, rng: &mut ChaCha8Rng, chinese: bool) {
    let words =
        if chinese { ["一级指标", "二级指标", "权重"] } else { ["Group", "Criterion", "Weight"] };
    (0..3).for_each(|column| sheet.text(0, column, words[usize::from(column)]));
    let count = rng.random_range(1..5);
    for at in 0..count {
        let percent = if at + 1 == count { 100 - 20 * at } else { 20 };
        let name = format!("C{}", at + 1);
        if at % 2 == 0 {
            sheet.text(at + 1, 0, &format!("G{at}"));
        }
        sheet.text(at + 1, 1, &name);
        sheet.number(at + 1, 2, f64::from(percent) / 100.0, "0%");
        sheet.made.criteria.push((name, percent));
    }
}

fn made(rng: &mut ChaCha8Rng) -> (Vec<u8>, Made) {
    let (mut book, mut made) = (Workbook::new(), Made::default());
    let chinese = yes(rng);
    let on = |book: &mut Workbook, made: &mut Made, name: &str, fill: &mut dyn FnMut(&mut Sheet<'_>)| {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        fill(&mut Sheet { sheet, made, name: name.to_owned() });
    };
    let below = yes(rng);
    on(&mut book, &mut made, if chinese { "名单" } else { "List" }, &mut |sheet| {
        let end = projects(sheet, rng, chinese);
        if below {
            judges(sheet, rng, end + 1, chinese);
        }
    });
    if !below {
        on(&mut book, &mut made, if chinese { "评委" } else { "Judges" }, &mut |sheet| {
            judges(sheet, rng, 0, chinese)
        });
    }
    if yes(rng) {
        on(&mut book, &mut made, if chinese { "评分标准" } else { "Rubric" }, &mut |sheet| {
            rubric(sheet, rng, chinese)
        });
    }
    if yes(rng) {
        let secs = 30 * rng.random_range(1..20_u32);
        made.secs = Some(secs);
        on(&mut book, &mut made, if chinese { "议程" } else { "Programme" }, &mut |sheet| {
            let words =
                if chinese { ["环节", "时长", "位置"] } else { ["Segment", "Minutes", "Position"] };
            let row = if chinese { ["开场", "开头"] } else { ["Opening", "start"] };
            (0..3).for_each(|column| sheet.text(0, column, words[usize::from(column)]));
            sheet.text(1, 0, row[0]);
            // Minutes and seconds, typed into a spreadsheet: hours and minutes to it.
            sheet.number(1, 1, f64::from(secs) / 1_440.0, "h:mm");
            sheet.text(1, 2, row[1]);
        });
    }
    if yes(rng) {
        on(&mut book, &mut made, "通讯录", &mut |sheet| {
            (0..5_200).for_each(|row| sheet.text(row, 0, "x"))
        });
    }
    if yes(rng) {
        on(&mut book, &mut made, "旧", &mut |sheet| {
            sheet.text(0, 0, "项目名称");
            sheet.text(1, 0, "旧");
            sheet.sheet.set_hidden(true);
        });
    }
    (book.save_to_buffer().unwrap(), made)
}

/// Every cell is in a column that is read, in a heading, or in a row, column or sheet that is named.
fn unnamed(file: &RosterFile, made: &Made) -> Vec<(String, u32, u32)> {
    let named = file.skipped.iter().chain(&file.guesses);
    let named: BTreeSet<_> = named.map(|one| (one.sheet.as_str(), one.row, one.column.as_deref())).collect();
    let is_named = |sheet: &str, row: u32, column: &str| {
        let column_of = |row| named.contains(&(sheet, Some(row), Some(column)));
        named.contains(&(sheet, None, None))
            || named.contains(&(sheet, Some(row), None))
            || column_of(row)
            || column_of(1)
            || file.tables.iter().filter(|table| table.sheet == sheet).any(|table| column_of(table.heading))
    };
    let is_read = |sheet: &str, row: u32, column: &str| {
        file.tables.iter().filter(|table| table.sheet == sheet).any(|table| {
            let of_table = table.heading == row || table.rows.iter().any(|(at, _)| *at == row);
            of_table
                && table.columns.iter().any(|one| one.letters() == column && one.field.word() != "nothing")
        })
    };
    let lost = |(sheet, row, column): &&(String, u32, u32)| {
        let letters = letters(*column as usize);
        !is_named(sheet, *row, &letters) && !is_read(sheet, *row, &letters)
    };
    made.cells.keys().filter(lost).cloned().collect()
}

#[test]
fn a_workbook_of_every_oddity_is_read_whole_or_named() {
    let mut rng = rng();
    for run in 0..runs(60, 2_000) {
        let (bytes, made) = made(&mut rng);
        let (file, errors) = look("名单.xlsx", &bytes, &Answers::default());
        assert!(errors.is_empty(), "run {run}: {errors:?}");
        let track = |at: Option<usize>| at.map_or(String::new(), |at| file.blueprint.tracks[at].clone());
        let projects: Vec<_> =
            file.blueprint.projects.iter().map(|one| (one.name.clone(), track(one.track))).collect();
        assert_eq!(projects, made.projects, "run {run}");
        let judges: Vec<_> = file.blueprint.judges.iter().map(|one| one.name.clone()).collect();
        assert_eq!(judges, made.judges, "run {run}");
        let total: u32 = file.blueprint.criteria.iter().map(|one| one.weight).sum();
        let criteria: Vec<_> =
            file.blueprint.criteria.iter().map(|one| (one.name.clone(), one.weight * 100 / total)).collect();
        assert_eq!(criteria, made.criteria, "run {run}");
        assert_eq!(file.blueprint.segments.first().map(|one| one.segment.secs), made.secs, "run {run}");
        assert_eq!(unnamed(&file, &made), [], "run {run}");
    }
}

/// What is not a workbook, or is one no longer, is an error and nothing else; soon.
#[test]
fn a_broken_file_is_an_error_and_brings_nothing() {
    let mut rng = rng();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lists");
    let mut files = vec![made(&mut rng).0];
    files
        .extend(["every-oddity.xls", "every-oddity.ods"].map(|name| std::fs::read(root.join(name)).unwrap()));
    for run in 0..runs(60, 2_000) {
        let mut bytes = files[rng.random_range(0..files.len())].clone();
        for _ in 0..rng.random_range(1..30) {
            let at = rng.random_range(0..bytes.len());
            bytes[at] = rng.random_range(0..=255);
        }
        bytes.truncate(rng.random_range(bytes.len() / 2..=bytes.len()));
        let (file, errors) = look("名单.xlsx", &bytes, &Answers::default());
        let whole = errors.iter().all(|error| error.row.is_some() || !error.sheet.is_empty());
        assert!(whole || file.blueprint == Default::default(), "run {run}: {errors:?}");
    }
}
