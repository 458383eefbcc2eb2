//! The lists of projects: one table, or one for each track.

use super::numbers::{self, Numeral};
use super::origin::Origin;
use crate::domain::command::blueprint::{Blueprint, BlueprintProject};
use crate::domain::kernel::ids::ProjectId;
use crate::domain::kernel::names::{
    CODE_CHARS_MAX, NAME_CHARS_MAX, NameProblem, SHORT_CHARS_MAX, propose_short,
};
use crate::sheets::answers::Answers;
use crate::sheets::columns::Field;
use crate::sheets::findings::{Findings, Place, Refused};
use crate::sheets::headings::{Kind, fold};
use crate::sheets::table::{Line, Seen, Table};
use std::collections::BTreeMap;

/// What the lines of all tables said so far.
#[derive(Default)]
pub struct Lists {
    rows: Vec<(BlueprintProject, Numeral, Origin)>,
    /// Names as they are written, and names alike, by their row.
    names: Seen<String>,
    alike: BTreeMap<String, u32>,
}

impl Lists {
    /// `track`: what the sheet is called, where that says it.
    pub fn read(
        &mut self,
        table: &Table<'_>,
        track: &str,
        answers: &Answers,
        tracks: &mut Vec<String>,
        findings: &mut Findings,
    ) {
        let mut numbers = Seen::default();
        let mut above: Option<String> = None;
        for line in table.lines(findings) {
            let numeral = numbers::read(&line, findings).and_then(|numeral| {
                // Each section may count for itself.
                if let Some(number) = numeral.number() {
                    let once = (line.section.clone(), number);
                    numbers.once(once, &line, (Field::Number, "duplicate-number"), findings)?;
                }
                Ok(numeral)
            });
            let name = line.required(Field::Name, NAME_CHARS_MAX, findings).and_then(|name| {
                self.names.once(name.clone(), &line, (Field::Name, "duplicate-name"), findings)?;
                if let Some(row) = self.alike.insert(fold(&name), line.row) {
                    findings.guess(
                        line.place(Field::Name),
                        "names-alike",
                        &[("text", name.clone()), ("row", row.to_string())],
                    );
                }
                Ok(name)
            });
            // The rest of the line is looked at in any case: every error is named at once.
            let track = track_of(&line, track, above.as_deref().filter(|_| !answers.blank_tracks), findings);
            if let Ok(said) = line.text(Field::Track, &mut Findings::default())
                && (!said.is_empty() || line.at == 0)
            {
                above = (!said.is_empty()).then(|| said.to_owned());
            }
            let rest = details(&line, findings);
            if let (Ok(numeral), Ok(name), Ok(track), Ok(rest)) = (numeral, name, track, rest) {
                let Details { code, short, unit, presenter, say } = rest;
                let short = if short.is_empty() { propose_short(&name) } else { short };
                let code = match &numeral {
                    Numeral::Code(written, _) if code.is_empty() => written.clone(),
                    _ => code,
                };
                let (id, track) = (ProjectId(0), track_index(track, tracks));
                let row = BlueprintProject { id, code, name, short, track, unit, presenter, say };
                self.rows.push((row, numeral, Origin::of(&line)));
            }
        }
    }

    /// The projects with their ids, and where each stands in the file.
    pub fn finish(self, blueprint: &mut Blueprint, findings: &mut Findings) -> Vec<Origin> {
        let numerals: Vec<Numeral> = self.rows.iter().map(|(_, numeral, _)| numeral.clone()).collect();
        let (ids, by_number) = numbers::ids(&numerals);
        if let (false, Some((_, _, origin))) =
            (by_number, self.rows.first().filter(|row| row.1 != Numeral::None))
        {
            findings.guess(Place::sheet(&origin.sheet), "numbered-by-position", &[]);
        }
        let mut origins = Vec::new();
        for ((project, _, origin), id) in self.rows.into_iter().zip(ids) {
            blueprint.projects.push(BlueprintProject { id: ProjectId(id), ..project });
            origins.push(Origin { numbered: by_number, ..origin });
        }
        origins
    }
}

struct Details {
    code: String,
    short: String,
    unit: String,
    presenter: String,
    say: String,
}

fn details(line: &Line<'_>, findings: &mut Findings) -> Result<Details, Refused> {
    let code = line.numbered(Field::Code, findings).and_then(|text| {
        let chars = text.chars().count();
        let problem = NameProblem::TooLong { chars, max: CODE_CHARS_MAX };
        if chars > CODE_CHARS_MAX { Err(line.refuse_name(Field::Code, problem, findings)) } else { Ok(text) }
    });
    let short = line.optional(Field::Short, SHORT_CHARS_MAX, findings);
    let unit = line.optional(Field::Unit, NAME_CHARS_MAX, findings);
    let presenter = line.optional(Field::Presenter, NAME_CHARS_MAX, findings);
    let say = line.optional(Field::Say, NAME_CHARS_MAX, findings);
    Ok(Details { code: code?, short: short?, unit: unit?, presenter: presenter?, say: say? })
}

/// What the line says, or its section, or the line above where that column is only filled where it changes, or the sheet.
fn track_of(
    line: &Line<'_>,
    sheet: &str,
    above: Option<&str>,
    findings: &mut Findings,
) -> Result<String, Refused> {
    let own = line.optional(Field::Track, NAME_CHARS_MAX, findings)?;
    if !own.is_empty() {
        return Ok(own);
    }
    if !line.section.is_empty() {
        return Ok(line.section.clone());
    }
    if let Some(above) = above {
        findings.guess(line.place(Field::Track), "track-from-above", &[("text", above.to_owned())]);
        return Ok(above.to_owned());
    }
    if !sheet.is_empty() {
        findings.guess(
            Place::sheet(&line.table.grid.sheet),
            "track-from-sheet",
            &[("text", sheet.to_owned())],
        );
    }
    Ok(sheet.to_owned())
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

/// What a sheet's name says of the track of its projects: nothing where it only says that they are projects.
pub fn track_of_sheet(name: &str, several: bool) -> String {
    let folded = fold(name);
    let generic = ["sheet", "工作表", "table"].iter().any(|word| folded.starts_with(word));
    let says_track = ["组", "赛道", "track", "group"].iter().any(|word| folded.contains(word));
    let is_track = !generic
        && Kind::of_sheet(name).is_none()
        && (says_track || (several && Kind::spoken_of(name).is_none()));
    if is_track { name.trim().to_owned() } else { String::new() }
}
