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
    // Fewer judges saw P3: that decides nothing, whatever counts or adds.
    let shared =
        tally(&tied(json!({"min_judges": 2, "ties": ["exact", "countback", "untrimmed_sum", "highest"]})));
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
        (mark(json!("-1")), "scorecards[2].marks.c1", "below zero"),
        (mark(json!("54.3")), "scorecards[2].marks.c1", "off the step of 0.5"),
        (mark(json!(54.5)), "scorecards[2].marks.c1", "never as a number"),
        (mark(json!(54)), "scorecards[2].marks.c1", "never as a number"),
        (mark(json!("fine")), "scorecards[2].marks.c1", "not a decimal"),
        (mark(json!(["54"])), "scorecards[2].marks.c1", "there should be a text"),
        (with(&|input| input["scorecards"][1]["judge"] = json!("J1")), "scorecards[1]", "already"),
        (with(&|input| input["scorecards"][1]["judge"] = json!(" J2")), "scorecards[1].judge", "white space"),
        (with(&|input| input["scorecards"][1]["project"] = json!("")), "scorecards[1].project", "1 to 64"),
        (with(&|input| input["scorecards"] = json!([])), "scorecards", "empty"),
        (with(&|input| input["scorecards"][1]["judge"] = json!("J\u{7}2")), "scorecards[1].judge", "control"),
        (
            with(&|input| input["scorecards"][1]["project"] = json!("P\u{202e}1")),
            "scorecards[1].project",
            "control",
        ),
        (with(&|input| input["criteria"][1]["id"] = json!("c\n2")), "criteria[1].id", "control"),
        (with(&|input| input["scorecards"][3] = json!(["P1", "J1", {}])), "scorecards[3]", "an object"),
        (with(&|input| input["scorecards"][3]["marks"] = json!(["54"])), "scorecards[3].marks", "an object"),
        (with(&|input| input["criteria"][1] = json!(["c2", "", "40", 40])), "criteria[1]", "an object"),
        (with(&|input| input["rule"] = json!(["mean"])), "rule", "an object"),
        (rule(json!({"audience": ["0.1", "matched"]})), "rule.audience", "an object"),
        (with(&|input| input["deductions"] = json!([["P1", "1", ""]])), "deductions[0]", "an object"),
        (with(&|input| input["scorecards"] = json!({"P1": {}})), "scorecards", "a list"),
        ("[]".into(), "document", "an object"),
        (with(&|input| input["criteria"] = json!([])), "criteria", "weight above 0"),
        (with(&|input| input["criteria"][1]["id"] = json!("c1")), "criteria[1].id", "twice"),
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
            "below zero",
        ),
        (with(&|input| input["overtime"] = json!({"P1": 47})), "overtime", "no table for overtime"),
        (overtime(json!({"P7": 47})), "overtime.P7", "no scorecard names"),
        (overtime(json!({"P1": 4.5})), "overtime.P1", "a whole number"),
        (overtime(json!({"P1": -4})), "overtime.P1", "a whole number"),
        (overtime(json!({"P1": "47"})), "overtime.P1", "a whole number"),
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
        (with(&|input| input["jury"] = json!([])), "jury", "unknown field"),
        (with(&|input| input["panel"] = json!("5")), "panel", "a whole number"),
        (
            with(&|input| input["judges"] = json!([{"id": "J1"}, {"id": "J1"}])),
            "judges[1].id",
            "listed twice",
        ),
        (with(&|input| input["projects"] = json!([{"name": "x"}])), "projects[0]", "missing"),
        (
            with(&|input| input["recusals"] = json!([{"project": "P1", "judge": "J2", "kind": "recused"}])),
            "recusals[0]",
            "stands aside from P1",
        ),
        (with(&|input| input["out"] = json!([{"project": "P2"}])), "out[0]", "P2 is out"),
        (rule(json!({"method": "average"})), "rule.method", "\"average\" is none of mean, trimmed_mean"),
        (rule(json!({"drop": "1"})), "rule.drop", "a whole number"),
        (rule(json!({"ties": ["lot"], "seed": ""})), "rule.ties", "needs a seed"),
        (rule(json!({"ties": ["exact", "coin"]})), "rule.ties[1]", "no tie-break"),
        (rule(json!({"ties": ["criterion:c9"]})), "rule.ties", "no such criterion"),
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
    assert!(
        said.code == Some(2) && said.err.contains("scorecards[2].marks.c1: this key stands twice"),
        "{}",
        said.err
    );
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

