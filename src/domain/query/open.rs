//! Open matters: everything of a contest that is unsettled, one list for the console, the key, the chair, the end, the audit
//! and `verify`. The hall is shown final standings while none is open that changes them, unless somebody left it open for a
//! reason.

use crate::domain::kernel::ids::{JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::query::corrections::{self, Shown};
use crate::domain::query::result;
use crate::domain::query::reveal;
use crate::domain::query::seal;
use crate::domain::query::signature;
use crate::domain::scoring::rule::Tie;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Pitch;
use crate::domain::state::round::Round;
use crate::domain::terms::matter::Matter;
use crate::domain::terms::programme::Phase;

/// Who has signed what counts: looked up by who has the digests at hand.
pub type Signed<'a> = &'a dyn Fn(&Round, JudgeId) -> bool;

/// Everything that is open: pitches in running order, then their round's, proposals, then signatures in seat order.
pub fn matters(contest: &Contest) -> Vec<Matter> {
    let signed = |round: &Round, judge| {
        let signed = round.signatures.get(&judge);
        signed.is_some_and(|signed| signed.digest == signature::digest(contest, round, judge))
    };
    matters_signed(contest, &signed)
}

/// [`matters`], where the digests of the scorecards are known.
pub fn matters_signed(contest: &Contest, signed: Signed) -> Vec<Matter> {
    let rounds = || contest.show.rounds.values().map(|round| &**round);
    let unsigned = rounds().flat_map(|round| unsigned(round, signed));
    counted(contest).into_iter().chain(unsigned).collect()
}

/// What is worth saying now: what the evening comes to by itself is not, until it is over.
pub fn due(contest: &Contest, matter: Matter) -> bool {
    let over = |round| contest.round(round).is_some_and(|round| contest.is_over(round));
    match matter {
        Matter::NeverCame { .. } | Matter::Unannounced { .. } => contest.show.finished,
        Matter::Signature { round, .. }
        | Matter::Tied { round, .. }
        | Matter::Audience { round }
        | Matter::Frozen { round } => over(round),
        Matter::Unscored { .. }
        | Matter::TooFew { .. }
        | Matter::GivenBack { .. }
        | Matter::CameLate { .. }
        | Matter::Corrected { .. }
        | Matter::Overtime { .. }
        | Matter::Untracked { .. }
        | Matter::Decided { .. }
        | Matter::Proposed { .. }
        | Matter::Rescored { .. } => true,
    }
}

/// What final standings wait for: it would change them, and nobody said that it stays.
pub fn blocking(contest: &Contest) -> Vec<Matter> {
    let mut open = counted(contest);
    open.retain(|matter| matter.changes_standings() && !contest.left.contains_key(matter));
    open
}

/// A score that the hall does not know yet is told by the reveal itself.
pub fn blocking_reveal(contest: &Contest) -> Vec<Matter> {
    let mut open = blocking(contest);
    open.retain(|matter| !matches!(matter, Matter::Unannounced { .. } | Matter::Frozen { .. }));
    open
}

/// Everything but signatures.
fn counted(contest: &Contest) -> Vec<Matter> {
    let shown = Shown::of(contest);
    let of = |round| {
        let frozen = reveal::due(contest, round).is_some();
        let told_soon = move |matter: &Matter| frozen && matches!(matter, Matter::Unannounced { .. });
        let pitches = running(round).flat_map({
            let shown = &shown;
            move |pitch| of_pitch(contest, round, pitch, shown)
        });
        pitches.filter(move |matter| !told_soon(matter)).chain(of_round(contest, round, frozen))
    };
    let waiting = contest.proposals.iter().filter(|proposal| proposal.waits());
    let proposed = waiting.map(|proposal| Matter::Proposed { proposal: proposal.stamp.seq });
    contest.show.rounds.values().map(|round| &**round).flat_map(of).chain(proposed).collect()
}

/// Pitches of which something counts that the hall was not told, in running order; of a frozen board corrections, too.
pub fn unannounced(contest: &Contest, round: &Round) -> Vec<PitchId> {
    let shown = Shown::of(contest);
    let unannounced = |pitch: &&Pitch| {
        let over = matches!(pitch.phase, Phase::Closed | Phase::Revealed);
        over && count(contest, round, pitch) > 0 && !is_announced(contest, round, pitch, &shown)
    };
    running(round).filter(unannounced).map(|pitch| pitch.id).collect()
}

/// The hall knows what counts of this round, who is out of it, and what was decided about its ties.
pub fn all_is_told(contest: &Contest, round: &Round) -> bool {
    let corrected = || corrections::open(contest).any(|pitch| pitch.round == round.id);
    unannounced(contest, round).is_empty() && !corrected() && !corrections::decision_is_untold(contest, round)
}

fn running(round: &Round) -> impl Iterator<Item = &Pitch> {
    round.order.iter().filter_map(|project| round.pitches.get(project))
}

fn count(contest: &Contest, round: &Round, pitch: &Pitch) -> usize {
    corrections::counting(contest, round, pitch).count()
}

/// The hall knows its score: the scorecards and deductions, and the audience's share, which a frozen board leaves out.
fn is_announced(contest: &Contest, round: &Round, pitch: &Pitch, shown: &Shown) -> bool {
    let asked = contest.published.vote.as_ref().is_some_and(|vote| vote.round == round.id);
    let held = round.board_frozen && asked && round.rule.audience.share > Points::ZERO;
    !held && shown.counts(contest, round, pitch)
}

fn of_pitch(contest: &Contest, round: &Round, pitch: &Pitch, shown: &Shown) -> Vec<Matter> {
    let id = pitch.id;
    let over = matches!(pitch.phase, Phase::Closed | Phase::Revealed);
    let cards = if over { count(contest, round, pitch) } else { 0 };
    let too_few = over && (1..round.rule.needed(round.panel.len())).contains(&cards);
    let untold = || over && !is_announced(contest, round, pitch, shown);
    let state = match pitch.phase {
        Phase::Queued => Some(Matter::NeverCame { pitch: id }),
        Phase::Closed if cards == 0 => Some(Matter::Unscored { pitch: id }),
        Phase::Revealed if !round.board_frozen && untold() => Some(Matter::Corrected { pitch: id }),
        Phase::Closed | Phase::Revealed if untold() => Some(Matter::Unannounced { pitch: id }),
        Phase::Withdrawn | Phase::Disqualified
            if shown.owes_leaving(pitch) && corrections::tells_leaving(contest, round) =>
        {
            Some(Matter::Corrected { pitch: id })
        }
        Phase::Pitching
        | Phase::Qa
        | Phase::Scoring
        | Phase::Closed
        | Phase::Revealed
        | Phase::Absent
        | Phase::Withdrawn
        | Phase::Disqualified => None,
    };
    let untracked = pitch.phase == Phase::Queued && round.lacks_track(pitch);
    let untracked = untracked.then_some(Matter::Untracked { pitch: id });
    let few = too_few.then_some(Matter::TooFew { pitch: id });
    let given_back = pitch.reopened.keys().filter(|_| over);
    let given_back = given_back.map(|judge| Matter::GivenBack { pitch: id, judge: *judge });
    let late = late(round, pitch).filter(|_| over).map(|judge| Matter::CameLate { pitch: id, judge });
    let overtime = overtime(round, pitch).filter(|_| over).map(|_| Matter::Overtime { pitch: id });
    state.into_iter().chain(untracked).chain(few).chain(given_back).chain(late).chain(overtime).collect()
}

/// Judges whose scorecard came too late, of which nobody has said what becomes of it.
fn late<'a>(round: &'a Round, pitch: &'a Pitch) -> impl Iterator<Item = JudgeId> + 'a {
    let waits = |(judge, answered): (&JudgeId, &bool)| (!answered).then_some(*judge);
    let asked = |judge: &JudgeId| round.panel.contains(judge) && !pitch.without(*judge);
    pitch.late.iter().filter_map(waits).filter(asked)
}

/// Those of whom somebody still has to say it: it was not left for a reason either.
pub fn late_to_answer<'a>(
    contest: &'a Contest,
    round: &'a Round,
    pitch: &'a Pitch,
) -> impl Iterator<Item = JudgeId> + 'a {
    let matter = |judge| Matter::CameLate { pitch: pitch.id, judge };
    late(round, pitch).filter(move |judge| !contest.left.contains_key(&matter(*judge)))
}

