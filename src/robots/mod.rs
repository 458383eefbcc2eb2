//! Robot judges and a robot host over real sockets: the demo, rehearsals, tests. They use what every page uses and know
//! no more: the addresses they are given and the frames.

pub mod client;
pub mod faults;
pub mod fleet;
pub mod host;
pub mod judge;
pub mod mirror;
pub mod outbox;
pub mod pace;
