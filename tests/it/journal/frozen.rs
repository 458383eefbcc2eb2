//! A fact's shape is a promise: a journal written once is read for ever, to the same standings.

use crate::harness::{Plan, marks, pitch};
use podium::domain::command::Command;
use podium::domain::command::blueprint::{Blueprint, Changes};
use podium::domain::decide::give;
use podium::domain::fact::Fact;
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, ProjectId, RoundId, SegmentId};
use podium::domain::kernel::time::Millis;
use podium::domain::query::life::{self, Fallen};
use podium::domain::query::result;
use podium::domain::query::signature;
use podium::domain::state::contest::Contest;
use podium::domain::state::proposal::Answered;
use podium::domain::state::tables::Row;
use podium::domain::terms::about::About;
use podium::domain::terms::life::Life;
use podium::domain::terms::matter::Matter;
use podium::domain::terms::plates::{PlateStep, Turning};
use podium::domain::terms::programme::{
    Closes, Late, Opens, Scene, Segment, SegmentKind, Timing, WindowPolicy,
};
use podium::domain::terms::proposal::Correction;
use podium::domain::terms::reveal::{Award, Mode, Winners};
use podium::domain::terms::signature::Strokes;
use podium::domain::terms::vote::{Admission, Question, Voter};
use podium::journal::record::Entry;
use podium::journal::{self, disk::RealDisk};
use podium::live::actor::replay;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_journal_of_the_first_version_still_gives_its_standings() {
    let dir = root().join("tests/fixtures/journal");
    let found = journal::verify(&RealDisk, &dir, "v1").unwrap();
    assert_eq!(found.cut, None);
    let contest = replay(&found.records).unwrap().contest;
    let round = contest.round(RoundId(1)).unwrap();
    let mut shown = format!("{} records, head {}\n", found.head.seq, found.head.hex());
    for row in result::provisional(&contest, round) {
        let place = row.place.map_or("-".into(), |place| place.to_string());
        shown += &format!("{place} {} {} k={}\n", row.pitch, row.score, row.k);
    }
    let frozen = std::fs::read_to_string(dir.join("v1.standings.txt")).unwrap();
    assert_eq!(shown, frozen);
}

/// Facts that came after the first frozen journal, each in a journal of its own: none of them is ever written anew.
#[test]
fn later_facts_are_frozen_beside_it() {
    let dir = root().join("tests/fixtures/journal");
    let found = journal::verify(&RealDisk, &dir, "v1-decisions").unwrap();
    let contest = replay(&found.records).unwrap().contest;
    let round = contest.round(RoundId(1)).unwrap();
    let rows: Vec<_> = result::provisional(&contest, round)
        .into_iter()
        .map(|row| format!("{} {} {}", row.place.unwrap_or(0), row.pitch, row.score))
        .collect();
    assert_eq!(rows, ["1 R1-P2 70.00", "2 R1-P1 70.00"], "the chair has decided");
    assert_eq!(found.head.hex(), std::fs::read_to_string(dir.join("v1-decisions.head.txt")).unwrap().trim());
}

/// Abstention, giving back, the chair's confirmation, a signature that a later change voids.
#[test]
fn the_tablets_facts_are_frozen_too() {
    let contest = frozen("v1-tablets", tablets);
    let round = contest.round(RoundId(1)).unwrap();
    let first = &round.pitches[&ProjectId(1)];
    assert_eq!(first.abstained[&JudgeId(3)], "不熟悉该领域");
    assert!(round.pitches[&ProjectId(2)].abstained.is_empty());
    assert_eq!((first.reopened.is_empty(), first.confirmed), (true, true));
    let holds = |judge| round.signatures[&judge].digest == signature::digest(&contest, round, judge);
    assert_eq!((holds(JudgeId(1)), holds(JudgeId(2))), (true, false));
    assert_eq!(contest.sealed.cards.earlier(pitch(1), JudgeId(2)).len(), 2);
}

/// What the journal above was written from.
fn tablets() -> Vec<(Actor, Command)> {
    let (host, judge) = (Actor::Host, |n| Actor::Judge(JudgeId(n)));
    let round = RoundId(1);
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let mut blueprint = Plan { projects: 2, ..Plan::default() }.blueprint();
    blueprint.chair = Some(JudgeId(2));
    let given = |base, innovation: &str| Command::SubmitScorecard {
        pitch: pitch(1),
        attempt: 1,
        base,
        marks: marks(&[("innovation", innovation), ("market", "20")]),
        comment: "稳健".into(),
    };
    let aside = |n, at| Command::DeclareAbstention {
        pitch: at,
        attempt: 1,
        judge: JudgeId(n),
        reason: "不熟悉该领域".into(),
    };
    let why = || "看错".to_owned();
    vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (judge(3), aside(3, pitch(1))),
        (judge(3), aside(3, pitch(2))),
        (judge(3), Command::WithdrawAbstention { pitch: pitch(2), judge: JudgeId(3) }),
        (host, Command::StartPitch { pitch: pitch(1) }),
        (host, Command::OpenWindow { pitch: pitch(1) }),
        (judge(1), given(0, "30")),
        (judge(2), given(0, "31")),
        (host, Command::CloseWindow { pitch: pitch(1) }),
        (host, Command::MarkAbsent { pitch: pitch(2) }),
        (host, Command::ReopenWindow { pitch: pitch(1), reason: why() }),
        (judge(2), given(1, "32")),
        (host, Command::WithdrawReopening { pitch: pitch(1), judge: JudgeId(1) }),
        (judge(1), Command::SignScorecards { round, digest: SIGNED[0].into(), strokes: line() }),
        (judge(2), Command::SignScorecards { round, digest: SIGNED[1].into(), strokes: line() }),
        (host, Command::ReopenScorecard { pitch: pitch(1), judge: JudgeId(2), reason: why() }),
        (judge(2), given(2, "33")),
        (judge(2), Command::ConfirmPitch { pitch: pitch(1) }),
    ]
}

