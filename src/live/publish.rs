//! Makes one picture of a contest's state, and from it the views of the audiences. The hall comes first: whoever waits longest for a
//! picture is in the last row. Nothing is made of a state that looks like the one before; what an audience has already is not sent.

use crate::domain::kernel::ids::JudgeId;
use crate::domain::state::contest::Contest;
use crate::fanout::channel::Channel;
use crate::live::feed::{Feed, Hall, text};
use crate::wire::server::largest;
use crate::wire::view::judge::Memo;
use crate::wire::view::picture::{self, Digests, Picture};
use crate::wire::view::presence::{Nudge, Presence};
use crate::wire::view::{auditor, host, judge, mc, public, vote};
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
    pub auditor: Arc<Channel>,
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
    pub auditor: Feed,
    pub judges: BTreeMap<JudgeId, Feed>,
    shown: Option<Shown>,
    memo: Memo,
    digests: Digests,
}

/// The state that was published last.
struct Shown {
    contest: Contest,
    picture: Picture,
}

impl Publisher {
    pub fn new(channels: Arc<Channels>) -> Self {
        Publisher {
            public: Feed::of_the_hall(channels.public.clone(), largest::PUBLIC),
            screen: Feed::around_the_hall(channels.screen.clone(), largest::SCREEN),
            host: Feed::around_the_hall(channels.host.clone(), largest::HOST),
            mc: Feed::around_the_hall(channels.mc.clone(), largest::MC),
            auditor: Feed::around_the_hall(channels.auditor.clone(), largest::AUDITOR),
            judges: BTreeMap::new(),
            channels,
            shown: None,
            memo: Memo::default(),
            digests: Digests::default(),
        }
    }

    /// Publishes what has changed. Where a view cannot be made, the others are all the same.
    pub fn publish(&mut self, contest: &Contest, presence: &Presence, join: Option<&str>) {
        if self.shown.as_ref().is_some_and(|shown| picture::same(&shown.contest, contest)) {
            self.publish_join(join);
            self.publish_ready(presence.mc_ready);
            self.host.send_parts([
                ("presence", text(presence)),
                ("ballots", vote::ballots(contest).and_then(|count| text(&count))),
            ]);
            return;
        }
        let Publisher { digests, memo, shown, .. } = self;
        let before = shown.take();
        let Some(Some(mut picture)) = guarded("hall", || Picture::of(contest, digests)) else { return };
        let hall = Hall::after(before.as_ref().map(|shown| &shown.picture.hall), picture.hall);
        picture.hall = hall.now.clone();
        guarded("phone", || self.public.send_hall(&hall));
        guarded("screen", || self.screen.send(&hall, &public::screen(&picture.hall, join)));
        guarded("host", || {
            host::host(contest, &picture, presence, join).map(|view| self.host.send(&hall, &view))
        });
        guarded("mc", || mc::mc(contest, &picture, presence.mc_ready).map(|view| self.mc.send(&hall, &view)));
        guarded("auditor", || {
            auditor::auditor(contest, &picture).map(|view| self.auditor.send(&hall, &view))
        });
        for id in contest.judges.keys().copied() {
            let feed = self
                .judges
                .entry(id)
                .or_insert_with(|| Feed::around_the_hall(self.channels.judge(id), largest::JUDGE));
            guarded("judge", || {
                judge::judge(contest, &picture, id, presence, memo).map(|view| feed.send(&hall, &view))
            });
        }
        self.shown = Some(Shown { contest: contest.clone(), picture });
    }

    /// Who is there concerns the console alone, and nothing else that stands on it.
    pub fn publish_presence(&self, presence: &Presence) {
        self.host.send_parts([("presence", text(presence))]);
    }

    /// Whether the MC is ready, on the MC's own pages.
    pub fn publish_ready(&self, ready: bool) {
        self.mc.send_parts([("ready", text(&ready))]);
    }

    /// The host's word to a judge.
    pub fn publish_nudge(&self, judge: JudgeId, nudge: &Nudge) {
        if let Some(feed) = self.judges.get(&judge) {
            feed.send_parts([("nudge", text(nudge))]);
        }
    }

    /// The address for phones.
    pub fn publish_join(&self, join: Option<&str>) {
        for feed in [&self.screen, &self.host] {
            feed.send_parts([("join", join.as_ref().and_then(text))]);
        }
    }
}

/// A view that panics stays as it was; what it is made from is not logged, because marks are in it.
fn guarded<T>(audience: &str, make: impl FnOnce() -> T) -> Option<T> {
    let made = catch_unwind(AssertUnwindSafe(make));
    made.inspect_err(|_| {
        tracing::error!(audience, "a view could not be made; the other audiences have theirs")
    })
    .ok()
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
