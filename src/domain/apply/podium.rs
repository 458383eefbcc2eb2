//! A podium of other standings was not shown yet; one that is on the screen goes, rather than crown somebody else in its place.

use crate::domain::fact::row::Moves;
use crate::domain::kernel::ids::RoundId;
use crate::domain::query::podium;
use crate::domain::query::result;
use crate::domain::state::contest::Contest;
use crate::domain::state::tables::Row;
use crate::domain::terms::programme::Scene;

/// Standings of which a podium was shown, before they may change.
pub(super) struct Look(Option<(RoundId, Vec<Row>)>);

/// Most often there was none: then nothing is computed.
pub(super) fn look(contest: &Contest, moves: Moves) -> Look {
    let round = match moves {
        Moves::Score(pitch) => Some(pitch.round),
        Moves::Tie(round) => Some(round),
        Moves::Counts => contest.show.vote.as_ref().map(|vote| vote.question.round),
        Moves::Nothing | Moves::Mark(_) | Moves::Board(_) | Moves::Unknown => None,
    };
    let begun = contest.show.stage.podium || contest.show.stage.podium_told > 0;
    let round = round.filter(|_| begun);
    Look(round.and_then(|round| Some((round, public(contest, round)?))))
}

pub(super) fn note(contest: &mut Contest, Look(before): Look) {
    let Some((round, rows)) = before else { return };
    let same = public(contest, round) == Some(rows);
    let stage = &mut contest.show.stage;
    if same {
        return;
    }
    // What is being told place by place begins anew.
    if !stage.podium {
        stage.podium_told = 0;
    }
    stage.podium = false;
    if stage.scene == Scene::Podium {
        stage.show(Scene::Cover);
    }
}

fn public(contest: &Contest, round: RoundId) -> Option<Vec<Row>> {
    contest.round(round).map(|round| result::public(round, &contest.published))
}

/// It has been shown once its last place was.
pub(super) fn step(contest: &mut Contest, to: u16) {
    let whole = to >= podium::steps(contest);
    let stage = &mut contest.show.stage;
    stage.show(Scene::Podium);
    stage.podium = whole;
    stage.podium_told = to;
}
