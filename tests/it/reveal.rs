//! The reveal as a property: whatever the results, ties, absences and awards, each step shows what it should and nothing more,
//! forward and back is the identity, and the end is the official standings.

use crate::harness::{Plan, pitch};
use podium::domain::apply::apply;
use podium::domain::command::Command;
use podium::domain::cue::{self, Cue};
use podium::domain::decide::decide;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId, TrackId};
use podium::domain::kernel::time::{Millis, Stamp};
use podium::domain::query::result;
use podium::domain::state::contest::Contest;
use podium::domain::state::reveal::Step;
use podium::domain::state::tables::Row;
use podium::domain::terms::about::About;
use podium::domain::terms::reveal::{Award, Mode, Winners};
use podium::wire::view::public::PublicView;
use podium::wire::view::public::public;
use podium::wire::view::reveal::StepInfo;
use podium::wire::view::revealed::Revealed;
use proptest::prelude::*;
use std::collections::BTreeSet;

const ROUND: RoundId = RoundId(1);

fn give(contest: &mut Contest, actor: Actor, command: &Command) {
    for fact in decide(contest, actor, command).unwrap_or_else(|no| panic!("{command:?}: {no:?}")) {
        let stamp = Stamp { seq: contest.seq + 1, at: Millis(0), by: Some(actor) };
        apply(contest, &fact, stamp);
    }
}

fn hall(contest: &Contest) -> PublicView {
    public(&Revealed::of(contest.code.as_ref().unwrap(), contest, None))
}

/// A round that is over with its board frozen before `public` pitches were told; `None` for who is absent. Marks are few, so
/// that places are shared.
fn round(marks: &[Option<u8>], told: usize, mode: Mode, awards: Vec<Award>) -> Contest {
    let mut contest = Contest::default();
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    give(&mut contest, Actor::Organiser, &Command::CreateContest { code: "abc234".parse().unwrap(), about });
    let projects = u16::try_from(marks.len()).unwrap();
    let mut blueprint = Plan { judges: 1, projects, ..Plan::default() }.blueprint();
    blueprint.tracks = vec!["甲".into(), "乙".into()];
    for (at, project) in blueprint.projects.iter_mut().enumerate() {
        project.track = [Some(0), Some(1), None][at % 3];
    }
    give(&mut contest, Actor::Organiser, &Command::ImportBlueprint { blueprint });
    if !awards.is_empty() {
        give(&mut contest, Actor::Host, &Command::SetAwards { round: ROUND, awards });
    }
    for (at, mark) in marks.iter().enumerate() {
        let pitch = pitch(u16::try_from(at + 1).unwrap());
        if at == told {
            give(&mut contest, Actor::Host, &Command::FreezeBoard { round: ROUND });
        }
        let Some(mark) = mark else {
            give(&mut contest, Actor::Host, &Command::MarkAbsent { pitch });
            continue;
        };
        let ids = [("innovation", *mark), ("market", 20)];
        let marks = ids.map(|(id, mark)| (id.parse().unwrap(), mark.to_string().parse().unwrap()));
        let card = Command::SubmitScorecard {
            pitch,
            attempt: 1,
            base: 0,
            marks: marks.into_iter().collect(),
            comment: String::new(),
        };
        give(&mut contest, Actor::Host, &Command::StartPitch { pitch });
        give(&mut contest, Actor::Host, &Command::OpenWindow { pitch });
        give(&mut contest, Actor::Judge(JudgeId(1)), &card);
        give(&mut contest, Actor::Host, &Command::CloseWindow { pitch });
        if at < told {
            give(&mut contest, Actor::Host, &Command::RevealPitch { pitch });
        }
    }
    if !contest.round(ROUND).unwrap().board_frozen {
        give(&mut contest, Actor::Host, &Command::FreezeBoard { round: ROUND });
    }
    give(&mut contest, Actor::Host, &Command::BeginReveal { round: ROUND, mode });
    contest
}

fn case() -> impl Strategy<Value = (Vec<Option<u8>>, usize, Mode)> {
    let mark = prop_oneof![6 => (30_u8..36).prop_map(Some), 1 => Just(None)];
    let mode = prop_oneof![Just(Mode::LastToFirst), Just(Mode::ByTrack), Just(Mode::Awards)];
    (prop::collection::vec(mark, 1..14), 0_usize..4, mode)
        .prop_filter("somebody is ranked", |(marks, _, _)| marks.iter().any(Option::is_some))
}

fn awards(count: usize) -> Vec<Award> {
    let last = ProjectId(u16::try_from(count).unwrap());
    vec![
        Award { name: "人气奖".into(), to: Winners::Projects(vec![last]), track: None },
        Award { name: "二等奖".into(), to: Winners::Places(2, 4), track: None },
        Award { name: "一等奖".into(), to: Winners::Places(1, 1), track: None },
    ]
}

