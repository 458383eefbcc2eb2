//! From a round's scorecards to standings: hands them to `scoring` and names the pitches in what comes back.

use crate::domain::kernel::ids::{JudgeId, PitchId, ProjectId, TrackId};
use crate::domain::kernel::points::Points;
use crate::domain::kernel::shared::Shared;
use crate::domain::scoring::deduct::Deduction;
use crate::domain::scoring::grid::Grid;
use crate::domain::scoring::rule::{Fallback, Missing};
use crate::domain::scoring::standings::{self, Card, Standings, complete};
use crate::domain::scoring::table::{Extras, Problem};
use crate::domain::scoring::{exact, overtime};
use crate::domain::state::cards::Scorecard;
use crate::domain::state::contest::Contest;
use crate::domain::state::pitch::{Deducted, Pitch};
use crate::domain::state::published::Published;
use crate::domain::state::round::Round;
use crate::domain::state::tables::{Computed, Entry, Given, RoundResult, Row};
use crate::domain::state::vote::Counts;
use crate::domain::terms::programme::Phase;
use crate::domain::terms::vote::Admission;
use std::borrow::Cow;

/// One list of the pitches that have one of these scorecards: that of all, or a track's.
fn compute<'a>(
    round: &Round,
    list: Option<TrackId>,
    cards: impl Iterator<Item = Entry<'a>>,
    deducted: &[(PitchId, &Deducted)],
    vote: Option<&Counts>,
    decisions: &Shared<Vec<Vec<ProjectId>>>,
) -> Computed {
    let (mut cards, mut deducted) = (cards.collect::<Vec<_>>(), deducted.to_vec());
    // In one order, whoever asks: the same scorecards are then the same result, and looked up.
    cards.sort_by_key(|(pitch, judge, _)| (*pitch, *judge));
    deducted.sort_by_key(|(pitch, _)| *pitch);
    let deducted = &*deducted;
    let (criteria, rule, panel) = (&round.criteria, &round.rule, round.panel.len());
    let of_list = |pitch: &PitchId| round.pitches.get(&pitch.project).is_some_and(|one| one.track == list);
    let mut among: Vec<PitchId> = Vec::new();
    if list.is_some() {
        among.extend(cards.iter().map(|(pitch, _, _)| *pitch).filter(of_list));
        among.dedup();
    }
    let given =
        Given { criteria, rule, panel, cards: &cards, deducted, vote, decisions, list, among: &among };
    round.tables.look_up(&given, round.lists().len(), || anew(round, &given).map(Shared::new))
}

fn anew(round: &Round, given: &Given) -> Result<RoundResult, Problem> {
    let Given { cards, deducted, vote, decisions, list, among, .. } = *given;
    let mut pitches: Vec<PitchId> = cards.iter().map(|(pitch, _, _)| *pitch).collect();
    let mut judges: Vec<JudgeId> = cards.iter().map(|(_, judge, _)| *judge).collect();
    judges.sort_unstable();
    judges.dedup();
    pitches.sort_unstable();
    pitches.dedup();
    let position = |project: &ProjectId| pitches.iter().position(|pitch| pitch.project == *project);
    let decided = |order: &Vec<ProjectId>| order.iter().filter_map(position).collect();
    let deductions = deducted.iter().filter_map(|(pitch, one)| {
        let project = pitches.binary_search(pitch).ok()?;
        Some(Deduction { project, points: one.points, reason: reason(one) })
    });
    let extras = Extras {
        decisions: decisions.iter().map(decided).collect(),
        ids: pitches.iter().map(|pitch| pitch.project.to_string()).collect(),
        panel: Some(round.panel.len()),
        deductions: deductions.collect(),
        ballots: ballots(round, &pitches, vote),
        among: list.map(|_| pitches.iter().map(|pitch| among.contains(pitch)).collect()),
    };
    let mut rule = Cow::Borrowed(&*round.rule);
    if extras.ballots.is_none() && rule.audience.share != Points::ZERO {
        rule.to_mut().audience.share = Points::ZERO;
    }
    let cards = cards.iter().filter_map(|(pitch, judge, card)| {
        let (project, judge) = (pitches.binary_search(pitch).ok()?, judges.binary_search(judge).ok()?);
        Some(Card { project, judge, marks: &card.marks, submitted: card.seq })
    });
    let size = (pitches.len(), judges.len());
    let standings = standings::standings(&rule, &round.criteria, size, cards, extras)?;
    let rows = rows(list, &pitches, &standings);
    Ok(RoundResult { pitches, judges, standings, rows })
}

