//! Drafts of judges' marks, so that a tablet can be exchanged in the middle of a pitch. Durable before the call
//! returns. What is written in a rehearsal lies apart from the contest's own. A draft names the scorecard that it changes; once a newer one counts, nobody reads its marks any more.
//!
//! The marks are JSON that this room does not read.

use crate::domain::kernel::ids::{ContestCode, JudgeId, PitchId};
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::open::contained;
use crate::store::value;
use crate::store::writer::Job;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Serialize, Deserialize)]
struct DraftRow {
    marks: Box<RawValue>,
}

/// Where a draft belongs. Of rehearsals the newest has a place; what is left of an older one gives way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Contest,
    Rehearsal,
}

/// What stands in a draft's place.
#[derive(Debug, Default)]
pub struct Before {
    /// Nothing where there is none, or a damaged one.
    pub marks: Option<Box<RawValue>>,
    /// As it is stored, damaged or not.
    sealed: Option<sled::IVec>,
}

impl Store {
    /// Keeps the marks of a judge for a pitch in the place of the draft that was looked at; false where another has come there
    /// since. Over about 4,000 bytes: `TooLarge`, and the former draft stays.
    pub async fn put_draft(
        &self,
        contest: &ContestCode,
        part: Part,
        judge: JudgeId,
        pitch: PitchId,
        before: Before,
        marks: &RawValue,
    ) -> Result<bool, StoreError> {
        let key = draft_key(contest, part, judge, pitch);
        let sealed = value::seal(&key, &DraftRow { marks: marks.to_owned() })?;
        let mut batch = sled::Batch::default();
        batch.insert(key.as_slice(), sealed);
        let job = Job { tree: self.drafts.clone(), batch };
        self.writer.commit_if(key, before.sealed, job).await
    }

    pub fn draft(
        &self,
        contest: &ContestCode,
        part: Part,
        judge: JudgeId,
        pitch: PitchId,
    ) -> Result<Before, StoreError> {
        let key = draft_key(contest, part, judge, pitch);
        let sealed = contained(|| self.drafts.get(&key))?;
        let row = sealed.as_ref().and_then(|sealed| value::open::<DraftRow>(&key, sealed));
        Ok(Before { sealed, marks: row.map(|row| row.marks) })
    }

    /// All drafts of a judge, for a tablet that takes over.
    pub fn drafts(
        &self,
        contest: &ContestCode,
        part: Part,
        judge: JudgeId,
    ) -> Result<Vec<(PitchId, Box<RawValue>)>, StoreError> {
        let prefix = prefix(contest, part, judge);
        contained(|| {
            let mut drafts = Vec::new();
            for entry in self.drafts.scan_prefix(&prefix) {
                let (key, sealed) = entry?;
                let pitch = std::str::from_utf8(&key[prefix.len()..]).ok().and_then(|text| text.parse().ok());
                if let (Some(pitch), Some(row)) = (pitch, value::open::<DraftRow>(&key, &sealed)) {
                    drafts.push((pitch, row.marks));
                }
            }
            Ok(drafts)
        })
    }
}

fn draft_key(contest: &ContestCode, part: Part, judge: JudgeId, pitch: PitchId) -> Vec<u8> {
    format!("{}{pitch}", prefix(contest, part, judge)).into_bytes()
}

fn prefix(contest: &ContestCode, part: Part, judge: JudgeId) -> String {
    match part {
        Part::Contest => format!("{contest}/{judge}/"),
        Part::Rehearsal => format!("{contest}/rehearsal/{judge}/"),
    }
}
