//! 封榜 and 揭晓: from some pitch on the public standings stand still, and in the end they are told step by step. All steps are
//! made at the moment the reveal begins, from a copy of what counts then; the hall is given those that were taken, and no other.

use crate::domain::kernel::ids::{PitchId, TrackId};
use crate::domain::query::result;
use crate::domain::scoring::field::{Naming, Ranking};
use crate::domain::scoring::rule::Tie;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::Reveal;
use crate::domain::state::reveal::{Plan, Step};
use crate::domain::state::round::Round;
use crate::domain::state::tables::{RoundResult, Row};
use crate::domain::terms::programme::Phase;
use crate::domain::terms::reveal::{Award, Mode, Winners};

/// The reveal of this round, were it to begin now; `None` where nothing is ranked, or there is no award.
pub fn plan(contest: &Contest, round: &Round, mode: Mode) -> Option<Plan> {
    let mut lists = Vec::new();
    for list in round.lists() {
        lists.push((list, result::of_closed(contest, round, list).ok()?));
    }
    let rows = lists.iter().flat_map(|(_, computed)| &computed.rows);
    let ranked: Vec<&Row> = rows.filter(|row| row.place.is_some()).collect();
    if ranked.is_empty() {
        return None;
    }
    let silent = |pitch: &PitchId| {
        let phase = round.pitches.get(&pitch.project).map(|pitch| pitch.phase);
        phase == Some(Phase::Disqualified) && round.rule.disqualified == Naming::LeftOut
    };
    let unplaced = running(round).filter(|pitch| ranked.iter().all(|row| row.pitch != *pitch));
    let unplaced: Vec<PitchId> = unplaced.filter(|pitch| !silent(pitch)).collect();
    let mut steps = Vec::new();
    match mode {
        Mode::Awards if round.awards.is_empty() => return None,
        Mode::Awards => steps.extend(round.awards.iter().map(|award| given(round, award, &ranked))),
        // Every list that the rule makes is told, whatever the order was to be.
        Mode::LastToFirst | Mode::ByTrack if round.rule.ranking.has_tracks() => {
            for (list, computed) in &lists {
                let own: Vec<&Row> = ranked.iter().copied().filter(|row| row.list == *list).collect();
                steps.extend(ladder(round, computed, *list, &own));
            }
        }
        Mode::LastToFirst => {
            lists.iter().for_each(|(_, computed)| steps.extend(ladder(round, computed, None, &ranked)));
        }
        // The places of all, told track by track: within a track they count anew.
        Mode::ByTrack => {
            let of = |pitch: PitchId| contest.show.projects.get(&pitch.project).and_then(|one| one.track);
            let none = std::iter::once(None);
            for track in contest.show.tracks.keys().map(|track| Some(*track)).chain(none) {
                let own: Vec<&Row> = ranked.iter().copied().filter(|row| of(row.pitch) == track).collect();
                lists.iter().for_each(|(_, computed)| steps.extend(ladder(round, computed, track, &own)));
            }
        }
    }
    if !unplaced.is_empty() && mode != Mode::Awards {
        steps.insert(0, Step::Unplaced(unplaced));
    }
    let over = |pitch: &PitchId| {
        contest.pitch(*pitch).is_some_and(|one| matches!(one.phase, Phase::Closed | Phase::Revealed))
    };
    let reveals = running(round).filter(over).filter_map(|pitch| {
        let cards: Vec<_> =
            contest.counting(round, pitch).map(|(judge, card)| (judge, card.clone())).collect();
        let deductions = contest.pitch(pitch)?.deductions.clone();
        (!cards.is_empty()).then(|| Reveal { pitch, cards, deductions }.into())
    });
    Some(Plan { round: round.id, mode, steps, reveals: reveals.collect() })
}

