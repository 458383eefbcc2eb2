//! Who is out of the ranking as far as the hall knows. Of a score that was announced it knows when it was told.

use crate::domain::state::pitch::Pitch;
use crate::domain::state::published::Published;
use crate::domain::state::reveal::Step;
use crate::domain::terms::programme::Phase;

/// What the hall knows has become of the pitch; who stands again, once it is told.
pub fn phase(pitch: &Pitch, published: &Published) -> Phase {
    // It stands again, or is out in another way: both are told.
    let back = pitch.phase == Phase::Revealed && pitch.out.is_none();
    if let Some(told) = published.out.get(&pitch.id).filter(|_| back || pitch.out_announced()) {
        return *told;
    }
    if pitch.out_announced() && !is_told(pitch, published) { Phase::Revealed } else { pitch.phase }
}

/// Its score was told to the hall, whatever has become of it since.
pub fn was_announced(pitch: &Pitch, published: &Published) -> bool {
    pitch.phase == Phase::Revealed || pitch.out_announced() || published.out.contains_key(&pitch.id)
}

fn is_told(pitch: &Pitch, published: &Published) -> bool {
    let shown = published.reveals.iter().any(|reveal| reveal.pitch == pitch.id);
    // A frozen board tells it with the step that names who has no place.
    let steps = published.board.iter().flat_map(|board| &board.steps);
    let named = |step: &Step| matches!(step, Step::Unplaced(pitches) if pitches.contains(&pitch.id));
    !shown || steps.into_iter().any(named)
}
