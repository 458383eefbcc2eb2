//! The hall: what everybody sees, on phones and on the big screen. Made from [`Revealed`] alone.

use super::life::{self, ResultInfo};
use super::open::CorrectionInfo;
use super::parts::{
    self, ContestInfo, Part, ProjectInfo, StandingRow, attempts, contest_info, order, parted, phases,
    project_infos, standing_row,
};
use super::plates::{self, PlatesInfo};
use super::reveal::{self, LeaderboardPage, RevealInfo};
use super::revealed::Revealed;
use super::stage::{self, DrawInfo, SegmentInfo, SigningInfo, StageInfo, TimerInfo};
use super::vote::{self, VoteInfo};
use crate::domain::query::podium::{self, Podium};
use crate::domain::query::{movement, out, result};
use crate::domain::scoring::rule::Tie;
use crate::domain::state::contest::Show;
use crate::domain::state::published::{Corrected, Published};
use crate::domain::state::round::Round;
use crate::domain::state::tables::Row;
use crate::domain::terms::programme::Scene;
use crate::wire::phase::PhaseName;
use crate::wire::scene::SceneName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// The hall: what the host has revealed, and what is on stage. Phones see this, and every other view has it as `hall`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PublicView {
    pub contest: ContestInfo,
    pub scene: SceneName,
    /// Pitch → project.
    pub projects: BTreeMap<String, ProjectInfo>,
    /// Pitches in running order.
    pub order: Vec<String>,
    pub phases: BTreeMap<String, PhaseName>,
    /// Pitch → which of its runs it is, where it is not the first: what was scored before counts for nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, u16>>")]
    pub attempts: BTreeMap<String, u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stage: Option<StageInfo>,
    /// Revealed pitches only, best first; where places are counted by track alone, track after track.
    pub standings: Vec<StandingRow>,
    /// Where places are counted both ways: those within the tracks, track after track.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<StandingRow>>")]
    pub track_standings: Vec<StandingRow>,
    /// Pitches whose score was told and that stand in no list: they are out, or the rule makes no list yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub unranked: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub timer: Option<TimerInfo>,
    /// These are no facts: a rehearsal is on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub rehearsal: bool,
    /// The parts of the programme that are no pitches.
    pub segments: Vec<SegmentInfo>,
    /// The programme in order: segments and pitches.
    pub items: Vec<String>,
    /// The segment that is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub segment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub draw: Option<DrawInfo>,
    /// Criteria that the rule's tie-breaks name, by their ids: a row of equal score says which of them decided.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub tie_criteria: BTreeMap<String, String>,
    /// The plates of the pitch that is announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub plates: Option<PlatesInfo>,
    /// How far the result is that these standings tell; absent while it is provisional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub result: Option<ResultInfo>,
    /// 封榜: the standings stand still until they are published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub standings_frozen: bool,
    /// A reveal that is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reveal: Option<RevealInfo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub vote: Option<VoteInfo>,
    /// Which leaderboard it is, where it is not all of it at the newest score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub leaderboard: Option<LeaderboardPage>,
    /// Signed today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<SigningInfo>>")]
    pub signings: Vec<SigningInfo>,
    /// 更正: the newest correction, while it is on the screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub correction: Option<CorrectedInfo>,
    /// So many of the podium's places are told, from the last, while it is on the screen; absent where it is shown whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub podium_told: Option<u16>,
    /// The track whose podium is on the screen; absent where it is that of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub podium_track: Option<String>,
    /// 揭牌: the curtain of the segment that is on is open.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub unveiled: bool,
    /// The host's message, one or two lines, while it is on the screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub message: Vec<String>,
}

/// What had been announced of a pitch, and what is in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CorrectedInfo {
    pub pitch: String,
    pub change: CorrectionInfo,
}

/// The big screen: the hall, and the address for phones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ScreenView {
    #[ts(as = "PublicView")]
    pub hall: Part<PublicView>,
    /// Absent while only loopback is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub join: Option<String>,
}