/// Programme, windows, timers, deductions, a draw, undo, a rehearsal.
#[test]
fn the_cockpits_facts_are_frozen_too() {
    let contest = frozen("v1-cockpit", cockpit);
    let round = contest.round(RoundId(1)).unwrap();
    let drawn: Vec<String> = round.order.iter().map(ToString::to_string).collect();
    // printf 'roadshow-lot-v1\0%s|17\0P1' 4b8f… | sha256sum, and so on
    assert_eq!(drawn, ["P3", "P1", "P2"]);
    assert_eq!((contest.run, contest.rehearsed.len(), contest.show.segments.len()), (0, 1, 2));
    let pitch = &round.pitches[&ProjectId(1)];
    assert_eq!(pitch.ran.map(|ran| (ran.planned_ms, ran.spent_ms)), Some((30_000, 50_000)));
    assert_eq!((pitch.deductions.len(), pitch.dismissed.as_deref()), (1, Some("话筒故障")));
    assert_eq!(contest.history.actions.iter().filter(|action| action.undone).count(), 1);
    let rows: Vec<_> = result::provisional(&contest, round).into_iter().map(|row| row.score).collect();
    assert_eq!(rows, ["49.75"]);
}

fn cockpit() -> Vec<(Actor, Command)> {
    let (host, judge) = (Actor::Host, |n| Actor::Judge(JudgeId(n)));
    let round = RoundId(1);
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let blueprint = Plan { judges: 1, ..Plan::default() }.blueprint();
    let segment = |id, kind, title: &str| Segment {
        id: SegmentId(id),
        kind,
        title: title.into(),
        names: vec!["甲方".into(), "乙方".into()],
        secs: 60,
        after: (id == 1).then_some(0),
    };
    let segments = vec![segment(1, SegmentKind::Draw, "抽签"), segment(2, SegmentKind::Signing, "签约")];
    let policy = WindowPolicy {
        opens: Opens::AtQa,
        closes: Closes::After(60),
        late: Late::UntilAnnounced,
        warm_up: 1,
        announce_after: 0,
        plates: Turning::Together,
        ..WindowPolicy::default()
    };
    let timing = Timing { pitch_secs: 20, ..Timing::default() };
    let secret = "4b8f0c1d2e3a49586776a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0".to_owned();
    let why = || "话筒故障".to_owned();
    let mark = Command::SubmitScorecard {
        pitch: pitch(1),
        attempt: 1,
        base: 0,
        marks: marks(&[("innovation", "30"), ("market", "20")]),
        comment: String::new(),
    };
    let points = podium::domain::kernel::points::Points::from_ticks(2_500);
    vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (Actor::Organiser, Command::SetTiming { round, timing }),
        (host, Command::SetProgramme { segments }),
        (host, Command::SetWindowPolicy { round, policy }),
        (host, Command::BeginRehearsal { despite: false }),
        (host, Command::StartPitch { pitch: pitch(2) }),
        (host, Command::EndRehearsal),
        (host, Command::StartSegment { segment: SegmentId(1) }),
        (host, Command::CommitDraw { round, secret }),
        (host, Command::CallNumber { round, number: "17".into() }),
        (host, Command::RevealDraw { round }),
        (host, Command::SkipSegment { segment: SegmentId(2) }),
        (host, Command::ShowScene { scene: Scene::Timer }),
        (host, Command::ShowBefore),
        (host, Command::BeginTimer { label: "入场".into(), secs: 30 }),
        (host, Command::DropTimer),
        (host, Command::StartPitch { pitch: pitch(1) }),
        (host, Command::OpenEarly { pitch: pitch(1) }),
        (host, Command::RestartTimer),
        (host, Command::PauseTimer),
        (host, Command::RunTimer),
        (host, Command::AdjustTimer { secs: -10 }),
        (host, Command::SetTimer { left_secs: 15 }),
        (host, Command::ShowScene { scene: Scene::OnDeck }),
        (judge(1), mark),
        (host, Command::ShowBefore),
        (host, Command::ShowScene { scene: Scene::Black }),
        (host, Command::ShowBefore),
        (host, Command::ShowScene { scene: Scene::Segment }),
        (host, Command::OpenWindow { pitch: pitch(1) }),
        (host, Command::SetCountdown { pitch: pitch(1), secs: Some(20) }),
        (Actor::Clock, Command::CloseWindow { pitch: pitch(1) }),
        (host, Command::DismissOvertime { pitch: pitch(1), reason: why() }),
        (host, Command::Deduct { pitch: pitch(1), points, reason: why() }),
        (host, Command::Deduct { pitch: pitch(1), points, reason: why() }),
        (host, Command::RemoveDeduction { pitch: pitch(1), deduction: 43, reason: why() }),
        (host, Command::BeginAnnouncement { pitch: pitch(1) }),
        (host, Command::Undo { action: 46 }),
    ]
}

