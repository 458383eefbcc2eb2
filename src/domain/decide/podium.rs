//! The podium, told place by place.

use super::stage::tells;
use crate::domain::fact::Fact;
use crate::domain::query::podium;
use crate::domain::rejection::Rejection;
use crate::domain::scoring::field::Ranking;
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Scene;

/// One place more, or fewer.
pub fn step(contest: &Contest, to: u16) -> Result<Vec<Fact>, Rejection> {
    let stage = &contest.show.stage;
    tells(contest, Scene::Podium)?;
    match to {
        to if to == 0 || to > podium::steps(contest) || to > stage.podium_told + 1 => {
            Err(Rejection::NotTheNextStep)
        }
        to if to == stage.podium_told && stage.scene == Scene::Podium => Err(Rejection::NothingChanges),
        _ => Ok(vec![Fact::PodiumStepped { to }]),
    }
}

/// The podium's scene, where there are several: the one that is begun, as far as it is told, else the next one whole.
pub fn show(contest: &Contest, scene: Scene) -> Option<Result<Vec<Fact>, Rejection>> {
    let (stage, published) = (&contest.show.stage, &contest.published);
    let round = contest.show.round_now().filter(|_| scene == Scene::Podium)?;
    if round.rule.ranking == Ranking::Overall || podium::all(round, published).len() < 2 {
        return None;
    }
    let (told, on) = (stage.podium_told, stage.scene == Scene::Podium);
    let to = if on || told == 0 { podium::whole(round, published, told) } else { told };
    Some(match tells(contest, Scene::Podium) {
        Err(rejection) => Err(rejection),
        Ok(()) if on && to == told => Err(Rejection::NothingChanges),
        Ok(()) => Ok(vec![Fact::PodiumStepped { to }]),
    })
}

/// While it is on the screen, the way back goes through its places first.
pub fn back(contest: &Contest) -> Option<Result<Vec<Fact>, Rejection>> {
    let stage = &contest.show.stage;
    let to = stage.podium_told.checked_sub(1).filter(|to| *to > 0 && stage.scene == Scene::Podium)?;
    Some(Ok(vec![Fact::PodiumStepped { to }]))
}