/// What the rule takes off for overtime that nobody has decided about.
pub fn overtime(round: &Round, pitch: &Pitch) -> Option<Points> {
    pitch.overtime().and_then(|over| round.rule.overtime_points(over))
}

/// What was decided about a tie is told at once; the rest is of a round whose pitches are all over.
fn of_round(contest: &Contest, round: &Round, frozen: bool) -> Vec<Matter> {
    let id = round.id;
    let untold = corrections::decision_is_untold(contest, round);
    let decided = untold.then_some(Matter::Decided { round: id });
    if !round.is_over() {
        return decided.into_iter().collect();
    }
    let share = round.rules_frozen && round.rule.audience.share > Points::ZERO;
    let asked = contest.published.vote.as_ref().is_some_and(|vote| vote.round == id);
    let audience = (share && !asked).then_some(Matter::Audience { round: id });
    let rescored = seal::is_broken(contest, round).then_some(Matter::Rescored { round: id });
    let frozen = frozen.then_some(Matter::Frozen { round: id });
    let tied = tied(contest, round);
    decided.into_iter().chain(tied).chain(audience).chain(frozen).chain(rescored).collect()
}

/// Places of a list that several share where the rule asks the chair.
fn tied(contest: &Contest, round: &Round) -> Vec<Matter> {
    if !round.rule.chain(&round.criteria).contains(&Tie::Chair) {
        return Vec::new();
    }
    let rows = result::provisional(contest, round);
    let places: Vec<_> = rows.iter().filter_map(|row| Some((row.list, row.place?))).collect();
    let mut shared: Vec<_> = places.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
    shared.dedup();
    shared.into_iter().map(|(track, place)| Matter::Tied { round: round.id, place, track }).collect()
}

/// Where something was scored, everybody of the panel signs.
fn unsigned<'a>(round: &'a Round, signed: Signed<'a>) -> impl Iterator<Item = Matter> + 'a {
    let panel = round.panel.iter().copied().filter(|_| round.rules_frozen);
    panel
        .filter(move |judge| !signed(round, *judge))
        .map(|judge| Matter::Signature { round: round.id, judge })
}