pub fn public(revealed: &Revealed) -> PublicView {
    let Revealed { code, show, published, .. } = *revealed;
    let round = show.round_now();
    let (standings, track_standings) = round.map(|round| rows(show, round, published)).unwrap_or_default();
    let podium = round.and_then(|round| podium_on(show, round, published));
    PublicView {
        contest: contest_info(code, show),
        scene: show.stage.scene.into(),
        projects: round.map(|round| project_infos(show, round)).unwrap_or_default(),
        order: round.map(order).unwrap_or_default(),
        phases: round.map(|round| phases(round, published)).unwrap_or_default(),
        attempts: round.map(attempts).unwrap_or_default(),
        stage: stage::stage(show, published, revealed.progress),
        unranked: round.map(|round| unranked(round, published, &standings)).unwrap_or_default(),
        standings,
        track_standings,
        timer: stage::timer(show),
        rehearsal: show.rehearsal,
        segments: stage::segments(show),
        items: round.map(|round| stage::items(show, round)).unwrap_or_default(),
        segment: show.stage.segment.map(|(id, _)| id.to_string()),
        draw: round.and_then(stage::draw),
        result: life::result(revealed.life, revealed.until),
        standings_frozen: round.is_some_and(|round| round.board_frozen),
        reveal: round.and_then(|round| reveal::shown(show, round, published)),
        vote: vote::vote(show, published),
        leaderboard: reveal::leaderboard(show, round),
        signings: stage::signings(show),
        correction: corrected(show, published),
        podium_told: podium.map(|(_, told)| told).filter(|told| *told > 0),
        podium_track: podium.and_then(|(podium, _)| parts::track(show, podium.list)),
        unveiled: show.stage.unveiled && show.stage.scene == Scene::Segment,
        message: message(show),
        plates: round.and_then(|round| plates::plates(revealed, round)),
        tie_criteria: round.map(tie_criteria).unwrap_or_default(),
    }
}

/// While it is what the hall is looking at.
fn corrected(show: &Show, published: &Published) -> Option<CorrectedInfo> {
    let told = published.correction.as_ref().filter(|_| show.stage.scene == Scene::Correction)?;
    let Corrected { pitch, change, was } = &**told;
    let round = show.rounds.get(&pitch.round)?;
    let phase = out::phase(round.pitches.get(&pitch.project)?, published);
    Some(CorrectedInfo {
        pitch: pitch.to_string(),
        change: CorrectionInfo::of(change.clone(), round, phase, *was),
    })
}

fn tie_criteria(round: &Round) -> BTreeMap<String, String> {
    let named = |tie: &Tie| match tie {
        Tie::Criterion(id) => round.criteria.iter().find(|one| one.id == *id),
        _ => None,
    };
    let chain = round.rule.chain(&round.criteria);
    chain.iter().filter_map(named).map(|one| (one.id.to_string(), one.name.clone())).collect()
}

pub fn screen(hall: &Part<PublicView>, join: Option<&str>) -> ScreenView {
    ScreenView { hall: hall.clone(), join: join.map(str::to_owned) }
}

/// The podium on the screen, and how many of its places are told; 0 where it is shown whole.
fn podium_on(show: &Show, round: &Round, published: &Published) -> Option<(Podium, u16)> {
    let told = show.stage.podium_told;
    (show.stage.scene == Scene::Podium).then(|| podium::at(round, published, told))?
}

/// In a list of its own everybody stands who stands in another.
fn unranked(round: &Round, published: &Published, standings: &[StandingRow]) -> Vec<String> {
    let told = round.pitches.values().filter(|pitch| out::was_announced(pitch, published));
    let names = told.map(|pitch| pitch.id.to_string());
    names.filter(|pitch| standings.iter().all(|row| row.pitch != *pitch)).collect()
}

/// What the host has typed is for the hall once it is on the screen.
fn message(show: &Show) -> Vec<String> {
    if show.stage.scene == Scene::Message { show.stage.message.clone() } else { Vec::new() }
}

/// The hall's standings, and where everybody stood before: those that come first, and the tracks' beside them.
fn rows(show: &Show, round: &Round, published: &Published) -> (Vec<StandingRow>, Vec<StandingRow>) {
    let was = published.movement.as_ref().map(|movement| movement::before(movement)).unwrap_or_default();
    let row = |row: Row| {
        let was = was.get(&(row.list, row.pitch)).copied();
        StandingRow { was, ..standing_row(show, row) }
    };
    let (first, beside) = parted(round, result::public(round, published));
    (first.into_iter().map(row).collect(), beside.into_iter().map(row).collect())
}
