//! Cases made for this project and worked examples of published papers.

use super::{criterion, give, judging, list, own, points, ratio, whole};
use num_rational::BigRational;
use podium::domain::kernel::points::Points;
use podium::domain::scoring::aggregate::trimmed_mean;
use podium::domain::scoring::audience::Scale;
use podium::domain::scoring::exact::{mean, shown};
use podium::domain::scoring::judging::Judging;
use podium::domain::scoring::overtime::{OvertimeRule, Step};
use podium::domain::scoring::rule::{Method, RankOn, Rounding, Rule, Tie};
use podium::domain::scoring::table::Problem;
use podium::domain::scoring::{blend, lot, severity};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn rounding_is_exact_in_three_modes() {
    let file = own("rounding_vectors.json");
    for case in list(&file["cases"]) {
        // More digits than a mark may have, and fractions.
        let value = case["value"].as_str().unwrap();
        let value: BigRational = match value.split_once('.') {
            Some((whole, part)) => format!("{whole}{part}/1{}", "0".repeat(part.len())).parse().unwrap(),
            None => value.parse().unwrap(),
        };
        let decimals = case["decimals"].as_u64().unwrap() as u8;
        for (how, name) in [
            (Rounding::HalfAway, "half_away_from_zero"),
            (Rounding::HalfEven, "half_even"),
            (Rounding::Truncate, "truncate"),
        ] {
            assert_eq!(shown(&value, decimals, how), case[name].as_str().unwrap(), "{case} {name}");
        }
    }
    let little: BigRational = "-1/1000".parse().unwrap();
    assert_eq!(shown(&little, 2, Rounding::HalfAway), "0.00", "there is no -0.00");
}

#[test]
fn weighted_means_and_medians_of_unlike_criteria() {
    for case in list(&own("weighted_mean_public.json")["cases"]) {
        let (weights, maxima) = (list(&case["weights"]), list(&case["max_points"]));
        let criteria: Vec<_> = weights
            .iter()
            .zip(maxima)
            .enumerate()
            .map(|(at, (weight, max))| criterion(at, points(max), weight.as_u64().unwrap() as u32))
            .collect();
        let cards = || -> Vec<Vec<Points>> {
            list(&case["judges_by_criteria"])
                .iter()
                .map(|card| list(card).iter().map(points).collect())
                .collect()
        };
        for (method, name) in [(Method::Mean, "mean_2dp"), (Method::Median, "median_2dp")] {
            let judging = judging(Rule { method, ..Rule::default() }, criteria.clone(), &[("P1", cards())]);
            let standings = judging.standings().unwrap();
            assert_eq!(standings.ranked[0].score, case[name].as_str().unwrap(), "{case} {name}");
            let grid = &standings.table.grid;
            for (judge, total) in list(&case["judge_totals_exact_0_100"]).iter().enumerate() {
                assert_eq!(grid.ratio(grid.totals(0)[judge].into(), 1), ratio(total));
            }
            if method == Method::Mean {
                assert_eq!(standings.ranked[0].exact, ratio(&case["mean_exact"]));
            }
        }
    }
}

/// Marks out of 100 in one criterion.
fn plain(rule: Rule, marks: &[(&str, Vec<&str>)]) -> Judging {
    let cards = |marks: &Vec<&str>| marks.iter().map(|mark| vec![mark.parse().unwrap()]).collect();
    let marks: Vec<_> = marks.iter().map(|(project, marks)| (*project, cards(marks))).collect();
    judging(rule, vec![criterion(0, whole(100), 1)], &marks)
}

