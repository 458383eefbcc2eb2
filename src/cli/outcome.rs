//! The part of `podium verify` about results: how far each is, who said so and when, its standings, and whatever the hall was
//! shown otherwise, with what explains it.

use crate::cli::sentences::Lang;
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::query::life::{self, Fallen};
use crate::domain::query::{open, result};
use crate::domain::state::contest::Contest;
use crate::domain::state::life::{Entry, Said};
use crate::domain::state::proposal::{Answered, Proposal};
use crate::domain::state::round::Round;
use crate::domain::state::tables::Row;
use crate::domain::terms::life::{Day, Life};
use crate::domain::terms::matter::Matter;
use crate::domain::terms::proposal::Correction;

/// Each round's result.
///
/// # Errors
/// Once the show is over: what counts is not what the hall was shown, and nothing says why.
pub fn results(contest: &Contest) -> anyhow::Result<()> {
    contest.proposals.iter().for_each(proposal);
    for round in contest.show.rounds.values() {
        life_of(contest, round);
        differences(contest, round)?;
    }
    Ok(())
}

fn life_of(contest: &Contest, round: &Round) {
    let now = life::of(contest, round);
    println!("  result of {}: {now}{}", round.id, objections(life::until(contest, round)));
    life::entries(contest, round.id).iter().for_each(entry);
    match life::fallen(contest, round) {
        Some(Fallen::Changed) => println!("    these steps do not hold: the standings are others now"),
        Some(Fallen::Open(matter)) => println!("    these steps do not hold while this is open: {matter}"),
        Some(Fallen::Running) => println!("    these steps do not hold: a pitch is not over"),
        None => {}
    }
    if now >= Life::Official {
        println!("  official standings:");
        life::standings(contest, round).iter().for_each(|row| standing(contest, row));
    }
}

fn entry(entry: &Entry) {
    let (step, by) = (entry.step, said(entry.stamp));
    match &entry.said {
        Said::Made { seal, until } => {
            println!("    {step}{}: {by}, of standings {}", objections(*until), seal.digest);
        }
        Said::TakenBack { reason } => println!("    {step} taken back: {by} ({reason})"),
    }
}

fn objections(until: Option<Day>) -> String {
    until.map(|day| format!(", objections until {day}")).unwrap_or_default()
}

fn proposal(proposal: &Proposal) {
    let Proposal { stamp, correction, reason, answer } = proposal;
    let about = about(correction);
    println!("  correction {} proposed: {about} ({reason}), {}", stamp.seq, said(*stamp));
    match answer.as_ref().map(|answer| (&answer.said, said(answer.stamp))) {
        None => println!("    waits for a second person"),
        Some((Answered::Agreed, by)) => println!("    agreed: {by}"),
        Some((Answered::Refused { reason }, by)) => println!("    refused: {by} ({reason})"),
        Some((Answered::Withdrawn, by)) => println!("    withdrawn: {by}"),
    }
}

fn about(correction: &Correction) -> String {
    match correction {
        Correction::Deduct { pitch, points } => format!("{pitch} {points} points off"),
        Correction::RemoveDeduction { pitch, deduction } => format!("{pitch} deduction {deduction} removed"),
        Correction::ConfirmOvertime { pitch } => format!("{pitch} overtime taken off"),
        Correction::DismissOvertime { pitch } => format!("{pitch} overtime dismissed"),
        Correction::ReopenScorecard { pitch, judge } => format!("{pitch} {judge} given back"),
        Correction::WithdrawReopening { pitch, judge } => format!("{pitch} {judge} counts as it was"),
        Correction::DeclareRecusal { pitch, judge } => format!("{pitch} {judge} recused"),
        Correction::WithdrawRecusal { pitch, judge } => format!("{pitch} {judge} no longer recused"),
        Correction::WithdrawPitch { pitch } => format!("{pitch} withdrawn"),
        Correction::Disqualify { pitch } => format!("{pitch} disqualified"),
        Correction::Reinstate { pitch } => format!("{pitch} reinstated"),
        Correction::DecideTie { round, order } => {
            let order: Vec<String> = order.iter().map(ToString::to_string).collect();
            format!("{round} tie {}", order.join(" "))
        }
    }
}

