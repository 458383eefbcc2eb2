//! The list changes and is imported again: shown as a difference, taken as ticked, whole or not at all.

use podium::domain::command::Command;
use podium::domain::decide::{self, decide};
use podium::domain::kernel::actor::Actor;
use podium::domain::kernel::ids::{JudgeId, PitchId, ProjectId, RoundId};
use podium::domain::kernel::time::Millis;
use podium::domain::query::difference::{self, Difference, Numbered};
use podium::domain::rejection::Rejection;
use podium::domain::state::contest::Contest;
use podium::domain::terms::about::About;
use podium::http::ticked;
use podium::sheets::answers::Answers;
use podium::sheets::roster::{RosterFile, look};
use podium::wire::import::ImportAnswers;

const FIRST: &str = "序号,项目名称,赛道,单位\n1,甲,新能源,A\n2,乙,电子,B\n3,丙,电子,C\n";
const PANEL: &str = "序号,评委姓名,单位,组长\n1,评委1,X,是\n2,评委2,Y,\n3,评委3,Z,\n";

fn contest() -> Contest {
    let mut contest = Contest::default();
    let about = About { title: "路演".into(), zone: "Asia/Shanghai".into(), ..About::default() };
    give(&mut contest, &Command::CreateContest { code: "abc234".parse().unwrap(), about }).unwrap();
    take(&mut contest, FIRST, &ImportAnswers::default()).unwrap();
    take(&mut contest, PANEL, &ImportAnswers::default()).unwrap();
    take(&mut contest, "评分项,满分\n创新,60\n市场,40\n", &ImportAnswers::default()).unwrap();
    contest
}

fn give(contest: &mut Contest, command: &Command) -> Result<(), Rejection> {
    let at = Millis(contest.seq);
    decide::give(contest, Actor::Organiser, at, command).map(|_| ())
}

fn read(text: &str) -> RosterFile {
    let (file, errors) = look("名单.csv", text.as_bytes(), &Answers::default());
    assert!(errors.is_empty(), "{errors:?}");
    file
}

fn differ(contest: &Contest, file: &RosterFile) -> Difference {
    let numbered =
        |all: &[podium::sheets::roster::origin::Origin]| all.first().is_some_and(|one| one.numbered);
    let numbered = Numbered { projects: numbered(&file.projects), judges: numbered(&file.judges) };
    difference::of(contest, &file.blueprint, numbered)
}

fn command(contest: &Contest, text: &str, answers: &ImportAnswers) -> Command {
    let file = read(text);
    let difference = differ(contest, &file);
    Command::ImportBlueprint { blueprint: ticked::blueprint(&file.blueprint, &difference, contest, answers) }
}

fn take(contest: &mut Contest, text: &str, answers: &ImportAnswers) -> Result<(), Rejection> {
    let command = command(contest, text, answers);
    give(contest, &command)
}

/// `number name track unit` in running order.
fn projects(contest: &Contest) -> Vec<String> {
    let line = |id: &ProjectId| {
        let one = &contest.show.projects[id];
        let track = one.track.map_or("-", |track| contest.show.tracks[&track].name.as_str());
        format!("{} {} {track} {}", id.0, one.name, one.unit)
    };
    contest.round(RoundId(1)).unwrap().order.iter().map(line).collect()
}

fn judges(contest: &Contest) -> Vec<String> {
    let round = contest.round(RoundId(1)).unwrap();
    let chair = |id: &JudgeId| if round.chair == Some(*id) { "*" } else { "" };
    round.panel.iter().map(|id| format!("{} {}{}", id.0, contest.judges[id].name, chair(id))).collect()
}

#[test]
fn the_same_list_changes_nothing() {
    let mut contest = contest();
    let before = contest.clone();
    for text in [FIRST, PANEL] {
        let difference = differ(&contest, &read(text));
        let lines = difference.projects.iter().map(|line| (line.known, line.fields.len()));
        let lines = lines.chain(difference.judges.iter().map(|line| (line.known, line.fields.len())));
        assert_eq!(lines.collect::<Vec<_>>(), [(true, 0); 3]);
        assert_eq!(
            (difference.gone_projects.len(), difference.gone_judges.len(), &difference.order),
            (0, 0, &None)
        );
        assert_eq!(take(&mut contest, text, &ImportAnswers::default()), Err(Rejection::NothingChanges));
    }
    assert_eq!(contest, before);
}