#[test]
fn trimming_begins_at_five() {
    for case in list(&own("trimmed_mean_small_panels.json")["cases"]) {
        let marks: Vec<&str> = list(&case["marks"]).iter().map(|mark| mark.as_str().unwrap()).collect();
        let judging = plain(Rule::default(), &[("P1", marks.clone())]);
        let standings = judging.standings().unwrap();
        assert_eq!(standings.ranked[0].exact, ratio(&case["exact"]), "{case}");
        assert_eq!(standings.ranked[0].score, case["published_2dp"].as_str().unwrap());
        let totals: Vec<_> = list(&case["marks"]).iter().map(ratio).collect();
        let (exact, dropped) = trimmed_mean(&totals, &judging.rule).unwrap();
        assert_eq!((exact, dropped as u64), (ratio(&case["exact"]), case["k_used"].as_u64().unwrap()));
    }
}

#[test]
fn real_ties_stay_ties_whatever_the_order() {
    for case in list(&own("exact_ties_public.json")["cases"]) {
        let weights = list(&case["weights_percent"]);
        let criteria: Vec<_> = weights
            .iter()
            .enumerate()
            .map(|(at, weight)| criterion(at, whole(10), weight.as_str().unwrap().parse().unwrap()))
            .collect();
        let cards = |name: &str| -> Vec<Vec<Points>> {
            list(&case[name]).iter().map(|card| list(card).iter().map(points).collect()).collect()
        };
        for rank_on in [RankOn::Published, RankOn::Exact] {
            let rule =
                Rule { method: Method::Mean, rank_on, ties: Some(vec![Tie::Exact]), ..Rule::default() };
            let both = [("A", cards("A_judges_by_criteria")), ("B", cards("B_judges_by_criteria"))];
            let standings = judging(rule, criteria.clone(), &both).standings().unwrap();
            // The file's scores are on the marks' own scale of 10.
            let exact = ratio(&case["exact_score"]) * BigRational::from_integer(10.into());
            assert!(standings.ranked.iter().all(|row| row.place == 1 && row.exact == exact), "{case}");
            assert_eq!(standings.ranked[0].decided_by, Some(Tie::Share));
        }
    }
}

#[test]
fn the_chain_splits_ties_step_by_step() {
    let file = own("tiebreak_chain_public.json");
    let mut deepest = Vec::new();
    for case in list(&file["cases"]) {
        let weights = list(&case["weights"]);
        let criteria: Vec<_> = weights
            .iter()
            .enumerate()
            .map(|(at, weight)| criterion(at, whole(100), weight.as_str().unwrap().parse().unwrap()))
            .collect();
        let chain = list(&file["chain"]).iter().map(|step| {
            let step = step.as_str().unwrap().replace("criterion:0", "criterion:c1");
            step.parse().unwrap()
        });
        let rule = Rule {
            method: Method::Mean,
            ties: Some(chain.collect()),
            seed: Some(case["seed"].as_str().unwrap().to_owned()),
            ..Rule::default()
        };
        let mut judging = Judging { rule, criteria, ..Judging::default() };
        for (project, cards) in case["projects"].as_object().unwrap() {
            for (judge, marks) in cards.as_object().unwrap() {
                let marks: Vec<_> = list(marks).iter().map(points).collect();
                give(&mut judging, project, judge, &marks);
            }
        }
        let standings = judging.standings().unwrap();
        let computed = &case["computed"];
        for row in &standings.ranked {
            let id = &judging.projects[row.project];
            assert_eq!(u64::from(row.place), computed["place"][id].as_u64().unwrap(), "{case}");
            assert_eq!(row.score, computed["published_score"][id].as_str().unwrap());
            assert_eq!(row.exact, ratio(&computed["exact_score"][id]));
            let last = list(&computed["steps_that_split"][id]).last().map(|step| step.as_str().unwrap());
            let by =
                row.decided_by.as_ref().map(|tie| tie.to_string().replace("criterion:c1", "criterion:0"));
            assert_eq!(by.as_deref(), last, "{id} in {case}");
        }
        deepest.push(case["deepest_step"].as_str().unwrap().to_owned());
    }
    deepest.dedup();
    assert!(deepest.len() >= 6, "{deepest:?}");
}

