//! Running the stage: a pitch's life from queued to revealed, and the scene of the big screen.

use super::guard::{as_announced, pitch, required, settled};
use super::programme::countdown_secs;
use crate::domain::apply::apply;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{PitchId, TrackId};
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::query::corrections::{self, Shown};
use crate::domain::query::open;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::{Closes, Phase, Scene};

pub fn start(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = pitch(contest, id)?;
    expect(state, &[Phase::Queued])?;
    if round.criteria.is_empty() {
        return Err(Rejection::RubricMissing);
    }
    if round.panel.is_empty() {
        return Err(Rejection::PanelEmpty);
    }
    if round.lacks_track(state) {
        return Err(Rejection::NoTrack { pitch: id });
    }
    if round.draw.as_ref().is_some_and(|draw| draw.secret.is_none()) {
        return Err(Rejection::DrawExists);
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
    plates_down(contest)?;
    let facts = vec![Fact::WindowOpened { pitch: id }];
    // A closed window that is opened again is to stay open: somebody wants to change something.
    if state.phase == Phase::Closed { Ok(facts) } else { Ok(closed_when_all_in(contest, id, facts)) }
}

/// Takes scorecards while the team is still on the stage.
pub fn open_early(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    expect(state, &[Phase::Pitching, Phase::Qa])?;
    if state.early {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::WindowOpenedEarly { pitch: id }])
}

/// Adds the closing of the window to facts that bring the last scorecard, where the round closes by itself then.
pub fn closed_when_all_in(contest: &Contest, id: PitchId, mut facts: Vec<Fact>) -> Vec<Fact> {
    let by_itself = |round: &Round| round.window.closes == Closes::WhenAllIn;
    if !contest.round(id.round).is_some_and(by_itself) {
        return facts;
    }
    let mut after = contest.clone();
    for fact in &facts {
        let stamp = Stamp { seq: after.seq + 1, at: Millis(0), by: None };
        apply(&mut after, fact, stamp);
    }
    let scoring = after.pitch(id).is_some_and(|pitch| pitch.phase == Phase::Scoring);
    if scoring && after.all_in(id) {
        facts.push(Fact::WindowClosed { pitch: id });
    }
    facts
}

/// The window closes by itself so many seconds from now, or by hand again.
pub fn set_countdown(contest: &Contest, id: PitchId, secs: Option<u32>) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    expect(state, &[Phase::Scoring])?;
    let secs = secs.map(countdown_secs).transpose()?;
    if secs.is_none() && state.closes_at.is_none() {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::CountdownSet { pitch: id, secs }])
}

/// By the host; or by the clock, where a countdown was set.
pub fn close_window(contest: &Contest, actor: Actor, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (_, state) = pitch(contest, id)?;
    expect(state, &[Phase::Scoring])?;
    if actor == Actor::Clock && state.closes_at.is_none() {
        return Err(Rejection::NotAllowed);
    }
    Ok(vec![Fact::WindowClosed { pitch: id }])
}

/// Puts the pitch's plates up, face down. Nothing is shown yet, and it can be taken back.
pub fn begin_announcement(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = pitch(contest, id)?;
    expect(state, &[Phase::Closed])?;
    thawed(round)?;
    announceable(contest, round, state)?;
    if let Some(pitch) = contest.on_stage() {
        return Err(Rejection::StageTaken { pitch });
    }
    if contest.show.stage.announcing == Some(id) {
        return Err(Rejection::NothingChanges);
    }
    plates_down(contest)?;
    Ok(vec![Fact::AnnouncementBegun { pitch: id }])
}

/// A frozen board changes with the reveal alone.
fn thawed(round: &Round) -> Result<(), Rejection> {
    if round.board_frozen { Err(Rejection::BoardFrozen { round: round.id }) } else { Ok(()) }
}

fn announceable(contest: &Contest, round: &Round, state: &Pitch) -> Result<(), Rejection> {
    if round.warms_up(state.id.project) {
        return Err(Rejection::WarmUpOpen);
    }
    if corrections::counting(contest, round, state).next().is_none() {
        return Err(Rejection::NothingToReveal { pitch: state.id });
    }
    Ok(())
}

