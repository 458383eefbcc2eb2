//! The steps of a result, as they were made and taken back: everything that was said of it, oldest first.

use crate::domain::kernel::time::Stamp;
use crate::domain::terms::announced::Seal;
use crate::domain::terms::life::{Day, Life};

/// Something that was said of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub stamp: Stamp,
    pub step: Life,
    pub said: Said,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The step was made, of these standings.
    Made { seal: Seal, until: Option<Day> },
    /// The step, and what followed it, was taken back.
    TakenBack { reason: String },
}

impl Entry {
    /// Until when objections are taken to what was published.
    pub fn until(&self) -> Option<Day> {
        match self.said {
            Said::Made { until, .. } => until,
            Said::TakenBack { .. } => None,
        }
    }
}

/// The steps that nobody has taken back, the first one first; whether they still hold is another question. A step that is made
/// again takes the place of what was made before, and of what followed that.
pub fn standing(entries: &[Entry]) -> Vec<&Entry> {
    let mut standing: Vec<&Entry> = Vec::new();
    for entry in entries {
        standing.retain(|made| made.step < entry.step);
        if matches!(entry.said, Said::Made { .. }) {
            standing.push(entry);
        }
    }
    standing
}
