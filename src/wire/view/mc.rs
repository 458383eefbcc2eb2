//! The MC's page: the next sentence to say with the right numbers, before the hall sees them, and what comes after. It
//! is the one view besides the host's that holds the score of a pitch about to be announced, and no other score.

use super::cockpit::CueInfo;
use super::host::{self, DeductionInfo};
use super::parts::{self, Part};
use super::picture::Picture;
use super::public::PublicView;
use super::reveal::RevealProgress;
use super::vote::{self, VoteResult};
use crate::domain::kernel::ids::PitchId;
use crate::domain::query::result;
use crate::domain::scoring::aggregate::Dropped;
use crate::domain::scoring::{exact, explain};
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Deducted;
use crate::domain::state::round::Round;
use crate::domain::terms::programme::{Phase, Scene};
use crate::wire::explain::TieStep;
use crate::wire::notes::Fallback;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct McView {
    #[ts(as = "PublicView")]
    pub hall: Part<PublicView>,
    /// Pitch → how its names are said.
    pub say: BTreeMap<String, String>,
    /// The next cue and those that follow it.
    #[ts(as = "Vec<CueInfo>")]
    pub cues: Part<Vec<CueInfo>>,
    /// The score that comes next, or that the hall has just seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub announcement: Option<Announcement>,
    /// A reveal that is on: what the next press shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reveal_progress: Option<RevealProgress>,
    /// The vote is closed: the counts that the hall sees next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub votes: Option<VoteResult>,
    /// The MC has said that they are ready for the next cue.
    pub ready: bool,
}

/// What is said when a score is announced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Announcement {
    pub pitch: String,
    /// The hall has seen it.
    pub revealed: bool,
    /// Scorecards that counted.
    pub k: u32,
    /// Totals that were dropped, as printed; empty where nothing was, or where the rule drops within criteria.
    pub highest: Vec<String>,
    pub lowest: Vec<String>,
    /// Dropped within each criterion, so that no judge's whole score was.
    pub by_criterion: bool,
    pub score: String,
    /// Among what the hall knows then; absent where it is not ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub place: Option<u32>,
    /// Others have the same place.
    pub shared: bool,
    /// What parted it from another of the same score, among what the hall knows then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tie: Option<TieStep>,
    /// So few scorecards that the rule cannot leave out what it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fallback: Option<Fallback>,
    /// The track whose list it is; absent where it is that of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
    /// How many projects are ranked then.
    pub of: u32,
    /// Points taken off, with the reasons.
    pub deductions: Vec<DeductionInfo>,
}

/// `None` before the contest is created.
pub fn mc(contest: &Contest, picture: &Picture, ready: bool) -> Option<McView> {
    let show = &contest.show;
    let round = show.round_now()?;
    let say = round.pitches.values().filter_map(|pitch| {
        let project = show.projects.get(&pitch.id.project)?;
        (!project.say.is_empty()).then(|| (pitch.id.to_string(), project.say.clone()))
    });
    Some(McView {
        hall: picture.hall.clone(),
        say: say.collect(),
        cues: picture.cues.clone(),
        announcement: about_to_say(contest, round).and_then(|pitch| announcement(contest, round, pitch)),
        reveal_progress: picture.reveal.clone(),
        votes: vote::to_say(contest),
        ready,
    })
}

/// The pitch whose plates are up, or whose score is on the screen.
fn about_to_say(contest: &Contest, round: &Round) -> Option<PitchId> {
    let stage = &contest.show.stage;
    let closed = stage.current.filter(|pitch| {
        let phase = round.pitches.get(&pitch.project).map(|pitch| pitch.phase);
        matches!(phase, Some(Phase::Closed))
            || (phase == Some(Phase::Revealed) && stage.scene == Scene::Pitch)
    });
    // A frozen board is told in the end, and nothing of it before.
    let held = |pitch: &PitchId| {
        let closed = round.pitches.get(&pitch.project).is_some_and(|pitch| pitch.phase == Phase::Closed);
        round.warms_up(pitch.project) || (closed && round.board_frozen)
    };
    stage.announcing.or(closed).filter(|pitch| !held(pitch))
}

fn announcement(contest: &Contest, round: &Round, pitch: PitchId) -> Option<Announcement> {
    let revealed = round.pitches.get(&pitch.project).is_some_and(|pitch| pitch.phase == Phase::Revealed);
    // What the hall has seen is what the MC says, even while a correction is under way.
    let computed = if revealed {
        result::of_published(round, &contest.published, round.list_of(pitch))
    } else {
        result::announced(contest, round, pitch)
    };
    let computed = computed.ok()?;
    let at = computed.position(pitch)?;
    let standings = &computed.standings;
    let ranked = standings.ranked.iter().find(|row| row.project == at);
    let unranked = standings.unranked.iter().find(|row| row.project == at);
    let score = computed.score(at)?.to_owned();
    let explained = explain::explain(standings, at);
    let (rule, explained) = (&round.rule, explained.as_ref());
    let cards = explained.map_or(&[][..], |found| &found.cards);
    let totals = |end: Dropped| {
        let dropped = cards.iter().filter(|card| card.dropped == Some(end));
        dropped.map(|card| exact::shown(&card.total, rule.decimals, rule.rounding)).collect()
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Some(Announcement {
        pitch: pitch.to_string(),
        revealed,
        k: count(ranked.map_or_else(|| unranked.map_or(0, |row| row.k), |row| row.k)),
        highest: totals(Dropped::Highest),
        lowest: totals(Dropped::Lowest),
        by_criterion: explained.is_some_and(explain::Explanation::by_criterion),
        score,
        place: ranked.map(|row| row.place),
        shared: ranked
            .is_some_and(|row| standings.ranked.iter().filter(|one| one.place == row.place).count() > 1),
        tie: ranked.and_then(|row| row.tie()).map(TieStep::from),
        fallback: ranked.and_then(|row| row.fallback).map(Fallback::from),
        track: parts::track(&contest.show, round.list_of(pitch)),
        of: count(standings.ranked.len()),
        deductions: taken(contest, round, pitch, revealed).iter().map(host::deduction).collect(),
    })
}

/// What the score was made with: once it is revealed, as the hall has seen it.
fn taken<'a>(contest: &'a Contest, round: &'a Round, pitch: PitchId, revealed: bool) -> &'a [Deducted] {
    if revealed {
        let reveal = contest.published.reveals.iter().find(|reveal| reveal.pitch == pitch);
        return reveal.map_or(&[], |reveal| &reveal.deductions);
    }
    round.pitches.get(&pitch.project).map_or(&[], |pitch| &pitch.deductions)
}
