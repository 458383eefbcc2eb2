//! Panels' statistics take what they take: they are computed away from the threads that answer, one at a time, and kept for as long
//! as the standings stand that they are about.

use crate::domain::kernel::ids::TrackId;
use crate::domain::kernel::shared::Shared;
use crate::domain::query::result;
use crate::domain::state::contest::Contest;
use crate::domain::state::tables::RoundResult;
use crate::wire::notes::Names;
use crate::wire::statistics::{PanelInfo, PanelList, Statistics, panel};
use bytes::Bytes;
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Answers that are kept, of all contests.
const KEPT: usize = 8;

/// The last answers. Whoever computes holds it, so that nobody else does meanwhile.
#[derive(Clone, Default)]
pub struct Panels(Arc<Mutex<VecDeque<Kept>>>);

struct Kept {
    /// The standings that it is about: others are another result.
    of: Shared<RoundResult>,
    lists: Vec<PanelList>,
    wanted: Statistics,
    text: Bytes,
}

impl Panels {
    /// The statistics of a list of a contest's newest round, as JSON; without a track of the list of all, or the first there is.
    ///
    /// # Errors
    /// Where computing them fails.
    pub async fn of(
        &self,
        contest: Arc<Contest>,
        track: Option<TrackId>,
        wanted: Statistics,
    ) -> io::Result<Bytes> {
        let mut kept = self.0.clone().lock_owned().await;
        // The lock goes along: a request that is given up does not let the next one compute beside it.
        let computing = tokio::task::spawn_blocking(move || answer(&contest, track, wanted, &mut kept));
        Ok(computing.await??)
    }
}

fn answer(
    contest: &Contest,
    track: Option<TrackId>,
    wanted: Statistics,
    kept: &mut VecDeque<Kept>,
) -> serde_json::Result<Bytes> {
    let nothing = || serde_json::to_vec(&PanelInfo::default()).map(Bytes::from);
    let Some(round) = contest.show.round_now() else { return nothing() };
    let lists = round.lists();
    let asked = lists.iter().find(|list| **list == track).or(lists.first());
    // A rule that gives no standings has none to be sure of.
    let computed = asked.and_then(|list| Some((*list, result::of_closed(contest, round, *list).ok()?)));
    let Some((list, of)) = computed else { return nothing() };
    let ranked = round.rule.ranking.has_tracks();
    let named = lists.iter().filter(|_| ranked).map(|list| named(contest, *list)).collect::<Vec<_>>();
    let is_this = |one: &&Kept| one.wanted == wanted && one.of.same(&of) && one.lists == named;
    if let Some(known) = kept.iter().find(is_this) {
        return Ok(known.text.clone());
    }
    let projects: Vec<String> = of.pitches.iter().map(ToString::to_string).collect();
    let judges: Vec<String> = of.judges.iter().map(ToString::to_string).collect();
    let names = Names { projects: &projects, judges: &judges };
    let mut info = panel(&of.standings, &names, wanted);
    info.track = list.map(|track| track.to_string());
    info.lists.clone_from(&named);
    let text = Bytes::from(serde_json::to_vec(&info)?);
    if kept.len() == KEPT {
        kept.pop_front();
    }
    kept.push_back(Kept { of, lists: named, wanted, text: text.clone() });
    Ok(text)
}

fn named(contest: &Contest, list: Option<TrackId>) -> PanelList {
    let track = list.and_then(|track| contest.show.tracks.get(&track));
    let name = track.map(|track| track.name.clone()).unwrap_or_default();
    PanelList { track: list.map(|track| track.to_string()), name }
}