fn rows(list: Option<TrackId>, pitches: &[PitchId], standings: &Standings) -> Vec<Row> {
    let count = |k: usize| u32::try_from(k).unwrap_or(u32::MAX);
    let ranked = standings.ranked.iter().map(|row| Row {
        list,
        pitch: pitches[row.project],
        place: Some(row.place),
        score: row.score.clone(),
        k: count(row.k),
        tie: row.tie().cloned(),
    });
    let unranked = standings.unranked.iter().map(|row| Row {
        list,
        pitch: pitches[row.project],
        place: None,
        score: row.score.clone().unwrap_or_default(),
        k: count(row.k),
        tie: None,
    });
    ranked.chain(unranked).collect()
}

/// Revealed counts by position. The audience's share enters with them, for every project at once; before, and where no
/// vote of this round by seat codes reached any of these projects, the judges' scores stand alone.
fn ballots(round: &Round, pitches: &[PitchId], vote: Option<&Counts>) -> Option<Vec<u64>> {
    let vote = vote.filter(|vote| vote.round == round.id && vote.admission == Admission::Codes)?;
    let count = |pitch: &PitchId| vote.counts.get(&pitch.project).copied();
    let counts: Vec<u64> = pitches.iter().map(count).collect::<Option<_>>()?;
    counts.iter().any(|count| *count > 0).then_some(counts)
}

/// The rows of every list, one list after another. One that the rule refuses (a rank sum with a scorecard missing, say) has no
/// places and no scores.
pub fn rows_of(round: &Round, list: impl Fn(Option<TrackId>) -> Computed) -> Vec<Row> {
    let rows = |of| list(of).map(|result| result.rows.clone()).unwrap_or_default();
    round.lists().into_iter().flat_map(rows).collect()
}

/// A scorecard's total on 0–100, printed as scores are.
pub fn card_total(round: &Round, card: &Scorecard) -> String {
    let total = || {
        let marks = complete(&round.criteria, &card.marks)?;
        let mut grid = Grid::new(&round.criteria, 1, 1).ok()?;
        grid.set(0, 0, Some(&marks), 0);
        let total = grid.ratio(grid.totals(0)[0].into(), 1);
        Some(exact::shown(&total, round.rule.decimals, round.rule.rounding))
    };
    total().unwrap_or_default()
}

/// Every list of the pitches whose window has closed, with the scorecards as they are now.
pub fn provisional(contest: &Contest, round: &Round) -> Vec<Row> {
    rows_of(round, |list| of_closed(contest, round, list))
}

/// The counts that the hall's standings know: those of a frozen board stand still, whatever else is revealed.
fn counted<'a>(round: &Round, published: &'a Published) -> Option<&'a Counts> {
    published.vote.as_ref().filter(|_| !round.board_frozen)
}

/// The chair's decisions that the hall's standings know: those of a frozen board stand still.
fn decisions(round: &Round) -> &Shared<Vec<Vec<ProjectId>>> {
    round.decisions_published.as_ref().unwrap_or(&round.decisions)
}

/// Every list of what the hall knows.
pub fn public(round: &Round, published: &Published) -> Vec<Row> {
    rows_of(round, |list| of_published(round, published, list))
}

/// The computation behind one list of [`provisional`].
pub fn of_closed(contest: &Contest, round: &Round, list: Option<TrackId>) -> Computed {
    compute(
        round,
        list,
        closed_cards(contest, round),
        &closed_deductions(round),
        contest.published.vote.as_ref(),
        &round.decisions,
    )
}

/// The record of a pitch that is out: the computation as it would be with it. It ranks nobody, and no place of it is told.
pub fn with(contest: &Contest, round: &Round, pitch: PitchId) -> Computed {
    let own = contest.counting(round, pitch).map(|(judge, card)| (pitch, judge, card));
    let cards = closed_cards(contest, round).filter(|(of, _, _)| *of != pitch).chain(own);
    let vote = contest.published.vote.as_ref();
    compute(round, round.list_of(pitch), cards, &closed_deductions(round), vote, &round.decisions)
}

/// The computation behind one list that the hall sees: the scorecards as they were revealed.
pub fn of_published(round: &Round, published: &Published, list: Option<TrackId>) -> Computed {
    compute(
        round,
        list,
        revealed_cards(round, published),
        &revealed_deductions(round, published),
        counted(round, published),
        decisions(round),
    )
}