/// 亮分: the plates of two judges turn, and are shown step by step.
#[test]
fn the_plates_facts_are_frozen_too() {
    let contest = frozen("v1-plates", plates);
    let up = contest.published.plates.as_ref().unwrap();
    assert_eq!((up.pitch, up.step, up.cards.len()), (pitch(1), PlateStep::Scored, 2));
    let round = contest.round(RoundId(1)).unwrap();
    let hall: Vec<_> = result::public(round, &contest.published).into_iter().map(|row| row.score).collect();
    assert_eq!(hall, ["55.00"]);
}

fn plates() -> Vec<(Actor, Command)> {
    let (host, round) = (Actor::Host, RoundId(1));
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let blueprint = Plan { judges: 2, projects: 1, ..Plan::default() }.blueprint();
    let policy = WindowPolicy { plates: Turning::OneByOne, ..WindowPolicy::default() };
    let given = |n, innovation: &str| {
        let marks = marks(&[("innovation", innovation), ("market", "20")]);
        let submit =
            Command::SubmitScorecard { pitch: pitch(1), attempt: 1, base: 0, marks, comment: String::new() };
        (Actor::Judge(JudgeId(n)), submit)
    };
    let step = |step| (host, Command::ShowPlates { pitch: pitch(1), step });
    vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (host, Command::SetWindowPolicy { round, policy }),
        (host, Command::StartPitch { pitch: pitch(1) }),
        (host, Command::OpenWindow { pitch: pitch(1) }),
        given(1, "30"),
        given(2, "40"),
        (host, Command::CloseWindow { pitch: pitch(1) }),
        (host, Command::BeginAnnouncement { pitch: pitch(1) }),
        step(PlateStep::Turned(1)),
        step(PlateStep::Turned(2)),
        (host, Command::ShowBefore),
        step(PlateStep::Turned(2)),
        step(PlateStep::Scored),
        (host, Command::RevealPitch { pitch: pitch(1) }),
    ]
}

/// 封榜 and 揭晓: awards, a frozen board, a reveal that is broken off and one that is told to the end.
#[test]
fn the_boards_facts_are_frozen_too() {
    let contest = frozen("v1-board", board);
    let round = contest.round(RoundId(1)).unwrap();
    let hall: Vec<_> = result::public(round, &contest.published).into_iter().map(|row| row.score).collect();
    assert_eq!(hall, ["60.00", "50.00"]);
    assert_eq!((round.awards.len(), round.board_frozen, contest.sealed.reveal.is_none()), (2, false, true));
}

fn board() -> Vec<(Actor, Command)> {
    let (host, round) = (Actor::Host, RoundId(1));
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let blueprint = Plan { judges: 1, projects: 2, ..Plan::default() }.blueprint();
    let policy = WindowPolicy { freeze: 2, reveal: Mode::Awards, ..WindowPolicy::default() };
    let awards = vec![
        Award { name: "一等奖".into(), to: Winners::Places(1, 1), track: None },
        Award { name: "人气奖".into(), to: Winners::Projects(vec![ProjectId(2)]), track: None },
    ];
    let mut commands = vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (host, Command::SetWindowPolicy { round, policy }),
        (host, Command::SetAwards { round, awards }),
        (host, Command::FreezeBoard { round }),
        (host, Command::ThawBoard { round }),
        (host, Command::FreezeBoard { round }),
    ];
    for (n, innovation) in [(1, "30"), (2, "40")] {
        let marks = marks(&[("innovation", innovation), ("market", "20")]);
        let submit =
            Command::SubmitScorecard { pitch: pitch(n), attempt: 1, base: 0, marks, comment: String::new() };
        commands.extend([
            (host, Command::StartPitch { pitch: pitch(n) }),
            (host, Command::OpenWindow { pitch: pitch(n) }),
            (Actor::Judge(JudgeId(1)), submit),
            (host, Command::CloseWindow { pitch: pitch(n) }),
        ]);
    }
    commands.extend([
        (host, Command::BeginReveal { round, mode: Mode::Awards }),
        (host, Command::StepReveal { round, to: 1 }),
        (host, Command::EndReveal { round }),
        (host, Command::BeginReveal { round, mode: Mode::LastToFirst }),
        (host, Command::StepReveal { round, to: 1 }),
        (host, Command::StepReveal { round, to: 2 }),
        (host, Command::PublishBoard { round }),
    ]);
    commands
}

/// The audience is asked, votes by seat codes and is told.
#[test]
fn the_votes_facts_are_frozen_too() {
    let contest = frozen("v1-vote", vote);
    let told = contest.published.vote.as_ref().unwrap();
    assert_eq!((told.ballots, &told.counts), (2, &[(ProjectId(1), 1), (ProjectId(2), 2)].into()));
    assert_eq!(contest.sealed.ballots.get(Voter(11)).unwrap().changes, 1);
}

