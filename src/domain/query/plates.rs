//! 亮分: the judges' plates between "the score comes next" and the score in the standings. They turn, what the rule leaves out
//! is struck, the score stands. Every step is a fact, so that the hall's picture is one; with the first the scorecards are copied
//! into [`Published`], because from there on the hall sees them.

use crate::domain::kernel::ids::PitchId;
use crate::domain::query::result;
use crate::domain::scoring::explain;
use crate::domain::state::contest::Contest;
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use crate::domain::terms::plates::{PlateStep, Turning};

/// The steps of a pitch's plates, in order; none where they do not turn.
pub fn steps(contest: &Contest, round: &Round, pitch: PitchId) -> Vec<PlateStep> {
    let up = contest.published.plates.as_ref().filter(|plates| plates.pitch == pitch);
    let computed = match up {
        Some(_) => result::of_plates(round, &contest.published),
        None => result::announced(contest, round, pitch),
    };
    let cards = up.map_or_else(|| contest.counting(round, pitch).count(), |plates| plates.cards.len());
    let cards = u16::try_from(cards).unwrap_or(u16::MAX);
    let first = match round.window.plates {
        Turning::None => return Vec::new(),
        Turning::Together => cards,
        Turning::OneByOne => 1,
    };
    let mut steps: Vec<_> = (first..=cards).map(PlateStep::Turned).collect();
    // A rule that cannot rank yet (a rank sum with a scorecard missing) has no score to show.
    if let Ok(computed) = computed
        && let Some(position) = computed.position(pitch)
        && computed.score(position).is_some()
    {
        let explained = explain::explain(&computed.standings, position);
        steps.extend(explained.is_some_and(|found| found.leaves_out()).then_some(PlateStep::Struck));
        steps.push(PlateStep::Scored);
    }
    steps
}

/// The step that comes after what stands; `None` when the plates are done, or do not turn.
pub fn next(contest: &Contest, round: &Round, pitch: PitchId) -> Option<PlateStep> {
    after(&steps(contest, round, pitch), standing(&contest.published, pitch))
}

/// The first of these steps that comes after what stands.
pub fn after(steps: &[PlateStep], now: Option<PlateStep>) -> Option<PlateStep> {
    steps.iter().copied().find(|step| now.is_none_or(|now| *step > now))
}

/// The step before what stands; `None` while nothing was turned.
pub fn before(contest: &Contest, round: &Round, pitch: PitchId) -> Option<PlateStep> {
    let now = standing(&contest.published, pitch).filter(|now| *now > PlateStep::Turned(0))?;
    let steps = steps(contest, round, pitch);
    Some(steps.into_iter().rfind(|step| *step < now).unwrap_or(PlateStep::Turned(0)))
}

/// What stands of this pitch's plates.
pub fn standing(published: &Published, pitch: PitchId) -> Option<PlateStep> {
    published.plates.as_ref().filter(|plates| plates.pitch == pitch).map(|plates| plates.step)
}
