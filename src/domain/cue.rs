//! The cue list: what the host's one key does next. It follows from the programme and from where the evening is; nothing
//! of it is stored. A cue is a command in waiting, so that what it will do can be tried on a copy.

use crate::domain::command::Command;
use crate::domain::decide::give;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, PitchId, RoundId, SegmentId, TrackId};
use crate::domain::kernel::time::Millis;
use crate::domain::query::confirm::{self, Press};
use crate::domain::query::{board, corrections, draw, open, plates, podium, reveal};
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::matter::Matter;
use crate::domain::terms::plates::PlateStep;
use crate::domain::terms::programme::{Phase, Scene, Segment, SegmentKind};
use crate::domain::terms::reveal::Mode;
use crate::domain::terms::vote::VoteState;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    StartSegment(SegmentId),
    DrawCurtain(SegmentId),
    /// The host's device makes the secret, and gives the command with it.
    CommitDraw(RoundId),
    RevealDraw(RoundId),
    StartPitch(PitchId),
    /// The pitch has begun, its timer waits.
    RunTimer,
    StartQa(PitchId),
    OpenWindow(PitchId),
    CloseWindow(PitchId),
    BeginAnnouncement(PitchId),
    /// The plates of the pitch that is announced, one step on.
    ShowPlates(PitchId, PlateStep),
    RevealPitch(PitchId),
    /// An announced pitch again: something else counts of it now.
    ConfirmCorrection(PitchId),
    /// What was decided about a tie that the hall knows.
    TellDecisions(RoundId),
    /// What the rule takes off for overtime, before the score is told.
    ConfirmOvertime(PitchId),
    /// The scorecard that is with its judge counts as it was.
    WithdrawReopening(PitchId, JudgeId),
    /// The host's device asks for the reason, and gives the command with it.
    LeaveOpen(Matter),
    FreezeBoard(RoundId),
    BeginReveal(RoundId, Mode),
    /// So many steps are shown then.
    StepReveal(RoundId, u16),
    PublishBoard(RoundId),
    ShowLeaderboard,
    /// A track's list, or that of all, where there are several.
    ShowBoard(Option<TrackId>),
    ShowPodium,
    /// So many of its places are shown then.
    StepPodium(u16),
    Finish,
    /// Something is missing, and stays so.
    FinishDespite,
    OpenVote,
    CloseVote,
    RevealVote,
}

impl Cue {
    /// What the key gives; `None` where the device adds to it.
    pub fn command(self) -> Option<Command> {
        Some(match self {
            Cue::StartSegment(segment) => Command::StartSegment { segment },
            Cue::DrawCurtain(segment) => Command::DrawCurtain { segment },
            Cue::CommitDraw(_) => return None,
            Cue::RevealDraw(round) => Command::RevealDraw { round },
            Cue::StartPitch(pitch) => Command::StartPitch { pitch },
            Cue::RunTimer => Command::RunTimer,
            Cue::StartQa(pitch) => Command::StartQa { pitch },
            Cue::OpenWindow(pitch) => Command::OpenWindow { pitch },
            Cue::CloseWindow(pitch) => Command::CloseWindow { pitch },
            Cue::BeginAnnouncement(pitch) => Command::BeginAnnouncement { pitch },
            Cue::ShowPlates(pitch, step) => Command::ShowPlates { pitch, step },
            Cue::RevealPitch(pitch) | Cue::ConfirmCorrection(pitch) => Command::RevealPitch { pitch },
            Cue::TellDecisions(round) => Command::TellDecisions { round },
            Cue::ConfirmOvertime(pitch) => Command::ConfirmOvertime { pitch },
            Cue::WithdrawReopening(pitch, judge) => Command::WithdrawReopening { pitch, judge },
            Cue::LeaveOpen(_) => return None,
            Cue::FreezeBoard(round) => Command::FreezeBoard { round },
            Cue::BeginReveal(round, mode) => Command::BeginReveal { round, mode },
            Cue::StepReveal(round, to) => Command::StepReveal { round, to },
            Cue::PublishBoard(round) => Command::PublishBoard { round },
            Cue::ShowLeaderboard => Command::ShowScene { scene: Scene::Leaderboard },
            Cue::ShowBoard(track) => Command::ShowBoard { track, page: 0 },
            Cue::ShowPodium => Command::ShowScene { scene: Scene::Podium },
            Cue::StepPodium(to) => Command::StepPodium { to },
            Cue::Finish => Command::FinishContest { despite: false },
            Cue::FinishDespite => Command::FinishContest { despite: true },
            Cue::OpenVote => Command::OpenVote,
            Cue::CloseVote => Command::CloseVote,
            Cue::RevealVote => Command::RevealVote,
        })
    }

