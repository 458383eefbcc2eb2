//! How an engine treats its sockets: its pace, and its words for what no page of ours does.

use crate::fanout::guest::Farewell;
use std::time::Duration;

#[derive(Debug, Clone)]
pub struct Manners {
    /// Of the thread.
    pub name: &'static str,
    /// Between two pushes to one channel; none: at once.
    pub pause: Duration,
    /// Largest fragment, in bytes.
    pub piece: usize,
    /// Bytes that the system keeps for a page that does not take them.
    pub send_buffer: usize,
    /// No hello in time.
    pub silent: Farewell,
    /// Too many frames.
    pub noisy: Farewell,
    /// Not a text.
    pub binary: Farewell,
    /// The server stops.
    pub stops: Farewell,
}
