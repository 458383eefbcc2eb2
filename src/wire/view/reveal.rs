//! 揭晓 as it is seen: the hall gets the steps that were taken; the host's side the next one, too. And which leaderboard the
//! hall looks at.

use super::parts::{self, StandingRow, standing_rows};
use crate::domain::kernel::ids::{PitchId, TrackId};
use crate::domain::query::reveal;
use crate::domain::scoring::field::Ranking;
use crate::domain::state::contest::{Contest, Show};
use crate::domain::state::published::Published;
use crate::domain::state::reveal::Step;
use crate::domain::state::round::Round;
use crate::domain::terms::reveal::{Award, Mode, Winners};
use crate::wire::explain::TieStep;
use crate::wire::phase::PhaseName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ModeName {
    LastToFirst,
    ByTrack,
    Awards,
}

/// An award: for places (from, to), or for projects (`P3`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AwardLine {
    pub name: String,
    pub to: WinnersLine,
    /// The track (`T2`) whose places these are, where places are counted by track; without it they are of the list of all, or of
    /// every track's where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum WinnersLine {
    Places(u32, u32),
    Projects(Vec<String>),
}

/// A reveal that is on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RevealInfo {
    pub mode: ModeName,
    /// Steps that were shown, the last of them the newest.
    pub steps: Vec<StepInfo>,
}

/// What one press shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum StepInfo {
    /// Who has no place.
    Unplaced {
        pitches: Vec<String>,
        /// What has become of those of them that are out, as the rule of the contest names it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        #[ts(optional, as = "Option<BTreeMap<String, PhaseName>>")]
        out: BTreeMap<String, PhaseName>,
    },
    /// A pause: who is left.
    Remaining {
        track: String,
        pitches: Vec<String>,
    },
    /// One place, or the last two together; `track` is empty where all compete.
    Places {
        track: String,
        rows: Vec<StandingRow>,
    },
    Award {
        name: String,
        pitches: Vec<String>,
    },
}

/// How far a reveal is, for the host's side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RevealProgress {
    /// Steps shown, of how many.
    pub at: u32,
    pub of: u32,
    /// What the next press shows; absent after the last step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub next: Option<StepInfo>,
}

impl From<Mode> for ModeName {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::LastToFirst => ModeName::LastToFirst,
            Mode::ByTrack => ModeName::ByTrack,
            Mode::Awards => ModeName::Awards,
        }
    }
}

impl From<&Award> for AwardLine {
    fn from(award: &Award) -> Self {
        let to = match &award.to {
            Winners::Places(from, to) => WinnersLine::Places(*from, *to),
            Winners::Projects(projects) => {
                WinnersLine::Projects(projects.iter().map(ToString::to_string).collect())
            }
        };
        AwardLine { name: award.name.clone(), to, track: award.track.map(|track| track.to_string()) }
    }
}

/// What the hall has been shown of a reveal that is on.
pub fn shown(show: &Show, round: &Round, published: &Published) -> Option<RevealInfo> {
    let board = published.board.as_ref().filter(|board| board.round == round.id)?;
    let mut steps: Vec<StepInfo> = board.steps.iter().map(|one| step(show, one)).collect();
    // A row of before has its tie once the one above it is told.
    for told in &board.steps {
        let Step::Places { track, parts: Some((pitch, tie)), .. } = told else { continue };
        let (of, pitch) = (of(show, *track), pitch.to_string());
        let rows = steps.iter_mut().filter_map(|step| match step {
            StepInfo::Places { track, rows } if *track == of => Some(rows),
            StepInfo::Places { .. }
            | StepInfo::Unplaced { .. }
            | StepInfo::Remaining { .. }
            | StepInfo::Award { .. } => None,
        });
        rows.flatten().filter(|row| row.pitch == pitch).for_each(|row| row.tie = Some(TieStep::from(tie)));
    }
    Some(RevealInfo { mode: board.mode.into(), steps })
}

/// For the host's side.
pub fn progress(contest: &Contest) -> Option<RevealProgress> {
    let plan = contest.sealed.reveal.as_ref()?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(RevealProgress {
        at: count(reveal::shown(contest)),
        of: count(plan.steps.len()),
        next: reveal::next(contest).map(|one| step(&contest.show, one)),
    })
}

/// The track's name; empty where all compete.
fn of(show: &Show, track: Option<TrackId>) -> String {
    parts::track(show, track).unwrap_or_default()
}

fn step(show: &Show, step: &Step) -> StepInfo {
    let named = |pitches: &[PitchId]| pitches.iter().map(ToString::to_string).collect();
    // Nobody is taken out, or reinstated, while a reveal is on.
    let out = |pitch: &PitchId| {
        let round = show.rounds.get(&pitch.round)?;
        let phase = round.pitches.get(&pitch.project)?.phase;
        phase.is_out().then(|| (pitch.to_string(), parts::named(round, phase)))
    };
    match step {
        Step::Unplaced(pitches) => {
            StepInfo::Unplaced { pitches: named(pitches), out: pitches.iter().filter_map(out).collect() }
        }
        Step::Left { track, pitches } => {
            StepInfo::Remaining { track: of(show, *track), pitches: named(pitches) }
        }
        Step::Places { track, rows, parts: _ } => {
            StepInfo::Places { track: of(show, *track), rows: standing_rows(show, rows.clone()) }
        }
        Step::Award { name, pitches } => StepInfo::Award { name: name.clone(), pitches: named(pitches) },
    }
}

/// Which leaderboard the hall looks at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LeaderboardPage {
    /// The track's name; absent where all compete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
    /// From 1; 0 is the page with the newest score.
    pub page: u16,
}

/// `None` for all of them, at the newest score. Where there is no list of all, it is that of the pitch on the stage, or the first.
pub fn leaderboard(show: &Show, round: Option<&Round>) -> Option<LeaderboardPage> {
    let (track, page) = show.stage.board;
    let by_track = round.filter(|round| round.rule.ranking == Ranking::ByTrack);
    let nearest = |round: &Round| {
        let stage = show.stage.current.and_then(|pitch| round.list_of(pitch));
        stage.or_else(|| round.lists().first().copied().flatten())
    };
    let track = track.or_else(|| by_track.and_then(nearest));
    let name = track.and_then(|track| show.tracks.get(&track)).map(|track| track.name.clone());
    (name.is_some() || page > 0).then_some(LeaderboardPage { track: name, page })
}

/// A track that a leaderboard can be of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TrackInfo {
    /// `T2`
    pub id: String,
    pub name: String,
}

pub fn tracks(show: &Show) -> Vec<TrackInfo> {
    show.tracks
        .values()
        .map(|track| TrackInfo { id: track.id.to_string(), name: track.name.clone() })
        .collect()
}