#[test]
fn a_list_that_changed_is_a_difference_and_is_taken_as_ticked() {
    // 乙 has another name and unit, 丙 is gone, 丁 is new and comes first, and the numbers are new.
    let changed = "序号,项目名称,赛道,单位\n4,丁,新材料,D\n1,甲,新能源,A\n2,乙二,电 子,B2\n";
    let mut contest = contest();
    let difference = differ(&contest, &read(changed));
    let lines: Vec<_> = difference.projects.iter().map(|line| (line.id.0, line.known)).collect();
    assert_eq!(lines, [(4, false), (1, true), (2, true)]);
    let fields: Vec<_> = difference.projects[2]
        .fields
        .iter()
        .map(|(field, was, says)| format!("{field} {was} {says}"))
        .collect();
    assert_eq!(fields, ["name 乙 乙二", "unit B B2"]);
    assert_eq!(difference.gone_projects, [ProjectId(3)]);
    let mut kept = contest.clone();
    take(&mut kept, changed, &ImportAnswers { leave: vec!["P2".into()], ..ImportAnswers::default() })
        .unwrap();
    assert_eq!(projects(&kept), ["1 甲 新能源 A", "2 乙 电子 B", "3 丙 电子 C", "4 丁 新材料 D"]);
    take(&mut contest, changed, &ImportAnswers { remove: vec!["P3".into()], ..ImportAnswers::default() })
        .unwrap();
    assert_eq!(projects(&contest), ["1 甲 新能源 A", "2 乙二 电子 B2", "4 丁 新材料 D"]);
    let turned = "序号,项目名称\n1,丁\n2,乙二\n3,甲\n";
    assert_eq!(differ(&contest, &read(turned)).order, Some([4, 2, 1].map(ProjectId).to_vec()));
    let mut stays = contest.clone();
    let left = ImportAnswers { leave: vec!["order".into()], ..ImportAnswers::default() };
    assert_eq!(take(&mut stays, turned, &left), Err(Rejection::NothingChanges));
    take(&mut contest, turned, &ImportAnswers::default()).unwrap();
    assert_eq!(projects(&contest), ["4 丁 新材料 D", "2 乙二 电子 B2", "1 甲 新能源 A"]);
}

#[test]
fn one_more_judge_takes_nobody_s_seat_and_the_chair_stays() {
    for text in ["序号,评委姓名\n1,评委4\n", "评委姓名,单位\n评委4,W\n", "序号,评委姓名\n第1号,评委4\n"]
    {
        let mut contest = contest();
        take(&mut contest, text, &ImportAnswers::default()).unwrap();
        assert_eq!(judges(&contest), ["1 评委1*", "2 评委2", "3 评委3", "4 评委4"], "{text}");
    }
    let mut contest = contest();
    let whole = "序号,评委姓名,组长\n1,评委1,\n2,评委二,是\n3,评委3,\n";
    take(&mut contest, whole, &ImportAnswers::default()).unwrap();
    assert_eq!(judges(&contest), ["1 评委1", "2 评委二*", "3 评委3"]);
}

