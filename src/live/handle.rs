//! A contest's handle: how the rest of the program talks to its task. Cheap to clone.

use crate::domain::command::{Actor, Command};
use crate::domain::contest::Contest;
use crate::domain::ids::{CommandId, ContestCode, JudgeId};
use crate::live::batch::Submission;
use crate::live::checks::Checks;
use crate::live::dedupe::Receipt;
use crate::live::error::SubmitError;
use crate::live::presence::Guest;
use crate::live::publish::Channels;
use crate::wire::client::{DeviceInfo, NudgeName};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

/// Letters that wait at most; beyond, the sender hears `overloaded` and keeps its command.
pub const MAILBOX: usize = 1_024;

/// A letter to the contest's task.
pub enum Letter {
    Submit(Box<Submission>),
    Joined(Guest),
    Left(Guest),
    /// How a judge's device is doing.
    Device(JudgeId, DeviceInfo),
    /// The host's word to a judge.
    Nudge(JudgeId, NudgeName),
    /// A person acted as host.
    PersonActed,
    /// The address shown for phones changed; or the one that was given out is no longer this machine's.
    JoinAddress {
        join: Option<String>,
        moved: bool,
    },
}

#[derive(Clone)]
pub struct Handle {
    pub code: ContestCode,
    pub channels: Arc<Channels>,
    /// Names this run of the channels; frame numbers of another mean nothing here.
    pub feed: Arc<str>,
    /// What devices told on `/check`.
    pub checks: Arc<Checks>,
    pub(super) mailbox: mpsc::Sender<Letter>,
    pub(super) durable: watch::Receiver<Arc<Contest>>,
}

impl Handle {
    /// Gives a command; resolves when its facts are on disk.
    ///
    /// # Errors
    /// See [`SubmitError`]; only `Unavailable` leaves open whether the command counted.
    pub async fn submit(
        &self,
        actor: Actor,
        id: CommandId,
        command: Command,
    ) -> Result<Receipt, SubmitError> {
        let (reply, receipt) = oneshot::channel();
        let letter = Letter::Submit(Box::new(Submission { actor, id, command, reply }));
        self.mailbox.try_send(letter).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => SubmitError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => SubmitError::Unavailable,
        })?;
        receipt.await.unwrap_or(Err(SubmitError::Unavailable))
    }

    /// The newest durable state.
    pub fn contest(&self) -> Arc<Contest> {
        self.durable.borrow().clone()
    }

    /// Counts a socket while the returned pass lives.
    pub async fn join(&self, guest: Guest) -> Pass {
        let _stopped = self.mailbox.send(Letter::Joined(guest)).await;
        Pass { mailbox: self.mailbox.clone(), guest }
    }

    pub async fn person_acted_as_host(&self) {
        let _stopped = self.mailbox.send(Letter::PersonActed).await;
    }

    pub async fn device(&self, judge: JudgeId, device: DeviceInfo) {
        let _stopped = self.mailbox.send(Letter::Device(judge, device)).await;
    }

    pub async fn nudge(&self, judge: JudgeId, what: NudgeName) {
        let _stopped = self.mailbox.send(Letter::Nudge(judge, what)).await;
    }

    pub async fn set_join_address(&self, join: Option<String>, moved: bool) {
        let _stopped = self.mailbox.send(Letter::JoinAddress { join, moved }).await;
    }
}

/// A socket is connected for as long as it holds its pass.
pub struct Pass {
    mailbox: mpsc::Sender<Letter>,
    guest: Guest,
}

impl Drop for Pass {
    fn drop(&mut self) {
        let letter = Letter::Left(self.guest);
        if let Err(mpsc::error::TrySendError::Full(letter)) = self.mailbox.try_send(letter) {
            // The count must come down even when the mailbox is full just now.
            let mailbox = self.mailbox.clone();
            tokio::spawn(async move {
                let _stopped = mailbox.send(letter).await;
            });
        }
    }
}
