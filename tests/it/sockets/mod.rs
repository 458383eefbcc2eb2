//! Sockets as bytes: the protocol case by case, its limits, and a crowd that behaves badly.

mod conformance;
mod crowd;
mod limits;
mod raw;
