//! What docs/scoring.md says of the methods, sentence by sentence, where no other test shows it.

use super::{criterion, give, judging, rows, whole};
use podium::domain::scoring::aggregate::Dropped;
use podium::domain::scoring::audience::{Audience, Scale};
use podium::domain::scoring::deduct::Deduction;
use podium::domain::scoring::explain::explain;
use podium::domain::scoring::judging::Judging;
use podium::domain::scoring::rule::{Method, Missing, RoundAt, Rounding, Rule, Tie, Trim};
use podium::domain::scoring::standings::Warning;

/// One criterion of 100; totals by project and judge.
fn plain(rule: Rule, marks: &[(&str, &[i64])]) -> Judging {
    let cards = |marks: &[i64]| marks.iter().map(|mark| vec![whole(*mark)]).collect();
    let marks: Vec<_> = marks.iter().map(|(project, marks)| (*project, cards(marks))).collect();
    judging(rule, vec![criterion(0, whole(100), 1)], &marks)
}

fn scores(judging: &Judging) -> Vec<(u32, String, String)> {
    rows(judging, &judging.standings().unwrap())
}

fn row(place: u32, project: &str, score: &str) -> (u32, String, String) {
    (place, project.to_owned(), score.to_owned())
}

#[test]
fn among_equal_extremes_the_one_submitted_last_is_left_out() {
    let judging = plain(Rule::default(), &[("P1", &[90, 90, 70, 70, 80])]);
    let told = explain(&judging.standings().unwrap(), 0).unwrap();
    let dropped: Vec<_> = told.cards.iter().map(|card| card.dropped).collect();
    assert_eq!(dropped, [None, Some(Dropped::Highest), None, Some(Dropped::Lowest), None]);
    let alike = plain(Rule::default(), &[("P1", &[80, 80, 80, 80, 80])]);
    let told = explain(&alike.standings().unwrap(), 0).unwrap();
    let left = told.cards.iter().filter(|card| card.dropped.is_none()).count();
    assert_eq!(
        (left, told.cards[4].dropped, told.cards[3].dropped),
        (3, Some(Dropped::Highest), Some(Dropped::Lowest))
    );
}

#[test]
fn a_filled_in_scorecard_counts_in_what_is_left_out() {
    let all: &[i64] = &[60, 60, 60, 60, 60];
    let with = |missing: Missing| {
        let mut judging = plain(Rule { missing, ..Rule::default() }, &[("P1", all)]);
        for (judge, mark) in [("J1", 50), ("J2", 90), ("J3", 91), ("J4", 92)] {
            give(&mut judging, "P2", judge, &[whole(mark)]);
        }
        scores(&judging)
    };
    // Four scorecards keep all four; with the fifth filled in (80.75) 50 and 92 go.
    assert_eq!(with(Missing::LeaveOut)[0], row(1, "P2", "80.75"));
    assert_eq!(with(Missing::FillMean)[0], row(1, "P2", "87.25"));
}

#[test]
fn leaving_out_by_judge_and_by_criterion_can_give_different_orders() {
    let criteria = || vec![criterion(0, whole(50), 50), criterion(1, whole(50), 50)];
    let card = |a: i64, b: i64| vec![whole(a), whole(b)];
    let p1 = vec![card(50, 10), card(10, 50), card(30, 30), card(30, 30), card(30, 30)];
    let p2 = vec![card(31, 31), card(31, 30), card(30, 31), card(50, 12), card(12, 50)];
    let order = |trim: Trim| {
        let judging =
            judging(Rule { trim, ..Rule::default() }, criteria(), &[("P1", p1.clone()), ("P2", p2.clone())]);
        scores(&judging).into_iter().map(|(_, project, score)| (project, score)).collect::<Vec<_>>()
    };
    assert_ne!(order(Trim::Judge)[0].1, order(Trim::Criterion)[0].1);
}