/// A document with a mistake in every part.
fn riddled() -> Value {
    let mut all = input();
    all["rule"] = json!({"drop": "1", "colour": "blue", "ties": ["coin"]});
    all["scorecards"][0]["marks"]["c1"] = json!("60.5");
    all["scorecards"][1]["marks"] = json!({"c1": "-1", "c9": "3"});
    all["scorecards"][4]["judge"] = json!("J1");
    all["scorecards"][7]["project"] = json!("");
    all["ballots"] = json!({"P7": 3, "P1": -2});
    all["deductions"] = json!([{"points": "x"}]);
    all["decisions"] = json!([["P9"]]);
    all
}

#[test]
fn all_mistakes_come_at_once_in_the_order_of_the_document() {
    let said = tally_text(&riddled().to_string());
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    let paths: Vec<&str> = said.err.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(
        paths,
        [
            "rule.colour",
            "rule.drop",
            "rule.ties[0]",
            "scorecards[0].marks.c1",
            "scorecards[1].marks.c1",
            "scorecards[1].marks.c9",
            "scorecards[4]",
            "scorecards[7].project",
            "ballots.P1",
            "ballots.P7",
            "deductions[0]",
            "deductions[0].points",
            "decisions[0][0]",
        ],
        "{}",
        said.err
    );
    // A rule with two problems names both.
    let mut twice = input();
    twice["rule"] = json!({"decimals": 5, "lambda": "-1", "ties": ["lot"]});
    let said = tally_text(&twice.to_string());
    let problems = ["rule.decimals: ", "rule.lambda: ", "rule.ties: "];
    assert!(
        said.err.lines().count() == 3 && problems.iter().all(|one| said.err.contains(one)),
        "{}",
        said.err
    );
}

#[test]
fn a_partial_scorecard_does_not_hide_a_second_one() {
    let mut doubled = input();
    doubled["scorecards"][0]["marks"] = json!({"c1": "55"});
    doubled["scorecards"][1]["judge"] = json!("J1");
    let said = tally_text(&doubled.to_string());
    assert_eq!(said.code, Some(2));
    assert!(
        said.err.contains("scorecards[1]: J1 has a scorecard for P1 already: scorecards[0]"),
        "{}",
        said.err
    );
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    let plain = tally_text(&input().to_string());
    let marked = tally_text(&format!("\u{feff}{}", input()));
    assert_eq!((marked.code, marked.out), (Some(0), plain.out), "{}", marked.err);
}

#[test]
fn without_a_method_the_size_of_the_panel_gives_it() {
    let panel = |judges: usize, rule: Value| {
        let cards = (1..=judges).map(|judge| {
            let mark = [10, 60, 60, 60, 90][judge - 1].to_string();
            json!({"project": "P1", "judge": format!("J{judge}"), "marks": {"c1": mark}})
        });
        let report = tally(&json!({
            "rule": rule,
            "criteria": [{"id": "c1", "max": "100", "weight": 1}],
            "scorecards": cards.collect::<Vec<_>>(),
        }));
        let row = &report["standings"][0];
        (row["explain"]["method"].clone(), row["score"].clone(), report["warnings"].clone())
    };
    // The plain mean of four, whatever else the rule says of leaving out; nothing fell back.
    for rule in [json!({}), json!({"drop": 1, "min_keep": 1}), json!({"drop": 2})] {
        assert_eq!(panel(4, rule.clone()), (json!("mean"), json!("47.50"), json!([])), "{rule}");
        assert_eq!(panel(5, rule.clone()).0, "trimmed_mean", "{rule}");
    }
    assert_eq!(panel(5, json!({})).1, "60.00");
    // A rule that names the trimmed mean has it, and what it cannot leave out is told.
    let (method, score, warnings) = panel(4, json!({"method": "trimmed_mean"}));
    assert_eq!((method, score), (json!("trimmed_mean"), json!("47.50")));
    assert_eq!(warnings[0]["kind"], "fallback");
    assert_eq!(warnings[0]["fallback"], json!({"cards": 4, "asked": 1, "dropped": 0}));
    assert_eq!(warnings[0]["text"], "Could not trim: 4 scorecards, plain mean (P1).");
    assert_eq!(panel(4, json!({"method": "trimmed_mean", "min_keep": 1})).1, "60.00");
}

