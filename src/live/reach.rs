//! Whose views a fact can change. Who is not named here keeps the view that stands; that nobody is forgotten is shown by
//! comparing, after every move of random evenings, what was published with views made from scratch (`model`).

use crate::domain::fact::Fact;
use crate::domain::ids::JudgeId;
use std::collections::BTreeSet;

/// The audiences that a batch of facts concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    Everybody,
    /// The hall, the staff, and these judges. The chair looks over every judge's shoulder.
    Scorecards(BTreeSet<JudgeId>),
    /// The console and these judges.
    Console(BTreeSet<JudgeId>),
}

impl Reach {
    pub fn of(fact: &Fact) -> Reach {
        match fact {
            Fact::ScorecardSubmitted { judge, .. } => Reach::Scorecards(BTreeSet::from([*judge])),
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
            (Scorecards(mut one), Scorecards(other) | Console(other))
            | (Console(other), Scorecards(mut one)) => {
                one.extend(other);
                Scorecards(one)
            }
        }
    }
}
