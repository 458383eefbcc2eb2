//! What the host's console has beside the contest itself: the cues, the history and its undo, when scorecards are taken.

use super::open::CorrectionInfo;
use super::parts;
use super::plates::PlateStepName;
use super::reveal::ModeName;
use crate::domain::cue::Cue;
use crate::domain::fact::Fact;
use crate::domain::fact::row::{Stands, Undo};
use crate::domain::query::confirm::Press;
use crate::domain::query::undo;
use crate::domain::query::{podium, result};
use crate::domain::state::contest::Contest;
use crate::domain::state::history::Action;
use crate::domain::terms::matter::Matter;
use crate::domain::terms::plates::Turning;
use crate::domain::terms::programme::{Closes, Late, Opens, WindowPolicy};
use crate::domain::terms::reveal::Mode;
use crate::wire::command::{ClientCommand, SceneName};
use crate::wire::matter::MatterInfo;
use crate::wire::notes::Fallback;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Actions that the console lists.
const ACTIONS: usize = 30;

/// What the host's one key does next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CueInfo {
    pub say: CueName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pitch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub segment: Option<String>,
    /// Of the plates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub step: Option<PlateStepName>,
    /// Absent for `commit-draw`, to which the device adds the secret it has made, and `leave-open`, to which it adds a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub command: Option<ClientCommand>,
    /// It shows or ends something for good: held, or pressed twice.
    pub confirm: bool,
    /// It shuts something out: held, and no second press will do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub hold: bool,
    /// Of `confirm-correction`: what was announced, and what the hall sees then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub correction: Option<CorrectionInfo>,
    /// Of `close-window`: of the scorecards that are in the rule cannot leave out what it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub fallback: Option<Fallback>,
    /// Of `withdraw-reopening` and `leave-open`: what is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub matter: Option<MatterInfo>,
    /// Of `step-podium`, where tracks rank: the podium that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub podium: Option<PodiumStep>,
    /// Of `show-leaderboard`: the track whose list it is; absent for that of all, and where only one is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub list: Option<String>,
}

/// A step of one of several podiums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PodiumStep {
    /// The track's name; absent where all compete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub track: Option<String>,
    /// So many of its own places are told then, from the last.
    pub told: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CueName {
    StartSegment,
    DrawCurtain,
    CommitDraw,
    RevealDraw,
    StartPitch,
    RunTimer,
    StartQa,
    OpenWindow,
    CloseWindow,
    BeginAnnouncement,
    ShowPlates,
    RevealPitch,
    ConfirmCorrection,
    TellDecisions,
    ConfirmOvertime,
    WithdrawReopening,
    LeaveOpen,
    FreezeBoard,
    BeginReveal,
    StepReveal,
    PublishBoard,
    ShowLeaderboard,
    ShowPodium,
    StepPodium,
    Finish,
    FinishDespite,
    OpenVote,
    CloseVote,
    RevealVote,
}

/// Something that the host's side did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActionInfo {
    /// Its number: the journal's, of its fact.
    #[ts(type = "number")]
    pub action: u64,
    #[ts(type = "number")]
    pub at: u64,
    /// `host`, `organiser`, `judge:J3` (a last scorecard that closed the window), `clock`.
    pub by: String,
    /// The fact's name, `pitch-started`.
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pitch: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub segment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub judge: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub scene: Option<SceneName>,
    pub undone: bool,
    /// Why it stands for good; absent where it can be taken back once those after it were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub permanent: Option<String>,
}

/// When scorecards are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WindowInfo {
    #[ts(type = "\"with-pitch\" | \"at-qa\" | \"by-hand\"")]
    pub opens: Opens,
    #[ts(type = "\"by-hand\" | \"when-all-in\" | { \"after\": number }")]
    pub closes: Closes,
    #[ts(type = "\"refused\" | \"until-announced\"")]
    pub late: Late,
    pub warm_up: u16,
    pub announce_after: u16,
    #[serde(default)]
    #[ts(type = "\"none\" | \"together\" | \"one-by-one\"")]
    pub plates: Turning,
    /// The board freezes before so many last pitches; 0: it does not by itself.
    #[serde(default)]
    pub freeze: u16,
    #[serde(default)]
    #[ts(as = "ModeName")]
    pub reveal: Mode,
}

impl From<WindowPolicy> for WindowInfo {
    fn from(policy: WindowPolicy) -> Self {
        let WindowPolicy { opens, closes, late, warm_up, announce_after, plates, freeze, reveal } = policy;
        WindowInfo { opens, closes, late, warm_up, announce_after, plates, freeze, reveal }
    }
}

impl From<WindowInfo> for WindowPolicy {
    fn from(info: WindowInfo) -> Self {
        let WindowInfo { opens, closes, late, warm_up, announce_after, plates, freeze, reveal } = info;
        WindowPolicy { opens, closes, late, warm_up, announce_after, plates, freeze, reveal }
    }
}

fn podium_step(contest: &Contest, to: u16) -> Option<PodiumStep> {
    let round = contest.show.round_now().filter(|round| round.rule.ranking.has_tracks())?;
    let (podium, told) = podium::at(round, &contest.published, to)?;
    Some(PodiumStep { track: parts::track(&contest.show, podium.list), told })
}

