//! The podium, told place by place.

use super::stage::tells;
use crate::domain::fact::Fact;
use crate::domain::query::podium;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::terms::programme::Scene;

/// One place more, or fewer.
pub fn step(contest: &Contest, to: u8) -> Result<Vec<Fact>, Rejection> {
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

/// While it is on the screen, the way back goes through its places first.
pub fn back(contest: &Contest) -> Option<Result<Vec<Fact>, Rejection>> {
    let stage = &contest.show.stage;
    let to = stage.podium_told.checked_sub(1).filter(|to| *to > 0 && stage.scene == Scene::Podium)?;
    Some(Ok(vec![Fact::PodiumStepped { to }]))
}
