//! What papers are made from, and what stands on each of them.

use crate::domain::kernel::time::Millis;
use crate::domain::query::life;
use crate::domain::state::contest::Contest;
use crate::papers::table::Cell;
use crate::papers::told::Told;
use crate::papers::words::Lang;

/// What papers are made from: a state, and where its journal stood.
pub struct Source<'a> {
    pub contest: &'a Contest,
    /// The facts that it comes from, oldest first.
    pub facts: &'a [Told],
    /// Hash of the record that the state goes up to.
    pub head: String,
    /// When it is written.
    pub now: Millis,
    pub lang: Lang,
}

impl Source<'_> {
    /// When the record of this number was written.
    pub fn at(&self, seq: u64) -> Cell {
        let found = self.facts.binary_search_by_key(&seq, |told| told.stamp.seq);
        found.map_or(Cell::Blank, |at| Cell::Time(self.facts[at].stamp.at))
    }
}

/// What stands on every sheet.
pub struct Heading {
    pub code: String,
    pub title: String,
    /// How far the result is, as programs call it; of several rounds the least.
    pub state: &'static str,
    /// The same in words.
    pub said: &'static str,
    /// Nothing of it counts.
    pub rehearsal: Option<&'static str>,
    pub head: String,
}

impl Heading {
    pub fn of(source: &Source) -> Self {
        let Source { contest, lang, .. } = source;
        let rounds = contest.show.rounds.values();
        let state = rounds.map(|round| life::of(contest, round)).min().unwrap_or_default();
        Heading {
            code: contest.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            title: contest.show.about.title.clone(),
            state: state.code(),
            said: lang.life(state),
            rehearsal: contest
                .show
                .rehearsal
                .then(|| lang.pick("彩排，不计入", "Rehearsal, counts for nothing")),
            head: source.head.clone(),
        }
    }

    /// The line above a table.
    pub fn line(&self, table: &str) -> String {
        let parts = [table, &self.title, self.said, self.rehearsal.unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}
