//! A subscriber: a place in a channel's numbering.

use crate::fanout::channel::{Channel, Missed};
use bytes::Bytes;
use std::sync::Arc;
use tokio::sync::watch;

/// Follows one channel. Dropping it is leaving.
pub struct Subscriber {
    channel: Arc<Channel>,
    newest: watch::Receiver<u32>,
    at: Option<u32>,
}

impl Subscriber {
    /// Follows `channel` from frame `since` on, or from its newest snapshot.
    pub fn new(channel: Arc<Channel>, since: Option<u32>) -> Self {
        let newest = channel.watch();
        Subscriber { channel, newest, at: since }
    }

    /// The next frames to send, at least one. Waits until there is something new. Cancel-safe.
    pub async fn next(&mut self) -> Vec<Bytes> {
        loop {
            self.newest.mark_unchanged();
            let (at, missed) = self.channel.after(self.at);
            self.at = Some(at);
            let frames = match missed {
                Missed::Deltas(deltas) => deltas,
                Missed::Whole(snapshot) => vec![snapshot],
            };
            if !frames.is_empty() {
                return frames;
            }
            if self.newest.changed().await.is_err() {
                // The channel outlives its subscribers through the Arc above; a closed watch cannot be.
                std::future::pending::<()>().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fanout::channel::Newest;

    fn text(n: u32) -> Bytes {
        Bytes::from(format!("d{n}"))
    }

    struct Numbered(u32);

    impl Newest for Numbered {
        fn snapshot(&self) -> (u32, Bytes) {
            (self.0, Bytes::from(format!("s{}", self.0)))
        }
    }

    fn publish(channel: &Channel, n: u32) {
        let view: Arc<dyn Newest> = Arc::new(Numbered(n));
        channel.publish(&view, Some(text(n)));
    }

    #[tokio::test]
    async fn who_keeps_up_gets_deltas_and_who_falls_behind_gets_the_newest_snapshot() {
        let channel = Arc::new(Channel::default());
        publish(&channel, 1);
        let mut fresh = Subscriber::new(channel.clone(), None);
        assert_eq!(fresh.next().await, vec![Bytes::from("s1")]);
        for n in 2..=4 {
            publish(&channel, n);
        }
        assert_eq!(fresh.next().await, vec![text(2), text(3), text(4)]);
        for n in 5..=200 {
            publish(&channel, n);
        }
        assert_eq!(fresh.next().await, vec![Bytes::from("s200")]);
    }

    #[tokio::test]
    async fn resuming_gets_what_was_missed_and_an_impossible_number_gets_the_snapshot() {
        let channel = Arc::new(Channel::default());
        for n in 1..=10 {
            publish(&channel, n);
        }
        assert_eq!(Subscriber::new(channel.clone(), Some(8)).next().await, vec![text(9), text(10)]);
        assert_eq!(Subscriber::new(channel.clone(), Some(99)).next().await, vec![Bytes::from("s10")]);
        let mut current = Subscriber::new(channel.clone(), Some(10));
        let waited = tokio::time::timeout(std::time::Duration::from_millis(20), current.next()).await;
        assert!(waited.is_err(), "nothing new was published");
        publish(&channel, 11);
        assert_eq!(current.next().await, vec![text(11)]);
    }
}
