//! The tie-break chain where projects have different numbers of scorecards, and what a row says of its neighbours.

use super::{criterion, give, judging, whole};
use podium::domain::kernel::points::Points;
use podium::domain::scoring::explain::explain;
use podium::domain::scoring::judging::Judging;
use podium::domain::scoring::rule::{Method, RankOn, Rule, Tie};
use podium::domain::scoring::standings::Standings;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;

/// Marks of one criterion of 100 by judges; a gap where there is no scorecard.
fn with_gaps(rule: Rule, marks: &[(&str, &[Option<i64>])]) -> Judging {
    let mut judging = judging(rule, vec![criterion(0, whole(100), 1)], &[]);
    for (project, marks) in marks {
        for (at, mark) in marks.iter().enumerate() {
            let (project, judge) = (judging.project(project), judging.judge(&format!("J{}", at + 1)));
            if let Some(mark) = mark {
                let (project, judge) = (judging.projects[project].clone(), judging.judges[judge].clone());
                give(&mut judging, &project, &judge, &[whole(*mark)]);
            }
        }
    }
    judging
}

fn all(marks: &[i64]) -> Vec<Option<i64>> {
    marks.iter().map(|mark| Some(*mark)).collect()
}

/// Place and project.
fn places(judging: &Judging, standings: &Standings) -> Vec<(u32, String)> {
    standings.ranked.iter().map(|row| (row.place, judging.projects[row.project].clone())).collect()
}

fn mean(ties: &[Tie]) -> Rule {
    Rule { method: Method::Mean, ties: Some(ties.to_vec()), ..Rule::default() }
}

#[test]
fn a_recusal_neither_wins_nor_loses_a_tie() {
    // The default chain and each step that counts, adds or looks for the most: five scorecards of 80 beside four.
    let steps = [Tie::Countback, Tie::UntrimmedSum, Tie::HeadToHead, Tie::Highest, Tie::Median];
    let chains = steps.iter().map(|step| Some(vec![step.clone()])).chain([None]);
    for ties in chains {
        let rule = Rule { method: Method::Mean, ties, ..Rule::default() };
        let four = [Some(80), Some(80), Some(80), Some(80), None];
        let judging = with_gaps(rule.clone(), &[("P1", &all(&[80; 5])), ("P2", &four)]);
        let standings = judging.standings().unwrap();
        let shared = [(1, "P1".to_owned()), (1, "P2".to_owned())];
        assert_eq!(places(&judging, &standings), shared, "{:?}", rule.ties);
        assert!(standings.ranked.iter().all(|row| row.decided_by == Some(Tie::Share)));
    }
}

#[test]
fn count_back_goes_by_shares_where_numbers_differ() {
    // Both have 80. P1: first with three judges of five; P2: first with three of four, because J5 may not mark it.
    let p1 = all(&[82, 75, 78, 85, 80]);
    let p2 = [Some(84), Some(79), Some(79), Some(78), None];
    let judging = with_gaps(mean(&[Tie::Countback]), &[("P1", &p1), ("P2", &p2)]);
    let standings = judging.standings().unwrap();
    assert_eq!(places(&judging, &standings), [(1, "P2".to_owned()), (2, "P1".to_owned())]);
    let shown: Vec<String> =
        standings.places[0].class.splits[0].values.iter().map(|(_, key)| key.to_string()).collect();
    // J1, J2 and J3 prefer P2; J4 and J5 (who saw P1 alone) have P1 first.
    assert_eq!(shown, ["3/4 1/4", "2/5 3/5"]);
}

#[test]
fn the_untrimmed_sum_is_a_mean_where_numbers_differ() {
    // Trimmed to 80 both; with what is left out P1 has 410 of five (82), P2 328 of four plus nothing (82): alike, and
    // with one point more P2 is ahead, though its sum is lower.
    let rule = |ties: &[Tie]| Rule { drop: 1, min_keep: 2, ties: Some(ties.to_vec()), ..Rule::default() };
    let p1 = all(&[70, 80, 80, 80, 90]);
    for (last, places_) in [(90, [1, 1]), (94, [1, 2])] {
        let p2 = [Some(70), Some(80), Some(80), Some(last), None];
        let judging = with_gaps(rule(&[Tie::UntrimmedSum]), &[("P2", &p2), ("P1", &p1)]);
        let standings = judging.standings().unwrap();
        let found: Vec<u32> = standings.ranked.iter().map(|row| row.place).collect();
        assert_eq!(found, places_, "{last}");
        assert_eq!(judging.projects[standings.ranked[0].project], "P2");
    }
}

