//! 成绩: every project with its score, its place and what is to be said of them; below those that are ranked, those that are not, and why.

use crate::domain::kernel::ids::PitchId;
use crate::domain::query::{life, result};
use crate::domain::scoring::deduct::Deduction;
use crate::domain::scoring::rule::Method;
use crate::domain::scoring::standings::Standing;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::state::tables::{RoundResult, Row};
use crate::domain::terms::life::Life;
use crate::domain::terms::programme::Phase;
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Table};
use crate::papers::words::Lang;

pub fn table(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("round", lang.pick("轮次", "Round"), 10),
        ("list", lang.pick("榜单", "List"), 14),
        ("place", lang.pick("名次", "Place"), 7),
        ("number", lang.pick("编号", "No."), 8),
        ("project", lang.pick("项目", "Project"), 40),
        ("unit", lang.pick("单位", "Unit"), 26),
        ("track", lang.pick("赛道", "Track"), 14),
        ("score", lang.pick("得分", "Score"), 10),
        ("tie", lang.pick("同分说明", "Tie"), 22),
        ("scorecards", lang.pick("评分表数", "Scorecards"), 10),
        ("trim_asked", lang.pick("每端应去", "To leave out at each end"), 10),
        ("trimmed", lang.pick("每端实去", "Left out at each end"), 10),
        ("deducted", lang.pick("扣分合计", "Deducted"), 10),
        ("announced", lang.pick("已向现场公布", "Told in the hall"), 12),
        ("state", lang.pick("状态", "State"), 12),
        ("remark", lang.pick("说明", "Remark"), 34),
    ];
    let mut table = Table::new("standings", lang.pick("成绩", "Standings"), &columns).keeping(5);
    for round in contest.show.rounds.values() {
        let lines = Lines { contest, round, names: Names { contest, lang }, life: life::of(contest, round) };
        table.rows.extend(lines.all());
    }
    table
}

/// The rows of a round: those of its result's lists, best first, then the pitches that are in no list, in running order.
pub fn order(contest: &Contest, round: &Round) -> Vec<Row> {
    let mut rows = life::standings(contest, round);
    let ranked: Vec<PitchId> = rows.iter().map(|row| row.pitch).collect();
    let pitches = round.order.iter().filter_map(|project| round.pitches.get(project)).map(|pitch| pitch.id);
    let none =
        |pitch| Row { list: round.list_of(pitch), pitch, place: None, score: String::new(), k: 0, tie: None };
    rows.extend(pitches.filter(|pitch| !ranked.contains(pitch)).map(none));
    rows
}

struct Lines<'a> {
    contest: &'a Contest,
    round: &'a Round,
    names: Names<'a>,
    life: Life,
}

impl Lines<'_> {
    fn all(&self) -> Vec<Vec<Cell>> {
        let told = result::public(self.round, &self.contest.published);
        let is_told = |row: &Row| {
            let of = |row: &Row| (row.list, row.pitch, row.place, row.score.clone());
            told.iter().any(|one| of(one) == of(row))
        };
        let rows = order(self.contest, self.round);
        let lists = life::lists(self.contest, self.round);
        let computed = |row: &Row| lists.get(&row.list)?.as_deref().ok();
        rows.iter().map(|row| self.line(row, computed(row), is_told(row))).collect()
    }

    fn line(&self, row: &Row, result: Option<&RoundResult>, told: bool) -> Vec<Cell> {
        let (names, lang) = (&self.names, self.names.lang);
        let project = self.contest.show.projects.get(&row.pitch.project);
        let pitch = self.round.pitches.get(&row.pitch.project);
        let ranked = result.and_then(|result| ranked(result, row.pitch));
        let drop =
            if self.round.rule.method == Method::TrimmedMean { self.round.rule.drop as usize } else { 0 };
        let trims = ranked.filter(|_| drop > 0);
        let trims = trims.map(|one| one.fallback.map_or((drop, drop), |fell| (fell.asked, fell.dropped)));
        let taken = result.map(|result| total(result, row.pitch)).filter(|taken| !taken.is_empty());
        vec![
            Cell::text(names.round(self.round.id)),
            Cell::text(names.list(row.list)),
            row.place.map_or(Cell::Blank, Cell::count),
            Cell::text(names.number(row.pitch.project)),
            Cell::text(names.project(row.pitch.project)),
            Cell::text(project.map(|one| one.unit.clone()).unwrap_or_default()),
            Cell::text(project.map(|one| self.contest.show.track_name(one)).unwrap_or_default()),
            Cell::score(&row.score),
            Cell::text(row.tie.as_ref().map(|tie| lang.tie(tie)).unwrap_or_default()),
            Cell::count(row.k),
            trims.map_or(Cell::Blank, |(asked, _)| Cell::count(asked)),
            trims.map_or(Cell::Blank, |(_, dropped)| Cell::count(dropped)),
            taken.map_or(Cell::Blank, |taken| Cell::score(&taken)),
            Cell::text(lang.yes(told)),
            Cell::text(lang.life(self.life)),
            Cell::text(pitch.map(|pitch| remark(lang, self.round, pitch, row)).unwrap_or_default()),
        ]
    }
}

fn ranked(result: &RoundResult, pitch: PitchId) -> Option<&Standing> {
    let at = result.position(pitch)?;
    result.standings.ranked.iter().find(|row| row.project == at)
}

/// All points that were taken off this score; empty where none were.
fn total(result: &RoundResult, pitch: PitchId) -> String {
    let of = |one: &&Deduction| result.position(pitch) == Some(one.project);
    let mut points = result.standings.table.extras.deductions.iter().filter(of).map(|one| one.points);
    let Some(first) = points.next() else { return String::new() };
    points.try_fold(first, |sum, one| sum.checked_add(one)).map(|sum| sum.to_string()).unwrap_or_default()
}

/// Why a project has no place, and what has become of it.
fn remark(lang: Lang, round: &Round, pitch: &Pitch, row: &Row) -> String {
    // It has its place until the hall is told that it is out.
    if row.place.is_some() {
        return String::new();
    }
    let said = without_place(lang, round, pitch.phase, row);
    let why = pitch.out.as_ref().map(|out| out.reason.as_str()).filter(|why| !why.is_empty());
    match why.filter(|_| pitch.phase.is_out()) {
        Some(why) => lang.pick(format!("{said}：{why}"), format!("{said}: {why}")),
        None => said,
    }
}

/// Why a project of this phase has no place; nobody's reasons.
pub fn without_place(lang: Lang, round: &Round, phase: Phase, row: &Row) -> String {
    match phase {
        Phase::Closed | Phase::Revealed if row.place.is_some() => String::new(),
        Phase::Closed | Phase::Revealed if row.k == 0 => {
            lang.pick("没有计入的评分表", "no scorecard counts").to_owned()
        }
        Phase::Closed | Phase::Revealed => {
            let needed = round.rule.needed(round.panel.len());
            lang.pick(
                format!("规则要求 {needed} 份评分表，不参与排名"),
                format!("the rule asks for {needed} scorecards; not ranked"),
            )
        }
        Phase::Absent
        | Phase::Withdrawn
        | Phase::Disqualified
        | Phase::Queued
        | Phase::Pitching
        | Phase::Qa
        | Phase::Scoring => lang.phase(phase).to_owned(),
    }
}
