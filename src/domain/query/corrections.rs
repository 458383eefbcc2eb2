//! Corrections: what the hall was shown of a pitch or of a tie, and what counts of it now. While the two differ the key goes nowhere
//! else; revealing the pitch again, or telling what was decided, makes them one.

use crate::domain::kernel::ids::{JudgeId, PitchId, RoundId};
use crate::domain::query::result;
use crate::domain::query::reveal;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::{Pitch, Reveal};
use crate::domain::state::round::Round;
use crate::domain::state::tables::Computed;
use crate::domain::terms::announced::{Change, Stand};
use crate::domain::terms::programme::Phase;
use std::collections::BTreeMap;

/// What the hall was shown of each pitch, to be compared with what counts.
pub struct Shown<'a> {
    reveals: BTreeMap<PitchId, &'a Reveal>,
    out: &'a BTreeMap<PitchId, Phase>,
}

impl<'a> Shown<'a> {
    pub fn of(contest: &'a Contest) -> Self {
        let reveals = contest.published.reveals.iter().map(|reveal| (reveal.pitch, &**reveal)).collect();
        Shown { reveals, out: &contest.published.out }
    }

    /// It is out, and nobody has told the hall so, or in which way: it is among its standings still, or was told to be out otherwise.
    pub fn owes_leaving(&self, pitch: &Pitch) -> bool {
        let otherwise = || self.out.get(&pitch.id).is_some_and(|told| *told != pitch.phase);
        pitch.out_announced() && (self.reveals.contains_key(&pitch.id) || otherwise())
    }

    /// What counts of this pitch is what the hall was shown of it.
    pub fn counts(&self, contest: &Contest, round: &Round, pitch: &Pitch) -> bool {
        self.reveals.get(&pitch.id).is_some_and(|shown| is_of(contest, round, pitch, shown))
    }
}

/// Announced pitches of which something else counts now, in running order. What a frozen board has taken in is told with its
/// reveal, and a scorecard that is with its judge counts as it was: neither is a correction yet.
pub fn open(contest: &Contest) -> impl Iterator<Item = PitchId> + '_ {
    let shown = Shown::of(contest);
    contest.show.rounds.values().flat_map(move |round| {
        let tells_leaving = tells_leaving(contest, round);
        let pitches = round.order.iter().filter_map(|project| round.pitches.get(project));
        let open = |pitch: &&Pitch| {
            let other = || pitch.phase == Phase::Revealed && !shown.counts(contest, round, pitch);
            (!round.board_frozen && other()) || (tells_leaving && shown.owes_leaving(pitch))
        };
        pitches.filter(open).map(|pitch| pitch.id).collect::<Vec<_>>()
    })
}

/// Rounds with a decision about a tie that the hall does not know, and that moves what it knows, in their order.
pub fn decisions(contest: &Contest) -> impl Iterator<Item = RoundId> + '_ {
    let rounds = contest.show.rounds.values();
    rounds.filter(|round| decision_is_untold(contest, round)).map(|round| round.id)
}

/// A frozen board tells it with everything else.
pub fn decision_is_untold(contest: &Contest, round: &Round) -> bool {
    let moves = || {
        let mut told = round.clone();
        told.tell_decisions();
        result::public(&told, &contest.published) != result::public(round, &contest.published)
    };
    !round.board_frozen && round.decisions_published.is_some() && moves()
}

/// That somebody left is told by itself: the board follows, or nobody is left of whom it could tell.
pub fn tells_leaving(contest: &Contest, round: &Round) -> bool {
    !round.board_frozen || (round.is_over() && reveal::due(contest, round).is_none())
}

/// What counts of this pitch is what the hall was shown of it.
pub fn is_as_announced(contest: &Contest, round: &Round, pitch: &Pitch) -> bool {
    Shown::of(contest).counts(contest, round, pitch)
}

fn is_of(contest: &Contest, round: &Round, pitch: &Pitch, shown: &Reveal) -> bool {
    let cards = shown.cards.iter().map(|(judge, card)| (*judge, card.version));
    cards.eq(counting(contest, round, pitch)) && shown.deductions == pitch.deductions
}

/// Judges and versions of the scorecards that count.
pub fn counting<'a>(
    contest: &'a Contest,
    round: &'a Round,
    pitch: &Pitch,
) -> impl Iterator<Item = (JudgeId, u32)> + 'a {
    contest.counting(round, pitch.id).map(|(judge, card)| (judge, card.version))
}

/// The old and the new score and place of an open correction, as the hall will see them once it is confirmed.
pub fn of(contest: &Contest, pitch: PitchId) -> Option<Change> {
    open(contest).find(|open| *open == pitch)?;
    let round = contest.round(pitch.round)?;
    let old = stand(result::of_published(round, &contest.published, round.list_of(pitch)), pitch);
    let new = stand(result::announced(contest, round, pitch), pitch);
    Some(Change { old, new })
}

/// A ranking that the rule refuses has neither.
fn stand(computed: Computed, pitch: PitchId) -> Stand {
    let computed = computed.ok();
    let computed = computed.as_ref().and_then(|found| Some((found, found.position(pitch)?)));
    Stand {
        score: computed.and_then(|(found, at)| found.score(at).map(str::to_owned)),
        place: computed.and_then(|(found, at)| {
            found.standings.ranked.iter().find(|row| row.project == at).map(|row| row.place)
        }),
    }
}
