//! The properties that a stranger may rely on, over random contests.

use super::{criterion, judging, rows, whole};
use podium::domain::kernel::points::Points;
use podium::domain::scoring::deduct::Deduction;
use podium::domain::scoring::grid::Grid;
use podium::domain::scoring::judging::Judging;
use podium::domain::scoring::overtime::{OvertimeRule, POINTS_MAX, SECS_MAX, Step};
use podium::domain::scoring::rule::{Method, Missing, RankOn, RoundAt, Rule, Tie, Trim};
use podium::domain::scoring::standings::{Standings, complete, of_table};
use podium::domain::scoring::table::{Extras, Table};
use podium::domain::terms::rubric::Criterion;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const JUDGES: usize = 7;
const CRITERIA: usize = 3;

fn criteria() -> Vec<Criterion> {
    vec![criterion(0, whole(40), 40), criterion(1, whole(30), 35), criterion(2, whole(10), 25)]
}

fn rules() -> impl Strategy<Value = Rule> {
    let methods = vec![Method::Mean, Method::TrimmedMean, Method::Median, Method::Severity];
    let trims = select(vec![Trim::Judge, Trim::Criterion]);
    (select(methods), trims, 0_u32..3, select(vec![RankOn::Published, RankOn::Exact]), any::<bool>())
        .prop_map(|(method, trim, drop, rank_on, steps)| {
            let steps = steps && matches!(method, Method::Mean | Method::TrimmedMean);
            let round_at = if steps { RoundAt::EachStep } else { RoundAt::End };
            Rule { method, trim, drop, rank_on, round_at, min_judges: Some(2), ..Rule::default() }
        })
}

/// Half points within the criteria's ranges; every project has a judge in common with the next.
fn contest() -> impl Strategy<Value = Judging> {
    let mark = |max: i64| (0..=max * 2).prop_map(|halves| Points::from_ticks(halves * 5_000));
    let card = (mark(40), mark(30), mark(10)).prop_map(|(a, b, c)| vec![a, b, c]);
    let project =
        (proptest::collection::vec(card, JUDGES), subsequence((0..JUDGES).collect::<Vec<_>>(), 3..=JUDGES));
    (proptest::collection::vec(project, 2..8), rules()).prop_map(|(projects, rule)| {
        let mut judging = Judging { rule, criteria: criteria(), ..Judging::default() };
        for (at, (cards, judges)) in projects.iter().enumerate() {
            for judge in judges {
                super::give(&mut judging, &format!("P{at}"), &format!("J{judge}"), &cards[*judge]);
            }
        }
        judging
    })
}

/// Tables that make sense, by units and in steps.
fn overtime() -> impl Strategy<Value = OvertimeRule> {
    let points = 1..=POINTS_MAX.ticks();
    let units = (0..=SECS_MAX, 1..=SECS_MAX, points.clone(), proptest::option::of(points.clone())).prop_map(
        |(grace_secs, unit_secs, per_unit, cap)| {
            let cap = cap.map(|cap| Points::from_ticks(cap.max(per_unit)));
            OvertimeRule::Units { grace_secs, unit_secs, per_unit: Points::from_ticks(per_unit), cap }
        },
    );
    let secs = proptest::collection::btree_set(0..=SECS_MAX, 1..=20);
    let steps = (secs, proptest::collection::vec(points, 20)).prop_map(|(secs, mut points)| {
        points.sort_unstable();
        let step = |(over_secs, ticks)| Step { over_secs, points: Points::from_ticks(ticks) };
        OvertimeRule::Steps { steps: secs.into_iter().zip(points).map(step).collect() }
    });
    prop_oneof![units, steps]
}

/// Places and scores by project's name, in alphabetical order.
fn outcome(judging: &Judging) -> Vec<(String, u32, String)> {
    let standings = judging.standings().unwrap();
    let mut all: Vec<_> =
        rows(judging, &standings).into_iter().map(|(place, id, score)| (id, place, score)).collect();
    all.sort();
    all
}

