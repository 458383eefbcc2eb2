//! What the hall would see after the next cue: the difference of two halls.

use super::parts::{Part, progress};
use super::public::{PublicView, public};
use super::revealed::Revealed;
use super::stage::TimerInfo;
use crate::domain::state::contest::Contest;
use crate::wire::patch::Members;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use ts_rs::TS;

/// The hall after the next cue: its parts that are others then, each whole, and the names of those that are gone. A merge patch
/// would say the latter with `null`, which no view holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PreviewInfo {
    #[ts(type = "Partial<PublicView>")]
    pub parts: BTreeMap<String, Value>,
    #[ts(type = "Array<keyof PublicView>")]
    pub gone: Vec<String>,
}

/// The difference between this hall and the one of the contest after the cue. `None` where the cue tells the secret of a draw, and
/// with it the order: nobody sees these before, on whichever page.
pub fn preview(hall: &Part<PublicView>, after: &Contest) -> Option<PreviewInfo> {
    let mut view = public(&Revealed::of(after.code.as_ref()?, after, progress(after)));
    let is_told = |hall: &PublicView| hall.draw.as_ref().is_some_and(|draw| draw.secret.is_some());
    if is_told(&view) && !is_told(hall) {
        return None;
    }
    // A timer that begins with the cue stands at its plan until then.
    view.timer = view.timer.map(|timer| TimerInfo { since: timer.since.filter(|since| *since > 0), ..timer });
    difference(hall, &Part::new(view)).ok()
}

fn difference(now: &Part<PublicView>, after: &Part<PublicView>) -> serde_json::Result<PreviewInfo> {
    let (now, after): (Members, Members) =
        (serde_json::from_str(now.text()?.get())?, serde_json::from_str(after.text()?.get())?);
    let gone = now.keys().filter(|name| !after.contains_key(*name)).cloned().collect();
    let is_new = |(name, part): &(&String, &&serde_json::value::RawValue)| {
        now.get(*name).is_none_or(|known| known.get() != part.get())
    };
    let parts = after.iter().filter(is_new);
    let parts = parts.map(|(name, part)| Ok((name.clone(), serde_json::from_str(part.get())?)));
    Ok(PreviewInfo { parts: parts.collect::<serde_json::Result<_>>()?, gone })
}
