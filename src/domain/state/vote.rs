//! The vote as it stands, and its ballots.

use crate::domain::kernel::ids::{ProjectId, RoundId};
use crate::domain::kernel::time::Millis;
use crate::domain::terms::vote::{Admission, Question, VoteState, Voter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What everybody may see of the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    pub question: Question,
    pub state: VoteState,
    /// When it was opened first: a device that voted in another run of the evening knows by this that it has not yet.
    pub opened: Option<Millis>,
    /// It closes by itself.
    pub closes_at: Option<Millis>,
}

/// One voter's ballot, its newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The device that cast it; for a seat code, the only one that may change it.
    pub device: Voter,
    pub choices: Vec<ProjectId>,
    /// How often it was changed.
    pub changes: u8,
}

/// The ballot box: sealed until the counts are revealed. Counts are kept as ballots come in. Ballots lie in drawers by their
/// voter's first byte, so that a copy of the contest that takes another ballot copies one drawer and not the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotBox {
    pub codes: Arc<BTreeSet<Voter>>,
    drawers: Vec<Arc<BTreeMap<Voter, Ballot>>>,
    ballots: usize,
    counts: BTreeMap<ProjectId, u64>,
}

impl Default for BallotBox {
    fn default() -> Self {
        BallotBox {
            codes: Arc::default(),
            drawers: vec![Arc::default(); 256],
            ballots: 0,
            counts: BTreeMap::new(),
        }
    }
}

impl BallotBox {
    fn drawer(voter: Voter) -> usize {
        usize::from(voter.0.to_be_bytes()[0])
    }

    pub fn get(&self, voter: Voter) -> Option<&Ballot> {
        self.drawers[Self::drawer(voter)].get(&voter)
    }

    /// Ballots that are in.
    pub fn len(&self) -> usize {
        self.ballots
    }

    pub fn is_empty(&self) -> bool {
        self.ballots == 0
    }

    /// The answer to this question.
    pub fn counted(&self, question: &Question) -> Counts {
        let count = |project: &ProjectId| (*project, self.counts.get(project).copied().unwrap_or(0));
        Counts {
            round: question.round,
            admission: question.admission,
            ballots: self.ballots,
            counts: question.choices.iter().map(count).collect(),
        }
    }

    pub fn put(&mut self, voter: Voter, device: Voter, choices: &[ProjectId]) {
        let drawer = Arc::make_mut(&mut self.drawers[Self::drawer(voter)]);
        let before = drawer.remove(&voter);
        let changes = before.as_ref().map_or(0, |before| before.changes.saturating_add(1));
        drawer.insert(voter, Ballot { device, choices: choices.to_vec(), changes });
        self.ballots += usize::from(before.is_none());
        for project in before.iter().flat_map(|before| &before.choices) {
            if let Some(count) = self.counts.get_mut(project) {
                *count -= 1;
            }
        }
        for project in choices {
            *self.counts.entry(*project).or_default() += 1;
        }
    }
}

/// The counts as they were revealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub round: RoundId,
    pub admission: Admission,
    pub ballots: usize,
    /// Every project that could be chosen.
    pub counts: BTreeMap<ProjectId, u64>,
}
