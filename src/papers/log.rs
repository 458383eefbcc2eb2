//! 审计日志: who did what, when, of which project: the journal for people.

use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{JudgeId, ProjectId};
use crate::domain::state::contest::Contest;
use crate::papers::names::Names;
use crate::papers::sentences::sentence;
use crate::papers::source::Source;
use crate::papers::table::{Cell, Table};
use crate::papers::told::Told;
use crate::papers::words::Lang;

/// What facts are about, as people look for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Setup,
    Stage,
    Scoring,
    Correction,
    Announcing,
    Vote,
    Result,
}

impl Group {
    pub const ALL: [Group; 7] = [
        Group::Setup,
        Group::Stage,
        Group::Scoring,
        Group::Correction,
        Group::Announcing,
        Group::Vote,
        Group::Result,
    ];

    /// As programs call it.
    pub fn code(self) -> &'static str {
        match self {
            Group::Setup => "setup",
            Group::Stage => "stage",
            Group::Scoring => "scoring",
            Group::Correction => "correction",
            Group::Announcing => "announcing",
            Group::Vote => "vote",
            Group::Result => "result",
        }
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Group::Setup => lang.pick("设置", "Set-up"),
            Group::Stage => lang.pick("流程", "Stage"),
            Group::Scoring => lang.pick("评分", "Scoring"),
            Group::Correction => lang.pick("更正", "Corrections"),
            Group::Announcing => lang.pick("公布", "Announcing"),
            Group::Vote => lang.pick("投票", "Vote"),
            Group::Result => lang.pick("结果", "Result"),
        }
    }
}

/// Which of them a fact belongs to.
#[rustfmt::skip] // a table
pub fn group(fact: &Fact) -> Group {
    match fact {
        Fact::ContestCreated { .. } | Fact::AboutChanged { .. } | Fact::RoundAdded { .. } | Fact::TrackAdded { .. }
        | Fact::ProjectAdded { .. } | Fact::ProjectChanged { .. } | Fact::ProjectRemoved { .. } | Fact::JudgeAdded { .. }
        | Fact::JudgeChanged { .. } | Fact::JudgeRemoved { .. } | Fact::PanelSet { .. } | Fact::RubricSet { .. }
        | Fact::RuleSet { .. } | Fact::TimingSet { .. } | Fact::RunningOrderSet { .. } | Fact::ProgrammeSet { .. }
        | Fact::WindowPolicySet { .. } | Fact::AwardsSet { .. } | Fact::RehearsalBegun | Fact::RehearsalWiped => Group::Setup,
        Fact::PitchStarted { .. } | Fact::QaStarted { .. } | Fact::PitchMarkedAbsent { .. } | Fact::PitchBroughtBack { .. }
        | Fact::PitchRunAgain { .. } | Fact::SceneShown { .. } | Fact::SceneReturned | Fact::SegmentStarted { .. }
        | Fact::SegmentSkipped { .. } | Fact::CurtainDrawn { .. } | Fact::TimerBegun { .. } | Fact::TimerRan | Fact::TimerPaused
        | Fact::TimerAdjusted { .. } | Fact::TimerSet { .. } | Fact::TimerRestarted | Fact::TimerDropped
        | Fact::DrawCommitted { .. } | Fact::NumberCalled { .. } | Fact::DrawRevealed { .. } | Fact::ActionUndone { .. }
        | Fact::MessageShown { .. } | Fact::SigningAnnounced { .. } | Fact::SigningWithdrawn { .. }
        | Fact::ContestFinished { .. } => Group::Stage,
        Fact::WindowOpened { .. } | Fact::WindowOpenedEarly { .. } | Fact::WindowClosed { .. } | Fact::CountdownSet { .. }
        | Fact::ScorecardSubmitted { .. } | Fact::ScorecardCameLate { .. } | Fact::RecusalDeclared { .. } | Fact::RecusalWithdrawn { .. }
        | Fact::AbstentionDeclared { .. } | Fact::AbstentionWithdrawn { .. } | Fact::ScorecardsSigned { .. }
        | Fact::PitchConfirmed { .. } => Group::Scoring,
        Fact::ScorecardReopened { .. } | Fact::ReopeningWithdrawn { .. } | Fact::ScorecardTakenOver { .. }
        | Fact::DeductionMade { .. } | Fact::DeductionRemoved { .. } | Fact::OvertimeDismissed { .. } | Fact::TieDecided { .. }
        | Fact::PitchWithdrawn { .. } | Fact::PitchDisqualified { .. } | Fact::PitchReinstated { .. }
        | Fact::CorrectionProposed { .. } | Fact::CorrectionAgreed { .. } | Fact::CorrectionRefused { .. }
        | Fact::CorrectionWithdrawn { .. } => Group::Correction,
        Fact::PitchRevealed { .. } | Fact::AnnouncementBegun { .. } | Fact::PlatesShown { .. } | Fact::BoardFrozen { .. }
        | Fact::BoardThawed { .. } | Fact::DecisionsTold { .. } | Fact::RevealBegun { .. } | Fact::RevealStepped { .. } | Fact::RevealEnded { .. }
        | Fact::BoardPublished { .. } | Fact::BoardShown { .. } | Fact::PodiumStepped { .. } => Group::Announcing,
        Fact::VoteSet { .. } | Fact::SeatCodesIssued { .. } | Fact::VoteOpened | Fact::BallotCast { .. } | Fact::VoteClosed
        | Fact::VoteRevealed { .. } => Group::Vote,
        Fact::ResultConfirmed { .. } | Fact::ResultMadeOfficial { .. } | Fact::ResultPublished { .. }
        | Fact::StepTakenBack { .. } | Fact::MatterLeft { .. } => Group::Result,
    }
}

