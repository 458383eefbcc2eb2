//! Bytes out: channels of numbered frames and their subscribers. Knows no contest and no view.
//!
//! A channel keeps its newest snapshot and a short ring of deltas, each encoded once. A subscriber has a place in the
//! numbering and no queue of its own: it gets the frames it misses or, when it has fallen too far behind, the newest
//! snapshot. So a phone that stops reading costs nobody anything.
//!
//! Who acts has a task with a [`subscriber`]. Those who only look, of whom there are thousands, live in an [`engine`]: one
//! thread that owns their sockets. Both read what a page says by the same [`ear`], and write by the same [`frame`].

pub mod channel;
pub mod ear;
pub mod engine;
pub mod frame;
pub mod guest;
pub mod limits;
pub mod manners;
pub mod subscriber;
mod bell;
mod room;
mod socket;
mod stopping;
mod turn;
mod wheel;
