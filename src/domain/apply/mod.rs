//! `apply`: what a fact does to the state. It cannot fail: `decide` has said yes before the fact was written, and a
//! journal is verified before it is replayed. A fact about something unknown changes nothing.

mod announced;
mod draw;
mod left;
mod life;
mod movement;
mod out;
mod plates;
mod podium;
mod proposal;
mod rehearsal;
mod reveal;
mod run;
mod scoring;
mod setup;
mod stage;
mod timer;
mod undo;
mod vote;

use crate::domain::fact::Fact;
use crate::domain::kernel::time::Stamp;
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Deducted;
use crate::domain::state::proposal::Answered;
use crate::domain::state::signature::Signature;
use crate::domain::terms::life::Life;
use crate::domain::terms::programme::Phase;

/// Folds one fact into the contest.
pub fn apply(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    let row = fact.row();
    let look = undo::look(contest, fact, row, stamp.by);
    let standings = movement::look(contest, row.moves);
    let crowned = podium::look(contest, row.moves);
    contest.seq = stamp.seq;
    fold(contest, fact, stamp);
    podium::note(contest, crowned);
    plates::settle(contest);
    left::reopen(contest, row);
    life::unseat(contest, fact, row);
    if matches!(fact, Fact::BoardThawed { .. } | Fact::ActionUndone { .. }) {
        announced::catch_up(contest);
    }
    movement::note(contest, standings);
    announced::seal(contest, fact, row.moves);
    undo::note(contest, fact, stamp, look);
}

