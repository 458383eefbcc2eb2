//! Judges' unfinished marks on their way to the store and back. A draft follows the one it was made from: where another
//! device has kept a newer one, that one comes back and nothing is overwritten.

use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId};
use crate::domain::kernel::points::Points;
use crate::domain::state::contest::Contest;
use crate::domain::terms::rubric::CriterionId;
use crate::http::state::App;
use crate::live::handle::Handle;
use crate::store::Store;
use crate::store::drafts::Part;
use crate::store::error::StoreError;
use crate::wire::attempt::first;
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
    /// Which run of the pitch they are of; those of another one are nothing.
    #[serde(default = "first")]
    pub attempt: u16,
    #[serde(default)]
    pub rev: u32,
    /// The contest's run that the marks belong to; those of another run are nothing.
    #[serde(default)]
    pub run: u32,
    #[serde(default)]
    pub tablet: String,
}

impl Draft {
    fn is_of(&self, run: u32, attempt: u16) -> bool {
        (self.run, self.attempt) == (run, attempt)
    }

    fn frame(self, pitch: PitchId) -> ServerFrame {
        let Draft { marks, comment, note, base, attempt, rev, run, tablet } = self;
        let marks = marks.into_iter().map(|(id, mark)| (id.to_string(), mark.to_string())).collect();
        let pitch = pitch.to_string();
        ServerFrame::Draft { pitch, marks, comment, note, base, attempt, run, rev, tablet }
    }
}

/// Keeps the draft and says so, or says what stands there.
pub async fn keep(app: App, handle: Handle, judge: JudgeId, pitch: PitchId, draft: Draft) -> ServerFrame {
    let contest = handle.contest();
    let Some(state) = contest.pitch(pitch) else { return bad(Refusal::new("unknown-pitch"), pitch) };
    if draft.run != contest.run {
        return bad(Refusal::new("other-run"), pitch);
    }
    if draft.attempt != state.attempt {
        return bad(Refusal::new("other-attempt"), pitch);
    }
    match put(&app.store, &handle.code, judge, pitch, &draft).await {
        Ok(Put::Kept { rev }) => ServerFrame::DraftKept { pitch: pitch.to_string(), rev },
        Ok(Put::Stands(other)) => other.frame(pitch),
        Err(error) => {
            tracing::warn!(contest = %handle.code, %judge, %error, "a draft could not be kept");
            bad(Refusal::new("draft-not-kept"), pitch)
        }
    }
}

/// What came of a draft that was sent.
enum Put {
    Kept {
        rev: u32,
    },
    /// This one stands there, which it does not follow.
    Stands(Draft),
}

async fn put(
    store: &Store,
    code: &ContestCode,
    judge: JudgeId,
    pitch: PitchId,
    draft: &Draft,
) -> Result<Put, StoreError> {
    let part = part(draft.run);
    let rev = draft.rev.saturating_add(1);
    let row = serde_json::value::to_raw_value(&Draft { rev, ..draft.clone() });
    let row = row.map_err(|error| StoreError::Engine(error.to_string()))?;
    loop {
        let before = store.draft(code, part, judge, pitch)?;
        let kept = before.marks.as_ref().and_then(|row| serde_json::from_str::<Draft>(row.get()).ok());
        if let Some(kept) = kept.filter(|kept| kept.is_of(draft.run, draft.attempt) && kept.rev != draft.rev)
        {
            return Ok(Put::Stands(kept));
        }
        // Where another one got there first, that one is looked at.
        if store.put_draft(code, part, judge, pitch, before, &row).await? {
            return Ok(Put::Kept { rev });
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
/// that is on. Of a pitch that was run again, those of its newest run.
pub fn all(app: &App, code: &ContestCode, contest: &Contest, judge: JudgeId) -> Vec<ServerFrame> {
    let itself = contest.rehearsal.as_ref().map_or(contest, |rehearsal| &rehearsal.before);
    let mut all = of(app, code, itself, judge);
    if contest.run != 0 {
        all.extend(of(app, code, contest, judge));
    }
    all
}

fn of(app: &App, code: &ContestCode, contest: &Contest, judge: JudgeId) -> Vec<ServerFrame> {
    let run = contest.run;
    let attempt = |pitch| contest.pitch(pitch).map_or(1, |pitch| pitch.attempt);
    let kept = app.store.drafts(code, part(run), judge).unwrap_or_else(|error| {
        tracing::warn!(contest = %code, %judge, %error, "drafts cannot be read");
        Vec::new()
    });
    let frame = |(pitch, row): (PitchId, Box<serde_json::value::RawValue>)| {
        let draft =
            serde_json::from_str::<Draft>(row.get()).ok().filter(|draft| draft.is_of(run, attempt(pitch)))?;
        Some(draft.frame(pitch))
    };
    kept.into_iter().filter_map(frame).collect()
}
