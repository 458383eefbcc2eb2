//! Podium runs the judging of pitch roadshows live: judges' marks, durable, on the big screen.
//!
//! The modules stand in layer order: each may use only those above it that ARCHITECTURE.md allows.

pub mod domain;
pub mod analysis;
pub mod fanout;
pub mod telemetry;
pub mod clock;
pub mod wire;
pub mod journal;
pub mod store;
pub mod auth;
pub mod sheets;
pub mod papers;
pub mod live;
pub mod robots;
pub mod http;
pub mod server;
pub mod cli;