/// The end leaves every kind of thing open, and names it; one that leaves nothing has the shape that it always had.
#[test]
fn the_ends_facts_are_frozen_too() {
    let contest = frozen("v1-ending", || unreachable!("the end passes no open matter any more"));
    assert!(contest.show.finished && contest.round(RoundId(1)).unwrap().signatures.contains_key(&JudgeId(1)));
    let text = std::fs::read_to_string(root().join("tests/fixtures/journal/v1-ending.jsonl")).unwrap();
    for what in ["never-came", "unscored", "unannounced", "given-back", "signature"] {
        assert!(text.contains(&format!(r#"\"what\":\"{what}\""#)), "{what}");
    }
    let complete = Fact::ContestFinished { missing: Vec::new() };
    assert_eq!(serde_json::to_string(&complete).unwrap(), r#"{"kind":"contest-finished"}"#);
    assert_eq!(serde_json::from_str::<Fact>(r#"{"kind":"contest-finished"}"#).unwrap(), complete);
}

/// A curtain opens, and a podium is told place by place.
#[test]
fn the_facts_of_the_show_are_frozen_too() {
    let contest = frozen("v1-show", show);
    let stage = &contest.show.stage;
    assert_eq!((stage.scene, stage.podium, stage.podium_told), (Scene::Podium, true, 2));
    assert!(stage.past.contains(&SegmentId(1)));
}

fn show() -> Vec<(Actor, Command)> {
    let host = Actor::Host;
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 1, projects: 2, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let segment = SegmentId(1);
    let unveiling = Segment {
        id: segment,
        kind: SegmentKind::Unveiling,
        title: "揭牌".into(),
        names: Vec::new(),
        secs: 0,
        after: Some(0),
    };
    let mut commands = vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint: plan.blueprint() }),
        (host, Command::SetProgramme { segments: vec![unveiling] }),
        (host, Command::StartSegment { segment }),
        (host, Command::DrawCurtain { segment }),
    ];
    for (n, mark) in [(1, "80"), (2, "70")] {
        let (marks, comment) = (marks(&[("innovation", mark)]), String::new());
        let submit = Command::SubmitScorecard { pitch: pitch(n), attempt: 1, base: 0, marks, comment };
        commands.extend([
            (host, Command::StartPitch { pitch: pitch(n) }),
            (host, Command::OpenWindow { pitch: pitch(n) }),
            (Actor::Judge(JudgeId(1)), submit),
            (host, Command::CloseWindow { pitch: pitch(n) }),
            (host, Command::RevealPitch { pitch: pitch(n) }),
        ]);
    }
    commands.extend([1, 2].map(|to| (host, Command::StepPodium { to })));
    commands
}

/// A pitch is run again: its second run counts, with one scorecard of the first.
#[test]
fn the_facts_of_runs_are_frozen_too() {
    let contest = frozen("v1-runs", runs);
    let round = contest.round(RoundId(1)).unwrap();
    let rows: Vec<_> = result::provisional(&contest, round)
        .into_iter()
        .map(|row| format!("{} {} {}", row.place.unwrap_or(0), row.pitch, row.score))
        .collect();
    assert_eq!(rows, ["1 R1-P1 55.00"]);
    let kept =
        |n| contest.sealed.runs(pitch(n)).iter().map(|run| run.cards.iter().count()).collect::<Vec<_>>();
    assert_eq!((kept(1), kept(2)), (vec![2], vec![0]));
    let first = serde_json::to_string(&Fact::PitchBroughtBack { pitch: pitch(1), attempt: None }).unwrap();
    assert_eq!(first, r#"{"kind":"pitch-brought-back","pitch":"R1-P1"}"#, "as it always was");
}

fn runs() -> Vec<(Actor, Command)> {
    let (host, reason) = (Actor::Host, || "音响故障".to_owned());
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 2, projects: 2, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let card = |judge, attempt, mark: &str| {
        let (marks, comment) = (marks(&[("innovation", mark)]), String::new());
        let submit = Command::SubmitScorecard { pitch: pitch(1), attempt, base: 0, marks, comment };
        (Actor::Judge(JudgeId(judge)), submit)
    };
    let start = |n| (host, Command::StartPitch { pitch: pitch(n) });
    let open = || (host, Command::OpenWindow { pitch: pitch(1) });
    let take =
        Command::TakeOver { pitch: pitch(1), judge: JudgeId(2), attempt: 1, reason: "已看完整".into() };
    vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint: plan.blueprint() }),
        start(1),
        open(),
        card(1, 1, "80"),
        card(2, 1, "70"),
        (host, Command::CloseWindow { pitch: pitch(1) }),
        (host, Command::RevealPitch { pitch: pitch(1) }),
        (host, Command::RunAgain { pitch: pitch(1), reason: reason() }),
        start(1),
        open(),
        card(1, 2, "40"),
        (host, take),
        (host, Command::CloseWindow { pitch: pitch(1) }),
        start(2),
        (host, Command::WithdrawPitch { pitch: pitch(2), reason: reason() }),
        (host, Command::BringBack { pitch: pitch(2) }),
    ]
}

/// Disqualified before it came, and taken back; announced, disqualified and told; withdrawn once announced, and taken back.
#[test]
fn the_facts_of_leaving_are_frozen_too() {
    let contest = frozen("v1-out", out);
    let round = contest.round(RoundId(1)).unwrap();
    let rows = |rows: Vec<Row>| {
        let row = |row: &Row| format!("{} {} {}", row.place.unwrap_or(0), row.pitch, row.score);
        rows.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(rows(result::provisional(&contest, round)), ["1 R1-P2 70.00"]);
    assert_eq!(rows(result::public(round, &contest.published)), ["1 R1-P2 70.00"]);
    let first = &round.pitches[&ProjectId(1)];
    assert_eq!(first.out.as_ref().map(|out| out.reason.as_str()), Some("抄袭"));
    assert_eq!(contest.sealed.of(pitch(1)).count(), 1, "its record stays");
}

fn out() -> Vec<(Actor, Command)> {
    let (host, reason) = (Actor::Host, |why: &str| why.to_owned());
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 1, projects: 2, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let scored = |n, mark: &str| {
        let (pitch, comment) = (pitch(n), String::new());
        let marks = marks(&[("innovation", mark)]);
        let submit = Command::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment };
        [
            (host, Command::StartPitch { pitch }),
            (host, Command::OpenWindow { pitch }),
            (Actor::Judge(JudgeId(1)), submit),
            (host, Command::CloseWindow { pitch }),
            (host, Command::RevealPitch { pitch }),
        ]
    };
    let disqualify = |n, why| (host, Command::Disqualify { pitch: pitch(n), reason: reason(why) });
    let reinstate = |n| (host, Command::Reinstate { pitch: pitch(n), reason: reason("查明") });
    let mut commands = vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint: plan.blueprint() }),
        disqualify(1, "材料不全"),
        reinstate(1),
    ];
    commands.extend(scored(1, "80"));
    commands.extend(scored(2, "70"));
    commands.extend([
        (host, Command::WithdrawPitch { pitch: pitch(2), reason: reason("放弃") }),
        reinstate(2),
        disqualify(1, "抄袭"),
        (host, Command::RevealPitch { pitch: pitch(1) }),
    ]);
    commands
}

