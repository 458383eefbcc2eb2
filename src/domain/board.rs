//! 封榜 and 揭晓: from some pitch on the public standings stand still, and in the end they are told step by step. All steps are
//! made at the moment the reveal begins, from a copy of what counts then; the hall is given those that were taken, and no other.

use crate::domain::contest::{Contest, Reveal, Round};
use crate::domain::ids::{PitchId, ProjectId, RoundId, TrackId};
use crate::domain::programme::{Phase, Scene};
use crate::domain::result::{self, Row};
use crate::domain::shared::Shared;
use serde::{Deserialize, Serialize};

/// In which order places are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    #[default]
    LastToFirst,
    /// Track after track, each from last to first.
    ByTrack,
    /// The awards in their order.
    Awards,
}

/// An award: for places, or for projects that somebody named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    pub name: String,
    pub to: Winners,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Winners {
    /// From place to place, shared places included.
    Places(u32, u32),
    Projects(Vec<ProjectId>),
}

/// What one press shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Who has no place: absent, withdrawn, too few scorecards.
    Aside(Vec<PitchId>),
    /// A pause: these are left, in running order.
    Left {
        track: Option<TrackId>,
        pitches: Vec<PitchId>,
    },
    /// One place with all who share it; in the end the last two places, because either gives the other away.
    Places {
        track: Option<TrackId>,
        rows: Vec<Row>,
    },
    Award {
        name: String,
        pitches: Vec<PitchId>,
    },
}

/// The whole reveal, as it was made when it began.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub round: RoundId,
    pub mode: Mode,
    pub steps: Vec<Step>,
    /// What is in the standings once it is over.
    pub reveals: Vec<Shared<Reveal>>,
}

/// What the hall has been shown of it: a copy of the first steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    pub round: RoundId,
    pub mode: Mode,
    pub steps: Vec<Step>,
}

/// The reveal of this round, were it to begin now; `None` where nothing is ranked, or there is no award.
pub fn plan(contest: &Contest, round: &Round, mode: Mode) -> Option<Plan> {
    let rows = result::provisional(contest, round);
    let ranked: Vec<&Row> = rows.iter().filter(|row| row.place.is_some()).collect();
    if ranked.is_empty() {
        return None;
    }
    let aside: Vec<PitchId> =
        running(round).filter(|pitch| ranked.iter().all(|row| row.pitch != *pitch)).collect();
    let mut steps = Vec::new();
    match mode {
        Mode::Awards if round.awards.is_empty() => return None,
        Mode::Awards => steps.extend(round.awards.iter().map(|award| given(round, award, &ranked))),
        Mode::LastToFirst => steps.extend(ladder(round, None, &ranked)),
        Mode::ByTrack => {
            let of = |pitch: PitchId| contest.show.projects.get(&pitch.project).and_then(|one| one.track);
            let none = std::iter::once(None);
            for track in contest.show.tracks.keys().map(|track| Some(*track)).chain(none) {
                let own: Vec<&Row> = ranked.iter().copied().filter(|row| of(row.pitch) == track).collect();
                steps.extend(ladder(round, track, &own));
            }
        }
    }
    if !aside.is_empty() && mode != Mode::Awards {
        steps.insert(0, Step::Aside(aside));
    }
    let over = |pitch: &PitchId| {
        contest.pitch(*pitch).is_some_and(|one| matches!(one.phase, Phase::Closed | Phase::Revealed))
    };
    let reveals = running(round).filter(over).filter_map(|pitch| {
        let cards: Vec<_> =
            contest.counting(round, pitch).map(|(judge, card)| (judge, card.clone())).collect();
        let deductions = contest.pitch(pitch)?.deductions.clone();
        (!cards.is_empty()).then(|| Reveal { pitch, cards, deductions }.into())
    });
    Some(Plan { round: round.id, mode, steps, reveals: reveals.collect() })
}

/// How a frozen board would be told now; `None` while it cannot be, or where it is not frozen.
pub fn due(contest: &Contest, round: &Round) -> Option<Mode> {
    if !(round.board_frozen && round.is_over()) {
        return None;
    }
    let told = round.window.reveal;
    // Without an award there is nothing of awards to tell.
    let mode = if told == Mode::Awards && round.awards.is_empty() { Mode::LastToFirst } else { told };
    result::provisional(contest, round).iter().any(|row| row.place.is_some()).then_some(mode)
}

