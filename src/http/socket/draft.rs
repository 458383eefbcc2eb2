//! Judges' unfinished marks on their way to the store and back. A draft follows the one it was made from: where another
//! device has kept a newer one, that one comes back and nothing is overwritten.

use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::terms::rubric::CriterionId;
use crate::http::state::App;
use crate::live::handle::Handle;
use crate::store::drafts::Part;
use crate::wire::error::Refusal;
use crate::wire::server::ServerFrame;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A draft as the store keeps it and as a page sends it; `rev` of what is sent is the one it follows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Draft {
    pub marks: BTreeMap<CriterionId, Points>,
    #[serde(default)]
    pub comment: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub base: u32,
    #[serde(default)]
    pub rev: u32,
    /// The contest's run that the marks belong to; those of another run are nothing.
    #[serde(default)]
    pub run: u32,
    #[serde(default)]
    pub tablet: String,
}

impl Draft {
    fn frame(self, pitch: PitchId) -> ServerFrame {
        let Draft { marks, comment, note, base, rev, run, tablet } = self;
        let marks = marks.into_iter().map(|(id, mark)| (id.to_string(), mark.to_string())).collect();
        ServerFrame::Draft { pitch: pitch.to_string(), marks, comment, note, base, run, rev, tablet }
    }
}

/// Keeps the draft and says so, or says what stands there.
pub async fn keep(app: App, handle: Handle, judge: JudgeId, pitch: PitchId, draft: Draft) -> ServerFrame {
    if handle.contest().pitch(pitch).is_none() {
        return bad(Refusal::new("unknown-pitch"), pitch);
    }
    if draft.run != handle.contest().run {
        return bad(Refusal::new("other-run"), pitch);
    }
    let kept = app.store.draft(&handle.code, part(draft.run), judge, pitch).unwrap_or_else(|error| {
        tracing::warn!(contest = %handle.code, %judge, %error, "a draft cannot be read");
        None
    });
    let kept: Option<Draft> = kept.and_then(|row| serde_json::from_str(row.get()).ok());
    let kept = kept.filter(|kept| kept.run == draft.run);
    if let Some(kept) = kept.filter(|kept| kept.rev != draft.rev) {
        return kept.frame(pitch);
    }
    let rev = draft.rev.saturating_add(1);
    let written = match serde_json::value::to_raw_value(&Draft { rev, ..draft }) {
        Ok(row) => {
            let kept = app.store.put_draft(&handle.code, part(draft.run), judge, pitch, &row).await;
            kept.map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    };
    match written {
        Ok(()) => ServerFrame::DraftKept { pitch: pitch.to_string(), rev },
        Err(error) => {
            tracing::warn!(contest = %handle.code, %judge, error, "a draft could not be kept");
            bad(Refusal::new("draft-not-kept"), pitch)
        }
    }
}

fn bad(refusal: Refusal, pitch: PitchId) -> ServerFrame {
    ServerFrame::BadFrame { refusal: refusal.with("pitch", pitch) }
}

/// 0 is the contest itself.
fn part(run: u32) -> Part {
    if run == 0 { Part::Contest } else { Part::Rehearsal }
}

/// All drafts of a judge as frames, for a page that has just said hello: those of the contest itself, and those of the rehearsal
/// that is on.
pub fn all(app: &App, code: &ContestCode, run: u32, judge: JudgeId) -> Vec<ServerFrame> {
    let mut all = of(app, code, 0, judge);
    if run != 0 {
        all.extend(of(app, code, run, judge));
    }
    all
}

fn of(app: &App, code: &ContestCode, run: u32, judge: JudgeId) -> Vec<ServerFrame> {
    let kept = app.store.drafts(code, part(run), judge).unwrap_or_else(|error| {
        tracing::warn!(contest = %code, %judge, %error, "drafts cannot be read");
        Vec::new()
    });
    let frame = |(pitch, row): (PitchId, Box<serde_json::value::RawValue>)| {
        let draft = serde_json::from_str::<Draft>(row.get()).ok().filter(|draft| draft.run == run)?;
        Some(draft.frame(pitch))
    };
    kept.into_iter().filter_map(frame).collect()
}
