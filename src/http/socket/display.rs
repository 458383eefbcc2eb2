//! The display at a socket, if it is one: what it is told of itself, what it says, how long it may stay.

use crate::domain::display::{KeyHash, Role};
use crate::live::displays::Connected;
use crate::live::handle::Handle;
use crate::wire::client::ClientFrame;
use crate::wire::error::Refusal;
use crate::wire::server::ServerFrame;
use tokio::task::AbortHandle;

/// The socket is a display's: named, pointed and listed.
#[derive(Clone, Copy)]
pub struct OfDisplay {
    pub key: KeyHash,
    /// The socket ends when the display shows anything else.
    pub only: Option<Role>,
}

/// A display while its socket is open; empty at every other socket.
#[derive(Default)]
pub struct Display {
    connected: Option<Connected>,
    only: Option<Role>,
}

impl Display {
    /// Lists the display. Dropping it takes it off the list.
    pub fn at(handle: &Handle, display: Option<OfDisplay>) -> Self {
        let connected = display.and_then(|display| handle.displays.connect(display.key));
        Display { connected, only: display.and_then(|display| display.only) }
    }

    /// What it is to know at once.
    pub fn greeting(&mut self) -> Option<ServerFrame> {
        self.connected.as_mut().map(Connected::frame)
    }

    /// Waits until it is to know something new; for ever where there is none.
    pub async fn changed(&mut self) -> ServerFrame {
        match &mut self.connected {
            Some(connected) => connected.next().await,
            None => std::future::pending().await,
        }
    }

    /// One that was pointed elsewhere hears nothing more of what only its former role may see.
    pub fn stays(&self) -> Result<(), Refusal> {
        let role = self.connected.as_ref().map(Connected::role);
        let fits = self.only.is_none_or(|only| role == Some(only));
        if fits { Ok(()) } else { Err(Refusal::new("display-elsewhere")) }
    }

    /// Rings whenever there may be news; nothing where there is no display.
    pub fn rings(&self, ring: impl Fn() + Send + 'static) -> Option<AbortHandle> {
        self.connected.as_ref().map(|connected| connected.rings(ring))
    }

    /// What it is to know, if that is new.
    pub fn news(&mut self) -> Option<ServerFrame> {
        self.connected.as_mut().and_then(Connected::news)
    }

    /// A display says how its window is, and nothing else; true where the list of displays has changed.
    pub fn hear(&self, frame: ClientFrame) -> Result<bool, Refusal> {
        let (ClientFrame::Viewport { viewport }, Some(connected)) = (frame, &self.connected) else {
            return Err(Refusal::new("forbidden"));
        };
        Ok(connected.viewport(viewport))
    }
}
