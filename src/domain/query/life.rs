//! How far a result is now. A step holds while nothing else counts than what it was made of, while the standings are those that the
//! hall knows, and while nothing is open that would change them: what comes between takes the result back to provisional by itself, and
//! only an undo brings it back.

use crate::domain::kernel::ids::{RoundId, TrackId};
use crate::domain::query::open;
use crate::domain::query::result;
use crate::domain::query::seal;
use crate::domain::state::contest::Contest;
use crate::domain::state::life::{self, Entry, Said};
use crate::domain::state::round::Round;
use crate::domain::state::tables::{Computed, Row};
use crate::domain::terms::life::{Day, Life};
use crate::domain::terms::matter::Matter;
use std::collections::BTreeMap;

/// Why a result is provisional although steps were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fallen {
    /// The standings are others than those that the steps speak of.
    Changed,
    /// This is open, and would change them.
    Open(Matter),
    /// A pitch of the round is not over.
    Running,
}

/// Everything that was said of this round's result, oldest first.
pub fn entries(contest: &Contest, round: RoundId) -> &[Entry] {
    contest.lives.get(&round).map_or(&[], Vec::as_slice)
}

/// How far the result of this round is.
pub fn of(contest: &Contest, round: &Round) -> Life {
    holding(contest, round).map_or(Life::Provisional, |entry| entry.step)
}

/// Until when objections are taken, once it is published.
pub fn until(contest: &Contest, round: &Round) -> Option<Day> {
    holding(contest, round).and_then(Entry::until)
}

/// The step that the result has come to.
pub fn holding<'a>(contest: &'a Contest, round: &Round) -> Option<&'a Entry> {
    newest(contest, round)?.ok()
}

/// Why the steps that nobody has taken back do not hold. `None` also where there are none.
pub fn fallen(contest: &Contest, round: &Round) -> Option<Fallen> {
    newest(contest, round)?.err()
}

/// The newest step that nobody has taken back, or why it does not hold.
pub fn newest<'a>(contest: &'a Contest, round: &Round) -> Option<Result<&'a Entry, Fallen>> {
    let newest = life::standing(entries(contest, round.id)).pop()?;
    Some(match why_not(contest, round, newest) {
        None => Ok(newest),
        Some(why) => Err(why),
    })
}

fn why_not(contest: &Contest, round: &Round, newest: &Entry) -> Option<Fallen> {
    if !contest.is_over(round) {
        return Some(Fallen::Running);
    }
    if contest.unseated.iter().any(|(_, of)| *of == round.id) {
        return Some(Fallen::Changed);
    }
    if let Said::Made { seal, .. } = &newest.said
        && seal.digest != seal::of_result(contest, round).digest
    {
        return Some(Fallen::Changed);
    }
    // Who only proposes something has changed nothing.
    let mut open = blocking(contest, round.id).into_iter();
    open.find(|matter| !matches!(matter, Matter::Proposed { .. })).map(Fallen::Open)
}

/// What a step of this round's result waits for.
pub fn blocking(contest: &Contest, round: RoundId) -> Vec<Matter> {
    let mut open = open::blocking(contest);
    open.retain(|matter| matter.round().is_none_or(|of| of == round));
    open
}

/// Signatures that are missing, of which nobody has said why.
pub fn unsigned(contest: &Contest, round: RoundId) -> Vec<Matter> {
    let mut open = open::matters(contest);
    open.retain(|matter| {
        let missing = matches!(matter, Matter::Signature { round: of, .. } if *of == round);
        missing && !contest.left.contains_key(matter)
    });
    open
}

/// The standings that a step speaks of: what counts; without what was left untold for a reason, as the hall knows them.
pub fn standings(contest: &Contest, round: &Round) -> Vec<Row> {
    result::rows_of(round, behind(contest, round))
}

/// Nobody has a place: there is nothing to confirm, to make official or to publish.
pub fn ranks_nobody(contest: &Contest, round: &Round) -> bool {
    standings(contest, round).iter().all(|row| row.place.is_none())
}

/// The computation behind each list of [`standings`].
pub fn lists(contest: &Contest, round: &Round) -> BTreeMap<Option<TrackId>, Computed> {
    let behind = behind(contest, round);
    round.lists().into_iter().map(|list| (list, behind(list))).collect()
}

/// The computation behind one list of [`standings`].
pub fn computed(contest: &Contest, round: &Round, list: Option<TrackId>) -> Computed {
    behind(contest, round)(list)
}

/// The computation behind any list of [`standings`]. While the round goes on, what was not told yet is told later: it counts.
pub fn behind<'a>(contest: &'a Contest, round: &'a Round) -> impl Fn(Option<TrackId>) -> Computed + 'a {
    let counts = !contest.is_over(round) || open::all_is_told(contest, round);
    move |list| match counts {
        true => result::of_closed(contest, round, list),
        false => result::of_published(round, &contest.published, list),
    }
}
