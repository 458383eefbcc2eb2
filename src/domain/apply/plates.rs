//! What turning a plate does, and when the plates are gone.

use crate::domain::kernel::ids::PitchId;
use crate::domain::state::contest::Contest;
use crate::domain::state::plates::Plates;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::Phase;

/// What a step does. The first one copies what counts.
pub(super) fn show(contest: &mut Contest, pitch: PitchId, step: PlateStep) {
    if let Some(plates) = contest.published.plates.as_mut().filter(|plates| plates.pitch == pitch) {
        plates.step = step;
        return;
    }
    let Some(round) = contest.round(pitch.round) else { return };
    let cards = contest.counting(round, pitch).map(|(judge, card)| (judge, card.clone())).collect();
    let deductions = contest.pitch(pitch).map(|pitch| pitch.deductions.clone()).unwrap_or_default();
    contest.published.plates = Some(Plates { pitch, cards, deductions, step }.into());
}

/// The score goes into the standings: the plates are done. Those of a score that is corrected are of the past.
pub(super) fn reveal(contest: &mut Contest, pitch: PitchId) {
    let again = contest.pitch(pitch).is_some_and(|pitch| pitch.phase == Phase::Revealed);
    match &mut contest.published.plates {
        Some(plates) if plates.pitch == pitch && !again => plates.step = PlateStep::Scored,
        Some(plates) if plates.pitch != pitch && again => {}
        plates => *plates = None,
    }
}

/// Plates are up while their score is announced, and stay until something else has the stage.
pub(super) fn settle(contest: &mut Contest) {
    let Some(plates) = &contest.published.plates else { return };
    let stage = &contest.show.stage;
    let revealed = contest.pitch(plates.pitch).is_some_and(|pitch| pitch.phase == Phase::Revealed);
    let up = stage.announcing == Some(plates.pitch)
        || (revealed && stage.current == Some(plates.pitch) && stage.segment.is_none());
    if !up {
        contest.published.plates = None;
    }
}
