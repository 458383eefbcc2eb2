//! Freezing the board, and telling it step by step.

use super::guard::{as_announced, required, round, settled};
use super::vote;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::RoundId;
use crate::domain::kernel::names::NAME_CHARS_MAX;
use crate::domain::query::corrections;
use crate::domain::query::open;
use crate::domain::query::reveal;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Scene;
use crate::domain::terms::reveal::{Award, Mode, Winners};

/// Most awards of a round.
pub const AWARDS_MAX: usize = 40;

pub fn set_awards(contest: &Contest, id: RoundId, awards: &[Award]) -> Result<Vec<Fact>, Rejection> {
    let known = &round(contest, id)?.pitches;
    if awards.len() > AWARDS_MAX {
        return Err(Rejection::TooMany { what: "awards", max: AWARDS_MAX });
    }
    let mut named = Vec::with_capacity(awards.len());
    for award in awards {
        match &award.to {
            Winners::Places(from, to) if *from == 0 || from > to => {
                return Err(Rejection::OutOfBounds { field: "places", max: u32::from(u16::MAX) });
            }
            Winners::Projects(projects) => {
                let gone = projects.iter().filter_map(|one| known.get(one)).find(|one| one.out.is_some());
                if let Some(pitch) = gone {
                    return Err(Rejection::TakenOut { pitch: pitch.id, phase: pitch.phase });
                }
                if let Some(project) = projects.iter().find(|one| !known.contains_key(one)) {
                    return Err(Rejection::UnknownProject { project: *project });
                }
            }
            Winners::Places(..) => {}
        }
        if award.track.is_some_and(|track| !contest.show.tracks.contains_key(&track)) {
            return Err(Rejection::UnknownTrack);
        }
        let lists = round(contest, id)?.rule.ranking.has_tracks();
        if award.track.is_some() && (!lists || matches!(award.to, Winners::Projects(_))) {
            return Err(Rejection::NoSuchList);
        }
        let name = required(&award.name, "award", NAME_CHARS_MAX)?;
        named.push(Award { name, to: award.to.clone(), track: award.track });
    }
    if round(contest, id)?.awards.as_slice() == named {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::AwardsSet { round: id, awards: named }])
}

/// At any time until the standings are the official ones; not while the hall is looking at plates.
pub fn freeze(contest: &Contest, id: RoundId) -> Result<Vec<Fact>, Rejection> {
    if round(contest, id)?.board_frozen {
        return Err(Rejection::NothingChanges);
    }
    if let Some(pitch) = contest.show.stage.announcing.filter(|pitch| contest.plates_up(*pitch)) {
        return Err(Rejection::PlatesUp { pitch });
    }
    as_announced(contest)?;
    Ok(vec![Fact::BoardFrozen { round: id }])
}

pub fn thaw(contest: &Contest, id: RoundId) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    if round.board_frozen {
        let mut thawed = round.clone();
        thawed.thaw_board(true);
        let untold = corrections::decision_is_untold(contest, &thawed);
        Ok(vec![Fact::BoardThawed { round: id, untold }])
    } else {
        Err(Rejection::NothingChanges)
    }
}

/// Not while the hall is looking at a team or at plates.
pub fn tell_decisions(contest: &Contest, id: RoundId) -> Result<Vec<Fact>, Rejection> {
    if !corrections::decision_is_untold(contest, round(contest, id)?) {
        return Err(Rejection::NothingChanges);
    }
    if let Some(pitch) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch });
    }
    if let Some(pitch) = contest.show.stage.announcing.filter(|pitch| contest.plates_up(*pitch)) {
        return Err(Rejection::PlatesUp { pitch });
    }
    Ok(vec![Fact::DecisionsTold { round: id, seal: None }])
}

pub fn begin(contest: &Contest, id: RoundId, mode: Mode) -> Result<Vec<Fact>, Rejection> {
    let round = round(contest, id)?;
    if !round.is_over() {
        return Err(Rejection::RoundNotOver { round: id });
    }
    // A frozen board takes corrections up with its reveal; where the hall knows the scores, they are told by themselves.
    as_announced(contest)?;
    if let Some(pitch) = contest.show.stage.announcing.filter(|pitch| contest.plates_up(*pitch)) {
        return Err(Rejection::PlatesUp { pitch });
    }
    if let Some(state) = vote::outstanding(contest, round) {
        return Err(Rejection::VoteStands { state });
    }
    reveal::plan(contest, round, mode).ok_or(Rejection::NothingRanked)?;
    settled(&open::blocking_reveal(contest))?;
    Ok(vec![Fact::RevealBegun { round: id, mode }])
}

/// How many steps the reveal that is on has.
fn on(contest: &Contest, id: RoundId) -> Result<usize, Rejection> {
    let plan = contest.sealed.reveal.as_ref().filter(|plan| plan.round == id);
    plan.map(|plan| plan.steps.len()).ok_or(Rejection::NoReveal)
}

pub fn step(contest: &Contest, id: RoundId, to: u16) -> Result<Vec<Fact>, Rejection> {
    let (count, shown) = (on(contest, id)?, reveal::shown(contest));
    match usize::from(to) {
        to if to > count || to > shown + 1 => Err(Rejection::NotTheNextStep),
        to if to == shown => Err(Rejection::NothingChanges),
        _ => Ok(vec![Fact::RevealStepped { round: id, to }]),
    }
}

pub fn publish(contest: &Contest, id: RoundId) -> Result<Vec<Fact>, Rejection> {
    if reveal::shown(contest) < on(contest, id)? {
        return Err(Rejection::NotTheNextStep);
    }
    Ok(vec![Fact::BoardPublished { round: id, seal: None }])
}

/// Breaks it off: nothing more of it is shown.
pub fn end(contest: &Contest, id: RoundId) -> Result<Vec<Fact>, Rejection> {
    on(contest, id).map(|_| vec![Fact::RevealEnded { round: id }])
}

/// While the reveal is on the screen, the way back goes through its steps first.
pub fn back(contest: &Contest) -> Option<Result<Vec<Fact>, Rejection>> {
    let plan = contest.sealed.reveal.as_ref()?;
    let to = u16::try_from(reveal::shown(contest)).ok()?.checked_sub(1)?;
    let on_screen = contest.show.stage.scene == Scene::Reveal;
    on_screen.then(|| Ok(vec![Fact::RevealStepped { round: plan.round, to }]))
}
