//! Running the stage: a pitch's life from queued to revealed, and the scene of the big screen.

use super::{pitch, reason};
use crate::domain::contest::{Contest, Round};
use crate::domain::fact::Fact;
use crate::domain::ids::PitchId;
use crate::domain::programme::{Phase, Pitch, Scene};
use crate::domain::rejection::Rejection;

pub fn start(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = pitch(contest, id)?;
    expect(state, &[Phase::Queued])?;
    if round.criteria.is_empty() {
        return Err(Rejection::RubricMissing);
    }
    if round.panel.is_empty() {
        return Err(Rejection::PanelEmpty);
    }
    if let Some(other) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch: other });
    }
    Ok(vec![Fact::PitchStarted { pitch: id }])
}

pub fn start_qa(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    expect(pitch(contest, id)?.1, &[Phase::Pitching])?;
    Ok(vec![Fact::QaStarted { pitch: id }])
}

/// Opens scoring after the pitch or after Q&A; opens a closed window again, too, while nothing is revealed.
pub fn open_window(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    expect(state, &[Phase::Pitching, Phase::Qa, Phase::Closed])?;
    if let Some(other) = contest.on_stage().filter(|other| *other != id) {
        return Err(Rejection::StageTaken { pitch: other });
    }
    Ok(vec![Fact::WindowOpened { pitch: id }])
}

pub fn close_window(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    expect(pitch(contest, id)?.1, &[Phase::Scoring])?;
    Ok(vec![Fact::WindowClosed { pitch: id }])
}

/// Makes the pitch's score public. After a correction of a revealed pitch it is given again, and confirms the correction.
pub fn reveal(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = pitch(contest, id)?;
    expect(state, &[Phase::Closed, Phase::Revealed])?;
    let counting = counting_cards(contest, round, state);
    if counting.is_empty() {
        return Err(Rejection::NothingToReveal { pitch: id });
    }
    let shown = contest.published.reveals.iter().find(|reveal| reveal.pitch == id);
    let same = shown.is_some_and(|reveal| {
        reveal.cards.iter().map(|(judge, card)| (*judge, card.version)).eq(counting.iter().copied())
    });
    if state.phase == Phase::Revealed && same {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::PitchRevealed { pitch: id }])
}

/// Judges and versions of the scorecards that count.
fn counting_cards(
    contest: &Contest,
    round: &Round,
    state: &Pitch,
) -> Vec<(crate::domain::ids::JudgeId, u32)> {
    let expected: Vec<_> = round.expected(state).collect();
    contest
        .sealed
        .of(state.id)
        .filter(|(judge, _)| expected.contains(judge))
        .map(|(judge, card)| (judge, card.version))
        .collect()
}

pub fn mark_absent(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    expect(pitch(contest, id)?.1, &[Phase::Queued, Phase::Pitching])?;
    Ok(vec![Fact::PitchMarkedAbsent { pitch: id }])
}

pub fn withdraw(contest: &Contest, id: PitchId, why: &str) -> Result<Vec<Fact>, Rejection> {
    let unrevealed =
        [Phase::Queued, Phase::Pitching, Phase::Qa, Phase::Scoring, Phase::Closed, Phase::Absent];
    expect(pitch(contest, id)?.1, &unrevealed)?;
    Ok(vec![Fact::PitchWithdrawn { pitch: id, reason: reason(why)? }])
}

pub fn bring_back(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    expect(pitch(contest, id)?.1, &[Phase::Absent, Phase::Withdrawn])?;
    Ok(vec![Fact::PitchBroughtBack { pitch: id }])
}

pub fn show_scene(contest: &Contest, scene: Scene) -> Result<Vec<Fact>, Rejection> {
    if contest.show.scene == scene {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::SceneShown { scene }])
}

pub fn finish(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    if let Some(pitch) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch });
    }
    Ok(vec![Fact::ContestFinished])
}

fn expect(pitch: &Pitch, phases: &[Phase]) -> Result<(), Rejection> {
    if phases.contains(&pitch.phase) {
        Ok(())
    } else {
        Err(Rejection::WrongPhase { pitch: pitch.id, phase: pitch.phase })
    }
}