#[test]
fn rounding_at_each_step_can_differ_in_the_last_digit() {
    let thirds = |round_at: RoundAt, rounding: Rounding| {
        let rule = Rule { method: Method::Mean, round_at, rounding, ..Rule::default() };
        let criteria = vec![criterion(0, whole(50), 50), criterion(1, whole(50), 50)];
        let cards = vec![vec![whole(10), whole(20)], vec![whole(10), whole(20)], vec![whole(11), whole(21)]];
        scores(&judging(rule, criteria, &[("P1", cards)]))[0].2.clone()
    };
    // 10.333… + 20.333… = 30.666…
    assert_eq!(thirds(RoundAt::End, Rounding::HalfAway), "30.67");
    assert_eq!(thirds(RoundAt::EachStep, Rounding::HalfAway), "30.66");
    assert_eq!(thirds(RoundAt::End, Rounding::Truncate), "30.66");
}

#[test]
fn shared_places_leave_the_next_one_out() {
    let rule = Rule { ties: Some(vec![]), ..Rule::default() };
    let judging = plain(rule, &[("A", &[90; 3]), ("B", &[80; 3]), ("C", &[80; 3]), ("D", &[70; 3])]);
    let places: Vec<_> = scores(&judging).into_iter().map(|(place, _, _)| place).collect();
    assert_eq!(places, [1, 2, 2, 4]);
}

#[test]
fn a_rank_sum_adds_average_ranks_and_the_lowest_wins() {
    let rule = Rule { method: Method::RankSum, ..Rule::default() };
    let judging = plain(rule, &[("A", &[90, 70, 80]), ("B", &[90, 80, 70]), ("C", &[60, 60, 60])]);
    // A: 1.5 + 2 + 1, B: 1.5 + 1 + 2, C: 3 + 3 + 3; count-back and duels do not part A and B, nor does the median.
    assert_eq!(scores(&judging), [row(1, "A", "4.50"), row(1, "B", "4.50"), row(3, "C", "9.00")]);
}

#[test]
fn three_scorecards_or_the_whole_panel_are_needed() {
    let mut judging = plain(Rule::default(), &[("P1", &[80, 81, 82, 83])]);
    give(&mut judging, "P2", "J1", &[whole(99)]);
    give(&mut judging, "P2", "J2", &[whole(99)]);
    let standings = judging.standings().unwrap();
    assert_eq!((standings.ranked.len(), standings.unranked[0].needed), (1, 3));
    let two = plain(Rule::default(), &[("P1", &[80, 81])]);
    assert_eq!(two.standings().unwrap().ranked.len(), 1, "a panel of two is whole with two");
}

#[test]
fn who_is_not_ranked_takes_part_in_nothing_that_ranks_others() {
    // P3 would take the first places of two judges away from P1, and a position of the audience's scale.
    let rule = Rule {
        method: Method::Mean,
        ties: Some(vec![Tie::Countback]),
        audience: Audience { share: "0.5".parse().unwrap(), scale: Scale::RankPoints },
        ..Rule::default()
    };
    let with = |outsider: bool| {
        let mut judging = plain(rule.clone(), &[("P1", &[80, 80, 74]), ("P2", &[78, 78, 78])]);
        if outsider {
            give(&mut judging, "P3", "J1", &[whole(99)]);
            give(&mut judging, "P3", "J2", &[whole(99)]);
        }
        judging.ballots = Some(vec![10, 10, 5][..judging.projects.len()].to_vec());
        scores(&judging)
    };
    assert_eq!(with(false), with(true));
    assert_eq!(with(true), [row(1, "P1", "64.00"), row(2, "P2", "64.00")], "by count-back");
}

#[test]
fn deductions_stop_at_zero() {
    let mut judging = plain(Rule::default(), &[("P1", &[2, 2, 2])]);
    judging.deductions.push(Deduction { project: 0, points: whole(5), reason: "超时".into() });
    assert_eq!(scores(&judging), [row(1, "P1", "0.00")]);
}

#[test]
fn the_plain_mean_stands_beside_a_severity_score() {
    let rule = Rule { method: Method::Severity, min_judges: Some(1), ..Rule::default() };
    let mut judging = plain(rule, &[("P1", &[80, 70])]);
    give(&mut judging, "P2", "J1", &[whole(80)]);
    let standings = judging.standings().unwrap();
    let told = explain(&standings, 1).unwrap();
    assert_eq!(told.raw_mean.to_string(), "80");
    assert_ne!(told.judged, told.raw_mean, "J1 is the milder judge");
    assert!(told.cards[0].effect.is_some());
}

