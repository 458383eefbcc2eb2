//! 评分矩阵: what every judge gave every project, on 0–100, with what was left out struck and named.

use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::query::{life, result};
use crate::domain::scoring::aggregate::Dropped;
use crate::domain::scoring::explain::{Explanation, explain};
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::state::tables::{RoundResult, Row};
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::standings;
use crate::papers::table::{Cell, Column, Table};

pub fn table(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("round", lang.pick("轮次", "Round"), 10),
        ("place", lang.pick("名次", "Place"), 7),
        ("number", lang.pick("编号", "No."), 8),
        ("project", lang.pick("项目", "Project"), 34),
        ("score", lang.pick("得分", "Score"), 10),
    ];
    let mut table = Table::new("matrix", lang.pick("评分矩阵", "Matrix"), &columns).keeping(4);
    let names = Names { contest, lang };
    let judges = judges(contest);
    table.columns.extend(judges.iter().map(|judge| Column::new(judge.to_string(), names.judge(*judge), 11)));
    table.columns.push(Column::new("left_out", lang.pick("去掉的评分", "Left out"), 40));
    for round in contest.show.rounds.values() {
        let lines = Lines { contest, round, names, judges: &judges };
        // A project stands once, with the place that is told with its score.
        let rows = standings::order(contest, round);
        let rows = rows.iter().filter(|row| row.list == round.list_of(row.pitch));
        let lists = life::lists(contest, round);
        let computed = |row: &Row| lists.get(&row.list)?.as_deref().ok();
        table.rows.extend(rows.map(|row| lines.line(row, computed(row))));
    }
    table
}

/// Everybody who sits on a panel, in seat order.
fn judges(contest: &Contest) -> Vec<JudgeId> {
    let mut judges: Vec<JudgeId> = Vec::new();
    for judge in contest.show.rounds.values().flat_map(|round| round.panel.iter()) {
        if !judges.contains(judge) {
            judges.push(*judge);
        }
    }
    judges
}

struct Lines<'a> {
    contest: &'a Contest,
    round: &'a Round,
    names: Names<'a>,
    judges: &'a [JudgeId],
}

impl Lines<'_> {
    fn line(&self, row: &Row, computed: Option<&RoundResult>) -> Vec<Cell> {
        let names = &self.names;
        let explained = computed.and_then(|computed| {
            let at = computed.position(row.pitch)?;
            Some((computed, explain(&computed.standings, at)?))
        });
        let mut line = vec![
            Cell::text(names.round(self.round.id)),
            row.place.map_or(Cell::Blank, Cell::count),
            Cell::text(names.number(row.pitch.project)),
            Cell::text(names.project(row.pitch.project)),
            Cell::score(&row.score),
        ];
        let pitch = self.round.pitches.get(&row.pitch.project);
        line.extend(self.judges.iter().map(|judge| self.cell(row.pitch, pitch, *judge, explained.as_ref())));
        line.push(Cell::text(explained.map(|(of, why)| self.left_out(of, &why)).unwrap_or_default()));
        line
    }

    fn cell(
        &self,
        id: PitchId,
        pitch: Option<&Pitch>,
        judge: JudgeId,
        explained: Option<&(&RoundResult, Explanation)>,
    ) -> Cell {
        let (lang, Some(pitch)) = (self.names.lang, pitch) else { return Cell::Blank };
        if !self.round.panel.contains(&judge) {
            return Cell::Blank;
        }
        if pitch.recused.contains_key(&judge) {
            return Cell::text(lang.pick("回避", "recused"));
        }
        if pitch.abstained.contains_key(&judge) {
            return Cell::text(lang.pick("弃权", "abstained"));
        }
        if !pitch.was_scored() {
            return Cell::Blank;
        }
        let Some(card) = self.contest.sealed.cards.get(&(id, judge)) else {
            return Cell::text(lang.pick("未交", "none"));
        };
        let dropped = explained.is_some_and(|(of, why)| {
            let own = |at: Option<usize>| at.and_then(|at| of.judges.get(at)) == Some(&judge);
            why.cards.iter().any(|one| own(one.judge) && one.dropped.is_some())
        });
        let cell = Cell::score(&result::card_total(self.round, card));
        if dropped { cell.struck() } else { cell }
    }

    /// Whose scorecards, or whose marks of which criteria, do not count.
    fn left_out(&self, of: &RoundResult, why: &Explanation) -> String {
        let lang = self.names.lang;
        let end = |dropped: Dropped| match dropped {
            Dropped::Highest => lang.pick("最高", "highest"),
            Dropped::Lowest => lang.pick("最低", "lowest"),
        };
        let judge = |at: Option<usize>| match at.and_then(|at| of.judges.get(at)) {
            Some(judge) => self.names.judge(*judge),
            None => lang.pick("补缺", "filled in").to_owned(),
        };
        let mut said = Vec::new();
        for card in &why.cards {
            said.extend(card.dropped.map(|dropped| format!("{} {}", judge(card.judge), end(dropped))));
            for mark in &card.marks {
                let criterion = self.round.criteria.get(mark.criterion).map(|one| one.name.as_str());
                let criterion = criterion.unwrap_or_default();
                let one = |dropped| format!("{} {criterion} {}", judge(card.judge), end(dropped));
                said.extend(mark.dropped.map(one));
            }
        }
        said.join(lang.pick("；", "; "))
    }
}
