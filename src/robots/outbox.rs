//! What a robot judge keeps, as a tablet does: pitches it has yet to score, scorecards on their way under their command
//! ids, those that came too late. It outlives lines; it knows none.

use crate::wire::client::NudgeName;
use crate::wire::command::ClientCommand;
use crate::wire::error::Refusal;
use crate::wire::phase::PhaseName;
use crate::wire::view::judge::JudgeView;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::Instant;

/// A busy server is asked again after this.
const BUSY: Duration = Duration::from_millis(800);

/// When a pitch is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    At(Instant),
    /// Too late: once the window has closed, or when the host asks for it.
    OnceClosed,
    /// Now, whether or not the window is open.
    Now(Instant),
}

impl When {
    fn at(self) -> Option<Instant> {
        match self {
            When::At(at) | When::Now(at) => Some(at),
            When::OnceClosed => None,
        }
    }
}

/// A scorecard that was given and is not answered yet.
#[derive(Debug, Clone)]
pub struct Given {
    /// The command's id, the same however often it is said.
    pub id: String,
    pub command: ClientCommand,
    /// The contest's run that it was made in; it counts in no other.
    pub run: u32,
    base: u32,
    /// How often it was tried to say it, and whether it has left.
    pub tries: u32,
    said: bool,
    /// When it is said next; `None` while its answer is awaited on this line.
    at: Option<Instant>,
}

#[derive(Debug, Default)]
pub struct Outbox {
    run: u32,
    due: BTreeMap<String, When>,
    given: BTreeMap<String, Given>,
    /// Pitch → the version that the server has on disk, until the view shows it.
    accepted: BTreeMap<String, u32>,
    late: BTreeSet<String>,
}

impl Outbox {
    /// The view is new. `when` is asked of every pitch that is to be scored from now on.
    pub fn look(&mut self, view: &JudgeView, now: Instant, when: impl Fn(&str) -> When) {
        if view.run != self.run {
            *self = Outbox { run: view.run, ..Outbox::default() };
        }
        self.accepted.retain(|pitch, version| seen(view, pitch) < *version);
        let wanted = self.to_score(view);
        for pitch in self.due.keys().filter(|pitch| !wanted.contains(*pitch)).cloned().collect::<Vec<_>>() {
            // A late scorecard leaves just after the window has closed; any other has nothing to say any more.
            match self.due.get(&pitch) {
                Some(When::Now(_)) => {}
                Some(When::OnceClosed) if is_closed(view, &pitch) && !is_aside(view, &pitch) => {
                    self.due.insert(pitch, When::Now(now));
                }
                _ => drop(self.due.remove(&pitch)),
            }
        }
        let asked = view
            .nudge
            .zip(view.hall.stage.as_ref())
            .is_some_and(|(nudge, stage)| nudge.what == NudgeName::Submit && nudge.at >= stage.since);
        for pitch in wanted {
            let due = *self.due.entry(pitch.clone()).or_insert_with(|| when(&pitch));
            let given_back = view.reopened.contains_key(&pitch);
            if due == When::OnceClosed && (asked || given_back || is_closed(view, &pitch)) {
                self.due.insert(pitch, When::Now(now));
            }
        }
    }

    /// Pitches that wait for this judge's scorecard: open and without one, or given back.
    fn to_score(&self, view: &JudgeView) -> BTreeSet<String> {
        let first = view.open.iter().filter(|pitch| seen(view, pitch) == 0);
        let all = first.chain(view.reopened.keys());
        // A view that does not show yet what was accepted is behind: it may still say "open" or "given back".
        let settled = |pitch: &&String| {
            let pitch = pitch.as_str();
            !self.given.contains_key(pitch) && !self.accepted.contains_key(pitch) && !is_aside(view, pitch)
        };
        all.filter(settled).cloned().collect()
    }

    /// When the next thing is to be said.
    pub fn next(&self) -> Option<Instant> {
        let due = self.due.values().filter_map(|when| when.at());
        due.chain(self.given.values().filter_map(|given| given.at)).min()
    }

    /// Pitches whose time to be scored has come.
    pub fn ripe(&mut self, now: Instant) -> Vec<String> {
        let is_ripe = |when: &When| when.at().is_some_and(|at| at <= now);
        let ripe: Vec<_> =
            self.due.iter().filter(|(_, when)| is_ripe(when)).map(|(p, _)| p.clone()).collect();
        self.due.retain(|_, when| !is_ripe(when));
        ripe
    }

