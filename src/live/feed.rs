//! One audience's channel with its newest view: what changed is found here, encoded once and handed to the channel.

use crate::fanout::channel::{Channel, Newest};
use crate::wire::patch::{self, Members};
use crate::wire::server::{ServerFrame, SnapshotOf};
use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Written by the contest's task alone.
pub struct Feed {
    channel: Arc<Channel>,
    view: Arc<View>,
}

/// The newest view, part by part as the text that is sent; as one frame once somebody has asked for all of it.
#[derive(Default)]
struct View(Mutex<Encoded>);

#[derive(Default)]
struct Encoded {
    n: u32,
    parts: BTreeMap<String, Box<RawValue>>,
    frame: Option<Bytes>,
}

/// What has changed: the patch, and the parts as they are now; `None` where one is gone.
struct Change {
    patch: Map<String, Value>,
    parts: Vec<(String, Option<Box<RawValue>>)>,
}

impl Newest for View {
    fn snapshot(&self) -> (u32, Bytes) {
        let mut encoded = self.lock();
        if encoded.frame.is_none() {
            encoded.frame = encode(&SnapshotOf { n: encoded.n, view: &encoded.parts });
        }
        (encoded.n, encoded.frame.clone().unwrap_or_default())
    }
}

impl View {
    fn lock(&self) -> MutexGuard<'_, Encoded> {
        // Parts are replaced one by one, each in one piece, with the number after them: a poisoned lock holds whole parts.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Change {
    fn new() -> Self {
        Change { patch: Map::new(), parts: Vec::new() }
    }

    /// Notes a part that is not what it was; `None`: it is gone.
    fn note(
        &mut self,
        name: &str,
        known: Option<&RawValue>,
        now: Option<&RawValue>,
    ) -> serde_json::Result<()> {
        let patch = match (known, now) {
            (None, None) => return Ok(()),
            (Some(known), Some(now)) if known.get() == now.get() => return Ok(()),
            (Some(known), Some(now)) => patch::diff(known.get(), now.get())?,
            (None, Some(now)) => serde_json::from_str(now.get())?,
            (Some(_), None) => Value::Null,
        };
        self.patch.insert(name.to_owned(), patch);
        self.parts.push((name.to_owned(), now.map(ToOwned::to_owned)));
        Ok(())
    }
}

impl Feed {
    pub fn new(channel: Arc<Channel>) -> Self {
        Feed { channel, view: Arc::default() }
    }

    /// Publishes the view where it has changed, and tells how.
    pub fn send<V: Serialize>(&self, view: &V) -> Option<Value> {
        let text = plain(serde_json::to_string(view))?;
        let change = plain(self.change(&text))?;
        if change.patch.is_empty() {
            return None;
        }
        let patch = Value::Object(change.patch.clone());
        self.publish(change);
        Some(patch)
    }

    fn change(&self, text: &str) -> serde_json::Result<Change> {
        let now: Members = serde_json::from_str(text)?;
        let encoded = self.view.lock();
        let mut change = Change::new();
        for (name, known) in encoded.parts.iter().filter(|(name, _)| !now.contains_key(*name)) {
            change.note(name, Some(known), None)?;
        }
        for (name, value) in now {
            change.note(&name, encoded.parts.get(&name).map(|known| &**known), Some(value))?;
        }
        Ok(change)
    }

    /// Publishes some parts of the view, where they have changed; nothing before there is a view.
    pub fn send_parts<const N: usize>(&self, parts: [(&str, Option<Part>); N]) {
        let mut change = Change::new();
        {
            let encoded = self.view.lock();
            if encoded.n == 0 {
                return;
            }
            for (name, now) in &parts {
                let known = encoded.parts.get(*name).map(|known| &**known);
                let (now, patch) =
                    now.as_ref().map_or((None, None), |now| (Some(&*now.text), now.patch.clone()));
                let noted = match patch {
                    // Somebody has compared it before.
                    Some(patch) => {
                        change.patch.insert((*name).to_owned(), patch);
                        change.parts.push(((*name).to_owned(), now.map(ToOwned::to_owned)));
                        Ok(())
                    }
                    None => change.note(name, known, now),
                };
                let Some(()) = plain(noted) else { return };
            }
        }
        if !change.patch.is_empty() {
            self.publish(change);
        }
    }

    fn publish(&self, Change { patch, parts }: Change) {
        let mut encoded = self.view.lock();
        for (name, part) in parts {
            match part {
                Some(part) => encoded.parts.insert(name, part),
                None => encoded.parts.remove(&name),
            };
        }
        encoded.n += 1;
        encoded.frame = None;
        let (n, first) = (encoded.n, encoded.n == 1);
        let delta = if first { None } else { encode(&ServerFrame::Delta { n, patch: Value::Object(patch) }) };
        let newest: Arc<dyn Newest> = self.view.clone();
        // Before the lock goes: a snapshot is never newer than the channel's number.
        self.channel.publish(&newest, delta);
    }

    pub fn has_view(&self) -> bool {
        self.view.lock().n > 0
    }

    /// The whole view as a part of another one, which has changed there by the same patch.
    pub fn as_part(&self, patch: Option<Value>) -> Option<Part> {
        let text = plain(serde_json::value::to_raw_value(&self.view.lock().parts))?;
        Some(Part { text, patch })
    }

    /// The newest view, to compare with one that is made from scratch.
    pub fn value(&self) -> Option<Value> {
        plain(serde_json::to_value(&self.view.lock().parts))
    }
}

/// A part of a view as text; with what changed in it, where that is known.
pub struct Part {
    text: Box<RawValue>,
    patch: Option<Value>,
}

impl Part {
    pub fn of<V: Serialize>(value: &V) -> Option<Part> {
        Some(Part { text: plain(serde_json::value::to_raw_value(value))?, patch: None })
    }
}

/// Views and frames are plain data with text keys: they always encode. A bug that says otherwise is logged, not fatal.
fn plain<T>(encoded: serde_json::Result<T>) -> Option<T> {
    encoded.inspect_err(|error| tracing::error!(%error, "a view does not encode")).ok()
}

fn encode<F: Serialize>(frame: &F) -> Option<Bytes> {
    plain(serde_json::to_vec(frame)).map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_snapshot_is_the_frame_of_the_protocol() {
        let feed = Feed::new(Arc::default());
        assert_eq!(feed.send(&json!({"a": 1, "b": {"c": 2}})), Some(json!({"a": 1, "b": {"c": 2}})));
        feed.send_parts([("b", Part::of(&json!({"c": 3}))), ("a", None), ("d", None)]);
        assert_eq!(feed.send(&json!({"b": {"c": 3}})), None, "nothing has changed");
        let (n, bytes) = feed.view.snapshot();
        let frame: ServerFrame = serde_json::from_slice(&bytes).unwrap();
        assert_eq!((n, frame), (2, ServerFrame::Snapshot { n: 2, view: json!({"b": {"c": 3}}) }));
    }

    #[test]
    fn a_part_without_a_view_is_no_view() {
        let feed = Feed::new(Arc::default());
        feed.send_parts([("presence", Part::of(&1))]);
        assert!(!feed.has_view());
    }
}