/// Two rooms that share no judge, both with a tie.
fn two_rooms() -> Value {
    let card = |project: &str, judge: &str, mark: &str| json!({"project": project, "judge": judge, "marks": {"c1": mark}});
    json!({
        "rule": {"method": "severity", "min_judges": 2},
        "criteria": [{"id": "c1", "max": "100", "weight": 1}],
        "scorecards": [
            card("P1", "J1", "80"), card("P1", "J2", "84"), card("P2", "J1", "84"), card("P2", "J2", "80"),
            card("P3", "J3", "70"), card("P3", "J4", "74"), card("P4", "J3", "60"), card("P4", "J4", "65"),
        ],
    })
}

#[test]
fn rooms_that_share_no_judge_are_named_wherever_the_standings_are_told() {
    let report = tally(&two_rooms());
    let parts = json!([{"projects": ["P1", "P2"], "judges": ["J1", "J2"]}, {"projects": ["P3", "P4"], "judges": ["J3", "J4"]}]);
    assert_eq!(
        (&report["warnings"][0]["kind"], &report["warnings"][0]["parts"]),
        (&json!("unjoined"), &parts)
    );
    assert_eq!(report["standings"][0]["explain"]["unjoined"], parts);
    assert_eq!(report["scorer"], podium::domain::scoring::VERSION);
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("rooms.json");
    std::fs::write(&file, two_rooms().to_string()).unwrap();
    let path = file.to_str().unwrap();
    let en = podium(&[path]).out;
    assert!(en.contains("2 parts that no judge joins; between them nothing is corrected: projects P1, P2 with judges J1, J2"), "{en}");
    assert!(en.contains("P2  (shares the place of the row above)"), "{en}");
    let zh = podium(&["--lang", "zh", path]).out;
    assert!(
        zh.contains("各部分之间的宽严没有修正：项目 P1、P2，评委 J1、J2；项目 P3、P4，评委 J3、J4"),
        "{zh}"
    );
    assert!(zh.contains("P2  (与上一行并列)") && zh.contains("评委组") && zh.contains("无定义"), "{zh}");
}

#[test]
fn a_judge_has_one_severity() {
    let mut rooms = two_rooms();
    for lambda in ["1", "0.5"] {
        rooms["rule"]["lambda"] = json!(lambda);
        let report = tally(&rooms);
        for row in report["standings"].as_array().unwrap() {
            for card in row["explain"]["cards"].as_array().unwrap() {
                let exact: Vec<f64> = card["effect"]["exact"]
                    .as_str()
                    .unwrap()
                    .split('/')
                    .map(|n| n.parse().unwrap())
                    .collect();
                let effect = exact[0] / exact.get(1).unwrap_or(&1.0);
                let judge = card["judge"].as_str().unwrap();
                let told = report["analysis"]["judges"][judge]["severity"].as_f64().unwrap();
                assert!((told - effect).abs() < 1e-9, "{judge}: {told} beside {effect}");
            }
        }
    }
}

#[test]
fn the_row_above_and_what_decided_are_told_in_both_languages() {
    let card = |project: &str, judge: &str, a: &str, b: &str| json!({"project": project, "judge": judge, "marks": {"c1": a, "c2": b}});
    let tied = json!({
        "rule": {"method": "mean", "min_judges": 1},
        "criteria": [{"id": "c1", "max": "60", "weight": 60}, {"id": "c2", "max": "40", "weight": 40}],
        "scorecards": [card("P1", "J1", "50", "30"), card("P2", "J1", "51", "29")],
    });
    let report = tally(&tied);
    let step = json!({"step": "criterion", "criterion": "c1"});
    assert_eq!((&report["standings"][0]["below"], &report["standings"][1]["above"]), (&step, &step));
    assert_eq!(
        report["standings"][1]["explain"]["gap"],
        json!({"place": 1, "projects": ["P2"], "points": "0.00", "parted_by": step})
    );
    let against = &report["standings"][1]["explain"]["against"];
    assert_eq!((&against[0]["standing"], &against[1]["standing"]), (&json!("weakest"), &json!("strongest")));
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("tied.json");
    std::fs::write(&file, tied.to_string()).unwrap();
    let path = file.to_str().unwrap();
    let en = podium(&["--statistics", "none", path]).out;
    assert_eq!(
        en,
        "   1     80.00  P2\n   2     80.00  P1  (level with the row above; criterion c1 decided)\n"
    );
    let zh = podium(&["--statistics", "none", "--lang", "zh", path]).out;
    assert_eq!(zh, "   1     80.00  P2\n   2     80.00  P1  (与上一行同分，评分项 c1决定)\n");
}