#[test]
fn the_lot_is_the_promised_one() {
    for case in list(&own("lot_vectors_public.json")["cases"]) {
        let seed = case["seed"].as_str().unwrap();
        let ids: Vec<String> = list(&case["ids"]).iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        assert_eq!(lot::commitment(seed), case["sha256_of_seed_commitment"].as_str().unwrap());
        for id in &ids {
            assert_eq!(lot::draw(seed, id), case["digests"][id].as_str().unwrap());
        }
        let best: Vec<_> = list(&case["order_best_first"]).iter().map(|id| id.as_str().unwrap()).collect();
        assert_eq!(lot::order(seed, &ids), best);
    }
    assert_eq!(lot::seed("s", &["a".into(), "b".into()]), "s|a|b");
}

#[test]
fn ballots_on_three_scales() {
    for case in list(&own("audience_blend_public.json")["cases"]) {
        let scores: BTreeMap<_, _> = case["judge_score"].as_object().unwrap().iter().collect();
        let judged: Vec<BigRational> = scores.values().map(|score| ratio(score)).collect();
        let votes: Vec<u64> = scores.keys().map(|id| case["votes"][id.as_str()].as_u64().unwrap()).collect();
        let share = ratio(&case["audience_weight"]);
        for (scale, name) in [
            (Scale::Matched, "matched"),
            (Scale::RankPoints, "rank_points"),
            (Scale::ShareOfMax, "share_of_max"),
        ] {
            let audience = blend::audience(&judged, &votes, scale);
            for ((id, score), points) in scores.keys().zip(&judged).zip(&audience) {
                let expected = &case["expected"][name][id.as_str()];
                assert_eq!(*points, ratio(&expected["audience"]), "{name} {id}");
                let last = blend::mixed(score, points, &share);
                assert_eq!(last, ratio(&expected["final_exact"]));
                assert_eq!(shown(&last, 2, Rounding::HalfAway), expected["final_2dp"].as_str().unwrap());
            }
        }
    }
}

#[test]
fn overtime_costs_by_units_begun_up_to_the_cap() {
    for case in list(&own("deductions_public.json")["cases"]) {
        let number = |name: &str| case[name].as_u64().unwrap() as u32;
        let overtime = OvertimeRule::Units {
            grace_secs: number("grace_s"),
            unit_secs: number("unit_s"),
            per_unit: points(&case["per_unit"]),
            cap: Some(points(&case["cap"])),
        };
        let taken = overtime.points(u64::from(number("seconds_over")));
        assert_eq!(taken, points(&case["deduction"]), "{case}");
        let last = points(&case["score"]).checked_sub(taken).unwrap();
        assert_eq!(last, points(&case["final"]));
    }
}

#[test]
fn a_rule_proposes_what_its_overtime_table_says() {
    for case in list(&own("overtime_tables.json")["cases"]) {
        let text = json!({"overtime": case["overtime"]}).to_string();
        let rule: Rule = serde_json::from_str(&text).unwrap();
        rule.check(&[]).unwrap();
        for (over_ms, due) in case["over_ms"].as_object().unwrap() {
            let due = (!due.is_null()).then(|| points(due));
            assert_eq!(rule.overtime_points(over_ms.parse().unwrap()), due, "{over_ms} ms over: {text}");
        }
        // It is written as it was read; a rule without a table says nothing of one.
        assert_eq!(serde_json::to_value(&rule).unwrap()["overtime"], case["overtime"]);
    }
    let plain = serde_json::to_value(Rule::default()).unwrap();
    assert!(!plain.as_object().unwrap().contains_key("overtime"));
    assert_eq!(Rule::default().overtime_points(u64::MAX), None);
}

