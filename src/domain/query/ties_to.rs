//! What hangs on a project or a judge, so that they cannot be taken out: its stable word, which pages translate.

use crate::domain::kernel::ids::{JudgeId, ProjectId};
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Phase;

pub fn project(contest: &Contest, id: ProjectId) -> Option<&'static str> {
    let mut rounds = contest.show.rounds.values();
    let mut pitches = contest.show.rounds.values().filter_map(|round| round.pitches.get(&id));
    let drawn = |round: &crate::domain::state::round::Round| round.draw.is_some();
    match () {
        () if pitches.clone().any(|pitch| pitch.phase != Phase::Queued) => Some("pitch"),
        () if pitches.any(|pitch| !pitch.recused.is_empty() || !pitch.abstained.is_empty()) => {
            Some("recusal")
        }
        () if rounds.any(|round| drawn(round)) => Some("draw"),
        () if contest.show.vote.is_some() => Some("vote"),
        () if contest.show.signings.iter().any(|(project, _)| *project == id) => Some("signing"),
        () => None,
    }
}

pub fn judge(contest: &Contest, id: JudgeId) -> Option<&'static str> {
    let rounds = || contest.show.rounds.values();
    let mut pitches = rounds().flat_map(|round| round.pitches.values());
    match () {
        () if rounds().any(|round| round.rules_frozen && round.panel.contains(&id)) => Some("scorecard"),
        () if pitches.any(|pitch| pitch.without(id)) => Some("recusal"),
        () if rounds().any(|round| round.signatures.contains_key(&id)) => Some("signature"),
        () => None,
    }
}
