//! Which list's leaderboard the key shows, where tracks rank: with a score the list that it is in, and once every score is told
//! each list in turn, in the order in which the podium tells them.

use crate::domain::kernel::ids::TrackId;
use crate::domain::query::result;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::Scene;

/// The list after a score that the hall has been told; `None` where the leaderboard's scene shows it by itself.
pub fn after_score(contest: &Contest) -> Option<Option<TrackId>> {
    let round = contest.show.round_now().filter(|round| round.rule.ranking.has_tracks())?;
    // The show is over: what is still told is a correction, and the list that it is in.
    if all_told(contest, round)
        && !contest.show.finished
        && let [first, _, ..] = *lists(contest, round)
    {
        return Some(first);
    }
    let stage = &contest.show.stage;
    let corrected = contest.published.correction.as_ref().filter(|_| stage.scene == Scene::Correction);
    let pitch = corrected.map(|told| told.pitch).or(stage.current)?;
    let list = round.list_of(pitch);
    let by_itself = stage.board.0.is_none() && (list.is_none() || stage.current == Some(pitch));
    (!by_itself).then_some(list)
}

/// The list that comes next, while the hall goes through them.
pub fn next(contest: &Contest, round: &Round) -> Option<Option<TrackId>> {
    let stage = &contest.show.stage;
    if stage.scene != Scene::Leaderboard || stage.board.1 > 0 || !all_told(contest, round) {
        return None;
    }
    let lists = lists(contest, round);
    // The scene alone shows one list, and begins nothing.
    let at = lists.iter().position(|list| *list == stage.board.0)?;
    lists.get(at + 1).copied()
}

/// Lists in which somebody stands, as the podium tells them.
pub fn lists(contest: &Contest, round: &Round) -> Vec<Option<TrackId>> {
    let rows = result::public(round, &contest.published);
    let mut lists = round.lists();
    lists.retain(|list| rows.iter().any(|row| row.list == *list));
    lists
}

/// No pitch comes, and no board stands still.
fn all_told(contest: &Contest, round: &Round) -> bool {
    contest.is_over(round) && !round.board_frozen
}
