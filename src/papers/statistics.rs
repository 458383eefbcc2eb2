//! 统计: the panel's figures, those that its page shows. For information; no score uses any of it.

use crate::domain::query::life;
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Table};
use crate::papers::words::Lang;
use crate::wire::notes;
use crate::wire::statistics::{Analysis, Statistics, panel};

pub fn table(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("round", lang.pick("轮次", "Round"), 10),
        ("list", lang.pick("榜单", "List"), 14),
        ("figure", lang.pick("指标", "Figure"), 34),
        ("of", lang.pick("对象", "Of"), 30),
        ("value", lang.pick("数值", "Value"), 10),
        ("remark", lang.pick("说明", "Remark"), 30),
    ];
    let mut table = Table::new("statistics", lang.pick("统计", "Statistics"), &columns);
    let names = Names { contest, lang };
    for round in contest.show.rounds.values() {
        let behind = life::behind(contest, round);
        for list in round.lists() {
            // A rule that gives no standings has none to be sure of.
            let Ok(of) = behind(list) else { continue };
            let projects: Vec<String> = of.pitches.iter().map(|pitch| names.pitch(*pitch)).collect();
            let judges: Vec<String> = of.judges.iter().map(|judge| names.judge(*judge)).collect();
            // Of two judges of one name each has a number.
            let judges = distinct(judges, of.judges.iter().map(ToString::to_string));
            let known = notes::Names { projects: &projects, judges: &judges };
            let found = panel(&of.standings, &known, Statistics::Cheap);
            let heads = [Cell::text(names.round(round.id)), Cell::text(names.list(list))];
            let lines = figures(lang, &found.analysis).into_iter();
            table.rows.extend(lines.map(|line| heads.iter().cloned().chain(line).collect()));
        }
    }
    table
}

fn distinct(names: Vec<String>, ids: impl Iterator<Item = String>) -> Vec<String> {
    let twice = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    let one =
        |(name, id): (&String, String)| if twice(name) { format!("{name} ({id})") } else { name.clone() };
    names.iter().zip(ids).map(one).collect()
}

fn figures(lang: Lang, found: &Analysis) -> Vec<Vec<Cell>> {
    let mut lines = Vec::new();
    let panel = lang.pick("评委组", "the panel");
    for (name, value) in &found.icc {
        lines.push(line(
            format!("ICC({name})"),
            panel,
            *value,
            range(found.icc_ci95.get(name).copied().flatten()),
        ));
    }
    let plain = [
        ("Krippendorff α", found.alpha_interval),
        (lang.pick("Krippendorff α（名次）", "Krippendorff α (ordinal)"), found.alpha_ordinal),
        ("Kendall W", found.kendall_w),
        (lang.pick("观众实际权重", "Weight of the audience"), found.audience_weight),
    ];
    lines.extend(plain.map(|(name, value)| line(name.to_owned(), panel, value, String::new())));
    for (name, needed) in &found.judges_needed {
        let name = lang.pick(format!("信度 {name} 所需评委数"), format!("Judges needed for {name}"));
        let needed = needed.map_or(Cell::Blank, Cell::count);
        lines.push(vec![Cell::text(name), Cell::text(panel), needed, Cell::Blank]);
    }
    for (name, judge) in &found.judges {
        let flags = judge.flags.join(", ");
        lines.push(line(lang.pick("宽严", "Severity").to_owned(), name, judge.severity, flags));
        lines.push(line(
            lang.pick("一致性", "Consistency").to_owned(),
            name,
            judge.consistency,
            String::new(),
        ));
        lines.push(line(lang.pick("离散度", "Spread").to_owned(), name, Some(judge.spread), String::new()));
    }
    for (name, share) in found.p_first.iter().flatten() {
        let interval = found.rank_interval_90.as_ref().and_then(|all| all.get(name));
        let places = interval.map(|[low, high]| {
            lang.pick(format!("90% 名次 {low}–{high}"), format!("90% places {low}–{high}"))
        });
        lines.push(line(
            lang.pick("第一名的把握", "Chance of the first place").to_owned(),
            name,
            Some(*share),
            places.unwrap_or_default(),
        ));
    }
    lines
}

fn range(range: Option<[f64; 2]>) -> String {
    range.map(|[low, high]| format!("95%: {low:.3}–{high:.3}")).unwrap_or_default()
}

fn line(name: String, of: &str, value: Option<f64>, remark: String) -> Vec<Cell> {
    let value = value.map_or(Cell::Blank, |value| Cell::score(&format!("{:.3}", value + 0.0)));
    vec![Cell::text(name), Cell::text(of), value, Cell::text(remark)]
}
