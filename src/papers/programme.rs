//! 出场顺序: the evening in order, what comes around the pitches among them, as the hall knows it.

use crate::domain::kernel::ids::ProjectId;
use crate::domain::query::out;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::{Phase, Segment};
use crate::papers::names::Names;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Table};
use crate::wire::view::stage;

pub fn table(source: &Source) -> Table {
    let (lang, contest) = (source.lang, source.contest);
    let columns = [
        ("round", lang.pick("轮次", "Round"), 10),
        ("item", lang.pick("标识", "Id"), 9),
        ("position", lang.pick("出场序号", "Position"), 9),
        ("kind", lang.pick("环节", "Part"), 12),
        ("number", lang.pick("编号", "No."), 8),
        ("title", lang.pick("项目或环节", "Project or part"), 40),
        ("names", lang.pick("名单", "Names"), 24),
        ("unit", lang.pick("单位", "Unit"), 26),
        ("track", lang.pick("赛道", "Track"), 14),
        ("presenter", lang.pick("路演人", "Presenter"), 16),
        ("say", lang.pick("读法", "Said"), 20),
        ("secs", lang.pick("用时（秒）", "Time (s)"), 10),
        ("qa_secs", lang.pick("答辩（秒）", "Questions (s)"), 10),
        ("state", lang.pick("状态", "State"), 12),
    ];
    let mut table = Table::new("programme", lang.pick("出场顺序", "Running order"), &columns).keeping(5);
    let names = Names { contest, lang };
    for round in contest.show.rounds.values() {
        for item in stage::items(&contest.show, round) {
            let segment = contest.show.segments.iter().find(|segment| segment.id.to_string() == item);
            let mut line = vec![Cell::text(names.round(round.id)), Cell::text(item.clone())];
            match segment {
                Some(segment) => line.extend(part(&names, segment)),
                None => line.extend(pitch(&names, contest, round, &item)),
            }
            table.rows.push(line);
        }
    }
    table
}

fn part(names: &Names, segment: &Segment) -> Vec<Cell> {
    let mut line = vec![
        Cell::Blank,
        Cell::text(names.lang.part(segment.kind)),
        Cell::Blank,
        Cell::text(segment.title.clone()),
        Cell::text(segment.names.join("\n")),
    ];
    line.extend([Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank]);
    line.extend([seconds(segment.secs), Cell::Blank, Cell::Blank]);
    line
}

fn pitch(names: &Names, contest: &Contest, round: &Round, item: &str) -> Vec<Cell> {
    let at = |id: &ProjectId| round.pitches.get(id).is_some_and(|pitch| pitch.id.to_string() == item);
    let Some((at, id)) = round.order.iter().enumerate().find(|(_, id)| at(id)) else { return Vec::new() };
    let project = contest.show.projects.get(id);
    let text = |of: fn(&crate::domain::terms::roster::Project) -> &String| {
        Cell::text(project.map(|project| of(project).clone()).unwrap_or_default())
    };
    let phase = round.pitches.get(id).map(|pitch| out::phase(pitch, &contest.published));
    vec![
        Cell::count(at + 1),
        Cell::text(names.lang.pick("路演", "Pitch")),
        Cell::text(names.number(*id)),
        Cell::text(names.project(*id)),
        Cell::Blank,
        text(|project| &project.unit),
        Cell::text(project.map(|project| contest.show.track_name(project)).unwrap_or_default()),
        text(|project| &project.presenter),
        text(|project| &project.say),
        seconds(round.timing.pitch_secs),
        seconds(round.timing.qa_secs),
        Cell::text(phase.filter(|phase| *phase != Phase::Queued).map_or("", |phase| names.lang.phase(phase))),
    ]
}

/// 0 is no time.
fn seconds(secs: u32) -> Cell {
    if secs == 0 { Cell::Blank } else { Cell::count(secs) }
}
