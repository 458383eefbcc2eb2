//! The audience's share: ballots brought to the judges' kind of number, then mixed in.

use crate::domain::scoring::audience::Scale;
use crate::domain::scoring::exact::whole;
use num_rational::BigRational;
use num_traits::Zero;
use std::collections::BTreeMap;

/// Each project's audience points, in the order of `scores` and `ballots`.
pub fn audience(scores: &[BigRational], ballots: &[u64], scale: Scale) -> Vec<BigRational> {
    match scale {
        Scale::Matched => matched(scores, ballots),
        Scale::RankPoints => rank_points(ballots),
        Scale::ShareOfMax => {
            let most = ballots.iter().copied().max().unwrap_or(0);
            let share = |votes: &u64| whole(100) * whole(*votes) / whole(most);
            ballots.iter().map(|votes| if most == 0 { BigRational::zero() } else { share(votes) }).collect()
        }
    }
}

/// `(1 − share)·score + share·audience`
pub fn mixed(score: &BigRational, audience: &BigRational, share: &BigRational) -> BigRational {
    score + share * (audience - score)
}

/// Votes in descending order: who stands where.
struct Ranking(Vec<u64>);

impl Ranking {
    fn of(ballots: &[u64]) -> Self {
        let mut sorted = ballots.to_vec();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        Ranking(sorted)
    }

    /// How many have more votes, and how many have as many.
    fn position(&self, votes: u64) -> (usize, usize) {
        let above = self.0.partition_point(|other| *other > votes);
        (above, self.0.partition_point(|other| *other >= votes) - above)
    }
}

/// The judges' scores handed out anew in the audience's order; equal votes get the mean of their positions.
fn matched(scores: &[BigRational], ballots: &[u64]) -> Vec<BigRational> {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| b.cmp(a));
    let mut means: BTreeMap<u64, BigRational> = BTreeMap::new();
    let ranking = Ranking::of(ballots);
    let mean = |votes: u64| {
        let (above, equal) = ranking.position(votes);
        let sum = sorted[above..above + equal].iter().fold(BigRational::zero(), |sum, score| sum + score);
        sum / whole(equal)
    };
    ballots.iter().map(|&votes| means.entry(votes).or_insert_with(|| mean(votes)).clone()).collect()
}

/// `100·(n − rank)/(n − 1)` with the average rank of equal votes; a single project has 100.
fn rank_points(ballots: &[u64]) -> Vec<BigRational> {
    let (ranking, n) = (Ranking::of(ballots), ballots.len());
    let points = |votes: &u64| {
        let (above, equal) = ranking.position(*votes);
        if n < 2 {
            return whole(100);
        }
        // Twice the average rank, to stay whole: above + 1 … above + equal.
        let twice_rank = 2 * above + equal + 1;
        BigRational::new((100 * (2 * n - twice_rank)).into(), (2 * (n - 1)).into())
    };
    ballots.iter().map(points).collect()
}
