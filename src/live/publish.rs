//! Makes the views of the audiences that a change concerns and hands them to their feeds. The hall comes first: whoever waits
//! longest for a picture is in the last row.

use crate::domain::kernel::ids::JudgeId;
use crate::domain::state::contest::Contest;
use crate::fanout::channel::Channel;
use crate::live::feed::{Feed, Part};
use crate::live::reach::Reach;
use crate::wire::view::{self, Nudge, Presence};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
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

/// What goes out to each audience, and what it had before.
pub struct Publisher {
    channels: Arc<Channels>,
    pub public: Feed,
    pub screen: Feed,
    pub host: Feed,
    pub mc: Feed,
    pub judges: BTreeMap<JudgeId, Feed>,
}

impl Publisher {
    pub fn new(channels: Arc<Channels>) -> Self {
        let feed = |channel: &Arc<Channel>| Feed::new(channel.clone());
        Publisher {
            public: feed(&channels.public),
            screen: feed(&channels.screen),
            host: feed(&channels.host),
            mc: feed(&channels.mc),
            judges: BTreeMap::new(),
            channels,
        }
    }

    /// Publishes what changed for whom the change concerns. Where a view cannot be made, the others are all the same.
    pub fn publish(&mut self, contest: &Contest, presence: &Presence, join: Option<&str>, reach: &Reach) {
        if !matches!(reach, Reach::Console(_)) {
            guarded("hall", || self.publish_hall(contest, join));
        }
        guarded("host", || self.publish_host(contest, presence, join));
        if !matches!(reach, Reach::Console(_)) {
            guarded("mc", || self.publish_mc(contest, presence));
        }
        for judge in contest.judges.keys() {
            let concerned = match reach {
                Reach::Everybody => true,
                Reach::Scorecards { judges, chair } => {
                    judges.contains(judge) || (*chair && is_chair(contest, *judge))
                }
                Reach::Console(judges) => judges.contains(judge),
            };
            if concerned {
                guarded("judge", || self.publish_judge(contest, *judge, presence));
            }
        }
    }

    /// The screen shows the public's view, a scene and an address: what changed for the phones is found once.
    fn publish_hall(&self, contest: &Contest, join: Option<&str>) {
        let Some(code) = &contest.code else { return };
        let revealed = view::public::Revealed::of(code, contest, view::host::progress(contest));
        let changed = self.public.send(&view::public::public(&revealed));
        if !self.screen.has_view() {
            self.screen.send(&view::public::screen(&revealed, join));
            return;
        }
        let scene = crate::wire::command::SceneName::from(contest.show.stage.scene);
        let parts = [("scene", Part::of(&scene)), ("join", join.as_ref().and_then(Part::of))];
        match changed {
            None => self.screen.send_parts(parts),
            Some(changed) => {
                let [scene, join] = parts;
                self.screen.send_parts([scene, join, ("show", self.public.as_part(Some(changed)))]);
            }
        }
    }

    fn publish_mc(&self, contest: &Contest, presence: &Presence) {
        if let Some(view) = view::mc::mc(contest, presence.mc_ready) {
            self.mc.send(&view);
        }
    }

    fn publish_judge(&mut self, contest: &Contest, judge: JudgeId, presence: &Presence) {
        let feed = self.judges.entry(judge).or_insert_with(|| Feed::new(self.channels.judge(judge)));
        if let Some(view) = view::judge::judge(contest, judge, presence) {
            feed.send(&view);
        }
    }

    fn publish_host(&self, contest: &Contest, presence: &Presence, join: Option<&str>) {
        if let Some(view) = view::host::host(contest, presence, join) {
            self.host.send(&view);
        }
    }

    /// Who is there concerns the console alone, and nothing else that stands on it.
    pub fn publish_presence(&self, presence: &Presence) {
        self.host.send_parts([("presence", Part::of(presence))]);
    }

    /// Whether the MC is ready, on the MC's own pages.
    pub fn publish_ready(&self, ready: bool) {
        self.mc.send_parts([("ready", Part::of(&ready))]);
    }

    /// The host's word to a judge.
    pub fn publish_nudge(&self, judge: JudgeId, nudge: &Nudge) {
        if let Some(feed) = self.judges.get(&judge) {
            feed.send_parts([("nudge", Part::of(nudge))]);
        }
    }

    /// The address for phones.
    pub fn publish_join(&self, join: Option<&str>) {
        self.screen.send_parts([("join", join.as_ref().and_then(Part::of))]);
        self.host.send_parts([("join", join.as_ref().and_then(Part::of))]);
    }
}

/// A view that panics stays as it was; what it is made from is not logged, because marks are in it.
fn guarded(audience: &str, make: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(make)).is_err() {
        tracing::error!(audience, "a view could not be made; the other audiences have theirs");
    }
}

fn is_chair(contest: &Contest, judge: JudgeId) -> bool {
    contest.show.rounds.values().any(|round| round.chair == Some(judge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_that_panics_ends_nothing_else() {
        let mut made = Vec::new();
        for audience in ["hall", "host", "mc"] {
            guarded(audience, || {
                assert_ne!(audience, "host", "no such view");
                made.push(audience);
            });
        }
        assert_eq!(made, ["hall", "mc"]);
    }
}
