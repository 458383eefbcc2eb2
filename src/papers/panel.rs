//! 评委 and 评分项: who scores, and what is marked.

use crate::papers::cards::called;
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Table};

pub fn judges(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("round", lang.pick("轮次", "Round"), 10),
        ("seat", lang.pick("席位", "Seat"), 7),
        ("judge", lang.pick("评委", "Judge"), 16),
        ("unit", lang.pick("单位", "Unit"), 30),
        ("chair", lang.pick("组长", "Chair"), 7),
    ];
    let mut table = Table::new("judges", lang.pick("评委", "Judges"), &columns).keeping(3);
    let names = Names { contest, lang };
    for round in contest.show.rounds.values() {
        table.rows.extend(round.panel.iter().map(|judge| {
            let unit = contest.judges.get(judge).map(|judge| judge.unit.clone());
            vec![
                Cell::text(names.round(round.id)),
                Cell::text(judge.to_string()),
                Cell::text(names.judge(*judge)),
                Cell::text(unit.unwrap_or_default()),
                Cell::text(lang.yes(round.chair == Some(*judge))),
            ]
        }));
    }
    table
}

pub fn criteria(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("round", lang.pick("轮次", "Round"), 10),
        ("criterion", lang.pick("标识", "Id"), 10),
        ("name", lang.pick("评分项", "Criterion"), 24),
        ("max", lang.pick("满分", "Maximum"), 9),
        ("step", lang.pick("最小分值", "Step"), 9),
        ("weight", lang.pick("权重", "Weight"), 8),
        ("scale", lang.pick("评分要点", "What the marks mean"), 60),
    ];
    let mut table = Table::new("criteria", lang.pick("评分项", "Criteria"), &columns).keeping(3);
    let names = Names { contest, lang };
    for round in contest.show.rounds.values() {
        table.rows.extend(round.criteria.iter().map(|one| {
            vec![
                Cell::text(names.round(round.id)),
                Cell::text(one.id.to_string()),
                Cell::text(called(one)),
                Cell::points(one.max),
                one.step.map_or(Cell::Blank, Cell::points),
                Cell::count(one.weight),
                Cell::text(one.scale.clone()),
            ]
        }));
    }
    table
}