/// `auditor at 2026-09-21 13:46:40 UTC`
fn said(stamp: Stamp) -> String {
    let by = stamp.by.map_or_else(|| "nobody".to_owned(), |by| by.to_string());
    format!("{by} at {}", moment(stamp.at))
}

fn moment(at: Millis) -> String {
    let millis = i64::try_from(at.0).unwrap_or_default();
    let at = jiff::Timestamp::from_millisecond(millis).unwrap_or_default();
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Row by row: what counts and what the hall was shown last. What was left untold is named by an open matter; what was
/// corrected after the end by the proposal that two persons agreed to.
fn differences(contest: &Contest, round: &Round) -> anyhow::Result<()> {
    let (counts, told) = (result::provisional(contest, round), result::public(round, &contest.published));
    if !contest.show.finished || counts == told {
        return Ok(());
    }
    println!("  what counts is not what the hall was shown last:");
    let of = |rows: &[Row], row: &Row| {
        rows.iter().find(|one| one.pitch == row.pitch && one.list == row.list).cloned()
    };
    for row in &counts {
        match of(&told, row) {
            Some(shown) if shown == *row => {}
            Some(shown) => println!("    {}: counts {}, shown {}", row.pitch, stands(row), stands(&shown)),
            None => println!("    {}: counts {}, not shown", row.pitch, stands(row)),
        }
    }
    for row in told.iter().filter(|row| of(&counts, row).is_none()) {
        println!("    {}: does not count, shown {}", row.pitch, stands(row));
    }
    let open = open::matters(contest).into_iter().filter(|one| one.round() == Some(round.id));
    let (because, others): (Vec<Matter>, Vec<Matter>) = open.partition(|matter| explains(contest, *matter));
    for matter in &because {
        let why = contest.left.get(matter).map(|why| format!(" ({why})")).unwrap_or_default();
        println!("    because {matter}{why}");
    }
    // A correction of before the end that nobody told is no explanation: the end should not have passed it.
    if let Some(matter) = others.iter().find(|matter| matches!(matter, Matter::Corrected { .. })) {
        anyhow::bail!("what counts is not what the hall was shown: {matter}");
    }
    anyhow::ensure!(!because.is_empty(), "what counts is not what the hall was shown, and nothing says why");
    Ok(())
}

fn place(row: &Row) -> String {
    row.place.map_or("—".to_owned(), |place| place.to_string())
}

fn stands(row: &Row) -> String {
    format!("{} {}", place(row), row.score)
}

/// The hall's standings may differ for it.
fn explains(contest: &Contest, matter: Matter) -> bool {
    match matter {
        Matter::Corrected { pitch } => contest.proposals.iter().any(|one| {
            let agreed = one.answer.as_ref().is_some_and(|answer| answer.said == Answered::Agreed);
            agreed && one.correction.pitch() == Some(pitch)
        }),
        Matter::Unannounced { .. }
        | Matter::Frozen { .. }
        | Matter::Tied { .. }
        | Matter::Decided { .. }
        | Matter::Audience { .. } => true,
        Matter::NeverCame { .. }
        | Matter::Unscored { .. }
        | Matter::GivenBack { .. }
        | Matter::CameLate { .. }
        | Matter::Signature { .. }
        | Matter::TooFew { .. }
        | Matter::Overtime { .. }
        | Matter::Untracked { .. }
        | Matter::Rescored { .. }
        | Matter::Proposed { .. } => false,
    }
}

pub(super) fn standing(contest: &Contest, row: &Row) {
    let place = place(row);
    let of = row.list.and_then(|track| contest.show.tracks.get(&track));
    let of = of.map(|track| format!("  [{} {}]", track.id, track.name)).unwrap_or_default();
    let project = contest.show.projects.get(&row.pitch.project);
    let name = project.map_or("", |project| project.short.as_str());
    let tie = row.tie.as_ref().map(|by| format!("  ({})", Lang::En.tie(by))).unwrap_or_default();
    println!("  {place:>3}  {:>8}  {} {name}{tie}{of}", row.score, row.pitch.project);
}
