//! The panel.

use super::numbers::{self, Numeral};
use super::origin::Origin;
use crate::domain::command::blueprint::Blueprint;
use crate::domain::kernel::ids::JudgeId;
use crate::domain::kernel::names::NAME_CHARS_MAX;
use crate::domain::terms::roster::Judge;
use crate::sheets::columns::Field;
use crate::sheets::findings::{Findings, Place, Refused};
use crate::sheets::headings::fold;
use crate::sheets::table::{Line, Seen, Table};

const YES: [&str; 9] = ["是", "yes", "y", "true", "1", "√", "✓", "✔", "组长"];
const NO: [&str; 8] = ["", "否", "no", "n", "false", "0", "-", "×"];

pub fn read(table: &Table<'_>, blueprint: &mut Blueprint, findings: &mut Findings) -> Vec<Origin> {
    let (mut seats, mut names, mut alike, mut chairs) =
        (Seen::default(), Seen::default(), Seen::default(), Seen::default());
    let mut rows: Vec<(Judge, Numeral, Origin, bool)> = Vec::new();
    for line in table.lines(findings) {
        let number = numbers::read(&line, findings).and_then(|numeral| {
            if let Some(number) = numeral.number() {
                seats.once(number, &line, (Field::Number, "duplicate-number"), findings)?;
            }
            Ok(numeral)
        });
        let unit = line.optional(Field::Unit, NAME_CHARS_MAX, findings);
        let name = line.required(Field::Name, NAME_CHARS_MAX, findings).and_then(|name| {
            // Two of one name are told apart by their unit or their seat.
            let seat = number.as_ref().ok().and_then(Numeral::number);
            let apart = (fold(&name), unit.as_ref().map_or(String::new(), |unit| fold(unit)), seat);
            names.once(apart, &line, (Field::Name, "duplicate-name"), findings)?;
            if alike.once(fold(&name), &line, (Field::Name, "names-alike"), &mut Findings::default()).is_err()
            {
                findings.guess(line.place(Field::Name), "judges-alike", &[("text", name.clone())]);
            }
            Ok(name)
        });
        let chairs = chairs_this(&line, findings).and_then(|yes| {
            if yes {
                chairs.once((), &line, (Field::Chair, "second-chair"), findings)?;
            }
            Ok(yes)
        });
        if let (Ok(number), Ok(name), Ok(unit), Ok(chairs)) = (number, name, unit, chairs) {
            rows.push((Judge { id: JudgeId(0), name, unit }, number, Origin::of(&line), chairs));
        }
    }
    let numerals: Vec<Numeral> = rows.iter().map(|row| row.1.clone()).collect();
    let (ids, by_number) = numbers::ids(&numerals);
    if let (false, Some((_, _, origin, _))) = (by_number, rows.first().filter(|row| row.1 != Numeral::None)) {
        findings.guess(Place::sheet(&origin.sheet), "numbered-by-position", &[]);
    }
    let mut origins = Vec::new();
    for ((judge, _, origin, chairs), id) in rows.into_iter().zip(ids.into_iter().map(JudgeId)) {
        if chairs {
            blueprint.chair = Some(id);
        }
        blueprint.judges.push(Judge { id, ..judge });
        origins.push(Origin { numbered: by_number, ..origin });
    }
    origins
}

fn chairs_this(line: &Line<'_>, findings: &mut Findings) -> Result<bool, Refused> {
    let text = line.text(Field::Chair, findings)?;
    let folded = fold(text);
    match () {
        () if YES.contains(&folded.as_str()) => Ok(true),
        () if NO.contains(&folded.as_str()) => Ok(false),
        () => Err(line.refuse_text(Field::Chair, "not-yes-or-no", text, findings)),
    }
}
