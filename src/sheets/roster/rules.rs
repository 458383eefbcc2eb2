//! The rule sheet: one line for each thing that is set. What is not set keeps its default.

use crate::domain::command::blueprint::Blueprint;
use crate::domain::scoring::rule::Method;
use crate::sheets::columns::Field;
use crate::sheets::findings::{Findings, Refused};
use crate::sheets::overtime::Clash;
use crate::sheets::table::{Line, Table};
use crate::sheets::topic::{self, Topic, Wrong};
use crate::sheets::vocabulary::{self, Said};
use std::collections::BTreeMap;

/// The line that says something, by what it says.
type Seen<'a> = BTreeMap<Topic, Line<'a>>;

/// Reads the sheet; true where it names a method.
pub fn read(table: &Table<'_>, blueprint: &mut Blueprint, findings: &mut Findings) -> bool {
    let (mut said, mut seen) = (Said::default(), Seen::new());
    for line in table.lines(findings) {
        // The refusal is on the list of findings; the other lines are still read.
        let _on_the_list = one(&line, &mut seen, &mut said, findings);
    }
    // A line that could not be read is named already; without it the others make no sense.
    if seen.keys().filter(|topic| topic.is_overtime()).count() == said.overtime.said().count() {
        let _on_the_list = overtime(&mut said, &seen, findings);
    }
    // What no line touches stays unset.
    blueprint.timing = seen.keys().any(|topic| topic.is_timing()).then_some(said.timing);
    blueprint.window = seen.keys().any(|topic| topic.is_window()).then_some(said.window);
    let of_rule = |topic: &Topic| !topic.is_timing() && !topic.is_window();
    blueprint.rule = seen.keys().any(of_rule).then_some(said.rule);
    seen.contains_key(&Topic::Method)
}

fn one<'a>(
    line: &Line<'a>,
    seen: &mut Seen<'a>,
    said: &mut Said,
    findings: &mut Findings,
) -> Result<(), Refused> {
    let key = line.text(Field::Key, findings)?;
    let Some(topic) = topic::topic(key) else {
        let params = [("text", key.to_owned()), ("allowed", topic::topic_words())];
        return Err(findings.refuse(line.place(Field::Key), "unknown-rule", &params));
    };
    if seen.insert(topic, line.clone()).is_some() {
        return Err(line.refuse_text(Field::Key, "duplicate-rule", key, findings));
    }
    let value = &*line.timed(Field::Value, findings)?;
    vocabulary::set(topic, value, said).map_err(|wrong| match wrong {
        Wrong::NotANumber => line.refuse_text(Field::Value, "bad-number", value, findings),
        Wrong::NotSteps => line.refuse_text(Field::Value, "bad-steps", value, findings),
        Wrong::NotAWord(allowed) => {
            let code = if topic == Topic::Method { "unknown-method" } else { "unknown-word" };
            let params = [("text", value.to_owned()), ("allowed", allowed)];
            findings.refuse(line.place(Field::Value), code, &params)
        }
    })
}

/// The lines about overtime make one table together, or one of them is named.
fn overtime(said: &mut Said, seen: &Seen<'_>, findings: &mut Findings) -> Result<(), Refused> {
    let mut refuse = |topic: Topic, field: Field, code, params: &[(&'static str, String)]| {
        // Every topic that a clash names has a line.
        seen.get(&topic).map_or(Refused, |line| findings.refuse(line.place(field), code, params))
    };
    said.rule.overtime = said.overtime.table().map_err(|clash| match clash {
        Clash::BothWays(topic) => refuse(topic, Field::Key, "overtime-both-ways", &[]),
        Clash::Missing(topic, missing) => {
            let params = [("missing", missing.word().to_owned())];
            refuse(topic, Field::Key, "overtime-incomplete", &params)
        }
        Clash::CapTooLow => refuse(Topic::OvertimeCap, Field::Value, "overtime-cap-too-low", &[]),
    })?;
    if said.rule.overtime.is_some() && said.rule.method == Method::RankSum {
        let topic = said.overtime.said().next().unwrap_or(Topic::Method);
        return Err(refuse(topic, Field::Key, "overtime-with-rank-sum", &[]));
    }
    Ok(())
}
