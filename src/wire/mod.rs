//! The contract: every type that crosses the network, and the one place (`view`) that decides what each audience sees.
//!
//! It knows the domain's state (to look at) and nothing of sockets, tasks or storage. Frames are JSON, named after
//! their sender. `docs/protocol.md` describes them; the TypeScript in `web/src/wire/types.ts` is generated from here.

pub mod attempt;
pub mod client;
pub mod command;
pub mod display;
pub mod error;
pub mod explain;
pub mod ids;
pub mod import;
pub mod interests;
pub mod judging;
pub mod life;
pub mod log;
pub mod matter;
pub mod notes;
pub mod patch;
pub mod phase;
pub mod plan;
pub mod preflight;
pub mod report;
pub mod rest;
pub mod robots;
pub mod scene;
pub mod server;
pub mod statistics;
pub mod view;
pub mod votes;

/// Version of the frames; a page with another version reloads itself.
pub const PROTOCOL: u32 = 2;
