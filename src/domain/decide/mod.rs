//! `decide`: may this actor do this now, and what happens then? Every command has its arm, and the table in `command` says
//! who may give it when.

mod correction;
mod deduction;
mod draw;
mod guard;
mod life;
mod open;
mod out;
mod plates;
mod podium;
mod programme;
mod proposal;
mod recusal;
mod rehearsal;
mod removal;
mod reveal;
mod roster;
mod run;
mod scoring;
mod seal;
mod setup;
mod signing;
mod stage;
mod timer;
mod vote;

use crate::domain::apply::apply;
use crate::domain::command::Command;
use crate::domain::command::proposal::command;
use crate::domain::command::row::AfterEnd;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::query::undo;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::domain::state::proposal::Proposal;
use crate::domain::terms::life::Day;

/// What a command comes to happens: its facts, each applied as the contest's next.
///
/// # Errors
/// The first reason why not; then nothing has happened.
pub fn give(
    contest: &mut Contest,
    actor: Actor,
    at: Millis,
    command: &Command,
) -> Result<Vec<Fact>, Rejection> {
    let facts = decide(contest, actor, command)?;
    happen(contest, actor, at, &facts);
    Ok(facts)
}

/// What was decided happens.
pub fn happen(contest: &mut Contest, actor: Actor, at: Millis, facts: &[Fact]) {
    for fact in facts {
        let stamp = Stamp { seq: contest.seq + 1, at, by: Some(actor) };
        apply(contest, fact, stamp);
    }
}

/// Facts that follow from a command, in order; never an empty list. Nothing has happened until they are durable.
///
/// # Errors
/// The first reason why not, as a [`Rejection`].
pub fn decide(contest: &Contest, actor: Actor, command: &Command) -> Result<Vec<Fact>, Rejection> {
    allowed(contest, actor, command)?;
    rule(contest, actor, command).map(|facts| seal::sealed(contest, facts))
}

/// [`decide`] on a day of the contest's calendar: a day that is named is none of the past.
///
/// # Errors
/// Like [`decide`].
pub fn decide_on(
    contest: &Contest,
    actor: Actor,
    today: impl FnOnce() -> Option<Day>,
    command: &Command,
) -> Result<Vec<Fact>, Rejection> {
    let facts = decide(contest, actor, command)?;
    if let Command::PublishResult { until, .. } = command
        && let Some(today) = today()
    {
        life::in_time(*until, today)?;
    }
    Ok(facts)
}

/// Why nobody can agree to it any more, whoever that would be.
///
/// # Errors
/// The reason.
pub fn may_still_be_agreed_to(contest: &Contest, proposal: &Proposal) -> Result<(), Rejection> {
    let by = proposal.stamp.by.ok_or(Rejection::NotAllowed)?;
    rule(contest, by, &command(&proposal.correction, &proposal.reason)).map(|_| ())
}

