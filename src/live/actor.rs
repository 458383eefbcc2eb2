//! The contest's task: letters in, batches through the journal, views out. Restarted from the journal after a failure.

use crate::clock::Clock;
use crate::domain::apply::apply;
use crate::domain::command::Actor;
use crate::domain::contest::Contest;
use crate::domain::fact::Fact;
use crate::domain::rejection::Rejection;
use crate::domain::time::{Millis, Stamp};
use crate::journal::commit::Committer;
use crate::journal::error::JournalError;
use crate::journal::record::{Entry, Record};
use crate::live::batch::{Batch, Caused, Submission, answer};
use crate::live::dedupe::{Receipt, Receipts};
use crate::live::due::Due;
use crate::live::error::SubmitError;
use crate::live::handle::Letter;
use crate::live::presence::Guests;
use crate::live::publish::Publisher;
use crate::wire::view::Nudge;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

/// Commands that one write carries at most.
const BATCH_MAX: usize = 1_024;

/// What the task owns across restarts.
pub struct Task {
    pub letters: mpsc::Receiver<Letter>,
    pub durable: watch::Sender<Arc<Contest>>,
    pub publisher: Publisher,
    pub guests: Guests,
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

/// Folds verified records into state and receipts.
///
/// # Errors
/// [`UnknownFact`] names the first record that is not understood; nothing is skipped.
pub fn replay(records: &[Record]) -> Result<Replayed, UnknownFact> {
    let mut state = Replayed::default();
    for record in records {
        let unknown = |detail: String| UnknownFact { seq: record.seq, detail };
        let fact: Fact =
            serde_json::from_str(record.fact.get()).map_err(|error| unknown(error.to_string()))?;
        let by: Actor = record.by.parse().map_err(|error| unknown(format!("{error}")))?;
        let stamp = Stamp { seq: record.seq, at: Millis(record.at), by: Some(by) };
        apply(&mut state.contest, &fact, stamp);
        state.last_at = state.last_at.max(stamp.at);
        if let Some(cmd) = &record.cmd {
            let cmd = cmd.parse().map_err(|error| unknown(format!("{error}")))?;
            state.receipts.remember(by, cmd, Receipt { seq: stamp.seq, at: stamp.at });
        }
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
        self.publish_all(&state);
        while let Some(first) = self.next_letter(&state, &mut due).await {
            // A clock that was set at the start does not make a later fact earlier.
            last_at = last_at.max(self.clock.now());
            let mut batch = Batch::new(&state, last_at);
            let mut console_only = false;
            let mut next = Some(first);
            while let Some(letter) = next {
                console_only |= self.take(letter, &mut batch, &receipts);
                let room = batch.answers.len() < BATCH_MAX;
                next = if room { self.letters.try_recv().ok() } else { None };
            }
            if batch.facts.is_empty() {
                batch.answers.into_iter().for_each(|(reply, result)| answer(reply, result));
                if console_only {
                    self.publisher.publish_host(&state, &self.guests.view(), self.join.as_deref());
                }
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

    /// The next letter; or the clock's own command, when a countdown has run out.
    async fn next_letter(&mut self, state: &Contest, due: &mut Due) -> Option<Letter> {
        let Some((at, id, command)) = due.next(state) else { return self.letters.recv().await };
        tokio::select! {
            letter = self.letters.recv() => letter,
            () = self.clock.until(at) => {
                due.gave(state);
                // Whatever a clock does, other tasks have their turn.
                tokio::task::yield_now().await;
                let (reply, _nobody) = oneshot::channel();
                let submission =
                    Submission { actor: Actor::Clock, id, command, run: None, hand: None, reply };
                Some(Letter::Submit(Box::new(submission)))
            }
        }
    }

    /// Takes one letter; true when only the console's view changes.
    fn take(&mut self, letter: Letter, batch: &mut Batch, receipts: &Receipts) -> bool {
        match letter {
            Letter::Submit(submission) => {
                return self.submitted(*submission, batch, receipts);
            }
            Letter::Joined(guest) => self.guests.join(guest),
            Letter::Left(guest) => self.guests.leave(guest),
            Letter::Device(judge, device) => self.guests.device(judge, device, self.clock.now()),
            Letter::Nudge(judge, what) => {
                self.guests.nudge(judge, Nudge { what, at: self.clock.now().0 });
                let state = self.durable.borrow().clone();
                self.publisher.publish_judge(&state, judge, &self.guests.view());
            }
            Letter::Displays => {}
            Letter::Asked(reply) => {
                let _gone = reply.send(());
                return false;
            }
            Letter::ConsoleOpened { hand, device, robot } => self.guests.wheel.open(hand, device, robot),
            Letter::ConsoleClosed(hand) => self.guests.wheel.close(hand),
            Letter::WheelTaken(hand) => self.guests.wheel.take(hand),
            Letter::McReady(ready) => {
                self.guests.mc_ready(ready);
                let state = self.durable.borrow().clone();
                self.publisher.publish_mc(&state, &self.guests.view());
            }
            Letter::PersonActed => self.guests.person_acted_as_host(),
            Letter::JoinAddress { join, moved } => {
                self.join = join;
                self.guests.address_moved(moved);
                let state = self.durable.borrow().clone();
                self.publish_all(&state);
            }
        }
        true
    }

    /// A console without the wheel is refused; true when the wheel moved.
    fn submitted(&mut self, submission: Submission, batch: &mut Batch, receipts: &Receipts) -> bool {
        let Some(hand) = submission.hand else {
            batch.add(submission, receipts);
            return false;
        };
        if self.guests.wheel.steers(hand, batch.at) {
            batch.add(submission, receipts);
        } else {
            batch.refuse(submission, Rejection::NotDriving);
        }
        true
    }

    /// The batch is on disk: it becomes the state, views go out, then the receipts.
    fn acknowledge(&mut self, batch: Batch, receipts: &mut Receipts) -> Arc<Contest> {
        let state = Arc::new(batch.after);
        // What the MC was ready for has happened.
        if state.history != self.durable.borrow().history {
            self.guests.mc_ready(false);
        }
        for (actor, id, receipt) in batch.fresh {
            receipts.remember(actor, id, receipt);
        }
        self.durable.send_replace(state.clone());
        // Until it is revealed, nobody but the console sees anything of a ballot.
        if batch.facts.iter().all(|caused| caused.by == Actor::Audience) {
            self.publisher.publish_host(&state, &self.guests.view(), self.join.as_deref());
        } else {
            self.publish_all(&state);
        }
        batch.answers.into_iter().for_each(|(reply, result)| answer(reply, result));
        state
    }

    fn publish_all(&mut self, state: &Contest) {
        self.publisher.publish(state, &self.guests.view(), self.join.as_deref());
    }
}

async fn commit(committer: &Committer, batch: &Batch) -> Result<(), JournalError> {
    let entries = batch.facts.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    committer.append(batch.at.0, entries).await.map(|_| ())
}

fn entry(caused: &Caused) -> Result<Entry, JournalError> {
    let fact = serde_json::to_string(&caused.fact).map_err(JournalError::encode)?;
    // The number of a ballot's command says nothing: it is made here.
    let cmd = (caused.by != Actor::Audience).then(|| caused.cmd.to_string());
    Ok(Entry { by: caused.by.to_string(), cmd, fact })
}
