//! Files as organisers send them: read whole, or refused with every mistake at its place.

use podium::domain::kernel::ids::{ProjectId, SegmentId};
use podium::domain::terms::plates::Turning;
use podium::domain::terms::programme::{Closes, Late, Opens, Segment, SegmentKind, WindowPolicy};
use podium::domain::terms::reveal::Mode;
use podium::sheets::roster::{RosterFile, read_roster};
use rust_xlsxwriter::{Formula, Workbook};
use std::path::Path;

fn file(name: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let at = root.join("tests/fixtures/rosters").join(name);
    std::fs::read(&at)
        .or_else(|_| std::fs::read(root.join("demo").join(name)))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn taken(name: &str) -> RosterFile {
    read_roster(name, &file(name)).unwrap_or_else(|errors| panic!("{name}: {errors:?}"))
}

/// `sheet row column code` of every error, or `taken`.
fn errors(name: &str, bytes: &[u8]) -> Vec<String> {
    let Err(errors) = read_roster(name, bytes) else { return vec!["taken".into()] };
    let shown = |error: podium::sheets::error::SheetError| {
        let row = error.row.map_or("-".into(), |row| row.to_string());
        format!("{} {row} {} {}", error.sheet, error.column.unwrap_or("-".into()), error.code)
    };
    errors.into_iter().map(shown).collect()
}

/// A workbook of sheets of rows; a cell that begins with `=` is a formula.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                match cell.strip_prefix('=') {
                    Some(formula) => sheet.write_formula(row, column, Formula::new(formula)).unwrap(),
                    None => sheet.write_string(row, column, *cell).unwrap(),
                };
            }
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_same_list_is_read_from_a_clean_workbook_a_received_one_and_a_chinese_csv() {
    let clean = taken("suxiang-2024.xlsx").blueprint;
    assert_eq!((clean.projects.len(), clean.judges.len(), clean.criteria.len()), (5, 7, 5));
    assert!(clean.rule.is_some() && clean.timing.is_some());
    let received = taken("suxiang-2024-as-received.xlsx");
    let csv = taken("suxiang-2024-gb18030.csv");
    let names = |file: &podium::domain::command::blueprint::Blueprint| {
        file.projects
            .iter()
            .map(|project| (project.id, project.name.clone(), project.track))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&clean), names(&csv.blueprint));
    assert_eq!(names(&clean), names(&received.blueprint));
    let mut codes: Vec<_> = received.skipped.iter().map(|skipped| skipped.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, ["above-heading", "blank-row", "ignored-column", "total-row"]);
}

#[test]
fn every_mistake_of_a_bad_file_is_named_at_its_place_at_once() {
    let found = errors("projects-with-errors.xlsx", &file("projects-with-errors.xlsx"));
    assert_eq!(
        found,
        [
            "项目 3 A duplicate-number",
            "项目 4 B missing-name",
            "项目 5 A bad-number",
            "项目 6 B duplicate-name",
            "项目 7 B too-long",
            "项目 8 B formula",
        ]
    );
}

