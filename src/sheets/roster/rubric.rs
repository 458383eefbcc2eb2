//! The rubric: what is judged, up to how many points, in which steps, with which weight.

use crate::domain::command::blueprint::Blueprint;
use crate::domain::kernel::names::{NAME_CHARS_MAX, TEXT_CHARS_MAX};
use crate::domain::kernel::points::Points;
use crate::domain::terms::rubric::Criterion;
use crate::sheets::columns::Field;
use crate::sheets::findings::{Findings, Place, Refused};
use crate::sheets::headings::fold;
use crate::sheets::table::{Line, Seen, Table};

/// Beyond any rubric, and small enough that every weight of four decimals is a whole `u32`.
const MARK_MAX: Points = Points::from_ticks(100_000 * Points::TICKS);

/// The maximum of a criterion where the rubric has weights alone.
const MAX: Points = Points::from_ticks(100 * Points::TICKS);

pub fn read(table: &Table<'_>, blueprint: &mut Blueprint, findings: &mut Findings) {
    let lines = with_groups(table, findings);
    let weights = weights(&lines, findings);
    let mut names = Seen::default();
    if !table.has(Field::Max) {
        let place = Place::row(&table.grid.sheet, table.block.headed);
        findings.guess(place, "max-is-100", &[("max", MAX.to_string())]);
    }
    for (at, (line, group)) in lines.iter().enumerate() {
        let name = line.required(Field::Name, NAME_CHARS_MAX, findings).and_then(|name| {
            names.once((fold(group), fold(&name)), line, (Field::Name, "duplicate-name"), findings)?;
            Ok(name)
        });
        let max = max(line, findings);
        let step = step(line, max, findings);
        let scale = line.optional(Field::Scale, TEXT_CHARS_MAX, findings);
        let weight = weights.as_ref().ok().and_then(|weights| weights.get(at).copied());
        if let (Ok(name), Ok(max), Ok(step), Ok(scale), Some(weight)) = (name, max, step, scale, weight) {
            let Ok(id) = format!("c{}", at + 1).parse() else { continue };
            // What it stands under belongs to what it means.
            let scale = [group.as_str(), &scale]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
            let twin = |other: &Criterion| fold(&other.name) == fold(&name);
            let name = if blueprint.criteria.iter().any(twin) { format!("{group} · {name}") } else { name };
            blueprint.criteria.push(Criterion { id, name, scale, max, step, weight });
        }
    }
}

/// The lines with what each stands under: its own cell, the section above it, or the last that said something.
fn with_groups<'a>(table: &'a Table<'a>, findings: &mut Findings) -> Vec<(Line<'a>, String)> {
    let mut above = String::new();
    let mut lines = Vec::new();
    for line in table.lines(findings) {
        let own = line.optional(Field::Group, NAME_CHARS_MAX, findings).unwrap_or_default();
        let is_heading = !own.is_empty() && line.cell(Field::Name).is_none() && table.has(Field::Group);
        above = if own.is_empty() { above } else { own };
        if is_heading {
            // The first level with its own total: those under it say what counts.
            let said = crate::sheets::table::said(table.grid, line.row, table.block);
            findings.skip(Place::row(&table.grid.sheet, line.row), "group-row", &said);
            continue;
        }
        let group = if table.has(Field::Group) { above.clone() } else { line.section.clone() };
        lines.push((line, group));
    }
    lines
}

/// A criterion's maximum; `25%` is 25 of a hundred.
fn max(line: &Line<'_>, findings: &mut Findings) -> Result<Points, Refused> {
    if !line.table.has(Field::Max) {
        return Ok(MAX);
    }
    let text = line.text(Field::Max, findings)?;
    if let Some(percent) = fold(text).strip_suffix('%').and_then(decimal)
        && percent > Points::ZERO
        && percent <= MAX
    {
        findings.guess(
            line.place(Field::Max),
            "percent-is-points",
            &[("text", text.to_owned()), ("max", percent.to_string())],
        );
        return Ok(percent);
    }
    positive(line, Field::Max, "bad-max", findings)?
        .ok_or_else(|| findings.refuse(line.place(Field::Max), "missing-max", &[]))
}