/// An open matter stays as it is.
#[test]
fn what_is_left_open_is_frozen_too() {
    let contest = frozen("v1-left", left);
    let unscored = Matter::Unscored { pitch: pitch(3) };
    assert_eq!(contest.left.get(&unscored).map(String::as_str), Some("评委缺席"));
}

/// A scorecard came too late, and stays out.
#[test]
fn what_came_too_late_is_frozen_too() {
    let contest = frozen("v1-late", late);
    let late = Matter::CameLate { pitch: pitch(1), judge: JudgeId(1) };
    assert_eq!(contest.left.get(&late).map(String::as_str), Some("已截止"));
    assert_eq!(contest.pitch(pitch(1)).unwrap().late.keys().copied().collect::<Vec<_>>(), [JudgeId(1)]);
}

fn late() -> Vec<(Actor, Command)> {
    let (host, pitch) = (Actor::Host, pitch(1));
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let blueprint = Plan { judges: 2, projects: 1, ..Plan::default() }.blueprint();
    let matter = Matter::CameLate { pitch, judge: JudgeId(1) };
    vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (host, Command::StartPitch { pitch }),
        (host, Command::OpenWindow { pitch }),
        (host, Command::CloseWindow { pitch }),
        (Actor::Judge(JudgeId(1)), Command::ReportLate { pitch, attempt: 1 }),
        (host, Command::LeaveOpen { matter, reason: "已截止".into() }),
    ]
}

/// A result is confirmed, official and published; after the end two persons correct it, and it is provisional again.
#[test]
fn the_facts_of_a_result_are_frozen_too() {
    let contest = frozen("v1-result", of_a_result);
    let round = contest.round(RoundId(1)).unwrap();
    let said: Vec<_> = life::entries(&contest, RoundId(1)).iter().map(|entry| entry.step).collect();
    assert_eq!(said, [Life::Confirmed, Life::Official, Life::Published, Life::Published, Life::Published]);
    assert_eq!(life::fallen(&contest, round), Some(Fallen::Changed));
    let answers: Vec<_> =
        contest.proposals.iter().map(|one| one.answer.as_ref().unwrap().said.clone()).collect();
    let refused = Answered::Refused { reason: "证据不足".into() };
    assert_eq!(answers, [Answered::Withdrawn, refused, Answered::Agreed]);
    let (tie, vote) = (
        r#"{"kind":"tie-decided","round":"R1","order":["P1"],"reason":"复议"}"#,
        r#"{"kind":"vote-revealed"}"#,
    );
    for before in [tie, vote] {
        let fact: Fact = serde_json::from_str(before).unwrap();
        assert_eq!(serde_json::to_string(&fact).unwrap(), before, "as it always was");
    }
}

fn of_a_result() -> Vec<(Actor, Command)> {
    let (host, round) = (Actor::Host, RoundId(1));
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 1, projects: 2, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let mut blueprint = plan.blueprint();
    (blueprint.chair, blueprint.rule) =
        (Some(JudgeId(1)), Some(serde_json::from_str(CHAIR_DECIDES).unwrap()));
    let chair = Actor::Judge(JudgeId(1));
    let mut commands = vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
    ];
    for n in [1, 2] {
        let (pitch, marks, comment) = (pitch(n), marks(&[("innovation", "80")]), String::new());
        commands.extend([
            (host, Command::StartPitch { pitch }),
            (host, Command::OpenWindow { pitch }),
            (chair, Command::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment }),
            (host, Command::CloseWindow { pitch }),
            (host, Command::RevealPitch { pitch }),
        ]);
    }
    let reason = |text: &str| text.to_owned();
    let digest = || TIED.to_owned();
    let until = || "2026-12-05".parse().unwrap();
    let unsigned = Matter::Signature { round, judge: JudgeId(1) };
    let deduct = || Correction::Deduct { pitch: pitch(1), points: "5".parse().unwrap() };
    commands.extend([
        (
            chair,
            Command::DecideTie {
                round, order: vec![ProjectId(2), ProjectId(1)], reason: reason("现场讨论")
            },
        ),
        (host, Command::FinishContest { despite: true }),
        (Actor::Auditor, Command::ConfirmResult { round, digest: digest() }),
        (chair, Command::LeaveOpen { matter: unsigned, reason: reason("出差") }),
        (chair, Command::MakeOfficial { round, digest: digest() }),
        (host, Command::PublishResult { round, digest: digest(), until: until() }),
        (host, Command::TakeBackStep { round, step: Life::Published, reason: reason("日期写错") }),
        (host, Command::PublishResult { round, digest: digest(), until: until() }),
        (host, Command::Propose { correction: deduct(), reason: reason("材料不实") }),
        (host, Command::WithdrawProposal { proposal: 29 }),
        (host, Command::Propose { correction: deduct(), reason: reason("材料不实") }),
        (chair, Command::RefuseProposal { proposal: 31, reason: reason("证据不足") }),
        (host, Command::Propose { correction: deduct(), reason: reason("材料不实，附证据") }),
        (Actor::Auditor, Command::AgreeTo { proposal: 33 }),
    ]);
    commands
}

