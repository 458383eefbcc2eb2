//! `decide`: may this actor do this now, and what happens then? The one match over all commands.

mod aside;
mod board;
mod correction;
mod deduction;
mod draw;
mod guard;
mod plates;
mod programme;
mod rehearsal;
mod roster;
mod scoring;
mod setup;
mod signing;
mod stage;
mod timer;
mod vote;

use crate::domain::command::Command;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::query::undo;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;

/// Facts that follow from a command, in order; never an empty list. Nothing has happened until they are durable.
///
/// # Errors
/// The first reason why not, as a [`Rejection`].
pub fn decide(contest: &Contest, actor: Actor, command: &Command) -> Result<Vec<Fact>, Rejection> {
    if !allows(actor, command) {
        return Err(Rejection::NotAllowed);
    }
    match (contest.code.is_some(), command) {
        (false, Command::CreateContest { .. }) => {}
        (false, _) => return Err(Rejection::NotCreated),
        (true, Command::CreateContest { .. }) => return Err(Rejection::AlreadyCreated),
        (true, _) => {}
    }
    let after_the_end = matches!(
        command,
        Command::ShowScene { .. }
            | Command::ShowBefore
            | Command::EndRehearsal
            // The end of the show is not the end of the record: what was left untold can be told, and what counts confirmed and signed.
            | Command::RevealPitch { .. }
            | Command::ConfirmPitch { .. }
            | Command::SignScorecards { .. }
    );
    if contest.show.finished && !after_the_end {
        return Err(Rejection::ContestIsFinished);
    }
    // What is set up while everything is tried out would be wiped with it.
    let plans = matches!(
        command,
        Command::SetProgramme { .. }
            | Command::SetWindowPolicy { .. }
            | Command::SetVote { .. }
            | Command::IssueSeatCodes { .. }
    );
    if contest.rehearsal.is_some() && (plans || sets_up(command)) {
        return Err(Rejection::Rehearsing);
    }
    if contest.sealed.reveal.is_some() && !board::leaves_it(command) {
        return Err(Rejection::RevealOn);
    }
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
        Command::MarkAbsent { pitch } => stage::mark_absent(contest, *pitch),
        Command::WithdrawPitch { pitch, reason } => stage::withdraw(contest, *pitch, reason),
        Command::BringBack { pitch } => stage::bring_back(contest, *pitch),
        Command::ShowScene { scene } => stage::show_scene(contest, *scene),
        Command::ShowBefore => plates::back(contest)
            .or_else(|| board::back(contest))
            .unwrap_or_else(|| stage::show_before(contest)),
        Command::SetAwards { .. }
        | Command::FreezeBoard { .. }
        | Command::ThawBoard { .. }
        | Command::BeginReveal { .. }
        | Command::StepReveal { .. }
        | Command::EndReveal { .. }
        | Command::PublishBoard { .. } => board::decide(contest, command),
        Command::StartSegment { segment } => programme::start(contest, *segment),
        Command::SkipSegment { segment } => programme::skip(contest, *segment),
        Command::FinishContest { despite } => stage::finish(contest, *despite),
        Command::Undo { action } => {
            undo::check(contest, *action).map(|action| vec![Fact::ActionUndone { action: action.seq }])
        }
        Command::BeginRehearsal { despite } => rehearsal::begin(contest, *despite),
        Command::EndRehearsal => rehearsal::end(contest),
        Command::BeginTimer { .. }
        | Command::RunTimer
        | Command::PauseTimer
        | Command::AdjustTimer { .. }
        | Command::SetTimer { .. }
        | Command::RestartTimer
        | Command::DropTimer => timer::decide(contest, command),
        Command::ConfirmOvertime { pitch } => deduction::confirm_overtime(contest, *pitch),
        Command::DismissOvertime { pitch, reason } => deduction::dismiss_overtime(contest, *pitch, reason),
        Command::Deduct { pitch, points, reason } => deduction::make(contest, *pitch, *points, reason),
        Command::RemoveDeduction { pitch, deduction, reason } => {
            deduction::remove(contest, *pitch, *deduction, reason)
        }
        Command::CommitDraw { round, secret } => draw::commit(contest, *round, secret),
        Command::CallNumber { round, number } => draw::call(contest, *round, number),
        Command::RevealDraw { round } => draw::reveal(contest, *round),
        Command::SubmitScorecard { pitch, base, marks, comment } => {
            scoring::submit(contest, actor, *pitch, *base, marks, comment)
        }
        Command::DeclareRecusal { pitch, judge, reason } => {
            aside::declare_recusal(contest, actor, *pitch, *judge, reason)
        }
        Command::WithdrawRecusal { pitch, judge } => aside::withdraw_recusal(contest, *pitch, *judge),
        Command::DeclareAbstention { pitch, judge, reason } => {
            aside::declare_abstention(contest, *pitch, *judge, reason)
        }
        Command::WithdrawAbstention { pitch, judge } => aside::withdraw_abstention(contest, *pitch, *judge),
        Command::ReopenScorecard { pitch, judge, reason } => {
            correction::reopen(contest, actor, *pitch, *judge, reason)
        }
        Command::ReopenWindow { pitch, reason } => correction::reopen_window(contest, actor, *pitch, reason),
        Command::WithdrawReopening { pitch, judge } => correction::withdraw(contest, actor, *pitch, *judge),
        Command::ConfirmPitch { pitch } => correction::confirm(contest, actor, *pitch),
        Command::SignScorecards { round, digest, strokes } => {
            correction::sign(contest, actor, *round, digest, strokes)
        }
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

/// Which role may give which command; everything else is refused.
pub fn allows(actor: Actor, command: &Command) -> bool {
    let organiser = actor == Actor::Organiser;
    let host = organiser || actor == Actor::Host;
    match actor {
        Actor::Clock => return matches!(command, Command::CloseWindow { .. } | Command::CloseVote),
        Actor::Audience => return matches!(command, Command::CastBallot { .. }),
        Actor::Mc => return false,
        Actor::Organiser | Actor::Host | Actor::Judge(_) => {}
    }
    match command {
        Command::CreateContest { .. } => organiser,
        command if sets_up(command) => organiser,
        Command::SetProgramme { .. }
        | Command::SetWindowPolicy { .. }
        | Command::SetRunningOrder { .. }
        | Command::StartPitch { .. }
        | Command::StartQa { .. }
        | Command::OpenWindow { .. }
        | Command::CloseWindow { .. }
        | Command::RevealPitch { .. }
        | Command::MarkAbsent { .. }
        | Command::WithdrawPitch { .. }
        | Command::BringBack { .. }
        | Command::ShowScene { .. }
        | Command::ShowBefore
        | Command::StartSegment { .. }
        | Command::SkipSegment { .. }
        | Command::OpenEarly { .. }
        | Command::SetCountdown { .. }
        | Command::BeginAnnouncement { .. }
        | Command::ShowPlates { .. }
        | Command::SetAwards { .. }
        | Command::FreezeBoard { .. }
        | Command::ThawBoard { .. }
        | Command::BeginReveal { .. }
        | Command::StepReveal { .. }
        | Command::EndReveal { .. }
        | Command::PublishBoard { .. }
        | Command::BeginTimer { .. }
        | Command::RunTimer
        | Command::PauseTimer
        | Command::AdjustTimer { .. }
        | Command::SetTimer { .. }
        | Command::RestartTimer
        | Command::DropTimer
        | Command::ConfirmOvertime { .. }
        | Command::DismissOvertime { .. }
        | Command::Deduct { .. }
        | Command::RemoveDeduction { .. }
        | Command::CommitDraw { .. }
        | Command::CallNumber { .. }
        | Command::RevealDraw { .. }
        | Command::Undo { .. }
        | Command::BeginRehearsal { .. }
        | Command::EndRehearsal
        | Command::ShowMessage { .. }
        | Command::ShowBoard { .. }
        | Command::AnnounceSigning { .. }
        | Command::WithdrawSigning { .. }
        | Command::SetVote { .. }
        | Command::IssueSeatCodes { .. }
        | Command::OpenVote
        | Command::CloseVote
        | Command::RevealVote
        | Command::FinishContest { .. } => host,
        // Which judge is the chair, the contest says.
        Command::DecideTie { .. }
        | Command::ReopenScorecard { .. }
        | Command::ReopenWindow { .. }
        | Command::WithdrawReopening { .. } => true,
        Command::SubmitScorecard { .. } | Command::ConfirmPitch { .. } | Command::SignScorecards { .. } => {
            matches!(actor, Actor::Judge(_))
        }
        Command::DeclareRecusal { judge, .. }
        | Command::WithdrawRecusal { judge, .. }
        | Command::DeclareAbstention { judge, .. }
        | Command::WithdrawAbstention { judge, .. } => host || actor == Actor::Judge(*judge),
        _ => false,
    }
}

/// The organiser's commands about what the contest is.
fn sets_up(command: &Command) -> bool {
    matches!(
        command,
        Command::ChangeAbout { .. }
            | Command::ImportBlueprint { .. }
            | Command::ChangeProject { .. }
            | Command::ChangeJudge { .. }
            | Command::SetPanel { .. }
            | Command::SetRubric { .. }
            | Command::SetRule { .. }
            | Command::SetTiming { .. }
    )
}