/// Makes the pitch's score public. After a correction of a revealed pitch it is given again, and confirms the correction; so it
/// does where an announced pitch was taken out.
pub fn reveal(contest: &Contest, id: PitchId) -> Result<Vec<Fact>, Rejection> {
    let (round, state) = pitch(contest, id)?;
    let out = Shown::of(contest).owes_leaving(state);
    if !out {
        expect(state, &[Phase::Closed, Phase::Revealed])?;
    }
    others_plates(contest, id)?;
    if out {
        let correction = corrections::of(contest, id).ok_or(Rejection::BoardFrozen { round: id.round })?;
        return Ok(vec![Fact::PitchRevealed { pitch: id, correction: Some(correction), seal: None }]);
    }
    thawed(round)?;
    // It was announced: a correction is told whatever is left of it.
    match state.phase == Phase::Revealed {
        true if corrections::is_as_announced(contest, round, state) => Err(Rejection::NothingChanges),
        true => Ok(()),
        false => announceable(contest, round, state),
    }?;
    let correction = corrections::of(contest, id).filter(|change| change.old != change.new);
    Ok(vec![Fact::PitchRevealed { pitch: id, correction, seal: None }])
}

/// The hall is looking at another pitch's plates: what they say was made from the standings as they are.
/// What the hall is looking at comes to its end: its score is told before anything of it is scored anew.
fn plates_down(contest: &Contest) -> Result<(), Rejection> {
    let up = contest.show.stage.announcing.filter(|up| contest.plates_up(*up));
    up.map_or(Ok(()), |pitch| Err(Rejection::PlatesUp { pitch }))
}

fn others_plates(contest: &Contest, id: PitchId) -> Result<(), Rejection> {
    let up = contest.show.stage.announcing.filter(|up| *up != id && contest.plates_up(*up));
    up.map_or(Ok(()), |pitch| Err(Rejection::PlatesUp { pitch }))
}

pub fn show_scene(contest: &Contest, scene: Scene) -> Result<Vec<Fact>, Rejection> {
    if contest.show.stage.scene == scene {
        return Err(Rejection::NothingChanges);
    }
    tells(contest, scene)?;
    Ok(vec![Fact::SceneShown { scene }])
}

pub fn show_before(contest: &Contest) -> Result<Vec<Fact>, Rejection> {
    let before = contest.show.stage.before.last().ok_or(Rejection::NoSceneBefore)?;
    tells(contest, *before)?;
    Ok(vec![Fact::SceneReturned])
}

/// Standings are shown as they count, and the winners once nothing is open that could make them others.
pub(super) fn tells(contest: &Contest, scene: Scene) -> Result<(), Rejection> {
    if scene.tells_standings() {
        as_announced(contest)?;
    }
    if scene == Scene::Correction && contest.published.correction.is_none() {
        return Err(Rejection::NoCorrection);
    }
    if scene == Scene::Podium { settled(&open::blocking(contest)) } else { Ok(()) }
}

/// Pages that a leaderboard can have: ten rows each.
pub const PAGES_MAX: u16 = 100;

pub fn show_board(contest: &Contest, track: Option<TrackId>, page: u16) -> Result<Vec<Fact>, Rejection> {
    if track.is_some_and(|track| !contest.show.tracks.contains_key(&track)) {
        return Err(Rejection::UnknownTrack);
    }
    if page > PAGES_MAX {
        return Err(Rejection::OutOfBounds { field: "page", max: u32::from(PAGES_MAX) });
    }
    let stage = &contest.show.stage;
    if stage.scene == Scene::Leaderboard && stage.board == (track, page) {
        return Err(Rejection::NothingChanges);
    }
    as_announced(contest)?;
    Ok(vec![Fact::BoardShown { track, page }])
}

/// Lines of a word to the hall, and characters of each.
pub const MESSAGE_LINES_MAX: usize = 2;
pub const MESSAGE_CHARS_MAX: usize = 60;

pub fn message(contest: &Contest, lines: &[String]) -> Result<Vec<Fact>, Rejection> {
    if lines.is_empty() || lines.len() > MESSAGE_LINES_MAX {
        return Err(Rejection::TooMany { what: "lines", max: MESSAGE_LINES_MAX });
    }
    let lines: Vec<String> =
        lines.iter().map(|line| required(line, "line", MESSAGE_CHARS_MAX)).collect::<Result<_, _>>()?;
    let stage = &contest.show.stage;
    if stage.scene == Scene::Message && stage.message == lines {
        return Err(Rejection::NothingChanges);
    }
    Ok(vec![Fact::MessageShown { lines }])
}

pub fn expect(pitch: &Pitch, phases: &[Phase]) -> Result<(), Rejection> {
    let (id, phase) = (pitch.id, pitch.phase);
    match () {
        () if phases.contains(&phase) => Ok(()),
        () if pitch.out.is_some() => Err(Rejection::TakenOut { pitch: id, phase }),
        () if phase.is_out() => Err(Rejection::IsOut { pitch: id, phase }),
        () => Err(Rejection::WrongPhase { pitch: id, phase }),
    }
}