const CHAIR_DECIDES: &str = r#"{"method":"mean","ties":["chair"]}"#;
/// Of the standings that were decided: `podium/result/v1`, the round, `counts` and the rows, `told` and the rows.
const TIED: &str = "d5f672cca56421015739224c437eb394bcc659c9a5c84faa03c612c8c28cfadf";

fn left() -> Vec<(Actor, Command)> {
    let (host, judge) = (Actor::Host, JudgeId(1));
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 2, projects: 4, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let card = |n| {
        let (marks, comment) = (marks(&[("innovation", "80")]), String::new());
        (
            Actor::Judge(judge),
            Command::SubmitScorecard { pitch: pitch(n), attempt: 1, base: 0, marks, comment },
        )
    };
    let scored = |n, cards: Vec<(Actor, Command)>| {
        let pitch = pitch(n);
        let opened = [(host, Command::StartPitch { pitch }), (host, Command::OpenWindow { pitch })];
        opened.into_iter().chain(cards).chain([(host, Command::CloseWindow { pitch })])
    };
    let mut commands = vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint: plan.blueprint() }),
    ];
    commands.extend(scored(1, vec![card(1)]));
    let leave = |matter, reason: &str| (host, Command::LeaveOpen { matter, reason: reason.into() });
    commands.push(leave(Matter::TooFew { pitch: pitch(1) }, "一位评委退场"));
    commands.push((host, Command::RevealPitch { pitch: pitch(1) }));
    commands.extend(scored(2, vec![card(2)]));
    commands.extend(scored(3, vec![]));
    commands.extend([
        leave(Matter::Unscored { pitch: pitch(3) }, "评委缺席"),
        leave(Matter::Unannounced { pitch: pitch(2) }, "团队退场"),
        leave(Matter::TooFew { pitch: pitch(2) }, "一位评委退场"),
        (host, Command::FinishContest { despite: true }),
    ]);
    commands
}

fn vote() -> Vec<(Actor, Command)> {
    let (host, projects) = (Actor::Host, [ProjectId(1), ProjectId(2)]);
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let blueprint = Plan { judges: 1, projects: 2, ..Plan::default() }.blueprint();
    let (title, choices) = ("人气".into(), projects.to_vec());
    let question =
        Question { round: RoundId(1), title, choices, most: 2, admission: Admission::Codes, secs: 120 };
    let ballot = |code: u128, device: u128, choices: &[ProjectId]| {
        let (code, device) = (Some(Voter(code)), Voter(device));
        (Actor::Audience, Command::CastBallot { code, device, choices: choices.to_vec() })
    };
    vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (host, Command::SetVote { question }),
        (host, Command::IssueSeatCodes { codes: vec![Voter(11), Voter(12)] }),
        (host, Command::OpenVote),
        ballot(11, 1, &projects[..1]),
        ballot(12, 2, &projects[1..]),
        ballot(11, 1, &projects),
        (Actor::Clock, Command::CloseVote),
        (host, Command::RevealVote),
        (host, Command::ShowBoard { track: None, page: 2 }),
        (host, Command::AnnounceSigning { project: ProjectId(1), partner: "太湖产业基金".into() }),
        (host, Command::WithdrawSigning { project: ProjectId(1), partner: "太湖产业基金".into() }),
        (host, Command::ShowMessage { lines: vec!["休息十分钟".into(), "Back at 15:40".into()] }),
    ]
}

/// What judges 1 and 2 signed: sha256sum of the text that docs/protocol.md describes.
const SIGNED: [&str; 2] = [
    "d2825ae97530c93d70a7c49aa0b9973ea160940e634698822a74bf645a6984bd",
    "45c842dea016f659641ab2899abb9e7576b381cbacc8a6e64fe3c7c88dfcf9d2",
];

fn line() -> Strokes {
    Strokes(vec![vec![(10, 500), (400, 520)], vec![(450, 480), (460, 900)]])
}

/// A project and a judge whom a second list no longer names.
#[test]
fn what_is_removed_is_frozen_too() {
    let contest = frozen("v1-removed", removed);
    let round = contest.round(RoundId(1)).unwrap();
    let left = (round.order.to_vec(), round.panel.to_vec(), round.chair, round.pitches.len());
    assert_eq!(left, (vec![ProjectId(1), ProjectId(3)], vec![JudgeId(2), JudgeId(3)], None, 2));
    assert_eq!((contest.show.projects.len(), contest.judges.len()), (2, 2));
    assert_eq!(contest.show.projects[&ProjectId(3)].code, "C03");
}

