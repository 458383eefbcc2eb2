//! Panel statistics against published and independent figures.

use crate::scoring::{criterion, judging, list, own, published, whole};
use podium::analysis::agreement::{Metric, alpha, kendall_w};
use podium::analysis::judges::{Flag, figures};
use podium::analysis::panel::Panel;
use podium::analysis::reliability::{Form, icc, judges_needed, mean_squares};
use podium::analysis::stability::{stability, without};
use podium::analysis::undefined::Undefined;
use podium::domain::kernel::points::Points;
use podium::domain::scoring::judging::Judging;
use podium::domain::scoring::rule::{Method, RankOn, Rule};
use serde_json::Value;

fn panel(rows: &Value) -> Panel {
    let row = |row: &Value| list(row).iter().map(Value::as_f64).collect();
    Panel::from_rows(list(rows).iter().map(row).collect())
}

/// Observers in rows, units in columns.
fn turned(rows: &Value) -> Panel {
    let rows = list(rows);
    let unit = |at: usize| rows.iter().map(|row| row[at].as_f64()).collect();
    Panel::from_rows((0..list(&rows[0]).len()).map(unit).collect())
}

fn close(found: f64, expected: &Value, tolerance: f64, what: &str) {
    let expected = expected.as_f64().unwrap_or_else(|| panic!("{what}: {expected}"));
    assert!((found - expected).abs() <= tolerance, "{what}: {found}, expected {expected}");
}

#[test]
fn alpha_of_the_textbook() {
    let file = own("krippendorff_wikipedia_3x15.json");
    let panel = turned(&file["input"]["rows_observers_cols_units"]);
    let expected = &file["expected"]["computed"];
    close(alpha(&panel, Metric::Interval).unwrap(), &expected["interval"], 1e-9, "interval");
    close(alpha(&panel, Metric::Ordinal).unwrap(), &expected["ordinal"], 1e-9, "ordinal");
    let edge = list(&file["edge_cases"]);
    assert_eq!(alpha(&turned(&edge[0]["rows"]), Metric::Interval), Err(Undefined::NoVariation));
    assert_eq!(alpha(&turned(&edge[1]["rows"]), Metric::Ordinal), Err(Undefined::NothingPairable));
    close(alpha(&turned(&edge[2]["rows"]), Metric::Interval).unwrap(), &edge[2]["expect"], 1e-12, "agreed");
    close(
        alpha(&turned(&edge[3]["rows"]), Metric::Interval).unwrap(),
        &edge[3]["expect"]["interval"],
        1e-12,
        "opposed",
    );
}

#[test]
fn kendalls_w_with_ties() {
    let file = own("kendall_w_small.json");
    for case in list(&file["cases"]) {
        let found = kendall_w(&panel(&case["objects_by_judges_scores"]));
        match case["expect"].as_str() {
            None => close(found.unwrap(), &case["computed"]["W"], 1e-9, "W"),
            Some(said) if said.contains("undefined") => assert_eq!(found, Err(Undefined::NoVariation)),
            Some(said) => close(found.unwrap(), &serde_json::json!(0.5), 1e-12, said),
        }
    }
    assert_eq!(
        kendall_w(&Panel::from_rows(vec![vec![Some(1.0), None], vec![Some(2.0), Some(1.0)]])),
        Err(Undefined::Incomplete)
    );
}