#[test]
fn the_highest_total_is_asked_of_who_scored_both_where_numbers_differ() {
    // J5 gave P1 its 95 and did not see P2; of the four who saw both, P2 has the higher one.
    let p1 = all(&[70, 75, 80, 80, 95]);
    let p2 = [Some(70), Some(75), Some(85), Some(90), None];
    let judging = with_gaps(mean(&[Tie::Highest]), &[("P1", &p1), ("P2", &p2)]);
    let standings = judging.standings().unwrap();
    assert_eq!(places(&judging, &standings), [(1, "P2".to_owned()), (2, "P1".to_owned())]);
    // Two rooms have nobody in common: the step separates nobody.
    let p1 = [Some(80), Some(90), Some(70), None, None, None, None];
    let p2 = [None, None, None, Some(80), Some(80), Some(80), Some(80)];
    let apart = with_gaps(mean(&[Tie::Highest]), &[("P1", &p1), ("P2", &p2)]);
    assert!(apart.standings().unwrap().ranked.iter().all(|row| row.place == 1));
}

#[test]
fn head_to_head_goes_by_who_scored_both_and_decides_nothing_where_nobody_did() {
    // J1–J3 saw both: two prefer P2. J4 and J5 saw P1 alone and change nothing.
    let p1 = all(&[85, 70, 70, 85, 90]);
    let p2 = [Some(80), Some(80), Some(80), None, None];
    let both = with_gaps(mean(&[Tie::HeadToHead]), &[("P1", &p1), ("P2", &p2)]);
    assert_eq!(places(&both, &both.standings().unwrap())[0], (1, "P2".to_owned()));
    let p1 = [Some(80), Some(80), Some(80), None, None, None];
    let p2 = [None, None, None, Some(70), Some(80), Some(90)];
    let apart = with_gaps(mean(&[Tie::HeadToHead]), &[("P1", &p1), ("P2", &p2)]);
    assert!(apart.standings().unwrap().ranked.iter().all(|row| row.place == 1));
}

