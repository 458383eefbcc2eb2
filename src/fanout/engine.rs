//! An engine: one thread that owns the sockets of those who only look. Between two frames such a socket is a few hundred bytes.

use crate::fanout::bell::Bell;
use crate::fanout::channel::Channel;
use crate::fanout::guest::{Guest, Letter, Newcomer, Post};
use crate::fanout::manners::Manners;
use crate::fanout::turn::{BELL, Turn};
use bytes::Bytes;
use mio::{Poll, Waker};
use std::io;
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::timeout;

pub struct Engine {
    post: Arc<Post>,
    /// Resolves when the thread has ended.
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

/// The thread ends by itself before.
const ENDING_MAX: Duration = Duration::from_secs(5);

impl Engine {
    /// Starts the thread; what guests spawn runs on the runtime that this is called on.
    ///
    /// # Errors
    /// The system gives no thread, or nothing to wait with.
    pub fn start(manners: Manners) -> io::Result<Self> {
        let mut poll = Poll::new()?;
        let bell = Arc::new(Bell::new(Waker::new(poll.registry(), BELL)?));
        let post = Arc::new(Post::new(bell));
        let (runtime, inside, name) = (Handle::current(), post.clone(), manners.name.to_owned());
        let (ends, ended) = oneshot::channel();
        let turns = move || {
            let _entered = runtime.enter();
            while let Err(_panic) = catch_unwind(AssertUnwindSafe(|| {
                Turn::new(manners.clone(), inside.clone()).run(&mut poll);
            })) {
                tracing::error!("an engine failed; its pages come back to a new one");
            }
            inside.close();
            let _nobody_waits = ends.send(());
        };
        std::thread::Builder::new().name(name).spawn(turns)?;
        Ok(Engine { post, ended: Mutex::new(Some(ended)) })
    }

    /// Has the engine serve this line, which has become a WebSocket and does not block, from now on; `came` was read from it
    /// already. `guest` reads what it says until it has taken its seat; then it follows `channel`.
    pub fn serve(&self, stream: TcpStream, came: Bytes, guest: Box<dyn Guest>, channel: Arc<Channel>) {
        self.post.send(Letter::Come(Newcomer { stream, came, guest, channel }));
    }

    /// Tells every page that the server stops, one after the other, and waits until they know.
    pub async fn close(&self) {
        self.post.send(Letter::End);
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ended) = ended
            && timeout(ENDING_MAX, ended).await.is_err()
        {
            tracing::warn!("an engine did not end in time");
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.post.send(Letter::Vanish);
    }
}