    /// The version that the next scorecard of this pitch builds on.
    pub fn base(&self, view: &JudgeView, pitch: &str) -> u32 {
        seen(view, pitch).max(self.accepted.get(pitch).copied().unwrap_or(0))
    }

    /// The scorecard is given: kept until it is answered.
    pub fn give(&mut self, pitch: String, id: String, base: u32, command: ClientCommand, now: Instant) {
        self.given
            .insert(pitch, Given { id, command, run: self.run, base, tries: 0, said: false, at: Some(now) });
    }

    /// A scorecard that is to be said now; it counts as tried.
    pub fn to_say(&mut self, now: Instant) -> Option<(String, Given)> {
        let (pitch, given) = self.given.iter_mut().find(|(_, given)| given.at.is_some_and(|at| at <= now))?;
        let found = (pitch.clone(), given.clone());
        (given.at, given.tries) = (None, given.tries + 1);
        Some(found)
    }

    /// It has left; whether it had before.
    pub fn said(&mut self, pitch: &str) -> bool {
        self.given.get_mut(pitch).is_some_and(|given| std::mem::replace(&mut given.said, true))
    }

    /// A new line: everything that is not answered goes again.
    pub fn new_line(&mut self, now: Instant) {
        self.given.values_mut().for_each(|given| given.at = Some(now));
    }

    /// The server has it on disk; `false` where that was known.
    pub fn received(&mut self, id: &str) -> bool {
        let Some((pitch, given)) = self.take(id) else { return false };
        self.accepted.insert(pitch, given.base + 1);
        true
    }

    /// It does not count: a busy server is asked again, and what came too late waits until it is given back.
    pub fn refused(&mut self, id: &str, refusal: &Refusal, now: Instant) {
        let Some((pitch, given)) = self.take(id) else { return };
        match refusal.code.as_str() {
            "overloaded" | "unavailable" => {
                self.given.insert(pitch, Given { at: Some(now + BUSY), ..given });
            }
            "window-closed" => {
                self.late.insert(pitch);
            }
            code => tracing::debug!(pitch, code, "a robot's scorecard was refused"),
        }
    }

    fn take(&mut self, id: &str) -> Option<(String, Given)> {
        let pitch = self.given.iter().find(|(_, given)| given.id == id).map(|(pitch, _)| pitch.clone())?;
        let given = self.given.remove(&pitch)?;
        Some((pitch, given))
    }

    /// How many the server does not have.
    pub fn unsent(&self) -> usize {
        self.given.len()
    }

    /// Pitches whose scorecard came too late, each once.
    pub fn came_late(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.late)
    }
}

/// The version that the view shows; 0 for none.
fn seen(view: &JudgeView, pitch: &str) -> u32 {
    view.cards.get(pitch).map_or(0, |card| card.version)
}

fn is_closed(view: &JudgeView, pitch: &str) -> bool {
    matches!(view.hall.phases.get(pitch), Some(PhaseName::Closed | PhaseName::Revealed))
}

