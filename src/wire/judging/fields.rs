//! A document's values, one kind each: what is of another kind is noted, and the others are still read.

use crate::domain::kernel::names;
use crate::domain::kernel::points::Points;
use crate::domain::scoring::rule::{Rule, Tie};
use crate::wire::judging::mistake::{Kind, Mistake, Wrong};
use crate::wire::judging::tree::Step;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Longest id of a project or a judge, in characters.
const ID_CHARS_MAX: usize = 64;

/// The mistakes so far.
pub type Mistakes = Vec<Mistake>;

/// An object of these keys; a key that is none of them is noted.
pub fn object<'v>(
    value: &'v Value,
    step: &Step<'_>,
    keys: &'static [&'static str],
    found: &mut Mistakes,
) -> Option<&'v Map<String, Value>> {
    let map = any_object(value, step, found)?;
    let unknown = map.keys().filter(|key| !keys.contains(&key.as_str()));
    found.extend(unknown.map(|key| Step::Key(step, key).wrong(Wrong::Unknown(keys))));
    Some(map)
}

/// An object whose keys are ids.
pub fn any_object<'v>(
    value: &'v Value,
    step: &Step<'_>,
    found: &mut Mistakes,
) -> Option<&'v Map<String, Value>> {
    expect(value.as_object(), Kind::Object, step, found)
}

pub fn list<'v>(value: &'v Value, step: &Step<'_>, found: &mut Mistakes) -> Option<&'v Vec<Value>> {
    expect(value.as_array(), Kind::List, step, found)
}

pub fn text<'v>(value: &'v Value, step: &Step<'_>, found: &mut Mistakes) -> Option<&'v str> {
    expect(value.as_str(), Kind::Text, step, found)
}

pub fn whole(value: &Value, step: &Step<'_>, found: &mut Mistakes) -> Option<u64> {
    expect(value.as_u64(), Kind::Whole, step, found)
}

/// A whole number of at most 32 bits.
pub fn small(value: &Value, step: &Step<'_>, found: &mut Mistakes) -> Option<u32> {
    expect(value.as_u64().and_then(|number| number.try_into().ok()), Kind::Whole, step, found)
}

fn expect<T>(value: Option<T>, kind: Kind, step: &Step<'_>, found: &mut Mistakes) -> Option<T> {
    if value.is_none() {
        found.push(step.wrong(Wrong::Kind(kind)));
    }
    value
}

/// Points, written as text.
pub fn points(value: &Value, step: &Step<'_>, found: &mut Mistakes) -> Option<Points> {
    let read = match value {
        Value::String(text) => text.parse().map_err(Wrong::Points),
        Value::Number(_) => Err(Wrong::Number),
        _ => Err(Wrong::Kind(Kind::Text)),
    };
    read.map_err(|wrong| found.push(step.wrong(wrong))).ok()
}

/// A member that has to be there.
pub fn member<'v>(
    map: &'v Map<String, Value>,
    key: &'static str,
    step: &Step<'_>,
    found: &mut Mistakes,
) -> Option<&'v Value> {
    let value = map.get(key);
    if value.is_none() {
        found.push(step.wrong(Wrong::Missing(key)));
    }
    value
}

/// A member that may be missing or `null`.
pub fn optional<'v>(map: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    map.get(key).filter(|value| !value.is_null())
}

/// The id of a project or a judge.
pub fn id<'v>(value: &'v Value, step: &Step<'_>, found: &mut Mistakes) -> Option<&'v str> {
    let id = text(value, step, found)?;
    let chars = id.chars().count();
    let wrong = if id.trim() != id {
        Some(Wrong::Spaced(id.to_owned()))
    } else if !(1..=ID_CHARS_MAX).contains(&chars) {
        Some(Wrong::Length(ID_CHARS_MAX))
    } else {
        steers(id).then_some(Wrong::Control)
    };
    match wrong {
        Some(wrong) => {
            found.push(step.wrong(wrong));
            None
        }
        None => Some(id),
    }
}

/// It has characters that steer a terminal or turn the direction of reading.
pub fn steers(text: &str) -> bool {
    text.contains('\n') || names::clean(text) != text.trim()
}