#[test]
fn figures_that_take_long_are_made_where_somebody_asks() {
    let cards = (1..=12).flat_map(|project| (1..=9).map(move |judge| (project, judge)));
    let cards = cards.map(|(project, judge)| {
        let mark = (50 + (project * 7 + judge * 3) % 11).to_string();
        json!({"project": format!("P{project}"), "judge": format!("J{judge}"), "marks": {"c1": mark}})
    });
    let whole = json!({
        "rule": {"method": "trimmed_mean", "round_at": "each_step"},
        "criteria": [{"id": "c1", "max": "100", "weight": 1}],
        "scorecards": cards.collect::<Vec<_>>(),
    });
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("in.json");
    std::fs::write(&file, whole.to_string()).unwrap();
    let path = file.to_str().unwrap();
    let report = |statistics: &[&str]| -> Value {
        let said = podium(&[&["--json", path], statistics].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.err))
    };
    let cheap = report(&[]);
    assert_eq!(
        (&cheap["analysis"]["p_first"], &cheap["analysis"]["undefined"]["p_first"]),
        (&Value::Null, &json!("not-asked")),
        "24,310 draws of fractions"
    );
    assert!(cheap["analysis"]["kendall_w"].is_number());
    assert!(report(&["--statistics", "none"]).get("analysis").is_none());
    // Asked for, it is there; what takes no time is there unasked.
    let mut quick = whole.clone();
    quick["scorecards"].as_array_mut().unwrap().retain(|card| {
        let number = |key: &str| card[key].as_str().unwrap()[1..].parse::<u32>().unwrap();
        number("project") <= 4 && number("judge") <= 5
    });
    std::fs::write(&file, quick.to_string()).unwrap();
    assert!(report(&[])["analysis"]["p_first"].is_object());
    assert_eq!(report(&[])["analysis"], report(&["--statistics", "all"])["analysis"]);
}

