//! The threads that own the sockets of those who only look.

use crate::fanout::engine::Engine;
use crate::fanout::limits::CROWD_PAUSE;
use crate::fanout::manners::Manners;
use crate::http::socket::words;
use crate::wire::server::FRAGMENT_BYTES_MAX;
use std::io;
use std::time::Duration;

/// Bytes that the system keeps for a page that does not read: what a snapshot takes to a phone, and what it takes to a screen.
const PHONE_SEND_BUFFER: usize = 16 * 1024;
const SCREEN_SEND_BUFFER: usize = 64 * 1024;

/// The engines of a server: a screen does not wait behind thousands of phones.
pub struct Engines {
    phones: Engine,
    screens: Engine,
}

impl Engines {
    /// # Errors
    /// The system gives no threads.
    pub fn start() -> io::Result<Self> {
        let phones = Engine::start(manners(true))?;
        Ok(Engines { phones, screens: Engine::start(manners(false))? })
    }

    /// The one of phones, or the one of screens.
    pub fn of(&self, crowd: bool) -> &Engine {
        if crowd { &self.phones } else { &self.screens }
    }

    /// Tells everybody to come back later, the screens first.
    pub async fn close(&self) {
        self.screens.close().await;
        self.phones.close().await;
    }
}

/// Of phones, of which there are thousands, or of screens.
fn manners(crowd: bool) -> Manners {
    let (name, pause, send_buffer) = match crowd {
        true => ("fanout-phones", CROWD_PAUSE, PHONE_SEND_BUFFER),
        false => ("fanout-screens", Duration::ZERO, SCREEN_SEND_BUFFER),
    };
    Manners {
        name,
        pause,
        piece: FRAGMENT_BYTES_MAX,
        send_buffer,
        silent: words::hello_missing(),
        noisy: words::too_many_frames(),
        binary: words::bad_frame(),
        stops: words::restarting(),
    }
}
