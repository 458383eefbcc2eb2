//! The host's console: the whole evening, who is missing, what the hall sees and what it would see.

use super::cockpit;
use super::judge::judge_info;
use super::public::{contest_info, order, project_infos, rows, stage, standing_rows};
use super::{DeductionInfo, HostCard, HostPitch, HostView, OvertimeInfo, Presence, Progress, StandingRow};
use crate::domain::contest::{Contest, Round};
use crate::domain::ids::JudgeId;
use crate::domain::programme::{Deducted, Pitch};
use crate::domain::result;
use crate::domain::scoring::rule::Tie;
use crate::domain::signature;
use std::collections::BTreeMap;

/// `None` before the contest is created.
pub fn host(contest: &Contest, presence: &Presence, join: Option<&str>) -> Option<HostView> {
    let code = contest.code.as_ref()?;
    let show = &contest.show;
    let round = show.round_now()?;
    let provisional = standing_rows(result::provisional(contest, round));
    let pitch = |pitch: &Pitch| (pitch.id.to_string(), host_pitch(contest, round, pitch, &provisional));
    let info = |id| Some((format!("{id}"), judge_info(contest, round, id)?));
    Some(HostView {
        contest: contest_info(code, show),
        round: round.id.to_string(),
        scene: show.stage.scene.into(),
        join: join.map(str::to_owned),
        projects: project_infos(show, round),
        judges: contest.judges.keys().copied().filter_map(info).collect(),
        panel: round.panel.iter().map(ToString::to_string).collect(),
        order: order(round),
        pitches: round.pitches.values().map(pitch).collect(),
        stage: stage(show, progress(contest)),
        next: round.next().map(|id| id.to_string()),
        signed: signed(contest, round),
        chair_decides: round.rule.chain(&round.criteria).contains(&Tie::Chair),
        standings: rows(round, &contest.published),
        provisional,
        presence: presence.clone(),
        timer: super::stage::timer(show),
        rehearsal: show.rehearsal,
        segments: super::stage::segments(show),
        items: super::stage::items(show, round),
        segment: show.stage.segment.map(|(id, _)| id.to_string()),
        draw: super::stage::draw(round),
        run: contest.run,
        cues: cockpit::cues(contest),
        preview: cockpit::preview(contest),
        back: cockpit::back(contest),
        history: cockpit::history(contest),
        window: round.window.into(),
    })
}

/// k of n of the current pitch.
pub fn progress(contest: &Contest) -> Option<Progress> {
    let pitch = contest.pitch(contest.show.stage.current?)?;
    let (k, n) = contest.progress(pitch);
    Some(Progress { k, n })
}

/// Judge → reason.
pub(super) fn reasons(map: &BTreeMap<JudgeId, String>) -> BTreeMap<String, String> {
    map.iter().map(|(judge, why)| (judge.to_string(), why.clone())).collect()
}

/// Who has signed, and whose signature a later change has voided.
fn signed(contest: &Contest, round: &Round) -> BTreeMap<String, bool> {
    let holds = |judge| signature::digest(contest, round, judge);
    let signatures = round.signatures.iter();
    signatures.map(|(judge, signed)| (judge.to_string(), signed.digest == holds(*judge))).collect()
}

/// Overtime that waits for somebody's word, with what the rule's table takes.
fn overtime(round: &Round, pitch: &Pitch) -> Option<OvertimeInfo> {
    let over_ms = pitch.overtime()?;
    let points = round.rule.overtime_points(over_ms).map(|points| points.to_string());
    Some(OvertimeInfo { over_ms, points })
}

fn deduction(one: &Deducted) -> DeductionInfo {
    let Deducted { seq, points, reason, over_ms } = one;
    DeductionInfo { deduction: *seq, points: points.to_string(), reason: reason.clone(), over_ms: *over_ms }
}

fn host_pitch(contest: &Contest, round: &Round, pitch: &Pitch, provisional: &[StandingRow]) -> HostPitch {
    let id = pitch.id.to_string();
    let card = |version, reopened| HostCard { version, reopened };
    HostPitch {
        phase: pitch.phase.into(),
        since: pitch.since.0,
        cards: contest
            .sealed
            .of(pitch.id)
            .map(|(judge, state)| {
                (judge.to_string(), card(state.version, pitch.reopened.contains_key(&judge)))
            })
            .collect(),
        recused: reasons(&pitch.recused),
        abstained: reasons(&pitch.abstained),
        reopened: reasons(&pitch.reopened),
        confirmed: pitch.confirmed,
        score: provisional.iter().find(|row| row.pitch == id).map(|row| row.score.clone()),
        ran_ms: pitch.ran.map(|ran| ran.spent_ms),
        overtime: overtime(round, pitch),
        dismissed: pitch.dismissed.clone(),
        deductions: pitch.deductions.iter().map(deduction).collect(),
        warm_up: round.warms_up(pitch.id.project),
    }
}
