//! Real competitions, read in place: what was published comes out again.

use super::{criterion, judging, list, points, published, ratio, whole};
use num_rational::BigRational;
use podium::domain::kernel::points::Points;
use podium::domain::scoring::aggregate::trimmed_mean;
use podium::domain::scoring::exact::shown;
use podium::domain::scoring::rule::{Method, RoundAt, Rounding, Rule, Tie, Trim};
use serde_json::Value;

fn sum(values: impl Iterator<Item = BigRational>) -> BigRational {
    values.fold(BigRational::from_integer(0.into()), |sum, one| sum + one)
}

/// Drop one at each end of whatever is there.
fn trims() -> Rule {
    Rule { min_keep: 1, ..Rule::default() }
}

#[test]
fn diving_totals_and_ranks() {
    let Some(file) = published("diving_sydney2000_m10m_final.json") else { return };
    let mut totals = Vec::new();
    for diver in list(&file["divers"]) {
        let rounds = ["semi", "final"].map(|round| {
            let dives = list(&diver[round]["dives"]);
            let total = sum(dives.iter().map(|dive| {
                let marks: Vec<_> = list(&dive["marks"]).iter().map(ratio).collect();
                let (mean, dropped) = trimmed_mean(&marks, &trims()).unwrap();
                assert_eq!(dropped, 1);
                let score = mean
                    * BigRational::from_integer(5.into())
                    * ratio(&dive["dd"])
                    * BigRational::new(3.into(), 5.into());
                assert_eq!(shown(&score, 2, Rounding::HalfAway), dive["score"].as_str().unwrap());
                score
            }));
            assert_eq!(total, ratio(&diver[round]["round_total"]));
            total
        });
        let total = sum(rounds.into_iter());
        assert_eq!(total, ratio(&diver["total"]));
        totals.push((total, diver["published_final_rank"].as_u64().unwrap()));
    }
    totals.sort_by(|a, b| b.0.cmp(&a.0));
    assert!(totals.iter().enumerate().all(|(at, (_, rank))| *rank == at as u64 + 1));
}

/// A panel whose products are `factor · panel mark`: weights and a criterion that nobody gets points in make it so.
fn components(performance: &Value) -> String {
    let parts = list(&performance["components"]);
    let factor = parts[0]["factor"].as_str().unwrap();
    assert!(parts.iter().all(|part| part["factor"].as_str() == Some(factor)));
    let (weight, rest) = match factor {
        "0.8" => (2, 15),
        "1.6" => (4, 5),
        "1.2" => (3, 10),
        factor => panic!("factor {factor}"),
    };
    let mut criteria: Vec<_> = (0..parts.len()).map(|at| criterion(at, whole(10), weight)).collect();
    criteria.push(criterion(parts.len(), whole(10), rest));
    let judges = list(&parts[0]["marks"]).len();
    let cards: Vec<Vec<Points>> = (0..judges)
        .filter(|judge| parts.iter().all(|part| !part["marks"][*judge].is_null()))
        .map(|judge| {
            let marks = parts.iter().map(|part| points(&part["marks"][judge]));
            marks.chain([Points::ZERO]).collect()
        })
        .collect();
    let rule = Rule { trim: Trim::Criterion, round_at: RoundAt::EachStep, ..trims() };
    let judging = judging(rule, criteria, &[("P1", cards)]);
    let standings = judging.standings().unwrap();
    let explained = podium::domain::scoring::explain::explain(&standings, 0).unwrap();
    for (part, step) in parts.iter().zip(&explained.steps) {
        assert_eq!(step.panel, ratio(&part["panel"]), "{}", part["name"]);
    }
    standings.ranked[0].score.clone()
}

#[test]
fn figure_skating_component_scores_with_all_judges_and_with_one_missing() {
    for name in ["isu_cupofchina2017_ladies_short_tie.json", "isu_missing_judge_sample.json"] {
        let Some(file) = published(name) else { return };
        for performance in list(&file["performances"]) {
            let score = components(performance);
            assert_eq!(score, performance["published"]["total_component_score"].as_str().unwrap());
        }
    }
}

#[test]
fn figure_skating_elements_totals_deductions_and_a_tie() {
    let Some(file) = published("isu_cupofchina2017_ladies_short_tie.json") else { return };
    let performances = list(&file["performances"]);
    let elements = |performance: &Value| {
        sum(list(&performance["elements"]).iter().map(|element| {
            let marks: Vec<_> = list(&element["judge_goe_points"]).iter().map(ratio).collect();
            let (goe, _) = trimmed_mean(&marks, &trims()).unwrap();
            let goe = shown(&goe, 2, Rounding::HalfAway);
            assert_eq!(goe, element["panel_goe"].as_str().unwrap());
            ratio(&element["base_value"]) + ratio(&Value::from(goe))
        }))
    };
    for performance in performances {
        let published = &performance["published"];
        let score = elements(performance);
        assert_eq!(score, ratio(&published["total_element_score"]));
        let total = score + ratio(&Value::from(components(performance))) - ratio(&published["deductions"]);
        assert_eq!(total, ratio(&published["total_segment_score"]));
    }
}

#[test]
fn where_the_order_of_rounding_decides() {
    let Some(file) = published("isu_rounding_order_sample.json") else { return };
    for case in list(&file["cases"]) {
        let products = list(&case["panel_scores"]).iter().zip(list(&case["factors"]));
        let products: Vec<_> = products.map(|(score, factor)| ratio(score) * ratio(factor)).collect();
        let each = sum(products.iter().map(|product| {
            let text = shown(product, 2, Rounding::HalfAway);
            ratio(&Value::from(text))
        }));
        assert_eq!(each, ratio(&case["published_tcs"]));
        let once = shown(&sum(products.into_iter()), 2, Rounding::HalfAway);
        assert_eq!(once, case["wrong_if_rounded_only_at_end"].as_str().unwrap());
    }
}

#[test]
fn song_contests_share_places_or_ask_the_public() {
    let Some(file) = published("eurovision_1969_final.json") else { return };
    // A total of points is a mark of one judge out of 1,000.
    let table = |entries: &[Value], ties: Option<Vec<Tie>>, parts: &[&str]| {
        let criteria = (0..parts.len()).map(|at| criterion(at, whole(1000), 1)).collect();
        let rule = Rule { method: Method::Mean, min_judges: Some(1), ties, decimals: 4, ..Rule::default() };
        let marks: Vec<_> = entries
            .iter()
            .map(|entry| {
                let given = |part: &&str| -> i64 {
                    let votes = entry["points_from"][*part].as_object().unwrap();
                    votes.values().map(|points| points.as_i64().unwrap()).sum()
                };
                (
                    entry["country"].as_str().unwrap(),
                    vec![parts.iter().map(|part| whole(given(part))).collect()],
                )
            })
            .collect();
        let judging = judging(rule, criteria, &marks);
        let standings = judging.standings().unwrap();
        for row in &standings.ranked {
            let entry =
                entries.iter().find(|entry| entry["country"] == judging.projects[row.project]).unwrap();
            assert_eq!(
                u64::from(row.place),
                entry["published_place"].as_u64().unwrap(),
                "{}",
                entry["country"]
            );
        }
    };
    table(list(&file["entries"]), Some(vec![]), &["total"]);
    let Some(file) = published("eurovision_2019_final.json") else { return };
    table(list(&file["entries"]), Some(vec!["criterion:c2".parse().unwrap()]), &["jury", "public"]);
}
