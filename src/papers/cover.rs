//! The first sheet: which contest, by which rule, how far its result is, and the record that all of it goes back to.

use crate::domain::kernel::time::Stamp;
use crate::domain::query::{life, open};
use crate::domain::scoring::VERSION;
use crate::domain::state::life::Said;
use crate::domain::state::round::Round;
use crate::papers::names::Names;
use crate::papers::rule;
use crate::papers::source::{Heading, Source};
use crate::papers::table::{Cell, Table};

pub fn table(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [("what", lang.pick("项", "What"), 26), ("value", lang.pick("内容", "Value"), 90)];
    let mut table = Table::new("contest", lang.pick("大赛", "Contest"), &columns);
    let about = &contest.show.about;
    let heading = Heading::of(source);
    let mut put = |what: &str, value: Cell| table.rows.push(vec![Cell::text(what), value]);
    put(lang.pick("大赛名称", "Contest"), Cell::text(about.title.clone()));
    put(lang.pick("副标题", "Subtitle"), Cell::text(about.subtitle.clone()));
    put(lang.pick("地点", "Venue"), Cell::text(about.venue.clone()));
    put(lang.pick("大赛编码", "Code"), Cell::text(heading.code.clone()));
    put(lang.pick("时区", "Time zone"), Cell::text(about.zone.clone()));
    put(lang.pick("创建时间", "Created"), Cell::Time(contest.created_at));
    put(lang.pick("导出时间", "Written"), Cell::Time(source.now));
    put(lang.pick("结果状态", "State of the result"), Cell::text(heading.said));
    put(lang.pick("彩排", "Rehearsal"), Cell::text(heading.rehearsal.unwrap_or(lang.yes(false))));
    put(lang.pick("已结束", "Finished"), Cell::text(lang.yes(contest.show.finished)));
    put(lang.pick("待办数", "Open matters"), Cell::count(open::matters(contest).len()));
    put(lang.pick("项目数", "Projects"), Cell::count(contest.show.projects.len()));
    put(lang.pick("评委数", "Judges"), Cell::count(contest.judges.len()));
    for round in contest.show.rounds.values() {
        for (what, value) in of_round(source, round) {
            put(&what, Cell::text(value));
        }
    }
    put(lang.pick("计分程序版本", "Version of the scoring"), Cell::count(VERSION));
    put(lang.pick("记录数", "Records"), Cell::count(contest.seq));
    put(lang.pick("记录链末端", "Head of the journal"), Cell::text(source.head.clone()));
    table
}

fn of_round(source: &Source, round: &Round) -> Vec<(String, String)> {
    let (lang, names) = (source.lang, Names { contest: source.contest, lang: source.lang });
    let name = names.round(round.id);
    let mut lines = vec![(
        lang.pick(format!("{name} 状态"), format!("{name}: state")),
        lang.life(life::of(source.contest, round)).to_owned(),
    )];
    if let Some(day) = life::until(source.contest, round) {
        lines.push((
            lang.pick(format!("{name} 公示至"), format!("{name}: objections until")),
            day.to_string(),
        ));
    }
    let zone = crate::papers::moment::Zone::of(&source.contest.show.about.zone);
    let by = |stamp: Stamp| {
        let who = stamp.by.map(|by| names.actor(by)).unwrap_or_default();
        format!("{who} {}", zone.said(stamp.at))
    };
    for entry in life::entries(source.contest, round.id) {
        let step = lang.life(entry.step);
        let said = match &entry.said {
            Said::Made { .. } => step.to_owned(),
            Said::TakenBack { reason } => {
                lang.pick(format!("撤回“{step}”（{reason}）"), format!("“{step}” taken back ({reason})"))
            }
        };
        let what = lang.pick(format!("{name} 经过"), format!("{name}: said"));
        lines.push((what, format!("{said}: {}", by(entry.stamp))));
    }
    let rule = lang.pick(format!("{name} 规则"), format!("{name}: rule"));
    lines.extend(rule::sentences(lang, round).into_iter().map(|said| (rule.clone(), said)));
    lines
}
