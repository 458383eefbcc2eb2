//! `podium verify`: walks every journal's chain, replays it, compares the projection in a copy of the store, prints head hash and standings.

use crate::cli::outcome::{self, standing};
use crate::cli::sentences::Lang;
use crate::domain::kernel::ids::{ContestCode, PitchId, ProjectId};
use crate::domain::query::{corrections, open, out, result, seal};
use crate::domain::scoring::lot;
use crate::domain::state::contest::Contest;
use crate::domain::state::draw::Draw;
use crate::domain::state::round::Round;
use crate::domain::state::tables::{Computed, Row};
use crate::domain::terms::programme::Phase;
use crate::journal::disk::RealDisk;
use crate::journal::record::Record;
use crate::live::actor::{Replayed, Told, replay};
use crate::live::projector;
use crate::store::Store;
use crate::store::closed::Left;
use crate::store::error::StoreError;
use crate::store::looked::Looked;
use crate::wire::notes::Names;
use crate::wire::notes::notes;
use crate::wire::report::Sentences;
use anyhow::Context;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    #[arg(long, env = "PODIUM_DATA", default_value = "podium-data")]
    data: PathBuf,
}

/// Exit code 0 when everything holds, 1 when anything does not.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let journals = args.data.join("journal");
    let names = crate::journal::names(&RealDisk, &journals)?;
    if names.is_empty() {
        anyhow::bail!("{}: no journals", journals.display());
    }
    let (looked, mut sound) = projection(args);
    let store = looked.as_ref().and_then(|looked| looked.opened.as_ref().ok()).map(|(store, _)| store);
    for name in names {
        if let Err(error) = check(&journals, &name, store) {
            sound = false;
            println!("{name}: FAILED: {error:#}");
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A copy of the store, where no server holds it, and whether it is sound: whole, and as it was closed.
fn projection(args: &Args) -> (Option<Looked>, bool) {
    let dir = args.data.join("sled");
    if !dir.is_dir() {
        println!("projection not checked: there is no store");
        return (None, true);
    }
    let looked = match Store::look(&dir) {
        Ok(looked) => looked,
        Err(error @ StoreError::InUse { .. }) => {
            println!("projection not checked: {error}");
            return (None, true);
        }
        Err(error) => {
            println!("store: FAILED: the store cannot be read: {error}");
            return (None, false);
        }
    };
    println!(
        "store: read from a copy, which is gone when this ends; nothing in {} is written",
        dir.display()
    );
    let mut sound = true;
    let mut failed = |why: String| {
        println!("  FAILED: {why}");
        sound = false;
    };
    match looked.left {
        Left::Nothing | Left::Closed => {}
        Left::NotClosed => println!("  {}", looked.left),
        Left::Changed => failed(looked.left.to_string()),
    }
    match &looked.opened {
        Ok((_, 0)) => {}
        Ok((_, damaged)) => failed(format!("{damaged} of its values are damaged")),
        Err(error) => failed(format!("the store cannot be read: {error}")),
    }
    (Some(looked), sound)
}

fn check(journals: &std::path::Path, name: &str, store: Option<&Store>) -> anyhow::Result<()> {
    let found = crate::journal::verify(&RealDisk, journals, name)?;
    println!("{name}: {} records, head {}", found.head.seq, found.head.hex());
    if let Some(cut) = &found.cut {
        println!(
            "  an unfinished write at the end ({} bytes) was never acknowledged and does not count",
            cut.bytes
        );
    }
    let Ok(code) = name.parse::<ContestCode>() else {
        return crate::auth::log::fold(&found.records).map(|_| ()).context("the accounts");
    };
    let contest = replay(&found.records)?.contest;
    rehearsals(&found.records, &contest)?;
    draws(&contest)?;
    runs(&contest);
    taken_out(&contest);
    standings(&contest);
    seals(&found.records)?;
    outcome::results(&contest)?;
    if let Some(store) = store {
        compare(store, &code, &contest)?;
    }
    Ok(())
}

/// A rehearsal leaves nothing: the contest is the same without its records.
fn rehearsals(records: &[Record], contest: &Contest) -> anyhow::Result<()> {
    for (first, last) in &contest.rehearsed {
        println!("  records {first}–{last}: a rehearsal, wiped");
    }
    if let Some(rehearsal) = &contest.rehearsal {
        println!("  records from {} on: a rehearsal that is under way", rehearsal.seq);
    }
    if contest.rehearsed.is_empty() {
        return Ok(());
    }
    let real = |record: &&Record| {
        !contest.rehearsed.iter().any(|(first, last)| (*first..=*last).contains(&record.seq))
    };
    let kept: Vec<Record> = records.iter().filter(real).cloned().collect();
    let mut without = replay(&kept)?.contest;
    // These count the rehearsals themselves.
    (without.run, without.seq) = (contest.run, contest.seq);
    without.rehearsed.clone_from(&contest.rehearsed);
    without.spent.clone_from(&contest.spent);
    anyhow::ensure!(without == *contest, "something of a rehearsal is left in the contest");
    println!("  without these records the contest is the same: nothing of a rehearsal counts");
    Ok(())
}

/// Every announcement again: the standings that it told, by today's arithmetic.
fn seals(records: &[Record]) -> anyhow::Result<()> {
    let (mut state, mut recomputed) = (Replayed::default(), 0);
    for record in records {
        let fact = Told::by(&record.seen())?;
        let told = seal::told(&state.contest, fact.fact()).zip(fact.fact().seal().cloned());
        let told = told.map(|(round, seal)| (round, seal, false));
        // A step of a result speaks of what counts beside it.
        let told = told.or_else(|| fact.fact().step().map(|(round, seal)| (round, seal.clone(), true)));
        state.take(fact);
        let Some((round, seal, whole)) = told else { continue };
        let Some(round) = state.contest.round(round) else { continue };
        let now =
            if whole { seal::of_result(&state.contest, round) } else { seal::of(&state.contest, round) };
        anyhow::ensure!(
            now.digest == seal.digest,
            "record {}: the standings told there come out otherwise (arithmetic {} then, {} now)",
            record.seq,
            seal.scorer,
            now.scorer
        );
        recomputed += 1;
    }
    println!("  announcements: {recomputed} recomputed, each tells the standings that it told");
    Ok(())
}

/// Every draw again, from the secret and what was called.
fn draws(contest: &Contest) -> anyhow::Result<()> {
    for round in contest.show.rounds.values() {
        let Some(draw) = &round.draw else { continue };
        println!("  draw: hash {}, called {}", draw.hash, draw.called.join(" "));
        let Some(secret) = &draw.secret else {
            println!("  draw: the secret is not told yet");
            continue;
        };
        anyhow::ensure!(lot::commitment(secret) == draw.hash, "the draw's secret is not the one promised");
        drawn_anew(draw, &lot::seed(secret, &draw.called))?;
        let order: Vec<String> = draw.order.iter().map(ToString::to_string).collect();
        println!("  draw: secret {secret}");
        println!("  draw: recomputed, {}", order.join(" "));
        let stands: Vec<String> = round.order.iter().map(ToString::to_string).collect();
        let kept = stands.iter().filter(|project| order.contains(project)).eq(order.iter());
        if !kept {
            println!("  draw: the running order was changed afterwards: {}", stands.join(" "));
        }
    }
    Ok(())
}

/// Pitches that were run again: what was scored before is kept, and counts for nothing.
fn runs(contest: &Contest) {
    for run in contest.sealed.past.values().flatten() {
        let (id, attempt) = (run.pitch.id, run.pitch.attempt);
        let cards = run.cards.iter().count();
        let reason = if run.reason.is_empty() { "brought back" } else { &run.reason };
        println!("  {id}: run {attempt} counts for nothing ({reason}); scorecards kept of it: {cards}");
    }
}

/// Who was taken out, and why: their records are kept, and rank nobody.
fn taken_out(contest: &Contest) {
    let pitches = contest.show.rounds.values().flat_map(|round| round.pitches.values());
    for (pitch, out) in pitches.filter_map(|pitch| Some((pitch, pitch.out.as_ref()?))) {
        let told = out::phase(pitch, &contest.published) == pitch.phase;
        let hall = if told { "" } else { "; the hall was not told" };
        println!("  {}: {} ({}){hall}", pitch.id, pitch.phase, out.reason);
    }
}

/// Each track by itself, where it was drawn so: not by the way in which the order was made.
fn drawn_anew(draw: &Draw, seed: &str) -> anyhow::Result<()> {
    let track = |project: &ProjectId| {
        let at = draw.projects.iter().position(|one| one == project)?;
        draw.tracks.get(at).copied().flatten()
    };
    for of in draw.projects.iter().map(track).collect::<BTreeSet<_>>() {
        let own = |projects: &[ProjectId]| -> Vec<String> {
            projects.iter().filter(|one| track(one) == of).map(ToString::to_string).collect()
        };
        anyhow::ensure!(
            lot::order(seed, &own(&draw.projects)) == own(&draw.order),
            "the draw gives another order"
        );
    }
    let kept = draw.order.iter().map(track).eq(draw.projects.iter().map(track));
    anyhow::ensure!(kept, "the draw has moved a track's place to another track");
    Ok(())
}

/// What was announced, and apart from it what was not: the hall's standings, and what counts beside them.
fn standings(contest: &Contest) {
    println!("  {}", contest.show.about.title);
    for round in contest.show.rounds.values() {
        let announced = result::public(round, &contest.published);
        println!("  announced: {}", if announced.is_empty() { "nothing" } else { "these standings" });
        announced.iter().for_each(|row| standing(contest, row));
        round
            .lists()
            .into_iter()
            .for_each(|list| told(&result::of_published(round, &contest.published, list)));
        let unscored = round.pitches.values().filter(|pitch| {
            pitch.phase == Phase::Closed && corrections::counting(contest, round, pitch).next().is_none()
        });
        let unscored: Vec<String> = unscored.map(|pitch| pitch.id.project.to_string()).collect();
        counted_otherwise(contest, round, &announced);
        if !unscored.is_empty() {
            println!("  closed without a scorecard: {}", unscored.join(" "));
        }
    }
    if contest.show.finished {
        contest.left.iter().for_each(|(matter, why)| println!("  left open: {matter} ({why})"));
        let open: Vec<String> = open::matters(contest).iter().map(ToString::to_string).collect();
        println!(
            "  finished; open: {}",
            if open.is_empty() { "nothing".to_owned() } else { open.join(", ") }
        );
    }
}

/// What counts, where the hall does not know it.
fn counted_otherwise(contest: &Contest, round: &Round, announced: &[Row]) {
    let unannounced = open::unannounced(contest, round);
    // Of who stands above something else counts now; nothing of the others was told.
    let is_out = |pitch: &PitchId| contest.published.out.contains_key(pitch);
    let (back, unannounced): (Vec<PitchId>, Vec<PitchId>) = unannounced.into_iter().partition(is_out);
    let stands = |pitch: &PitchId| announced.iter().any(|row| row.pitch == *pitch);
    let (otherwise, untold): (Vec<PitchId>, Vec<PitchId>) = unannounced.into_iter().partition(stands);
    let counts = result::provisional(contest, round);
    let of = |pitches: &[PitchId]| -> Vec<Row> {
        counts.iter().filter(|row| pitches.contains(&row.pitch)).cloned().collect()
    };
    if !untold.is_empty() {
        println!("  not announced, and not ranked:");
        of(&untold).into_iter().for_each(|row| standing(contest, &Row { place: None, ..row }));
    }
    if !otherwise.is_empty() {
        println!("  announced as above, and counted otherwise since:");
        of(&otherwise).iter().for_each(|row| standing(contest, row));
    }
    if !back.is_empty() {
        println!("  announced to be out, and standing again since:");
        of(&back).iter().for_each(|row| standing(contest, row));
    }
    if corrections::decision_is_untold(contest, round) {
        println!("  a tie was decided since, and that was not announced:");
        let moved = |row: &&Row| {
            announced
                .iter()
                .any(|one| one.pitch == row.pitch && one.list == row.list && one.place != row.place)
        };
        counts.iter().filter(moved).for_each(|row| standing(contest, row));
    }
    if !(untold.is_empty() && otherwise.is_empty() && back.is_empty()) {
        round.lists().into_iter().for_each(|list| told(&result::of_closed(contest, round, list)));
    }
}

/// What there is to know about the standings just printed, and why there are none where the rule refuses them.
fn told(computed: &Computed) {
    match computed {
        Ok(found) => {
            let projects: Vec<String> = found.pitches.iter().map(|pitch| pitch.project.to_string()).collect();
            let judges: Vec<String> = found.judges.iter().map(ToString::to_string).collect();
            let names = Names { projects: &projects, judges: &judges };
            notes(&found.standings, &names)
                .iter()
                .for_each(|note| println!("  note: {}", Lang::En.note(note)));
        }
        Err(problem) => println!("  note: no ranking: {problem}"),
    }
}

/// A projection may lag behind its journal; what it shows as current must be what the facts say.
fn compare(store: &Store, code: &ContestCode, contest: &Contest) -> anyhow::Result<()> {
    let (row, projects) = projector::rows(code, contest);
    match store.contest(code)? {
        None => println!("  projection: none yet; it is built at the next start"),
        Some(stored) if stored.applied_seq > row.applied_seq => anyhow::bail!(
            "the store has seen {} records, the journal holds {}: the journal was rolled back",
            stored.applied_seq,
            row.applied_seq
        ),
        Some(stored) if stored.applied_seq < row.applied_seq => {
            println!(
                "  projection: {} of {} records; it follows at the next start",
                stored.applied_seq, row.applied_seq
            );
        }
        Some(stored) => {
            anyhow::ensure!(stored == row, "the store's row of the contest differs from the facts");
            anyhow::ensure!(store.projects(code)? == projects, "the store's projects differ from the facts");
            println!("  projection: in step");
        }
    }
    Ok(())
}