#[test]
fn every_kind_of_mistake_has_its_code_and_its_place() {
    const RUBRIC: &str = "评分标准";
    let rubric = |rows: &[&[&str]]| book(&[(RUBRIC, rows)]);
    let heads: &[&str] = &["评分项", "满分", "步长", "权重"];
    let rules = |rows: &[&[&str]]| book(&[("规则", rows)]);
    let judges = |rows: &[&[&str]]| book(&[("评委", rows)]);
    let cases: Vec<(Vec<u8>, &[&str])> = vec![
        (rubric(&[heads, &["创新", "x", "", ""]]), &["评分标准 2 B bad-max"]),
        (rubric(&[heads, &["创新", "0", "", ""]]), &["评分标准 2 B bad-max"]),
        (rubric(&[heads, &["创新", "", "", ""]]), &["评分标准 2 B missing-max"]),
        (rubric(&[heads, &["创新", "30", "31", ""]]), &["评分标准 2 C bad-step"]),
        (rubric(&[heads, &["创新", "30", "半", ""]]), &["评分标准 2 C bad-step"]),
        (rubric(&[heads, &["创新", "30", "", "重"], &["市场", "20", "", "1"]]), &["评分标准 2 D bad-weight"]),
        (
            rubric(&[heads, &["创新", "30", "", "1"], &["市场", "20", "", ""]]),
            &["评分标准 3 D missing-weight"],
        ),
        (
            rubric(&[heads, &["创新", "30", "", ""], &["创 新", "20", "", ""]]),
            &["评分标准 3 A duplicate-name"],
        ),
        (rubric(&[&["评分项", "满分", "魅力"], &["创新", "30", "5"]]), &["评分标准 1 C unknown-column"]),
        (rubric(&[&["评分项", "满分", "分值"], &["创新", "30", "30"]]), &["评分标准 1 C duplicate-column"]),
        (rubric(&[&["甲", "乙"], &["创新", "30"]]), &["评分标准 - - no-heading"]),
        (rubric(&[&["评分项", "步长"], &["创新", "1"]]), &["评分标准 1 - missing-column"]),
        (rubric(&[heads, &["创新", "=15+15", "", ""]]), &["评分标准 2 B formula"]),
        (rules(&[&["项", "值"], &["颜色", "蓝"]]), &["规则 2 A unknown-rule"]),
        (rules(&[&["项", "值"], &["小数位数", "2"], &["decimals", "3"]]), &["规则 3 A duplicate-rule"]),
        (rules(&[&["项", "值"], &["小数位数", "九"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["路演时间", "121"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["答辩时间", "0"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["超时宽限", "十秒"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["超时单位", "0"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["超时单位", "7201"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["超时每单位扣分", "0"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["超时扣分上限", "101"]]), &["规则 2 B bad-number"]),
        (rules(&[&["项", "值"], &["超时扣分", "有"]]), &["规则 2 B bad-steps"]),
        (rules(&[&["项", "值"], &["超时扣分", "10 秒 0.5; 30 秒 0.2"]]), &["规则 2 B bad-steps"]),
        (rules(&[&["项", "值"], &["超时扣分", "30 秒 0.2; 10 秒 0.5"]]), &["规则 2 B bad-steps"]),
        (rules(&[&["项", "值"], &["超时扣分", "10 0.2"]]), &["规则 2 B bad-steps"]),
        (rules(&[&["项", "值"], &["超时宽限", "10"]]), &["规则 2 A overtime-incomplete"]),
        (
            rules(&[&["项", "值"], &["超时单位", "30"], &["超时扣分上限", "2"]]),
            &["规则 2 A overtime-incomplete"],
        ),
        (
            rules(&[&["项", "值"], &["超时扣分", "10 秒 0.2"], &["超时单位", "30"]]),
            &["规则 3 A overtime-both-ways"],
        ),
        (
            rules(&[
                &["项", "值"],
                &["超时单位", "30"],
                &["超时每单位扣分", "0.5"],
                &["超时扣分上限", "0.4"],
            ]),
            &["规则 4 B overtime-cap-too-low"],
        ),
        (
            rules(&[&["项", "值"], &["超时扣分", "10 秒 0.2"], &["计分方法", "名次和"]]),
            &["规则 2 A overtime-with-rank-sum"],
        ),
        // What depends on a line that cannot be read is not asked for a second time; the other lines are.
        (
            rules(&[&["项", "值"], &["超时单位", "半分钟"], &["超时每单位扣分", "0.5"], &["小数位数", "九"]]),
            &["规则 2 B bad-number", "规则 4 B bad-number"],
        ),
        (rules(&[&["项", "值"], &["计分方法", "抽签"]]), &["规则 2 B unknown-method"]),
        (
            judges(&[&["编号", "姓名", "组长"], &["1", "评委1", "是"], &["2", "评委2", "是"]]),
            &["评委 3 C second-chair"],
        ),
        (judges(&[&["编号", "姓名", "组长"], &["1", "评委1", "也许"]]), &["评委 2 C not-yes-or-no"]),
        (
            judges(&[&["编号", "姓名"], &["", "评委1"], &["1", ""]]),
            &["评委 2 A missing-number", "评委 3 B missing-name"],
        ),
        (rules(&[&["项", "值"], &["评分开放", "总是"]]), &["规则 2 B unknown-word"]),
        (rules(&[&["项", "值"], &["评分关闭", "0秒后"]]), &["规则 2 B unknown-word"]),
        (rules(&[&["项", "值"], &["预热组", "100"]]), &["规则 2 B bad-number"]),
        (
            book(&[("评委", &[&["姓名"], &["评委1"]]), ("专家", &[&["姓名"], &["评委2"]])]),
            &["专家 1 - duplicate-sheet"],
        ),
        (book(&[("项目", &[&["序号", "项目名称"]])]), &[" - - nothing-found"]),
        (b"PK\x03\x04 broken".to_vec(), &[" - - not-a-workbook"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), &[" - - workbook-damaged"]),
        (Vec::new(), &[" - - file-empty"]),
        (b"plain words".to_vec(), &[" - - not-a-workbook"]),
        (vec![b'a'; 3 * 1024 * 1024], &[" - - file-too-large"]),
    ];
    for (at, (bytes, expected)) in cases.into_iter().enumerate() {
        assert_eq!(errors("名单.xlsx", &bytes), expected, "case {at}");
    }
    assert_eq!(errors("名单.csv", b"a\0\0\0"), [" - - unknown-encoding"]);
}

#[test]
fn a_rule_sheet_says_overtime_in_both_languages() {
    let said = |rows: &[&[&str]]| {
        let sheet = if rows[0][0] == "项" { "规则" } else { "Rules" };
        read_roster("a.xlsx", &book(&[(sheet, rows)])).unwrap().blueprint.rule.unwrap().overtime
    };
    let units = |json: &str| serde_json::from_str(json).unwrap();
    let whole = Some(units(r#"{"grace_secs": 10, "unit_secs": 30, "per_unit": "0.5", "cap": "2"}"#));
    assert_eq!(
        said(&[
            &["项", "值"],
            &["超时扣分上限", "2分"],
            &["超时宽限(秒)", "10"],
            &["超时单位(秒)", "30.0"],
            &["超时每单位扣分", "0.50 分"],
        ]),
        whole
    );
    assert_eq!(
        said(&[
            &["Item", "Value"],
            &["Overtime grace (seconds)", "0:10"],
            &["Overtime unit", "30 s"],
            &["Points per overtime unit", "0.5"],
            &["Overtime cap", "2 points"],
        ]),
        whole
    );
    let free = Some(units(r#"{"grace_secs": 0, "unit_secs": 60, "per_unit": "1"}"#));
    assert_eq!(said(&[&["项", "值"], &["超时单位", "1:00"], &["超时每单位扣分", "1"]]), free);
    let steps =
        Some(units(r#"{"steps": [{"over_secs": 10, "points": "0.2"}, {"over_secs": 30, "points": "0.5"}]}"#));
    for (heads, key, value) in [
        (["项", "值"], "超时扣分", "10 秒 0.2; 30 秒 0.5"),
        (["项", "值"], "超时扣分", "10秒扣0.2分、30秒扣0.5分"),
        (["项", "值"], "超时扣分", "１０秒：－0.2；３０秒：－0.5；"),
        (["Item", "Value"], "Overtime steps", "10 s 0.2; 30 s 0.5"),
        (["Item", "Value"], "overtime", "10 seconds: 0.2 points, 30 seconds: 0.5 points"),
    ] {
        assert_eq!(said(&[&heads, &[key, value]]), steps, "{value}");
    }
    assert_eq!(said(&[&["项", "值"], &["超时扣分", "无"]]), None);
    assert_eq!(said(&[&["Item", "Value"], &["Overtime", "None"]]), None);
}

#[test]
fn markup_and_formula_like_text_stay_text() {
    let name = "<img src=x onerror=alert(1)>";
    let bytes = book(&[("项目", &[&["项目名称", "所属单位"], &[name, "+1"]])]);
    let file = read_roster("a.xlsx", &bytes).unwrap();
    assert_eq!(
        (file.blueprint.projects[0].name.as_str(), file.blueprint.projects[0].unit.as_str()),
        (name, "+1")
    );
}

#[test]
fn a_programme_is_read_in_both_languages_with_each_segment_at_its_place() {
    let projects: &[&[&str]] = &[&["序号", "项目名称", "读音"], &["7", "甲", "jiǎ"], &["3", "乙", ""]];
    let chinese: &[&[&str]] = &[
        &["环节", "标题", "名单", "时长(分钟)", "位置"],
        &["开场", "开场致辞", "", "5", "开头"],
        &["聘书", "", "张三、李四;王五\n 赵六 ", "2.5", "项目3之前"],
        &["签约", "", "", "1:30", "2个项目之后"],
        &["颁奖", "", "", "", "最后"],
    ];
    // The list of projects may stand after the programme.
    let file = read_roster("a.xlsx", &book(&[("议程", chinese), ("项目", projects)])).unwrap().blueprint;
    let says: Vec<&str> = file.projects.iter().map(|project| project.say.as_str()).collect();
    assert_eq!(says, ["jiǎ", ""]);
    let rows: Vec<_> = file.segments.iter().map(|row| (row.segment.clone(), row.before)).collect();
    let names = ["张三", "李四", "王五", "赵六"].map(String::from).to_vec();
    let segment = |id, kind, title: &str, names: &[String], secs, after| Segment {
        id: SegmentId(id),
        kind,
        title: title.into(),
        names: names.to_vec(),
        secs,
        after,
    };
    let expected = [
        (segment(1, SegmentKind::Opening, "开场致辞", &[], 300, Some(0)), None),
        (segment(2, SegmentKind::Appointment, "颁发聘书", &names, 150, None), Some(ProjectId(3))),
        (segment(3, SegmentKind::Signing, "签约", &[], 90, Some(2)), None),
        (segment(4, SegmentKind::Awards, "颁奖", &[], 0, None), None),
    ];
    assert_eq!(rows, expected);
    let english: &[&[&str]] = &[
        &["Position", "Segment", "Names"],
        &["at the start", "Opening", "A. Smith; B. Jones"],
        &["Before project 12", "coffee break", ""],
        &["after 1 pitch", "other", ""],
    ];
    // Without a list of projects the contest knows them.
    let file = read_roster("a.xlsx", &book(&[("Programme", english)])).unwrap().blueprint;
    let titles: Vec<&str> = file.segments.iter().map(|row| row.segment.title.as_str()).collect();
    assert_eq!(titles, ["Opening", "Break", "Other"]);
    assert_eq!(file.segments[0].segment.names, ["A. Smith", "B. Jones"]);
    assert_eq!(file.segments[1].before, Some(ProjectId(12)));
    assert_eq!(file.segments[2].segment.after, Some(1));
}

#[test]
fn every_mistake_of_a_programme_is_named_at_its_cell() {
    let projects: &[&[&str]] = &[&["序号", "项目名称"], &["1", "甲"]];
    let heads: &[&str] = &["环节", "标题", "名单", "时长(分钟)", "位置"];
    let names = vec!["某"; 41].join("、");
    let long = "长".repeat(121);
    let programme: &[&[&str]] = &[
        heads,
        &["舞蹈", "", "", "", "开头"],
        &["", "晚宴", "", "", "最后"],
        &["开场", &long, "", "", ""],
        &["签约", "", &names, "半小时", "项目9之前"],
        &["签约", "", &long, "601", "中间"],
        &["抽签", "=A1", "", "", "开头"],
    ];
    let found = errors("a.xlsx", &book(&[("项目", projects), ("议程", programme)]));
    let expected = [
        "2 A unknown-word",
        "3 A missing-word",
        "4 B too-long",
        "4 E missing-word",
        "5 C too-many-names",
        "5 D bad-minutes",
        "5 E unknown-project",
        "6 C too-long",
        "6 D bad-minutes",
        "6 E unknown-word",
        "7 B formula",
    ];
    assert_eq!(found, expected.map(|place| format!("议程 {place}")));
    // A number that is missing may be on a line that has a mistake of its own: only that is named.
    let broken: &[&[&str]] = &[&["序号", "项目名称"], &["1", "甲"], &["九", "乙"]];
    let one: &[&[&str]] = &[heads, &["签约", "", "", "", "项目9之前"]];
    assert_eq!(errors("a.xlsx", &book(&[("议程", one), ("项目", broken)])), ["项目 3 A bad-number"]);
    assert_eq!(
        errors("a.xlsx", &book(&[("议程", &[&["环节", "标题"], &["开场", ""]])])),
        ["议程 1 - missing-column"]
    );
    let many: Vec<&[&str]> =
        std::iter::once(heads).chain(std::iter::repeat_n(&["茶歇", "", "", "", "最后"][..], 100)).collect();
    assert_eq!(errors("a.xlsx", &book(&[("议程", &many)])), ["议程 101 A too-many-segments"]);
}

#[test]
fn a_rule_sheet_says_when_scorecards_are_taken() {
    let window = |rows: &[&[&str]]| {
        let rows: Vec<&[&str]> = std::iter::once(&["项", "值"][..]).chain(rows.iter().copied()).collect();
        read_roster("a.xlsx", &book(&[("规则", &rows)])).unwrap().blueprint
    };
    let said = window(&[
        &["评分开放", "随路演"],
        &["评分关闭", "60 秒后"],
        &["迟交评分表", "公布前接收"],
        &["预热组项目数", "3"],
        &["延后公布", "2"],
        &["亮分方式", "逐个"],
        &["封榜", "5"],
        &["揭晓方式", "按赛道"],
    ]);
    let policy = WindowPolicy {
        opens: Opens::WithPitch,
        closes: Closes::After(60),
        late: Late::UntilAnnounced,
        warm_up: 3,
        announce_after: 2,
        plates: Turning::OneByOne,
        freeze: 5,
        reveal: Mode::ByTrack,
    };
    assert_eq!((said.window, said.rule, said.timing), (Some(policy), None, None));
    let closes = |value| window(&[&["window closes", value]]).window.unwrap().closes;
    assert_eq!(closes("when all are in"), Closes::WhenAllIn);
    assert_eq!(closes("by hand"), Closes::ByHand);
    assert_eq!(closes("after 1:30"), Closes::After(90));
    assert_eq!(closes("after 20 seconds"), Closes::After(20));
    let rest = window(&[&["小数位数", "2"], &["同分处理", "精确分，抽签；并列"]]);
    assert_eq!((rest.window, rest.rule.unwrap().ties.unwrap().len()), (None, 3));
}
