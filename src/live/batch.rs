//! A batch: commands decided one after another on a working copy of the state. Pure but for the reply ends it carries.

use crate::clock::day;
use crate::domain::command::Command;
use crate::domain::decide::{decide_on, happen};
use crate::domain::fact::Fact;
use crate::domain::kernel::actor::Actor;
use crate::domain::kernel::ids::CommandId;
use crate::domain::kernel::time::Millis;
use crate::domain::rejection::Rejection;
use crate::domain::state::contest::Contest;
use crate::live::dedupe::{Receipt, Receipts};
use crate::live::error::SubmitError;
use crate::live::wheel::Hand;
use std::sync::Arc;
use tokio::sync::oneshot;

pub type Reply = oneshot::Sender<Result<Receipt, SubmitError>>;

/// A command on its way in.
pub struct Submission {
    pub actor: Actor,
    pub id: CommandId,
    pub command: Command,
    /// The run that its device saw when it was made; `None`: whichever is on.
    pub run: Option<u32>,
    /// The console that gives it, where one does.
    pub hand: Option<Hand>,
    pub reply: Reply,
}

/// A fact with who caused it and by which command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caused {
    pub by: Actor,
    pub cmd: CommandId,
    pub fact: Fact,
}

/// What a batch comes to, once it is durable.
pub struct Batch {
    before: Arc<Contest>,
    /// The working copy, made for the first fact: who is refused, comes or goes copies nothing.
    after: Option<Contest>,
    pub facts: Vec<Caused>,
    pub at: Millis,
    /// Answers, in the order of the commands. All wait for the sync: a refusal may rest on a fact of this very batch.
    pub answers: Vec<(Reply, Result<Receipt, SubmitError>)>,
    /// Receipts to remember after the sync.
    pub fresh: Receipts,
}

impl Batch {
    pub fn new(before: Arc<Contest>, at: Millis) -> Self {
        let (facts, answers, fresh) = (Vec::new(), Vec::new(), Receipts::default());
        Batch { before, after: None, facts, at, answers, fresh }
    }

    /// The state after all facts of the batch.
    pub fn state(&self) -> &Contest {
        self.after.as_ref().unwrap_or(&self.before)
    }

    /// The same, to go on from.
    pub fn after(&mut self) -> Arc<Contest> {
        self.after.take().map_or_else(|| self.before.clone(), Arc::new)
    }

    /// Decides one command on top of those before it.
    pub fn add(&mut self, submission: Submission, known: &Receipts) {
        let Submission { actor, id, command, run, reply, .. } = submission;
        let repeated = known.get(actor, id).or_else(|| self.fresh.get(actor, id));
        let answer = match repeated {
            Some(receipt) => Ok(receipt),
            None if run.is_some_and(|run| run != self.state().run) => {
                Err(SubmitError::Rejected(Rejection::OtherRun))
            }
            None => self.decide(actor, id, &command).map_err(SubmitError::Rejected),
        };
        self.answers.push((reply, answer));
    }

    /// Refuses a command before it is decided.
    pub fn refuse(&mut self, submission: Submission, rejection: Rejection) {
        self.answers.push((submission.reply, Err(SubmitError::Rejected(rejection))));
    }

    fn decide(&mut self, actor: Actor, id: CommandId, command: &Command) -> Result<Receipt, Rejection> {
        let today = || day::of(self.at, &self.state().show.about.zone);
        let facts = decide_on(self.state(), actor, today, command)?;
        let after = self.after.get_or_insert_with(|| Contest::clone(&self.before));
        let receipt = Receipt { seq: after.seq + 1, at: self.at };
        happen(after, actor, self.at, &facts);
        self.facts.extend(facts.into_iter().map(|fact| Caused { by: actor, cmd: id, fact }));
        // A ballot is its own receipt: the same one again changes nothing.
        if actor != Actor::Audience {
            self.fresh.remember(actor, id, receipt);
        }
        Ok(receipt)
    }
}

/// Answers a page that may have gone; then nobody needs the answer.
pub fn answer(reply: Reply, answer: Result<Receipt, SubmitError>) {
    let _gone = reply.send(answer);
}