    /// How a press of the key must be meant, as things stand.
    pub fn press(self, contest: &Contest) -> Press {
        // It shuts out what a judge may still hand in, or leaves something as it is.
        if matches!(self, Cue::WithdrawReopening(..) | Cue::LeaveOpen(_)) {
            return Press::Held;
        }
        let press = self.command().map_or(Press::Plain, |command| confirm::press(contest, &command));
        if matches!(self, Cue::ConfirmOvertime(_)) { press.max(Press::Twice) } else { press }
    }

    /// The pitch it is about.
    pub fn pitch(self) -> Option<PitchId> {
        match self {
            Cue::StartPitch(pitch)
            | Cue::StartQa(pitch)
            | Cue::OpenWindow(pitch)
            | Cue::CloseWindow(pitch)
            | Cue::BeginAnnouncement(pitch)
            | Cue::ShowPlates(pitch, _)
            | Cue::RevealPitch(pitch)
            | Cue::ConfirmCorrection(pitch)
            | Cue::ConfirmOvertime(pitch)
            | Cue::WithdrawReopening(pitch, _) => Some(pitch),
            Cue::LeaveOpen(matter) => matter.pitch(),
            Cue::StartSegment(_)
            | Cue::DrawCurtain(_)
            | Cue::CommitDraw(_)
            | Cue::RevealDraw(_)
            | Cue::RunTimer
            | Cue::TellDecisions(_)
            | Cue::FreezeBoard(_)
            | Cue::BeginReveal(..)
            | Cue::StepReveal(..)
            | Cue::PublishBoard(_)
            | Cue::ShowLeaderboard
            | Cue::ShowBoard(_)
            | Cue::ShowPodium
            | Cue::StepPodium(_)
            | Cue::Finish
            | Cue::FinishDespite
            | Cue::OpenVote
            | Cue::CloseVote
            | Cue::RevealVote => None,
        }
    }
}

/// What the next press does; `None` when the evening is over, or when there is nothing to begin with.
pub fn next(contest: &Contest) -> Option<Cue> {
    let show = &contest.show;
    if show.finished {
        let told = (show.stage.scene == Scene::Correction).then(|| leaderboard(contest));
        return corrected(contest).or(told);
    }
    let round = show.round_now()?;
    if let Some(pitch) = contest.on_stage().and_then(|pitch| contest.pitch(pitch)) {
        return on_stage(contest, pitch);
    }
    if let Some(cue) = veiled(contest) {
        return Some(cue);
    }
    if let Some(plan) = &contest.sealed.reveal {
        let shown = reveal::shown(contest);
        let to = u16::try_from(shown + 1).ok().filter(|_| shown < plan.steps.len());
        return Some(to.map_or(Cue::PublishBoard(plan.round), |to| Cue::StepReveal(plan.round, to)));
    }
    if let Some(cue) = drawing(contest, round) {
        return Some(cue);
    }
    // Nothing more is told before it; but what the hall is looking at comes to its end.
    let looking = show.stage.announcing.is_some_and(|up| contest.plates_up(up));
    if let Some(cue) = corrected(contest).filter(|_| !looking) {
        return Some(cue);
    }
    if let Some(pitch) = to_announce(contest, round) {
        let up = show.stage.announcing == Some(pitch);
        let state = contest.pitch(pitch)?;
        let over_time = open::overtime(round, state);
        if let Some(judge) = open::late_to_answer(contest, round, state).next().filter(|_| !looking) {
            return Some(settle(Matter::CameLate { pitch, judge }));
        }
        return Some(match plates::next(contest, round, pitch) {
            _ if over_time.is_some() && !looking => Cue::ConfirmOvertime(pitch),
            _ if !up => Cue::BeginAnnouncement(pitch),
            Some(step) => Cue::ShowPlates(pitch, step),
            None => Cue::RevealPitch(pitch),
        });
    }
    if shows_a_score(contest) {
        return Some(leaderboard(contest));
    }
    let list = board::next(contest, round).map(Cue::ShowBoard);
    list.or_else(|| voting(contest, round)).or_else(|| item(contest, round))
}

