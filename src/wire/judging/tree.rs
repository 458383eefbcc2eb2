//! JSON read strictly and to its end: a key that stands twice is noted with its path, and reading goes on.

use crate::wire::judging::mistake::{Mistake, Wrong};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::fmt;

/// Where in the document.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    Root,
    Key(&'a Step<'a>, &'a str),
    At(&'a Step<'a>, usize),
}

impl Step<'_> {
    /// A mistake here.
    pub fn wrong(&self, wrong: Wrong) -> Mistake {
        Mistake { path: self.to_string(), wrong }
    }
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Root => f.write_str("document"),
            Step::Key(Step::Root, key) => f.write_str(key),
            Step::Key(parent, key) => write!(f, "{parent}.{key}"),
            Step::At(parent, at) => write!(f, "{parent}[{at}]"),
        }
    }
}

/// What reading turns up.
#[derive(Default)]
pub struct Found {
    pub mistakes: RefCell<Vec<Mistake>>,
    /// Where the text stopped being JSON.
    broken_at: RefCell<Option<String>>,
}

/// Takes the members of the long list one by one, so that it is never in memory whole.
pub type Each<'a> = &'a dyn Fn(usize, Value);

/// Reads what stands at this step.
struct Tree<'a> {
    step: Step<'a>,
    found: &'a Found,
    /// The key of the long list, inside this object; or, in the list itself, that it is the one.
    long: Option<(&'static str, Each<'a>)>,
    each: Option<Each<'a>>,
}

/// The whole document; the list under the key `long` is given away member by member and stays empty.
pub fn read(bytes: &[u8], long: &'static str, each: Each<'_>, found: &Found) -> Option<Value> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let tree = Tree { step: Step::Root, found, long: Some((long, each)), each: None };
    let read = tree.deserialize(&mut json).and_then(|value| json.end().map(|()| value));
    let note = |error: serde_json::Error| {
        let path = found.broken_at.take().unwrap_or_else(|| Step::Root.to_string());
        found.mistakes.borrow_mut().push(Mistake { path, wrong: Wrong::NotJson(error.to_string()) });
    };
    read.map_err(note).ok()
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let (step, found) = (self.step, self.found);
        let read = deserializer.deserialize_any(self);
        if read.is_err() {
            found.broken_at.borrow_mut().get_or_insert_with(|| step.to_string());
        }
        read
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        for at in 0.. {
            let step = Step::At(&self.step, at);
            let tree = Tree { step, found: self.found, long: None, each: None };
            match (list.next_element_seed(tree)?, self.each) {
                (None, _) => break,
                (Some(one), Some(each)) => each(at, one),
                (Some(one), None) => all.push(one),
            }
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let step = Step::Key(&self.step, &key);
            let again = all.contains_key(&key);
            let each = self.long.filter(|(long, _)| *long == key && !again).map(|(_, each)| each);
            let value = map.next_value_seed(Tree { step, found: self.found, long: None, each })?;
            if again {
                self.found.mistakes.borrow_mut().push(step.wrong(Wrong::Twice));
            } else {
                all.insert(key, value);
            }
        }
        Ok(Value::Object(all))
    }
}