fn fold(contest: &mut Contest, fact: &Fact, stamp: Stamp) {
    let at = stamp.at;
    match fact {
        Fact::ContestCreated { code, about } => setup::create(contest, code, about, at),
        Fact::AboutChanged { about } => contest.show.about = about.clone().into(),
        Fact::RoundAdded { round, name } => setup::add_round(contest, *round, name),
        Fact::TrackAdded { track } => {
            contest.show.tracks.insert(track.id, track.clone());
        }
        Fact::ProjectAdded { project } | Fact::ProjectChanged { project } => {
            contest.show.projects.insert(project.id, project.clone());
            setup::follow_track(contest, project.id);
        }
        Fact::ProjectRemoved { project } => setup::remove_project(contest, *project),
        Fact::JudgeRemoved { judge } => setup::remove_judge(contest, *judge),
        Fact::JudgeAdded { judge } | Fact::JudgeChanged { judge } => {
            contest.judges.insert(judge.id, judge.clone());
        }
        Fact::PanelSet { round, judges, chair } => setup::seat(contest, *round, judges, *chair),
        Fact::RubricSet { round, criteria } => {
            setup::of(contest, *round, |round| round.criteria = criteria.clone().into());
        }
        Fact::RuleSet { round, rule, method_by_panel } => setup::of(contest, *round, |round| {
            round.rule = rule.clone().into();
            round.method_by_panel = *method_by_panel;
        }),
        Fact::TimingSet { round, timing } => setup::of(contest, *round, |round| round.timing = *timing),
        Fact::WindowPolicySet { round, policy } => {
            setup::of(contest, *round, |round| round.window = *policy);
        }
        Fact::RunningOrderSet { round, order } => setup::order(contest, *round, order),
        Fact::ProgrammeSet { segments } => setup::programme(contest, segments),
        Fact::AwardsSet { round, awards } => {
            setup::of(contest, *round, |round| round.awards = awards.clone().into());
        }
        Fact::PitchStarted { pitch } => stage::start(contest, *pitch, at),
        Fact::QaStarted { pitch } => stage::start_qa(contest, *pitch, at),
        Fact::WindowOpened { pitch } => stage::open(contest, *pitch, at),
        Fact::WindowOpenedEarly { pitch } => stage::open_early(contest, *pitch),
        Fact::CountdownSet { pitch, secs } => stage::count_down(contest, *pitch, *secs, at),
        Fact::WindowClosed { pitch } => stage::close(contest, *pitch, at),
        Fact::AnnouncementBegun { pitch } => stage::begin_announcement(contest, *pitch),
        Fact::PlatesShown { pitch, step } => plates::show(contest, *pitch, *step),
        Fact::PitchRevealed { pitch, correction, seal: _ } if out::is_told(contest, *pitch) => {
            out::tell(contest, *pitch, correction.as_ref());
        }
        Fact::PitchRevealed { pitch, correction, seal: _ } => {
            plates::reveal(contest, *pitch);
            stage::reveal(contest, *pitch, at);
            let was = contest.published.out.get(pitch).copied();
            announced::publish(contest, *pitch);
            announced::correct(contest, *pitch, correction.as_ref(), was);
        }
        Fact::PitchMarkedAbsent { pitch } => stage::leave(contest, *pitch, Phase::Absent, at),
        Fact::PitchWithdrawn { pitch, reason } => out::withdraw(contest, *pitch, reason, at),
        Fact::PitchDisqualified { pitch, reason } => {
            out::take(contest, *pitch, Phase::Disqualified, reason, at);
        }
        Fact::PitchReinstated { pitch, reason: _ } => out::reinstate(contest, *pitch, at),
        Fact::PitchBroughtBack { pitch, attempt: None } => stage::enter(contest, *pitch, Phase::Queued, at),
        Fact::PitchBroughtBack { pitch, attempt: Some(attempt) } => {
            run::begin(contest, *pitch, *attempt, "", at);
        }
        Fact::PitchRunAgain { pitch, attempt, reason } => run::begin(contest, *pitch, *attempt, reason, at),
        Fact::ScorecardTakenOver { pitch, judge, attempt, reason: _ } => {
            run::take_over(contest, *pitch, *judge, *attempt, stamp.seq);
        }
        Fact::SegmentStarted { segment } => stage::begin(contest, *segment, at),
        Fact::SegmentSkipped { segment } => {
            contest.show.stage.past.insert(*segment);
        }
        Fact::SceneShown { scene } => contest.show.stage.show(*scene),
        Fact::CurtainDrawn { segment: _ } => contest.show.stage.unveiled = true,
        Fact::PodiumStepped { to } => podium::step(contest, *to),
        Fact::SceneReturned => stage::back(contest),
        Fact::BoardShown { track, page } => stage::show_board(contest, *track, *page),
        Fact::MessageShown { lines } => stage::show_message(contest, lines),
        Fact::SigningAnnounced { project, partner } => {
            contest.show.signings.push((*project, partner.clone()));
        }
        Fact::SigningWithdrawn { project, partner } => {
            contest.show.signings.retain(|(of, with)| (of, with) != (project, partner));
        }
        Fact::ContestFinished { missing: _ } => setup::finish(contest),
        Fact::TimerBegun { label, secs } => timer::begin(contest, label, *secs, at),
        Fact::TimerRan => timer::of(contest, |timer| timer.run(at)),
        Fact::TimerPaused => timer::of(contest, |timer| timer.pause(at)),
        Fact::TimerAdjusted { secs } => timer::of(contest, |timer| timer.adjust(*secs, at)),
        Fact::TimerSet { left_secs } => timer::of(contest, |timer| timer.set_left(*left_secs, at)),
        Fact::TimerRestarted => timer::of(contest, |timer| timer.restart(at)),
        Fact::TimerDropped => contest.show.stage.timer = None,
        Fact::BoardFrozen { round } => setup::of(contest, *round, |round| round.freeze_board(true)),
        Fact::BoardThawed { round, untold } => setup::of(contest, *round, |round| round.thaw_board(*untold)),
        Fact::RevealBegun { round, mode } => reveal::begin(contest, *round, *mode),
        Fact::RevealStepped { round: _, to } => reveal::step(contest, *to),
        Fact::RevealEnded { round: _ } => reveal::end(contest),
        Fact::BoardPublished { round: _, seal: _ } => reveal::publish(contest),
        Fact::ScorecardSubmitted { pitch, judge, version, marks, comment } => {
            let (version, comment) = (*version, comment.clone());
            let marks = scoring::of_rubric(contest.round(pitch.round), marks);
            let card = Scorecard { version, marks, comment, seq: stamp.seq };
            scoring::submit(contest, *pitch, *judge, card);
        }
        Fact::ScorecardReopened { pitch, judge, reason } => scoring::reopen(contest, *pitch, *judge, reason),
        Fact::ScorecardCameLate { pitch, judge } => scoring::came_late(contest, *pitch, *judge),
        Fact::ReopeningWithdrawn { pitch, judge } => scoring::withdraw(contest, *pitch, *judge),
        Fact::RecusalDeclared { pitch, judge, reason } => scoring::stand_aside(contest, *pitch, |pitch| {
            pitch.recused.insert(*judge, reason.clone());
            // Nothing is expected any more of who was given a scorecard back.
            pitch.reopened.remove(judge);
        }),
        Fact::RecusalWithdrawn { pitch, judge } => scoring::stand_aside(contest, *pitch, |pitch| {
            pitch.recused.remove(judge);
        }),
        Fact::AbstentionDeclared { pitch, judge, reason } => scoring::stand_aside(contest, *pitch, |pitch| {
            pitch.abstained.insert(*judge, reason.clone());
        }),
        Fact::AbstentionWithdrawn { pitch, judge } => scoring::stand_aside(contest, *pitch, |pitch| {
            pitch.abstained.remove(judge);
        }),
        Fact::PitchConfirmed { pitch } => scoring::of(contest, *pitch, |pitch| pitch.confirmed = true),
        Fact::ScorecardsSigned { round, judge, digest, strokes } => {
            let signature = Signature { digest: digest.clone(), strokes: strokes.clone(), at };
            setup::of(contest, *round, |round| {
                round.signatures.insert(*judge, signature);
            });
            left::signed(contest, *round, *judge);
        }
        Fact::TieDecided { round, order, reason: _, untold, seal: _ } => {
            setup::of(contest, *round, |round| round.decide_tie(order, *untold));
        }
        Fact::DecisionsTold { round, seal: _ } => reveal::tell_decisions(contest, *round),
        Fact::DeductionMade { pitch, points, reason, over_ms } => {
            let (points, reason, over_ms) = (*points, reason.clone(), *over_ms);
            let made = Deducted { seq: stamp.seq, points, reason, over_ms };
            scoring::of(contest, *pitch, |pitch| pitch.deductions.push(made));
        }
        Fact::DeductionRemoved { pitch, deduction, reason: _ } => {
            scoring::of(contest, *pitch, |pitch| pitch.deductions.retain(|one| one.seq != *deduction));
        }
        Fact::OvertimeDismissed { pitch, reason } => {
            scoring::of(contest, *pitch, |pitch| pitch.dismissed = Some(reason.clone()));
        }
        Fact::DrawCommitted { round, secret, projects, tracks } => {
            draw::commit(contest, *round, secret, (projects, tracks), at)
        }
        Fact::NumberCalled { round, number } => draw::call(contest, *round, number),
        Fact::DrawRevealed { round } => draw::reveal(contest, *round),
        Fact::ActionUndone { action } => undo::undo(contest, *action, at),
        Fact::RehearsalBegun => rehearsal::begin(contest, stamp),
        Fact::RehearsalWiped => rehearsal::wipe(contest, stamp),
        Fact::VoteSet { question } => vote::set(contest, question),
        Fact::SeatCodesIssued { codes } => vote::issue(contest, codes),
        Fact::VoteOpened => vote::open(contest, at),
        Fact::BallotCast { voter, device, choices } => vote::cast(contest, *voter, *device, choices),
        Fact::VoteClosed => vote::close(contest),
        Fact::VoteRevealed { seal: _ } => vote::reveal(contest),
        Fact::ResultConfirmed { round, seal } => {
            life::make(contest, *round, Life::Confirmed, seal, None, stamp)
        }
        Fact::ResultMadeOfficial { round, seal } => {
            life::make(contest, *round, Life::Official, seal, None, stamp);
        }
        Fact::ResultPublished { round, seal, until } => {
            life::make(contest, *round, Life::Published, seal, Some(*until), stamp);
        }
        Fact::StepTakenBack { round, step, reason } => {
            life::take_back(contest, *round, *step, reason, stamp);
        }
        Fact::CorrectionProposed { correction, reason } => {
            proposal::make(contest, correction, reason, stamp);
        }
        Fact::CorrectionAgreed { proposal } => {
            proposal::answer(contest, *proposal, Answered::Agreed, stamp);
        }
        Fact::CorrectionRefused { proposal, reason } => {
            proposal::answer(contest, *proposal, Answered::Refused { reason: reason.clone() }, stamp);
        }
        Fact::CorrectionWithdrawn { proposal } => {
            proposal::answer(contest, *proposal, Answered::Withdrawn, stamp);
        }
        Fact::MatterLeft { matter, reason } => {
            contest.left.insert(*matter, reason.clone());
        }
    }
}
