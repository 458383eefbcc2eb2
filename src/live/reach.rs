//! Whose views a fact can change. Who is not named here keeps the view that stands; that nobody is forgotten is shown by
//! comparing, after every move of random evenings, what was published with views made from scratch (`model`).

use crate::domain::fact::Fact;
use crate::domain::kernel::ids::JudgeId;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::terms::programme::Phase;
use std::collections::BTreeSet;

/// The audiences that a batch of facts concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    Everybody,
    /// The hall, the staff, and these judges; the chair, too, where the window has closed: before, nobody looks over a judge's
    /// shoulder.
    Scorecards {
        judges: BTreeSet<JudgeId>,
        chair: bool,
    },
    /// The console and these judges.
    Console(BTreeSet<JudgeId>),
}

impl Reach {
    /// Of a fact that led to this state.
    pub fn of(fact: &Fact, state: &Contest) -> Reach {
        match fact {
            Fact::ScorecardSubmitted { pitch, judge, .. } => {
                let closed = |pitch: &Pitch| matches!(pitch.phase, Phase::Closed | Phase::Revealed);
                let chair = state.pitch(*pitch).is_none_or(closed);
                Reach::Scorecards { judges: BTreeSet::from([*judge]), chair }
            }
            Fact::ScorecardsSigned { judge, .. } => Reach::Console(BTreeSet::from([*judge])),
            // Until it is revealed, nobody but the console sees anything of a ballot.
            Fact::BallotCast { .. } => Reach::Console(BTreeSet::new()),
            _ => Reach::Everybody,
        }
    }

    /// Whom both concern.
    pub fn and(self, other: Reach) -> Reach {
        use Reach::{Console, Everybody, Scorecards};
        match (self, other) {
            (Everybody, _) | (_, Everybody) => Everybody,
            (Console(mut one), Console(other)) => {
                one.extend(other);
                Console(one)
            }
            (Scorecards { mut judges, chair }, Console(other))
            | (Console(other), Scorecards { mut judges, chair }) => {
                judges.extend(other);
                Scorecards { judges, chair }
            }
            (Scorecards { mut judges, chair }, Scorecards { judges: other, chair: also }) => {
                judges.extend(other);
                Scorecards { judges, chair: chair || also }
            }
        }
    }
}
