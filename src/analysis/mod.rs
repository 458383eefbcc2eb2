//! How far a panel agrees, how sure its places are: information for chair and organiser, never a score or a place.
//!
//! Everything here is `f64` and pure. What is not defined is an [`undefined::Undefined`] with its reason, never a 0 or a 1.

pub mod agreement;
pub mod judges;
pub mod panel;
pub mod reliability;
pub mod spread;
pub mod stability;
pub mod undefined;
