//! A contest's handle: how the rest of the program talks to its task. Cheap to clone.

use crate::domain::command::Command;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::{CommandId, ContestCode, JudgeId};
use crate::domain::state::contest::Contest;
use crate::live::batch::Submission;
use crate::live::checks::Checks;
use crate::live::dedupe::Receipt;
use crate::live::displays::Displays;
use crate::live::error::SubmitError;
use crate::live::message::Message;
use crate::live::presence::Guest;
use crate::live::publish::Channels;
use crate::live::pulse::Pulse;
use crate::live::wheel::Hand;
use crate::wire::client::{DeviceInfo, NudgeName};
use crate::wire::server::view_of;
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

/// Messages that wait at most; beyond, the sender hears `overloaded` and keeps its command.
pub const MAILBOX: usize = 1_024;

/// How long who asks for a view waits for one that is as new as the state.
const SHOWN_MAX: Duration = Duration::from_secs(1);

/// Ballots among them at most.
pub const BALLOTS: usize = MAILBOX / 2;

#[derive(Clone)]
pub struct Handle {
    pub code: ContestCode,
    pub channels: Arc<Channels>,
    /// Names this run of the channels; frame numbers of another mean nothing here.
    pub feed: Arc<str>,
    pub displays: Arc<Displays>,
    /// What devices told on `/check`.
    pub checks: Arc<Checks>,
    pub(super) hands: Arc<AtomicU32>,
    pub(super) pulse: Arc<Pulse>,
    pub(super) ballots: Arc<tokio::sync::Semaphore>,
    pub(super) mailbox: mpsc::Sender<Message>,
    pub(super) durable: watch::Receiver<Arc<Contest>>,
    /// Number of the last fact that is in everybody's views.
    pub(super) shown: watch::Receiver<u64>,
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
        self.submit_from(actor, id, command, None, None).await
    }

    /// Gives a command that a device made in this run, from this console.
    ///
    /// # Errors
    /// As [`Handle::submit`]; and `OtherRun`, `NotDriving`.
    pub async fn submit_from(
        &self,
        actor: Actor,
        id: CommandId,
        command: Command,
        run: Option<u32>,
        hand: Option<Hand>,
    ) -> Result<Receipt, SubmitError> {
        let (reply, receipt) = oneshot::channel();
        let message = Message::Submit(Box::new(Submission { actor, id, command, run, hand, reply }));
        self.mailbox.try_send(message).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => SubmitError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => SubmitError::Unavailable,
        })?;
        receipt.await.unwrap_or(Err(SubmitError::Unavailable))
    }

    /// Gives a ballot once one of the places for ballots is free: a hall that votes at once waits its turn, and leaves room
    /// for the host and the judges.
    ///
    /// # Errors
    /// As [`Handle::submit`]; and `OtherRun`.
    pub async fn cast(
        &self,
        actor: Actor,
        id: CommandId,
        command: Command,
        run: u32,
    ) -> Result<Receipt, SubmitError> {
        let _place = self.ballots.acquire().await.map_err(|_| SubmitError::Unavailable)?;
        self.submit_from(actor, id, command, Some(run), None).await
    }

    /// The newest durable state.
    pub fn contest(&self) -> Arc<Contest> {
        self.durable.borrow().clone()
    }

    /// The phones' newest view, as it was encoded for their channel; not older than the durable state.
    pub async fn public(&self) -> Option<Bytes> {
        let (seq, mut shown) = (self.contest().seq, self.shown.clone());
        let caught_up = shown.wait_for(|shown| *shown >= seq);
        let _late = tokio::time::timeout(SHOWN_MAX, caught_up).await;
        view_of(&self.channels.public.snapshot()?)
    }

    /// Resolves when the durable state is like this, or the contest's task has gone. Holds no place in the mailbox.
    pub fn until<F>(&self, is: F) -> impl Future<Output = ()> + Send + use<F>
    where
        F: Fn(&Contest) -> bool + Send + Sync,
    {
        let mut durable = self.durable.clone();
        async move {
            let _gone = durable.wait_for(|contest| is(contest)).await;
        }
    }

    /// Whether the contest's task takes its messages; `now` is the steady clock's.
    pub async fn answers(&self, now: Duration) -> bool {
        self.pulse.beats(&self.mailbox, now).await
    }

    /// Counts a socket while the returned pass lives.
    pub async fn join(&self, guest: Guest) -> Pass {
        let _stopped = self.mailbox.send(Message::Joined(guest)).await;
        Pass { mailbox: self.mailbox.clone(), guest }
    }

    /// Names a console and lists it while the returned pass lives.
    pub async fn open_console(&self, device: String, robot: bool) -> ConsolePass {
        let hand = self.hands.fetch_add(1, Ordering::Relaxed) + 1;
        let _stopped = self.mailbox.send(Message::ConsoleOpened { hand, device, robot }).await;
        ConsolePass { mailbox: self.mailbox.clone(), hand }
    }

    pub async fn take_wheel(&self, hand: Hand) {
        let _stopped = self.mailbox.send(Message::WheelTaken(hand)).await;
    }

    pub async fn mc_ready(&self, ready: bool) {
        let _stopped = self.mailbox.send(Message::McReady(ready)).await;
    }

    pub async fn person_acted_as_host(&self) {
        let _stopped = self.mailbox.send(Message::PersonActed).await;
    }

    pub async fn device(&self, judge: JudgeId, device: DeviceInfo) {
        let _stopped = self.mailbox.send(Message::Device(judge, device)).await;
    }

    pub async fn nudge(&self, judge: JudgeId, what: NudgeName) {
        let _stopped = self.mailbox.send(Message::Nudge(judge, what)).await;
    }

    /// The console is shown the list of displays as it is now.
    pub async fn displays_changed(&self) {
        let _stopped = self.mailbox.send(Message::Displays).await;
    }

    pub async fn set_join_address(&self, join: Option<String>, moved: bool) {
        let _stopped = self.mailbox.send(Message::JoinAddress { join, moved }).await;
    }
}

/// A socket is connected for as long as it holds its pass.
pub struct Pass {
    mailbox: mpsc::Sender<Message>,
    guest: Guest,
}

impl Drop for Pass {
    fn drop(&mut self) {
        take_leave(&self.mailbox, Message::Left(self.guest));
    }
}

/// A console is listed for as long as it holds its pass.
pub struct ConsolePass {
    mailbox: mpsc::Sender<Message>,
    pub hand: Hand,
}

impl Drop for ConsolePass {
    fn drop(&mut self) {
        take_leave(&self.mailbox, Message::ConsoleClosed(self.hand));
    }
}

/// The count must come down even when the mailbox is full just now.
fn take_leave(mailbox: &mpsc::Sender<Message>, message: Message) {
    if let Err(mpsc::error::TrySendError::Full(message)) = mailbox.try_send(message) {
        let mailbox = mailbox.clone();
        tokio::spawn(async move {
            let _stopped = mailbox.send(message).await;
        });
    }
}
