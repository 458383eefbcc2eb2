//! The programme: what comes before, between and after the pitches.
//!
//! A segment's place is a count of pitches, or a project by its number; where that stands `decide` knows.

use crate::domain::command::blueprint::{Blueprint, BlueprintSegment};
use crate::domain::kernel::ids::{ProjectId, SegmentId};
use crate::domain::kernel::names::{self, NAME_CHARS_MAX};
use crate::domain::kernel::points::Points;
use crate::domain::state::timer::TIMER_SECS_MAX;
use crate::domain::terms::programme::{NAMES_MAX, SEGMENTS_MAX, Segment, SegmentKind};
use crate::sheets::columns::Field;
use crate::sheets::findings::{Findings, Refused};
use crate::sheets::headings::fold;
use crate::sheets::table::{Line, Table};
use crate::sheets::topic::{Words, number};
use crate::sheets::vocabulary;

/// Before all pitches.
pub const START: Words = &["开头", "最前", "start", "at the start"];
/// After all pitches.
pub const END: Words = &["最后", "末尾", "end", "at the end"];
/// What stands around a project's number.
const BEFORE: &[(&str, &str)] = &[
    ("项目", "之前"),
    ("项目", "前"),
    ("", "号项目之前"),
    ("", "号项目前"),
    ("", "号之前"),
    ("", "号前"),
    ("beforeproject", ""),
    ("beforeno.", ""),
];
/// What stands around a count of pitches.
const AFTER: &[(&str, &str)] = &[
    ("", "个项目之后"),
    ("", "个项目后"),
    ("", "场路演之后"),
    ("", "场路演后"),
    ("after", "pitches"),
    ("after", "pitch"),
];
/// One of each, as it is offered in Chinese and in English.
pub const PLACES: [&str; 2] =
    ["开头 / 项目3之前 / 2个项目之后 / 最后", "start / before project 3 / after 2 pitches / end"];
/// Highest number of a project, and of pitches.
const NUMBER_MAX: u32 = 9_999;
const MINUTES: Words = &["分钟", "分", "minutes", "minute", "min"];

/// Where a segment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    After(u16),
    Before(ProjectId),
    End,
}

pub fn read(table: &Table<'_>, blueprint: &mut Blueprint, findings: &mut Findings) {
    // A project that is missing may be one whose line could not be read.
    let knows_projects = findings.are_clean() && !blueprint.projects.is_empty();
    let lines = table.lines(findings);
    if let Some(line) = lines.get(SEGMENTS_MAX) {
        let max = [("max", SEGMENTS_MAX.to_string())];
        findings.refuse(line.place(Field::Segment), "too-many-segments", &max);
        return;
    }
    for (id, line) in (1..).map(SegmentId).zip(lines) {
        let kind = kind(&line, findings);
        let proposed = kind.map(|(_, title)| title);
        let title = title(&line, proposed, findings);
        let (names, secs) = (list(&line, findings), secs(&line, findings));
        let place = place(&line, findings).and_then(|place| match place {
            Place::Before(project) if knows_projects && !is_listed(blueprint, project) => {
                Err(line.refuse_text(Field::Position, "unknown-project", &project.0.to_string(), findings))
            }
            place => Ok(place),
        });
        if let (Ok((kind, _)), Ok(title), Ok(names), Ok(secs), Ok(place)) = (kind, title, names, secs, place)
        {
            let (after, before) = match place {
                Place::After(count) => (Some(count), None),
                Place::Before(project) => (None, Some(project)),
                Place::End => (None, None),
            };
            let segment = Segment { id, kind, title, names, secs, after };
            blueprint.segments.push(BlueprintSegment { segment, before });
        }
    }
}

fn is_listed(blueprint: &Blueprint, project: ProjectId) -> bool {
    blueprint.projects.iter().any(|row| row.id == project)
}

fn kind(line: &Line<'_>, findings: &mut Findings) -> Result<(SegmentKind, &'static str), Refused> {
    let text = line.text(Field::Segment, findings)?;
    vocabulary::segment(text)
        .ok_or_else(|| refused(line, (Field::Segment, text), &vocabulary::segment_words(), findings))
}

/// As typed, or what goes with the kind.
fn title(
    line: &Line<'_>,
    proposed: Result<&'static str, Refused>,
    findings: &mut Findings,
) -> Result<String, Refused> {
    let title = line.optional(Field::Name, NAME_CHARS_MAX, findings)?;
    if title.is_empty() { Ok(proposed?.to_owned()) } else { Ok(title) }
}

/// Names between 、 or ; or each on a line of the cell.
fn list(line: &Line<'_>, findings: &mut Findings) -> Result<Vec<String>, Refused> {
    let text = line.text(Field::Names, findings)?;
    let mut names = Vec::new();
    for part in text.split(['、', ';', '\u{ff1b}', '\n', '\r']) {
        let name = names::optional(part, NAME_CHARS_MAX)
            .map_err(|problem| line.refuse_name(Field::Names, problem, findings))?;
        names.extend(Some(name).filter(|name| !name.is_empty()));
    }
    if names.len() > NAMES_MAX {
        let max = [("max", NAMES_MAX.to_string())];
        return Err(findings.refuse(line.place(Field::Names), "too-many-names", &max));
    }
    Ok(names)
}