#[test]
fn rooms_without_a_judge_in_common_are_named_and_nothing_is_corrected_between_them() {
    // Room A marks ten points higher than room B, whatever the projects are worth.
    let rule = Rule { method: Method::Severity, min_judges: Some(2), ..Rule::default() };
    let mut apart = plain(rule, &[("P1", &[90, 88]), ("P2", &[86, 84])]);
    for (project, marks) in [("P3", [80, 78]), ("P4", [76, 74])] {
        for (judge, mark) in ["J3", "J4"].into_iter().zip(marks) {
            give(&mut apart, project, judge, &[whole(mark)]);
        }
    }
    let standings = apart.standings().unwrap();
    let parts = standings.warnings.iter().find_map(|warning| match warning {
        Warning::Unjoined { parts } => Some(parts.clone()),
        _ => None,
    });
    let parts: Vec<_> = parts.unwrap().into_iter().map(|part| (part.projects, part.judges)).collect();
    assert_eq!(parts, [(vec![0, 1], vec![0, 1]), (vec![2, 3], vec![2, 3])]);
    // Each room keeps its level: the scores are the plain means.
    let scores: Vec<_> = scores(&apart).into_iter().map(|(_, project, score)| (project, score)).collect();
    let row = |project: &str, score: &str| (project.to_owned(), score.to_owned());
    assert_eq!(scores, [row("P1", "89.00"), row("P2", "85.00"), row("P3", "79.00"), row("P4", "75.00")]);
    assert_eq!(explain(&standings, 0).unwrap().unjoined.len(), 2);
    // One judge of room A in room B joins them: the warning is gone, and so are the ten points.
    give(&mut apart, "P3", "J1", &[whole(90)]);
    let joined = apart.standings().unwrap();
    assert!(!joined.warnings.iter().any(|warning| matches!(warning, Warning::Unjoined { .. })));
    assert!(explain(&joined, 2).unwrap().judged > explain(&standings, 2).unwrap().judged);
    assert!(explain(&joined, 2).unwrap().unjoined.is_empty());
}

#[test]
fn a_severity_score_stays_on_the_scale_and_a_deduction_does_not_raise_it() {
    let rule = |lambda: &str| Rule {
        method: Method::Severity,
        lambda: lambda.parse().unwrap(),
        min_judges: Some(1),
        ..Rule::default()
    };
    // J2 is mild with everybody; who has J2 alone and a 1 would be worth less than nothing.
    let contest = |deduction: i64| {
        let mut judging = plain(rule("0"), &[("P1", &[50, 90]), ("P2", &[50, 90])]);
        give(&mut judging, "P3", "J2", &[whole(1)]);
        give(&mut judging, "P4", "J1", &[whole(99)]);
        if deduction > 0 {
            let project = judging.project("P3");
            judging.deductions.push(Deduction { project, points: whole(deduction), reason: String::new() });
        }
        let standings = judging.standings().unwrap();
        standings
            .ranked
            .iter()
            .map(|row| (judging.projects[row.project].clone(), row.score.clone()))
            .collect::<Vec<_>>()
    };
    let row = |project: &str, score: &str| (project.to_owned(), score.to_owned());
    let expected = [row("P4", "100.00"), row("P1", "70.00"), row("P2", "70.00"), row("P3", "0.00")];
    assert_eq!(contest(0), expected, "119 and −19 by the model alone");
    assert_eq!(contest(2), expected);
}

