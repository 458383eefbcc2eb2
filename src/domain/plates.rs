//! 亮分: the judges' plates between "the score comes next" and the score in the standings. They turn, what the rule leaves out
//! is struck, the score stands. Every step is a fact, so that the hall's picture is one; with the first the scorecards are copied
//! into [`Published`], because from there on the hall sees them.

use crate::domain::cards::Scorecard;
use crate::domain::contest::{Contest, Published, Round};
use crate::domain::ids::{JudgeId, PitchId};
use crate::domain::programme::{Deducted, Phase};
use crate::domain::result;
use crate::domain::scoring::explain;
use crate::domain::shared::Shared;
use serde::{Deserialize, Serialize};

/// How the plates of a round turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turning {
    /// There is no ceremony: the score comes at once.
    None,
    #[default]
    Together,
    OneByOne,
}

/// What the hall has been shown of the plates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlateStep {
    /// So many, in the order of the seats; 0: face down again.
    Turned(u16),
    /// What the rule leaves out is struck.
    Struck,
    /// The score stands, with what was taken off.
    Scored,
}

/// The plates of one pitch, from the first that turned.
#[derive(Debug, Clone, PartialEq)]
pub struct Plates {
    pub pitch: PitchId,
    pub cards: Vec<(JudgeId, Shared<Scorecard>)>,
    pub deductions: Vec<Deducted>,
    pub step: PlateStep,
}

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