#[test]
fn an_overtime_table_that_makes_no_sense_is_refused() {
    let units = |grace: u32, unit: u32, per_unit: &str| json!({"grace_secs": grace, "unit_secs": unit, "per_unit": per_unit});
    let capped = |cap: &str| {
        let mut units = units(10, 30, "0.5");
        units["cap"] = json!(cap);
        units
    };
    let steps = |steps: &[(u32, &str)]| json!({"steps": steps.iter().map(|(over, points)| json!({"over_secs": over, "points": points})).collect::<Vec<_>>()});
    let many: Vec<_> = (0..21).map(|at| (at, "1")).collect();
    assert!(serde_json::from_value::<OvertimeRule>(steps(&many[..20])).unwrap().check().is_ok());
    for (table, part) in [
        (units(7_201, 30, "0.5"), "grace is at most 7200"),
        (units(10, 0, "0.5"), "unit is 1 to 7200 seconds, not 0"),
        (units(10, 7_201, "0.5"), "unit is 1 to 7200"),
        (units(10, 30, "0"), "more than 0 and at most 100 points, not 0"),
        (units(10, 30, "-1"), "not -1"),
        (units(10, 30, "100.5"), "not 100.5"),
        (capped("0.4"), "at least the 0.5 of one unit and at most 100, not 0.4"),
        (capped("101"), "not 101"),
        (steps(&[]), "1 to 20 steps, not 0"),
        (steps(&many), "1 to 20 steps, not 21"),
        (steps(&[(10, "0.2"), (10, "0.5")]), "step 2: more seconds"),
        (steps(&[(10, "0.2"), (7_201, "0.5")]), "step 2: more seconds"),
        (steps(&[(10, "0")]), "step 1: more than 0 points"),
        (steps(&[(10, "0.5"), (30, "0.2")]), "step 2: more than 0 points, at most 100, and no fewer"),
        (steps(&[(10, "0.5"), (30, "101")]), "step 2: more than 0"),
    ] {
        let overtime: OvertimeRule = serde_json::from_value(table.clone()).unwrap();
        let problem = Rule { overtime: Some(overtime), ..Rule::default() }.check(&[]).unwrap_err();
        assert!(problem.to_string().contains(part), "{table}: {problem}");
    }
    for (table, part) in [
        (json!({"grace_secs": 10, "unit_secs": 30, "per_unit": "1", "steps": []}), "not both"),
        (json!({"steps": [{"over_secs": 10, "points": "0.2"}], "cap": "1"}), "not both"),
        (json!({"grace_secs": 10, "per_unit": "1"}), "has grace_secs, unit_secs and per_unit"),
        (json!({}), "or steps"),
        (json!({"steps": [{"over_secs": 10, "points": "0.2", "free": true}]}), "unknown field"),
        (json!({"grace": 10}), "unknown field"),
        (json!({"grace_secs": 10, "unit_secs": 30, "per_unit": 1}), "never as a number"),
        (json!({"grace_secs": 0.5, "unit_secs": 30, "per_unit": "1"}), "invalid type"),
    ] {
        let problem = serde_json::from_value::<OvertimeRule>(table.clone()).unwrap_err();
        assert!(problem.to_string().contains(part), "{table}: {problem}");
    }
    let overtime = Some(OvertimeRule::Steps { steps: vec![Step { over_secs: 10, points: whole(1) }] });
    let problem = Rule { method: Method::RankSum, overtime, ..Rule::default() }.check(&[]).unwrap_err();
    assert!(problem.to_string().contains("takes no deductions"), "{problem}");
}

fn observed(case: &Value, lambda: Points) -> Judging {
    let rule = Rule { method: Method::Severity, lambda, min_judges: Some(1), ..Rule::default() };
    let mut judging = Judging { rule, criteria: vec![criterion(0, whole(100), 1)], ..Judging::default() };
    for one in list(&case["observations"]) {
        let text = |at: usize| one[at].as_str().unwrap();
        give(&mut judging, text(0), text(1), &[points(&one[2])]);
    }
    judging
}

