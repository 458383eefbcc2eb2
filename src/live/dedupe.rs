//! Command ids that were answered, each with its first receipt. Filled from the journal at start, so that a resend after
//! a restart still counts once. As large as the journal has commands: 64 bytes each, 100,000 commands are 6 MiB.

use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::CommandId;
use crate::domain::kernel::time::Millis;
use std::collections::HashMap;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The journal's number of the command's first fact.
    pub seq: u64,
    pub at: Millis,
}

#[derive(Debug, Default)]
pub struct Receipts {
    known: HashMap<(Actor, CommandId), Receipt>,
}

impl Receipts {
    pub fn get(&self, actor: Actor, id: CommandId) -> Option<Receipt> {
        self.known.get(&(actor, id)).copied()
    }

    /// Keeps the first receipt of an id; a later one changes nothing.
    pub fn remember(&mut self, actor: Actor, id: CommandId, receipt: Receipt) {
        self.known.entry((actor, id)).or_insert(receipt);
    }

    /// Remembers what a batch has answered.
    pub fn remember_all(&mut self, fresh: Receipts) {
        fresh.known.into_iter().for_each(|((actor, id), receipt)| self.remember(actor, id, receipt));
    }
}
