//! Whether a contest's task still takes its messages. Asked with a message, of which one waits at most, however many want to know.

use crate::live::message::Message;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc, oneshot};

/// A task that answers nothing for so long stands still.
const ANSWER_MAX: Duration = Duration::from_secs(1);
/// What was found holds for so long.
const HOLDS: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub struct Pulse(Mutex<Last>);

#[derive(Debug, Default)]
struct Last {
    /// The answer to a message that is on its way.
    awaited: Option<oneshot::Receiver<()>>,
    /// When it was found, by the steady clock, and what.
    found: Option<(Duration, bool)>,
}

impl Pulse {
    /// Whether the task behind this mailbox answers; who asks meanwhile hears the same.
    pub async fn beats(&self, mailbox: &mpsc::Sender<Message>, now: Duration) -> bool {
        let mut last = self.0.lock().await;
        if let Some((_, beats)) = last.found.filter(|(at, _)| now.saturating_sub(*at) < HOLDS) {
            return beats;
        }
        let beats = tokio::time::timeout(ANSWER_MAX, last.ask(mailbox)).await.unwrap_or(false);
        last.found = Some((now, beats));
        beats
    }
}

impl Last {
    async fn ask(&mut self, mailbox: &mpsc::Sender<Message>) -> bool {
        let awaited = match &mut self.awaited {
            Some(awaited) => awaited,
            none => {
                let Ok(place) = mailbox.reserve().await else { return false };
                let (reply, answer) = oneshot::channel();
                place.send(Message::Asked(reply));
                none.insert(answer)
            }
        };
        let answered = awaited.await.is_ok();
        self.awaited = None;
        answered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_stands_still_finds_one_letter_and_is_believed_again_once_it_answers() {
        let (pulse, (mailbox, mut messages)) = (Pulse::default(), mpsc::channel(8));
        assert!(!pulse.beats(&mailbox, Duration::ZERO).await);
        let asking = (0..100).map(|_| pulse.beats(&mailbox, Duration::from_secs(2)));
        assert!(!futures_util::future::join_all(asking).await.contains(&true));
        assert_eq!(messages.len(), 1);
        let Some(Message::Asked(reply)) = messages.recv().await else { panic!("another message") };
        reply.send(()).unwrap();
        assert!(pulse.beats(&mailbox, Duration::from_secs(4)).await);
        drop(messages);
        assert!(
            pulse.beats(&mailbox, Duration::from_secs(4)).await,
            "asked again at once, it hears the same"
        );
        assert!(!pulse.beats(&mailbox, Duration::from_secs(6)).await, "the task is gone");
    }
}