fn fitted(judging: &Judging, scores: &Value, effects: &Value) {
    let standings = judging.standings().unwrap();
    for row in &standings.ranked {
        let expected = &scores[&judging.projects[row.project]];
        assert_eq!(row.exact, ratio(expected), "{}", judging.projects[row.project]);
    }
    let ranked: Vec<usize> = (0..judging.projects.len()).collect();
    let lambda = BigRational::new(judging.rule.lambda.ticks().into(), Points::TICKS.into());
    let fit = severity::fit(&standings.table.grid, &ranked, &lambda);
    for (judge, effect) in judging.judges.iter().zip(fit.effects) {
        assert_eq!(effect.unwrap(), ratio(&effects[judge]), "{judge}");
    }
}

#[test]
fn the_severity_model_is_solved_exactly() {
    let file = own("additive_ls_small.json");
    let cases = list(&file["cases"]);
    let order = |judging: &Judging| -> Vec<String> {
        let ranked = judging.standings().unwrap().ranked;
        ranked.iter().map(|row| judging.projects[row.project].clone()).collect()
    };
    let incomplete = observed(&cases[0], Points::ZERO);
    fitted(&incomplete, &cases[0]["computed"]["adjusted_score_exact"], &cases[0]["computed"]["judge_effect"]);
    assert_eq!(order(&incomplete), ["P2", "P3", "P1", "P4"]);
    let noiseless = observed(&cases[1], Points::ZERO);
    fitted(&noiseless, &cases[1]["computed"]["adjusted_score"], &cases[1]["computed"]["judge_effect"]);
    let apart = observed(&cases[2], Points::ZERO);
    let Err(Problem::Disconnected { parts }) = apart.standings() else {
        panic!("two rooms have no common ranking")
    };
    assert_eq!(parts.len(), 2);
    let said = apart.named(&Problem::Disconnected { parts });
    assert!(said.contains("P1, P2") && said.contains("C, D") && said.contains("A for P3"), "{said}");
    let ridge = &cases[2]["ridge_lambda_1"];
    fitted(&observed(&cases[2], whole(1)), &ridge["adjusted_score"], &ridge["judge_effect"]);
    // The file on normalising says of its dangerous case what the model makes of it.
    let file = own("normalise_small.json");
    let danger = &list(&file["cases"])[1];
    let fair = observed(danger, Points::ZERO);
    let expected = &danger["computed"]["additive_ls"];
    fitted(&fair, &expected["adjusted_score_exact"], &expected["judge_effect"]);
    let best: Vec<_> = list(&expected["rank_by_adjusted"]).iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(order(&fair), best);
}

#[test]
fn worked_examples_of_sports_rules() {
    for case in list(&own("ijru_fig_published_examples.json")["cases"]) {
        let rule = case["rule"].as_str().unwrap();
        if rule.starts_with("FIG") {
            let value: BigRational = "66/18".parse().unwrap();
            assert_eq!(shown(&value, 3, Rounding::Truncate), case["published"].as_str().unwrap());
            continue;
        }
        let marks: Vec<BigRational> = list(&case["marks"]).iter().map(ratio).collect();
        if rule.starts_with("IJRU 4+") || rule.starts_with("IJRU 2") {
            let (exact, _) = trimmed_mean(&marks, &Rule::default()).unwrap();
            let printed = shown(&exact, 2, Rounding::HalfAway);
            assert_eq!(
                printed.trim_end_matches('0').trim_end_matches('.'),
                case["published"].as_str().unwrap()
            );
        } else {
            // Three judges: the mean of the two closest marks, of the higher two where both gaps are equal.
            let [low, middle, high] = marks.as_slice() else { panic!("{rule} with {} marks", marks.len()) };
            let closest = if high - middle <= middle - low { [middle, high] } else { [low, middle] };
            assert_eq!(mean(closest.into_iter()).unwrap(), ratio(&case["published"]), "{rule}");
        }
    }
}
