//! Corrections that were proposed after the end, and what became of each.

use crate::domain::kernel::time::Stamp;
use crate::domain::terms::proposal::Correction;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Of the fact: its number is the proposal's name, who gave it the one person.
    pub stamp: Stamp,
    pub correction: Correction,
    pub reason: String,
    pub answer: Option<Answer>,
}

/// What became of it, who said so and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub stamp: Stamp,
    pub said: Answered,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    Agreed,
    Refused { reason: String },
    Withdrawn,
}

impl Proposal {
    pub fn waits(&self) -> bool {
        self.answer.is_none()
    }
}
