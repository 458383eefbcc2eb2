//! JSON merge patches (RFC 7396): what changed between two views. Views never contain `null`: an absent part is left out.
//!
//! Two views are compared as the texts that they are sent as: where a stretch of one is the other's, letter by letter, nothing
//! of it is parsed. So the price of a change is the change, and one look over what has not changed.

use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The members of an object, each still as text.
pub type Members<'a> = BTreeMap<String, &'a RawValue>;

/// The patch that turns one JSON text into another, which differs from it.
///
/// # Errors
/// Where a text is no JSON.
pub fn diff(before: &str, after: &str) -> serde_json::Result<Value> {
    if !(before.starts_with('{') && after.starts_with('{')) {
        return serde_json::from_str(after);
    }
    let (old, new): (Members, Members) = (serde_json::from_str(before)?, serde_json::from_str(after)?);
    let mut patch = Map::new();
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, value) in new {
        match old.get(&key).map(|known| known.get()) {
            Some(known) if known == value.get() => {}
            Some(known) => {
                patch.insert(key, diff(known, value.get())?);
            }
            None => {
                patch.insert(key, serde_json::from_str(value.get())?);
            }
        }
    }
    Ok(Value::Object(patch))
}

/// Applies a merge patch in place.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (key, change) in changes {
        if change.is_null() {
            fields.remove(key);
        } else {
            merge(fields.entry(key.clone()).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_patch_turns_the_old_view_into_the_new_one() {
        let before = json!({"a": 1, "b": {"c": [1, 2], "d": "x"}, "e": {"f": 1}});
        let after = json!({"a": 1, "b": {"c": [1], "d": "x", "g": {"h": 2}}, "i": "new"});
        let patch = diff(&before.to_string(), &after.to_string()).unwrap();
        assert_eq!(patch, json!({"b": {"c": [1], "g": {"h": 2}}, "e": null, "i": "new"}));
        let mut merged = before.clone();
        merge(&mut merged, &patch);
        assert_eq!(merged, after);
    }

    #[test]
    fn names_with_quotes_and_braces_are_text_and_an_object_takes_the_place_of_anything() {
        let before = json!({"\"{": "}", "a": [1], "b": "{"});
        let after = json!({"\"{": "{}", "a": {"c": 1}, "b": "{"});
        let patch = diff(&before.to_string(), &after.to_string()).unwrap();
        assert_eq!(patch, json!({"\"{": "{}", "a": {"c": 1}}));
    }
}
