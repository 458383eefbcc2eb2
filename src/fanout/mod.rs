//! Bytes out: channels of numbered frames and their subscribers. Knows no contest and no view.
//!
//! A channel keeps its newest snapshot and a short ring of deltas, each encoded once. A subscriber has a place in the
//! numbering and no queue of its own: it gets the frames it misses or, when it has fallen too far behind, the newest
//! snapshot. So a phone that stops reading costs nobody anything.

pub mod channel;
pub mod subscriber;
