//! Makes each audience's view, finds what changed, encodes it once and hands the bytes to the audience's channel.

use crate::domain::contest::Contest;
use crate::domain::ids::JudgeId;
use crate::fanout::channel::Channel;
use crate::wire::patch;
use crate::wire::server::ServerFrame;
use crate::wire::view::{self, Presence};
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The channels of one contest. Outlives restarts of the contest's task.
#[derive(Default)]
pub struct Channels {
    pub public: Arc<Channel>,
    pub screen: Arc<Channel>,
    pub host: Arc<Channel>,
    pub mc: Arc<Channel>,
    judges: RwLock<BTreeMap<JudgeId, Arc<Channel>>>,
}

impl Channels {
    /// The judge's own channel; made when first asked for.
    pub fn judge(&self, id: JudgeId) -> Arc<Channel> {
        let known = self.judges.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        known.unwrap_or_else(|| {
            let mut judges = self.judges.write().unwrap_or_else(PoisonError::into_inner);
            judges.entry(id).or_default().clone()
        })
    }
}

/// The last published view of every channel, to find what changed.
pub struct Publisher {
    channels: Arc<Channels>,
    public: Option<Value>,
    screen: Option<Value>,
    host: Option<Value>,
    mc: Option<Value>,
    judges: BTreeMap<JudgeId, Value>,
}

impl Publisher {
    pub fn new(channels: Arc<Channels>) -> Self {
        Publisher { channels, public: None, screen: None, host: None, mc: None, judges: BTreeMap::new() }
    }

    /// Publishes what changed for anybody.
    pub fn publish(&mut self, contest: &Contest, presence: &Presence, join: Option<&str>) {
        let Some(code) = &contest.code else { return };
        let revealed = view::public::Revealed::of(code, contest, view::host::progress(contest));
        send(&self.channels.public, &mut self.public, &view::public::public(&revealed));
        send(&self.channels.screen, &mut self.screen, &view::public::screen(&revealed, join));
        for judge in contest.judges.keys() {
            self.publish_judge(contest, *judge, presence);
        }
        self.publish_mc(contest, presence);
        self.publish_host(contest, presence, join);
    }

    /// Publishes to the MC's pages alone.
    pub fn publish_mc(&mut self, contest: &Contest, presence: &Presence) {
        if let Some(view) = view::mc::mc(contest, presence.mc_ready) {
            send(&self.channels.mc, &mut self.mc, &view);
        }
    }

    /// Publishes to one judge.
    pub fn publish_judge(&mut self, contest: &Contest, judge: JudgeId, presence: &Presence) {
        if let Some(view) = view::judge::judge(contest, judge, presence) {
            let mut last = self.judges.remove(&judge);
            send(&self.channels.judge(judge), &mut last, &view);
            self.judges.extend(last.map(|value| (judge, value)));
        }
    }

    /// Publishes to the console alone: presence changes nothing for others.
    pub fn publish_host(&mut self, contest: &Contest, presence: &Presence, join: Option<&str>) {
        if let Some(view) = view::host::host(contest, presence, join) {
            send(&self.channels.host, &mut self.host, &view);
        }
    }
}

fn send<V: Serialize>(channel: &Channel, last: &mut Option<Value>, view: &V) {
    let Some(value) = as_value(view) else { return };
    let n = channel.n() + 1;
    let delta = match last.as_ref().map(|last| patch::diff(last, &value)) {
        Some(None) => return,
        Some(Some(patch)) => encode(&ServerFrame::Delta { n, patch }),
        None => None,
    };
    if let Some(snapshot) = encode(&ServerFrame::Snapshot { n, view: value.clone() }) {
        channel.publish(snapshot, delta);
        *last = Some(value);
    }
}

/// Views and frames are plain data with text keys: they always encode. A bug that says otherwise is logged, not fatal.
fn as_value<V: Serialize>(view: &V) -> Option<Value> {
    serde_json::to_value(view).inspect_err(|error| tracing::error!(%error, "a view does not encode")).ok()
}

fn encode(frame: &ServerFrame) -> Option<Bytes> {
    let json = serde_json::to_vec(frame);
    json.inspect_err(|error| tracing::error!(%error, "a frame does not encode")).ok().map(Bytes::from)
}