/// What the hall knows otherwise than it counts.
fn corrected(contest: &Contest) -> Option<Cue> {
    let pitch = corrections::open(contest).next().map(Cue::ConfirmCorrection);
    pitch.or_else(|| corrections::decisions(contest).next().map(Cue::TellDecisions))
}

/// The audience's vote comes after the last pitch; the host may open it at any time before.
fn voting(contest: &Contest, round: &Round) -> Option<Cue> {
    let vote = contest.show.vote.as_ref().filter(|_| round.next().is_none())?;
    match vote.state {
        VoteState::Ready => Some(Cue::OpenVote),
        VoteState::Open => Some(Cue::CloseVote),
        VoteState::Closed => Some(Cue::RevealVote),
        VoteState::Revealed => None,
    }
}

/// The next cues, one after another, as they would follow if nothing else happened.
pub fn following(contest: &Contest, count: usize) -> Vec<Cue> {
    let mut cues = Vec::with_capacity(count);
    let mut trial = None;
    while cues.len() < count {
        let Some(cue) = next(trial.as_ref().unwrap_or(contest)) else { break };
        cues.push(cue);
        if cues.len() == count {
            break;
        }
        match after(trial.as_ref().unwrap_or(contest), cue) {
            Some(next) => trial = Some(next),
            None => break,
        }
    }
    cues
}

/// The contest as it would be after this cue.
pub fn after(contest: &Contest, cue: Cue) -> Option<Contest> {
    let mut trial = contest.clone();
    // Times of the trial are not looked at: the clock of a contest is not known here.
    give(&mut trial, Actor::Host, Millis(0), &cue.command()?).ok()?;
    Some(trial)
}

fn on_stage(contest: &Contest, pitch: &Pitch) -> Option<Cue> {
    let waits = contest.show.stage.timer.as_ref().is_some_and(crate::domain::state::timer::Timer::waits);
    let id = pitch.id;
    match pitch.phase {
        Phase::Pitching | Phase::Qa if waits => Some(Cue::RunTimer),
        Phase::Pitching if contest.round(id.round)?.timing.qa_secs > 0 => Some(Cue::StartQa(id)),
        Phase::Pitching | Phase::Qa => Some(Cue::OpenWindow(id)),
        Phase::Scoring => Some(Cue::CloseWindow(id)),
        Phase::Queued
        | Phase::Closed
        | Phase::Revealed
        | Phase::Absent
        | Phase::Withdrawn
        | Phase::Disqualified => None,
    }
}

/// The podium's next place; all of it at once where nobody has one.
fn crown(contest: &Contest) -> Cue {
    let to = contest.show.stage.podium_told + 1;
    if to <= podium::steps(contest) { Cue::StepPodium(to) } else { Cue::ShowPodium }
}

/// The hall is looking at a closed curtain.
fn veiled(contest: &Contest) -> Option<Cue> {
    let stage = &contest.show.stage;
    let unveiling = contest.show.segment_now().filter(|segment| segment.kind == SegmentKind::Unveiling)?;
    (stage.scene == Scene::Segment && !stage.unveiled).then_some(Cue::DrawCurtain(unveiling.id))
}

/// A draw that is under way comes before any pitch; one begins with its segment.
fn drawing(contest: &Contest, round: &Round) -> Option<Cue> {
    if let Some(draw) = &round.draw {
        return draw.secret.is_none().then_some(Cue::RevealDraw(round.id));
    }
    contest.show.segment_now().filter(|segment| segment.kind == SegmentKind::Draw)?;
    let mut phases = round.pitches.values().map(|pitch| pitch.phase);
    let untouched = phases.all(|phase| phase == Phase::Queued || phase.is_out());
    (untouched && draw::lots(round).is_some()).then_some(Cue::CommitDraw(round.id))
}

/// The pitch whose plates are up, whichever it is; else the first in running order that is closed, has scorecards, and may be
/// announced.
fn to_announce(contest: &Contest, round: &Round) -> Option<PitchId> {
    if round.board_frozen {
        return None;
    }
    let free = |pitch: &Pitch| {
        let has_cards = contest.progress(pitch).0 > 0;
        pitch.phase == Phase::Closed && has_cards && !round.warms_up(pitch.id.project)
    };
    let up = contest.show.stage.announcing.and_then(|up| contest.pitch(up)).filter(|up| free(up));
    if let Some(up) = up {
        return Some(up.id);
    }
    let pitches: Vec<&Pitch> = round.order.iter().filter_map(|project| round.pitches.get(project)).collect();
    let over = |pitch: &&&Pitch| matches!(pitch.phase, Phase::Closed | Phase::Revealed);
    let to_come = pitches.iter().any(|pitch| pitch.phase == Phase::Queued);
    let ripe = |at: usize| {
        let later = pitches[at + 1..].iter().filter(over).count();
        !to_come || later >= usize::from(round.window.announce_after)
    };
    pitches.iter().enumerate().find_map(|(at, pitch)| (free(pitch) && ripe(at)).then_some(pitch.id))
}

