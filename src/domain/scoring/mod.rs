//! How scores come about: from marks to scores, places and the reasons for them. Exact throughout.
//!
//! It knows projects and judges as positions in a list and nothing of contests, phases or people; `result` hands a
//! round's scorecards in. docs/scoring.md says the same in prose.

pub mod aggregate;
pub mod audience;
pub mod blend;
pub mod deduct;
pub mod exact;
pub mod explain;
pub mod field;
pub mod grid;
pub mod judging;
pub mod lot;
pub mod overtime;
pub mod ranks;
pub mod rule;
pub mod severity;
pub mod standings;
pub mod table;
pub mod ties;

/// Of the arithmetic on this page. It goes up whenever the same rule and marks could give another score or place, so that a
/// published result says which arithmetic it was made with. 2: steps of the tie-break chain that count or add go by shares
/// and means where the numbers of scorecards differ; severity scores stay within the scale.
pub const VERSION: u32 = 2;