/// Each command's own rule.
fn rule(contest: &Contest, actor: Actor, command: &Command) -> Result<Vec<Fact>, Rejection> {
    match command {
        Command::CreateContest { code, about } => setup::create(code, about),
        Command::ChangeAbout { about } => setup::change_about(contest, about),
        Command::ImportBlueprint { blueprint } => roster::import(contest, blueprint),
        Command::ChangeProject { project } => roster::change_project(contest, project),
        Command::ChangeJudge { judge } => roster::change_judge(contest, judge),
        Command::SetPanel { round, judges, chair } => setup::set_panel(contest, *round, judges, *chair),
        Command::SetRunningOrder { round, order } => roster::set_order(contest, *round, order),
        Command::SetRubric { round, criteria } => setup::set_rubric(contest, *round, criteria),
        Command::SetRule { round, rule } => setup::set_rule(contest, *round, rule),
        Command::SetTiming { round, timing } => setup::set_timing(contest, *round, *timing),
        Command::SetProgramme { segments } => programme::set(contest, segments),
        Command::SetWindowPolicy { round, policy } => programme::set_window(contest, *round, *policy),
        Command::DecideTie { round, order, reason } => {
            scoring::decide_tie(contest, actor, *round, order, reason)
        }
        Command::StartPitch { pitch } => stage::start(contest, *pitch),
        Command::StartQa { pitch } => stage::start_qa(contest, *pitch),
        Command::OpenWindow { pitch } => stage::open_window(contest, *pitch),
        Command::OpenEarly { pitch } => stage::open_early(contest, *pitch),
        Command::SetCountdown { pitch, secs } => stage::set_countdown(contest, *pitch, *secs),
        Command::CloseWindow { pitch } => stage::close_window(contest, actor, *pitch),
        Command::BeginAnnouncement { pitch } => stage::begin_announcement(contest, *pitch),
        Command::ShowPlates { pitch, step } => plates::show(contest, *pitch, *step),
        Command::RevealPitch { pitch } => stage::reveal(contest, *pitch),
        Command::MarkAbsent { pitch } => out::mark_absent(contest, *pitch),
        Command::WithdrawPitch { pitch, reason } => out::withdraw(contest, *pitch, reason),
        Command::Disqualify { pitch, reason } => out::disqualify(contest, *pitch, reason),
        Command::Reinstate { pitch, reason } => out::reinstate(contest, *pitch, reason),
        Command::BringBack { pitch } => run::bring_back(contest, *pitch),
        Command::RunAgain { pitch, reason } => run::again(contest, *pitch, reason),
        Command::TakeOver { pitch, judge, attempt, reason } => {
            run::take_over(contest, *pitch, *judge, *attempt, reason)
        }
        Command::ShowScene { scene } => {
            podium::show(contest, *scene).unwrap_or_else(|| stage::show_scene(contest, *scene))
        }
        Command::StepPodium { to } => podium::step(contest, *to),
        Command::ShowBefore => plates::back(contest)
            .or_else(|| reveal::back(contest))
            .or_else(|| podium::back(contest))
            .unwrap_or_else(|| stage::show_before(contest)),
        Command::SetAwards { round, awards } => reveal::set_awards(contest, *round, awards),
        Command::FreezeBoard { round } => reveal::freeze(contest, *round),
        Command::TellDecisions { round } => reveal::tell_decisions(contest, *round),
        Command::ThawBoard { round } => reveal::thaw(contest, *round),
        Command::BeginReveal { round, mode } => reveal::begin(contest, *round, *mode),
        Command::StepReveal { round, to } => reveal::step(contest, *round, *to),
        Command::EndReveal { round } => reveal::end(contest, *round),
        Command::PublishBoard { round } => reveal::publish(contest, *round),
        Command::StartSegment { segment } => programme::start(contest, *segment),
        Command::DrawCurtain { segment } => programme::draw_curtain(contest, *segment),
        Command::SkipSegment { segment } => programme::skip(contest, *segment),
        Command::FinishContest { despite } => open::finish(contest, *despite),
        Command::LeaveOpen { matter, reason } => open::leave(contest, actor, *matter, reason),
        Command::Undo { action } => {
            undo::check(contest, *action).map(|action| vec![Fact::ActionUndone { action: action.seq }])
        }
        Command::BeginRehearsal { despite } => rehearsal::begin(contest, *despite),
        Command::EndRehearsal => rehearsal::end(contest),
        Command::BeginTimer { label, secs } => timer::begin(contest, label, *secs),
        Command::RunTimer => timer::run(contest),
        Command::PauseTimer => timer::pause(contest),
        Command::AdjustTimer { secs } => timer::adjust(contest, *secs),
        Command::SetTimer { left_secs } => timer::set(contest, *left_secs),
        Command::RestartTimer => timer::restart(contest),
        Command::DropTimer => timer::drop(contest),
        Command::ConfirmOvertime { pitch } => deduction::confirm_overtime(contest, *pitch),
        Command::DismissOvertime { pitch, reason } => deduction::dismiss_overtime(contest, *pitch, reason),
        Command::Deduct { pitch, points, reason } => deduction::make(contest, *pitch, *points, reason),
        Command::RemoveDeduction { pitch, deduction, reason } => {
            deduction::remove(contest, *pitch, *deduction, reason)
        }
        Command::CommitDraw { round, secret } => draw::commit(contest, *round, secret),
        Command::CallNumber { round, number } => draw::call(contest, *round, number),
        Command::RevealDraw { round } => draw::reveal(contest, *round),
        Command::SubmitScorecard { pitch, attempt, base, marks, comment } => {
            scoring::submit(contest, actor, (*pitch, *attempt), *base, marks, comment)
        }
        Command::DeclareRecusal { pitch, judge, reason } => {
            recusal::declare_recusal(contest, actor, *pitch, *judge, reason)
        }
        Command::WithdrawRecusal { pitch, judge } => {
            recusal::withdraw_recusal(contest, actor, *pitch, *judge)
        }
        Command::DeclareAbstention { pitch, attempt, judge, reason } => {
            recusal::declare_abstention(contest, (*pitch, *attempt), *judge, reason)
        }
        Command::WithdrawAbstention { pitch, judge } => recusal::withdraw_abstention(contest, *pitch, *judge),
        Command::ReportLate { pitch, attempt } => scoring::report_late(contest, actor, (*pitch, *attempt)),
        Command::ReopenScorecard { pitch, judge, reason } => {
            correction::reopen(contest, actor, *pitch, *judge, reason)
        }
        Command::ReopenWindow { pitch, reason } => correction::reopen_window(contest, actor, *pitch, reason),
        Command::WithdrawReopening { pitch, judge } => correction::withdraw(contest, actor, *pitch, *judge),
        Command::ConfirmPitch { pitch } => correction::confirm(contest, actor, *pitch),
        Command::SignScorecards { round, digest, strokes } => {
            correction::sign(contest, actor, *round, digest, strokes)
        }
        Command::ConfirmResult { round, digest } => life::confirm(contest, *round, digest),
        Command::MakeOfficial { round, digest } => life::make_official(contest, actor, *round, digest),
        Command::PublishResult { round, digest, until } => {
            life::publish(contest, actor, *round, digest, *until)
        }
        Command::TakeBackStep { round, step, reason } => {
            life::take_back(contest, actor, *round, *step, reason)
        }
        Command::Propose { correction, reason } => {
            let (command, proposed) = proposal::proposed(contest, actor, correction, reason)?;
            rule(contest, actor, &command).map(|_| vec![proposed])
        }
        Command::AgreeTo { proposal } => {
            let (by, command) = proposal::agreed(contest, actor, *proposal)?;
            let facts = rule(contest, by, &command)?;
            Ok(std::iter::once(Fact::CorrectionAgreed { proposal: *proposal }).chain(facts).collect())
        }
        Command::RefuseProposal { proposal, reason } => proposal::refuse(contest, actor, *proposal, reason),
        Command::WithdrawProposal { proposal } => proposal::withdraw(contest, actor, *proposal),
        Command::ShowMessage { lines } => stage::message(contest, lines),
        Command::ShowBoard { track, page } => stage::show_board(contest, *track, *page),
        Command::AnnounceSigning { project, partner } => signing::announce(contest, *project, partner),
        Command::WithdrawSigning { project, partner } => signing::withdraw(contest, *project, partner),
        Command::SetVote { question } => vote::set(contest, question),
        Command::IssueSeatCodes { codes } => vote::issue(contest, codes),
        Command::OpenVote => vote::open(contest),
        Command::CloseVote => vote::close(contest),
        Command::RevealVote => vote::reveal(contest),
        Command::CastBallot { code, device, choices } => vote::cast(contest, *code, *device, choices),
    }
}

/// What holds for the command at any time, asked of this contest.
fn allowed(contest: &Contest, actor: Actor, command: &Command) -> Result<(), Rejection> {
    let row = command.row();
    if !row.given_by.is(actor) {
        return Err(Rejection::NotAllowed);
    }
    match (contest.code.is_some(), matches!(command, Command::CreateContest { .. })) {
        (false, false) => return Err(Rejection::NotCreated),
        (true, true) => return Err(Rejection::AlreadyCreated),
        (true, false) | (false, true) => {}
    }
    match (contest.show.finished, row.after_end) {
        (true, AfterEnd::No) => return Err(Rejection::ContestIsFinished),
        (true, AfterEnd::ByTwo) => return Err(Rejection::SecondPerson),
        (true, AfterEnd::Yes) | (false, _) => {}
    }
    // What is set up while everything is tried out would be wiped with it.
    if contest.rehearsal.is_some() && !row.allowed_in_rehearsal {
        return Err(Rejection::Rehearsing);
    }
    if contest.sealed.reveal.is_some() && !row.allowed_during_reveal {
        return Err(Rejection::RevealOn);
    }
    Ok(())
}
