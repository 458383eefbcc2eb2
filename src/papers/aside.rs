//! 扣分, 回避与弃权: what was taken off, and who did not score, each with its reason.

use crate::domain::kernel::ids::JudgeId;
use crate::domain::scoring::overtime::clock;
use crate::domain::state::pitch::Pitch;
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Table};
use crate::papers::words::Lang;
use std::collections::BTreeMap;

pub fn deductions(source: &Source) -> Table {
    let lang = source.lang;
    let columns = [
        ("points", lang.pick("扣分", "Points"), 9),
        ("reason", lang.pick("原因", "Reason"), 40),
        ("overtime", lang.pick("超时", "Overtime"), 10),
        ("counts", lang.pick("计入", "Counts"), 7),
        ("at", lang.pick("时间", "Time"), 20),
        ("record", lang.pick("记录号", "Record"), 9),
    ];
    let mut table =
        Table::new("deductions", lang.pick("扣分", "Deductions"), &[&of_run(lang)[..], &columns].concat())
            .keeping(3);
    for (pitch, is_past) in runs(source) {
        let counts = !is_past && pitch.phase.is_scored();
        for one in &pitch.deductions {
            let mut line = project(source, pitch);
            line.extend([
                Cell::points(one.points),
                Cell::text(one.reason.clone()),
                Cell::text(one.over_ms.map(|over| clock(over / 1_000)).unwrap_or_default()),
                Cell::text(lang.yes(counts)),
                source.at(one.seq),
                Cell::count(one.seq),
            ]);
            table.rows.push(line);
        }
    }
    table
}

pub fn recusals(source: &Source) -> Table {
    let lang = source.lang;
    let columns = [
        ("seat", lang.pick("席位", "Seat"), 7),
        ("judge", lang.pick("评委", "Judge"), 14),
        ("kind", lang.pick("类别", "Kind"), 14),
        ("reason", lang.pick("原因", "Reason"), 50),
    ];
    let mut table =
        Table::new("recusals", lang.pick("回避与弃权", "Recusals"), &[&of_run(lang)[..], &columns].concat())
            .keeping(3);
    for (pitch, _) in runs(source) {
        let kinds = [
            (&pitch.recused, lang.pick("回避", "recusal")),
            (&pitch.abstained, lang.pick("弃权", "abstention")),
            (&pitch.reopened, lang.pick("已退回，未再提交", "given back, not in again")),
        ];
        table.rows.extend(kinds.into_iter().flat_map(|(judges, kind)| aside(source, pitch, judges, kind)));
    }
    table
}

fn aside(source: &Source, pitch: &Pitch, judges: &BTreeMap<JudgeId, String>, kind: &str) -> Vec<Vec<Cell>> {
    let names = Names { contest: source.contest, lang: source.lang };
    let line = |(judge, why): (&JudgeId, &String)| {
        let mut line = project(source, pitch);
        let (seat, name) = (judge.to_string(), names.judge(*judge));
        line.extend([seat, name, kind.to_owned(), why.clone()].map(Cell::text));
        line
    };
    judges.iter().map(line).collect()
}

/// Every run of every pitch, in running order, and whether it is one that counts for nothing.
fn runs<'a>(source: &'a Source) -> impl Iterator<Item = (&'a Pitch, bool)> {
    source.contest.show.rounds.values().flat_map(|round| {
        let pitches = round.order.iter().filter_map(|project| round.pitches.get(project));
        pitches.flat_map(|pitch| {
            let past = source.contest.sealed.runs(pitch.id).iter().map(|run| (&run.pitch, true));
            past.chain([(pitch, false)])
        })
    })
}

/// Columns that say of which run of which project a line is; [`project`] fills them.
fn of_run(lang: Lang) -> [(&'static str, &'static str, u16); 4] {
    [
        ("round", lang.pick("轮次", "Round"), 10),
        ("number", lang.pick("编号", "No."), 8),
        ("project", lang.pick("项目", "Project"), 40),
        ("run", lang.pick("第几次路演", "Run"), 7),
    ]
}

fn project(source: &Source, pitch: &Pitch) -> Vec<Cell> {
    let names = Names { contest: source.contest, lang: source.lang };
    vec![
        Cell::text(names.round(pitch.id.round)),
        Cell::text(names.number(pitch.id.project)),
        Cell::text(names.project(pitch.id.project)),
        Cell::count(pitch.attempt),
    ]
}
