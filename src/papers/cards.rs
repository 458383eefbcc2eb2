//! 评分表: every scorecard in all its versions and of all runs, what it counts for, and what its judge wrote.

use crate::domain::kernel::ids::JudgeId;
use crate::domain::query::result;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::rubric::{Criterion, CriterionId};
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Column, Table};

pub fn table(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("round", lang.pick("轮次", "Round"), 10),
        ("number", lang.pick("编号", "No."), 8),
        ("project", lang.pick("项目", "Project"), 30),
        ("run", lang.pick("第几次路演", "Run"), 7),
        ("seat", lang.pick("席位", "Seat"), 7),
        ("judge", lang.pick("评委", "Judge"), 14),
        ("version", lang.pick("版本", "Version"), 7),
        ("counts", lang.pick("计入", "Counts"), 7),
        ("why", lang.pick("不计入的原因", "Why not"), 20),
        ("total", lang.pick("总分", "Total"), 9),
    ];
    let mut table = Table::new("scorecards", lang.pick("评分表", "Scorecards"), &columns).keeping(7);
    let criteria = criteria(contest);
    table.columns.extend(criteria.iter().map(|one| Column::new(format!("mark.{}", one.id), called(one), 10)));
    table.columns.push(Column::new("comment", lang.pick("评语", "Comment"), 50));
    table.columns.push(Column::new("at", lang.pick("提交时间", "Submitted"), 20));
    table.columns.push(Column::new("record", lang.pick("记录号", "Record"), 9));
    let names = Names { contest, lang };
    for round in contest.show.rounds.values() {
        let lines = Lines { source, contest, round, names, criteria: &criteria };
        let pitches = round.order.iter().filter_map(|project| round.pitches.get(project));
        table.rows.extend(pitches.filter(|pitch| pitch.was_scored()).flat_map(|pitch| lines.of(pitch)));
    }
    table
}

/// The criteria of all rounds, each once.
fn criteria(contest: &Contest) -> Vec<&Criterion> {
    let mut all: Vec<&Criterion> = Vec::new();
    for one in contest.show.rounds.values().flat_map(|round| round.criteria.iter()) {
        if !all.iter().any(|known| known.id == one.id) {
            all.push(one);
        }
    }
    all
}

/// A criterion without a name has its id.
pub fn called(one: &Criterion) -> &str {
    if one.name.is_empty() { one.id.as_str() } else { &one.name }
}

struct Lines<'a> {
    source: &'a Source<'a>,
    contest: &'a Contest,
    round: &'a Round,
    names: Names<'a>,
    criteria: &'a [&'a Criterion],
}

impl Lines<'_> {
    /// The earlier runs first; in each run by judge, oldest version first.
    fn of(&self, pitch: &Pitch) -> Vec<Vec<Cell>> {
        let lang = self.names.lang;
        let mut lines = Vec::new();
        for run in self.contest.sealed.runs(pitch.id) {
            let past = lang.pick("已重新路演", "run again").to_owned();
            for (judge, versions) in run.cards.versions() {
                lines.extend(versions.iter().map(|card| self.line(&run.pitch, judge, card, past.clone())));
            }
        }
        for (judge, newest) in self.contest.sealed.of(pitch.id) {
            let earlier = self.contest.sealed.cards.earlier(pitch.id, judge);
            let replaced = lang.pick("有新版本", "a newer version").to_owned();
            lines.extend(earlier.into_iter().map(|card| self.line(pitch, judge, card, replaced.clone())));
            lines.push(self.line(pitch, judge, newest, self.why_not(pitch, judge)));
        }
        lines
    }

    /// Why the newest version counts for nothing; empty where it counts.
    fn why_not(&self, pitch: &Pitch, judge: JudgeId) -> String {
        let lang = self.names.lang;
        if pitch.phase.is_out() {
            return lang.phase(pitch.phase).to_owned();
        }
        if pitch.recused.contains_key(&judge) {
            return lang.pick("评委回避", "the judge is recused").to_owned();
        }
        let counts = self.contest.counting(self.round, pitch.id).any(|(of, _)| of == judge);
        if counts { String::new() } else { lang.pick("评委弃权", "the judge abstained").to_owned() }
    }

    fn line(&self, pitch: &Pitch, judge: JudgeId, card: &Scorecard, why_not: String) -> Vec<Cell> {
        let names = &self.names;
        let mark = |id: &CriterionId| card.marks.get(id).map_or(Cell::Blank, |mark| Cell::points(*mark));
        let mut line = vec![
            Cell::text(names.round(self.round.id)),
            Cell::text(names.number(pitch.id.project)),
            Cell::text(names.project(pitch.id.project)),
            Cell::count(pitch.attempt),
            Cell::text(judge.to_string()),
            Cell::text(names.judge(judge)),
            Cell::count(card.version),
            Cell::text(names.lang.yes(why_not.is_empty())),
            Cell::text(why_not),
            Cell::score(&result::card_total(self.round, card)),
        ];
        line.extend(self.criteria.iter().map(|one| mark(&one.id)));
        line.push(Cell::text(card.comment.clone()));
        line.push(self.source.at(card.seq));
        line.push(Cell::count(card.seq));
        line
    }
}
