//! One audience's channel with its newest view: what changed is found here, encoded once and handed to the channel. The hall is
//! everybody's: its text and its patch are made once, before they come here.

use crate::fanout::channel::{Channel, Newest};
use crate::wire::patch::{self, Members};
use crate::wire::server::{DeltaOf, SnapshotOf};
use crate::wire::view::parts::Part;
use crate::wire::view::public::PublicView;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The hall after a batch, and how it came from the one before.
pub struct Hall {
    pub now: Part<PublicView>,
    change: Option<(Part<PublicView>, Box<RawValue>)>,
}

impl Hall {
    /// A hall that says the same as the one before is the one before.
    pub fn after(before: Option<&Part<PublicView>>, now: Part<PublicView>) -> Self {
        match before {
            Some(before) if *before == now => Hall { now: before.clone(), change: None },
            Some(before) => {
                let patch = plain(difference(before, &now));
                Hall { now, change: patch.map(|patch| (before.clone(), patch)) }
            }
            None => Hall { now, change: None },
        }
    }

    /// What leads here from the hall that an audience has; `None` where that is this one.
    fn since(&self, known: &Part<PublicView>) -> serde_json::Result<Option<Box<RawValue>>> {
        match &self.change {
            _ if known.same(&self.now) => Ok(None),
            Some((before, patch)) if known.same(before) => Ok(Some(patch.clone())),
            _ => difference(known, &self.now).map(Some),
        }
    }
}

fn difference(before: &Part<PublicView>, now: &Part<PublicView>) -> serde_json::Result<Box<RawValue>> {
    serde_json::value::to_raw_value(&patch::diff(before.text()?.get(), now.text()?.get())?)
}

/// What an audience's view is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// The hall, and nothing else.
    Hall,
    /// The hall, and parts of its own beside it.
    Around,
}

/// Written by the contest's task alone.
pub struct Feed {
    channel: Arc<Channel>,
    view: Arc<View>,
}

/// The newest view, part by part as the text that is sent; as one frame once somebody has asked for all of it.
struct View {
    shape: Shape,
    /// The largest that its frames may be.
    bytes_max: usize,
    encoded: Mutex<Encoded>,
}

#[derive(Default)]
struct Encoded {
    n: u32,
    hall: Option<Part<PublicView>>,
    own: BTreeMap<String, Box<RawValue>>,
    /// The text that `own` was taken from; empty where it has changed since.
    text: String,
    frame: Option<Bytes>,
}

/// The members of a view or of a patch, each as text.
type Texts<'a> = BTreeMap<&'a str, &'a RawValue>;

/// What has changed: the patch, and the own parts as they are now; `None` where one is gone.
#[derive(Default)]
struct Change {
    hall: Option<Part<PublicView>>,
    patch: BTreeMap<String, Box<RawValue>>,
    own: Vec<(String, Option<Box<RawValue>>)>,
}

impl Newest for View {
    fn snapshot(&self) -> (u32, Bytes) {
        let mut encoded = self.lock();
        if encoded.frame.is_none() {
            encoded.frame = plain(self.frame(&encoded));
            let bytes = encoded.frame.as_ref().map_or(0, Bytes::len);
            if bytes > self.bytes_max {
                tracing::error!(bytes, max = self.bytes_max, "a view is larger than it may be");
            }
        }
        (encoded.n, encoded.frame.clone().unwrap_or_default())
    }
}

impl View {
    fn lock(&self) -> MutexGuard<'_, Encoded> {
        // Parts are replaced one by one, each in one piece, with the number after them: a poisoned lock holds whole parts.
        self.encoded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn frame(&self, encoded: &Encoded) -> serde_json::Result<Bytes> {
        let hall = encoded.hall.as_ref().map(Part::text).transpose()?;
        match self.shape {
            Shape::Hall => frame(&SnapshotOf { n: encoded.n, view: &hall }),
            Shape::Around => frame(&SnapshotOf { n: encoded.n, view: &texts(hall, &encoded.own) }),
        }
    }
}

/// Everything by its name; the hall is one part among the others.
fn texts<'a>(hall: Option<&'a RawValue>, own: &'a BTreeMap<String, Box<RawValue>>) -> Texts<'a> {
    let own = own.iter().map(|(name, text)| (name.as_str(), &**text));
    own.chain(hall.map(|hall| ("hall", hall))).collect()
}

impl Change {
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
        self.patch.insert(name.to_owned(), serde_json::value::to_raw_value(&patch)?);
        self.own.push((name.to_owned(), now.map(ToOwned::to_owned)));
        Ok(())
    }
}

impl Feed {
    /// Of an audience that sees the hall and nothing else.
    pub fn of_the_hall(channel: Arc<Channel>, bytes_max: usize) -> Self {
        Feed::new(channel, Shape::Hall, bytes_max)
    }