/// Pitches of a step whose place or award it tells.
fn tells(step: &StepInfo) -> Vec<String> {
    match step {
        StepInfo::Places { rows, .. } => rows.iter().map(|row| row.pitch.clone()).collect(),
        StepInfo::Award { pitches, .. } => pitches.clone(),
        StepInfo::Unplaced { .. } | StepInfo::Remaining { .. } => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn forward_back_and_to_the_official_standings((marks, told, mode) in case()) {
        let mut contest = round(&marks, told, mode, awards(marks.len()));
        let official = result::provisional(&contest, contest.round(ROUND).unwrap());
        let before = hall(&contest);
        let plan = contest.sealed.reveal.clone().unwrap();
        let mut views = vec![before.clone()];
        for to in 1..=plan.steps.len() {
            prop_assert_eq!(cue::next(&contest), Some(Cue::StepReveal(ROUND, u16::try_from(to).unwrap())));
            give(&mut contest, Actor::Host, &Command::StepReveal { round: ROUND, to: u16::try_from(to).unwrap() });
            let view = hall(&contest);
            // The standings stand still; the board has the steps that were taken.
            prop_assert_eq!(&view.standings, &before.standings);
            let steps = view.reveal.clone().unwrap().steps;
            prop_assert_eq!(steps.len(), to);
            prop_assert_eq!(&steps[..to - 1], &views[to - 1].reveal.clone().unwrap().steps[..]);
            // Every score in it belongs to a place that was told.
            let text = serde_json::to_string(&view.reveal).unwrap();
            let open: BTreeSet<String> = steps.iter().flat_map(tells).collect();
            for row in official.iter().filter(|row| !open.contains(&row.pitch.to_string())) {
                let same = official.iter().any(|other| open.contains(&other.pitch.to_string()) && other.score == row.score);
                prop_assert!(same || !text.contains(&format!("\"{}\"", row.score)), "{} is told early", row.pitch);
            }
            views.push(view);
        }
        let strip = |mut view: PublicView| { view.stage = None; serde_json::to_value(view).unwrap() };
        for to in (0..plan.steps.len()).rev() {
            give(&mut contest, Actor::Host, &Command::ShowBefore);
            prop_assert_eq!(strip(hall(&contest)), strip(views[to].clone()), "back at {}", to);
        }
        order(&contest, &plan.steps, mode, &official)?;
        for to in 1..=plan.steps.len() {
            give(&mut contest, Actor::Host, &Command::StepReveal { round: ROUND, to: u16::try_from(to).unwrap() });
        }
        give(&mut contest, Actor::Host, &Command::PublishBoard { round: ROUND });
        prop_assert_eq!(result::public(contest.round(ROUND).unwrap(), &contest.published), official);
        prop_assert!(!hall(&contest).standings_frozen && hall(&contest).reveal.is_none());
    }
}

/// From last to first, whole places, a pause before the last three and the last two, which come together; tracks one after another;
/// awards by their places.
fn order(contest: &Contest, steps: &[Step], mode: Mode, official: &[Row]) -> Result<(), TestCaseError> {
    let place = |pitch: &PitchId| official.iter().find(|row| row.pitch == *pitch).and_then(|row| row.place);
    if mode == Mode::Awards {
        for (step, (from, to)) in steps[1..].iter().zip([(2, 4), (1, 1)]) {
            let Step::Award { pitches, .. } = step else { panic!("{step:?}") };
            let due =
                official.iter().filter(|row| row.place.is_some_and(|place| (from..=to).contains(&place)));
            let due: BTreeSet<PitchId> = due.map(|row| row.pitch).collect();
            prop_assert_eq!(pitches.iter().copied().collect::<BTreeSet<_>>(), due);
        }
        return Ok(());
    }
    let mut ladders: Vec<(Option<TrackId>, Vec<Vec<u32>>)> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Places { track, rows, .. } => {
                let mut told: Vec<u32> = rows.iter().map(|row| place(&row.pitch).unwrap()).collect();
                told.dedup();
                match ladders.last_mut().filter(|(of, _)| of == track) {
                    Some((_, places)) => places.push(told),
                    None => ladders.push((*track, vec![told])),
                }
            }
            Step::Left { track, pitches } => {
                let rest = steps[at + 1..].iter().filter_map(|step| match step {
                    Step::Places { track: of, rows, .. } if of == track => Some(rows),
                    _ => None,
                });
                let rest: BTreeSet<PitchId> = rest.flatten().map(|row| row.pitch).collect();
                prop_assert_eq!(
                    pitches.iter().copied().collect::<BTreeSet<_>>(),
                    rest,
                    "all who are left, and no other"
                );
            }
            Step::Unplaced(pitches) => {
                prop_assert!(at == 0 && pitches.iter().all(|pitch| place(pitch).is_none()))
            }
            Step::Award { .. } => panic!("no award here"),
        }
    }
    for (_, told) in &ladders {
        let flat: Vec<u32> = told.iter().flat_map(|one| one.iter().rev().copied()).collect();
        let falls = flat.windows(2).all(|pair| pair[0] > pair[1]);
        prop_assert!(falls, "each place once, from last to first: {:?}", told);
        let (last, others) = told.split_last().unwrap();
        prop_assert!(others.iter().all(|one| one.len() == 1));
        prop_assert_eq!(last.len(), flat.len().min(2), "the last two come together");
    }
    let ranked = official.iter().filter(|row| row.place.is_some()).count();
    let told: usize =
        steps.iter().map(|step| if let Step::Places { rows, .. } = step { rows.len() } else { 0 }).sum();
    prop_assert_eq!(told, ranked, "everybody who has a place");
    let tracks: Vec<_> = ladders.iter().map(|(track, _)| *track).collect();
    let distinct: BTreeSet<_> = tracks.iter().collect();
    prop_assert_eq!(distinct.len(), tracks.len(), "track after track");
    prop_assert!(contest.sealed.reveal.is_some());
    Ok(())
}
