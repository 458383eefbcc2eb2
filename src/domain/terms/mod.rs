//! What facts and commands speak of: plain values without behaviour beyond their own sense.

pub mod about;
pub mod announced;
pub mod finality;
pub mod life;
pub mod look;
pub mod matter;
pub mod plates;
pub mod programme;
pub mod proposal;
pub mod reveal;
pub mod roster;
pub mod rubric;
pub mod signature;
pub mod vote;