fn secs(line: &Line<'_>, findings: &mut Findings) -> Result<u32, Refused> {
    let text = line.timed(Field::Minutes, findings)?;
    match minutes(&text) {
        Some(secs) => Ok(secs),
        None => Err(line.refuse_text(Field::Minutes, "bad-minutes", &text, findings)),
    }
}

/// Seconds of `10`, `2.5`, `10 分钟` or `2:30`; none in an empty cell.
fn minutes(text: &str) -> Option<u32> {
    let folded = fold(text);
    let plain = MINUTES.iter().find_map(|word| folded.strip_suffix(word)).unwrap_or(&folded);
    if plain.is_empty() {
        return text.is_empty().then_some(0);
    }
    // A spreadsheet saves a time as hours, minutes and seconds.
    let plain = plain
        .strip_prefix("0:")
        .or_else(|| plain.strip_prefix("00:"))
        .filter(|rest| rest.contains(':'))
        .unwrap_or(plain);
    let secs = match plain.split_once(':') {
        Some((minutes, secs)) if secs.len() == 2 => {
            60 * number(minutes, TIMER_SECS_MAX / 60).ok()? + number(secs, 59).ok()?
        }
        Some(_) => return None,
        None => {
            let ticks = super::rubric::decimal(plain)?.ticks().checked_mul(60)?;
            (ticks % Points::TICKS == 0).then(|| u32::try_from(ticks / Points::TICKS).ok())??
        }
    };
    (secs <= TIMER_SECS_MAX).then_some(secs)
}

fn place(line: &Line<'_>, findings: &mut Findings) -> Result<Place, Refused> {
    let text = line.text(Field::Position, findings)?;
    let allowed = PLACES[usize::from(text.is_ascii() && !text.is_empty())];
    position(text).ok_or_else(|| refused(line, (Field::Position, text), allowed, findings))
}

/// What a cell says of a segment's place.
pub fn position(text: &str) -> Option<Place> {
    let folded = fold(text);
    let is = |words: Words| words.iter().any(|word| fold(word) == folded);
    let count = |around: &[(&str, &str)]| {
        let inner = |(before, after): &(&str, &str)| {
            folded.strip_prefix(before).and_then(|rest| rest.strip_suffix(after))
        };
        let counts = around.iter().filter_map(inner).find_map(|digits| number(digits, NUMBER_MAX).ok());
        counts.and_then(|count| u16::try_from(count).ok())
    };
    match () {
        () if is(START) => Some(Place::After(0)),
        () if is(END) => Some(Place::End),
        () => {
            let before = count(BEFORE).map(|number| Place::Before(ProjectId(number)));
            before.or_else(|| count(AFTER).map(Place::After))
        }
    }
}

fn refused(line: &Line<'_>, (field, text): (Field, &str), allowed: &str, findings: &mut Findings) -> Refused {
    let allowed = ("allowed", allowed.to_owned());
    if text.is_empty() {
        return findings.refuse(line.place(field), "missing-word", &[allowed]);
    }
    let quoted = names::clean(text).chars().take(40).collect();
    findings.refuse(line.place(field), "unknown-word", &[("text", quoted), allowed])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_in_one_of_a_few_ways() {
        let before = |number| Some(Place::Before(ProjectId(number)));
        let cases = [
            ("开头", Some(Place::After(0))),
            ("At the start", Some(Place::After(0))),
            ("最后", Some(Place::End)),
            ("END", Some(Place::End)),
            ("项目3之前", before(3)),
            ("项目 12 前", before(12)),
            ("3号项目前", before(3)),
            ("before project 3", before(3)),
            ("Before No. 7", before(7)),
            ("2个项目之后", Some(Place::After(2))),
            ("6场路演后", Some(Place::After(6))),
            ("after 1 pitch", Some(Place::After(1))),
            ("after 10 pitches", Some(Place::After(10))),
        ];
        for (text, place) in cases {
            assert_eq!(position(text), place, "{text}");
        }
        for text in ["", "3", "项目前", "after project 3", "第三个", "before", "项目-1前", "99999个项目后"]
        {
            assert_eq!(position(text), None, "{text}");
        }
        for offered in PLACES.into_iter().flat_map(|places| places.split(" / ")) {
            assert!(position(offered).is_some(), "{offered}");
        }
    }

    #[test]
    fn minutes_are_whole_seconds() {
        for (text, secs) in [
            ("", 0),
            ("0", 0),
            ("10", 600),
            ("10.0", 600),
            ("2.5", 150),
            ("2.50", 150),
            ("10 分钟", 600),
            ("1:30", 90),
            ("90分", 5_400),
            ("15 min", 900),
            ("600", TIMER_SECS_MAX),
        ] {
            assert_eq!(minutes(text), Some(secs), "{text}");
        }
        for text in ["半小时", "601", "-1", "1:5", "1:60", "0.001", "1:00:00", "分钟", "600:01", "1e3"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
