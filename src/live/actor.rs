//! The contest's task: messages in, batches through the journal, views out. Restarted from the journal after a failure.

use crate::clock::Clock;
use crate::domain::apply::apply;
use crate::domain::command::Command;
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::CommandId;
use crate::domain::kernel::time::{Millis, Stamp};
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::journal::commit::Committer;
use crate::journal::error::JournalError;
use crate::journal::record::{Entry, Record, Seen};
use crate::live::batch::{Batch, Caused, Submission, answer};
use crate::live::dedupe::{Receipt, Receipts};
use crate::live::due::Due;
use crate::live::error::SubmitError;
use crate::live::message::Message;
use crate::live::presence::Guests;
use crate::live::publish::Publisher;
use crate::live::views::{Urgency, Views};
use crate::wire::view::presence::Nudge;
use serde_json::value::to_raw_value;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

/// Commands that one write carries at most.
const BATCH_MAX: usize = 1_024;

/// What the task owns across restarts.
pub struct Task {
    pub messages: mpsc::Receiver<Message>,
    pub durable: watch::Sender<Arc<Contest>>,
    /// Number of the last fact that is in everybody's views.
    pub shown: watch::Sender<u64>,
    pub publisher: Publisher,
    pub guests: Guests,
    pub views: Views,
    pub join: Option<String>,
    pub clock: Clock,
}

/// A contest as its journal has it.
#[derive(Default)]
pub struct Replayed {
    pub contest: Contest,
    pub receipts: Receipts,
    pub last_at: Millis,
}

/// A record is no fact of a contest: written by a newer version, or not a contest's journal.
#[derive(Debug, thiserror::Error)]
#[error("record {seq} holds no fact that this version knows: {detail}")]
pub struct UnknownFact {
    pub seq: u64,
    pub detail: String,
}

/// What a record tells a contest.
pub struct Told {
    fact: Fact,
    stamp: Stamp,
    by: Actor,
    cmd: Option<CommandId>,
}

impl Told {
    pub fn fact(&self) -> &Fact {
        &self.fact
    }

    pub fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// # Errors
    /// The record is not understood.
    pub fn by(record: &Seen) -> Result<Self, UnknownFact> {
        let unknown = |detail: String| UnknownFact { seq: record.seq, detail };
        let fact = serde_json::from_str(record.fact.get()).map_err(|error| unknown(error.to_string()))?;
        let by = record.by.parse().map_err(|error| unknown(format!("{error}")))?;
        let cmd = record.cmd.as_deref().map(str::parse).transpose();
        let cmd = cmd.map_err(|error| unknown(format!("{error}")))?;
        let stamp = Stamp { seq: record.seq, at: Millis(record.at), by: Some(by) };
        Ok(Told { fact, stamp, by, cmd })
    }
}

impl Replayed {
    /// Folds one record into state and receipts.
    pub fn take(&mut self, Told { fact, stamp, by, cmd }: Told) {
        apply(&mut self.contest, &fact, stamp);
        self.last_at = self.last_at.max(stamp.at);
        if let Some(cmd) = cmd {
            self.receipts.remember(by, cmd, Receipt { seq: stamp.seq, at: stamp.at });
        }
    }
}

/// Folds verified records into state and receipts.
///
/// # Errors
/// [`UnknownFact`] names the first record that is not understood; nothing is skipped.
pub fn replay(records: &[Record]) -> Result<Replayed, UnknownFact> {
    let mut state = Replayed::default();
    for record in records {
        state.take(Told::by(&record.seen())?);
    }
    Ok(state)
}