#[test]
fn mistakes_are_sentences_in_chinese_too() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("in.json");
    std::fs::write(&file, riddled().to_string()).unwrap();
    let said = podium(&["--lang", "zh", file.to_str().unwrap()]);
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    for part in [
        "rule.colour：没有这个键；可用：",
        "scorecards[0].marks.c1：60.5 超过满分 60",
        "-1 小于 0",
        "J1 已有一份给 P2 的评分表",
    ] {
        assert!(said.err.contains(part), "{part}: {}", said.err);
    }
    assert!(
        said.err.lines().all(|line| line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))),
        "{}",
        said.err
    );
    // What a file names cannot steer the terminal.
    let mut steering = input();
    steering["ballots"] = json!({"\u{1b}[31mP": 3});
    std::fs::write(&file, steering.to_string()).unwrap();
    let said = podium(&[file.to_str().unwrap()]);
    assert!(said.code == Some(2) && !said.err.contains('\u{1b}'), "{}", said.err);
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
        (vec!["9", "2", "50", "30"], "sheet 评分, row 3, column A: There is no project '9'"),
        (vec!["1", "9", "50", "30"], "sheet 评分, row 3, column B: There is no judge '9'"),
        (vec!["1", "2", "61", "30"], "sheet 评分, row 3, column C: '61' is over the maximum 60"),
        (vec!["1", "2", "-1", "30"], "sheet 评分, row 3, column C: '-1' is below zero"),
        (vec!["1", "2", "50.3", "30"], "sheet 评分, row 3, column C: '50.3' is off the step"),
        (vec!["1", "2", "好", "30"], "sheet 评分, row 3, column C: '好' is no mark"),
        (vec!["1", "1", "50", "30"], "sheet 评分, row 3: The same judge and project as in row 2"),
        (vec!["1", "1", "50", ""], "sheet 评分, row 3: The same judge and project as in row 2"),
        (vec!["1", "1", "好", "30"], "sheet 评分, row 3: The same judge and project as in row 2"),
    ] {
        let err = said(&scores(row));
        assert!(err.contains(place), "{place}: {err}");
    }
    let mut unknown = sheets();
    unknown[4].1[0][3] = "魅力";
    let err = said(&unknown);
    assert!(
        err.contains("row 1, column D: The column '魅力' is unknown")
            && err.contains("A column is missing: 市场"),
        "{err}"
    );
    let mut rule = sheets();
    rule[3].1[3][1] = "精确分、掷硬币";
    assert!(said(&rule).contains("sheet 规则, row 4, column B: '精确分、掷硬币' is unknown"));
    for (at, name) in
        [(0, "项目 (Projects)"), (1, "评委 (Judges)"), (2, "评分标准 (Rubric)"), (4, "评分 (Scores)")]
    {
        let mut without = sheets();
        without.remove(at);
        let err = said(&without);
        assert!(
            err.contains(&format!("There is no sheet {name}")) && err.lines().count() == 1,
            "{name}: {err}"
        );
    }
    let mut votes = sheets();
    votes[5].1[1][1] = "许多";
    assert!(said(&votes).contains("sheet 投票, row 2, column B: '许多' is not a valid number"));
    let mut twice = sheets();
    twice[5].1[2][0] = "1";
    assert!(said(&twice).contains("sheet 投票, row 3: The same project's votes as in row 2"));
    let mut given = sheets();
    given[6].1[1][1] = "-0.5";
    assert!(said(&given).contains("sheet 扣分, row 2, column B: '-0.5' is below zero"));
    // One look at the list is enough: the rule's mistakes beside those of scorecards, ballots and deductions.
    let mut all = sheets();
    all[3].1[1][1] = "随便";
    all[4].1[1][2] = "61";
    all[5].1[1][1] = "许多";
    all[6].1[1][0] = "丙";
    let err = said(&all);
    for place in ["规则, row 2", "评分, row 2", "投票, row 2", "扣分, row 2"] {
        assert!(err.contains(place) && err.lines().count() == 4, "{place}: {err}");
    }
    workbook(&file, &all);
    let zh = podium(&["--lang", "zh", file.to_str().unwrap()]).err;
    assert!(zh.contains("“评分”表 第 2 行 C 列：“61”超过满分 60。"), "{zh}");
    // What cannot be said of a cell is said of the rule.
    let mut share = sheets();
    share[3].1[2][1] = "60%";
    assert!(said(&share).contains("the audience's share is 0 to 0.5, not 0.6"));
    let over = |row: Vec<&'static str>| {
        let mut sheets = sheets();
        sheets[7].1[2] = row;
        sheets
    };
    for (row, place) in [
        (vec!["9", "47"], "sheet 超时, row 3, column A: There is no project '9'"),
        (vec!["2", "久"], "sheet 超时, row 3, column B: '久' is not a valid number"),
        (vec!["2", "4.5"], "sheet 超时, row 3, column B: '4.5' is not a valid number"),
        (vec!["2", "-4"], "sheet 超时, row 3, column B: '-4' is not a valid number"),
        (vec!["2", "0:75"], "sheet 超时, row 3, column B: '0:75' is not a valid number"),
        (vec!["2", ""], "sheet 超时, row 3, column B: '' is not a valid number"),
        (vec!["1", "47"], "sheet 超时, row 3: The same project's overtime as in row 2"),
    ] {
        let err = said(&over(row));
        assert!(err.contains(place) && err.lines().count() == 1, "{place}: {err}");
    }
    let mut free = sheets();
    free[3].1.truncate(4);
    assert!(said(&free).contains("sheet 超时, row 2: The rule does not say what overtime costs"));
    let mut steps = sheets();
    steps[3].1[4][1] = "10 秒 0.5; 30 秒 0.2";
    assert!(said(&steps).contains("sheet 规则, row 5, column B: '10 秒 0.5; 30 秒 0.2' are no steps"));
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