    /// Of an audience that has parts of its own.
    pub fn around_the_hall(channel: Arc<Channel>, bytes_max: usize) -> Self {
        Feed::new(channel, Shape::Around, bytes_max)
    }

    fn new(channel: Arc<Channel>, shape: Shape, bytes_max: usize) -> Self {
        Feed { channel, view: Arc::new(View { shape, bytes_max, encoded: Mutex::default() }) }
    }

    /// Publishes the hall, where it is another, to those who see nothing else.
    pub fn send_hall(&self, hall: &Hall) {
        let mut encoded = self.view.lock();
        let patch = encoded.hall.as_ref().map_or(Ok(None), |known| hall.since(known));
        let Some(patch) = plain(patch) else { return };
        if encoded.hall.is_none() || patch.is_some() {
            encoded.hall = Some(hall.now.clone());
            self.publish(&mut encoded, patch.as_deref());
        }
    }

    /// Publishes the view, which has this hall for its first member, where it has changed.
    pub fn send<V: Serialize>(&self, hall: &Hall, view: &V) {
        let mut encoded = self.view.lock();
        let change = own_text(hall, view).and_then(|text| encoded.change(hall, text));
        if let Some(change) = plain(change) {
            self.take(&mut encoded, change);
        }
    }

    /// Publishes some of the own parts, where they have changed; nothing before there is a view.
    pub fn send_parts<const N: usize>(&self, parts: [(&str, Option<Box<RawValue>>); N]) {
        let mut encoded = self.view.lock();
        if encoded.n == 0 {
            return;
        }
        let mut change = Change::default();
        for (name, now) in &parts {
            let known = encoded.own.get(*name).map(|known| &**known);
            let Some(()) = plain(change.note(name, known, now.as_deref())) else { return };
        }
        if !change.own.is_empty() {
            encoded.text.clear();
        }
        self.take(&mut encoded, change);
    }

    fn take(&self, encoded: &mut Encoded, Change { hall, patch, own }: Change) {
        for (name, part) in own {
            match part {
                Some(part) => encoded.own.insert(name, part),
                None => encoded.own.remove(&name),
            };
        }
        if let Some(hall) = hall {
            encoded.hall = Some(hall);
        }
        if !patch.is_empty() {
            self.publish(encoded, Some(&patch));
        }
    }

    fn publish<P: Serialize>(&self, encoded: &mut Encoded, patch: Option<P>) {
        encoded.n += 1;
        encoded.frame = None;
        let (n, patch) = (encoded.n, patch.filter(|_| encoded.n > 1));
        let delta = patch.and_then(|patch| plain(frame(&DeltaOf { n, patch })));
        let newest: Arc<dyn Newest> = self.view.clone();
        // Before the lock goes: a snapshot is never newer than the channel's number.
        self.channel.publish(&newest, delta);
    }

    /// The newest view, to compare with one that is made from scratch.
    pub fn value(&self) -> Option<Value> {
        let encoded = self.view.lock();
        let hall = encoded.hall.as_ref().map(Part::text).transpose();
        match self.view.shape {
            _ if encoded.n == 0 => None,
            Shape::Hall => plain(serde_json::to_value(plain(hall)?)),
            Shape::Around => plain(serde_json::to_value(texts(plain(hall)?, &encoded.own))),
        }
    }
}

impl Encoded {
    /// What the hall and this text of the own parts change.
    fn change(&mut self, hall: &Hall, text: String) -> serde_json::Result<Change> {
        let mut change = Change::default();
        match &self.hall {
            None => {
                change.hall = Some(hall.now.clone());
                change.patch.insert("hall".to_owned(), hall.now.text()?.to_owned());
            }
            Some(known) => {
                if let Some(patch) = hall.since(known)? {
                    change.hall = Some(hall.now.clone());
                    change.patch.insert("hall".to_owned(), patch);
                }
            }
        }
        if text == self.text {
            return Ok(change);
        }
        let now: Members = serde_json::from_str(&text)?;
        for (name, known) in self.own.iter().filter(|(name, _)| !now.contains_key(*name)) {
            change.note(name, Some(known), None)?;
        }
        for (name, value) in now {
            change.note(&name, self.own.get(&name).map(|known| &**known), Some(value))?;
        }
        self.text = text;
        Ok(change)
    }
}

/// The text of a view without its hall, which stands first in it.
fn own_text<V: Serialize>(hall: &Hall, view: &V) -> serde_json::Result<String> {
    let text = serde_json::to_string(view)?;
    let after =
        text.strip_prefix("{\"hall\":").and_then(|rest| rest.strip_prefix(hall.now.text().ok()?.get()));
    let rest = after.ok_or_else(|| serde::ser::Error::custom("a view begins with the hall"))?;
    Ok(format!("{{{}", rest.strip_prefix(',').unwrap_or(rest)))
}