#[test]
fn a_panel_of_wine_judges() {
    let Some(file) = published("panel_stats_wine_8x4.json") else { return };
    let panel = panel(&file["input"]["ratings_rows_targets_cols_judges"]);
    let expected = &file["expected"]["computed"];
    let squares = mean_squares(&panel).unwrap();
    for (found, name) in
        [(squares.msb, "MSB"), (squares.msw, "MSW"), (squares.msj, "MSJ"), (squares.mse, "MSE")]
    {
        close(found, &expected["mean_squares"][name], 1e-8, name);
    }
    for form in Form::ALL {
        let name = format!("ICC({})", form.name());
        let found = icc(&squares, form).unwrap();
        close(found.value, &expected["icc"][&name], 1e-8, &name);
        close(found.low, &expected["icc_ci95"][&name][0], 1e-8, &name);
        close(found.high, &expected["icc_ci95"][&name][1], 1e-8, &name);
    }
    close(kendall_w(&panel).unwrap(), &expected["kendall_w"]["W"], 1e-8, "W");
    close(alpha(&panel, Metric::Interval).unwrap(), &expected["krippendorff_interval"], 1e-8, "alpha");
    close(alpha(&panel, Metric::Ordinal).unwrap(), &expected["krippendorff_ordinal"], 1e-8, "ordinal");
    let needed = judges_needed(&squares, 0.8).unwrap();
    assert_eq!(u64::from(needed), expected["g_study_p_x_j"]["judges_needed_Erho2_0.80"].as_u64().unwrap());
    let per_judge = &expected["per_judge"];
    let mut most: f64 = 0.0;
    for (judge, found) in figures(&panel, 0.0).iter().enumerate() {
        close(found.severity.unwrap(), &per_judge["severity_additive"][judge], 1e-8, "severity");
        close(found.consistency.unwrap(), &per_judge["corr_with_rest"][judge], 1e-8, "consistency");
        close(found.spread, &per_judge["judge_sd"][judge], 1e-8, "spread");
        let error = (2.28125_f64 / 8.0 * 0.75).sqrt();
        assert!((found.standard_error.unwrap() - error).abs() < 1e-9);
        most = found.residuals.iter().flatten().map(|z| z.abs()).fold(most, f64::max);
        assert!(found.flags.is_empty(), "nothing stands out: {:?}", found.flags);
    }
    close(most, &per_judge["standardized_residual_max_abs"], 1e-8, "largest residual");
}

/// Whole points out of ten, one criterion.
fn contest(rows: &[Vec<i64>], rule: Rule) -> Judging {
    let names: Vec<String> = (1..=rows.len()).map(|n| format!("W{n}")).collect();
    let cards = |row: &Vec<i64>| row.iter().map(|mark| vec![whole(*mark)]).collect();
    let marks: Vec<(&str, Vec<Vec<Points>>)> =
        names.iter().map(String::as_str).zip(rows.iter().map(cards)).collect();
    judging(rule, vec![criterion(0, whole(10), 1)], &marks)
}

const WINE: [[i64; 4]; 8] = [
    [1, 2, 0, 1],
    [1, 3, 3, 2],
    [3, 8, 1, 4],
    [6, 4, 3, 3],
    [6, 5, 5, 6],
    [7, 5, 6, 2],
    [8, 7, 7, 9],
    [9, 9, 9, 8],
];

#[test]
fn every_draw_of_judges_is_looked_at() {
    let Some(file) = published("bootstrap_exact_wine.json") else { return };
    let rows: Vec<Vec<i64>> = list(&file["input"]["ratings_rows_targets_cols_judges"])
        .iter()
        .map(|row| list(row).iter().map(|mark| mark.as_i64().unwrap()).collect())
        .collect();
    let rule = Rule { method: Method::Mean, rank_on: RankOn::Exact, ..Rule::default() };
    let judging = contest(&rows, rule);
    let found = stability(&judging.standings().unwrap().table, "").unwrap();
    assert_eq!(found.draws, None, "all of them");
    let expected = &file["expected"]["computed"];
    for (row, project) in found.projects.iter().enumerate() {
        let id = &judging.projects[*project];
        close(found.first(row), &expected["P_first_ties_split"][id], 1e-12, id);
        for (rank, share) in found.ranks[row].iter().enumerate() {
            close(*share, &expected["rank_distribution_ties_split"][id][rank], 1e-12, id);
        }
    }
    assert_eq!(found.interval(7), (1, 2));
    assert_eq!(found.interval(0), (8, 8));
}