const RULE: &[&str] = &[
    "method",
    "trim",
    "drop",
    "min_keep",
    "missing",
    "decimals",
    "rounding",
    "round_at",
    "rank_on",
    "min_judges",
    "lambda",
    "ties",
    "seed",
    "audience",
    "overtime",
    "disqualified",
    "ranking",
];
const TIES: &[&str] = &[
    "exact",
    "criterion:ID",
    "countback",
    "head_to_head",
    "median",
    "untrimmed_sum",
    "highest",
    "lot",
    "chair",
    "share",
];
/// The keys that take one of a few words.
const WORDS: &[(&str, &[&str])] = &[
    ("method", &["mean", "trimmed_mean", "median", "rank_sum", "severity"]),
    ("trim", &["judge", "criterion"]),
    ("missing", &["leave_out", "fill_mean"]),
    ("rounding", &["half_away", "half_even", "truncate"]),
    ("round_at", &["end", "each_step"]),
    ("rank_on", &["published", "exact"]),
    ("disqualified", &["named", "left_out"]),
    ("ranking", &["overall", "by_track", "both"]),
    ("scale", &["matched", "rank_points", "share_of_max"]),
];

/// The rule, and whether it names its method.
pub fn rule(value: &Value, step: &Step<'_>, found: &mut Mistakes) -> Option<(Rule, bool)> {
    let before = found.len();
    let map = object(value, step, RULE, found)?;
    for (key, value) in map {
        let step = Step::Key(step, key);
        match key.as_str() {
            "min_judges" if value.is_null() => {}
            "drop" | "min_keep" | "decimals" | "min_judges" => {
                small(value, &step, found);
            }
            "lambda" => {
                points(value, &step, found);
            }
            "seed" if !value.is_null() => {
                text(value, &step, found);
            }
            "ties" if !value.is_null() => ties(value, &step, found),
            "audience" => audience(value, &step, found),
            "overtime" if !value.is_null() => overtime(value, &step, found),
            key => word(key, value, &step, found),
        }
    }
    if found.len() > before {
        return None;
    }
    match serde_path_to_error::deserialize::<_, Rule>(value) {
        Ok(rule) => Some((rule, map.contains_key("method"))),
        Err(error) => {
            let path = format!("{step}.{}", error.path());
            found.push(Mistake { path, wrong: Wrong::Value(error.inner().to_string()) });
            None
        }
    }
}

/// One of the words that its key takes.
fn word(key: &str, value: &Value, step: &Step<'_>, found: &mut Mistakes) {
    let Some((_, words)) = WORDS.iter().find(|(of, _)| *of == key) else { return };
    if let Some(said) = text(value, step, found)
        && !words.contains(&said)
    {
        found.push(step.wrong(Wrong::NotOneOf(short(said), words)));
    }
}

fn short(said: &str) -> String {
    said.chars().take(60).collect()
}

fn ties(value: &Value, step: &Step<'_>, found: &mut Mistakes) {
    for (at, one) in list(value, step, found).into_iter().flatten().enumerate() {
        let step = Step::At(step, at);
        if let Some(said) = text(one, &step, found)
            && said.parse::<Tie>().is_err()
        {
            found.push(step.wrong(Wrong::NoTieBreak(short(said), TIES)));
        }
    }
}

fn audience(value: &Value, step: &Step<'_>, found: &mut Mistakes) {
    for (key, value) in object(value, step, &["share", "scale"], found).into_iter().flatten() {
        let step = Step::Key(step, key);
        if key == "share" {
            points(value, &step, found);
        } else {
            word(key, value, &step, found);
        }
    }
}

fn overtime(value: &Value, step: &Step<'_>, found: &mut Mistakes) {
    const UNITS: &[&str] = &["grace_secs", "unit_secs", "per_unit", "cap", "steps"];
    let Some(map) = object(value, step, UNITS, found) else { return };
    let before = found.len();
    for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
        let step = Step::Key(step, key);
        match key.as_str() {
            "grace_secs" | "unit_secs" => {
                small(value, &step, found);
            }
            "per_unit" | "cap" => {
                points(value, &step, found);
            }
            "steps" => steps(value, &step, found),
            _ => {}
        }
    }
    // Values that are none say enough.
    if found.len() == before
        && let Err(error) = crate::domain::scoring::overtime::OvertimeRule::deserialize(value)
    {
        found.push(step.wrong(Wrong::Value(error.to_string())));
    }
}

fn steps(value: &Value, step: &Step<'_>, found: &mut Mistakes) {
    for (at, one) in list(value, step, found).into_iter().flatten().enumerate() {
        let step = Step::At(step, at);
        let Some(map) = object(one, &step, &["over_secs", "points"], found) else { continue };
        if let Some(secs) = member(map, "over_secs", &step, found) {
            small(secs, &Step::Key(&step, "over_secs"), found);
        }
        if let Some(taken) = member(map, "points", &step, found) {
            points(taken, &Step::Key(&step, "points"), found);
        }
    }
}
