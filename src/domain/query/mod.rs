//! Questions to the state. Nothing here changes it.

pub mod board;
pub mod confirm;
pub mod corrections;
pub mod difference;
pub mod draw;
pub mod due;
pub mod life;
pub mod movement;
pub mod open;
pub mod out;
pub mod plates;
pub mod podium;
pub mod result;
pub mod reveal;
pub mod seal;
pub mod signature;
pub mod ties_to;
pub mod undo;
