//! Acknowledged means on disk: the real binary, killed, traced and cut off from power while judges submit.

mod cuts;
pub mod judges;
mod kills;
pub mod process;
mod trace;