fn renamed(judging: &Judging, cards: Vec<usize>) -> Judging {
    let mut other =
        Judging { rule: judging.rule.clone(), criteria: judging.criteria.clone(), ..Judging::default() };
    for at in cards {
        let card = &judging.cards[at];
        let (project, judge) = (&judging.projects[card.project], &judging.judges[card.judge]);
        let marks: Vec<Points> = judging.criteria.iter().map(|c| card.marks[&c.id]).collect();
        super::give(&mut other, project, judge, &marks);
    }
    other
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_does_not_matter(judging in contest(), seed in any::<u64>()) {
        // Dropping "the one submitted last" among equals may show in scores that are rounded at each step.
        prop_assume!(judging.rule.round_at == RoundAt::End);
        let mut cards: Vec<usize> = (0..judging.cards.len()).collect();
        let mut state = seed | 1;
        for at in (1..cards.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            cards.swap(at, (state >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(outcome(&judging), outcome(&renamed(&judging, cards)));
    }

    #[test]
    fn the_order_of_criteria_does_not_matter(judging in contest()) {
        let mut other = judging.clone();
        other.rule.ties = Some(vec![Tie::Exact, Tie::Median]);
        let mut first = other.clone();
        other.criteria.reverse();
        first.rule.ties.clone_from(&other.rule.ties);
        prop_assert_eq!(outcome(&first), outcome(&other));
    }

    #[test]
    fn raising_a_mark_never_lowers_its_project(judging in contest(), which in any::<prop::sample::Index>(), c in 0..CRITERIA) {
        // Rounding at each step may turn a higher mark into a lower sum; that is why it is an option and not the default.
        prop_assume!(judging.rule.round_at == RoundAt::End);
        let at = which.index(judging.cards.len());
        let id = judging.criteria[c].id.clone();
        let mut other = judging.clone();
        let mark = other.cards[at].marks.get_mut(&id).unwrap();
        *mark = judging.criteria[c].max;
        let name = judging.projects[judging.cards[at].project].clone();
        let row = |judging: &Judging| {
            let standings = judging.standings().unwrap();
            standings.ranked.iter().find(|row| judging.projects[row.project] == name).unwrap().clone()
        };
        let (before, after) = (row(&judging), row(&other));
        prop_assert!(after.exact >= before.exact);
        if judging.rule.method != Method::Severity {
            prop_assert!(after.place <= before.place);
        }
    }

    #[test]
    fn a_deduction_never_raises_a_score(judging in contest(), which in any::<prop::sample::Index>(), ticks in 1_i64..1_000_000, lambda in 0_i64..3) {
        let mut before = judging;
        before.rule.lambda = Points::from_ticks(lambda * Points::TICKS);
        let project = which.index(before.projects.len());
        let mut after = before.clone();
        let reason = String::new();
        after.deductions.push(Deduction { project, points: Points::from_ticks(ticks), reason });
        // With λ = 0 rooms that share no judge have no ranking, with or without a deduction.
        let (Ok(before), Ok(after)) = (before.standings(), after.standings()) else { return Ok(()) };
        let row = |standings: &Standings| {
            standings.ranked.iter().find(|row| row.project == project).unwrap().clone()
        };
        let (before, after) = (row(&before), row(&after));
        prop_assert!(after.exact <= before.exact);
        prop_assert!(after.place >= before.place);
        let scale = num_rational::BigRational::from_integer(0.into())..=num_rational::BigRational::from_integer(100.into());
        prop_assert!(scale.contains(&before.exact) && scale.contains(&after.exact));
    }

    #[test]
    fn in_a_rank_sum_raising_a_mark_never_lowers_its_project(judging in contest(), which in any::<prop::sample::Index>(), c in 0..CRITERIA) {
        // Only the judges who saw every project: a rank sum needs them all.
        let projects = judging.projects.len();
        let saw_all = |judge: &usize| judging.cards.iter().filter(|card| card.judge == *judge).count() == projects;
        let judges: Vec<usize> = (0..judging.judges.len()).filter(saw_all).collect();
        prop_assume!(!judges.is_empty());
        let mut whole_panel = judging.clone();
        whole_panel.cards.retain(|card| judges.contains(&card.judge));
        whole_panel.rule = Rule { method: Method::RankSum, min_judges: Some(1), ties: Some(vec![]), ..Rule::default() };
        let at = which.index(whole_panel.cards.len());
        let mut other = whole_panel.clone();
        let id = judging.criteria[c].id.clone();
        *other.cards[at].marks.get_mut(&id).unwrap() = judging.criteria[c].max;
        let project = whole_panel.cards[at].project;
        let row = |judging: &Judging| {
            let standings = judging.standings().unwrap();
            standings.ranked.iter().find(|row| row.project == project).unwrap().clone()
        };
        let (before, after) = (row(&whole_panel), row(&other));
        prop_assert!(after.exact <= before.exact, "the lowest sum wins");
        prop_assert!(after.place <= before.place);
    }

    #[test]
    fn more_time_never_costs_less_and_never_more_than_the_cap(overtime in overtime(), a in 0..20_000_000_u64, b in any::<u64>()) {
        prop_assert_eq!(overtime.check(), Ok(()));
        let (free, most) = match &overtime {
            OvertimeRule::Units { grace_secs, cap, .. } => (*grace_secs, *cap),
            OvertimeRule::Steps { steps } => (steps[0].over_secs, steps.last().map(|step| step.points)),
        };
        let rule = Rule { overtime: Some(overtime), ..Rule::default() };
        let due = |over_ms: u64| rule.overtime_points(over_ms).unwrap_or(Points::ZERO);
        prop_assert!(due(a.min(b)) <= due(a.max(b)));
        prop_assert!(due(b) <= most.unwrap_or(Points::LIMIT));
        prop_assert_eq!(due(a) == Points::ZERO, a / 1_000 <= u64::from(free));
        prop_assert_eq!(due(a), due(a - a % 1_000 + 999), "parts of a second do not count");
    }

    #[test]
    fn scaling_all_weights_changes_nothing(judging in contest()) {
        let mut other = judging.clone();
        other.criteria.iter_mut().for_each(|criterion| criterion.weight *= 7);
        prop_assert_eq!(outcome(&judging), outcome(&other));
    }

    #[test]
    fn nothing_dropped_is_the_mean_and_a_missing_scorecard_is_not_a_zero(judging in contest()) {
        let mut mean = judging.clone();
        mean.rule = Rule { method: Method::Mean, min_judges: Some(2), ..Rule::default() };
        let mut untrimmed = mean.clone();
        untrimmed.rule = Rule { method: Method::TrimmedMean, drop: 0, ..mean.rule.clone() };
        prop_assert_eq!(outcome(&mean), outcome(&untrimmed));
        let missing = (0..judging.projects.len()).any(|project| {
            judging.cards.iter().filter(|card| card.project == project).count() < judging.judges.len()
        });
        prop_assume!(missing);
        let mut zeros = mean.clone();
        let zero = vec![Points::ZERO; CRITERIA];
        for project in mean.projects.clone() {
            for judge in mean.judges.clone() {
                let (p, j) = (zeros.project(&project), zeros.judge(&judge));
                if !zeros.cards.iter().any(|card| (card.project, card.judge) == (p, j)) {
                    super::give(&mut zeros, &project, &judge, &zero);
                }
            }
        }
        let all_zero = mean.cards.iter().all(|card| card.marks.values().all(|mark| *mark == Points::ZERO));
        prop_assume!(!all_zero);
        let sum = |judging: &Judging| judging.standings().unwrap().ranked.iter().map(|row| row.exact.clone()).reduce(|a, b| a + b);
        prop_assert!(sum(&zeros) < sum(&mean));
        // Filled with the mean of the others, a plain mean stays as it was.
        let mut filled = mean.clone();
        filled.rule.missing = Missing::FillMean;
        prop_assert_eq!(outcome(&mean), outcome(&filled));
    }

    #[test]
    fn one_scorecard_at_a_time_gives_what_the_whole_gives(judging in contest(), order in any::<u64>()) {
        let size = (judging.projects.len(), judging.judges.len());
        let grid = Grid::new(&judging.criteria, size.0, size.1).unwrap();
        let extras = Extras { ids: judging.projects.clone(), panel: Some(size.1), ..Extras::default() };
        let mut table = Table::new(judging.rule.clone(), judging.criteria.clone(), grid, extras).unwrap();
        let twice = order as usize % judging.cards.len();
        // One of them is submitted, taken back and submitted again, another one is changed.
        for (at, card) in judging.cards.iter().enumerate() {
            let marks = complete(&judging.criteria, &card.marks).unwrap();
            let zeros = vec![0; CRITERIA];
            if at == twice {
                table.set(card.project, card.judge, Some(&zeros), at as u64).unwrap();
                table.set(card.project, card.judge, None, 0).unwrap();
            }
            table.set(card.project, card.judge, Some(&zeros), at as u64).unwrap();
            table.set(card.project, card.judge, Some(&marks), at as u64).unwrap();
        }
        let (step_by_step, at_once) = (of_table(table), judging.standings().unwrap());
        prop_assert_eq!(step_by_step.ranked, at_once.ranked);
        prop_assert_eq!(step_by_step.unranked, at_once.unranked);
    }

    #[test]
    fn in_a_complete_panel_the_severity_model_orders_as_the_mean(judging in contest(), shift in 1_i64..10) {
        let mut whole_panel = judging.clone();
        whole_panel.cards.clear();
        // Every judge marks every project: the first scorecard of the project, a little changed.
        for project in 0..judging.projects.len() {
            let card = judging.cards.iter().find(|card| card.project == project).unwrap();
            for judge in 0..judging.judges.len() {
                let mut card = card.clone();
                card.judge = judge;
                let id = judging.criteria[judge % CRITERIA].id.clone();
                let ticks = card.marks[&id].ticks() + (judge as i64 * 7 + project as i64 * 3) % 5 * 5_000;
                let most = judging.criteria[judge % CRITERIA].max.ticks();
                card.marks.insert(id, Points::from_ticks(ticks.min(most)));
                whole_panel.cards.push(card);
            }
        }
        let with = |method: Method, lambda: i64| {
            let mut judging = whole_panel.clone();
            judging.rule = Rule { method, lambda: Points::from_ticks(lambda * Points::TICKS), rank_on: RankOn::Exact, ties: Some(vec![]), ..Rule::default() };
            let standings = judging.standings().unwrap();
            standings.ranked.iter().map(|row| (row.place, row.project)).collect::<Vec<_>>()
        };
        prop_assert_eq!(with(Method::Mean, 1), with(Method::Severity, 0));
        prop_assert_eq!(with(Method::Mean, 1), with(Method::Severity, shift));
    }
}

#[test]
fn adding_a_constant_to_one_judge_leaves_the_severity_ranking() {
    let contest = |extra: i64| {
        let rule =
            Rule { method: Method::Severity, lambda: Points::ZERO, min_judges: Some(1), ..Rule::default() };
        let mut judging = Judging { rule, criteria: vec![criterion(0, whole(100), 1)], ..Judging::default() };
        // Not everybody saw everything: the model has to do something.
        for (project, judge, mark) in [
            ("P1", "A", 82),
            ("P1", "B", 70),
            ("P2", "B", 74),
            ("P2", "C", 80),
            ("P3", "A", 85),
            ("P3", "C", 79),
            ("P4", "C", 70),
        ] {
            let mark = mark + if judge == "B" { extra } else { 0 };
            super::give(&mut judging, project, judge, &[whole(mark)]);
        }
        let standings = judging.standings().unwrap();
        standings.ranked.iter().map(|row| (row.place, row.project)).collect::<Vec<_>>()
    };
    assert_eq!(contest(0), contest(15));
    assert_eq!(contest(0), contest(-30));
}

#[test]
fn a_tie_stays_a_tie_under_any_order() {
    let half = |halves: i64| Points::from_ticks(halves * 5_000);
    let cards = vec![
        vec![half(60), half(40), half(11)],
        vec![half(50), half(41), half(9)],
        vec![half(61), half(33), half(20)],
    ];
    let mut turned = cards.clone();
    turned.rotate_left(1);
    let rule = Rule {
        ties: Some(vec![Tie::Exact, Tie::Median, Tie::Highest, Tie::UntrimmedSum]),
        ..Rule::default()
    };
    let judging = judging(rule, criteria(), &[("P1", cards), ("P2", turned)]);
    let standings = judging.standings().unwrap();
    assert!(standings.ranked.iter().all(|row| row.place == 1 && row.decided_by == Some(Tie::Share)));
}
