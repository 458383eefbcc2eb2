//! `podium tally` as a stranger uses it: JSON and workbooks in, standings with reasons out, one clear error each.

use crate::durability::process::BINARY;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn podium(arguments: &[&str]) -> Said {
    let output = Command::new(BINARY).arg("tally").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn tally_text(text: &str) -> Said {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("in.json");
    std::fs::write(&file, text).unwrap();
    podium(&["--json", file.to_str().unwrap()])
}

fn tally(input: &Value) -> Value {
    let said = tally_text(&input.to_string());
    assert_eq!(said.code, Some(0), "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// Three judges, three projects, two criteria.
fn input() -> Value {
    let card = |project: &str, judge: &str, a: &str, b: &str| json!({"project": project, "judge": judge, "marks": {"c1": a, "c2": b}});
    json!({
        "rule": {"method": "mean"},
        "criteria": [{"id": "c1", "max": "60", "weight": 60, "step": "0.5"}, {"id": "c2", "max": "40", "weight": 40}],
        "scorecards": [
            card("P1", "J1", "55", "38"), card("P1", "J2", "56.5", "36"), card("P1", "J3", "54", "35.5"),
            card("P2", "J1", "50", "30"), card("P2", "J2", "51", "31"), card("P2", "J3", "49", "29"),
            card("P3", "J1", "40", "20"), card("P3", "J2", "45", "22"),
        ],
    })
}

#[test]
fn standings_reasons_and_figures() {
    let report = tally(&input());
    let first = &report["standings"][0];
    // (93 + 92.5 + 89.5) / 3
    assert_eq!(
        (&first["project"], &first["place"], &first["score"], &first["exact"]),
        (&json!("P1"), &json!(1), &json!("91.67"), &json!("275/3"))
    );
    assert_eq!(first["decided_by"], Value::Null);
    let explain = &first["explain"];
    assert_eq!(explain["cards"].as_array().unwrap().len(), 3);
    assert_eq!(explain["cards"][1]["total"], json!({"exact": "185/2", "shown": "92.50"}));
    assert_eq!(
        explain["cards"][0]["marks"][1],
        json!({"criterion": "c2", "mark": "38", "points": {"exact": "38", "shown": "38.00"}})
    );
    assert_eq!(explain["rounding"], json!({"mode": "half_away", "decimals": 2, "at": "end"}));
    assert_eq!(report["standings"].as_array().unwrap().len(), 2);
    let unranked = &report["unranked"][0];
    assert_eq!((&unranked["project"], &unranked["score"]), (&json!("P3"), &json!("63.50")));
    assert!(unranked["reason"].as_str().unwrap().contains("2 of the 3"));
    let analysis = &report["analysis"];
    assert_eq!(
        (&analysis["icc"]["2,1"], &analysis["undefined"]["icc"]),
        (&Value::Null, &json!("too-few-projects"))
    );
    assert_eq!(
        (&analysis["p_first"], &analysis["undefined"]["p_first"]),
        (&Value::Null, &json!("too-few-judges"))
    );
    assert_eq!(analysis["kendall_w"], json!(1.0));
    // Of the ranked projects: J1's mean 86.5 beside the panel's 85 5/6.
    assert!((analysis["judges"]["J1"]["severity"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(analysis["without_judge"]["J1"], json!(["P1", "P2"]));
    assert_eq!(analysis["without_judge"]["J3"], json!(["P1", "P2", "P3"]), "a panel of two asks for two");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_a_table_for_people() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("in.json");
    std::fs::write(&file, input().to_string()).unwrap();
    let path = file.to_str().unwrap();
    assert_eq!(podium(&["--json", path]).out, podium(&["--json", path]).out);
    let table = podium(&[path]);
    assert_eq!(table.code, Some(0));
    assert!(
        table.out.starts_with("   1     91.67  P1\n   2     80.00  P2\n   -     63.50  P3: 2 of the 3"),
        "{}",
        table.out
    );
}

#[test]
fn blends_deductions_decisions_and_lots() {
    let mut whole = input();
    whole["rule"] =
        json!({"method": "mean", "min_judges": 2, "audience": {"share": "0.2", "scale": "share_of_max"}});
    whole["ballots"] = json!({"P1": 50, "P2": 100, "P3": 0});
    whole["deductions"] = json!([{"project": "P2", "points": "1.5", "reason": "overtime"}]);
    let report = tally(&whole);
    // 80·0.8 + 100·0.2 − 1.5
    assert_eq!(report["standings"][1]["score"], json!("82.50"));
    assert_eq!(report["standings"][1]["explain"]["audience"]["points"]["exact"], json!("100"));
    assert_eq!(
        report["standings"][1]["explain"]["deductions"][0],
        json!({"points": "1.5", "reason": "overtime"})
    );
    assert!(report["analysis"]["audience_weight"].as_f64().unwrap() > 0.2);

    let tied = |rule: Value| {
        let mut tied = input();
        tied["rule"] = rule;
        for card in tied["scorecards"].as_array_mut().unwrap().iter_mut() {
            card["marks"] = json!({"c1": "50", "c2": "30"});
        }
        tied
    };
    // Fewer judges saw P3: count-back would go by that, so it is left out here.
    let shared = tally(&tied(json!({"min_judges": 2, "ties": ["exact", "median"]})));
    assert!(
        shared["standings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["place"] == 1 && row["decided_by"] == "share")
    );
    let mut decided = tied(json!({"min_judges": 2, "ties": ["exact", "chair"]}));
    decided["decisions"] = json!([["P3", "P1", "P2"]]);
    let decided = tally(&decided);
    let order = |report: &Value| -> Vec<String> {
        report["standings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["project"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(order(&decided), ["P3", "P1", "P2"]);
    assert_eq!(decided["standings"][0]["decided_by"], json!("chair"));
    let drawn = tally(&tied(json!({"min_judges": 2, "ties": ["lot"], "seed": "winter"})));
    assert_eq!(
        order(&drawn),
        podium::domain::scoring::lot::order("winter", &["P1".into(), "P2".into(), "P3".into()])
    );
    assert_eq!(drawn["standings"][2]["explain"]["splits"][0]["step"], json!("lot"));
}

#[test]
fn time_over_costs_what_the_rules_table_says() {
    let mut whole = input();
    whole["rule"]["overtime"] = json!({"grace_secs": 10, "unit_secs": 30, "per_unit": "0.5", "cap": "2"});
    whole["rule"]["min_judges"] = json!(2);
    whole["deductions"] = json!([{"project": "P2", "points": "1", "reason": "late entry"}]);
    whole["overtime"] = json!({"P1": 10, "P2": 47, "P3": 3600});
    let report = tally(&whole);
    let row = |at: usize| {
        let row = &report["standings"][at];
        (row["project"].clone(), row["score"].clone(), row["explain"]["deductions"].clone())
    };
    assert_eq!(row(0), (json!("P1"), json!("91.67"), json!([])), "within the grace");
    // 80 − 1 − 1: two units of thirty seconds were begun.
    let two = json!([{"points": "1", "reason": "late entry"}, {"points": "1", "reason": "overtime 0:47"}]);
    assert_eq!(row(1), (json!("P2"), json!("78.00"), two));
    let capped = json!([{"points": "2", "reason": "overtime 60:00"}]);
    assert_eq!(row(2), (json!("P3"), json!("61.50"), capped));
}

#[test]
fn a_deduction_does_not_disturb_the_exact_scores_of_a_tie() {
    // 84.004 and, after 0.5 off, 84.0039… print alike; the exact scores say who is ahead, whichever has the deduction.
    let card = |project: &str, judge: &str, mark: &str| json!({"project": project, "judge": judge, "marks": {"c1": mark}});
    for (deducted, first) in [("84.503", "P1"), ("84.5045", "P2")] {
        let report = tally(&json!({
            "rule": {"method": "mean", "min_judges": 1},
            "criteria": [{"id": "c1", "max": "100", "weight": 1}],
            "scorecards": [card("P1", "J1", "84.004"), card("P2", "J1", deducted)],
            "deductions": [{"project": "P2", "points": "0.5"}],
        }));
        assert_eq!(report["standings"][0]["project"], json!(first));
        assert_eq!(report["standings"][0]["score"], report["standings"][1]["score"]);
        assert_eq!(report["standings"][0]["decided_by"], json!("exact"));
    }
}

#[test]
fn a_scorecard_with_a_hole_is_a_draft() {
    let mut holed = input();
    holed["scorecards"][0]["marks"] = json!({"c1": "55"});
    let report = tally(&holed);
    let unranked: Vec<_> =
        report["unranked"].as_array().unwrap().iter().map(|row| row["project"].as_str().unwrap()).collect();
    assert_eq!(unranked, ["P1", "P3"]);
}

#[test]
fn every_mistake_is_one_error_at_its_path_with_nothing_on_stdout() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut input = input();
        change(&mut input);
        input.to_string()
    };
    let mark =
        |value: Value| with(&|input: &mut Value| input["scorecards"][2]["marks"]["c1"] = value.clone());
    let rule = |value: Value| with(&|input: &mut Value| input["rule"] = value.clone());
    let overtime = |value: Value| {
        with(&|input: &mut Value| {
            input["rule"]["overtime"] = json!({"steps": [{"over_secs": 10, "points": "0.2"}]});
            input["overtime"] = value.clone();
        })
    };
    let cases: Vec<(String, &str, &str)> = vec![
        (
            with(&|input| input["scorecards"][1]["marks"]["c9"] = json!("1")),
            "scorecards[1].marks.c9",
            "no criterion",
        ),
        (mark(json!("60.5")), "scorecards[2].marks.c1", "over the highest mark 60"),
        (mark(json!("-1")), "scorecards[2].marks.c1", "below 0"),
        (mark(json!("54.3")), "scorecards[2].marks.c1", "off the step of 0.5"),
        (mark(json!(54.5)), "scorecards[2].marks", "never as a number"),
        (mark(json!(54)), "scorecards[2].marks", "never as a number"),
        (mark(json!("fine")), "scorecards[2].marks", "not a decimal"),
        (with(&|input| input["scorecards"][1]["judge"] = json!("J1")), "scorecards[1]", "already"),
        (with(&|input| input["scorecards"][1]["judge"] = json!(" J2")), "scorecards[1].judge", "white space"),
        (with(&|input| input["scorecards"][1]["project"] = json!("")), "scorecards[1].project", "1 to 64"),
        (with(&|input| input["scorecards"] = json!([])), "scorecards", "empty"),
        (with(&|input| input["criteria"] = json!([])), "criteria", "weight above 0"),
        (with(&|input| input["criteria"][1]["id"] = json!("c1")), "criteria", "twice"),
        (with(&|input| input["criteria"][1]["max"] = json!(40)), "criteria[1].max", "never as a number"),
        (with(&|input| input["ballots"] = json!({"P7": 3})), "ballots.P7", "no scorecard names"),
        (
            with(&|input| input["deductions"] = json!([{"project": "P7", "points": "1"}])),
            "deductions[0].project",
            "P7",
        ),
        (
            with(&|input| input["deductions"] = json!([{"project": "P1", "points": "-1"}])),
            "deductions[0].points",
            "negative",
        ),
        (with(&|input| input["overtime"] = json!({"P1": 47})), "overtime", "no table for overtime"),
        (overtime(json!({"P7": 47})), "overtime.P7", "no scorecard names"),
        (overtime(json!({"P1": 4.5})), "overtime", "invalid type"),
        (overtime(json!({"P1": -4})), "overtime", "invalid value"),
        (overtime(json!({"P1": "47"})), "overtime", "invalid type"),
        (rule(json!({"overtime": {"steps": []}})), "rule.overtime", "1 to 20 steps"),
        (rule(json!({"overtime": {"cap": "2"}})), "rule.overtime", "grace_secs, unit_secs and per_unit"),
        (
            rule(json!({"overtime": {"steps": [{"over_secs": 10, "points": 0.2}]}})),
            "rule.overtime.steps[0].points",
            "never as a number",
        ),
        (
            rule(json!({"method": "rank_sum", "overtime": {"steps": [{"over_secs": 10, "points": "1"}]}})),
            "rule",
            "takes no deductions",
        ),
        (with(&|input| input["judges"] = json!([])), "judges", "unknown field"),
        (rule(json!({"method": "average"})), "rule.method", "unknown variant"),
        (rule(json!({"ties": ["exact", "coin"]})), "rule.ties[1]", "no tie-break"),
        (rule(json!({"ties": ["criterion:c9"]})), "rule", "no such criterion"),
        (rule(json!({"ties": ["lot"]})), "rule", "needs a seed"),
        (rule(json!({"ties": ["share", "exact"]})), "rule", "follow share"),
        (rule(json!({"decimals": 5})), "rule", "0 to 4 decimals"),
        (rule(json!({"lambda": "-1"})), "rule", "lambda"),
        (rule(json!({"audience": {"share": "0.6"}})), "rule", "0 to 0.5"),
        (rule(json!({"audience": {"share": "0.1"}, "min_judges": 2})), "", "counted ballot"),
        (rule(json!({"colour": "blue"})), "rule.colour", "unknown field"),
        (rule(json!({"method": "rank_sum", "min_judges": 2})), "", "J3 has none for P3"),
        (rule(json!({"method": "median", "round_at": "each_step"})), "rule", "rounded at each step"),
        ("{\"criteria\": [".into(), "criteria", "EOF"),
        (format!("{} x", input()), "document", "trailing"),
    ];
    for (text, path, part) in cases {
        let said = tally_text(&text);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""), "{text}");
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
        assert!(
            said.err.contains(&format!(": {path}")) && said.err.contains(part),
            "{path} {part}: {}",
            said.err
        );
    }
    let doubled = input().to_string().replace("\"c1\":\"54\"", "\"c1\":\"54\",\"c1\":\"53\"");
    let said = tally_text(&doubled);
    assert!(said.code == Some(2) && said.err.contains("stands twice"), "{}", said.err);
    let two_rooms = json!({
        "rule": {"method": "severity", "lambda": "0", "min_judges": 1},
        "criteria": [{"id": "c1", "max": "100", "weight": 1}],
        "scorecards": [
            {"project": "P1", "judge": "A", "marks": {"c1": "80"}}, {"project": "P2", "judge": "A", "marks": {"c1": "70"}},
            {"project": "P3", "judge": "B", "marks": {"c1": "90"}}, {"project": "P4", "judge": "B", "marks": {"c1": "60"}},
        ],
    });
    let said = tally_text(&two_rooms.to_string());
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(
        said.err.contains("projects P1, P2; judges A") && said.err.contains("A for P3 would join"),
        "{}",
        said.err
    );
    assert_eq!(podium(&["/no/such/file.json"]).code, Some(2));
}

type Sheet<'a> = (&'a str, Vec<Vec<&'a str>>);

fn workbook(at: &Path, sheets: &[Sheet<'_>]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row as u32, column as u16, number).unwrap(),
                    Err(_) => sheet.write_string(row as u32, column as u16, *cell).unwrap(),
                };
            }
        }
    }
    book.save(at).unwrap();
}

fn sheets<'a>() -> Vec<Sheet<'a>> {
    vec![
        ("项目", vec![vec!["序号", "项目名称"], vec!["1", "甲"], vec!["2", "乙"]]),
        ("评委", vec![vec!["编号", "姓名"], vec!["1", "评委1"], vec!["2", "评委2"]]),
        ("评分标准", vec![vec!["评分项", "分值", "步长"], vec!["创新", "60", "0.5"], vec!["市场", "40", ""]]),
        (
            "规则",
            vec![
                vec!["项", "值"],
                vec!["计分方法", "平均分"],
                vec!["观众占比", "10%"],
                vec!["同分处理", "精确分、评分项1、并列"],
                vec!["超时扣分", "10 秒 0.2; 30 秒 0.5"],
            ],
        ),
        (
            "评分",
            vec![
                vec!["项目", "评委", "创新", "市场"],
                vec!["1", "1", "55.5", "38"],
                vec!["甲", "评委2", "50", "30"],
                vec!["2", "1", "40", "39"],
                vec!["P2", "J2", "41.5", "40"],
            ],
        ),
        ("投票", vec![vec!["项目", "票数"], vec!["1", "10"], vec!["2", "30"]]),
        ("扣分", vec![vec!["项目", "分数", "原因"], vec!["乙", "0.5", "迟到"]]),
        ("超时", vec![vec!["项目", "超时(秒)"], vec!["P1", "0:10"], vec!["乙", "47"]]),
    ]
}

#[test]
fn a_workbook_says_the_same_as_json() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("评分.xlsx");
    workbook(&file, &sheets());
    let said = podium(&["--json", file.to_str().unwrap()]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let from_book: Value = serde_json::from_str(&said.out).unwrap();
    let card = |project: &str, judge: &str, a: &str, b: &str| json!({"project": project, "judge": judge, "marks": {"c1": a, "c2": b}});
    let from_json = tally(&json!({
        "rule": {"method": "mean", "drop": 0, "audience": {"share": "0.1"}, "ties": ["exact", "criterion:c1", "share"],
            "overtime": {"steps": [{"over_secs": 10, "points": "0.2"}, {"over_secs": 30, "points": "0.5"}]}},
        "criteria": [{"id": "c1", "name": "创新", "max": "60", "weight": 60, "step": "0.5"}, {"id": "c2", "name": "市场", "max": "40", "weight": 40}],
        "scorecards": [card("P1", "J1", "55.5", "38"), card("P1", "J2", "50", "30"), card("P2", "J1", "40", "39"), card("P2", "J2", "41.5", "40")],
        "ballots": {"P1": 10, "P2": 30},
        "deductions": [{"project": "P2", "points": "0.5", "reason": "迟到"}],
        "overtime": {"P1": 10, "P2": 47},
    }));
    // The sheet's language gives the reason; the rest is the same.
    let reasons = |report: &Value| report["standings"][1]["explain"]["deductions"].clone();
    assert_eq!(reasons(&from_book)[1], json!({"points": "0.5", "reason": "超时 0:47"}));
    assert_eq!(reasons(&from_json)[1], json!({"points": "0.5", "reason": "overtime 0:47"}));
    assert_eq!(from_book.to_string().replace("超时 0:47", "overtime 0:47"), from_json.to_string());
}

#[test]
fn mistakes_in_a_workbook_are_named_by_sheet_row_and_column() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("a.xlsx");
    let said = |sheets: &[Sheet<'_>]| {
        workbook(&file, sheets);
        let said = podium(&["--json", file.to_str().unwrap()]);
        assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
        said.err
    };
    let scores = |row: Vec<&'static str>| {
        let mut sheets = sheets();
        sheets[4].1[2] = row;
        sheets
    };
    for (row, place) in [
        (vec!["9", "2", "50", "30"], "sheet 评分, row 3, column A, unknown-project"),
        (vec!["1", "9", "50", "30"], "sheet 评分, row 3, column B, unknown-judge"),
        (vec!["1", "2", "61", "30"], "sheet 评分, row 3, column C, mark-over-maximum"),
        (vec!["1", "2", "50.3", "30"], "sheet 评分, row 3, column C, mark-off-step"),
        (vec!["1", "2", "好", "30"], "sheet 评分, row 3, column C, bad-mark"),
        (vec!["1", "1", "50", "30"], "sheet 评分, row 3, duplicate-scorecard"),
    ] {
        let err = said(&scores(row));
        assert!(err.contains(place), "{place}: {err}");
    }
    let mut unknown = sheets();
    unknown[4].1[0][3] = "魅力";
    let err = said(&unknown);
    assert!(err.contains("row 1, column D, unknown-column") && err.contains("missing-column"), "{err}");
    let mut rule = sheets();
    rule[3].1[3][1] = "精确分、掷硬币";
    assert!(said(&rule).contains("sheet 规则, row 4, column B, unknown-word"));
    let mut without = sheets();
    without.remove(4);
    assert!(said(&without).contains("missing-scores"));
    let mut votes = sheets();
    votes[5].1[1][1] = "许多";
    assert!(said(&votes).contains("sheet 投票, row 2, column B, bad-number"));
    let over = |row: Vec<&'static str>| {
        let mut sheets = sheets();
        sheets[7].1[2] = row;
        sheets
    };
    for (row, place) in [
        (vec!["9", "47"], "sheet 超时, row 3, column A, unknown-project"),
        (vec!["2", "久"], "sheet 超时, row 3, column B, bad-number"),
        (vec!["2", "4.5"], "sheet 超时, row 3, column B, bad-number"),
        (vec!["2", "-4"], "sheet 超时, row 3, column B, bad-number"),
        (vec!["2", "0:75"], "sheet 超时, row 3, column B, bad-number"),
        (vec!["2", ""], "sheet 超时, row 3, column B, bad-number"),
        (vec!["1", "47"], "sheet 超时, row 3, duplicate-overtime"),
    ] {
        let err = said(&over(row));
        assert!(err.contains(place) && err.lines().count() == 1, "{place}: {err}");
    }
    let mut free = sheets();
    free[3].1.truncate(4);
    assert!(said(&free).contains("sheet 超时, row 2, no-overtime-rule"));
    let mut steps = sheets();
    steps[3].1[4][1] = "10 秒 0.5; 30 秒 0.2";
    assert!(said(&steps).contains("sheet 规则, row 5, column B, bad-steps"));
}

#[test]
fn the_template_is_read_as_it_is_written() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("模板.xlsx");
    let path = file.to_str().unwrap();
    assert_eq!(podium(&["--template", path]).code, Some(0));
    let said = podium(&["--json", path]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let report: Value = serde_json::from_str(&said.out).unwrap();
    // One example scorecard of a panel of three: there, and not ranked.
    assert_eq!(report["unranked"][0]["score"], json!("85.00"));
}