#[test]
fn what_something_hangs_on_is_not_removed_and_then_nothing_is_taken() {
    let shorter = "序号,项目名称,单位\n2,乙,B9\n3,丙,C\n";
    let mut contest = contest();
    let pitch = PitchId { round: RoundId(1), project: ProjectId(1) };
    decide::give(&mut contest, Actor::Host, Millis(1), &Command::StartPitch { pitch }).unwrap();
    let before = contest.clone();
    let remove = ImportAnswers { remove: vec!["P1".into()], ..ImportAnswers::default() };
    let refused = Rejection::ProjectInUse { project: ProjectId(1), what: "pitch" };
    assert_eq!(take(&mut contest, shorter, &remove), Err(refused));
    assert_eq!(contest, before);
    take(&mut contest, shorter, &ImportAnswers::default()).unwrap();
    assert_eq!(projects(&contest), ["1 甲 新能源 A", "2 乙 电子 B9", "3 丙 电子 C"]);
    let standing_aside = Command::DeclareRecusal { pitch, judge: JudgeId(2), reason: "同单位".into() };
    give(&mut contest, &standing_aside).unwrap();
    let gone = |id: &str| ImportAnswers { remove: vec![id.into()], ..ImportAnswers::default() };
    let panel = "序号,评委姓名\n1,评委1\n3,评委3\n";
    let refused = Rejection::JudgeInUse { judge: JudgeId(2), what: "recusal" };
    assert_eq!(take(&mut contest, panel, &gone("J2")), Err(refused));
    give(&mut contest, &Command::WithdrawRecusal { pitch, judge: JudgeId(2) }).unwrap();
    let panel = "序号,评委姓名\n1,评委1\n3,评委3\n";
    take(&mut contest, panel, &ImportAnswers { remove: vec!["J2".into()], ..ImportAnswers::default() })
        .unwrap();
    assert_eq!(judges(&contest), ["1 评委1*", "3 评委3"]);
    // The place of one that is gone is not taken by the next.
    let back = "序号,评委姓名\n1,评委1\n2,评委5\n";
    take(&mut contest, back, &ImportAnswers::default()).unwrap();
    assert_eq!(judges(&contest), ["1 评委1*", "3 评委3", "2 评委5"]);
}

#[test]
fn names_and_units_are_corrected_after_the_end_and_tracks_are_not() {
    let mut contest = contest();
    decide::give(&mut contest, Actor::Host, Millis(1), &Command::FinishContest { despite: true }).unwrap();
    let mut project = contest.show.projects[&ProjectId(1)].clone();
    (project.name, project.unit) = ("甲一".into(), "A1".into());
    give(&mut contest, &Command::ChangeProject { project: project.clone() }).unwrap();
    project.track = None;
    assert_eq!(give(&mut contest, &Command::ChangeProject { project }), Err(Rejection::ContestIsFinished));
    let mut judge = contest.judges[&JudgeId(1)].clone();
    judge.name = "评委一".into();
    give(&mut contest, &Command::ChangeJudge { judge }).unwrap();
    assert_eq!(
        (projects(&contest)[0].as_str(), judges(&contest)[0].as_str()),
        ("1 甲一 新能源 A1", "1 评委一*")
    );
}

#[test]
fn a_programme_and_a_rule_that_are_there_come_only_where_they_are_another() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let rows: [(&str, &[&[&str]]); 3] = [
        ("项目", &[&["序号", "项目名称"], &["1", "甲"], &["2", "乙"], &["3", "丙"]]),
        ("规则", &[&["项", "值"], &["小数位数", "3"]]),
        ("议程", &[&["环节", "位置"], &["开场", "开头"]]),
    ];
    for (name, rows) in rows {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write(row as u32, column as u16, *cell).unwrap();
            }
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let (file, _) = look("a.xlsx", &bytes, &Answers::default());
    let mut contest = contest();
    let parts = |contest: &Contest| {
        ticked::parts(&file.blueprint, contest)
            .into_iter()
            .map(|one| (one.part, one.same))
            .collect::<Vec<_>>()
    };
    assert_eq!(parts(&contest), [("rule".to_owned(), false), ("programme".to_owned(), false)]);
    let command = |contest: &Contest| {
        let difference = differ(contest, &file);
        let blueprint = ticked::blueprint(&file.blueprint, &difference, contest, &ImportAnswers::default());
        Command::ImportBlueprint { blueprint }
    };
    let first = command(&contest);
    give(&mut contest, &first).unwrap();
    assert_eq!(parts(&contest), [("rule".to_owned(), true), ("programme".to_owned(), true)]);
    assert_eq!(decide(&contest, Actor::Organiser, &command(&contest)), Err(Rejection::NothingChanges));
}
