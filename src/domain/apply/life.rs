//! What is said of a result is kept, whatever becomes of it.

use crate::domain::fact::Fact;
use crate::domain::fact::row::Row;
use crate::domain::kernel::ids::RoundId;
use crate::domain::kernel::time::Stamp;
use crate::domain::state::contest::Contest;
use crate::domain::state::life::{Entry, Said};
use crate::domain::terms::announced::Seal;
use crate::domain::terms::life::{Day, Life};

pub(super) fn make(
    contest: &mut Contest,
    round: RoundId,
    step: Life,
    seal: &Seal,
    until: Option<Day>,
    stamp: Stamp,
) {
    note(contest, round, Entry { stamp, step, said: Said::Made { seal: seal.clone(), until } });
    if step == Life::Confirmed {
        contest.unseated.retain(|(_, of)| *of != round);
    }
}

pub(super) fn take_back(contest: &mut Contest, round: RoundId, step: Life, reason: &str, stamp: Stamp) {
    note(contest, round, Entry { stamp, step, said: Said::TakenBack { reason: reason.to_owned() } });
}

/// What comes back to the same standings is another result all the same; only an undo leaves nothing behind.
pub(super) fn unseat(contest: &mut Contest, fact: &Fact, row: Row) {
    if let Fact::ActionUndone { action } = fact {
        if contest.unseated.iter().any(|(seq, _)| seq == action) {
            contest.unseated.retain(|(seq, _)| seq != action);
        }
    } else if row.unseats {
        let of = |round: &RoundId| row.pitch.is_none_or(|pitch| pitch.round == *round);
        let rounds: Vec<_> = contest.lives.keys().copied().filter(of).collect();
        let seq = contest.seq;
        // Nothing is copied where nothing was said.
        if !rounds.is_empty() {
            contest.unseated.extend(rounds.into_iter().map(|round| (seq, round)));
        }
    }
}

fn note(contest: &mut Contest, round: RoundId, entry: Entry) {
    contest.lives.entry(round).or_default().push(entry);
}
