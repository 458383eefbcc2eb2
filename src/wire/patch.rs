//! JSON merge patches (RFC 7396): what changed between two views. Views never contain `null`: an absent part is left out.

use serde_json::{Map, Value};

/// The patch that turns `before` into `after`; `None` when they are equal.
pub fn diff(before: &Value, after: &Value) -> Option<Value> {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            let mut patch = Map::new();
            for key in old.keys().filter(|key| !new.contains_key(*key)) {
                patch.insert(key.clone(), Value::Null);
            }
            for (key, value) in new {
                let change = match old.get(key) {
                    Some(known) => diff(known, value),
                    None => Some(value.clone()),
                };
                if let Some(change) = change {
                    patch.insert(key.clone(), change);
                }
            }
            (!patch.is_empty()).then_some(Value::Object(patch))
        }
        _ => (before != after).then(|| after.clone()),
    }
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
        let patch = diff(&before, &after).unwrap();
        assert_eq!(patch, json!({"b": {"c": [1], "g": {"h": 2}}, "e": null, "i": "new"}));
        let mut merged = before.clone();
        merge(&mut merged, &patch);
        assert_eq!(merged, after);
        assert_eq!(diff(&after, &after), None);
    }
}
