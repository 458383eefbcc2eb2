//! Questions to the state. Nothing here changes it.

pub mod confirm;
pub mod corrections;
pub mod due;
pub mod ending;
pub mod movement;
pub mod plates;
pub mod result;
pub mod reveal;
pub mod signature;
pub mod undo;
