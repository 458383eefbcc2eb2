//! The panel.

use crate::domain::command::blueprint::Blueprint;
use crate::domain::kernel::ids::JudgeId;
use crate::domain::kernel::names::NAME_CHARS_MAX;
use crate::domain::terms::roster::Judge;
use crate::sheets::findings::{Findings, Refused};
use crate::sheets::headings::{Field, fold};
use crate::sheets::table::{Line, Seen, Table};

const YES: [&str; 9] = ["是", "yes", "y", "true", "1", "√", "✓", "✔", "组长"];
const NO: [&str; 8] = ["", "否", "no", "n", "false", "0", "-", "×"];

pub fn read(table: &Table<'_>, blueprint: &mut Blueprint, findings: &mut Findings) {
    let (mut numbers, mut names, mut chairs) = (Seen::default(), Seen::default(), Seen::default());
    for (at, line) in table.lines(findings).into_iter().enumerate() {
        let number = line.number(at + 1, findings).and_then(|number| {
            numbers.once(number, &line, (Field::Number, "duplicate-number"), findings)?;
            Ok(JudgeId(number))
        });
        let name = line.required(Field::Name, NAME_CHARS_MAX, findings).and_then(|name| {
            names.once(fold(&name), &line, (Field::Name, "duplicate-name"), findings)?;
            Ok(name)
        });
        let unit = line.optional(Field::Unit, NAME_CHARS_MAX, findings);
        let chairs = chairs_this(&line, findings).and_then(|yes| {
            if yes {
                chairs.once((), &line, (Field::Chair, "second-chair"), findings)?;
            }
            Ok(yes)
        });
        if let (Ok(id), Ok(name), Ok(unit), Ok(chairs)) = (number, name, unit, chairs) {
            if chairs {
                blueprint.chair = Some(id);
            }
            blueprint.judges.push(Judge { id, name, unit });
        }
    }
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
