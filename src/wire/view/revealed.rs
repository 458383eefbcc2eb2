//! What a public view is made of: [`Show`], [`Published`] and the judges' names, types that hold nothing unrevealed, so that a
//! sealed mark cannot get there by mistake.

use super::parts::Progress;
use crate::domain::kernel::ids::{ContestCode, JudgeId};
use crate::domain::query::life;
use crate::domain::state::contest::{Contest, Show};
use crate::domain::state::life::Entry;
use crate::domain::state::published::Published;
use crate::domain::terms::life::{Day, Life};
use crate::domain::terms::roster::Judge;
use std::collections::BTreeMap;

/// Everything a public view may be made from.
pub struct Revealed<'a> {
    pub code: &'a ContestCode,
    pub show: &'a Show,
    pub published: &'a Published,
    /// The names on the judges' plates.
    pub judges: &'a BTreeMap<JudgeId, Judge>,
    /// How far the result of the round is, and until when objections are taken.
    pub life: Life,
    pub until: Option<Day>,
    /// How many scorecards of the current pitch are in: a count, never a value.
    pub progress: Option<Progress>,
}

impl<'a> Revealed<'a> {
    /// What may be seen of the contest, and nothing else of it.
    pub fn of(code: &'a ContestCode, contest: &'a Contest, progress: Option<Progress>) -> Self {
        let Contest { show, published, judges, .. } = contest;
        let round = show.round_now();
        let holding = round.and_then(|round| life::holding(contest, round));
        let life = holding.map_or(Life::Provisional, |entry| entry.step);
        let until = holding.and_then(Entry::until);
        Revealed { code, show, published, judges, life, until, progress }
    }
}
