//! One task per contest owns its state: it receives, decides and applies to a working copy, writes, publishes,
//! acknowledges, in that order, always. Nothing leaves the task before its facts are durable. It knows no sockets.

pub mod actor;
pub mod batch;
pub mod dedupe;
pub mod error;
pub mod handle;
pub mod presence;
pub mod projector;
pub mod publish;
pub mod registry;
