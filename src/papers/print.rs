//! What is printed: the sheets, who gets which, the tables that each is set from, and what it waits for. A page lays them out and
//! computes nothing.

use crate::domain::query::{life, open, out};
use crate::domain::state::contest::Contest;
use crate::domain::state::draw::Draw;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::life::Life;
use crate::domain::terms::programme::SegmentKind;
use crate::papers::json;
use crate::papers::moment::Zone;
use crate::papers::names::Names;
use crate::papers::rule;
use crate::papers::source::{Heading, Source};
use crate::papers::standings;
use crate::papers::tables::table;
use crate::papers::words::Lang;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Who asks: a seat gets no sheet that tells more than its own page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The organiser and the auditor.
    Office,
    Host,
    Mc,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 成绩汇总表
    Result,
    /// Everything that one judge gave, for this judge to sign.
    Judge,
    /// Everything that one project was given, for the team to sign that it has it.
    Project,
    /// 公示
    Announcement,
    /// A scorecard to write on.
    Blank,
    /// 出场顺序
    Order,
    /// What the MC says.
    Script,
}

/// How far a sheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// It can be printed, and will say something else.
    Waits(String),
    /// There is nothing to print yet.
    Nothing(String),
}

impl Sheet {
    pub const ALL: [Sheet; 7] = [
        Sheet::Result,
        Sheet::Judge,
        Sheet::Project,
        Sheet::Announcement,
        Sheet::Blank,
        Sheet::Order,
        Sheet::Script,
    ];

    /// As programs call it.
    pub fn code(self) -> &'static str {
        match self {
            Sheet::Result => "result",
            Sheet::Judge => "judge",
            Sheet::Project => "project",
            Sheet::Announcement => "announcement",
            Sheet::Blank => "blank",
            Sheet::Order => "order",
            Sheet::Script => "script",
        }
    }

    /// What was scored is for the office. The host hands blank scorecards out, and the MC reads what is said.
    pub fn is_for(self, reader: Reader) -> bool {
        match self {
            Sheet::Result | Sheet::Judge | Sheet::Project | Sheet::Announcement => reader == Reader::Office,
            Sheet::Blank => matches!(reader, Reader::Office | Reader::Host),
            Sheet::Order | Sheet::Script => true,
        }
    }

    /// What it is set from.
    pub fn tables(self) -> &'static [&'static str] {
        match self {
            Sheet::Result => &["standings", "matrix", "deductions", "judges"],
            Sheet::Judge | Sheet::Project => {
                &["programme", "standings", "scorecards", "recusals", "judges", "criteria"]
            }
            Sheet::Announcement => &["standings", "programme"],
            Sheet::Blank => &["programme", "judges", "criteria"],
            Sheet::Order | Sheet::Script => &["programme", "judges"],
        }
    }

    pub fn readiness(self, contest: &Contest, lang: Lang) -> Readiness {
        match self {
            Sheet::Result | Sheet::Judge | Sheet::Project => scored(contest, lang),
            Sheet::Announcement => {
                let published = |round: &Round| life::of(contest, round) == Life::Published;
                if rounds(contest).any(published) {
                    return Readiness::Ready;
                }
                let why = lang.pick("结果公布之后才能打印", "there is one once the result is published");
                Readiness::Nothing(why.to_owned())
            }
            Sheet::Blank => {
                let full = |round: &Round| {
                    !round.order.is_empty() && !round.panel.is_empty() && !round.criteria.is_empty()
                };
                if rounds(contest).any(full) {
                    return Readiness::Ready;
                }
                let why = lang.pick("还缺项目、评委或评分项", "projects, judges or criteria are missing");
                Readiness::Nothing(why.to_owned())
            }
            Sheet::Order | Sheet::Script => ordered(contest, lang),
        }
    }
}

fn rounds(contest: &Contest) -> impl Iterator<Item = &Round> {
    contest.show.rounds.values().map(|round| &**round)
}

fn scored(contest: &Contest, lang: Lang) -> Readiness {
    let pitches = || rounds(contest).flat_map(|round| round.pitches.values());
    if !pitches().any(Pitch::was_scored) {
        let why = lang.pick("还没有截止评分的项目", "no pitch has closed yet");
        return Readiness::Nothing(why.to_owned());
    }
    let running = pitches().filter(|pitch| !pitch.phase.is_scored() && !pitch.phase.is_out()).count();
    if running > 0 && !contest.show.finished {
        return Readiness::Waits(lang.pick(
            format!("还有 {running} 个项目没有结束"),
            format!("{running} of the projects are still to come"),
        ));
    }
    match open::blocking(contest).len() {
        0 => Readiness::Ready,
        open => Readiness::Waits(lang.pick(
            format!("还有 {open} 项待办会改变成绩"),
            format!("open matters that would change it: {open}"),
        )),
    }
}