/// The computation behind what the hall would see if this closed pitch were revealed now, in the list that its place is told of.
pub fn announced(contest: &Contest, round: &Round, pitch: PitchId) -> Computed {
    let own = closed_cards(contest, round).filter(move |(of, _, _)| *of == pitch);
    let others = revealed_cards(round, &contest.published).filter(move |(of, _, _)| *of != pitch);
    let mut deducted = closed_deductions(round);
    deducted.retain(|(of, _)| *of == pitch);
    let known = revealed_deductions(round, &contest.published);
    deducted.extend(known.into_iter().filter(|(of, _)| *of != pitch));
    let list = round.list_of(pitch);
    compute(round, list, own.chain(others), &deducted, counted(round, &contest.published), decisions(round))
}

/// The computation behind the plates that are up: their scorecards as they were copied, and what else the hall knows.
pub fn of_plates(round: &Round, published: &Published) -> Computed {
    let up = published.plates.as_ref();
    let is_up = |pitch: PitchId| up.is_some_and(|plates| plates.pitch == pitch);
    let own = up
        .into_iter()
        .flat_map(|plates| plates.cards.iter().map(|(judge, card)| (plates.pitch, *judge, card)));
    let others = revealed_cards(round, published).filter(|(of, _, _)| !is_up(*of));
    let mut deducted = revealed_deductions(round, published);
    deducted.retain(|(of, _)| !is_up(*of));
    deducted
        .extend(up.into_iter().flat_map(|plates| plates.deductions.iter().map(|one| (plates.pitch, one))));
    let list = up.and_then(|plates| round.list_of(plates.pitch));
    compute(round, list, own.chain(others), &deducted, counted(round, published), decisions(round))
}

/// What the rule could not leave out of a pitch's scorecards if its window closed now; `None` where they are too few to be
/// ranked at all.
pub fn fallback_when_closed(contest: &Contest, pitch: PitchId) -> Option<Fallback> {
    let (round, pitch) = (contest.round(pitch.round)?, contest.pitch(pitch)?);
    let cards = usize::try_from(contest.progress(pitch).0).unwrap_or(usize::MAX);
    let counted = match round.rule.missing {
        Missing::LeaveOut => cards,
        Missing::FillMean => cards.max(round.panel.len()),
    };
    let ranked = cards >= round.rule.needed(round.panel.len());
    round.rule.fallback(counted).filter(|_| ranked)
}

fn closed_deductions(round: &Round) -> Vec<(PitchId, &Deducted)> {
    round.pitches.values().flat_map(|pitch| pitch.deductions.iter().map(move |one| (pitch.id, one))).collect()
}

fn revealed_deductions<'a>(round: &Round, published: &'a Published) -> Vec<(PitchId, &'a Deducted)> {
    let of_round = published.reveals.iter().filter(|reveal| reveal.pitch.round == round.id);
    of_round.flat_map(|reveal| reveal.deductions.iter().map(|one| (reveal.pitch, one))).collect()
}

/// The reason as the explanation has it; overtime says how much it was.
fn reason(deducted: &Deducted) -> String {
    match deducted.over_ms {
        Some(over_ms) => format!("overtime {}", overtime::clock(over_ms / 1_000)),
        None => deducted.reason.clone(),
    }
}

/// Scorecards as they were when their pitch of this round was revealed. Who left before the score was announced has no place:
/// where the standings follow every mark, some may be known. Who left after it is there until the hall is told.
pub fn revealed_cards<'a>(round: &'a Round, published: &'a Published) -> impl Iterator<Item = Entry<'a>> {
    let withdrew = |pitch: &Pitch| match pitch.phase {
        Phase::Queued | Phase::Absent => true,
        Phase::Withdrawn | Phase::Disqualified => !pitch.out_announced(),
        Phase::Pitching | Phase::Qa | Phase::Scoring | Phase::Closed | Phase::Revealed => false,
    };
    let of_round = published.reveals.iter().filter(move |reveal| {
        let state = round.pitches.get(&reveal.pitch.project);
        reveal.pitch.round == round.id && !state.is_some_and(withdrew)
    });
    of_round.flat_map(|reveal| reveal.cards.iter().map(|(judge, card)| (reveal.pitch, *judge, card)))
}

fn closed_cards<'a>(contest: &'a Contest, round: &'a Round) -> impl Iterator<Item = Entry<'a>> {
    let closed = |pitch: &&Pitch| matches!(pitch.phase, Phase::Closed | Phase::Revealed);
    round.pitches.values().filter(closed).flat_map(|pitch| {
        contest
            .sealed
            .of(pitch.id)
            .filter(|(judge, _)| !pitch.recused.contains_key(judge))
            .map(|(judge, card)| (pitch.id, judge, card))
    })
}