#[test]
fn sampled_draws_agree_with_all_of_them_and_with_themselves() {
    let rows: Vec<Vec<i64>> = WINE.iter().map(|row| row.repeat(3)[..10].to_vec()).collect();
    let rule = Rule { method: Method::Mean, ..Rule::default() };
    let ten = contest(&rows, rule.clone());
    let table = ten.standings().unwrap().table;
    let (one, again) = (stability(&table, "s").unwrap(), stability(&table, "s").unwrap());
    assert_eq!((one.draws, &one), (Some(2_000), &again), "the same seed, the same draws");
    assert_ne!(one, stability(&table, "t").unwrap());
    assert!(one.first(7) > 0.9, "{}", one.first(7));
    assert!(one.ranks.iter().all(|ranks| (ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9));
    let three: Vec<Vec<i64>> = WINE.iter().map(|row| row[..3].to_vec()).collect();
    let few = contest(&three, rule);
    assert_eq!(stability(&few.standings().unwrap().table, ""), Err(Undefined::TooFewJudges));
}

#[test]
fn what_is_not_defined_has_its_reason() {
    let two = Panel::from_rows(vec![vec![Some(1.0), Some(2.0)], vec![Some(3.0), Some(4.0)]]);
    assert_eq!(mean_squares(&two), Err(Undefined::TooFewProjects));
    let one = Panel::from_rows(vec![vec![Some(1.0)], vec![Some(2.0)], vec![Some(3.0)]]);
    assert_eq!(mean_squares(&one), Err(Undefined::TooFewJudges));
    assert_eq!(figures(&one, 0.0)[0].severity, Err(Undefined::TooFewJudges));
    let gaps =
        Panel::from_rows(vec![vec![Some(1.0), None], vec![Some(3.0), Some(4.0)], vec![None, Some(2.0)]]);
    assert_eq!(mean_squares(&gaps), Err(Undefined::Incomplete));
    let flat = Panel::from_rows(vec![vec![Some(5.0); 3]; 4]);
    let squares = mean_squares(&flat).unwrap();
    assert_eq!(icc(&squares, Form::ALL[0]), Err(Undefined::NoVariation));
    assert_eq!(judges_needed(&squares, 0.8), Err(Undefined::NoSpread));
    assert_eq!(alpha(&flat, Metric::Interval), Err(Undefined::NoVariation));
    assert_eq!(figures(&flat, 0.0)[0].consistency, Err(Undefined::NoVariation));
    let apart = Panel::from_rows(vec![
        vec![Some(1.0), Some(2.0), None, None],
        vec![Some(2.0), Some(2.0), None, None],
        vec![None, None, Some(3.0), Some(4.0)],
    ]);
    assert_eq!(figures(&apart, 0.0)[0].severity, Err(Undefined::NotConnected));
}

#[test]
fn adding_a_constant_to_one_judge_moves_neither_w_nor_icc3() {
    let rows = |extra: f64| {
        let row = |row: &[i64; 4]| {
            row.iter()
                .enumerate()
                .map(|(at, x)| Some(*x as f64 + if at == 1 { extra } else { 0.0 }))
                .collect()
        };
        Panel::from_rows(WINE.iter().map(row).collect())
    };
    let (before, after) = (rows(0.0), rows(20.0));
    assert!((kendall_w(&before).unwrap() - kendall_w(&after).unwrap()).abs() < 1e-12);
    for form in [Form { number: 3, average: false }, Form { number: 3, average: true }] {
        let value = |panel: &Panel| icc(&mean_squares(panel).unwrap(), form).unwrap().value;
        assert!((value(&before) - value(&after)).abs() < 1e-9);
    }
    let flags = &figures(&after, 0.0)[1].flags;
    assert!(flags.contains(&Flag::Severity), "{flags:?}");
}

#[test]
fn without_one_judge_the_order_is_computed_by_the_same_rule() {
    let rows: Vec<Vec<i64>> = vec![vec![9, 5, 5, 5], vec![5, 6, 6, 6], vec![1, 2, 3, 2]];
    let judging = contest(&rows, Rule { method: Method::Mean, ..Rule::default() });
    let standings = judging.standings().unwrap();
    let first = |standings: &podium::domain::scoring::standings::Standings| standings.ranked[0].project;
    assert_eq!(first(&standings), 0);
    assert_eq!(first(&without(&standings.table, 0).unwrap()), 1, "judge 1 decides");
    assert_eq!(first(&without(&standings.table, 1).unwrap()), 0);
}
