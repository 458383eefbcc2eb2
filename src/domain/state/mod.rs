//! What the facts of a contest add up to. It answers for itself and computes no standings.

pub mod cards;
pub mod contest;
pub mod draw;
pub mod history;
pub mod life;
pub mod movement;
pub mod pitch;
pub mod plates;
pub mod proposal;
pub mod published;
pub mod reveal;
pub mod round;
pub mod run;
pub mod signature;
pub mod stage;
pub mod tables;
pub mod timer;
pub mod vote;
