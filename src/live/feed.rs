//! One audience's channel with its newest view: what changed is found here, encoded once and handed to the channel.

use crate::fanout::channel::{Channel, Newest};
use crate::wire::patch;
use crate::wire::server::{ServerFrame, SnapshotOf};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Written by the contest's task alone.
pub struct Feed {
    channel: Arc<Channel>,
    view: Arc<View>,
}

/// The newest view; as bytes once somebody has asked for all of it.
#[derive(Default)]
struct View(Mutex<Encoded>);

#[derive(Default)]
struct Encoded {
    n: u32,
    value: Value,
    bytes: Option<Bytes>,
}

impl Newest for View {
    fn snapshot(&self) -> (u32, Bytes) {
        let mut encoded = self.lock();
        if encoded.bytes.is_none() {
            encoded.bytes = encode(&SnapshotOf { n: encoded.n, view: &encoded.value });
        }
        (encoded.n, encoded.bytes.clone().unwrap_or_default())
    }
}

impl View {
    fn lock(&self) -> MutexGuard<'_, Encoded> {
        // The value is replaced or merged in one piece; a poisoned lock still holds one that was published.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Feed {
    pub fn new(channel: Arc<Channel>) -> Self {
        Feed { channel, view: Arc::default() }
    }

    /// Publishes the view where it has changed, and tells how.
    pub fn send<V: Serialize>(&self, view: &V) -> Option<Value> {
        let value = as_value(view)?;
        let patch = patch::diff(&self.view.lock().value, &value)?;
        self.merge(patch.clone());
        Some(patch)
    }

    /// Publishes one part of the view, where it has changed; nothing before there is a view.
    pub fn send_part<V: Serialize>(&self, name: &str, value: Option<&V>) {
        if let Some(patch) = self.part(name, value).filter(|_| self.has_view()) {
            self.merge(Value::Object(Map::from_iter([(name.to_owned(), patch)])));
        }
    }

    /// What has changed of one part of the view.
    pub fn part<V: Serialize>(&self, name: &str, value: Option<&V>) -> Option<Value> {
        let value = value.and_then(as_value);
        match (self.view.lock().value.get(name), value) {
            (None, value) => value,
            (Some(_), None) => Some(Value::Null),
            (Some(known), Some(value)) => patch::diff(known, &value),
        }
    }

    /// Publishes a change that is known to be one.
    pub fn merge(&self, patch: Value) {
        let mut encoded = self.view.lock();
        patch::merge(&mut encoded.value, &patch);
        encoded.n += 1;
        encoded.bytes = None;
        let (n, first) = (encoded.n, encoded.n == 1);
        let delta = if first { None } else { encode(&ServerFrame::Delta { n, patch }) };
        let newest: Arc<dyn Newest> = self.view.clone();
        // Before the lock goes: a snapshot is never newer than the channel's number.
        self.channel.publish(&newest, delta);
    }

    pub fn has_view(&self) -> bool {
        self.view.lock().n > 0
    }

    /// The newest view, to compare with one that is made from scratch.
    pub fn value(&self) -> Value {
        self.view.lock().value.clone()
    }
}

/// Views and frames are plain data with text keys: they always encode. A bug that says otherwise is logged, not fatal.
fn as_value<V: Serialize>(view: &V) -> Option<Value> {
    serde_json::to_value(view).inspect_err(|error| tracing::error!(%error, "a view does not encode")).ok()
}

fn encode<F: Serialize>(frame: &F) -> Option<Bytes> {
    let json = serde_json::to_vec(frame);
    json.inspect_err(|error| tracing::error!(%error, "a frame does not encode")).ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_snapshot_is_the_frame_of_the_protocol() {
        let feed = Feed::new(Arc::default());
        assert_eq!(feed.send(&json!({"a": 1, "b": {"c": 2}})), Some(json!({"a": 1, "b": {"c": 2}})));
        feed.send_part("b", Some(&json!({"c": 3})));
        feed.send_part::<u8>("a", None);
        assert_eq!(feed.send(&json!({"b": {"c": 3}})), None, "nothing has changed");
        let (n, bytes) = feed.view.snapshot();
        let frame: ServerFrame = serde_json::from_slice(&bytes).unwrap();
        assert_eq!((n, frame), (3, ServerFrame::Snapshot { n: 3, view: json!({"b": {"c": 3}}) }));
    }

    #[test]
    fn a_part_without_a_view_is_no_view() {
        let feed = Feed::new(Arc::default());
        feed.send_part("presence", Some(&1));
        assert!(!feed.has_view());
    }
}