pub fn cue_info(contest: &Contest, cue: Cue) -> CueInfo {
    let segment = match cue {
        Cue::StartSegment(segment) => Some(segment.to_string()),
        _ => None,
    };
    CueInfo {
        say: cue.into(),
        pitch: cue.pitch().map(|pitch| pitch.to_string()),
        segment,
        step: match cue {
            Cue::ShowPlates(_, step) => Some(step.into()),
            _ => None,
        },
        command: cue.command().and_then(ClientCommand::of),
        confirm: cue.press(contest).needs_confirmation(),
        hold: cue.press(contest) == Press::Held,
        correction: match cue {
            Cue::ConfirmCorrection(pitch) => CorrectionInfo::open(contest, pitch),
            _ => None,
        },
        podium: match cue {
            Cue::StepPodium(to) => podium_step(contest, to),
            _ => None,
        },
        list: match cue {
            Cue::ShowBoard(list) => parts::track(&contest.show, list),
            _ => None,
        },
        matter: match cue {
            Cue::WithdrawReopening(pitch, judge) => Some(Matter::GivenBack { pitch, judge }.into()),
            Cue::LeaveOpen(matter) => Some(matter.into()),
            _ => None,
        },
        fallback: match cue {
            Cue::CloseWindow(pitch) => result::fallback_when_closed(contest, pitch).map(Fallback::from),
            _ => None,
        },
    }
}

/// Newest first.
pub fn history(contest: &Contest) -> Vec<ActionInfo> {
    contest.history.actions.iter().rev().take(ACTIONS).map(|action| action_info(contest, action)).collect()
}

fn action_info(contest: &Contest, action: &Action) -> ActionInfo {
    let row = action.fact.row();
    let judge = match row.undo {
        Undo::Judge(judge) | Undo::TakenOver(judge) => Some(judge),
        _ => None,
    };
    let segment = if let Stands::OnceGone(segment) = row.stands { Some(segment) } else { None };
    let scene = if let Fact::SceneShown { scene } = action.fact { Some(scene.into()) } else { None };
    // What was told of the pitch is that it is out.
    let takes_out = matches!(&action.fact, Fact::PitchRevealed { correction: Some(change), .. } if change.new.score.is_none());
    ActionInfo {
        action: action.seq,
        at: action.at.0,
        by: action.by.map_or_else(String::new, |by| by.to_string()),
        what: if takes_out { "pitch-taken-out" } else { row.kind }.to_owned(),
        pitch: row.pitch.map(|pitch| pitch.to_string()),
        segment: segment.map(|segment| segment.to_string()),
        judge: judge.map(|judge| judge.to_string()),
        scene,
        undone: action.undone,
        permanent: undo::stands_for_good(contest, action)
            .filter(|_| !action.undone)
            .map(|why| why.code().to_owned()),
    }
}

impl From<Cue> for CueName {
    fn from(cue: Cue) -> Self {
        match cue {
            Cue::StartSegment(_) => CueName::StartSegment,
            Cue::DrawCurtain(_) => CueName::DrawCurtain,
            Cue::CommitDraw(_) => CueName::CommitDraw,
            Cue::RevealDraw(_) => CueName::RevealDraw,
            Cue::StartPitch(_) => CueName::StartPitch,
            Cue::RunTimer => CueName::RunTimer,
            Cue::StartQa(_) => CueName::StartQa,
            Cue::OpenWindow(_) => CueName::OpenWindow,
            Cue::CloseWindow(_) => CueName::CloseWindow,
            Cue::BeginAnnouncement(_) => CueName::BeginAnnouncement,
            Cue::ShowPlates(..) => CueName::ShowPlates,
            Cue::RevealPitch(_) => CueName::RevealPitch,
            Cue::ConfirmCorrection(_) => CueName::ConfirmCorrection,
            Cue::TellDecisions(_) => CueName::TellDecisions,
            Cue::ConfirmOvertime(_) => CueName::ConfirmOvertime,
            Cue::WithdrawReopening(..) => CueName::WithdrawReopening,
            Cue::LeaveOpen(_) => CueName::LeaveOpen,
            Cue::FreezeBoard(_) => CueName::FreezeBoard,
            Cue::BeginReveal(..) => CueName::BeginReveal,
            Cue::StepReveal(..) => CueName::StepReveal,
            Cue::PublishBoard(_) => CueName::PublishBoard,
            Cue::ShowLeaderboard | Cue::ShowBoard(_) => CueName::ShowLeaderboard,
            Cue::ShowPodium => CueName::ShowPodium,
            Cue::StepPodium(_) => CueName::StepPodium,
            Cue::Finish => CueName::Finish,
            Cue::FinishDespite => CueName::FinishDespite,
            Cue::OpenVote => CueName::OpenVote,
            Cue::CloseVote => CueName::CloseVote,
            Cue::RevealVote => CueName::RevealVote,
        }
    }
}

/// The scene that the way back leads to.
pub fn back(contest: &Contest) -> Option<SceneName> {
    contest.show.stage.before.last().map(|scene| (*scene).into())
}