fn is_aside(view: &JudgeView, pitch: &str) -> bool {
    view.recused.contains_key(pitch) || view.abstained.contains_key(pitch)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const PITCH: &str = "R1-P1";

    /// A judge's view with this pitch in `phase`; `more` goes over it.
    fn view(phase: &str, more: Value) -> JudgeView {
        let open: &[&str] = if phase == "scoring" { &[PITCH] } else { &[] };
        let mut view = json!({
            "hall": {
                "contest": { "code": "7k2m9x", "title": "t", "subtitle": "", "venue": "", "zone": "Asia/Shanghai", "live": false, "finished": false },
                "scene": "pitch", "projects": {}, "order": [PITCH], "phases": { PITCH: phase },
                "stage": { "pitch": PITCH, "phase": phase, "since": 1000 },
                "standings": [], "segments": [], "items": [PITCH],
            },
            "judge": "J1",
            "me": { "number": 1, "name": "n", "unit": "", "chair": false },
            "criteria": [],
            "cards": {}, "recused": {}, "reopened": {}, "abstained": {}, "open": open,
        });
        crate::wire::patch::merge(&mut view, &more);
        serde_json::from_value(view).expect("a view")
    }

    fn version(version: u32) -> Value {
        let card = json!({ "version": version, "marks": {}, "comment": "", "total": "0", "locked": false, "seq": 9 });
        json!({ "cards": { PITCH: card } })
    }

    /// Looks, scores what is due and says it; how many were said.
    fn turn(outbox: &mut Outbox, view: &JudgeView, late: bool) -> usize {
        let now = Instant::now();
        // The second look at the same view changes nothing.
        for _ in 0..2 {
            outbox.look(view, now, |_| if late { When::OnceClosed } else { When::At(now) });
        }
        for pitch in outbox.ripe(now) {
            let command = ClientCommand::FinishContest { despite: false };
            outbox.give(pitch.clone(), format!("id of {pitch}"), outbox.base(view, &pitch), command, now);
        }
        let mut said = 0;
        while let Some((pitch, _)) = outbox.to_say(now) {
            outbox.said(&pitch);
            said += 1;
        }
        said
    }

    #[test]
    fn what_is_not_answered_goes_again_on_a_new_line_under_its_id() {
        let mut outbox = Outbox::default();
        let open = view("scoring", json!({}));
        assert_eq!(turn(&mut outbox, &open, false), 1);
        assert_eq!(turn(&mut outbox, &open, false), 0, "once a line");
        outbox.new_line(Instant::now());
        let (pitch, again) = outbox.to_say(Instant::now()).expect("again");
        assert_eq!((again.id.as_str(), again.tries), ("id of R1-P1", 1));
        assert!(outbox.said(&pitch), "it had left before");
        assert_eq!(outbox.unsent(), 1);
        assert!(outbox.received(&again.id));
        assert!(!outbox.received(&again.id), "a second receipt says nothing new");
        assert_eq!(outbox.unsent(), 0);
    }

    #[test]
    fn a_view_that_is_behind_its_receipt_is_not_believed() {
        let mut outbox = Outbox::default();
        let open = view("scoring", json!({}));
        turn(&mut outbox, &open, false);
        outbox.received("id of R1-P1");
        assert_eq!(turn(&mut outbox, &open, false), 0);
        assert_eq!(turn(&mut outbox, &view("scoring", version(1)), false), 0);
        // Given back: a second version, and once more the view is behind.
        let mut back = version(1);
        crate::wire::patch::merge(&mut back, &json!({ "reopened": { PITCH: "again" } }));
        let back = view("closed", back);
        assert_eq!(outbox.base(&back, PITCH), 1);
        assert_eq!(turn(&mut outbox, &back, false), 1);
        outbox.received("id of R1-P1");
        assert_eq!(turn(&mut outbox, &back, false), 0);
    }

    #[test]
    fn what_came_too_late_is_told_and_goes_once_it_is_given_back() {
        let mut outbox = Outbox::default();
        assert_eq!(turn(&mut outbox, &view("scoring", json!({})), true), 0);
        assert_eq!(turn(&mut outbox, &view("closed", json!({})), true), 1);
        outbox.refused("id of R1-P1", &Refusal::new("window-closed"), Instant::now());
        assert_eq!(outbox.came_late().into_iter().collect::<Vec<_>>(), [PITCH]);
        assert_eq!(turn(&mut outbox, &view("closed", json!({})), true), 0);
        let back = view("closed", json!({ "reopened": { PITCH: "late" } }));
        assert_eq!(turn(&mut outbox, &back, true), 1);
        assert!(outbox.came_late().is_empty());
    }

    #[test]
    fn the_hosts_nudge_hurries_who_is_late_and_a_nudge_of_before_does_not() {
        for (at, said) in [(999, 0), (1000, 1)] {
            let nudged = view("scoring", json!({ "nudge": { "what": "submit", "at": at } }));
            assert_eq!(turn(&mut Outbox::default(), &nudged, true), said, "{at}");
        }
    }

    #[test]
    fn a_busy_server_is_asked_again_and_any_other_no_is_an_answer() {
        let mut outbox = Outbox::default();
        let open = view("scoring", json!({}));
        turn(&mut outbox, &open, false);
        let now = Instant::now();
        outbox.refused("id of R1-P1", &Refusal::new("overloaded"), now);
        assert_eq!(outbox.next(), Some(now + BUSY));
        assert!(outbox.to_say(now).is_none() && outbox.to_say(now + BUSY).is_some());
        outbox.refused("id of R1-P1", &Refusal::new("recused"), now);
        assert_eq!((outbox.unsent(), outbox.next()), (0, None));
    }

    #[test]
    fn who_is_recused_or_has_no_open_window_says_nothing() {
        let aside = [json!({ "recused": { PITCH: "r" } }), json!({ "abstained": { PITCH: "a" } })];
        for more in aside {
            assert_eq!(turn(&mut Outbox::default(), &view("scoring", more), false), 0);
        }
        assert_eq!(turn(&mut Outbox::default(), &view("pitching", json!({})), false), 0);
    }
}