/// What the steps compared before they went by scorecards: counts of places, sums, the highest.
fn before(judging: &Judging, step: &Tie, project: usize, group: &[usize]) -> Vec<i64> {
    let total = |card: &podium::domain::scoring::judging::OwnCard| {
        card.marks.values().next().unwrap().ticks() / Points::TICKS
    };
    let of: BTreeMap<(usize, usize), i64> =
        judging.cards.iter().map(|card| ((card.project, card.judge), total(card))).collect();
    let own: Vec<(usize, i64)> =
        of.iter().filter(|((p, _), _)| *p == project).map(|((_, j), t)| (*j, *t)).collect();
    match step {
        Tie::Countback => {
            let mut counts = vec![0; judging.projects.len()];
            for (judge, total) in own {
                let better = |other: &usize| of.get(&(*other, judge)).is_some_and(|theirs| *theirs > total);
                counts[(0..judging.projects.len()).filter(better).count()] += 1;
            }
            counts
        }
        Tie::UntrimmedSum => vec![own.iter().map(|(_, total)| total).sum()],
        Tie::Highest => vec![own.iter().map(|(_, total)| *total).max().unwrap()],
        Tie::HeadToHead => {
            let duel = |rival: &usize| {
                let both = own.iter().filter_map(|(j, total)| Some((total, of.get(&(*rival, *j))?)));
                both.map(|(own, theirs)| (own - theirs).signum()).sum::<i64>().signum()
            };
            vec![group.iter().filter(|rival| **rival != project).map(duel).sum()]
        }
        step => panic!("{step}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_equal_numbers_of_scorecards_the_steps_give_what_they_always_gave(
        marks in proptest::collection::vec(proptest::collection::vec(78_i64..=82, 6), 2..7),
        seats in proptest::collection::vec(proptest::sample::subsequence((0..6_usize).collect::<Vec<_>>(), 4), 7),
        step in select(vec![Tie::Countback, Tie::UntrimmedSum, Tie::Highest, Tie::HeadToHead]),
    ) {
        let rule = Rule { decimals: 0, min_judges: Some(1), ..mean(std::slice::from_ref(&step)) };
        let mut judging = with_gaps(rule, &[]);
        for (at, marks) in marks.iter().enumerate() {
            for judge in &seats[at] {
                give(&mut judging, &format!("P{at}"), &format!("J{judge}"), &[whole(marks[*judge])]);
            }
        }
        let standings = judging.standings().unwrap();
        for group in standings.table.groups() {
            let mut keyed: Vec<(Vec<i64>, usize)> =
                group.iter().map(|&project| (before(&judging, &step, project, &group), project)).collect();
            keyed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            let expected: Vec<Vec<usize>> = keyed
                .chunk_by(|a, b| a.0 == b.0)
                .map(|equal| equal.iter().map(|(_, project)| *project).collect())
                .collect();
            // Who shares a place stands in the order of what is not compared here.
            let sorted = |mut projects: Vec<usize>| {
                projects.sort_unstable();
                projects
            };
            let found: Vec<Vec<usize>> = standings.places.iter()
                .filter(|place| group.contains(&place.class.projects[0]))
                .map(|place| sorted(place.class.projects.clone()))
                .collect();
            prop_assert_eq!(found, expected, "{}", step);
        }
    }

    #[test]
    fn one_more_scorecard_like_the_others_changes_no_tie(
        mark in 0_i64..=100,
        k in 1_usize..6,
        step in select(vec![Tie::Countback, Tie::UntrimmedSum, Tie::Highest, Tie::HeadToHead, Tie::Median]),
    ) {
        let rule = Rule { min_judges: Some(1), ..mean(std::slice::from_ref(&step)) };
        let fewer: Vec<Option<i64>> = (0..6).map(|at| (at < k).then_some(mark)).collect();
        let judging = with_gaps(rule, &[("P1", &all(&[mark; 6])), ("P2", &fewer)]);
        prop_assert!(judging.standings().unwrap().ranked.iter().all(|row| row.place == 1), "{}", step);
    }
}

#[test]
fn a_row_says_what_parted_it_from_its_neighbours() {
    // All have 80. P1 leads by c1; P2 and P3 differ in the highest total; P4 shares with P3.
    let criteria = vec![criterion(0, whole(50), 50), criterion(1, whole(50), 50)];
    let card = |a: i64, b: i64| vec![whole(a), whole(b)];
    let ties = vec![Tie::Criterion("c1".parse().unwrap()), Tie::Highest];
    let rule = Rule { method: Method::Mean, ties: Some(ties), ..Rule::default() };
    let marks = [
        ("P1", vec![card(42, 38), card(42, 38), card(42, 38)]),
        ("P2", vec![card(40, 45), card(40, 35), card(40, 40)]),
        ("P3", vec![card(40, 40), card(40, 40), card(40, 40)]),
        ("P4", vec![card(40, 40), card(40, 40), card(40, 40)]),
        ("P5", vec![card(40, 39), card(40, 39), card(40, 39)]),
    ];
    let judging = judging(rule, criteria, &marks);
    let standings = judging.standings().unwrap();
    let c1 = || Some(Tie::Criterion("c1".parse().unwrap()));
    let found: Vec<_> =
        standings.ranked.iter().map(|row| (row.place, row.above.clone(), row.below.clone())).collect();
    let share = || Some(Tie::Share);
    assert_eq!(
        found,
        [
            (1, None, c1()),
            (2, c1(), Some(Tie::Highest)),
            (3, Some(Tie::Highest), share()),
            (3, share(), None),
            (5, None, None),
        ]
    );
    // The explanation says the same, and how far the place above is.
    let third = explain(&standings, 2).unwrap();
    assert_eq!((third.above, third.below), (Some(Tie::Highest), share()));
    let gap = third.gap.unwrap();
    assert_eq!(
        (gap.place, gap.projects, gap.points.as_str(), gap.parted_by),
        (2, vec![1], "0.00", Some(Tie::Highest))
    );
    let last = explain(&standings, 4).unwrap().gap.unwrap();
    assert_eq!(
        (last.place, last.projects, last.points.as_str(), last.parted_by),
        (3, vec![2, 3], "1.00", None)
    );
    assert_eq!(explain(&standings, 0).unwrap().gap, None);
    // Places by exact scores: what is printed alike was parted by what is not printed.
    let rule = Rule { rank_on: RankOn::Exact, decimals: 0, ..mean(&[]) };
    let close = with_gaps(rule, &[("P1", &all(&[80, 80, 80])), ("P2", &all(&[80, 80, 81]))]);
    let standings = close.standings().unwrap();
    assert_eq!(standings.ranked[1].above, Some(Tie::Exact));
}

#[test]
fn a_seed_adds_no_lot_and_an_empty_one_is_none() {
    let seeded = Rule { seed: Some("winter".into()), method: Method::Mean, ..Rule::default() };
    let judging = with_gaps(seeded, &[("P1", &all(&[80; 3])), ("P2", &all(&[80; 3]))]);
    assert!(judging.standings().unwrap().ranked.iter().all(|row| row.place == 1));
    for seed in [None, Some(String::new()), Some("  ".into())] {
        let rule = Rule { seed, ..mean(&[Tie::Lot]) };
        assert!(rule.check(&[]).unwrap_err().to_string().contains("needs a seed"));
    }
}