fn running(round: &Round) -> impl Iterator<Item = PitchId> {
    round.order.iter().map(|&project| PitchId { round: round.id, project })
}

/// From the last place to the first, with a pause before the last three places and before the last two.
fn ladder(round: &Round, track: Option<TrackId>, rows: &[&Row]) -> Vec<Step> {
    let mut places: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match places.last_mut().filter(|same| same[0].place == row.place) {
            Some(same) => same.push((*row).clone()),
            None => places.push(vec![(*row).clone()]),
        }
    }
    // Within a track the places count anew.
    let mut before = 0;
    for same in &mut places {
        let place = before + 1;
        before += u32::try_from(same.len()).unwrap_or(u32::MAX);
        if track.is_some() {
            same.iter_mut().for_each(|row| row.place = Some(place));
        }
    }
    let mut steps = Vec::new();
    while !places.is_empty() {
        if matches!(places.len(), 2 | 3) {
            let left: Vec<PitchId> = places.iter().flatten().map(|row| row.pitch).collect();
            steps.push(Step::Left {
                track,
                pitches: running(round).filter(|one| left.contains(one)).collect(),
            });
        }
        let rows = match places.len() {
            2 => places.drain(..).flatten().collect(),
            _ => places.pop().unwrap_or_default(),
        };
        steps.push(Step::Places { track, rows });
    }
    steps
}

fn given(round: &Round, award: &Award, ranked: &[&Row]) -> Step {
    let wins = |pitch: &PitchId| match &award.to {
        Winners::Projects(projects) => projects.contains(&pitch.project),
        Winners::Places(from, to) => ranked
            .iter()
            .any(|row| row.pitch == *pitch && row.place.is_some_and(|place| (*from..=*to).contains(&place))),
    };
    // In running order: who is first among them is not told by an award.
    Step::Award { name: award.name.clone(), pitches: running(round).filter(wins).collect() }
}

/// The step that the next press shows; `None` when all are shown, or no reveal is on.
pub fn next(contest: &Contest) -> Option<&Step> {
    let plan = contest.sealed.reveal.as_ref()?;
    plan.steps.get(shown(contest))
}

/// Steps that the hall has been shown.
pub fn shown(contest: &Contest) -> usize {
    contest.published.board.as_ref().map_or(0, |board| board.steps.len())
}

pub(super) fn begin(contest: &mut Contest, round: RoundId, mode: Mode) {
    let Some(plan) = contest.round(round).and_then(|round| plan(contest, round, mode)) else { return };
    contest.sealed.reveal = Some(plan.into());
    contest.published.board = Some(Board { round, mode, steps: Vec::new() }.into());
    let stage = &mut contest.show.stage;
    stage.segment = None;
    stage.announcing = None;
    stage.show(Scene::Reveal);
}

pub(super) fn step(contest: &mut Contest, to: u16) {
    let (Some(plan), Some(board)) = (&contest.sealed.reveal, &mut contest.published.board) else { return };
    board.steps = plan.steps[..usize::from(to).min(plan.steps.len())].to_vec();
    contest.show.stage.show(Scene::Reveal);
}

pub(super) fn end(contest: &mut Contest) {
    contest.sealed.reveal = None;
    contest.published.board = None;
}

/// Everything is public: the standings are the official ones.
pub(super) fn publish(contest: &mut Contest) {
    let Some(plan) = contest.sealed.reveal.take() else { return };
    contest.published.board = None;
    let told = |reveal: &Shared<Reveal>| plan.reveals.iter().any(|new| new.pitch == reveal.pitch);
    contest.published.reveals.retain(|reveal| !told(reveal));
    contest.published.reveals.extend(plan.reveals.iter().cloned());
    if let Some(round) = contest.show.rounds.get_mut(&plan.round) {
        round.freeze_board(false);
        for pitch in plan.reveals.iter().map(|reveal| reveal.pitch.project) {
            if let Some(pitch) = round.pitches.get_mut(&pitch).filter(|pitch| pitch.phase == Phase::Closed) {
                pitch.phase = Phase::Revealed;
            }
        }
    }
    contest.show.stage.podium = false;
    contest.show.stage.show(Scene::Leaderboard);
}
