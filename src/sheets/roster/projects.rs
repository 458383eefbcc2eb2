//! The list of projects.

use crate::domain::command::blueprint::{Blueprint, BlueprintProject};
use crate::domain::kernel::ids::ProjectId;
use crate::domain::kernel::names::{NAME_CHARS_MAX, SHORT_CHARS_MAX, propose_short};
use crate::sheets::findings::{Findings, Refused};
use crate::sheets::headings::{Field, fold};
use crate::sheets::table::{Line, Seen, Table};

pub fn read(table: &Table<'_>, blueprint: &mut Blueprint, findings: &mut Findings) {
    let (mut numbers, mut names) = (Seen::default(), Seen::default());
    for (at, line) in table.lines(findings).into_iter().enumerate() {
        let number = line.number(at + 1, findings).and_then(|number| {
            numbers.once(number, &line, (Field::Number, "duplicate-number"), findings)?;
            Ok(number)
        });
        let name = line.required(Field::Name, NAME_CHARS_MAX, findings).and_then(|name| {
            names.once(fold(&name), &line, (Field::Name, "duplicate-name"), findings)?;
            Ok(name)
        });
        // The rest of the line is looked at in any case: every error is named at once.
        let rest = details(&line, &mut blueprint.tracks, findings);
        if let (Ok(number), Ok(name), Ok(rest)) = (number, name, rest) {
            let Details { short, track, unit, presenter, say } = rest;
            let short = if short.is_empty() { propose_short(&name) } else { short };
            let id = ProjectId(number);
            blueprint.projects.push(BlueprintProject { id, name, short, track, unit, presenter, say });
        }
    }
}

struct Details {
    short: String,
    track: Option<usize>,
    unit: String,
    presenter: String,
    say: String,
}

fn details(line: &Line<'_>, tracks: &mut Vec<String>, findings: &mut Findings) -> Result<Details, Refused> {
    let short = line.optional(Field::Short, SHORT_CHARS_MAX, findings);
    let track = line.optional(Field::Track, NAME_CHARS_MAX, findings);
    let unit = line.optional(Field::Unit, NAME_CHARS_MAX, findings);
    let presenter = line.optional(Field::Presenter, NAME_CHARS_MAX, findings);
    let say = line.optional(Field::Say, NAME_CHARS_MAX, findings);
    let track = track_index(track?, tracks);
    Ok(Details { short: short?, track, unit: unit?, presenter: presenter?, say: say? })
}

/// The track's position, in the order of first appearance; spaces and case do not make another track.
fn track_index(name: String, tracks: &mut Vec<String>) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let known = tracks.iter().position(|track| fold(track) == fold(&name));
    Some(known.unwrap_or_else(|| {
        tracks.push(name);
        tracks.len() - 1
    }))
}