/// The project that it is about.
pub fn project(fact: &Fact) -> Option<ProjectId> {
    let pitch = fact.row().pitch.map(|pitch| pitch.project);
    pitch.or(match fact {
        Fact::ProjectAdded { project } | Fact::ProjectChanged { project } => Some(project.id),
        Fact::ProjectRemoved { project }
        | Fact::SigningAnnounced { project, .. }
        | Fact::SigningWithdrawn { project, .. } => Some(*project),
        Fact::CorrectionProposed { correction, .. } => correction.pitch().map(|pitch| pitch.project),
        Fact::MatterLeft { matter, .. } => matter.pitch().map(|pitch| pitch.project),
        _ => None,
    })
}

/// The judge whom it is about, whoever did it.
fn judge(fact: &Fact) -> Option<JudgeId> {
    match fact {
        Fact::JudgeAdded { judge } | Fact::JudgeChanged { judge } => Some(judge.id),
        Fact::JudgeRemoved { judge }
        | Fact::ScorecardTakenOver { judge, .. }
        | Fact::ScorecardSubmitted { judge, .. }
        | Fact::ScorecardReopened { judge, .. }
        | Fact::ScorecardCameLate { judge, .. }
        | Fact::RecusalDeclared { judge, .. }
        | Fact::RecusalWithdrawn { judge, .. }
        | Fact::AbstentionDeclared { judge, .. }
        | Fact::AbstentionWithdrawn { judge, .. }
        | Fact::ReopeningWithdrawn { judge, .. }
        | Fact::ScorecardsSigned { judge, .. } => Some(*judge),
        _ => None,
    }
}

/// A person did it, or it is about this person.
pub fn concerns(told: &Told, person: Actor) -> bool {
    told.stamp.by == Some(person) || judge(&told.fact).map(Actor::Judge) == Some(person)
}

/// It belongs to a rehearsal, and counts for nothing.
pub fn is_rehearsal(contest: &Contest, seq: u64) -> bool {
    let wiped = contest.rehearsed.iter().any(|(first, last)| (*first..=*last).contains(&seq));
    wiped || contest.rehearsal.as_ref().is_some_and(|rehearsal| seq >= rehearsal.seq)
}

/// A line for people.
pub struct Line {
    pub who: String,
    pub group: Group,
    pub project: Option<ProjectId>,
    pub sentence: String,
    pub rehearsal: bool,
}

pub fn line(names: &Names, told: &Told) -> Line {
    Line {
        who: told.stamp.by.map(|by| names.actor(by)).unwrap_or_default(),
        group: group(&told.fact),
        project: project(&told.fact),
        sentence: sentence(names, &told.fact),
        rehearsal: is_rehearsal(names.contest, told.stamp.seq),
    }
}

pub fn table(source: &Source) -> Table {
    let lang = source.lang;
    let columns = [
        ("record", lang.pick("记录号", "Record"), 9),
        ("at", lang.pick("时间", "Time"), 20),
        ("who", lang.pick("谁", "Who"), 16),
        ("kind", lang.pick("类别", "Kind"), 12),
        ("number", lang.pick("编号", "No."), 8),
        ("what", lang.pick("做了什么", "What"), 90),
        ("rehearsal", lang.pick("彩排", "Rehearsal"), 10),
    ];
    let mut table = Table::new("log", lang.pick("审计日志", "Audit log"), &columns);
    let names = Names { contest: source.contest, lang };
    let rows = source.facts.iter().map(|told| {
        let line = line(&names, told);
        vec![
            Cell::count(told.stamp.seq),
            Cell::Time(told.stamp.at),
            Cell::text(line.who),
            Cell::text(line.group.name(lang)),
            Cell::text(line.project.map(|project| names.number(project)).unwrap_or_default()),
            Cell::text(line.sentence),
            Cell::text(if line.rehearsal { lang.pick("彩排", "rehearsal") } else { "" }),
        ]
    });
    table.rows.extend(rows);
    table
}
