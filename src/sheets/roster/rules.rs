//! The rule sheet: one line for each thing that is set. What is not set keeps its default.

use crate::domain::command::Blueprint;
use crate::domain::programme::Timing;
use crate::domain::scoring::rule::Rule;
use crate::sheets::findings::{Findings, Refused};
use crate::sheets::headings::Field;
use crate::sheets::table::{Line, Table};
use crate::sheets::vocabulary::{self, Topic};
use std::collections::BTreeSet;

/// Longest pitch or Q&A, in minutes.
const MINUTES_MAX: u32 = 180;
const DECIMALS_MAX: u32 = 4;

pub fn read(table: &Table<'_>, blueprint: &mut Blueprint, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for line in table.lines(findings) {
        // The refusal is on the list of findings; the other lines are still read.
        let _on_the_list = one(&line, &mut seen, blueprint, findings);
    }
}

fn one(
    line: &Line<'_>,
    seen: &mut BTreeSet<Topic>,
    blueprint: &mut Blueprint,
    findings: &mut Findings,
) -> Result<(), Refused> {
    let key = line.text(Field::Key, findings)?;
    let Some(topic) = vocabulary::topic(key) else {
        let params = [("text", key.to_owned()), ("allowed", vocabulary::topic_words())];
        return Err(findings.refuse(line.place(Field::Key), "unknown-rule", &params));
    };
    if !seen.insert(topic) {
        return Err(line.refuse_text(Field::Key, "duplicate-rule", key, findings));
    }
    let value = line.text(Field::Value, findings)?;
    match topic {
        Topic::PitchMinutes => {
            let secs = 60 * number(line, value, MINUTES_MAX, findings)?;
            blueprint.timing.get_or_insert_with(Timing::default).pitch_secs = secs;
        }
        Topic::QaMinutes => {
            let secs = 60 * number(line, value, MINUTES_MAX, findings)?;
            blueprint.timing.get_or_insert_with(Timing::default).qa_secs = secs;
        }
        Topic::Decimals => {
            let decimals = number(line, value, DECIMALS_MAX, findings)?;
            let rule = blueprint.rule.take().unwrap_or_default();
            blueprint.rule = Some(Rule { decimals: u8::try_from(decimals).unwrap_or(2), ..rule });
        }
        Topic::Method => {
            let rule = blueprint.rule.clone().unwrap_or_default();
            let Some(rule) = vocabulary::with_method(value, rule) else {
                let params = [("text", value.to_owned()), ("allowed", vocabulary::method_words())];
                return Err(findings.refuse(line.place(Field::Value), "unknown-method", &params));
            };
            blueprint.rule = Some(rule);
        }
    }
    Ok(())
}

fn number(line: &Line<'_>, text: &str, max: u32, findings: &mut Findings) -> Result<u32, Refused> {
    let plain = text.strip_suffix(".0").unwrap_or(text).trim_end_matches("分钟").trim();
    match plain.parse::<u32>() {
        Ok(number) if number <= max => Ok(number),
        _ => Err(line.refuse_text(Field::Value, "bad-number", text, findings)),
    }
}