impl Task {
    /// Runs until every handle is gone (`Ok`) or the journal fails (`Err`); then nothing of the failed batch was
    /// acknowledged or published.
    pub async fn run(&mut self, replayed: Replayed, committer: &Committer) -> Result<(), JournalError> {
        let Replayed { contest, mut receipts, mut last_at } = replayed;
        let (mut state, mut due) = (Arc::new(contest), Due::default());
        self.durable.send_replace(state.clone());
        self.show(&state, Urgency::AtOnce);
        while let Some(first) = self.next_message(&state, &mut due).await {
            // A clock that was set at the start does not make a later fact earlier.
            last_at = last_at.max(self.clock.now());
            let mut batch = Batch::new(state.clone(), last_at);
            let mut next = Some(first);
            while let Some(message) = next {
                self.take(message, &mut batch, &receipts);
                let room = batch.answers.len() < BATCH_MAX;
                next = if room { self.messages.try_recv().ok() } else { None };
            }
            if batch.facts.is_empty() {
                batch.answers.into_iter().for_each(|(reply, result)| answer(reply, result));
                self.tell_presence();
                self.show_what_is_due(&state);
                continue;
            }
            match commit(committer, &batch).await {
                Ok(()) => state = self.acknowledge(batch, &mut receipts),
                Err(error) => {
                    let gone = batch.answers.into_iter();
                    gone.for_each(|(reply, _)| answer(reply, Err(SubmitError::Unavailable)));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// The next message; or the clock's own command, when a countdown has run out. Meanwhile the console hears who has come
    /// and gone.
    async fn next_message(&mut self, state: &Contest, due: &mut Due) -> Option<Message> {
        let next = due.next(state);
        loop {
            let told_again = self.guests.told_again();
            let shown_again = self.views.shown_again();
            tokio::select! {
                message = self.messages.recv() => return message,
                message = run_out(&self.clock, next.as_ref()) => {
                    due.gave(state);
                    // Whatever a clock does, other tasks have their turn.
                    tokio::task::yield_now().await;
                    return Some(message);
                }
                () = wait_until(told_again) => self.tell_presence(),
                () = wait_until(shown_again) => self.show_what_is_due(state),
            }
        }
    }

    /// Takes one message.
    fn take(&mut self, message: Message, batch: &mut Batch, receipts: &Receipts) {
        let at = self.clock.now();
        match message {
            Message::Submit(submission) => self.submitted(*submission, batch, receipts),
            Message::Joined(guest) => self.guests.join(guest),
            Message::Left(guest) => self.guests.leave(guest),
            Message::Device(judge, device) => self.guests.device(judge, device, at),
            Message::Nudge(judge, what) => {
                let nudge = Nudge { what, at: at.0 };
                self.guests.nudge(judge, nudge);
                self.publisher.publish_nudge(judge, &nudge);
            }
            Message::Displays => self.guests.displays_changed(),
            Message::Asked(reply) => {
                let _gone = reply.send(());
            }
            Message::ConsoleOpened { hand, device, robot } => self.guests.open_console(hand, device, robot),
            Message::ConsoleClosed(hand) => self.guests.close_console(hand),
            Message::WheelTaken(hand) => self.guests.take_wheel(hand),
            Message::McReady(ready) => {
                self.guests.mc_ready(ready);
                self.publisher.publish_ready(ready);
            }
            Message::PersonActed => self.guests.person_acted_as_host(),
            Message::JoinAddress { join, moved } => {
                self.join = join;
                self.guests.address_moved(moved);
                self.publisher.publish_join(self.join.as_deref());
            }
        }
    }

    /// A console without the wheel is refused.
    fn submitted(&mut self, submission: Submission, batch: &mut Batch, receipts: &Receipts) {
        match submission.hand {
            Some(hand) if !self.guests.steers(hand, batch.at) => {
                batch.refuse(submission, Rejection::NotDriving);
            }
            _ => batch.add(submission, receipts),
        }
    }

    /// Tells the console who is there: at once what somebody did, twice a second at most who came and went.
    fn tell_presence(&mut self) {
        if let Some(presence) = self.guests.to_tell() {
            self.publisher.publish_presence(&presence);
        }
    }

    /// The batch is on disk: it becomes the state, receipts go out, then the views. Who waits for an answer does not wait
    /// for everybody's picture.
    fn acknowledge(&mut self, mut batch: Batch, receipts: &mut Receipts) -> Arc<Contest> {
        let state = batch.after();
        // What the MC was ready for has happened.
        if state.history != self.durable.borrow().history {
            self.guests.mc_ready(false);
        }
        receipts.remember_all(batch.fresh);
        self.durable.send_replace(state.clone());
        let urgency = Urgency::of(batch.facts.iter().map(|caused| &caused.fact), batch.answers.len());
        batch.answers.into_iter().for_each(|(reply, result)| answer(reply, result));
        self.show(&state, urgency);
        state
    }

    /// Shows the state: at once, or with what comes meanwhile when its views are due.
    fn show(&mut self, state: &Contest, urgency: Urgency) {
        self.views.wait(urgency);
        self.show_what_is_due(state);
    }

    fn show_what_is_due(&mut self, state: &Contest) {
        let began = Instant::now();
        if !self.views.are_due(began) {
            return;
        }
        let presence = self.guests.tell();
        self.publisher.publish(state, &presence, self.join.as_deref());
        self.shown.send_replace(state.seq);
        self.views.shown(began, Instant::now());
    }
}

/// The clock's own command, once its time has come; never without one.
async fn run_out(clock: &Clock, due: Option<&(Millis, CommandId, Command)>) -> Message {
    let Some((at, id, command)) = due else { return std::future::pending().await };
    clock.until(*at).await;
    let (reply, _nobody) = oneshot::channel();
    let (actor, id, command) = (Actor::Clock, *id, command.clone());
    Message::Submit(Box::new(Submission { actor, id, command, run: None, hand: None, reply }))
}

async fn wait_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

async fn commit(committer: &Committer, batch: &Batch) -> Result<(), JournalError> {
    let entries = batch.facts.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    committer.append(batch.at.0, entries).await.map(|_| ())
}

fn entry(caused: &Caused) -> Result<Entry, JournalError> {
    let fact = to_raw_value(&caused.fact).map_err(JournalError::encode)?;
    // The number of a ballot's command says nothing: it is made here.
    let cmd = (caused.by != Actor::Audience).then(|| caused.cmd.to_string());
    Ok(Entry { by: caused.by.to_string(), cmd, fact })
}