/// A part as text.
pub fn text<V: Serialize>(value: &V) -> Option<Box<RawValue>> {
    plain(serde_json::value::to_raw_value(value))
}

/// Views and frames are plain data with text keys: they always encode. A bug that says otherwise is logged, not fatal.
fn plain<T>(encoded: serde_json::Result<T>) -> Option<T> {
    encoded.inspect_err(|error| tracing::error!(%error, "a view does not encode")).ok()
}

fn frame<F: Serialize>(frame: &F) -> serde_json::Result<Bytes> {
    serde_json::to_vec(frame).map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fanout::subscriber::Subscriber;
    use crate::wire::server::ServerFrame;
    use serde_json::json;

    fn hall(title: &str) -> Part<PublicView> {
        let contest = json!({
            "code": "7k2m9x", "title": title, "subtitle": "", "venue": "", "zone": "UTC", "live": false,
            "finished": false,
        });
        let hall = json!({
            "contest": contest, "scene": "cover", "projects": {}, "order": [], "phases": {}, "standings": [],
            "segments": [], "items": [],
        });
        Part::new(serde_json::from_value(hall).unwrap())
    }

    #[derive(Serialize)]
    struct Around {
        hall: Part<PublicView>,
        #[serde(skip_serializing_if = "Option::is_none")]
        a: Option<u32>,
        b: Value,
    }

    fn around() -> Feed {
        Feed::around_the_hall(Arc::default(), usize::MAX)
    }

    fn send(feed: &Feed, hall: &Hall, a: Option<u32>, b: Value) {
        feed.send(hall, &Around { hall: hall.now.clone(), a, b });
    }

    fn snapshot(feed: &Feed) -> ServerFrame {
        serde_json::from_slice(&feed.view.snapshot().1).unwrap()
    }

    /// The newest delta, as who has seen the frame before gets it.
    async fn delta(feed: &Feed) -> Value {
        let mut subscriber = Subscriber::new(feed.channel.clone(), Some(feed.channel.n() - 1));
        let frame: Value = serde_json::from_slice(&subscriber.next().await[0]).unwrap();
        assert_eq!(frame["n"], feed.channel.n());
        frame["patch"].clone()
    }

    #[tokio::test]
    async fn a_snapshot_is_the_frame_of_the_protocol() {
        let (feed, before) = (around(), Hall::after(None, hall("T")));
        send(&feed, &before, Some(1), json!({"c": 2}));
        let whole = json!({"hall": &*before.now, "a": 1, "b": {"c": 2}});
        assert_eq!(snapshot(&feed), ServerFrame::Snapshot { n: 1, view: whole });
        feed.send_parts([("b", text(&json!({"c": 3}))), ("a", None), ("d", None)]);
        assert_eq!(delta(&feed).await, json!({"a": null, "b": {"c": 3}}));
        send(&feed, &before, None, json!({"c": 3}));
        let left = json!({"hall": &*before.now, "b": {"c": 3}});
        assert_eq!(
            snapshot(&feed),
            ServerFrame::Snapshot { n: 2, view: left.clone() },
            "nothing has changed"
        );
        // After a part was sent by itself the whole is compared again.
        send(&feed, &before, Some(1), json!({"c": 2}));
        assert_eq!(delta(&feed).await, json!({"a": 1, "b": {"c": 2}}));
        assert_eq!(feed.value().unwrap()["b"], json!({"c": 2}));
    }

    #[tokio::test]
    async fn the_hall_has_one_patch_for_all_who_see_it() {
        let (phones, feed) = (Feed::of_the_hall(Arc::default(), usize::MAX), around());
        let first = Hall::after(None, hall("T"));
        phones.send_hall(&first);
        send(&feed, &first, None, json!(1));
        assert_eq!(phones.value(), Some(json!(*first.now)));
        let same = Hall::after(Some(&first.now), hall("T"));
        assert!(same.now.same(&first.now), "a hall that says the same is the same");
        phones.send_hall(&same);
        assert_eq!(phones.channel.n(), 1);
        let second = Hall::after(Some(&first.now), hall("U"));
        phones.send_hall(&second);
        send(&feed, &second, None, json!(1));
        let patch = json!({"contest": {"title": "U"}});
        assert_eq!((delta(&phones).await, delta(&feed).await), (patch.clone(), json!({"hall": patch})));
        // Whoever missed a hall is led from the one that it has.
        let third = Hall::after(Some(&hall("X")), hall("V"));
        send(&feed, &third, None, json!(2));
        assert_eq!(delta(&feed).await, json!({"hall": {"contest": {"title": "V"}}, "b": 2}));
    }

    #[test]
    fn a_part_without_a_view_is_no_view() {
        let feed = around();
        feed.send_parts([("presence", text(&1))]);
        assert_eq!((feed.value(), feed.channel.n()), (None, 0));
    }
}
