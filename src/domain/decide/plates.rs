//! Turning the plates of the pitch that is announced; and what must wait while they are up.

use super::guard::pitch;
use crate::domain::fact::Fact;
use crate::domain::kernel::ids::PitchId;
use crate::domain::query::plates;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::Scene;

/// One step on, or any step back.
pub fn show(contest: &Contest, id: PitchId, step: PlateStep) -> Result<Vec<Fact>, Rejection> {
    let (round, _) = pitch(contest, id)?;
    if contest.show.stage.announcing != Some(id) {
        return Err(Rejection::NotAnnounced { pitch: id });
    }
    let now = plates::standing(&contest.published, id);
    let steps = plates::steps(contest, round, id);
    let on = plates::after(&steps, now) == Some(step);
    let known = steps.contains(&step) || step == PlateStep::Turned(0);
    match now {
        _ if on => Ok(vec![Fact::PlatesShown { pitch: id, step }]),
        Some(now) if step == now => Err(Rejection::NothingChanges),
        Some(now) if known && step < now => Ok(vec![Fact::PlatesShown { pitch: id, step }]),
        _ => Err(Rejection::NotTheNextStep),
    }
}

/// While the plates are on the screen, the way back goes through their steps first.
pub fn back(contest: &Contest) -> Option<Result<Vec<Fact>, Rejection>> {
    let stage = &contest.show.stage;
    let pitch = stage.announcing.filter(|_| stage.scene == Scene::Pitch)?;
    let step = plates::before(contest, contest.round(pitch.round)?, pitch)?;
    Some(Ok(vec![Fact::PlatesShown { pitch, step }]))
}

/// The hall is looking at what would change.
///
/// # Errors
/// The plates are up.
pub fn wait(contest: &Contest, pitch: PitchId) -> Result<(), Rejection> {
    if contest.plates_up(pitch) { Err(Rejection::PlatesUp { pitch }) } else { Ok(()) }
}
