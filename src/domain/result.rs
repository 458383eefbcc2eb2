//! From scorecards to standings: hands a round's scorecards to `scoring` and names the pitches in what comes back.

use crate::domain::contest::{Contest, Round, Scorecard};
use crate::domain::ids::{JudgeId, PitchId};
use crate::domain::programme::{Phase, Pitch};
use crate::domain::scoring::rule::Method;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;

/// A row of standings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub pitch: PitchId,
    /// `None` where fewer scorecards counted than the rule asks for.
    pub place: Option<u32>,
    pub score: String,
    pub k: u32,
}

/// Standings of the pitches that have one of these scorecards; best first, unranked last.
pub fn standings<'a>(
    round: &Round,
    cards: impl Iterator<Item = (PitchId, JudgeId, &'a Scorecard)>,
) -> Vec<Row> {
    let mut totals: BTreeMap<PitchId, Vec<BigRational>> = BTreeMap::new();
    for (pitch, _, card) in cards {
        totals.entry(pitch).or_default().push(total(round, card));
    }
    let need = round.rule.min_judges.unwrap_or_else(|| 3.min(round.panel.len() as u32));
    let mut scored: Vec<(bool, BigRational, PitchId, u32)> = totals
        .into_iter()
        .map(|(pitch, mut all)| {
            all.sort();
            let k = all.len();
            let mut drop = 0;
            if round.rule.method == Method::TrimmedMean {
                while drop < round.rule.drop as usize && k >= 2 * (drop + 1) + round.rule.min_keep as usize {
                    drop += 1;
                }
            }
            let kept = &all[drop..k - drop];
            let mean = kept.iter().fold(BigRational::zero(), |a, b| a + b)
                / BigRational::from(BigInt::from(kept.len()));
            (k as u32 >= need, mean, pitch, k as u32)
        })
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    let mut rows: Vec<Row> = Vec::new();
    for (at, (ranked, mean, pitch, k)) in scored.iter().enumerate() {
        let tied = at > 0 && scored[at - 1].1 == *mean;
        let place = if tied { rows[at - 1].place } else { Some(at as u32 + 1) };
        rows.push(Row {
            pitch: *pitch,
            place: place.filter(|_| *ranked),
            score: printed(mean, round.rule.decimals),
            k: *k,
        });
    }
    rows
}

/// A scorecard's total on 0–100, printed as scores are.
pub fn card_total(round: &Round, card: &Scorecard) -> String {
    printed(&total(round, card), round.rule.decimals)
}

/// Standings of all pitches whose window has closed, with the scorecards as they are now.
pub fn provisional(contest: &Contest, round: &Round) -> Vec<Row> {
    let closed = |pitch: &&Pitch| matches!(pitch.phase, Phase::Closed | Phase::Revealed);
    let cards = round.pitches.values().filter(closed).flat_map(|pitch| {
        contest
            .sealed
            .of(pitch.id)
            .filter(|(judge, _)| !pitch.recused.contains_key(judge))
            .map(|(judge, card)| (pitch.id, judge, card))
    });
    standings(round, cards)
}

fn total(round: &Round, card: &Scorecard) -> BigRational {
    let weights: i64 = round.criteria.iter().map(|c| i64::from(c.weight)).sum();
    let mut sum = BigRational::zero();
    for criterion in &round.criteria {
        if let Some(mark) = card.marks.get(&criterion.id) {
            sum += BigRational::new(
                BigInt::from(mark.ticks()) * BigInt::from(criterion.weight) * 100,
                BigInt::from(criterion.max.ticks()) * BigInt::from(weights),
            );
        }
    }
    sum
}

fn printed(value: &BigRational, decimals: u8) -> String {
    let scale = BigInt::from(10).pow(u32::from(decimals));
    let rounded =
        (value * BigRational::from(scale) + BigRational::new(1.into(), 2.into())).floor().to_integer();
    let text = format!("{rounded:0>width$}", width = usize::from(decimals) + 1);
    if decimals == 0 {
        return text;
    }
    let (whole, part) = text.split_at(text.len() - usize::from(decimals));
    format!("{whole}.{part}")
}