fn removed() -> Vec<(Actor, Command)> {
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let mut blueprint = Plan::default().blueprint();
    blueprint.chair = Some(JudgeId(1));
    blueprint.projects[2].code = "C03".into();
    let gone =
        Changes { gone_projects: vec![ProjectId(2)], gone_judges: vec![JudgeId(1)], ..Changes::default() };
    let second = Blueprint { changes: gone, ..Blueprint::default() };
    vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint: second }),
    ]
}

/// What a frozen journal adds up to; one that is not there yet is written from these commands where that is asked for.
fn frozen(name: &str, commands: fn() -> Vec<(Actor, Command)>) -> Contest {
    let dir = root().join("tests/fixtures/journal");
    if std::env::var_os("PODIUM_BLESS").is_some() && !dir.join(format!("{name}.jsonl")).exists() {
        freeze(&dir, name, &commands());
    }
    let found = journal::verify(&RealDisk, &dir, name).unwrap();
    replay(&found.records).unwrap().contest
}

/// Writes a journal that is not there yet, one batch a command.
fn freeze(dir: &Path, name: &str, commands: &[(Actor, Command)]) {
    let (mut contest, mut salt) = (Contest::default(), 0_u8);
    let (mut journal, _) = journal::open(Arc::new(RealDisk), dir, name).unwrap();
    for (at, (actor, command)) in commands.iter().enumerate() {
        let now = 1_790_000_000_000 + 5_000 * at as u64;
        let facts = give(&mut contest, *actor, Millis(now), command);
        let facts = facts.unwrap_or_else(|no| panic!("after {}: {command:?}: {no:?}", contest.seq));
        let cmd = Some(format!("{:032x}", at + 1));
        let mut entries = Vec::new();
        for fact in facts {
            let fact = serde_json::value::to_raw_value(&fact).unwrap();
            entries.push(Entry { by: actor.to_string(), cmd: cmd.clone(), fact });
        }
        let mut salts = || {
            salt += 1;
            [salt; 32]
        };
        journal.append(now, entries, &mut salts).unwrap();
    }
}

/// An order drawn by track, and a tie that was decided once its places were known, and told.
#[test]
fn what_was_decided_and_told_is_frozen_too() {
    let contest = frozen("v1-told", told);
    let round = contest.round(RoundId(1)).unwrap();
    let places = |rows: Vec<Row>| rows.iter().map(|row| (row.place, row.pitch.project.0)).collect::<Vec<_>>();
    let counts = places(result::provisional(&contest, round));
    assert_eq!(counts, [(Some(1), 2), (Some(2), 1)]);
    assert_eq!(places(result::public(round, &contest.published)), counts);
    assert_eq!(round.draw.as_ref().unwrap().tracks.len(), 2);
}

/// The same, decided anew while the board stood still: thawed, it is told by itself.
#[test]
fn what_was_decided_under_a_frozen_board_is_frozen_too() {
    let contest = frozen("v1-thawed", thawed);
    let round = contest.round(RoundId(1)).unwrap();
    let first = result::public(round, &contest.published)[0].pitch;
    assert_eq!((first.project, round.decisions.len()), (ProjectId(1), 2));
}

fn thawed() -> Vec<(Actor, Command)> {
    let (host, round, reason) = (Actor::Host, RoundId(1), "复议".to_owned());
    let mut commands = told();
    commands.extend([
        (host, Command::FreezeBoard { round }),
        (host, Command::DecideTie { round, order: vec![ProjectId(1), ProjectId(2)], reason }),
        (host, Command::ThawBoard { round }),
        (host, Command::TellDecisions { round }),
    ]);
    commands
}

fn told() -> Vec<(Actor, Command)> {
    let (host, round, judge) = (Actor::Host, RoundId(1), JudgeId(1));
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 1, projects: 2, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let mut blueprint = plan.blueprint();
    blueprint.tracks = vec!["初创组".into()];
    blueprint.projects.iter_mut().for_each(|project| project.track = Some(0));
    let mut commands = vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (
            Actor::Organiser,
            Command::SetRule { round, rule: serde_json::from_str(CHAIR_DECIDES_BY_TRACK).unwrap() },
        ),
        (host, Command::CommitDraw { round, secret: SECRET.into() }),
        (host, Command::RevealDraw { round }),
    ];
    for n in 1..=2 {
        let (pitch, marks, comment) = (pitch(n), marks(&[("innovation", "80")]), String::new());
        commands.extend([
            (host, Command::StartPitch { pitch }),
            (host, Command::OpenWindow { pitch }),
            (Actor::Judge(judge), Command::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment }),
            (host, Command::CloseWindow { pitch }),
            (host, Command::RevealPitch { pitch }),
        ]);
    }
    let order = vec![ProjectId(2), ProjectId(1)];
    commands.extend([
        (host, Command::DecideTie { round, order, reason: "现场讨论".into() }),
        (host, Command::TellDecisions { round }),
    ]);
    commands
}