/// How a frozen board would be told now; `None` while it cannot be, or where it is not frozen.
pub fn due(contest: &Contest, round: &Round) -> Option<Mode> {
    if !(round.board_frozen && round.is_over()) {
        return None;
    }
    let wanted = round.window.reveal;
    // Without an award there is nothing of awards to tell.
    let mode = if wanted == Mode::Awards && round.awards.is_empty() { Mode::LastToFirst } else { wanted };
    result::provisional(contest, round).iter().any(|row| row.place.is_some()).then_some(mode)
}

fn running(round: &Round) -> impl Iterator<Item = PitchId> {
    round.order.iter().map(|&project| PitchId { round: round.id, project })
}

/// From the last place to the first, with a pause before the last three places and before the last two.
fn ladder(round: &Round, computed: &RoundResult, track: Option<TrackId>, rows: &[&Row]) -> Vec<Step> {
    let mut places: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match places.last_mut().filter(|same| same[0].place == row.place) {
            Some(same) => same.push((*row).clone()),
            None => places.push(vec![(*row).clone()]),
        }
    }
    // Told of the list of all, the places of a track count anew.
    let mut before = 0;
    for same in &mut places {
        let place = before + 1;
        before += u32::try_from(same.len()).unwrap_or(u32::MAX);
        if track.is_some() && same[0].list.is_none() {
            same.iter_mut().for_each(|row| row.place = Some(place));
        }
    }
    let (mut steps, mut told) = (Vec::new(), None);
    while !places.is_empty() {
        if matches!(places.len(), 2 | 3) {
            let left: Vec<PitchId> = places.iter().flatten().map(|row| row.pitch).collect();
            steps.push(Step::Left {
                track,
                pitches: running(round).filter(|one| left.contains(one)).collect(),
            });
        }
        let mut rows: Vec<Row> = match places.len() {
            2 => places.drain(..).flatten().collect(),
            _ => places.pop().unwrap_or_default(),
        };
        // A tie with who is still to come would tell their score.
        computed.note_ties(&mut rows, told.as_ref());
        let parts = parted_now(computed, rows.last(), told.as_ref());
        told = rows.first().cloned();
        steps.push(Step::Places { track, rows, parts });
    }
    steps
}

/// What parted these two, where the one that was told before carries no tie yet.
fn parted_now(computed: &RoundResult, better: Option<&Row>, told: Option<&Row>) -> Option<(PitchId, Tie)> {
    let (better, told) = better.zip(told.filter(|told| told.tie.is_none()))?;
    let mut pair = [better.clone(), told.clone()];
    computed.note_ties(&mut pair, None);
    let [_, Row { pitch, tie, .. }] = pair;
    Some((pitch, tie?))
}

fn given(round: &Round, award: &Award, ranked: &[&Row]) -> Step {
    // Where there is no list of all, an award of no track is every track's.
    let of_list = |row: &Row| match round.rule.ranking {
        Ranking::Overall => true,
        Ranking::ByTrack => award.track.is_none() || row.list == award.track,
        Ranking::Both => row.list == award.track,
    };
    let wins = |pitch: &PitchId| match &award.to {
        Winners::Projects(projects) => projects.contains(&pitch.project),
        Winners::Places(from, to) => ranked.iter().any(|row| {
            let placed = row.place.is_some_and(|place| (*from..=*to).contains(&place));
            row.pitch == *pitch && placed && of_list(row)
        }),
    };
    // In running order: who is first among them is not told by an award.
    let is_in = |pitch: &PitchId| round.pitches.get(&pitch.project).is_none_or(|pitch| pitch.out.is_none());
    Step::Award { name: award.name.clone(), pitches: running(round).filter(is_in).filter(wins).collect() }
}

/// The step that the next press shows; `None` when all are shown, or no reveal is on.
pub fn next(contest: &Contest) -> Option<&Step> {
    let plan = contest.sealed.reveal.as_ref()?;
    plan.steps.get(shown(contest))
}

/// Steps that the hall has been shown.
pub fn shown(contest: &Contest) -> usize {
    contest.published.board.as_ref().map_or(0, |board| board.steps.len())
}
