//! The last few results of a round, kept beside it: the same scorecards give the same result, which is then looked up and not
//! computed. A result is a pure function of what is compared here; whether it was kept changes nothing but the time.
//!
//! Copies of a round share what is kept. It is no part of the state: two rounds are equal whatever they have looked up.

use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, TrackId};
use crate::domain::kernel::shared::Shared;
use crate::domain::scoring::rule::{Rule, Tie};
use crate::domain::scoring::standings::Standings;
use crate::domain::scoring::table::Problem;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::pitch::Deducted;
use crate::domain::state::vote::Counts;
use crate::domain::terms::rubric::Criterion;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A row of standings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The track whose list it stands in; `None`: that of all.
    pub list: Option<TrackId>,
    pub pitch: PitchId,
    /// `None` where fewer scorecards counted than the rule asks for.
    pub place: Option<u32>,
    pub score: String,
    pub k: u32,
    /// What parted it from a neighbour of the same score, of those whom the list tells; `share` where nothing did.
    pub tie: Option<Tie>,
}

/// One ranked list of a round, with the lists that its positions refer to.
#[derive(Debug, Clone)]
pub struct RoundResult {
    pub pitches: Vec<PitchId>,
    pub judges: Vec<JudgeId>,
    pub standings: Standings,
    /// Best first, unranked last.
    pub rows: Vec<Row>,
}

impl RoundResult {
    /// The pitch's position in the lists.
    pub fn position(&self, pitch: PitchId) -> Option<usize> {
        self.pitches.iter().position(|one| *one == pitch)
    }

    /// The score at this position as it is printed, ranked or not.
    pub fn score(&self, position: usize) -> Option<&str> {
        let ranked = self.standings.ranked.iter().find(|row| row.project == position);
        let unranked =
            || self.standings.unranked.iter().find(|row| row.project == position)?.score.as_deref();
        ranked.map(|row| row.score.as_str()).or_else(unranked)
    }

    /// Notes at each of these rows, best first, what parted it from its neighbours of the same score: from the one above, from
    /// the one below where there is none. `below` is the row that follows them.
    pub fn note_ties(&self, rows: &mut [Row], below: Option<&Row>) {
        let parted = |better: &Row, worse: &Row| {
            let (better, worse) = (self.position(better.pitch)?, self.position(worse.pitch)?);
            self.standings.parted(better, worse)
        };
        let ties: Vec<Option<Tie>> = (0..rows.len())
            .map(|at| {
                let row = &rows[at];
                let above = at.checked_sub(1).and_then(|at| parted(&rows[at], row));
                let below = rows.get(at + 1).or(below).and_then(|below| parted(row, below));
                if below == Some(Tie::Share) { below } else { above.or(below) }
            })
            .collect();
        rows.iter_mut().zip(ties).for_each(|(row, tie)| row.tie = tie);
    }
}

/// What a page, a preview and an undo may ask for at one time, of each list: the hall's, the staff's, those before and after the
/// next cue.
const KEPT: usize = 12;

/// One scorecard that goes into a result.
pub type Entry<'a> = (PitchId, JudgeId, &'a Shared<Scorecard>);

/// What a result is made from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub criteria: &'a Shared<Vec<Criterion>>,
    pub rule: &'a Shared<Rule>,
    /// Seats.
    pub panel: usize,
    pub cards: &'a [Entry<'a>],
    pub deducted: &'a [(PitchId, &'a Deducted)],
    pub vote: Option<&'a Counts>,
    pub decisions: &'a Shared<Vec<Vec<ProjectId>>>,
    pub list: Option<TrackId>,
    /// Who is of the list, where that is a track's.
    pub among: &'a [PitchId],
}

/// A result, or why there is none.
pub type Computed = Result<Shared<RoundResult>, Problem>;

#[derive(Clone, Default)]
pub struct Tables(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    /// Oldest first.
    results: VecDeque<(Inputs, Computed)>,
    computed: u64,
}

/// The same, kept.
struct Inputs {
    cards: Vec<(PitchId, JudgeId, Shared<Scorecard>)>,
    deducted: Vec<(PitchId, Deducted)>,
    vote: Option<Counts>,
    criteria: Shared<Vec<Criterion>>,
    rule: Shared<Rule>,
    panel: usize,
    decisions: Shared<Vec<Vec<ProjectId>>>,
    list: Option<TrackId>,
    among: Vec<PitchId>,
}

impl Inputs {
    fn of(given: &Given) -> Self {
        Inputs {
            cards: given.cards.iter().map(|(pitch, judge, card)| (*pitch, *judge, (*card).clone())).collect(),
            deducted: given.deducted.iter().map(|(pitch, one)| (*pitch, (*one).clone())).collect(),
            vote: given.vote.cloned(),
            criteria: given.criteria.clone(),
            rule: given.rule.clone(),
            panel: given.panel,
            decisions: given.decisions.clone(),
            list: given.list,
            among: given.among.to_vec(),
        }
    }

    /// Scorecards are compared by what they are, not by what they say: those that are kept cannot be another's.
    fn are(&self, given: &Given) -> bool {
        let same = |((pitch, judge, card), kept): (&Entry, &(PitchId, JudgeId, Shared<Scorecard>))| {
            (*pitch, *judge) == (kept.0, kept.1) && card.same(&kept.2)
        };
        let deducted = given.deducted.iter().map(|(pitch, one)| (pitch, *one));
        self.cards.len() == given.cards.len()
            && self.panel == given.panel
            && self.list == given.list
            && self.among == given.among
            && given.cards.iter().zip(&self.cards).all(same)
            && deducted.eq(self.deducted.iter().map(|(pitch, one)| (pitch, one)))
            && self.vote.as_ref() == given.vote
            && self.criteria == *given.criteria
            && self.rule == *given.rule
            && self.decisions == *given.decisions
    }
}

impl Tables {
    /// The result of these inputs, kept or computed now; of a round with so many lists.
    pub fn look_up(&self, given: &Given, lists: usize, compute: impl FnOnce() -> Computed) -> Computed {
        let known = |kept: &Kept| {
            let found = kept.results.iter().rev().find(|(inputs, _)| inputs.are(given));
            found.map(|(_, computed)| computed.clone())
        };
        if let Some(computed) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return computed;
        }
        let computed = compute();
        let inputs = Inputs::of(given);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.computed += 1;
        if kept.results.len() >= KEPT * lists.max(1) {
            kept.results.pop_front();
        }
        kept.results.push_back((inputs, computed.clone()));
        computed
    }

    /// Results that were computed so far, by this round and its copies.
    pub fn computed(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).computed
    }
}

impl PartialEq for Tables {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Tables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tables")
    }
}