const CHAIR_DECIDES_BY_TRACK: &str = r#"{"method":"mean","ties":["chair"],"ranking":"by_track"}"#;
const SECRET: &str = "4b8f0c1d2e3a49586776a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// Places by track, an award of one track, a tie of a track that the chair decided, podiums told one after another.
#[test]
fn the_lists_of_tracks_are_frozen_too() {
    let contest = frozen("v1-tracks", tracks);
    let round = contest.round(RoundId(1)).unwrap();
    let row = |row: &Row| format!("{} {} {}", row.list.unwrap(), row.place.unwrap_or(0), row.pitch);
    let counts = result::provisional(&contest, round);
    assert_eq!(
        counts.iter().map(row).collect::<Vec<_>>(),
        ["T1 1 R1-P3", "T1 2 R1-P1", "T2 1 R1-P2", "T2 2 R1-P4"]
    );
    assert_eq!(result::public(round, &contest.published), counts);
    assert_eq!(round.awards[0].track.unwrap().to_string(), "T2");
    assert_eq!((contest.show.stage.podium, contest.show.stage.podium_told), (false, 3));
    let left = contest.left.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(left, ["R1 J1 has not signed", "R1 place 1 of T1 is shared"]);
}

fn tracks() -> Vec<(Actor, Command)> {
    let host = Actor::Host;
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    let plan = Plan { judges: 1, projects: 4, criteria: vec![("innovation", "100", "1")], ..Plan::default() };
    let mut blueprint = plan.blueprint();
    blueprint.tracks = vec!["新能源".into(), "航空航天".into()];
    blueprint.projects.iter_mut().enumerate().for_each(|(at, one)| one.track = Some(at % 2));
    let rule = r#"{"ranking": "by_track", "method": "mean", "ties": ["exact", "chair"]}"#;
    blueprint.rule = Some(serde_json::from_str(rule).unwrap());
    let award =
        Award { name: "一等奖".into(), to: Winners::Places(1, 1), track: Some("T2".parse().unwrap()) };
    let mut commands = vec![
        (Actor::Organiser, Command::CreateContest { code: "abc234".parse().unwrap(), about }),
        (Actor::Organiser, Command::ImportBlueprint { blueprint }),
        (host, Command::SetAwards { round: RoundId(1), awards: vec![award] }),
    ];
    for (n, mark) in [(1, "80"), (2, "90"), (3, "80"), (4, "70")] {
        let (pitch, comment) = (pitch(n), String::new());
        let marks = marks(&[("innovation", mark)]);
        commands.extend([
            (host, Command::StartPitch { pitch }),
            (host, Command::OpenWindow { pitch }),
            (
                Actor::Judge(JudgeId(1)),
                Command::SubmitScorecard { pitch, attempt: 1, base: 0, marks, comment },
            ),
            (host, Command::CloseWindow { pitch }),
            (host, Command::RevealPitch { pitch }),
        ]);
    }
    let (round, reason) = (RoundId(1), || "现场确认".to_owned());
    let tied = Matter::Tied { round, place: 1, track: Some("T1".parse().unwrap()) };
    let unsigned = Matter::Signature { round, judge: JudgeId(1) };
    commands.extend([
        (host, Command::LeaveOpen { matter: tied, reason: reason() }),
        (host, Command::LeaveOpen { matter: unsigned, reason: reason() }),
        (host, Command::DecideTie { round, order: vec![ProjectId(3), ProjectId(1)], reason: reason() }),
    ]);
    commands.extend((1..=3).map(|to| (host, Command::StepPodium { to })));
    commands
}

#[test]
fn every_kind_of_fact_stands_in_a_frozen_journal() {
    let source = std::fs::read_to_string(root().join("src/domain/fact/mod.rs")).unwrap();
    let facts = source.split_once("pub enum Fact {").unwrap().1.split_once("\n}").unwrap().0;
    let kinds = facts.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?;
        let name = name.split([' ', ',']).next()?;
        name.starts_with(|c: char| c.is_ascii_uppercase()).then(|| {
            let kebab = name.chars().enumerate().flat_map(|(at, c)| {
                (at > 0 && c.is_ascii_uppercase()).then_some('-').into_iter().chain([c.to_ascii_lowercase()])
            });
            kebab.collect::<String>()
        })
    });
    let journals = [
        "v1.jsonl",
        "v1-left.jsonl",
        "v1-late.jsonl",
        "v1-decisions.jsonl",
        "v1-tablets.jsonl",
        "v1-cockpit.jsonl",
        "v1-plates.jsonl",
        "v1-board.jsonl",
        "v1-vote.jsonl",
        "v1-ending.jsonl",
        "v1-runs.jsonl",
        "v1-result.jsonl",
        "v1-out.jsonl",
        "v1-tracks.jsonl",
        "v1-told.jsonl",
        "v1-thawed.jsonl",
        "v1-removed.jsonl",
        "v1-show.jsonl",
    ];
    let read = |name| std::fs::read_to_string(root().join("tests/fixtures/journal").join(name)).unwrap();
    let journal: String = journals.into_iter().map(read).collect();
    let frozen = |kind: &String| journal.contains(&format!(r#"\"kind\":\"{kind}\""#));
    let missing: BTreeSet<String> = kinds.filter(|kind| !frozen(kind)).collect();
    assert_eq!(missing, BTreeSet::new());
    // The history tells a fact by the name that the journal has for it.
    for line in journal.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let body: serde_json::Value = serde_json::from_str(record["body"].as_str().unwrap()).unwrap();
        let fact: Fact = serde_json::from_value(body["fact"].clone()).unwrap();
        assert_eq!(body["fact"]["kind"], fact.row().kind);
    }
}