/// A score is on the screen that was just announced.
fn shows_a_score(contest: &Contest) -> bool {
    let stage = &contest.show.stage;
    let current = stage.current.and_then(|pitch| contest.pitch(pitch));
    stage.scene == Scene::Correction
        || stage.scene == Scene::Pitch && current.is_some_and(|pitch| pitch.phase == Phase::Revealed)
}

fn leaderboard(contest: &Contest) -> Cue {
    board::after_score(contest).map_or(Cue::ShowLeaderboard, Cue::ShowBoard)
}

/// The next part of the programme: a segment, a pitch, the podium before the awards, the end.
fn item(contest: &Contest, round: &Round) -> Option<Cue> {
    let show = &contest.show;
    let stage = &show.stage;
    let open = |segment: &&Segment| !stage.past.contains(&segment.id);
    let next = round.next();
    // Pitches of the running order that come before the next one; all of them where none is left.
    let done = next.and_then(|pitch| round.order.iter().position(|project| *project == pitch.project));
    let before = |segment: &&Segment| match (segment.after, done) {
        (Some(after), Some(done)) => usize::from(after) <= done,
        (Some(_), None) => true,
        (None, done) => done.is_none(),
    };
    let segment = show.segments.iter().filter(open).find(before);
    if let (Some(pitch), None) = (next, segment) {
        // Where tracks rank nobody begins without one.
        if round.pitches.get(&pitch.project).is_some_and(|pitch| round.lacks_track(pitch)) {
            return None;
        }
        let left = round.pitches.values().filter(|pitch| pitch.phase == Phase::Queued).count();
        let freezes = !round.board_frozen && left > 0 && left == usize::from(round.window.freeze);
        return Some(if freezes { Cue::FreezeBoard(round.id) } else { Cue::StartPitch(pitch) });
    }
    // The frozen board is told before the podium, in its place.
    let reveal = reveal::due(contest, round).map(|mode| Cue::BeginReveal(round.id, mode));
    let crowned = stage.podium || round.order.is_empty() || contest.published.reveals.is_empty();
    let crowned = reveal.is_none() && crowned;
    // Asked for where final standings come next, and not before every segment.
    let blocking = || open::blocking(contest).into_iter().find(|one| !matches!(one, Matter::Frozen { .. }));
    let before_awards = || blocking().map(settle).or(reveal).unwrap_or_else(|| crown(contest));
    match segment {
        Some(segment) if segment.kind == SegmentKind::Awards && next.is_none() && !crowned => {
            Some(before_awards())
        }
        Some(segment) => Some(Cue::StartSegment(segment.id)),
        None if round.order.is_empty() => None,
        None if !crowned => Some(before_awards()),
        None => Some(blocking().map(settle).unwrap_or_else(|| end(contest))),
    }
}

fn end(contest: &Contest) -> Cue {
    if open::matters(contest).is_empty() { Cue::Finish } else { Cue::FinishDespite }
}

/// What the key does about something that final standings wait for.
fn settle(matter: Matter) -> Cue {
    match matter {
        Matter::GivenBack { pitch, judge } => Cue::WithdrawReopening(pitch, judge),
        Matter::Overtime { pitch } => Cue::ConfirmOvertime(pitch),
        Matter::Corrected { pitch } => Cue::ConfirmCorrection(pitch),
        Matter::Decided { round } => Cue::TellDecisions(round),
        Matter::NeverCame { .. }
        | Matter::Unscored { .. }
        | Matter::Unannounced { .. }
        | Matter::Signature { .. }
        | Matter::TooFew { .. }
        | Matter::CameLate { .. }
        | Matter::Tied { .. }
        | Matter::Audience { .. }
        | Matter::Frozen { .. }
        | Matter::Proposed { .. }
        | Matter::Untracked { .. }
        | Matter::Rescored { .. } => Cue::LeaveOpen(matter),
    }
}
