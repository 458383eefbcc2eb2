//! Lists of tracks: each is what a judging of that track alone would be, by every method that compares; the contest, `podium
//! tally` and the reveal give the same.

use super::{Stage, id, on};
use crate::scoring::{criterion, give, whole};
use podium::domain::command::Command;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, RoundId};
use podium::domain::kernel::points::Points;
use podium::domain::query::{result, seal};
use podium::domain::scoring::field::Ranking;
use podium::domain::scoring::judging::Judging;
use podium::domain::scoring::rule::{Method, Rule};
use podium::domain::scoring::standings::Standings;
use rand::{RngExt, SeedableRng, rngs::StdRng};

const TRACKS: [&str; 3] = ["A", "B", "C"];

/// Marks close to each other, so that ties are frequent: project → judge → mark; project 7 is alone in its track.
fn marks(seed: u64) -> Vec<Vec<i64>> {
    let mut rng = StdRng::seed_from_u64(seed);
    (0..7).map(|_| (0..5).map(|_| rng.random_range(80..84)).collect()).collect()
}

fn track(project: usize) -> &'static str {
    if project == 6 { TRACKS[2] } else { TRACKS[project % 2] }
}

/// Of these projects alone, whatever their track.
fn judging(rule: &Rule, marks: &[Vec<i64>], projects: &[usize]) -> Judging {
    let mut judging =
        Judging { rule: rule.clone(), criteria: vec![criterion(0, whole(100), 100)], ..Judging::default() };
    for &project in projects {
        for (judge, mark) in marks[project].iter().enumerate() {
            let name = format!("P{}", project + 1);
            give(&mut judging, &name, &format!("J{}", judge + 1), &[whole(*mark)]);
        }
        let at = judging.project(&format!("P{}", project + 1));
        judging.place(at, track(project));
    }
    judging
}

type Line = (u32, String, String, Option<String>);

fn lines(judging: &Judging, standings: &Standings) -> Vec<Line> {
    let line = |row: &podium::domain::scoring::standings::Standing| {
        let tie = row.tie().map(ToString::to_string);
        (row.place, judging.projects[row.project].clone(), row.score.clone(), tie)
    };
    standings.ranked.iter().map(line).collect()
}

const METHODS: [Method; 4] = [Method::Mean, Method::TrimmedMean, Method::Median, Method::RankSum];

#[test]
fn a_tracks_list_is_that_of_the_track_alone() {
    let mut ties = 0;
    for seed in 0..60 {
        let (marks, all) = (marks(seed), (0..7).collect::<Vec<usize>>());
        for method in METHODS {
            let rule = Rule { method, ranking: Ranking::ByTrack, ..Rule::default() };
            let whole = judging(&rule, &marks, &all);
            for list in whole.lists() {
                let of = list.unwrap();
                let own: Vec<usize> = all.iter().copied().filter(|at| whole.track_of[at] == of).collect();
                let alone = judging(&Rule { ranking: Ranking::Overall, ..rule.clone() }, &marks, &own);
                let found = lines(&whole, &whole.list(list).unwrap());
                assert_eq!(found, lines(&alone, &alone.standings().unwrap()), "seed {seed}, {method:?}");
                ties += found.iter().filter(|line| line.3.is_some()).count();
            }
        }
    }
    assert!(ties > 100, "{ties} ties: too few to say anything");
}

#[test]
fn a_score_is_one_in_every_list() {
    for seed in 0..20 {
        let (marks, all) = (marks(seed), (0..7).collect::<Vec<usize>>());
        for method in [Method::Mean, Method::Severity] {
            let mut both = judging(&Rule { method, ranking: Ranking::Both, ..Rule::default() }, &marks, &all);
            // A judge who saw one room only.
            both.cards.retain(|card| card.judge > 0 || card.project % 2 == 0);
            let overall = both.list(None).unwrap();
            for list in both.lists() {
                for row in both.list(list).unwrap().ranked {
                    let one = overall.ranked.iter().find(|one| one.project == row.project).unwrap();
                    assert_eq!(one.exact, row.exact, "seed {seed}, {method:?}");
                }
            }
        }
    }
}

/// The contest of these marks, everything closed and announced.
fn contest(rule: &Rule, marks: &[Vec<i64>]) -> Stage {
    let tracks: Vec<&str> = (0..7).map(track).collect();
    let line = format!(
        "5 judges 7 projects criteria c1/100/1 tracks {} rule {}",
        tracks.join(","),
        serde_json::to_string(rule).unwrap()
    );
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut stage = Stage::given(&words, &line);
    for (at, cards) in marks.iter().enumerate() {
        let pitch = on(&format!("P{}", at + 1));
        let criteria = stage.contest.show.rounds[&RoundId(1)].criteria.clone();
        stage.give(Actor::Host, &Command::StartPitch { pitch }).unwrap();
        stage.give(Actor::Host, &Command::OpenWindow { pitch }).unwrap();
        for (judge, mark) in cards.iter().enumerate() {
            let marks = [(criteria[0].id.clone(), id::<Points>(&mark.to_string()))].into();
            let judge = Actor::Judge(JudgeId(u16::try_from(judge + 1).unwrap()));
            let card = Command::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment: String::new() };
            stage.give(judge, &card).unwrap();
        }
        stage.give(Actor::Host, &Command::CloseWindow { pitch }).unwrap();
        stage.give(Actor::Host, &Command::RevealPitch { pitch }).unwrap();
    }
    stage
}

#[test]
fn the_contest_and_the_tally_give_the_same_lists() {
    for (seed, ranking) in [(1, Ranking::Overall), (2, Ranking::ByTrack), (3, Ranking::Both)] {
        for method in METHODS.into_iter().filter(|one| *one != Method::RankSum || ranking != Ranking::Both) {
            let (marks, rule) = (marks(seed), Rule { method, ranking, ..Rule::default() });
            let tally = judging(&rule, &marks, &(0..7).collect::<Vec<_>>());
            let of = |list| lines(&tally, &tally.list(list).unwrap());
            let tallied: Vec<Line> = tally.lists().into_iter().flat_map(of).collect();
            let stage = contest(&rule, &marks);
            let round = stage.contest.round(RoundId(1)).unwrap();
            let counts = result::provisional(&stage.contest, round);
            assert_eq!(counts, result::public(round, &stage.contest.published));
            let line = |row: podium::domain::state::tables::Row| {
                let tie = row.tie.map(|tie| tie.to_string());
                (row.place.unwrap(), row.pitch.project.to_string(), row.score, tie)
            };
            assert_eq!(counts.into_iter().map(line).collect::<Vec<_>>(), tallied, "{ranking:?} {method:?}");
        }
    }
}

/// What a result's steps speak of are the lists: who is in which is part of it.
#[test]
fn the_digest_covers_the_lists() {
    let marks = marks(5);
    let digests = [Ranking::Overall, Ranking::ByTrack, Ranking::Both].map(|ranking| {
        let stage = contest(&Rule { ranking, ..Rule::default() }, &marks);
        seal::of_result(&stage.contest, stage.contest.round(RoundId(1)).unwrap()).digest
    });
    assert!(digests[0] != digests[1] && digests[1] != digests[2] && digests[0] != digests[2]);
}