/// A decimal above zero; `None` for an empty cell.
fn positive(
    line: &Line<'_>,
    field: Field,
    code: &'static str,
    findings: &mut Findings,
) -> Result<Option<Points>, Refused> {
    let text = line.text(field, findings)?;
    if text.is_empty() {
        return Ok(None);
    }
    match decimal(text) {
        Some(points) if points > Points::ZERO && points <= MARK_MAX => Ok(Some(points)),
        _ => Err(line.refuse_text(field, code, text, findings)),
    }
}

/// Reads `30`, `30.0`, `30分`, full width too.
pub fn decimal(text: &str) -> Option<Points> {
    let folded = fold(text);
    let plain = folded.strip_suffix('分').unwrap_or(&folded);
    let plain = match plain.split_once('.') {
        Some((whole, fraction)) => match fraction.trim_end_matches('0') {
            "" => whole.to_owned(),
            fraction => format!("{whole}.{fraction}"),
        },
        None => plain.to_owned(),
    };
    plain.parse().ok()
}

/// A step divides nothing larger than the maximum. Without one every mark of two decimals fits.
fn step(
    line: &Line<'_>,
    max: Result<Points, Refused>,
    findings: &mut Findings,
) -> Result<Option<Points>, Refused> {
    let step = positive(line, Field::Step, "bad-step", findings)?;
    match (step, max) {
        (Some(step), Ok(max)) if step > max => {
            Err(line.refuse_text(Field::Step, "bad-step", &step.to_string(), findings))
        }
        _ => Ok(step),
    }
}

/// Whole weights in the proportion of the column's; without a column they are the maxima.
/// One missing weight among others is an error: nobody can say on which scale it would be.
fn weights(lines: &[(Line<'_>, String)], findings: &mut Findings) -> Result<Vec<u32>, Refused> {
    let given = |line: &Line<'_>| !matches!(line.text(Field::Weight, &mut Findings::default()), Ok(""));
    let none_given = !lines.iter().any(|(line, _)| given(line));
    let mut ticks = Vec::with_capacity(lines.len());
    let mut refused = false;
    for (line, _) in lines {
        let weight = if none_given {
            Ok(max(line, &mut Findings::default()).unwrap_or(Points::ZERO))
        } else {
            weight(line, findings)
        };
        match weight {
            Ok(weight) => ticks.push(weight.ticks()),
            Err(Refused) => refused = true,
        }
    }
    if refused { Err(Refused) } else { Ok(whole(&ticks)) }
}

/// `30`, `30%` or `0.3`; zero is a criterion that does not count.
fn weight(line: &Line<'_>, findings: &mut Findings) -> Result<Points, Refused> {
    let text = line.text(Field::Weight, findings)?;
    if text.is_empty() {
        return Err(findings.refuse(line.place(Field::Weight), "missing-weight", &[]));
    }
    let folded = fold(text);
    decimal(folded.strip_suffix('%').unwrap_or(&folded))
        .filter(|weight| !weight.is_negative() && *weight <= MARK_MAX)
        .ok_or_else(|| line.refuse_text(Field::Weight, "bad-weight", text, findings))
}

/// Ticks as whole numbers in the same proportion, by the largest power of ten that fits all.
fn whole(ticks: &[i64]) -> Vec<u32> {
    let fits = |unit: &i64| ticks.iter().all(|ticks| ticks % unit == 0);
    let unit = [10_000, 1_000, 100, 10].into_iter().find(fits).unwrap_or(1);
    ticks.iter().map(|ticks| u32::try_from(ticks / unit).unwrap_or(u32::MAX)).collect()
}
