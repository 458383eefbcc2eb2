//! Panels' statistics take what they take: they are computed away from the threads that answer, one at a time, and kept for as long
//! as the standings stand that they are about.

use crate::domain::kernel::shared::Shared;
use crate::domain::query::result;
use crate::domain::scoring::field::Ranking;
use crate::domain::state::contest::Contest;
use crate::domain::state::round::Round;
use crate::domain::state::tables::RoundResult;
use crate::wire::notes::Names;
use crate::wire::statistics::{PanelInfo, Statistics, panel};
use bytes::Bytes;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Answers that are kept, of all contests.
const KEPT: usize = 4;

/// The last answers. Whoever computes holds it, so that nobody else does meanwhile.
#[derive(Clone, Default)]
pub struct Panels(Arc<Mutex<VecDeque<Kept>>>);

struct Kept {
    /// The standings that it is about: others are another result.
    of: Shared<RoundResult>,
    wanted: Statistics,
    text: Bytes,
}

impl Panels {
    /// The statistics of a contest's newest round, as JSON.
    ///
    /// # Errors
    /// Where computing them fails.
    pub async fn of(&self, contest: Arc<Contest>, wanted: Statistics) -> io::Result<Bytes> {
        let mut kept = self.0.clone().lock_owned().await;
        // The lock goes along: a request that is given up does not let the next one compute beside it.
        let computing = tokio::task::spawn_blocking(move || answer(&contest, wanted, &mut kept));
        Ok(computing.await??)
    }
}

fn answer(contest: &Contest, wanted: Statistics, kept: &mut VecDeque<Kept>) -> serde_json::Result<Bytes> {
    // Of several lists there is no place to be sure of.
    let ranks_all = |round: &&Round| round.rule.ranking != Ranking::ByTrack;
    let round = contest.show.round_now().filter(ranks_all);
    // A rule that gives no standings has none to be sure of.
    let Some(of) = round.and_then(|round| result::of_closed(contest, round, None).ok()) else {
        return serde_json::to_vec(&PanelInfo::default()).map(Bytes::from);
    };
    if let Some(known) = kept.iter().find(|one| one.wanted == wanted && one.of.same(&of)) {
        return Ok(known.text.clone());
    }
    let projects: Vec<String> = of.pitches.iter().map(ToString::to_string).collect();
    let judges: Vec<String> = of.judges.iter().map(ToString::to_string).collect();
    let names = Names { projects: &projects, judges: &judges };
    let text = Bytes::from(serde_json::to_vec(&panel(&of.standings, &names, wanted))?);
    if kept.len() == KEPT {
        kept.pop_front();
    }
    kept.push_back(Kept { of, wanted, text: text.clone() });
    Ok(text)
}
