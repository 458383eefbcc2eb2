//! The rule sheet: one line for each thing that is set. What is not set keeps its default.

use crate::domain::command::Blueprint;
use crate::domain::scoring::rule::Rule;
use crate::sheets::findings::{Findings, Refused};
use crate::sheets::headings::Field;
use crate::sheets::table::{Line, Table};
use crate::sheets::vocabulary::{self, Topic, Wrong};
use std::collections::BTreeSet;

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
    let (before_rule, before_timing) = (blueprint.rule.clone(), blueprint.timing);
    let (mut rule, mut timing) = (before_rule.clone().unwrap_or_default(), before_timing.unwrap_or_default());
    match vocabulary::set(topic, value, &mut rule, &mut timing) {
        Ok(()) => {
            // What the line did not touch stays unset.
            let is_timing = matches!(topic, Topic::PitchMinutes | Topic::QaMinutes);
            blueprint.timing = if is_timing { Some(timing) } else { before_timing };
            blueprint.rule = if is_timing { before_rule } else { Some::<Rule>(rule) };
            Ok(())
        }
        Err(Wrong::NotANumber) => Err(line.refuse_text(Field::Value, "bad-number", value, findings)),
        Err(Wrong::NotAWord(allowed)) => {
            let code = if topic == Topic::Method { "unknown-method" } else { "unknown-word" };
            let params = [("text", value.to_owned()), ("allowed", allowed)];
            Err(findings.refuse(line.place(Field::Value), code, &params))
        }
    }
}