fn ordered(contest: &Contest, lang: Lang) -> Readiness {
    if rounds(contest).all(|round| round.order.is_empty()) {
        return Readiness::Nothing(lang.pick("还没有项目", "there are no projects yet").to_owned());
    }
    let sealed = |round: &Round| round.draw.as_ref().is_some_and(|draw| draw.secret.is_some());
    let drawing =
        contest.show.segments.iter().any(|segment| {
            segment.kind == SegmentKind::Draw && !contest.show.stage.past.contains(&segment.id)
        });
    let begun = |round: &Round| round.draw.is_some();
    let open = rounds(contest).any(|round| !sealed(round) && (drawing || begun(round)));
    if open {
        let why = lang.pick("抽签之后出场顺序才确定", "the draw decides the running order");
        return Readiness::Waits(why.to_owned());
    }
    Readiness::Ready
}

/// Everything that this reader may print, of one and the same state.
pub fn write(source: &Source, reader: Reader) -> Value {
    let (contest, lang) = (source.contest, source.lang);
    let about = &contest.show.about;
    let (zone, heading) = (Zone::of(&about.zone), Heading::of(source));
    let sheets: Vec<Sheet> = Sheet::ALL.into_iter().filter(|sheet| sheet.is_for(reader)).collect();
    let mut tables = Map::new();
    for key in sheets.iter().flat_map(|sheet| sheet.tables()) {
        if !tables.contains_key(*key)
            && let Some(table) = table(source, key)
        {
            tables.insert((*key).to_owned(), json::write(&table, &heading, &zone));
        }
    }
    let listed = sheets.iter().map(|sheet| {
        let (ready, can, why) = match sheet.readiness(contest, lang) {
            Readiness::Ready => (true, true, None),
            Readiness::Waits(why) => (false, true, Some(why)),
            Readiness::Nothing(why) => (false, false, Some(why)),
        };
        json!({"sheet": sheet.code(), "ready": ready, "can": can, "why": why})
    });
    json!({
        "contest": heading.code,
        "title": heading.title,
        "subtitle": about.subtitle,
        "venue": about.venue,
        "state": heading.state,
        "said": heading.said,
        "rehearsal": heading.rehearsal,
        "head": heading.head,
        "records": contest.seq,
        "written": zone.said(source.now),
        "yes": lang.yes(true),
        "sheets": listed.collect::<Vec<_>>(),
        "kinds": SegmentKind::ALL.iter().map(|kind| (lang.part(*kind), json!(kind))).collect::<BTreeMap<_, _>>(),
        "rounds": rounds(contest).map(|round| of_round(source, round, reader, &zone)).collect::<Vec<_>>(),
        "tables": tables,
    })
}

fn of_round(source: &Source, round: &Round, reader: Reader, zone: &Zone) -> Value {
    let (contest, lang) = (source.contest, source.lang);
    let unplaced = if reader == Reader::Office { unplaced(source, round) } else { Vec::new() };
    let state = life::of(contest, round);
    let published = life::holding(contest, round).filter(|entry| entry.step == Life::Published);
    json!({
        "name": Names { contest, lang }.round(round.id),
        "state": state.code(),
        "said": lang.life(state),
        "published": published.map(|entry| zone.said(entry.stamp.at)),
        "until": life::until(contest, round).map(|day| day.to_string()),
        "unplaced": unplaced,
        "rule": rule::sentences(lang, round),
        "draw": round.draw.as_deref().map(|draw| of_draw(draw, zone)),
    })
}

/// Who has no place, and why, as far as the hall was told: in an announcement no other reason stands.
fn unplaced(source: &Source, round: &Round) -> Vec<Value> {
    let (contest, lang) = (source.contest, source.lang);
    let names = Names { contest, lang };
    let rows = standings::order(contest, round).into_iter().filter(|row| row.place.is_none());
    let said = rows.filter_map(|row| {
        let id = row.pitch.project;
        let phase = out::phase(round.pitches.get(&id)?, &contest.published);
        let why = standings::without_place(lang, round, phase, &row);
        Some(json!({"number": names.number(id), "project": names.project(id), "why": why}))
    });
    said.collect()
}

/// What anybody needs to compute the order again, once the hall was told.
fn of_draw(draw: &Draw, zone: &Zone) -> Value {
    json!({
        "hash": draw.hash,
        "committed": zone.said(draw.committed),
        "called": draw.called,
        "secret": draw.secret,
    })
}
