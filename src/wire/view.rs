//! What each audience sees. The only redaction point: the hall is made from `Show`, `Published` and the judges' names
//! (`domain/contest`), types that hold nothing unrevealed, so that a sealed mark cannot get there by mistake. Every other view
//! contains the hall, whole, and its own beside it; nothing of the hall is in it twice.

pub mod auditor;
pub mod chair;
pub mod cockpit;
pub mod host;
pub mod judge;
pub mod life;
pub mod mc;
pub mod open;
pub mod parts;
pub mod picture;
pub mod plates;
pub mod presence;
pub mod preview;
pub mod public;
pub mod reveal;
pub mod revealed;
pub mod stage;
pub mod vote;