#[test]
fn a_trimmed_mean_that_cannot_trim_says_so() {
    let rule = Rule { drop: 2, ..Rule::default() };
    let mut judging = plain(rule, &[("P1", &[80, 81, 82, 83]), ("P2", &[80, 81, 82, 83, 84])]);
    for judge in 1..=7 {
        give(&mut judging, "P3", &format!("J{judge}"), &[whole(80 + judge)]);
    }
    let standings = judging.standings().unwrap();
    let fallback = |project: usize| {
        let row = standings.ranked.iter().find(|row| row.project == project).unwrap();
        row.fallback.map(|one| (one.cards, one.asked, one.dropped))
    };
    assert_eq!([0, 1, 2].map(fallback), [Some((4, 2, 0)), Some((5, 2, 1)), None]);
    let warned = standings.warnings.iter().filter_map(|warning| match warning {
        Warning::Fallback { fallback, projects } => Some((fallback.dropped, projects.clone())),
        _ => None,
    });
    let warned: Vec<_> = warned.collect();
    assert_eq!(warned, [(0, vec![0]), (1, vec![1])]);
    assert_eq!(explain(&standings, 0).unwrap().fallback, standings.table.rule.fallback(4));
    // What is filled in counts.
    let filled = Rule { missing: Missing::FillMean, ..Rule::default() };
    let mut judging = plain(filled, &[("P1", &[80, 81, 82, 83]), ("P2", &[80, 81, 82, 83, 84])]);
    judging.rule.min_keep = 3;
    assert!(judging.standings().unwrap().ranked.iter().all(|row| row.fallback.is_none()));
    // A mean asks for nothing to be left out.
    let mean = plain(Rule { method: Method::Mean, ..Rule::default() }, &[("P1", &[80, 81, 82])]);
    assert_eq!(mean.standings().unwrap().warnings, []);
}

#[test]
fn an_explanation_tells_a_team_where_it_stands() {
    let criteria = vec![criterion(0, whole(60), 60), criterion(1, whole(40), 40)];
    let card = |a: i64, b: i64| vec![whole(a), whole(b)];
    let marks = [("P1", vec![card(50, 20); 3]), ("P2", vec![card(40, 24); 3]), ("P3", vec![card(45, 10); 3])];
    let standings = judging(Rule::default(), criteria, &marks).standings().unwrap();
    let told = explain(&standings, 1).unwrap();
    // The field: 45 and 18. P2 is 5 of 60 behind in the first, 6 of 40 ahead in the second.
    let against: Vec<_> =
        told.against.iter().map(|one| (one.criterion, one.own.to_string(), one.field.to_string())).collect();
    assert_eq!(against, [(0, "40".into(), "45".into()), (1, "24".into(), "18".into())]);
    assert_eq!((told.strongest, told.weakest), (Some(1), Some(0)));
    let gap = told.gap.unwrap();
    assert_eq!((gap.place, gap.points.as_str(), gap.parted_by), (1, "6.00", None));
    let alone =
        judging(Rule::default(), vec![criterion(0, whole(100), 1)], &[("P1", vec![vec![whole(80)]; 3])]);
    let told = explain(&alone.standings().unwrap(), 0).unwrap();
    assert_eq!((told.against.len(), told.strongest, told.gap), (0, None, None));
}

#[test]
fn why_one_of_two_equal_extremes_is_left_out() {
    let judging = plain(Rule::default(), &[("P1", &[90, 90, 70, 60, 80])]);
    let told = explain(&judging.standings().unwrap(), 0).unwrap();
    let later: Vec<_> = told.cards.iter().map(|card| (card.dropped, card.later_of_equals)).collect();
    let (highest, lowest) = (Some(Dropped::Highest), Some(Dropped::Lowest));
    assert_eq!(later, [(None, false), (highest, true), (None, false), (lowest, false), (None, false)]);
    // By criterion it is the mark.
    let rule = Rule { trim: Trim::Criterion, ..Rule::default() };
    let marks = [("P1", [9, 9, 5, 5, 7].map(|mark| vec![whole(mark)]).to_vec())];
    let judging = super::judging(rule, vec![criterion(0, whole(10), 1)], &marks);
    let told = explain(&judging.standings().unwrap(), 0).unwrap();
    let later: Vec<_> = told.cards.iter().map(|card| card.marks[0].later_of_equals).collect();
    assert_eq!(later, [false, true, false, true, false]);
    assert!(told.cards.iter().all(|card| !card.later_of_equals));
}

#[test]
fn a_project_with_nothing_complete_is_there_and_unranked() {
    let mut judging = plain(Rule::default(), &[("P1", &[80, 81, 82])]);
    judging.project("P2");
    let standings = judging.standings().unwrap();
    assert_eq!((standings.unranked[0].k, standings.unranked[0].score.clone()), (0, None));
}
